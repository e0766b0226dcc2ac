"""The checker passes a right bank, and objects to whatever is changed in it that matters."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz import proof
from quiz.deck import Claim, Deck, Disputes, Fact, Feature, Likelier, Reading, States, Strength, Subject, Tier, Weight
from quiz.proof import check
from tests.decks_for_proof import Json, cited, sample_bank, sample_deck
from tests.strategies import World, decks, worlds

Path_ = tuple[str | int, ...]

KINDS = ("contrast", "shared", "sort", "true-false", "recall", "case")
RELATIONS = ("separates", "likelier", "listed", "both", "place", "statement", "cloze")
RULES = ("stated", "closed", "apart", "inherited", "true-of-both", "more-often", "not-listed", "guessed")
OTHER_WORDS = "quite other words"


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Deck:
    return sample_deck(tmp_path_factory.mktemp("proof") / "sample")


@pytest.fixture
def bank(deck: Deck) -> Json:
    return sample_bank(deck)


def test_a_right_bank_meets_no_objection(deck: Deck, bank: Json) -> None:
    assert check(deck, bank) == ()
    assert {question["kind"] for question in bank["questions"]} == {"contrast", "shared", "sort", "true-false", "recall"}
    assert {question["asks"]["relation"] for question in bank["questions"]} == set(RELATIONS)
    assert {o["reason"]["rule"] for q in bank["questions"] for o in q["options"]} == {*RULES} - {"guessed"}


def test_the_checker_imports_nothing_of_what_it_checks() -> None:
    files = list(Path(proof.__file__).parent.glob("*.py"))
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))]
    modules = {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    modules |= {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    assert {m for m in modules if m and m.split(".")[0] == "quiz" and not m.startswith("quiz.proof")} == {"quiz.deck"}


# --- one thing changed in the JSON ---------------------------------------------------------------------------------


def nodes(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Every value in a JSON tree, with the way to it."""
    yield path, value
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, member in members:
        yield from nodes(member, (*path, step))


def at(tree: Any, path: Path_) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def changed(tree: Json, path: Path_, value: Any) -> Json:
    copy = deepcopy(tree)
    at(copy, path[:-1])[path[-1]] = value
    return copy


def without(tree: Json, path: Path_) -> Json:
    copy = deepcopy(tree)
    del at(copy, path[:-1])[path[-1]]
    return copy


def field_of(path: Path_) -> str:
    """The name under which the value stands, for a member of a list the name of the list."""
    return next(step for step in reversed(path) if isinstance(step, str))


def alternatives(deck: Deck, bank: Json, path: Path_, value: Any) -> list[Any]:
    """What a leaf might wrongly hold: other values of its type that mean something there."""
    if isinstance(value, bool):
        return [not value]
    words: dict[str, Any] = {
        "subject": deck.subjects, "from": deck.subjects, "than": deck.subjects, "subjects": deck.subjects,
        "feature": deck.features, "fact": deck.facts, "facts": deck.facts, "comparison": deck.facts,
        "aspect": deck.aspects, "kind": KINDS, "relation": RELATIONS, "rule": RULES, "source": deck.sources,
        "tier": tuple(Tier), "paragraph": "123456789", "id": [question["id"] for question in bank["questions"]],
        "card": [question["card"] for question in bank["questions"]],
        "text": [option["text"] for question in bank["questions"] for option in question["options"]],
    }  # fmt: skip
    field = field_of(path)
    others = [str(word) for word in words.get(field, ()) if word != value]
    return [*others, OTHER_WORDS] if isinstance(value, str) else [value + 1]


def is_wording(bank: Json, path: Path_) -> bool:
    """Wording that carries no claim: explanations, reasons in words, and stems that need not name anything.

    The checker cannot read English. Only a typed question's stem (the cloze) and a listing's (it must name the
    comparison) can be told right from wrong.
    """
    if path[-1] == "stem":
        return at(bank, path[:-1])["asks"]["relation"] not in ("cloze", "listed")
    return path[-1] == "explanation" or path[-2:] == ("reason", "text")


def is_other_name(bank: Json, path: Path_, value: Any) -> bool:
    """Where both statements together make a key true of both, `stated` names the ground as well as `true-of-both`."""
    return path[-1] == "rule" and value == "stated" and at(bank, path) == "true-of-both" and at(bank, path[:-2])["key"]


def is_free(bank: Json, path: Path_, value: Any) -> bool:
    """May the leaf hold this other value of the same type? The seed only says how the bank was drawn."""
    return path == ("seed",) or is_wording(bank, path) or is_other_name(bank, path, value)


def test_every_leaf_that_means_something_is_held_against_the_deck(deck: Deck, bank: Json) -> None:
    leaves = [(path, value) for path, value in nodes(bank) if not isinstance(value, dict | list)]
    survivors = [
        (path, value, other)
        for path, value in leaves
        for other in alternatives(deck, bank, path, value)
        if not is_free(bank, path, other) and not check(deck, changed(bank, path, other))
    ]
    assert len(leaves) > 500
    assert survivors == []


def test_what_is_free_to_change_is_free(deck: Deck, bank: Json) -> None:
    for path, value in nodes(bank):
        if path and not isinstance(value, dict | list):
            free = [other for other in alternatives(deck, bank, path, value) if is_free(bank, path, other)]
            assert [other for other in free if check(deck, changed(bank, path, other))] == [], path


def test_every_value_of_a_wrong_type_is_an_objection(deck: Deck, bank: Json) -> None:
    wrong: tuple[Any, ...] = (None, 1.5, "", " ", True, [], [None], {}, {"": []}, [[]])
    survivors = [
        (path, other)
        for path, value in nodes(bank)
        for other in wrong
        if path and type(other) is not type(value) | type(None) and not is_fitting(path, value, other)
        if not check(deck, changed(bank, path, other))
    ]
    assert survivors == []


def is_fitting(path: Path_, value: Any, other: Any) -> bool:
    """Is it no change, or a bank without questions, which claims nothing that could be wrong?"""
    return (type(other) is type(value) and other == value) or (path == ("questions",) and other == [])


def may_go(bank: Json, path: Path_) -> bool:
    """May this be left out? Whole questions, distractors beyond two, and synonyms that the fact itself does not name."""
    field, member = field_of(path), at(bank, path)
    if not isinstance(path[-1], int):
        return False
    if field == "options":
        return len(at(bank, path[:-1])) > 3 and not member["key"]
    return field == "questions" or (field == "accepts" and member in ("rash of the cheeks", "30"))


def test_nothing_that_is_needed_can_be_left_out(deck: Deck, bank: Json) -> None:
    paths = [path for path, _ in nodes(bank) if path]
    silent = [path for path in paths if not check(deck, without(bank, path))]
    assert silent == [path for path in paths if may_go(bank, path)]


def test_nothing_can_stand_twice(deck: Deck, bank: Json) -> None:
    lists = [(path, value) for path, value in nodes(bank) if isinstance(value, list) and value]
    survivors = [
        path
        for path, value in lists
        if field_of(path) not in ("cite", "accepts")  # saying a source or a reply twice says nothing else
        and not check(deck, changed(bank, path, [*value, value[-1]]))
    ]
    assert survivors == []


# --- several things changed so that they agree with each other -------------------------------------------------------


def test_no_other_option_can_be_the_key(deck: Deck, bank: Json) -> None:
    for number, question in enumerate(bank["questions"]):
        for chosen in range(len(question["options"])):
            copy = deepcopy(bank)
            for index, option in enumerate(copy["questions"][number]["options"]):
                option["key"] = index == chosen
            recite(deck, copy["questions"][number])
            assert bool(check(deck, copy)) != question["options"][chosen]["key"], (question["id"], chosen)


def recite(deck: Deck, question: Json) -> None:
    """Has the question rest on, and cite, what its options name."""
    for option in question["options"]:
        option["cite"] = cited(deck, option["reason"]["facts"])
    question["facts"] = list({fact: None for o in question["options"] for fact in o["reason"]["facts"]})
    question["cite"] = cited(deck, question["facts"])


def test_a_reason_resting_on_other_facts_proves_nothing_unless_those_prove_it_too(deck: Deck, bank: Json) -> None:
    survivors = set()
    for path, facts in nodes(bank):
        if path[-2:] != ("reason", "facts"):
            continue
        dropped = [[fact for fact in facts if fact != gone] for gone in facts]
        exchanged = [[o if fact == gone else fact for fact in facts] for gone in facts for o in deck.facts if o != gone]
        for others in dropped + exchanged:
            copy = changed(bank, path, others)
            recite(deck, copy["questions"][path[1]])
            if not check(deck, copy):
                survivors.add((at(bank, path[:2])["id"], path[3], *others))
    assert survivors == {  # tremor has two facts, one for each subject, and either shows that it does not point to lupus
        ("butterfly-rash.sle.ms.separates/contrast", 2, "tremor.ms"),
        ("tremor.sle.ms.place/sort", 0, "tremor.sle"),
    }


def test_exchanging_the_subjects_throughout_a_question_is_an_objection(deck: Deck, bank: Json) -> None:
    for number, question in enumerate(bank["questions"]):
        asks = question["asks"]
        pair = asks.get("subjects") or [asks.get("subject"), asks.get("from") or asks.get("than")]
        if None in pair or asks["relation"] == "both":  # what two have in common is the same either way round
            continue
        mirror = {pair[0]: pair[1], pair[1]: pair[0]}
        copy = deepcopy(bank)
        turned = copy["questions"][number]
        turned["asks"] = json.loads(json.dumps(asks), object_hook=lambda found, m=mirror: exchanged_in(found, m))
        for option in turned["options"]:
            option["claims"] = [claim | {"subject": mirror[claim["subject"]]} for claim in option["claims"]]
        assert check(deck, copy), question["id"]


def exchanged_in(asks: Json, mirror: Mapping[str, str]) -> Json:
    exchange: Callable[[Any], Any] = lambda v: [mirror[s] for s in v] if isinstance(v, list) else mirror.get(v, v)  # noqa: E731
    return {field: exchange(value) for field, value in asks.items()}


# --- the same bank against another deck ------------------------------------------------------------------------------


def fact(id: str, **changes: Any) -> Callable[[Deck], Deck]:
    return lambda deck: replace(deck, facts={**deck.facts, id: replace(deck.facts[id], **changes)})


def feature(id: str, **changes: Any) -> Callable[[Deck], Deck]:
    return lambda deck: replace(deck, features={**deck.features, id: replace(deck.features[id], **changes)})


def subject(id: str, **changes: Any) -> Callable[[Deck], Deck]:
    return lambda deck: replace(deck, subjects={**deck.subjects, id: replace(deck.subjects[id], **changes)})


def more(form: Any, **given: Any) -> Callable[[Deck], Deck]:
    def extended(deck: Deck) -> Deck:
        like = deck.facts["tremor.sle"]
        return replace(deck, facts={**deck.facts, "new": Fact(id="new", text="New.", form=form, cites=like.cites, place=like.place, **given)})  # noqa: E501

    return extended


def given_only(deck: Deck) -> Deck:
    tiers = {source.id: source.tier for source in deck.sources.values()}
    kept = {id: f for id, f in deck.facts.items() if all(tiers[c.source] is Tier.GIVEN for c in f.cites)}
    return replace(deck, facts=kept)


def source_of_other_tier(deck: Deck) -> Deck:
    return replace(deck, sources={**deck.sources, "guide": replace(deck.sources["guide"], tier=Tier.REFERENCE)})


def disputed(subject: str, feature: str) -> Disputes:
    return Disputes(subject, feature, ())


PRESENT_DAY = Reading("That is no longer held.", ())
CONTRAST, SORT = "butterfly-rash.sle.ms.separates/contrast", "fatigue.sle.ms.place/sort"
SHARED, LISTED = "fatigue.sle.ms.both/shared", "loss-of-balance.ms.ssc.listed/contrast"
CRISIS, HANDS = "renal-crisis.dcssc.lcssc.likelier/contrast", "stiff-hands.dcssc.lcssc.likelier/contrast"
CLOZE = "butterfly-rash.sle/recall"


@pytest.mark.parametrize(
    ("change", "objection"),
    [
        (fact("tremor.sle", dated=PRESENT_DAY), f"{CONTRAST}: fact tremor.sle is dated or disputed"),
        (fact("symptom-table", dated=PRESENT_DAY), f"{LISTED}: fact symptom-table is dated or disputed"),
        (fact("renal-crisis-diffuse", dated=PRESENT_DAY), f"{CRISIS}: option 1: no fact named finds renal-crisis"),
        (fact("sle-then-fm", dated=PRESENT_DAY), "sle-then-fm/recall: fact sle-then-fm is dated"),
        (more(disputed("sle", "tremor")), f"{CONTRAST}: option 3: the facts named do not prove it wrong"),
        (more(disputed("ms", "butterfly-rash")), f"{CONTRAST}: option 1: the facts named do not prove that ms lacks"),
        (more(disputed("sle", "butterfly-rash")), f"{CLOZE}: what fact butterfly-rash.sle states is disputed"),
        (more(disputed("dcssc", "renal-crisis")), f"{CRISIS}: option 1: no fact named finds renal-crisis more"),
        (more(disputed("ms", "heartburn")), f"{LISTED}: option 2: whether ssc or ms has heartburn is disputed"),
        (more(disputed("lcssc", "survival-90")), "survival-75.lcssc/true-false: option 2: the facts named do not"),
        (more(disputed("ssc", "erosions")), ""),  # absence reaches the kind by the broader feature all the same
        (more(disputed("dcssc", "joint-damage")), ""),  # and here by the narrower one
        (more(States(Claim("sle", "tremor", True))), f"{CONTRAST}: that sle has tremor follows from the facts, and so"),
        (more(States(Claim("sle", "tremor", True)), dated=PRESENT_DAY), f"{CONTRAST}: option 3: the facts named do"),
        (more(States(Claim("ms", "butterfly-rash", True))), f"{SHARED}: that ms has butterfly-rash follows"),
        (more(States(Claim("sle", "double-vision", True))), f"{CONTRAST}: option 4: its feature is true of both"),
        (more(States(Claim("ms", "heartburn", True))), f"{LISTED}: option 2: ms is known to have heartburn"),
        (more(States(Claim("ssc", "loss-of-balance", True))), f"{LISTED}: option 1: ssc is known to have"),
        (more(States(Claim("dcssc", "renal-crisis", False))), f"{CRISIS}: option 1: dcssc is known not to have"),
        (more(States(Claim("lcssc", "calcinosis", False))), f"{CRISIS}: option 2: lcssc is known not to have"),
        (more(Likelier("fatigue", "sle", "ms")), f"{CONTRAST}: option 2: a fact finds fatigue more often in sle"),
        (more(Likelier("double-vision", "sle", "ms")), f"{CONTRAST}: option 4: a fact finds double-vision more often"),
        (more(Likelier("fatigue", "ms", "sle")), ""),  # that it is likelier in the other does not make it point here
        (more(Likelier("fatigue", "sle", "ms"), dated=PRESENT_DAY), ""),  # left behind, so it says nothing
        (more(Likelier("fatigue", "dcssc", "lcssc")), f"{CRISIS}: option 3: a fact finds fatigue more often in dcssc"),
        (more(Likelier("renal-crisis", "lcssc", "dcssc")), f"{CRISIS}: option 1: a fact finds renal-crisis more"),
        (more(Likelier("calcinosis", "dcssc", "lcssc")), f"{HANDS}: option 2: a fact finds calcinosis more often"),
        (more(Likelier("stiff-hands", "lcssc", "dcssc")), f"{HANDS}: option 1: a fact finds stiff-hands more often"),
        (fact("fatigue.ms", strength=Strength.RARELY), f"{CONTRAST}: option 2: fatigue is but rare in ms"),
        (fact("fatigue.ms", strength=Strength.RARELY), f"{SHARED}: option 1: fatigue is but rare in one of the two"),
        (fact("fatigue.ms", strength=Strength.RARELY), f"{SORT}: option 2: fatigue is but rare in one of the two"),
        (fact("fatigue.dcssc", strength=Strength.RARELY), f"{CRISIS}: option 3: fatigue is but rare in dcssc"),
        (fact("butterfly-rash.sle", strength=Strength.RARELY), ""),  # rare, yet it speaks for lupus
        (fact("thick-skin.ssc", strength=Strength.OFTEN), "thick-skin.dcssc/true-false: option 1: the facts named do"),
        (fact("butterfly-rash.sle", weight=Weight.BACKGROUND), f"{CLOZE}: fact butterfly-rash.sle is background"),
        (fact("tremor.sle", weight=Weight.BACKGROUND), ""),  # as a reason against a distractor it may stand
        (fact("tremor.ms", weight=Weight.BACKGROUND), "tremor.sle.ms.place/sort: its own fact tremor.ms is background"),
        (fact("butterfly-rash.sle", cloze=""), f"{CLOZE}: fact butterfly-rash.sle has no cloze"),
        (fact("butterfly-rash.sle", accepts=("wolf rash",)), f"{CLOZE}: a reply that the fact accepts is not among"),
        (fact("sle-then-fm", accepts=(), form=States(Claim("sle", "fatigue", True))), "sle-then-fm/recall: nothing in"),
        (feature("tremor", umbrella=True), f"{CONTRAST}: tremor is an umbrella"),
        (feature("tremor", aspect="outlook"), f"{CONTRAST}: tremor is not of aspect finding"),
        (feature("tremor", near="rashes"), f"{CONTRAST}: butterfly-rash and tremor are of one near set"),
        (feature("tremor", broader=("fatigue",)), f"{CONTRAST}: fatigue and tremor lie one within the other"),
        (feature("fatigue", broader=("butterfly-rash",)), f"{CONTRAST}: butterfly-rash and fatigue lie one within"),
        (feature("tremor", noun="a tremor"), f"{CONTRAST}: the option for tremor does not read 'a tremor'"),
        (subject("ms", group="forms"), f"{CONTRAST}: the subjects are not of one group"),
        (subject("dcssc", kind_of=None, manifestation_of="ssc"), "thick-skin.dcssc/true-false: option 1: the facts"),
        (subject("dcssc", kind_of=None), "erosions.dcssc/true-false: option 2: the facts named do not prove"),
        (given_only, f"{CONTRAST}: options[0].reason.facts: 'ms-central-only' is not known"),
        (source_of_other_tier, f"{CONTRAST}: cite[0]: source 'guide' is not of tier 'given'"),
    ],
)
def test_the_same_bank_is_judged_by_the_deck_at_hand(
    deck: Deck, bank: Json, change: Callable[[Deck], Deck], objection: str
) -> None:
    objections = check(change(deck), bank)
    assert any(found.startswith(objection) for found in objections) if objection else objections == ()


def test_a_cloze_that_shows_its_answer_is_an_objection(deck: Deck, bank: Json) -> None:
    cloze = "Up to {30 %} of people with lupus develop fibromyalgia, 30 % being the bound."
    path = ("questions", 15, "stem")
    shown = changed(bank, path, "Up to […] of people with lupus develop fibromyalgia, 30 % being the bound.")
    found = check(fact("sle-then-fm", cloze=cloze)(deck), shown)
    assert found == ("sle-then-fm/recall: the stem shows what is to be recalled",)


def test_the_answer_inside_a_longer_word_does_not_give_it_away(deck: Deck, bank: Json) -> None:
    cloze = "Up to {30 %} of people with lupus, by 130 % of the books, develop fibromyalgia."
    stem = changed(bank, ("questions", 15, "stem"), cloze.replace("{30 %}", "____"))
    assert check(fact("sle-then-fm", cloze=cloze)(deck), stem) == ()


def test_a_listing_must_name_its_comparison(deck: Deck, bank: Json) -> None:
    found = check(deck, changed(bank, ("questions", 3, "stem"), "Which finding is part of MS?"))
    assert found == (f"{LISTED}: the stem does not name the comparison",)


def test_what_a_likelier_key_shows_by_separation_must_separate(deck: Deck, bank: Json) -> None:
    without_absence = replace(deck, facts={k: v for k, v in deck.facts.items() if k != "stiff-hands.lcssc"})
    found = check(without_absence, bank)
    assert found == (f"{HANDS}: options[0].reason.facts: 'stiff-hands.lcssc' is not known",)


# --- banks that are no banks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("bank", [None, [], "bank", {}, {"deck": "sample"}, {"deck": "sample", "seed": 1, "questions": 3}])
def test_what_is_no_bank_is_one_objection(deck: Deck, bank: Any) -> None:
    (objection,) = check(deck, bank)
    assert objection.startswith("bank: ")


def test_a_bank_of_another_deck_is_an_objection(deck: Deck, bank: Json) -> None:
    assert check(deck, bank | {"deck": "other"}) == ("bank: it is of deck 'other', not of 'sample'",)


def test_a_question_without_an_id_is_named_by_its_number(deck: Deck, bank: Json) -> None:
    assert check(deck, without(bank, ("questions", 1, "id"))) == ("question 2: the question has no id",)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(data=st.data(), value=JSON)
def test_whatever_stands_in_a_bank_nothing_is_raised_and_every_objection_is_one_line(
    deck: Deck, data: st.DataObject, value: Any
) -> None:
    bank = sample_bank(deck)
    path = data.draw(st.sampled_from([path for path, _ in nodes(bank) if path]))
    for objection in check(deck, changed(bank, path, value)):
        assert len(objection.splitlines()) == 1


# --- random decks --------------------------------------------------------------------------------------------------


def stated_questions(deck: Deck) -> Json:
    """A true-false question for every present and absent entry that is neither dated nor background."""
    questions = []
    for one in deck.facts.values():
        if isinstance(one.form, States) and one.dated is None and one.weight is not Weight.BACKGROUND:
            asks = {"relation": "statement", "subject": one.form.claim.subject, "feature": one.form.claim.feature}
            reason = {"rule": "stated", "facts": [one.id], "text": one.text}
            claim = {"subject": one.form.claim.subject, "feature": one.form.claim.feature}
            options = [
                {"text": str(yes), "key": yes == one.form.claim.holds, "claims": [claim | {"holds": yes}],
                 "reason": reason, "cite": cited(deck, [one.id])}
                for yes in (True, False)
            ]  # fmt: skip
            questions.append(
                {"id": f"{one.id}/true-false", "card": one.id, "kind": "true-false", "stem": one.text, "asks": asks,
                 "options": options, "accepts": [], "explanation": one.text, "facts": [one.id],
                 "cite": cited(deck, [one.id])}
            )  # fmt: skip
    return {"deck": deck.id, "seed": 0, "questions": questions}


@settings(max_examples=60, deadline=None)
@given(decks())
def test_what_a_consistent_deck_states_is_proven_and_its_contrary_never(deck: Deck) -> None:
    bank = stated_questions(deck)
    assert check(deck, bank) == ()
    for question in bank["questions"]:
        for option in question["options"]:
            option["key"] = not option["key"]
    assert {found.split(": ")[0] for found in check(deck, bank)} == {q["id"] for q in bank["questions"]}


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_the_world_behind_a_deck_bears_out_its_frequencies_and_tables(world: World) -> None:
    forms = [one.form for one in world.deck.facts.values() if isinstance(one.form, Likelier)]
    assert all(world.share(form.more, form.feature) > world.share(form.less, form.feature) for form in forms)


@pytest.mark.parametrize("member", [Fact, Feature, Subject])
def test_random_decks_hold_together(member: type) -> None:
    @settings(max_examples=30, deadline=None)
    @given(decks(consistent=False))
    def holds_together(deck: Deck) -> None:
        found = {Fact: deck.facts, Feature: deck.features, Subject: deck.subjects}[member]
        assert all(key == value.id for key, value in found.items())
        assert 3 <= len(deck.subjects) <= 5 <= len(deck.features) <= 12

    holds_together()
