"""A probe on a screen with given keys and a given clock, line by line, on a real terminal, and its end at any width."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pexpect
import pytest

from quiz.deck import Deck
from quiz.probe import Outcome, Past, Probe, findings
from quiz.questions import Material
from quiz.reasoning import Knowledge
from quiz.session import Answered
from quiz.terminal.keyparser import END, REDRAW, TIMEOUT, Key
from quiz.terminal.probing import Ending, ProbeScreen, closing, run, too_few
from quiz.terminal.style import Style, width
from quiz.terminal.text import Page
from tests.conftest import FRAME
from tests.widths import WIDTHS

WAIT = 8
"""Seconds to wait for what must appear; only a broken program waits so long."""


def feature(number: int, holder: str, other: str) -> str:
    """A feature that one bird has and the other lacks."""
    name = f"{holder}-sign-{number}"
    return (
        f"  {name}:\n    aspect: sign\n    noun: mark {number} of {holder}s\n"
        f"    present: {{{holder}: {{says: '{holder.title()}s bear it.', cite: book Birds ¶{number}}}}}\n"
        f"    absent: {{{other}: {{says: '{other.title()}s are bare of mark {number}.', cite: book Birds ¶{number}}}}}\n"
    )


BIRDS = """
subjects:
  gull: {group: birds, name: gull, short: gulls}
  tern: {group: birds, name: tern, short: terns}
features:
""" + "".join(feature(number, *pair) for number in range(1, 5) for pair in (("gull", "tern"), ("tern", "gull")))
"""Four marks of gulls that terns lack, and four the other way round."""


@pytest.fixture
def birds(deck_of: Callable[[str], Deck]) -> Material:
    return Material(Knowledge(deck_of(BIRDS)))


@pytest.fixture
def written() -> list[Answered]:
    return []


@pytest.fixture
def probe(birds: Material, written: list[Answered]) -> Probe:
    """Eight findings on gulls, drawn by seed 1."""
    return Probe(birds, "gull", findings(birds, "gull", 8, 1), written.append, 1)


class Typist:
    """A keyboard and a clock: every key comes so many milliseconds after the last; then nothing comes."""

    def __init__(self, *keys: tuple[int, Key]) -> None:
        self.keys = list(keys)
        self.now = 0
        self.due = keys[0][0] if keys else 10**12

    def read(self, timeout: float | None = None) -> Key:
        last = 10**11 if timeout is None else self.now + round(1000 * timeout)
        if self.due > last:
            self.now = last
            return END if timeout is None else TIMEOUT
        self.now = self.due
        _, key = self.keys.pop(0)
        self.due = self.now + self.keys[0][0] if self.keys else 10**12
        return key

    def clock(self) -> int:
        return self.now


def press(name: str, after: int = 500) -> tuple[int, Key]:
    return after, Key(name)


def taken(probe: Probe, *keys: tuple[int, Key], limit: float = 4) -> str:
    """Take a probe with these keys; returns all that was drawn."""
    typist, out = Typist(press("enter"), *keys), StringIO()
    screen = ProbeScreen(probe, limit, "", typist, out, Style(False), typist.clock)  # type: ignore[arg-type]
    screen.run()
    return out.getvalue()


def test_one_key_answers_and_its_time_is_kept(probe: Probe) -> None:
    """Arrows, y and n, and b for "belongs", in capitals too."""
    taken(probe, *(press(name) for name in ("left", "right", "y", "n", "b", "Y", "N", "B")))
    assert [each.said for each in probe.outcomes] == [True, False, True, False, True, True, False, True]
    assert {each.took for each in probe.outcomes} == {500}


def test_what_takes_too_long_is_shown_as_late_and_goes_on(probe: Probe) -> None:
    """A key pressed just after it answers nothing: it was meant for the one before."""
    drawn = taken(probe, press("left", 4300), press("right", 1000), press("q"))
    assert [(each.said, each.took) for each in probe.outcomes] == [(None, 4000), (False, 600)]
    assert "Too late: it counts as missed." in drawn


def test_other_keys_and_pastes_answer_nothing_and_stop_no_clock(probe: Probe) -> None:
    """Nor does a window that changes its size."""
    taken(probe, press("x", 1000), press("paste", 1000), (1000, REDRAW), press("y", 500), press("q"))
    assert probe.outcomes[0].took == 3500
    taken(probe, press("x", 3000), press("x", 900), press("x", 200), press("q", 1000))
    assert [each.said for each in probe.outcomes] == [True, None]


def test_an_hour_stopped_in_the_middle_of_a_finding_costs_no_more_than_a_tick(probe: Probe) -> None:
    """Ctrl-Z and back: the finding is still there."""

    class Stopped(Typist):
        def read(self, timeout: float | None = None) -> Key:
            key = super().read(timeout)
            self.now += 3_600_000 if key == REDRAW else 0
            self.due += 3_600_000 if key == REDRAW else 0
            return key

    typist = Stopped(press("enter"), (100, REDRAW), press("y", 100), press("q"))
    screen = ProbeScreen(probe, 4, "", typist, StringIO(), Style(False), typist.clock)  # type: ignore[arg-type]
    screen.run()
    assert [(each.said, each.took) for each in probe.outcomes] == [(True, 500)]


@pytest.mark.parametrize("name", ["q", "escape", "ctrl-d", "end"])
def test_quitting_keeps_what_was_answered(probe: Probe, written: list[Answered], name: str) -> None:
    """Before the start, between two findings, or while "too late" is shown."""
    taken(probe, press("y"), press(name))
    assert len(written) == 1
    taken(probe, press(name, 4200))
    assert len(written) == 2


def test_ctrl_c_interrupts_at_any_time(probe: Probe) -> None:
    """The answers until then are kept."""
    with pytest.raises(KeyboardInterrupt):
        taken(probe, press("y"), press("ctrl-c"))
    assert len(probe.outcomes) == 1


def test_nothing_begins_before_enter(probe: Probe) -> None:
    """Who reads the introduction slowly loses no time."""
    typist, out = Typist(press("y", 60_000), press("enter", 60_000), press("q")), StringIO()
    screen = ProbeScreen(probe, 4, "Only 8.", typist, out, Style(False), typist.clock)  # type: ignore[arg-type]
    screen.run()
    assert probe.outcomes == []
    assert "Half of them belong" in out.getvalue() and "Only 8." in out.getvalue()


# line by line


def lines_of(probe: Probe, typed: str) -> str:
    said: list[str] = []
    run(probe, "", StringIO(typed), said.append, lambda: 0)
    return "\n".join(said)


def test_without_a_screen_a_line_answers_and_no_time_runs(probe: Probe) -> None:
    """In words, in any case; what is no answer is asked again."""
    shown = lines_of(probe, "\ufeffyes\nNO\nmaybe\nb\n:quit\ny\n")
    assert [each.said for each in probe.outcomes] == [True, False, True]
    assert "4 of 8: " in shown and "Does this sign belong to gulls? y or n" in shown
    assert "Please answer y (it belongs) or n (it does not)" in shown
    assert "seconds" not in shown


def test_the_end_of_input_ends_the_probe(probe: Probe) -> None:
    """As `:quit` does."""
    lines_of(probe, "y\n")
    assert len(probe.outcomes) == 1


# what it came to


def ended(probe: Probe, said: str, before: Past | None = None, columns: int = 100) -> str:
    """The closing lines after these answers: y, n, or - for too late; + is right and ! is wrong."""
    for letter in said:
        belongs = probe.findings[len(probe.outcomes)].belongs
        probe.answer({"y": True, "n": False, "-": None, "+": belongs, "!": not belongs}[letter], 1500)
    ending = Ending(before, lambda a, b: f"quiz drill {a} {b}")
    return "\n".join(closing(probe, ending, Page(columns, Style(False))))


def test_wrong_answers_come_with_reason_source_and_whose_they_are(probe: Probe) -> None:
    """False alarms first, with the rival that they belong to and a drill for the pair."""
    shown = ended(probe, "y" * 8)
    assert "Taken for gulls (4)" in shown
    assert "Belongs to terns. Gulls are bare of mark 1." in shown
    assert "Sample Press 2020, “Birds” ¶1" in shown
    assert "Hits           4 of 4 that belong (100 %); 0 missed" in shown
    assert "False alarms   4 of 4 that do not (100 %); 0 rejected" in shown
    assert "d′ 0.0, where guessing is 0" in shown
    assert "Belonged to    terns ×4" in shown
    assert "Try next       quiz drill gull tern" in shown


def test_a_reason_said_before_names_the_finding_where_it_stands(deck_of: Callable[[str], Deck]) -> None:
    """ "As above" would leave open which of those above."""
    signs = "\n".join(
        f"  own{i}: {{aspect: sign, noun: own {i}, present: {{gull: {{says: Gulls own {i}., cite: book Birds ¶1}}}}}}\n"
        f"  other{i}: {{aspect: sign, noun: other {i}, present: {{tern: {{says: Terns own {i}., cite: book Birds ¶1}}}}}}"
        for i in range(4)
    )
    deck = deck_of(
        "subjects:\n"
        "  gull: {group: birds, name: gull, short: gulls}\n"
        "  tern: {group: birds, name: tern, short: terns}\n"
        f"features:\n{signs}\n"
        "closures:\n"
        "  plain: {subject: gull, says: Gulls are plain., cite: book Birds ¶2, "
        "excludes: [other0, other1, other2, other3]}\n"
    )
    material = Material(Knowledge(deck))
    probe = Probe(material, "gull", findings(material, "gull", 8, 1), [].append, 1)
    shown = ended(probe, "y" * 8)
    assert shown.count("Gulls are plain.") == 1
    first = re.search(r"(other \d)\n +Belongs to terns. Gulls are plain.", shown)
    assert first and shown.count(f"Belongs to terns. (As for {first[1]}.) That leaves out") == 3


def test_misses_and_late_ones_stand_apart(probe: Probe) -> None:
    """Both are told, the late ones with whose they are."""
    shown = ended(probe, "n" * 7 + "-")
    assert "Belong to gulls after all" in shown
    assert "Too late (1)" in shown
    assert "8 findings, 1 too late" in shown
    assert "Taken for gulls" not in shown and "quiz drill" not in shown


def test_all_right_needs_no_explanations(probe: Probe) -> None:
    """Only figures."""
    shown = ended(probe, "+" * 8)
    assert shown.lstrip().startswith("Probe of gulls: 8 findings")
    assert "1.5 s in the median" in shown


def past(probe: Probe, *, right: bool) -> Past:
    outcomes = tuple(Outcome(each, each.belongs is right, 1000) for each in probe.findings)
    return Past(20_000, outcomes)


def test_the_probe_before_is_set_beside_it(probe: Probe) -> None:
    """All wrong then and all right now is more than chance."""
    shown = ended(probe, "+" * 8, past(probe, right=False))
    assert "(100 %, last time 0 %)" in shown and "last time -2.6: better" in shown and "chance" not in shown
    assert "2024-10-04" in shown


def test_a_change_that_may_be_chance_is_called_so(probe: Probe) -> None:
    """One answer of eight."""
    shown = ended(probe, "!" + "+" * 7, past(probe, right=True), columns=200)
    assert "worse, but that may be chance" in " ".join(shown.split())


def test_a_probe_broken_off_is_not_compared(probe: Probe) -> None:
    """Two answers are no measure."""
    shown = ended(probe, "++", past(probe, right=True))
    assert "Probe of gulls: 2 of 8 findings" in shown
    assert "too few were answered to say" in shown and "last time" not in shown


def test_nothing_answered_is_one_line(probe: Probe) -> None:
    """No figures of nothing."""
    assert ended(probe, "").strip() == "Nothing answered, so there is nothing to measure."


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
def test_no_line_is_wider_than_the_screen(probe: Probe, columns: int) -> None:
    """From very narrow to very wide."""
    shown = ended(probe, "-!-!-!-!", past(probe, right=True), columns)
    assert max(map(width, shown.splitlines())) <= columns


def test_what_a_deck_says_cannot_steer_the_terminal(deck_of: Callable[[str], Deck]) -> None:
    """Escapes in names and findings are left out."""
    deck = deck_of(BIRDS)
    features = {id_: each._replace(noun=f"\x1b[2J{each.noun}") for id_, each in deck.features.items()}
    subjects = {id_: each._replace(short=f"{each.short}\x1b[2J") for id_, each in deck.subjects.items()}
    material = Material(Knowledge(deck._replace(features=features, subjects=subjects)))
    probe = Probe(material, "gull", findings(material, "gull", 8, 1), lambda _: None, 1)
    shown = taken(probe, *(press("y") for _ in range(7))) + lines_of(probe, "y\n") + ended(probe, "")
    assert "\x1b[2J" not in shown


def test_a_short_probe_is_announced(probe: Probe) -> None:
    """Wanted 24, found 8."""
    assert too_few(probe, 24) == "Only 8 findings: no more are known of both sorts."
    assert too_few(probe, 8) == too_few(probe, 9) == ""


# on a real terminal


class Terminal:
    """`quiz probe` on a pseudo-terminal."""

    def __init__(self, deck: Path, *arguments: str, columns: int = 80) -> None:
        self.child = pexpect.spawn(
            sys.executable,
            ["-c", "from quiz.cli import main; main()", "probe", "gull", str(deck), "-n", "8", *arguments],
            dimensions=(24, columns),
            encoding="utf-8",
            timeout=WAIT,
            env={**os.environ, "TERM": "xterm", "NO_COLOR": "1"},
        )

    def sees(self, pattern: str) -> str:
        self.child.expect(pattern)
        return str(self.child.before) + str(self.child.after)

    def ends(self) -> int | None:
        self.child.expect(pexpect.EOF)
        self.child.close()
        return None if self.child.exitstatus is None else int(self.child.exitstatus)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "birds"
    folder.mkdir()
    (folder / "deck.yaml").write_text(FRAME, encoding="utf-8")
    (folder / "facts.yaml").write_text(BIRDS, encoding="utf-8")
    return folder


def log() -> list[tuple[object, ...]]:
    """(mode, kind, rating, counts) of every row of the log, and no memory beside them."""
    connection = sqlite3.connect(Path(os.environ["QUIZ_HOME"]) / "progress.db")
    try:
        assert connection.execute("SELECT count(*) FROM memory").fetchone() == (0,)
        return connection.execute("SELECT mode, kind, rating, counts FROM log ORDER BY seq").fetchall()
    finally:
        connection.close()


@pytest.mark.parametrize("columns", WIDTHS)
def test_a_whole_probe_by_arrows(folder: Path, columns: int) -> None:
    """Every width shows the finding, takes the arrows, and ends with figures on the ordinary screen."""
    terminal = Terminal(folder, "--seconds", "60", columns=columns)
    terminal.sees("enter begins")
    terminal.child.send("\r")
    drawn = ""
    for number in range(8):
        drawn += terminal.sees(f"{number + 1}/8") + terminal.sees("q quit")
        terminal.child.send("\x1b[D" if number % 2 else "\x1b[C")
    terminal.sees(r"\x1b\[\?1049l")
    terminal.sees("Probe of gulls: 8 findings")
    assert terminal.ends() == 0
    assert log() == [("probe", "probe", None, 0)] * 8
    lines = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", drawn.replace("\x1b[H", "\n")).replace("\r", "").split("\n")
    assert max(map(width, lines)) <= columns


@pytest.mark.slow
def test_silence_runs_the_probe_to_its_end(folder: Path) -> None:
    """Who goes away comes back to a probe that is over."""
    terminal = Terminal(folder, "--seconds", "0.5")
    terminal.sees("enter begins")
    terminal.child.send("\r")
    terminal.child.timeout = 30
    terminal.sees("8 findings, 8 too late")
    assert terminal.ends() == 0
    assert len(log()) == 8


def test_ctrl_c_sums_up_and_leaves_the_alternate_screen(folder: Path) -> None:
    """With the exit code of an interruption, and every answer kept."""
    terminal = Terminal(folder, "--seconds", "60")
    terminal.sees("enter begins")
    terminal.child.send("\ry")
    terminal.sees("2/8")
    terminal.child.send("\x03")
    terminal.sees(r"\x1b\[\?1049l")
    terminal.sees("1 of 8 findings")
    assert terminal.ends() == 130
    assert len(log()) == 1


def test_a_resize_and_a_stop_in_the_middle_do_no_harm(folder: Path) -> None:
    """The same finding is drawn anew, and takes its answer."""
    terminal = Terminal(folder, "--seconds", "60")
    terminal.sees("enter begins")
    terminal.child.send("\r")
    terminal.sees("1/8")
    terminal.child.setwinsize(24, 40)
    terminal.sees("1/8")
    os.kill(terminal.child.pid, signal.SIGSTOP)
    os.kill(terminal.child.pid, signal.SIGCONT)
    terminal.sees("1/8")
    terminal.child.send("n")
    terminal.sees("2/8")
    terminal.child.send("q")
    assert terminal.ends() == 0
    assert len(log()) == 1


def test_plain_lines_on_a_terminal(folder: Path) -> None:
    """For screen readers: nothing is redrawn, and no time runs."""
    terminal = Terminal(folder, "--plain")
    terminal.sees("1 of 8: ")
    terminal.child.send("y\r")
    shown = terminal.sees("2 of 8: ")
    terminal.child.send(":quit\r")
    shown += terminal.sees("1 of 8 findings")
    assert terminal.ends() == 0
    assert "\x1b" not in shown and "█" not in shown
