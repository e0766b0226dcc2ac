"""All checks together: which fit which kinds, what a flaw says, and that the page on them is complete."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.deck import Claim, Deck, Place
from quiz.flaws import BANK_CHECKS, CHECKS, examined, flaws
from quiz.flaws.bots import BOTS, POSITION
from quiz.flaws.model import FAMILIES, Family, Flaw, family_of
from quiz.questions import KINDS, Material, bank
from quiz.reasoning import Knowledge
from tests.flaws.build import question
from tests.sample import DECK
from tests.strategies import decks

PAGE = (Path(__file__).parents[2] / "docs" / "evidence.md").read_text(encoding="utf-8")
COLUMNS = (Family.TEXTS, Family.NAMES, Family.FIXED, Family.TYPED)


def test_every_kind_has_a_family() -> None:
    """A new kind needs a place in the table, or it would be judged by guesswork."""
    assert set(KINDS) <= set(FAMILIES)


def test_a_flaw_says_where_what_and_which(gulls: Deck) -> None:
    """It prints as path:line: question: check: message, with the option and the feature to change."""
    claims = Claim("gull", "bill", True), Claim("gull", "feet", True)
    asked = question(
        "Which sign points to gulls?", "*a chiefly hooked bill", "webbed feet", kind="which-feature", claims=claims
    )
    (flaw,) = flaws(gulls, [asked])
    place = gulls.features["bill"].place
    start = f'{place}: card/kind: qualified-key: the key "a chiefly hooked bill" alone has a qualifier; '
    assert str(flaw).startswith(start)
    assert str(flaw).endswith("(feature bill)")


def test_a_flaw_of_the_stem_leads_to_its_aspect(gulls: Deck) -> None:
    """That is where the frame was written."""
    asked = question("Which sign is NOT a gull's?", "*a hooked bill", "webbed feet", aspect="sign")
    (flaw,) = examined(gulls, asked)
    assert flaw.check == "negative-stem"
    assert flaw.place == gulls.aspects["sign"].place


def test_options_that_are_fixed_are_not_judged_by_their_wording(gulls: Deck) -> None:
    """ "both" in a sort question is no combined option, and "gulls, not terns" no negative stem."""
    asked = question(
        "A hooked bill: gulls, terns or both?",
        "*gulls, not terns",
        "both",
        "terns, not gulls",
        kind="sort",
        feature="bill",
        subjects=["gull", "tern"],
    )
    assert flaws(gulls, [asked]) == ()


def test_a_sound_deck_has_a_sound_bank(deck_of: Callable[[str, str], Deck]) -> None:
    """Nothing is found in the questions of two well-described ducks."""
    deck = deck_of("", DECK)
    questions = list(bank(Material(Knowledge(deck)), 0))
    assert questions
    assert flaws(deck, questions) == ()


def test_an_empty_bank_has_no_flaws(gulls: Deck) -> None:
    """There is nothing to judge."""
    assert flaws(gulls, []) == ()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(deck=decks(), seed=st.integers(0, 2**32))
def test_the_generator_makes_no_flaws_of_its_own(deck: Deck, seed: int) -> None:
    """Over random decks, what hangs on frames and on the choice of options is clean, and nothing raises."""
    asked = list(bank(Material(Knowledge(deck)), seed))
    of_wording = {"longest-key", "guessable", "key-share", "giveaway", "clang"}
    assert [str(flaw) for flaw in flaws(deck, asked) if flaw.check not in of_wording] == []


def test_flaws_print_like_problems() -> None:
    """path:line: question: check: message."""
    assert str(Flaw("card/kind", "clang", "says so", Place("deck.yaml", 3))) == "deck.yaml:3: card/kind: clang: says so"


def table() -> dict[str, list[str]]:
    """The rows of the page's table of checks: name, and the cells behind it."""
    rows = re.findall(r"^\| `([a-z-]+)` \|(.*)\|$", PAGE, re.M)
    return {name: [cell.strip() for cell in cells.split("|")] for name, cells in rows}


def test_the_page_names_exactly_the_checks_there_are() -> None:
    """No check is promised that does not exist, and none is left unsaid."""
    assert set(table()) == set(CHECKS) | set(BANK_CHECKS) | set(BOTS) | {POSITION.rstrip("-")}


def test_the_page_says_which_families_a_check_looks_at() -> None:
    """A tick stands where the check is made, and a dash where it is not."""
    for name, check in CHECKS.items():
        assert table()[name][-4:] == ["yes" if family in check.families else "–" for family in COLUMNS], name


def test_the_page_lists_the_kinds_of_every_family() -> None:
    """As the program sorts them."""
    for family in COLUMNS:
        (kinds,) = re.findall(rf"^- \*\*{family}\*\*: ([^;.]*)[;.]", PAGE, re.M)
        assert set(re.findall(r"`([a-z-]+)`", kinds)) == {kind for kind in FAMILIES if FAMILIES[kind] is family}


def test_a_kind_not_listed_is_judged_by_its_options() -> None:
    """With options they are taken for texts, without for typed."""
    assert family_of(question("Which?", "*a", "b", kind="new")) is Family.TEXTS
    assert family_of(question("Which?", kind="new")) is Family.TYPED
