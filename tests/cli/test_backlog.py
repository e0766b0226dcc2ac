"""After a break: the backlog is spread over days, and cards forgotten again and again are named."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner

from quiz.cli.opening import open_progress, today
from quiz.cli.program import main
from quiz.journal import stamp_now
from quiz.memory import Confidence, Rating, Response
from tests.sample import DECK

CARDS = ("pair:smew~teal:crest", "pair:smew~teal:green-wing", "recall:weight")


@pytest.fixture
def ducks(tmp_path: Path) -> str:
    folder = tmp_path / "ducks"
    folder.mkdir()
    (folder / "deck.yaml").write_text(dedent(DECK), encoding="utf-8")
    return str(folder)


def quiz(*arguments: str, typed: str = "") -> str:
    """What a command prints, with its lines joined."""
    result = CliRunner().invoke(main, list(arguments), input=typed)
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


def missed(card: str, *days_ago: int) -> None:
    with open_progress() as store:
        for ago in days_ago:
            stamp = stamp_now(store.device)
            store.record(
                Response(
                    *(stamp.uuid, stamp.device, stamp.time - ago * 86_400_000, stamp.offset, today() - ago),
                    *("ducks", card, "contrast", 0, ("x", "y"), 1, "", (), 1500),
                    *(Confidence.PLAIN, False, Rating.AGAIN, True),
                )
            )


def test_only_so_many_reviews_come_and_the_rest_is_said_to_be_spread(ducks: str) -> None:
    for card in CARDS:
        missed(card, 30)
    quiz("config", "reviews", "2")
    shown = quiz("study", ducks, "--new", "0", typed=":quit\n")
    assert "2 of 3 reviews today; 1 more due is spread over the next days" in shown
    assert "Question 1 of 2" in shown
    assert "2 left for today" in shown


def test_when_the_reviews_of_the_day_are_done_the_rest_waits_for_other_days(ducks: str) -> None:
    for card in CARDS:
        missed(card, 30)
    quiz("config", "reviews", "1")
    quiz("study", ducks, "--new", "0", typed="a\n" * 8)
    shown = quiz("study", ducks, "--new", "0", typed=":quit\n")
    assert re.search(r"Nothing to study now · \d more due (is|are) spread over the next days", shown)


@pytest.mark.parametrize("letter", "abc")
def test_a_card_forgotten_again_and_again_is_named_with_a_drill_if_it_is_missed(ducks: str, letter: str) -> None:
    """Two of the three letters are wrong; after the right one nobody needs advice."""
    missed(CARDS[0], 60, 50, 40, 30, 20)
    shown = quiz("study", ducks, "--new", "0", typed=f"{letter}\n:quit\n")
    assert ("Forgotten again and again" in shown) is ("Wrong." in shown)
    if "Wrong." in shown:
        assert "smews or teals: a shaggy crest quiz drill smew teal" in shown


def test_what_is_due_but_too_like_a_card_of_today_is_due_tomorrow(ducks: str) -> None:
    """Two cards of one feature: the sister of what was asked is not called due today when it cannot be asked."""
    missed("pair:smew~teal:crest", 30)
    missed("claim:teal:crest", 30)
    quiz("study", ducks, "--new", "0", typed="a\nb\nc\n" * 4)
    shown = quiz("study", ducks, "--new", "0")
    assert "Nothing to study now" in shown
    assert "still due today" not in shown
