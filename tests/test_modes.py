"""What leaves the schedule alone moves no memory, what counts moves what may count; same seed and log, same sitting."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pexpect
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.cli.open import ready
from quiz.cli.opening import LOOKED_BACK, today
from quiz.cli.program import main
from quiz.confusion import confusions
from quiz.deck import Deck
from quiz.memory import Confidence, Memory, Mode, Rating, Response, Review, Stamp
from quiz.places import places_here
from quiz.planning import Past, Wishes, of_pair, plan
from quiz.questions import Card, Material, Question, cards
from quiz.reasoning import Knowledge
from quiz.scheduling import is_due, replay
from quiz.session import Answered, Mark, Reply, Turn, claims_made, question_for
from quiz.store import Store
from tests.conftest import FRAME
from tests.strategies import decks

PROGRAM = ("-c", "from quiz.cli import main; main()")
WAIT = 20
"""Seconds to wait for what must appear; only a broken program waits so long."""

HUNDRED_DAYS = 100


def _mark(number: int, holder: str, other: str) -> str:
    """A feature that one bird has and the other lacks."""
    return (
        f"  {holder}-mark-{number}:\n    aspect: sign\n    noun: mark {number} of the {holder}\n"
        f"    present: {{{holder}: {{says: The {holder} has mark {number}., cite: book Birds ¶{number}}}}}\n"
        f"    absent: {{{other}: {{says: The {other} lacks mark {number}., cite: book Birds ¶{number}}}}}\n"
    )


def _shared(number: int) -> str:
    says = ", ".join(f"{bird}: {{says: The {bird} has trait {number}., cite: book Traits ¶1}}" for bird in BIRDS)
    return f"  trait-{number}:\n    aspect: sign\n    noun: trait {number}\n    present: {{{says}}}\n"


BIRDS = ("gull", "tern")
DECK = (
    "subjects:\n  gull: {group: birds, name: herring gull, short: gulls}\n"
    "  tern: {group: birds, name: common tern, short: terns}\nfeatures:\n"
    + "".join(_mark(number, *pair) for number in range(1, 7) for pair in (BIRDS, BIRDS[::-1]))
    + "".join(map(_shared, range(1, 5)))
    + 'facts:\n  uv: {says: Gulls see ultraviolet., about: [gull], cite: book Eyes ¶1, cloze: "Gulls see {ultraviolet}."}\n'
)
"""Two birds, six marks of each that the other lacks, four traits of both, and a gap to fill."""


@pytest.fixture
def birds(tmp_path: Path) -> str:
    """The folder of the deck; of its cards every fourth is due, not due, new, and due but suspended."""
    folder = tmp_path / "birds"
    folder.mkdir()
    (folder / "deck.yaml").write_text(FRAME.replace("id: sample", "id: birds"), encoding="utf-8")
    (folder / "facts.yaml").write_text(DECK, encoding="utf-8")
    dealt, day = cards_of(str(folder)), today()
    with progress() as store:
        for place, card in enumerate(dealt):
            if place % 4 != 2:
                last = day - 1 if place % 4 == 1 else day - HUNDRED_DAYS
                store.record(said(f"{place:032x}", card, last, right=place % 3 > 0))
            if place % 4 == 3:
                store.suspend("birds", card.id, Stamp(f"{place:x}".rjust(32, "f"), "d", 0, 0, day - 1))
    return str(folder)


def cards_of(deck: str) -> Sequence[Card]:
    [(_, dealt)] = ready((deck,))
    return dealt


def said(uuid: str, card: Card, day: int, *, right: bool) -> Response:
    """A review of a study day; a wrong one takes the one bird for the other."""
    claims = tuple((each, card.feature, True) for each in BIRDS if card.feature and card.feature.split("-")[0] != each)
    return Response(
        uuid=uuid,
        device="d",
        time=(day * 24 + 12) * 3_600_000,
        offset=0,
        day=day,
        deck="birds",
        card=card.id,
        kind=card.kinds[0],
        seed=0,
        options=("gulls", "terns"),
        chosen=0,
        typed="",
        claims=() if right else claims,
        took=1000,
        confidence=Confidence.PLAIN,
        right=right,
        rating=Rating.GOOD if right else Rating.AGAIN,
        counts=True,
    )


def progress() -> Store:
    return Store.open(places_here().progress, "d")


def memories() -> Mapping[str, Memory]:
    """All memories of the deck, once it is sure that the log gives the same."""
    with progress() as store:
        kept = store.memories("birds")
        store.rebuild()
        assert store.memories("birds") == kept
        return kept


def logged(mode: Mode) -> list[Response]:
    with progress() as store:
        return [each for each in store.responses("birds") if each.mode is mode]


def suspended() -> set[str]:
    with progress() as store:
        return store.suspended("birds")


class Way(NamedTuple):
    """A command that leaves the schedule alone: its arguments before and after the deck, and how it is answered."""

    mode: Mode
    before: tuple[str, ...]
    after: tuple[str, ...] = ()
    typed: str = ""

    def arguments(self, deck: str, *more: str) -> list[str]:
        return [*self.before, deck, *self.after, *more]


DRILL = Way(Mode.DRILL, ("drill", "gull", "tern"))
EXAM = Way(Mode.EXAM, ("exam",), ("-n", "8", "--seed", "3"))
PROBE = Way(Mode.PROBE, ("probe", "gull"), ("-n", "8"))

PLAIN = [
    *(DRILL._replace(typed=f"{letter}\n" * 90) for letter in "abC"),
    DRILL._replace(after=("-n", "2"), typed="a\n:guess\nb\n:undo\n:note mine\n:flag odd\n:suspend\n:undo\nc\n:quit\n"),
    DRILL._replace(typed=":undo\n" + "b\n:undo\na\n" * 20),
    *(EXAM._replace(typed=f"{letter}\n" * 8 + ":hand\n") for letter in "aB"),
    EXAM._replace(typed="a\n\nb\n:back\n:open\n"),
    EXAM._replace(after=("--seed", "3", "--kind", "recall"), typed="ultraviolet\n:hand\n"),
    EXAM._replace(after=(*EXAM.after, "--json"), typed="a\nb\n"),
    *(PROBE._replace(typed=f"{word}\n" * 8) for word in "yn"),
    PROBE._replace(after=("-n", "8", "--json"), typed="y\nn\n:quit\n"),
]


@pytest.mark.parametrize("way", PLAIN, ids=lambda way: f"{way.mode}-{way.typed[:9]!r}")
def test_line_by_line_no_mode_moves_a_memory(birds: str, way: Way) -> None:
    """Of cards that are due, not due, new or suspended, whatever is answered, undone or called a guess."""
    before = memories()
    assert before
    result = CliRunner().invoke(main, way.arguments(birds), input=way.typed)
    assert result.exit_code == 0, result.output
    assert logged(way.mode)
    assert memories() == before


def on_screen(arguments: Sequence[str], *steps: tuple[str, str]) -> None:
    """Run a command on a terminal: wait for each text, send the keys; then wait for its end."""
    child = pexpect.spawn(
        sys.executable,
        [*PROGRAM, *arguments],
        dimensions=(24, 80),
        encoding="utf-8",
        timeout=WAIT,
        env={**os.environ, "TERM": "xterm", "NO_COLOR": "1"},
    )
    for text, keys in steps:
        child.expect(text)
        child.send(keys)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


SCREEN = {
    "drill": (DRILL, [("1/", "ag\r" * 90)]),
    "exam": (EXAM, [("enter begins", "\r"), ("1/8", "a\r" * 8), ("Score", "q")]),
    "probe": (PROBE, [("enter begins", "\r"), ("1/8", "ynynynyn")]),
}


@pytest.mark.parametrize("name", SCREEN)
def test_on_a_screen_no_mode_moves_a_memory(birds: str, name: str) -> None:
    """The same, key by key; right responses of a drill are called a guess."""
    way, steps = SCREEN[name]
    before = memories()
    on_screen(way.arguments(birds), *steps)
    assert len(logged(way.mode)) >= 8
    assert memories() == before


def moved(before: Mapping[str, Memory], after: Mapping[str, Memory]) -> set[str]:
    return {card for card in after if after[card] != before.get(card)}


@pytest.mark.parametrize("screen", [False, True], ids=["plain", "screen"])
@pytest.mark.parametrize("name", ["drill", "exam"])
def test_with_count_only_what_is_due_or_new_moves_and_only_once(birds: str, name: str, screen: bool) -> None:
    """Each by one review; suspended cards and those not due stay, and a second round of the day moves nothing."""
    way, steps = SCREEN[name]
    if name == "exam":
        way = way._replace(after=("-n", "30", "--seed", "3"))
        steps = [("enter begins", "\r"), ("1/", "a\r" * 30), ("Score", "q")]
    before, day = memories(), today()

    def go() -> None:
        if screen:
            on_screen(way.arguments(birds, "--count"), *steps)
        else:
            typed = "a\n" * 90 if name == "drill" else "a\n" * 30 + ":hand\n"
            assert CliRunner().invoke(main, way.arguments(birds, "--count"), input=typed).exit_code == 0

    go()
    after = memories()
    changed = moved(before, after)
    assert any(card in before for card in changed)
    assert any(card not in before for card in changed)
    assert all(is_due(before[card], day) for card in changed if card in before)
    assert changed.isdisjoint(suspended())
    assert all(after[card].reviews == (before[card].reviews if card in before else 0) + 1 for card in changed)
    dealt = {card.id: card for card in cards_of(birds)}
    met = [shared for card in changed for shared in dealt[card].sisterhood]
    assert len(met) == len(set(met)), "of sisters, only one counts a day"
    go()
    assert memories() == after


def test_what_was_asked_without_counting_is_practice_for_the_rest_of_the_day(birds: str) -> None:
    """With --count after a round without: an echo moves nothing; a probe, which explains only at its end, is none."""
    before = memories()
    CliRunner().invoke(main, PROBE.arguments(birds), input="y\n" * 8)
    CliRunner().invoke(main, DRILL.arguments(birds, "-n", "30"), input="a\n" * 200)
    CliRunner().invoke(main, DRILL.arguments(birds, "-n", "30", "--count"), input="a\n" * 200)
    assert memories() == before


def test_a_sister_of_a_card_asked_today_does_not_count(birds: str) -> None:
    """An exam with --count leaves alone what hangs on a fact or feature that was met today."""
    dealt = cards_of(birds)
    by_id = {card.id: card for card in dealt}
    CliRunner().invoke(main, ["study", birds, "--limit", "9"], input="a\n" * 60)
    met = {shared for each in logged(Mode.STUDY) if each.day == today() for shared in by_id[each.card].sisterhood}
    CliRunner().invoke(main, ["exam", birds, "-n", "30", "--seed", "3", "--count"], input="a\n" * 30 + ":hand\n")
    exam = logged(Mode.EXAM)
    assert any(not by_id[each.card].sisterhood.isdisjoint(met) for each in exam)
    assert all(by_id[each.card].sisterhood.isdisjoint(met) for each in exam if each.counts)


def test_what_comes_again_in_a_sitting_moves_nothing(birds: str) -> None:
    """All wrong: every card comes back, and fresh questions follow; each memory moves by one review, of due and new."""
    before, day = memories(), today()
    result = CliRunner().invoke(main, ["study", birds], input="a\n" * 300)
    assert "(practice)" in result.output
    after = memories()
    changed = moved(before, after)
    assert changed
    assert all(is_due(before[card], day) for card in changed if card in before)
    assert changed.isdisjoint(suspended())
    assert all(after[card].reviews == (before[card].reviews if card in before else 0) + 1 for card in changed)


@pytest.mark.parametrize(
    "arguments",
    [
        ("exam", "DECK", "--print", "-"),
        ("confusions", "DECK"),
        ("stats", "DECK"),
        ("card", "uv", "--deck", "DECK"),
        ("find", "mark", "--deck", "DECK"),
        ("note", "uv", "--deck", "DECK", "mine"),
        ("suspend", "uv", "--deck", "DECK"),
        ("unsuspend", "--all", "--deck", "DECK"),
        ("flags", "DECK"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_commands_beside_a_sitting_move_nothing(birds: str, arguments: tuple[str, ...]) -> None:
    """Looking, noting and suspending."""
    before = memories()
    result = CliRunner().invoke(main, [birds if each == "DECK" else each for each in arguments])
    assert result.exit_code == 0, result.output
    assert memories() == before


# the same seed and the same log give the same sitting


def test_a_sitting_is_the_same_in_every_run_of_the_program(birds: str, tmp_path: Path) -> None:
    """Python hashes words anew in each run; neither order nor wording nor options may hang on that."""
    shown = set()
    for seed in ("1", "2", "3"):
        home = Path(shutil.copytree(os.environ["QUIZ_HOME"], tmp_path / seed))
        found = subprocess.run(
            [sys.executable, *PROGRAM, "study", birds],
            input="a\n" * 300,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
            env={**os.environ, "QUIZ_HOME": str(home), "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        )
        shown.add(found.stdout)
    [every] = shown
    assert "(again, as practice)" in every


def answered(material: Material, turns: Sequence[Turn], choices: Sequence[int], day: int) -> Iterator[Response]:
    """The log after these turns, each answered by the choice at its place."""
    for place, (turn, choice) in enumerate(zip(turns, choices, strict=False)):
        question = question_for(turn, material, 0)
        chosen = choice % len(question.options) if question.options else None
        right = chosen is not None and question.options[chosen].key
        given = Answered(turn, question, Reply(chosen), Mark(right, Rating.GOOD if right else Rating.AGAIN))
        yield Response(
            uuid=str(place),
            device="d",
            time=day * 86_400_000 + place,
            offset=0,
            day=day,
            deck=turn.deck,
            card=turn.card.id,
            kind=question.kind,
            seed=0,
            options=tuple(option.text for option in question.options),
            chosen=chosen,
            typed="",
            claims=claims_made(given),
            took=0,
            confidence=Confidence.PLAIN,
            right=right,
            rating=given.mark.rating,
            counts=True,
            sitting=str(day),
        )


def sitting(deck: Deck, choices: Sequence[int], seed: int, *, backwards: bool) -> tuple[list[Turn], list[Question]]:
    """The third day's turns with what waits in reserve, and their questions, after two days answered so.

    ``backwards`` asks for the questions from the last one on: what was asked before must not tell.
    """
    material, day = Material(Knowledge(deck)), 20_000
    dealt = cards(material)
    by_id = {card.id: card for card in dealt}
    past, log = Past({}), list[Response]()
    for days in (0, 30):
        made = plan({deck.id: (dealt, past)}, Wishes(new=8), day + days, seed)
        log += answered(material, made.turns, choices, day + days)
        past = Past(
            memories={
                card: memory
                for card in {each.card: None for each in log}
                if (
                    memory := replay(Review(each.day, each.rating) for each in log if each.card == card and each.rating)
                )
            },
            confused=confusions(material, by_id, log, day + days + LOOKED_BACK // 4),
        )
    turns = list(plan({deck.id: (dealt, past)}, Wishes(new=8), day + 60, seed).turns)
    for pair in sorted({tuple(sorted((each.actual, each.taken))) for each in past.confused}):
        turns += of_pair(deck.id, dealt, past, frozenset(pair), seed)
    asked = [question_for(turn, material, seed) for turn in (reversed(turns) if backwards else turns)]
    return turns, asked[::-1] if backwards else asked


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(decks(), st.lists(st.integers(0, 4), min_size=8, max_size=8), st.integers(0, 9))
def test_same_seed_and_same_log_same_sitting(deck: Deck, choices: list[int], seed: int) -> None:
    """Turns, kinds, wording, options and lures; whatever else was asked of the same material before."""
    turns, asked = sitting(deck, choices, seed, backwards=False)
    assert sitting(deck, choices, seed, backwards=True) == (turns, asked)
