"""Reads what a question asks, and what its options claim, for the checker of banks."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass

from quiz.deck import Deck
from quiz.proof.shape import UnreadableError, all_of, field_of, known, mapping, one_of, string, text_of, truth_of

Said = tuple[str, str, str, bool]  # subject, feature, "holds" or "listed", yes or no
Often = tuple[str, str, str, bool]  # feature, the subject said to have it more often, the other, yes or no
Link = tuple[str, str]  # the fact that tells the cause, the fact that tells the effect
Claims = tuple[tuple[Said, ...], tuple[Often, ...], tuple[Link, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What would make an option right. ``subjects`` are in the order of A and B; what a relation lacks is empty."""

    relation: str
    subjects: tuple[str, ...]
    aspect: str
    feature: str
    fact: str
    group: str
    set: str
    findings: tuple[str, ...]


# relation: the kind of question that asks it, and its fields beside "relation" in the order of A and B
RELATIONS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "separates": ("contrast", ("subject", "from", "aspect")),
    "likelier": ("contrast", ("subject", "than", "aspect")),
    "listed": ("contrast", ("subject", "from", "comparison", "aspect")),
    "both": ("shared", ("subjects", "aspect")),
    "place": ("sort", ("subjects", "feature")),
    "whose": ("which-subject", ("group", "feature")),
    "what": ("which-feature", ("subject", "aspect")),
    "explains": ("case", ("subjects", "findings")),
    "leads": ("how", ("set", "fact")),
    "statement": ("true-false", ("subject", "feature")),
    "oftener": ("true-false", ("feature", "in", "than")),
    "cloze": ("recall", ("fact",)),
    "figure": ("number", ("fact",)),
}
TYPED = frozenset({"recall", "number"})

SUBJECTS = {"explains": (2, 4), "statement": (1, 1), "what": (1, 1)} | dict.fromkeys(
    ("whose", "leads", "cloze", "figure"), (0, 0)
)  # how many subjects a relation names; two where it is not said


def read_asked(deck: Deck, kind: str, value: object) -> Asked:
    """What a question of this kind asks; every id that it names is one of the deck's."""
    asks = mapping(value, "asks")
    relation = text_of(asks, "relation", "asks")
    of_kind, fields = RELATIONS.get(relation, ("", ()))
    if of_kind != kind:
        raise UnreadableError(f"relation {relation!r} is not one that kind {kind!r} asks")
    if set(asks) != {"relation", *fields}:
        raise UnreadableError(f"asks of relation {relation!r} must have the fields {', '.join(fields)} and no other")
    ids: Mapping[str, Container[str]] = dict.fromkeys(("fact", "comparison", "set"), deck.facts) | {
        "aspect": deck.aspects, "feature": deck.features, "findings": deck.features, "group": deck.groups,
    }  # fmt: skip
    found: dict[str, tuple[str, ...]] = {}
    for field in fields:
        is_list = field in ("subjects", "findings")
        values = all_of(asks, field, "asks", string) if is_list else (text_of(asks, field, "asks"),)
        found[field] = tuple(known(one, ids.get(field, deck.subjects), f"asks.{field}") for one in values)
    subjects = tuple(v for field in ("subjects", "subject", "in", "from", "than") for v in found.get(field, ()))
    least, most = SUBJECTS.get(relation, (2, 2))
    if not least <= len(set(subjects)) == len(subjects) <= most:
        raise UnreadableError("asks must name two different subjects" if most == 2 else "asks names other subjects")
    findings = found.get("findings", ())
    if relation == "explains" and (not findings or len(set(findings)) < len(findings)):
        raise UnreadableError("asks must name findings, and each once")
    only = {field: values[0] for field, values in found.items() if field not in ("subjects", "findings")}
    return Asked(
        relation=relation,
        subjects=subjects,
        aspect=only.get("aspect", ""),
        feature=only.get("feature", ""),
        fact=only.get("fact", only.get("comparison", "")),
        group=only.get("group", ""),
        set=only.get("set", ""),
        findings=findings,
    )


def read_claims(deck: Deck, relation: str, option: Mapping[str, object], where: str) -> Claims:
    """What an option claims: of the three sorts of claim just the one that the relation has is filled."""
    if relation == "leads":
        return (), (), all_of(option, "claims", where, lambda one, spot: _link(deck, one, spot))
    if relation == "oftener":
        return (), all_of(option, "claims", where, lambda one, spot: _often(deck, one, spot)), ()
    return all_of(option, "claims", where, lambda one, spot: _said(deck, one, spot)), (), ()


def _link(deck: Deck, value: object, where: str) -> Link:
    claim = _only(mapping(value, where), {"cause", "effect"}, where)
    return one_of(claim, "cause", where, deck.facts), one_of(claim, "effect", where, deck.facts)


def _often(deck: Deck, value: object, where: str) -> Often:
    claim = _only(mapping(value, where), {"feature", "in", "than", "holds"}, where)
    more, less = (one_of(claim, field, where, deck.subjects) for field in ("in", "than"))
    return one_of(claim, "feature", where, deck.features), more, less, truth_of(claim, "holds", where)


def _said(deck: Deck, value: object, where: str) -> Said:
    claim = mapping(value, where)
    verb = "listed" if "listed" in claim else "holds"
    _only(claim, {"subject", "feature", verb}, where)
    subject, feature = one_of(claim, "subject", where, deck.subjects), one_of(claim, "feature", where, deck.features)
    return subject, feature, verb, truth_of(claim, verb, where)


def _only(claim: Mapping[str, object], fields: set[str], where: str) -> Mapping[str, object]:
    for field in sorted(fields):
        field_of(claim, field, where)
    if set(claim) != fields:
        raise UnreadableError(f"{where} must have the fields {', '.join(sorted(fields))} and no other")
    return claim
