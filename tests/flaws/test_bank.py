"""Checks of a whole bank: each fires on a flawed bank and is silent on a clean one."""

from __future__ import annotations

from collections.abc import Callable

from quiz.deck import Claim, Deck
from quiz.flaws import BANK_CHECKS
from quiz.flaws.bots import FEWEST
from quiz.flaws.model import BANK
from tests.flaws.build import question

WEIGHED = {"relation": "separates", "subject": "gull", "from": "tern", "aspect": "sign"}


def test_a_bank_that_can_be_guessed_is_flawed(gulls: Deck) -> None:
    """The message names bot, kind, score, chance and limit."""
    guessable = BANK_CHECKS["guessable"]
    leaky = [question("Which?", "*long one", "b", "c", kind="how", id=str(n)) for n in range(FEWEST)]
    messages = [flaw.message for flaw in guessable(gulls, leaky) if flaw.question == BANK]
    assert any("longest” is right 100% of the time; chance gives 33%, at most 51%" in message for message in messages)
    texts = [("*aa", "bb", "cc"), ("aa", "*bb", "cc"), ("aa", "bb", "*cc")]
    assert not list(guessable(gulls, [question("Which?", *texts[n % 3], id=str(n)) for n in range(3 * FEWEST)]))


def test_a_subject_that_is_the_key_too_often_is_named_with_its_line(gulls: Deck) -> None:
    """Gulls right every time are a flaw; gulls and terns in turn are none."""
    claims = Claim("gull", "bill", True), Claim("tern", "bill", True)
    turns = ("*gulls", "terns"), ("gulls", "*terns")

    def bank(*texts: tuple[str, str]) -> list[str]:
        asked = [
            question("Which bird?", *texts[n % len(texts)], kind="case", id=str(n), claims=claims)
            for n in range(FEWEST)
        ]
        return [str(flaw) for flaw in BANK_CHECKS["key-share"](gulls, asked)]

    (flaw,) = bank(turns[0])
    assert flaw.startswith(f"{gulls.subjects['gull'].place}: bank: key-share: ")
    assert "100% of the 20 questions of kind case" in flaw
    assert not bank(*turns)


def test_two_questions_of_one_face_are_duplicates(gulls: Deck) -> None:
    """Order and case of the options make no difference; another stem or option does."""
    first = question("Which sign?", "*a bill", "feet", id="one")
    others = {
        "two": (question("Which sign?", "Feet", "*the bill", id="two"), True),
        "three": (question("Which part?", "*a bill", "feet", id="three"), False),
        "four": (question("Which sign?", "*a bill", "legs", id="four"), False),
    }
    for other, flawed in others.values():
        assert bool(list(BANK_CHECKS["duplicate-question"](gulls, [first, other]))) is flawed


def test_a_reply_that_another_question_shows_is_given_away(gulls: Deck) -> None:
    """In its stem or key, if it asks about the same matter; sisters, which come on different days, do not count."""
    typed = question(
        "Fill the gap. Gulls see a kind of light called _____ light when hunting.",
        kind="recall",
        accepts=("ultraviolet",),
        id="typed",
        facts=("eyes",),
    )
    in_stem = question("Hunting by ultraviolet light: which kind of bird?", "*x", "y", id="stem")
    in_key = question("Which kind of light helps in hunting?", "*ultraviolet light", "y", id="key")
    of_something_else = question("Ultraviolet lamps: which use?", "*x", "y", id="else")
    sister = question("Hunting by ultraviolet light: which kind of bird?", "*x", "y", id="sister", facts=("eyes",))
    giveaway = BANK_CHECKS["giveaway"]
    for other, flawed in ((in_stem, True), (in_key, True), (of_something_else, False), (sister, False)):
        assert bool(list(giveaway(gulls, [typed, other]))) is flawed, other.id
    (flaw,) = giveaway(gulls, [typed, in_stem, in_key])
    assert "can be read in stem and 1 more" in flaw.message
    assert flaw.place == gulls.facts["eyes"].place


def test_a_distractor_that_fits_nothing_in_the_group_is_implausible(gulls: Deck) -> None:
    """Prongs fit no bird; a forked tail fits a tern, so a learner may well take it for a gull's."""
    claims = Claim("gull", "bill", True), Claim("gull", "prongs", True), Claim("gull", "tail", True)
    asked = question("Which sign?", "*a hooked bill", "four prongs", "a forked tail", claims=claims, **WEIGHED)
    (flaw,) = BANK_CHECKS["implausible-distractor"](gulls, [asked])
    assert '"four prongs" fits no subject of group birds' in flaw.message
    assert flaw.place == gulls.features["prongs"].place


def test_what_a_kind_has_is_plausible_in_the_group_of_its_parent(deck_of: Callable[[str], Deck]) -> None:
    """Also when only a narrower feature is stated."""
    deck = deck_of("""
        groups: {gulls: {noun: gull, plural: gulls}}
        subjects:
          gull: {group: birds, name: gull, short: gulls}
          herring: {group: gulls, name: herring gull, short: herring gulls, kind_of: gull}
        features:
          spot: {aspect: sign, noun: a spot}
          red-spot: {aspect: sign, noun: a red spot, broader: [spot], present: {herring: {says: It has., cite: book Gulls ¶2}}}
        """)
    asked = question("Which?", "*x", "a spot", claims=(Claim("gull", "red-spot", True), Claim("gull", "spot", True)))
    assert not list(BANK_CHECKS["implausible-distractor"](deck, [asked]))
