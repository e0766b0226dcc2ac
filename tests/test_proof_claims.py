"""What raw facts imply, to the checker: every rule by a table, and all of them against a model of the world."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.deck import Deck, DeniesUniversal, Likelier, SideBySide, States, Tells, Weight
from quiz.proof import check
from quiz.proof.claims import basis, conclude, is_within, laws
from tests.decks_for_proof import Json, cited
from tests.strategies import World, decks, worlds

ReadDeck = Callable[[str], Deck]

BIRDS = """
subjects:
  owl: {{group: birds, name: owl, short: owls}}
  barn-owl: {{group: birds, name: barn owl, short: barn owls, kind_of: owl}}
  white-owl: {{group: birds, name: white owl, short: white owls, kind_of: barn-owl}}
  pellet: {{group: birds, name: owl pellet, short: owl pellets, manifestation_of: owl}}
  hawk: {{group: birds, name: hawk, short: hawks}}
features:
  plumage: {{aspect: sign, noun: plumage}}
  tuft: {{aspect: sign, noun: a tuft of feathers, broader: [plumage], {tuft}}}
  ear-tuft: {{aspect: sign, noun: a tuft at the ear, broader: [tuft]}}
  red: {{aspect: sign, noun: a red beak, {red}}}
  blue: {{aspect: sign, noun: a blue beak, {blue}}}
{more}
"""
SAYS = "says: So it is., cite: book Owls ¶1"
EVERY = f"{{{SAYS}, strength: every}}"
OFTEN = f"{{{SAYS}, strength: often}}"
RARELY = f"{{{SAYS}, strength: rarely}}"
PLAIN = f"{{{SAYS}}}"
DATED = f"{{{SAYS}, dated: {{says: So it was., cite: book Owls ¶2}}}}"
DISPUTED = f"{{says: So it may be., readings: [{PLAIN}, {PLAIN}]}}"


def conclusions(deck: Deck) -> dict[str, str]:
    """Every claim known in the deck, as `subject feature` or `subject no feature`, with the rules by which."""
    whole = basis(deck).whole
    found = {
        f"{subject} {'' if holds else 'no '}{feature}": " ".join(sorted(whole.rules(subject, feature, holds)))
        for subject in deck.subjects
        for feature in deck.features
        for holds in (True, False)
    }
    return {claim: rules for claim, rules in found.items() if rules}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, {}),
        (  # presence of some runs up, to the parent and to the broader feature
            {"tuft": f"present: {{barn-owl: {OFTEN}}}"},
            {"barn-owl tuft": "stated", "barn-owl plumage": "inherited", "owl tuft": "inherited",
             "owl plumage": "inherited"},
        ),
        (  # presence of every case runs down as well, through all kinds, but not to a manifestation
            {"tuft": f"present: {{owl: {EVERY}}}"},
            {"owl tuft": "stated", "owl plumage": "inherited", "barn-owl tuft": "inherited",
             "barn-owl plumage": "inherited", "white-owl tuft": "inherited", "white-owl plumage": "inherited"},
        ),
        (  # what every kind has, some of the parent have; other kinds of the parent need not
            {"red": f"present: {{white-owl: {EVERY}}}"},
            {"white-owl red": "stated", "barn-owl red": "inherited", "owl red": "inherited"},
        ),
        (  # absence runs down, to the kinds and to the narrower feature
            {"tuft": f"absent: {{barn-owl: {PLAIN}}}"},
            {"barn-owl no tuft": "stated", "barn-owl no ear-tuft": "inherited", "white-owl no tuft": "inherited",
             "white-owl no ear-tuft": "inherited"},
        ),
        ({"red": f"present: {{pellet: {EVERY}}}"}, {"pellet red": "stated"}),
        ({"red": f"absent: {{white-owl: {PLAIN}}}"}, {"white-owl no red": "stated"}),
        ({"red": f"not-always: {{owl: {PLAIN}}}"}, {}),
        ({"red": f"disputed: {{owl: {DISPUTED}}}"}, {}),
        ({"red": f"present: {{owl: {DATED}}}"}, {}),
        (
            {"more": f"closures: {{shut: {{subject: owl, {SAYS}, excludes: [tuft, red]}}}}"},
            {"owl no tuft": "closed", "owl no ear-tuft": "inherited", "owl no red": "closed",
             "barn-owl no tuft": "inherited", "barn-owl no ear-tuft": "inherited", "barn-owl no red": "inherited",
             "white-owl no tuft": "inherited", "white-owl no ear-tuft": "inherited",
             "white-owl no red": "inherited"},
        ),
        (  # from a disputed claim nothing flows, nor through it
            {"more": f"closures: {{shut: {{subject: owl, {SAYS}, excludes: [red]}}}}",
             "red": f"disputed: {{barn-owl: {DISPUTED}}}"},
            {"owl no red": "closed"},
        ),
        (  # nor through one whose entry the field has left behind
            {"more": f"closures: {{shut: {{subject: owl, {SAYS}, excludes: [red]}}}}",
             "red": f"present: {{barn-owl: {DATED}}}"},
            {"owl no red": "closed"},
        ),
        (
            {"red": f"present: {{barn-owl: {EVERY}}}", "blue": f"present: {{hawk: {EVERY}}}",
             "more": f"apart: {{beaks: {{{SAYS}, values: {{barn-owl: red, hawk: blue}}}}}}"},
            {"barn-owl red": "apart stated", "barn-owl no blue": "apart", "white-owl red": "inherited",
             "white-owl no blue": "inherited", "owl red": "inherited", "hawk blue": "apart stated",
             "hawk no red": "apart"},
        ),
        (
            {"more": f"more-often: {{beak: {{feature: red, in: owl, than: hawk, {SAYS}}}}}"},
            {},
        ),
        (
            {"more": f"side-by-side: {{t: {{title: a table, {SAYS}, only: {{owl: [red], hawk: [blue]}}}}}}"},
            {},
        ),
    ],
)  # fmt: skip
def test_what_follows_follows_by_its_rule_and_nothing_else_does(
    deck_of: ReadDeck, facts: dict[str, str], expected: dict[str, str]
) -> None:
    places = {"tuft": "", "red": "", "blue": "", "more": ""}
    text = BIRDS.format(**(places | facts)).replace(", }", "}")
    assert conclusions(deck_of(text)) == expected


def test_a_signed_set_by_itself_gives_each_subject_its_value_and_no_other(deck_of: ReadDeck) -> None:
    red, blue = f"present: {{barn-owl: {EVERY}}}", f"present: {{hawk: {EVERY}}}"
    beaks = f"apart: {{beaks: {{{SAYS}, values: {{barn-owl: red, hawk: blue}}}}}}"
    deck = deck_of(BIRDS.format(tuft="", red=red, blue=blue, more=beaks).replace(", }", "}"))
    shown = conclude(laws(deck), [deck.facts["beaks"]])
    assert shown.rules("hawk", "blue", True) == {"stated", "apart"}
    assert shown.rules("hawk", "red", False) == {"apart"}
    assert shown.rules("white-owl", "red", True) == {"inherited"}


@pytest.mark.parametrize(
    ("present", "rare"),
    [
        (f"barn-owl: {RARELY}", {"barn-owl", "owl"}),
        (f"barn-owl: {OFTEN}", set()),
        (f"owl: {RARELY}, barn-owl: {OFTEN}", {"owl"}),  # what is said of the owl itself goes first
        (f"barn-owl: {RARELY}, white-owl: {OFTEN}", {"barn-owl"}),  # the owl has it from the white owl as well
    ],
)
def test_a_feature_is_rare_where_nothing_better_is_known(deck_of: ReadDeck, present: str, rare: set[str]) -> None:
    deck = deck_of(BIRDS.format(tuft="", red=f"present: {{{present}}}", blue="", more="").replace(", }", "}"))
    assert {subject for subject in deck.subjects if basis(deck).whole.is_rare(subject, "red")} == rare


def test_a_feature_lies_within_all_that_are_broader(deck_of: ReadDeck) -> None:
    deck = deck_of(BIRDS.format(tuft="", red="", blue="", more="").replace(", }", "}"))
    found = {(a, b) for a in deck.features for b in deck.features if is_within(laws(deck), a, b)}
    assert found == {("tuft", "plumage"), ("ear-tuft", "tuft"), ("ear-tuft", "plumage")}


# --- random decks --------------------------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(worlds())
def test_whatever_follows_is_true_in_the_world_that_the_deck_is_of(world: World) -> None:
    whole = basis(world.deck).whole
    for subject in world.subjects:
        for feature in world.features:
            if whole.is_given(subject, feature, True):
                assert world.share(subject, feature) > 0
            if whole.is_given(subject, feature, False):
                assert world.share(subject, feature) == 0


@settings(max_examples=60, deadline=None)
@given(decks(consistent=False), st.data())
def test_fewer_facts_imply_no_more_and_all_that_follows_follows_at_once(deck: Deck, data: st.DataObject) -> None:
    whole, rules = basis(deck).whole, laws(deck)
    chosen = [fact for fact in deck.facts.values() if data.draw(st.booleans())]
    assert conclude(rules, chosen).known <= whole.known
    assert conclude(rules, reversed(list(deck.facts.values()))) == whole


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_the_frequencies_and_tables_of_a_random_deck_are_true_in_its_world(world: World) -> None:
    for fact in world.deck.facts.values():
        match fact.form:
            case Likelier(feature, more, less):
                assert world.share(more, feature) > world.share(less, feature)
            case SideBySide(_, ((a, under_a), (b, under_b))):
                assert all(world.share(a, feature) > 0 == world.share(b, feature) for feature in under_a)
                assert all(world.share(b, feature) > 0 == world.share(a, feature) for feature in under_b)
            case DeniesUniversal(subject, feature):
                assert world.share(subject, feature) < 1


@settings(max_examples=60, deadline=None)
@given(decks(consistent=False))
def test_a_random_deck_refers_to_nothing_that_is_not_in_it(deck: Deck) -> None:
    assert 3 <= len(deck.subjects) <= 5 <= len(deck.features) <= 12
    assert {s.group for s in deck.subjects.values()} <= set(deck.groups)
    assert {f.aspect for f in deck.features.values()} <= set(deck.aspects)
    assert {above for f in deck.features.values() for above in f.broader} <= set(deck.features)
    for id, fact in deck.facts.items():
        assert id == fact.id
        assert {cite.source for cite in fact.cites} <= set(deck.sources)
        if isinstance(fact.form, States):
            assert id == f"{fact.form.claim.feature}.{fact.form.claim.subject}"


def simple_bank(deck: Deck) -> Json:
    """A true-false question for every present and absent entry, a typed one for every statement, that may be asked."""
    questions: list[Json] = []
    for fact in deck.facts.values():
        told: Json = {"stem": fact.text, "explanation": fact.text, "facts": [fact.id], "cite": cited(deck, [fact.id])}
        if fact.dated is not None or fact.weight is Weight.BACKGROUND:
            continue
        if isinstance(fact.form, States):
            asks = {"subject": fact.form.claim.subject, "feature": fact.form.claim.feature}
            reason = {"rule": "stated", "facts": [fact.id], "text": fact.text}
            options = [
                {"text": str(yes), "key": yes == fact.form.claim.holds, "claims": [asks | {"holds": yes}],
                 "reason": reason, "cite": told["cite"]}
                for yes in (True, False)
            ]  # fmt: skip
            more = {"asks": {"relation": "statement"} | asks, "options": options, "accepts": [], "kind": "true-false"}
            questions.append({"id": f"{fact.id}/true-false", "card": fact.id} | told | more)
        elif isinstance(fact.form, Tells) and fact.cloze:
            typed: Json = {"asks": {"relation": "cloze", "fact": fact.id}, "options": [], "kind": "recall"}
            stem: Json = {"stem": fact.cloze.replace("{30 %}", "…"), "accepts": ["30 %", "30 percent"]}
            questions.append({"id": f"{fact.id}/recall", "card": fact.id} | told | typed | stem)
    return {"deck": deck.id, "seed": 0, "questions": questions}


@settings(max_examples=60, deadline=None)
@given(decks())
def test_what_a_consistent_deck_states_is_proven_and_its_contrary_never(deck: Deck) -> None:
    bank = simple_bank(deck)
    assert check(deck, bank) == ()
    for question in bank["questions"]:
        for option in question["options"]:
            option["key"] = not option["key"]
    assert {found.split(": ")[0] for found in check(deck, bank)} == {q["id"] for q in bank["questions"] if q["options"]}


@settings(max_examples=60, deadline=None)
@given(decks(consistent=False))
def test_of_a_torn_deck_just_the_torn_claims_are_objected_to(deck: Deck) -> None:
    whole = basis(deck).whole
    bank = simple_bank(deck)
    asks = {question["id"]: question["asks"] for question in bank["questions"] if question["options"]}
    torn = {id for id, asked in asks.items() if whole.is_torn(asked["subject"], asked["feature"])}
    assert {found.split(": ")[0] for found in check(deck, bank)} == torn
