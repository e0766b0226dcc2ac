"""What a sitting says, as lines for any width: questions, feedback, keys and the summary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from quiz.citation import spelled
from quiz.deck import Deck
from quiz.memory import Confidence
from quiz.questions.model import Option, Question
from quiz.session import MOST_RETURNS, Answered, Sitting, Summary
from quiz.terminal.style import Style, bar, clip, safe, width, wrap

LETTERS = "abcdefgh"
LONGEST_REPLY = 200
NARROW = 60

KEYS = (
    ("a b c …", "choose an option (t and f too for true and false); a capital letter says that you are sure"),
    ("enter", "or space: go on after the feedback; in a typed question, hand in the reply (empty: I don't know)"),
    ("g", "after a right response: I guessed, so it comes back soon"),
    ("y  x", "after a typed reply the deck does not cite: count it right, or wrong"),
    ("o", "after the response: the reasons of the other options, where they differ"),
    ("s", "suspend the card: never ask it again"),
    ("u", "undo the latest response (:undo in a typed question)"),
    ("?", "these keys (:help in a typed question)"),
    ("q", "quit (:quit in a typed question, or Ctrl-D); everything answered is kept"),
    ("↑ ↓", "scroll, where a text is longer than the screen; so do PgUp and PgDn"),
)


class Page(NamedTuple):
    """How to write: the columns there are, and the style."""

    columns: int
    style: Style

    @property
    def measure(self) -> int:
        """The length of a line of prose: no longer than is easy to read."""
        return max(12, min(self.columns - 1, 90))


def header(title: str, sitting: Sitting, page: Page, *, explaining: bool) -> str:
    """One line: the deck, the place in the sitting, reviews and new cards left, and a bar.

    While an answer is explained, the place is still that of its question.
    """
    done, left = len(sitting.answered), len(sitting.waiting)
    new = sum(turn.new and not turn.practice for turn in sitting.waiting)
    due = sum(not turn.new and not turn.practice for turn in sitting.waiting)
    place = f"{done if explaining else done + 1}/{done + left} · {due} due · {new} new"
    if page.columns < NARROW:
        return page.style.dim(clip(f" {place}", page.columns))
    right = f"{place}  {bar(done, done + left, 8, plain=False)}"
    title = clip(safe(title), page.measure - 3 - width(right))
    gap = " " * max(2, page.measure - 1 - width(title) - width(right))
    return page.style.dim(f" {title}{gap}{right}")


def stem(question: Question, page: Page) -> list[str]:
    """The stem, with an empty line before and after."""
    lines = wrap(safe(question.stem), page.measure, indent=" ", hanging=" ")
    return ["", *(page.style.title(line) for line in lines), ""]


def options(question: Question, page: Page) -> list[str]:
    """The lettered options of a question that was not answered yet."""
    lines: list[str] = []
    for letter, option in zip(LETTERS, question.options, strict=False):
        lines += wrap(safe(option.text), page.measure, indent=f"   {letter}  ", hanging="      ")
    return lines


def option_meant(question: Question, key: str) -> int | None:
    """The index of the option that a single letter stands for: its own letter, or T and F for true and false."""
    letter = key.lower()
    if question.kind == "true-false" and letter in ("t", "f"):
        return "tf".index(letter)
    index = LETTERS.find(letter) if len(letter) == 1 else -1
    return index if 0 <= index < len(question.options) else None


def marked_options(answered: Answered, page: Page) -> list[str]:
    """The options after the response: key and chosen option marked by word, sign and colour."""
    lines: list[str] = []
    for index, option in enumerate(answered.question.options):
        chosen = index == answered.reply.chosen
        word = _mark(option, chosen)
        text = f"{safe(option.text)}  {word}" if word else safe(option.text)
        wrapped = wrap(text, page.measure, indent=f"   {LETTERS[index]}  ", hanging="      ")
        paint = page.style.key if option.key else page.style.wrong if chosen else page.style.plain
        lines += [paint(line) for line in wrapped]
    return lines


def _mark(option: Option, chosen: bool) -> str:
    if option.key:
        return "✓ right, your choice" if chosen else "✓ right"
    return "✗ your choice" if chosen else ""


def verdict(answered: Answered, page: Page) -> list[str]:
    """One line on how the response was taken."""
    guessed = answered.reply.confidence is Confidence.GUESSED
    if answered.mark.right is None:
        text = "Not what this deck cites, so not rated. y counts it right, x wrong."
        paint = page.style.warn
    elif guessed:
        text, paint = f"Right, but guessed. {_outlook_of(answered)}", page.style.warn
    elif answered.mark.right:
        text, paint = "Right.", page.style.key
    else:
        text, paint = f"Wrong. {_outlook_of(answered)}", page.style.wrong
    if answered.turn.practice:
        text += " (Practice: the schedule stays as it is.)"
    return [paint(line) for line in wrap(text, page.measure, indent=" ", hanging=" ")]


def _outlook_of(answered: Answered) -> str:
    done = answered.turn.returns == MOST_RETURNS
    return "It comes back another day." if done else "It comes back in this sitting."


def feedback(answered: Answered, deck: Deck, page: Page, *, others: bool) -> list[str]:
    """Why the key is right, why the chosen option is wrong, the other options if wanted, and the sources."""
    question = answered.question
    if not question.options:
        return _typed_feedback(answered, deck, page)
    key = question.key
    lines = [*verdict(answered, page), ""]
    lines += _reason(f"Why {LETTERS[key]}", question.options[key].reason.text, page)
    shown = [question.options[key]]
    if has_more_reasons(question):
        wanted = range(len(question.options)) if others else [answered.reply.chosen]
        for index in wanted:
            if index is not None and index != key:
                option = question.options[index]
                lines += _reason(f"Why not {LETTERS[index]}", option.reason.text, page)
                shown.append(option)
    cites = dict.fromkeys(cite for option in shown for cite in option.cites)
    return [*lines, *source_lines(spelled(deck, cites), page)]


def has_more_reasons(question: Question) -> bool:
    """Whether other options have reasons of their own; where all hang on one matter, that of the key says it all."""
    return len({option.reason.text for option in question.options}) > 1


def _typed_feedback(answered: Answered, deck: Deck, page: Page) -> list[str]:
    question = answered.question
    given = safe(answered.reply.typed.strip())
    lines = wrap(safe(question.accepts[0]), page.measure, indent="   the deck has: ", hanging="      ")
    lines = [page.style.key(line) for line in lines]
    if given and not answered.mark.right:
        lines += wrap(given, page.measure, indent="   you typed:    ", hanging="      ")
    elif slip := slip_of(answered, deck):
        spelt = wrap(f"{slip}  (x counts it wrong)", page.measure, indent="   a slip:       ", hanging="      ")
        lines += [page.style.warn(line) for line in spelt]
    lines += ["", *verdict(answered, page), ""]
    lines += _reason("Why", question.explanation, page)
    return [*lines, *source_lines(spelled(deck, question.cites), page)]


def slip_of(answered: Answered, deck: Deck) -> str:
    """Where a typed reply counted right is spelt otherwise than the deck has it: +more, −less or →other letters.

    Empty where it is not, or was not for the spelling that it was counted right.
    """
    from quiz.questions.typed import difference, judge  # as where replies are marked: at the first typed one only

    wanted = judge(answered.question, deck, answered.reply.typed).near_to if answered.mark.right else ""
    if not wanted:
        return ""
    return safe("".join(_piece(*piece) for piece in difference(answered.reply.typed, wanted)))


def _piece(given: str, wanted: str) -> str:
    if given == wanted:
        return given
    return f"({given}→{wanted})" if given and wanted else f"(+{wanted})" if wanted else f"(−{given})"


def _reason(label: str, text: str, page: Page) -> list[str]:
    first, *rest = wrap(safe(text), page.measure, indent=f" {label}   ", hanging=" " * 9)
    head = f" {label}   "
    return [head.replace(label, page.style.strong(label)) + first[len(head) :], *rest]


def source_lines(sources: str, page: Page) -> list[str]:
    """The sources, dim, with an empty line before."""
    return ["", *(page.style.dim(line) for line in wrap(safe(sources), page.measure, indent=" ", hanging=" "))]


def key_list(page: Page) -> list[str]:
    """All keys, explained."""
    lines = ["", page.style.title(" Keys"), ""]
    for key, meaning in KEYS:
        lines += wrap(meaning, page.measure, indent=f"   {key:<9}", hanging=" " * 12)
    return lines


def summary(result: Summary, names: Mapping[str, str], outlook: str, deck: str, page: Page) -> list[str]:
    """The end of a sitting: figures, what is left and due next, and which pairs were mixed up.

    ``deck`` is what must be added to a command so that it speaks of the same deck; empty where nothing must.
    """
    left = f"{result.left} left for today (`quiz study{deck}` goes on)" if result.left else ""
    if not result.reviews + result.practice + result.unrated:
        said = " · ".join(filter(None, ("nothing answered", left, outlook)))
        return wrap(f"{said[:1].upper()}{said[1:]}", page.measure, indent=" ", hanging=" ")
    minutes = max(1, round(result.milliseconds / 60_000))
    noun = "review" if result.reviews == 1 else "reviews"
    parts = [f"{result.reviews} {noun} in {minutes} min"]
    if result.reviews:
        parts.append(f"{result.right} right ({100 * result.right / result.reviews:.0f} %)")
    if result.practice:
        parts.append(f"{result.practice} more as practice")
    if result.unrated:
        parts.append(f"{result.unrated} not rated")
    lines = wrap(" · ".join(filter(None, [*parts, left, outlook])), page.measure, indent=" ", hanging=" ")
    if result.mixed_up:
        pairs = ", ".join(f"{safe(names[a])} and {safe(names[b])} ×{count}" for (a, b), count in result.mixed_up)
        (a, b), _ = result.mixed_up[0]
        lines += ["", *wrap(pairs, page.measure, indent=" Mixed up   ", hanging=" " * 12)]
        lines += wrap(safe(f"quiz compare {a} {b}{deck}"), page.measure, indent=" Look at    ", hanging=" " * 12)
    return lines


def footer(hint: str, page: Page, rows: int) -> list[str]:
    """The keys of the moment, dim, wrapped where the screen is narrow; a low screen gets one line of them."""
    lines = wrap(hint, page.columns - 1, indent=" ", hanging=" ")
    return [page.style.dim(line) for line in lines[: max(1, rows // 6)]]


def notice(said: str, page: Page) -> list[str]:
    """What was just done, above the keys; nothing when nothing was."""
    lines = wrap(safe(said), page.columns - 1, indent=" ", hanging=" ") if said else []
    return [page.style.warn(line) for line in lines]
