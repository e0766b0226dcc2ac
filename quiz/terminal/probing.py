"""A probe on a terminal, or line by line; and what it came to, as lines for any width."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TextIO

from quiz.citation import spelled
from quiz.deck import Feature
from quiz.insight.words import percent, seconds
from quiz.probe import Outcome, Past, Probe, Score, differs, median_took, score, taken_for_own
from quiz.questions.wording import counted, listing
from quiz.studyday import day_to_date
from quiz.terminal.canvas import window
from quiz.terminal.keyparser import TIMEOUT, Key
from quiz.terminal.keys import Keyboard
from quiz.terminal.plain import BYTE_ORDER_MARK
from quiz.terminal.style import Style, bar, clip, safe, width, wrap
from quiz.terminal.text import NARROW, Page, footer

YES, NO = ("left", "y", "b"), ("right", "n")
QUIT = ("q", "ctrl-d", "end", "escape")
HINTS = "← y b belongs · → n does not · q quit"
TICKS = 10
"""Steps in which the time that is left is shown to shrink."""

PAUSE = 700
"""Milliseconds after one that was too late, so that a key meant for it does not answer the next."""


def intro(probe: Probe, limit: float | None) -> list[str]:
    """What awaits the learner, a paragraph each. ``limit`` is in seconds; None sets none."""
    count = len(probe.findings)
    time = f" You have {limit:g} seconds for each." if limit else ""
    return [
        f"{count} findings, one after another: does it belong to {probe.name}, or not?{time}",
        f"Half of them belong. The others are known not to; they belong to what {probe.name} may be mistaken for.",
        "Nothing is explained before the end, and the schedule stays as it is.",
    ]


def _question(probe: Probe, finding: Feature) -> str:
    return f"Does this {probe.material.deck.aspects[finding.aspect].noun} belong to {probe.name}?"


# on a screen


class ProbeScreen:
    """Takes a probe on a terminal, until it is over or the learner quits."""

    def __init__(
        self,
        probe: Probe,
        limit: float,
        notice: str,
        keyboard: Keyboard,
        out: TextIO,
        style: Style,
        clock: Callable[[], int],
    ) -> None:
        """``limit`` is in seconds for each finding, ``clock`` in milliseconds; ``notice`` stands before the start."""
        self.probe = probe
        self.limit = limit
        self.notice = notice
        self.keyboard = keyboard
        self.out = out
        self.style = style
        self.clock = clock

    def run(self) -> None:
        """Take it. Raises KeyboardInterrupt on Ctrl-C."""
        if not self._begin():
            return
        while (finding := self.probe.next) is not None:
            if not self._ask(finding):
                return

    def _begin(self) -> bool:
        paragraphs = [*intro(self.probe, self.limit), *filter(None, [self.notice])]
        while True:
            self._draw(lambda page: _paragraphs(paragraphs, page), "enter begins · q quit")
            key, _ = self._wait(None)
            if key.name in ("enter", " "):
                return True
            if key.name in QUIT:
                return False

    def _ask(self, finding: Feature) -> bool:
        """Ask one finding. False when the learner quits."""
        whole = left = round(1000 * self.limit)
        while left > 0:
            self._draw(lambda page, left=left: self._body(finding, left, whole, page), HINTS)  # type: ignore[misc]
            key, passed = self._wait(min(left, whole // TICKS))
            left -= passed
            if key.name in QUIT:
                return False
            if key.name.lower() in (*YES, *NO):
                self.probe.answer(key.name.lower() in YES, whole - left)
                return True
        self.probe.answer(None, whole)
        return self._too_late(finding)

    def _too_late(self, finding: Feature) -> bool:
        left = PAUSE
        while left > 0:
            self._draw(lambda page: self._body(finding, 0, 1, page), HINTS)
            key, passed = self._wait(left)
            left -= passed
            if key.name in QUIT:
                return False
        return True

    def _wait(self, most: int | None) -> tuple[Key, int]:
        """The next key and how long it took, never more than ``most``: who stops the program loses no time."""
        started = self.clock()
        key = self.keyboard.read(None if most is None else most / 1000)
        if key.name == "ctrl-c":
            raise KeyboardInterrupt
        if most is None:
            return key, 0
        return key, most if key == TIMEOUT else min(most, max(0, self.clock() - started))

    def _body(self, finding: Feature, left: int, whole: int, page: Page) -> list[str]:
        asked = _wrapped(_question(self.probe, finding), page, page.style.plain)
        found = _wrapped(finding.noun, page, page.style.title, "   ")
        if left:
            time = [page.style.dim("   " + bar(left, whole, TICKS, plain=False))]
        else:
            time = _wrapped("Too late: it counts as missed.", page, page.style.warn, "   ")
        return ["", *asked, "", *found, "", *time]

    def _draw(self, body: Callable[[Page], list[str]], hints: str) -> None:
        columns, rows = window(self.out)
        page = Page(columns, self.style)
        foot = ["", *footer(hints, page, rows)]
        lines = [_header(self.probe, page), *body(page)][: max(1, rows - len(foot))]
        self.out.write("\x1b[H" + "\x1b[K\n".join([*lines, *foot]) + "\x1b[J")
        self.out.flush()


def _header(probe: Probe, page: Page) -> str:
    """One line: what is probed, the place in it, and a bar."""
    done, whole = len(probe.outcomes), len(probe.findings)
    place = f"{min(done + 1, whole)}/{whole}"
    if page.columns >= NARROW:
        place += f"  {bar(done, whole, 8, plain=False)}"
    name = clip(f"probe of {safe(probe.name)}", page.measure - 3 - width(place))
    return page.style.dim(clip(f" {name}{' ' * max(2, page.measure - 1 - width(name + place))}{place}", page.columns))


# line by line


def run(probe: Probe, notice: str, read: TextIO, write: Callable[[str], None], clock: Callable[[], int]) -> None:
    """Take a probe a line at a time, without a limit of time, until it is over, ``:quit`` or the end of input."""
    for line in [*intro(probe, None), *filter(None, [notice])]:
        write(safe(line))
    while (finding := probe.next) is not None:
        write("")
        write(f"{len(probe.outcomes) + 1} of {len(probe.findings)}: {safe(finding.noun)}")
        write(f"{safe(_question(probe, finding))} y or n")
        started = clock()
        while True:
            line = read.readline()
            word = line.lstrip(BYTE_ORDER_MARK).strip().lower()
            if not line or word in (":quit", "q"):
                return
            if word in ("y", "yes", "b", "n", "no"):
                probe.answer(word not in ("n", "no"), max(0, clock() - started))
                break
            write("Please answer y (it belongs) or n (it does not); :quit ends the probe.")


# what it came to


class Ending(NamedTuple):
    """What the end needs beside the outcomes: the probe before, and the command that drills a pair of subjects."""

    before: Past | None
    drill: Callable[[str, str], str]


def closing(probe: Probe, ending: Ending, page: Page) -> list[str]:
    """The wrong answers with reasons and sources; then the figures, set beside those of the last probe."""
    if not probe.outcomes:
        return wrap("Nothing answered, so there is nothing to measure.", page.measure, indent=" ", hanging=" ")
    return [*_mistakes(probe, page), *_figures(probe, ending, page)]


def _mistakes(probe: Probe, page: Page) -> list[str]:
    name = safe(probe.name)
    wrong = [each for each in probe.outcomes if not each.right]
    groups = (
        (f"Taken for {name}", [each for each in wrong if each.said]),
        (f"Belong to {name} after all", [each for each in wrong if each.said is False]),
        ("Too late", [each for each in wrong if each.said is None]),
    )
    lines: list[str] = []
    said: dict[str, str] = {}
    for title, outcomes in groups:
        if outcomes:
            lines += [*_wrapped(f"{title} ({len(outcomes)})", page, page.style.title), ""]
        for each in outcomes:
            lines += [*_mistake(probe, each, said, page), ""]
    return lines


def _mistake(probe: Probe, outcome: Outcome, said: dict[str, str], page: Page) -> Iterator[str]:
    """What was wrong, why, and the source; steps and sources that were ``said`` of a finding are not said again."""
    deck, finding = probe.material.deck, outcome.finding
    ground = probe.material.held(probe.subject, finding.feature)
    sources = spelled(deck, probe.material.cites(ground.ids))
    whose = "" if outcome.said is False else f"Belongs to {_names(probe, finding.rivals) or probe.name}."
    known = next((f"(As for {said[step]}.)" for step in ground.steps if step in said), "")
    why = " ".join(filter(None, [whose, known, *(step for step in ground.steps if step not in said)]))
    paint = page.style.warn if outcome.said is None else page.style.wrong
    noun = deck.features[finding.feature].noun
    yield from _wrapped(noun, page, paint, "   ")
    yield from _wrapped(why, page, page.style.plain, "     ")
    if sources not in said:
        yield from _wrapped(sources, page, page.style.dim, "     ")
    for text in (*ground.steps, sources):
        said.setdefault(text, noun)


def _figures(probe: Probe, ending: Ending, page: Page) -> list[str]:
    now, outcomes = score(probe.outcomes), probe.outcomes
    past = score(ending.before.outcomes) if ending.before and now.measures else None
    late = f", {now.late} too late" if now.late else ""
    done = f"{len(outcomes)} of {len(probe.findings)}" if probe.next else f"{len(outcomes)}"
    lines = _wrapped(f"Probe of {probe.name}: {done} findings{late}", page, page.style.title)
    hits = _share(now.hits, now.own, "that belong", past and (past.hits, past.own))
    alarms = _share(now.false_alarms, now.others, "that do not", past and (past.false_alarms, past.others))
    rows = [
        ("Hits", f"{hits}; {now.misses} missed"),
        ("False alarms", f"{alarms}; {now.rejections} rejected"),
        ("Telling apart", _discrimination(now, past)),
    ]
    if (took := median_took(outcomes)) is not None:
        rows.append(("Time", f"{seconds(took)} in the median"))
    if past and ending.before:
        rows.append(("Last time", f"{day_to_date(ending.before.day)}, with other findings where there were enough"))
    if rivals := taken_for_own(outcomes):
        rows.append(("Belonged to", ", ".join(f"{_names(probe, [rival])} ×{times}" for rival, times in rivals)))
        rows.append(("Try next", ending.drill(probe.subject, rivals[0][0])))
    for label, said in rows:
        hanging = " " * (18 if page.columns >= NARROW else 5)
        lines += wrap(safe(said), page.measure, indent=f"   {label:<14} ", hanging=hanging)
    return lines


def _share(count: int, whole: int, which: str, before: tuple[int, int] | None) -> str:
    if not whole:
        return f"none asked {which}"
    last = f", last time {percent(before[0] / before[1])}" if before else ""
    return f"{count} of {whole} {which} ({percent(count / whole)}{last})"


def _discrimination(now: Score, past: Score | None) -> str:
    if not now.measures:
        return "too few were answered to say"
    best = Score(now.own, 0, 0, now.others, 0, now.others).d_prime
    scale = f"d′ {now.d_prime:.1f}, where guessing is 0 and all right {best:.1f}"
    if past is None:
        return scale
    change = "better" if now.d_prime > past.d_prime else "worse"
    by_chance = "" if differs(now, past) else ", but that may be chance"
    same = f"{now.d_prime:.1f}" == f"{past.d_prime:.1f}"
    return f"{scale}; last time {past.d_prime:.1f}: {'the same' if same else f'{change}{by_chance}'}"


def _names(probe: Probe, subjects: Sequence[str]) -> str:
    names = [probe.material.deck.subjects[each].short for each in subjects]
    return listing(names, "and") if names else ""


def _paragraphs(paragraphs: Iterable[str], page: Page) -> list[str]:
    return [line for each in paragraphs for line in ("", *_wrapped(each, page, page.style.plain))]


def _wrapped(text: str, page: Page, paint: Callable[[str], str], indent: str = " ") -> list[str]:
    return [paint(line) for line in wrap(safe(text), page.measure, indent=indent, hanging=indent)]


def too_few(probe: Probe, wanted: int) -> str:
    """A word on a probe that is shorter than was wanted; empty where it is not."""
    found = len(probe.findings)
    return "" if found >= wanted - wanted % 2 else f"Only {counted(found, 'finding')}: no more are known of both sorts."
