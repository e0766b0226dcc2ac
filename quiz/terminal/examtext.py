"""What an exam says, as lines for any width: questions, score and mistakes; nothing on right and wrong before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from quiz.citation import spelled
from quiz.deck import Citation, Deck
from quiz.exam import Heading, Score, Sheet, Tally
from quiz.memory import Confidence
from quiz.questions.model import Question
from quiz.questions.wording import counted
from quiz.session import Answered, Reply
from quiz.terminal import text
from quiz.terminal.style import clip, safe, width, wrap
from quiz.terminal.text import LETTERS, MOST_MIXED_UP, NARROW, Page

KEYS = (
    (
        "a b c …",
        "choose an option (t and f too for true and false); another letter changes the choice; a capital = sure",
    ),
    ("backspace", "leave the question open again"),
    ("enter", "the next question; on the last one, hand in"),
    ("← →", "one question back or on; so do shift-tab and tab, also where words are typed"),
    ("h", "hand in (:hand where words are typed)"),
    ("?", "these keys (F1 where words are typed)"),
    ("q", "leave: hand in, or drop the exam (:quit where words are typed); Ctrl-C hands in"),
    ("↑ ↓", "scroll, where a text is longer than the screen"),
)


def key_list(page: Page) -> list[str]:
    """All keys of an exam, explained."""
    lines = ["", page.style.title(" Keys"), ""]
    for key, meaning in KEYS:
        lines += wrap(meaning, page.measure, indent=f"   {key:<11}", hanging=" " * 14)
    return lines


def named(heading: Heading) -> str:
    """Deck, version and seed of an exam in words."""
    return f"{heading.deck} {heading.version} · seed {heading.seed}"


def time_left(milliseconds: int) -> str:
    """How much time is left: in minutes, under a minute in steps of ten seconds, since a running clock distracts."""
    seconds = max(0, milliseconds) / 1000
    return f"{ceil(seconds / 60)} min left" if seconds > 60 else f"{ceil(seconds / 10) * 10} s left"


def header(heading: Heading, sheet: Sheet, place: int, left: str, page: Page) -> str:
    """One line: which exam it is, the place in it, how many questions are open, and the time left."""
    parts = [f"{place + 1}/{len(sheet.items)}", f"{len(sheet.open)} open", left]
    if page.columns < NARROW:
        return page.style.dim(clip(f" {' · '.join(filter(None, parts))} · seed {heading.seed}", page.columns))
    right = " · ".join(filter(None, parts))
    title = clip(safe(named(heading)), page.measure - 3 - width(right))
    gap = " " * max(2, page.measure - 1 - width(title) - width(right))
    return page.style.dim(f" {title}{gap}{right}")


def opening(heading: Heading, count: int, page: Page) -> list[str]:
    """What is shown before the clock starts."""
    limit = f"{counted(heading.minutes, 'minute')}, from the moment you begin" if heading.minutes else "no time limit"
    lines = ["", page.style.title(clip(f" Exam: {safe(heading.title)}", page.columns)), ""]
    for said in (
        f"{safe(named(heading))}",
        f"{counted(count, 'question')}, {limit}.",
        "Nothing is said about right and wrong before you hand in. Until then you may go back and change any answer.",
        "What you leave open is not right, so a guess costs nothing.",
    ):
        lines += wrap(said, page.measure, indent=" ", hanging=" ")
    return lines


def question_lines(question: Question, reply: Reply | None, page: Page) -> list[str]:
    """Stem and options, the one chosen marked by a word."""
    lines = text.stem(question, page)
    for index, (letter, option) in enumerate(zip(LETTERS, question.options, strict=False)):
        chosen = reply is not None and reply.chosen == index
        word = f"  ← your choice{', sure' if reply and reply.confidence is Confidence.SURE else ''}" if chosen else ""
        wrapped = wrap(safe(option.text) + word, page.measure, indent=f"   {letter}  ", hanging="      ")
        lines += [page.style.strong(line) if chosen else line for line in wrapped]
    return lines


def numbers(places: Sequence[int]) -> str:
    """The numbers of the questions at these places, as a list in words."""
    return ("question " if len(places) == 1 else "questions ") + ", ".join(str(place + 1) for place in places)


def score_lines(score: Score, heading: Heading, deck: Deck, page: Page) -> list[str]:
    """The score with what it says and does not say, and what to do next."""
    low, high = score.interval
    left_open = f" · {score.left_open} left open" if score.left_open else ""
    lines = [page.style.dim(clip(f" Exam {safe(named(heading))}", page.columns - 1)), ""]
    said = f"{score.right} of {score.of} right ({_percent(score.share)}){left_open}"
    lines += [page.style.title(line) for line in wrap(said, page.measure, indent=" ", hanging=" ")]
    meaning = (
        f"After {counted(score.of, 'question')}, your share of all such questions may well lie anywhere from "
        f"{_percent(low)} to {_percent(high)} (95 % interval, Wilson 1927). "
        f"Guessing alone brings about {_percent(score.chance)}"
    )
    meaning += ", so this is not clearly better." if low <= score.chance else "."
    lines += [*wrap(meaning, page.measure, indent=" ", hanging=" "), ""]
    rows = [
        ("By subject", " · ".join(_tally(each, deck) for each in score.subjects)),
        ("By pair", " · ".join(_tally(each, deck) for each in score.pairs)),
        ("Mixed up", " · ".join(mixed_up(score, deck))),
    ]
    if score.worst:
        rows.append(("Try next", f"quiz drill {' '.join(score.worst)} {heading.called}"))
    rows.append(("Same exam", heading.again))
    for label, said in rows:
        if said:
            lines += _row(label, safe(said), page)
    return lines


def mixed_up(score: Score, deck: Deck) -> Iterator[str]:
    """What was taken for what, in words, the most frequent; of the others only how many there are."""
    for (actual, taken), times in score.mixed_up[:MOST_MIXED_UP]:
        count = f" ×{times}" if times > 1 else ""
        yield f"{deck.subjects[actual].short} taken for {deck.subjects[taken].short}{count}"
    if len(score.mixed_up) > MOST_MIXED_UP:
        yield f"{len(score.mixed_up) - MOST_MIXED_UP} more"


def _tally(tally: Tally, deck: Deck) -> str:
    return f"{' and '.join(deck.subjects[each].short for each in tally.about)} {tally.right} of {tally.of}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}\u00a0%"


def _row(label: str, said: str, page: Page) -> list[str]:
    narrow = page.columns < NARROW
    head = f" {label}  " if narrow else f" {label:<12}"
    first, *rest = wrap(said, page.measure, indent=head, hanging=" " * (3 if narrow else 13))
    return [first.replace(label, page.style.strong(label), 1), *rest]


def mistake_lines(number: int, answered: Answered, deck: Deck, page: Page, *, left_open: bool) -> list[str]:
    """One question that was not right: its options marked, why the key is right and the choice is not, the sources."""
    question = answered.question
    lines = ["", page.style.dim(f" Question {number}{' · left open' if left_open else ''}")]
    lines += [*text.stem(question, page)[1:], *text.marked_options(answered, page)]
    if not question.options:
        lines += [page.style.key(each) for each in _row("Deck has", safe(question.accepts[0]), page)]
        lines += _row("You typed", safe(answered.reply.typed), page) if answered.reply.typed else []
        lines += _row("", "Not what this deck cites, so not counted as right; yours may mean the same.", page) * (
            answered.mark.right is None
        )
    lines.append("")
    for label, said, _ in reasons(answered):
        lines += _row(label, safe(said), page)
    return [*lines, *text.source_lines(sources(answered, deck), page)]


def reasons(answered: Answered) -> Iterator[tuple[str, str, tuple[Citation, ...]]]:
    """Why the key is right, and why the choice is not where that is another reason: label, reason and citations."""
    question, chosen = answered.question, answered.reply.chosen
    if not question.options:
        yield "Why", question.explanation, question.cites
        return
    key = question.options[question.key]
    yield f"Why {LETTERS[question.key]}", key.reason.text, key.cites
    if chosen is not None and question.options[chosen].reason.text != key.reason.text:
        option = question.options[chosen]
        yield f"Why not {LETTERS[chosen]}", option.reason.text, option.cites


def sources(answered: Answered, deck: Deck) -> str:
    """The sources of these reasons."""
    return safe(spelled(deck, dict.fromkeys(cite for _, _, cites in reasons(answered) for cite in cites)))


def mistake_in_words(number: int, answered: Answered, deck: Deck, *, left_open: bool) -> Iterator[str]:
    """The same as plain lines, with nothing said by place or sign."""
    question, chosen = answered.question, answered.reply.chosen
    yield ""
    yield f"Question {number}: {safe(question.stem)}"
    if left_open:
        yield "Left open."
    elif chosen is not None:
        yield f"Your choice: {LETTERS[chosen]}) {safe(question.options[chosen].text)}"
    else:
        uncited = " (not what this deck cites, so not counted as right)" if answered.mark.right is None else ""
        yield f"You typed: {safe(answered.reply.typed)}{uncited}"
    if question.options:
        yield f"Right: {LETTERS[question.key]}) {safe(question.options[question.key].text)}"
    else:
        yield f"The deck has: {safe(question.accepts[0])}"
    for label, said, _ in reasons(answered):
        yield f"{label}: {safe(said)}"
    yield f"Source: {sources(answered, deck)}"
