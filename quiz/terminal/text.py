"""What a sitting says, as lines for any width: questions, feedback, keys and the summary."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from quiz.citation import spelled
from quiz.deck import Deck, Tells
from quiz.memory import Confidence
from quiz.questions.model import Option, Question
from quiz.session import MOST_RETURNS, Answered, Sitting, Summary
from quiz.terminal.style import Style, bar, clip, flow, pad, safe, width, wrap

LETTERS = "abcdefgh"
LONGEST_REPLY = 200
LONGEST_REMARK = 500
NARROW = 60
MOST_MIXED_UP = 3

KEYS = (
    ("a b c …", "choose an option (t and f for true and false); a capital says that you are sure"),
    ("enter", "or space: go on; where words are typed, hand them in (none: I don't know)"),
    ("tab", "where your own words are asked for first: show the options"),
    ("q", "quit; everything answered is kept (:quit, Ctrl-D)"),
    ("u", "undo, step by step, back to the start of the sitting (:undo)"),
    ("g", "after a right response: I guessed, so it comes back soon"),
    ("y  x", "after a typed reply: count it right, or wrong"),
    ("o", "after a response: the reasons of the other options too"),
    ("n", "your own note, shown after each response; empty it to drop it (:note)"),
    ("!", "flag a bad question and say what is wrong; `quiz flags` lists them (:flag)"),
    ("s", "suspend the card: never ask it again (:suspend)"),
    ("escape", "leave a note or a flag as it was"),
    ("↑ ↓", "scroll a text longer than the screen; so do PgUp and PgDn"),
    ("?", "these keys; F1 or :help where words are typed"),
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

    While an answer is explained, the place is still that of its question. A sitting that leaves the schedule alone
    says what it is instead of what is due; elsewhere, practice that waits is counted apart from the two.
    """
    done, left = len(sitting.answered), len(sitting.waiting)
    turns = [*sitting.waiting, *(each.turn for each in sitting.answered)]
    new = sum(turn.new and not turn.practice for turn in sitting.waiting)
    due = sum(not turn.new and not turn.practice for turn in sitting.waiting)
    again = len(sitting.waiting) - due - new
    counts = f"{due} due · {new} new" + (f" · {again} practice" if again else "")
    if not any(turn.counts for turn in turns):
        counts = "practice"
    place = f"{done if explaining else done + 1}/{done + left} · {counts}"
    right = f"{place}  {bar(done, done + left, 8, plain=False)}"
    if page.columns < NARROW:
        return page.style.dim(clip(f" {right if width(right) + 2 <= page.columns else place}", page.columns))
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


def choices(question: Question) -> str:
    """The letters that choose an option, for the line of keys."""
    last = LETTERS[len(question.options) - 1]
    return "a or b" if last == "b" else f"a–{last}"


def not_among(typed: str, page: Page) -> list[str]:
    """That the words typed before the options were shown name none of them; nothing when none were typed."""
    if not typed:
        return []
    said = f"“{safe(typed)}” is not among the options as worded here; choose one."
    return ["", *map(page.style.warn, wrap(said, page.measure, indent=" ", hanging=" "))]


def option_meant(question: Question, key: str) -> int | None:
    """The index of the option that a single letter stands for: its own letter, or T and F for true and false."""
    letter = key.lower()
    if question.kind == "true-false" and letter in ("t", "f"):
        return "tf".index(letter)
    index = LETTERS.find(letter) if len(letter) == 1 else -1
    return index if 0 <= index < len(question.options) else None


def marked_options(answered: Answered, page: Page) -> list[str]:
    """The options after the response: key and chosen option marked by word, sign and colour.

    The marks stand below each other near the right end, or behind the text where that is too long.
    """
    chosen = answered.reply.chosen
    marks = [_mark(option, index == chosen) for index, option in enumerate(answered.question.options)]
    column = page.measure - max(map(width, marks), default=0)
    lines: list[str] = []
    for index, (option, mark) in enumerate(zip(answered.question.options, marks, strict=True)):
        own = wrap(safe(option.text), page.measure, indent=f"   {LETTERS[index]}  ", hanging="      ")
        if mark:
            own = _with_mark(own, mark, column, page)
        paint = page.style.key if option.key else page.style.wrong if index == chosen else page.style.plain
        lines += [paint(line) for line in own]
    return lines


def _with_mark(lines: list[str], mark: str, column: int, page: Page) -> list[str]:
    """The lines of an option with its mark: in its column, else behind the text, else on a line of its own."""
    *above, last = lines
    if not above and width(last) + 2 <= column:
        return [pad(last, column) + mark]
    if width(last) + 2 + width(mark) <= page.measure:
        return [*above, f"{last}  {mark}"]
    return [*lines, *wrap(mark, page.measure, indent="      ", hanging="      ")]


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
        said = "Not known." if not_known(answered) else "Wrong."
        text, paint = f"{said} {_outlook_of(answered)}", page.style.wrong
    if answered.turn.practice:
        text += " (Practice: the schedule stays as it is.)"
    return [paint(line) for line in wrap(text, page.measure, indent=" ", hanging=" ")]


def not_known(answered: Answered) -> bool:
    """Whether the learner said "I don't know", by handing in nothing."""
    return answered.reply.chosen is None and not answered.reply.typed.strip()


def _outlook_of(answered: Answered) -> str:
    done = answered.turn.returns == MOST_RETURNS
    return "It comes back another day." if done else "It comes back in this sitting."


def feedback(
    answered: Answered, deck: Deck, page: Page, *, others: bool, contrast: Sequence[str] = (), note: str = ""
) -> list[str]:
    """Verdict, why the key is right, why the chosen option is wrong, the other options if wanted, and the sources.

    ``contrast`` are lines that set side by side what was mixed up; ``note`` is the learner's own.
    """
    question = answered.question
    noted = [*_labelled("Note", note, page), ""] if note else []
    if not question.options:
        return _typed_feedback(answered, deck, page, noted)
    key = question.key
    lines = [*_own_words(answered, page), *verdict(answered, page), "", *noted]
    lines += [*contrast, ""] if contrast else []
    lines += _labelled(f"Why {LETTERS[key]}", question.options[key].reason.text, page)
    explained = [question.options[key]]
    if has_more_reasons(question):
        wanted = range(len(question.options)) if others else [answered.reply.chosen]
        for index in wanted:
            if index is not None and index != key:
                option = question.options[index]
                lines += _labelled(f"Why not {LETTERS[index]}", option.reason.text, page)
                explained.append(option)
    cites = dict.fromkeys(cite for option in explained for cite in option.cites)
    return [*lines, *source_lines(spelled(deck, cites), page)]


def _own_words(answered: Answered, page: Page) -> list[str]:
    """What was typed before the options were shown, if anything was."""
    typed = safe(answered.reply.typed.strip())
    return [*wrap(f"In your words: {typed}", page.measure, indent=" ", hanging=" "), ""] if typed else []


def has_more_reasons(question: Question) -> bool:
    """Whether other options have reasons of their own; where all hang on one matter, that of the key says it all."""
    return len({option.reason.text for option in question.options}) > 1


def _typed_feedback(answered: Answered, deck: Deck, page: Page, noted: Sequence[str]) -> list[str]:
    question = answered.question
    given, wanted = safe(answered.reply.typed.strip()), safe(question.accepts[0])
    lines = wrap(wanted, page.measure, indent="   the deck has: ", hanging="      ")
    lines = [page.style.key(line) for line in lines]
    if slip := slip_of(answered, deck):
        spelt = wrap(f"{slip}  (x counts it wrong)", page.measure, indent="   a slip:       ", hanging="      ")
        lines += [page.style.warn(line) for line in spelt]
    elif given and not is_as_the_deck_has_it(answered):
        own = wrap(given, page.measure, indent="   you typed:    ", hanging="      ")
        lines += [page.style.wrong(line) for line in own] if answered.mark.right is False else own
    if told := tolerance(question, deck):
        lines += [page.style.dim(line) for line in wrap(told, page.measure, indent="   ", hanging="   ")]
    lines += ["", *verdict(answered, page), "", *noted]
    lines += _labelled("Why", question.explanation, page)
    return [*lines, *source_lines(spelled(deck, question.cites), page)]


def is_as_the_deck_has_it(answered: Answered) -> bool:
    """Whether a typed reply is word for word what the deck has."""
    return answered.reply.typed.strip().casefold() == answered.question.accepts[0].casefold()


def tolerance(question: Question, deck: Deck) -> str:
    """How far off a figure may be that is asked for; empty where none is."""
    fact = deck.facts.get(str(question.asks.get("fact")))
    form = fact.form if fact else None
    if question.asks.get("relation") != "figure" or not isinstance(form, Tells) or form.figure is None:
        return ""
    if form.figure.within in ("", "0"):
        return "Only the exact figure counts as right."
    if form.figure.within == "1" and form.figure.unit != "%":
        return "One more or less counts as right."
    return safe(f"Up to {form.figure.within} {form.figure.unit} off counts as right.")


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


def _labelled(label: str, text: str, page: Page) -> list[str]:
    first, *rest = wrap(safe(text), page.measure, indent=f" {label}   ", hanging=" " * 9)
    head = f" {label}   "
    return [head.replace(label, page.style.strong(label)) + first[len(head) :], *rest]


def source_lines(sources: str, page: Page) -> list[str]:
    """The sources, dim, with an empty line before."""
    return ["", *(page.style.dim(line) for line in wrap(safe(sources), page.measure, indent=" ", hanging=" "))]


def key_list(page: Page) -> list[str]:
    """All keys, explained."""
    lines = [page.style.title(" Keys")]
    for key, meaning in KEYS:
        lines += wrap(meaning, page.measure, indent=f"   {key:<9}", hanging=" " * 12)
    return lines


def summary(
    result: Summary,
    names: Mapping[str, str],
    outlook: str,
    deck: str,
    page: Page,
    later: int = 0,
    mixed: Sequence[tuple[str, str]] = (),
    narrowed: bool = False,
) -> list[str]:
    """The end of a sitting: figures, what is left and due next, and which subjects were mixed up.

    ``deck`` is what must be added to a command so that it speaks of the same deck; empty where nothing must. ``later``
    cards are due too, but kept for the days to come; ``mixed`` are the mix-ups of the sitting, (actual, taken for).
    ``narrowed`` tells that options said which cards come, so that only the same command goes on with them.
    """
    onward = "the same command" if narrowed else f"`quiz study{deck}`"
    left = f"{result.left} left for today ({onward} goes on)" if result.left else ""
    rest = f"{later} more due {'is' if later == 1 else 'are'} spread over the next days" if later else ""
    if not result.reviews + result.practice + result.unrated:
        said = " · ".join(filter(None, ("nothing answered", left, outlook, rest)))
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
    lines = flow([*parts, *filter(None, (left, outlook, rest))], page.measure, " ", " ")
    return [*lines, *_mixed_up(result, names, deck, page, mixed)]


def _mixed_up(
    result: Summary, names: Mapping[str, str], deck: str, page: Page, mixed: Sequence[tuple[str, str]]
) -> list[str]:
    """Who was taken for whom, most often first, and the drill to try; without directions, the pairs missed."""
    counts, joint = (Counter(mixed).most_common(), "taken for") if mixed else (list(result.mixed_up), "and")
    if not counts:
        return []
    named = [f"{safe(names[a])} {joint} {safe(names[b])} ×{count}" for (a, b), count in counts[:MOST_MIXED_UP]]
    (a, b), _ = counts[0]
    lines = ["", *flow(named, page.measure, " Mixed up   ", " " * 12)]
    return lines + wrap(safe(f"quiz drill {a} {b}{deck}"), page.measure, " Try next   ", " " * 12)


def footer(hint: str, page: Page, rows: int) -> list[str]:
    """The keys of the moment, dim, in lines that break between them.

    On a low screen there is less room: hints are left out from the third last on, so that help and the way out stay.
    """
    hints, room = hint.split(" · "), max(1, rows // 6)
    while len(lines := flow(hints, page.columns - 1, " ", " ")) > room and len(hints) > 2:
        del hints[-3]
    return [page.style.dim(line) for line in lines[:room]]


def notice(said: str, page: Page) -> list[str]:
    """What was just done, above the keys; nothing when nothing was."""
    lines = wrap(safe(said), page.columns - 1, indent=" ", hanging=" ") if said else []
    return [page.style.warn(line) for line in lines]
