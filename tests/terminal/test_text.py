"""What a sitting says fits any width, marks in words beside colours, and lets no escape through."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.deck import Bound, Citation, Deck, Fact, Figure, Place, Source, Tells, Tier, Weight
from quiz.memory import Confidence, Rating
from quiz.questions.model import Card, Option, Question, Reason
from quiz.session import Answered, Mark, Reply, Sitting, Summary, Turn
from quiz.terminal import text
from quiz.terminal.style import Style, width
from quiz.terminal.text import Page
from quiz.verdict import Rule

CITE = Citation("book", "Gulls", "1")
CARD = Card("pair:gull~tern:hook", "hook.gull", ("gull", "tern"), "hook", ("contrast",), Weight.CORE)
TURN = Turn("birds", CARD, ("contrast",), number=0, most=4, new=True)
RIGHT, WRONG, UNRATED = Mark(True, Rating.GOOD), Mark(False, Rating.AGAIN), Mark(None, None)
GUESSED = Mark(True, Rating.AGAIN)

PLAIN, COLOURED = Style(False), Style(True)
WIDE = Page(80, PLAIN)
_PAINT = re.compile(r"\x1b\[[\d;]*m")


def deck(publisher: str = "Sample Press") -> Deck:
    source = Source("book", Tier.GIVEN, "The Book", publisher, "2020", Place("deck.yaml", 1))
    return Deck("birds", "1", "Birds", "MIT", "", "", sources={"book": source})


def question(
    *reasons: str, stem: str = "Which sign speaks for gulls?", word: str = "a sign", typed: str = ""
) -> Question:
    """A question with an option for each reason, the second being the key; or a typed one."""
    options = tuple(
        Option(
            f"{word} {i}", i == 1, (), Reason(Rule.STATED, ("hook.gull",), reason), (CITE._replace(paragraph=str(i)),)
        )
        for i, reason in enumerate(reasons)
    )
    return Question(
        id="x/contrast",
        card=CARD.id,
        kind="recall" if typed else "contrast",
        seed=0,
        stem=stem,
        asks={},
        explanation=f"Why it is {typed}." if typed else reasons[1],
        facts=("hook.gull",),
        cites=(CITE,),
        options=options,
        accepts=(typed,) if typed else (),
    )


QUESTION = question("Terns have it.", "Gulls have it.", "Both have it.")
SAME = question("It is known.", "It is known.", "It is known.")
TYPED = question(typed="hooked")


def answered(
    asked: Question = QUESTION, chosen: int | None = 1, mark: Mark = RIGHT, *, typed: str = "", returns: int = 0
) -> Answered:
    confidence = Confidence.GUESSED if mark == GUESSED else Confidence.PLAIN
    return Answered(TURN._replace(returns=returns), asked, Reply(chosen, typed, confidence), mark)


def bare(lines: list[str]) -> list[str]:
    """The lines without colours."""
    return [_PAINT.sub("", line) for line in lines]


# the header


def sitting(*waiting: Turn, done: int = 0) -> Sitting:
    return Sitting(waiting, tuple(answered() for _ in range(done)))


DUE, NEW, PRACTICE = TURN._replace(new=False), TURN, TURN._replace(returns=1)


def test_the_header_counts_the_question_asked() -> None:
    """Two of five are answered, so it is the third; practice is neither due nor new, and counted for itself."""
    line = text.header("Birds", sitting(DUE, NEW, PRACTICE, done=2), WIDE, explaining=False)
    assert line.startswith(" Birds  ")
    assert "3/5 · 1 due · 1 new · 1 practice  " in line
    assert "3/4 · 1 due · 1 new  " in text.header("Birds", sitting(DUE, NEW, done=2), WIDE, explaining=False)


def test_while_explaining_the_place_is_still_that_of_the_question() -> None:
    """The answer just given is the second, not the third."""
    line = text.header("Birds", sitting(DUE, NEW, PRACTICE, done=2), WIDE, explaining=True)
    assert "2/5" in line


@pytest.mark.parametrize(("done", "bar"), [(0, "░░░░░░░░"), (1, "████░░░░"), (2, "████████")])
def test_the_bar_is_full_when_all_is_answered(done: int, bar: str) -> None:
    """It stands at the right end, with colours and without."""
    for style in (PLAIN, COLOURED):
        line = text.header("Birds", sitting(*[DUE] * (2 - done), done=done), Page(80, style), explaining=True)
        assert bare([line])[0].endswith(f" new  {bar}")


@pytest.mark.parametrize(("columns", "bar"), [(59, "  ░░░░░░░░"), (40, "  ░░░░░░░░"), (30, "")])
def test_a_narrow_header_has_no_title(columns: int, bar: str) -> None:
    """Below 60 columns the place stands alone, with the bar where there is room for it."""
    assert text.header("Birds", sitting(DUE), Page(columns, PLAIN), explaining=False) == f" 1/1 · 1 due · 0 new{bar}"


def test_a_sitting_that_leaves_the_schedule_alone_says_so_in_the_header() -> None:
    """Nothing in it is due or new."""
    line = text.header("Birds", sitting(NEW._replace(counts=False)), WIDE, explaining=False)
    assert "1/1 · practice" in line


@given(st.integers(20, 200), st.text(max_size=120), st.integers(0, 2000), st.booleans(), st.booleans())
def test_the_header_is_one_line(columns: int, title: str, left: int, colour: bool, explaining: bool) -> None:
    """However long the title and however many cards."""
    line = text.header(title, sitting(*[DUE] * left, done=3), Page(columns, Style(colour)), explaining=explaining)
    assert width(bare([line])[0]) <= columns
    assert "\n" not in line


# options and marks


def test_options_are_lettered() -> None:
    """In their order, from a on."""
    assert text.options(QUESTION, WIDE) == ["   a  a sign 0", "   b  a sign 1", "   c  a sign 2"]


def test_the_letters_that_choose_are_named() -> None:
    """A range of two is none."""
    assert text.choices(QUESTION) == "a–c"
    assert text.choices(QUESTION._replace(options=QUESTION.options[:2])) == "a or b"


@pytest.mark.parametrize(
    ("chosen", "marks"),
    [
        (1, ["", "✓ right, your choice", ""]),
        (2, ["", "✓ right", "✗ your choice"]),
        (None, ["", "✓ right", ""]),
    ],
)
@pytest.mark.parametrize("style", [PLAIN, COLOURED], ids=["plain", "coloured"])
def test_key_and_choice_are_marked_in_words(chosen: int | None, marks: list[str], style: Style) -> None:
    """Colours say nothing that the words do not."""
    lines = bare(text.marked_options(answered(chosen=chosen), Page(80, style)))
    assert [line[len("   a  a sign 0") :].strip() for line in lines] == marks


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_marks_stand_below_each_other_at_the_right_end(columns: int) -> None:
    """In one column, up to the end of the line."""
    _, key, chosen = text.marked_options(answered(chosen=2, mark=WRONG), Page(columns, PLAIN))
    assert key.index("✓") == chosen.index("✗")
    assert len(chosen) == min(columns - 1, 90)


def test_a_mark_that_has_no_room_beside_the_text_is_never_broken() -> None:
    """It stands behind a longer text, or on a line of its own."""
    asked = question("x", "y", "z", word="six words that fill a line")
    lines = text.marked_options(answered(asked, 2, WRONG), Page(40, PLAIN))
    assert lines[1:] == [
        "   b  six words that fill a line 1",
        "      ✓ right",
        "   c  six words that fill a line 2",
        "      ✗ your choice",
    ]
    assert text.marked_options(answered(asked), Page(57, PLAIN))[1].endswith("line 1  ✓ right, your choice")


def test_colours_stand_beside_the_words() -> None:
    """The key is green, a wrong choice red, the others as they are."""
    first, second, third = text.marked_options(answered(chosen=2, mark=WRONG), Page(80, COLOURED))
    assert "\x1b" not in first
    assert second.startswith("\x1b[1;32m")
    assert third.startswith("\x1b[1;31m")


# verdict and feedback


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        (answered(), "Right."),
        (answered(mark=GUESSED), "Right, but guessed. It comes back in this sitting."),
        (answered(chosen=0, mark=WRONG), "Wrong. It comes back in this sitting."),
        (
            answered(TYPED, None, UNRATED, typed="bent"),
            "Not what this deck cites, so not rated. y counts it right, x wrong.",
        ),
        (answered(TYPED, None, WRONG, typed="bent"), "Wrong. It comes back in this sitting."),
        (answered(TYPED, None, WRONG, typed=""), "Not known. It comes back in this sitting."),
        (answered(returns=1), "Right. (Practice: the schedule stays as it is.)"),
    ],
)
def test_the_verdict_is_one_line(given_: Answered, words: str) -> None:
    """How the response was taken, in words."""
    assert text.verdict(given_, WIDE) == [f" {words}"]


def test_a_right_answer_is_explained_by_the_key() -> None:
    """Verdict, reason of the key, source; the other options keep their reasons until asked for."""
    assert text.feedback(answered(), deck(), WIDE, others=False) == [
        " Right.",
        "",
        " Why b   Gulls have it.",
        "",
        " Sample Press 2020, “Gulls” ¶1",
    ]


def test_a_wrong_answer_is_explained_by_the_choice_too() -> None:
    """Why the key is right and why the choice is wrong, with the sources of both."""
    lines = text.feedback(answered(chosen=2, mark=WRONG), deck(), WIDE, others=False)
    assert lines[2:] == [
        " Why b   Gulls have it.",
        " Why not c   Both have it.",
        "",
        " Sample Press 2020, “Gulls” ¶1, “Gulls” ¶2",
    ]


def test_all_options_are_explained_on_demand() -> None:
    """Every option but the key has its own line."""
    lines = text.feedback(answered(), deck(), WIDE, others=True)
    assert [line for line in lines if "Why" in line] == [
        " Why b   Gulls have it.",
        " Why not a   Terns have it.",
        " Why not c   Both have it.",
    ]


@pytest.mark.parametrize(("asked", "more"), [(QUESTION, True), (SAME, False), (TYPED, False)])
def test_one_reason_for_all_is_given_once(asked: Question, more: bool) -> None:
    """Where all options hang on one matter there are no more reasons than that of the key."""
    assert text.has_more_reasons(asked) is more


def test_where_one_reason_says_it_all_a_wrong_choice_has_none_of_its_own() -> None:
    """Nothing is said twice, even on demand."""
    lines = text.feedback(answered(SAME, 0, WRONG), deck(), WIDE, others=True)
    assert sum("It is known." in line for line in lines) == 1


def test_a_typed_reply_stands_beside_what_the_deck_has() -> None:
    """Both, the reason and the source."""
    assert text.feedback(answered(TYPED, None, WRONG, typed=" straight "), deck(), WIDE, others=False) == [
        "   the deck has: hooked",
        "   you typed:    straight",
        "",
        " Wrong. It comes back in this sitting.",
        "",
        " Why   Why it is hooked.",
        "",
        " Sample Press 2020, “Gulls” ¶1",
    ]


def test_what_was_typed_stays_in_view_when_the_learner_overrules() -> None:
    """Counted right, and still beside what the deck has."""
    lines = text.feedback(answered(TYPED, None, RIGHT, typed="bent"), deck(), WIDE, others=False)
    assert lines[:2] == ["   the deck has: hooked", "   you typed:    bent"]


def test_words_typed_before_the_options_were_shown_stay_in_view() -> None:
    """Above the verdict."""
    lines = text.feedback(answered(typed="the hook"), deck(), WIDE, others=False)
    assert lines[:3] == [" In your words: the hook", "", " Right."]


def test_words_that_name_no_option_are_told_so() -> None:
    """With what to do; and nothing is said where nothing was typed."""
    assert text.not_among("teeth", WIDE) == ["", " “teeth” is not among the options as worded here; choose one."]
    assert text.not_among("", WIDE) == []


def test_note_and_contrast_come_right_below_the_verdict() -> None:
    """Before the reasons, which may have to be scrolled to."""
    lines = text.feedback(answered(), deck(), WIDE, others=False, contrast=[" A | both | B"], note="think of a hook")
    assert lines[:6] == [" Right.", "", " Note   think of a hook", "", " A | both | B", ""]
    typed = text.feedback(answered(TYPED, None, RIGHT, typed="hooked"), deck(), WIDE, others=False, note="bill")
    assert " Note   bill" in typed


@pytest.mark.parametrize(
    ("within", "unit", "words"),
    [
        ("0", "%", "Only the exact figure counts as right."),
        ("5", "%", "Up to 5 % off counts as right."),
        ("1", "%", "Up to 1 % off counts as right."),
        ("1", "times", "One more or less counts as right."),
    ],
)
def test_a_figure_says_how_far_off_a_reply_may_be(within: str, unit: str, words: str) -> None:
    """Where a figure is asked for, and only there."""
    figure = Figure("30", unit, Bound.EXACTLY, "How many?", within)
    fact = Fact("share", "It is 30 %.", Tells(figure=figure), (CITE,), Place("deck.yaml", 1))
    asked = TYPED._replace(asks={"relation": "figure", "fact": "share"})
    knowing = deck()._replace(facts={"share": fact})
    assert text.tolerance(asked, knowing) == words
    assert text.tolerance(TYPED._replace(asks={"relation": "cloze", "fact": "share"}), knowing) == ""
    assert text.tolerance(TYPED, knowing) == ""


@pytest.mark.parametrize(("typed", "mark"), [("hooked", RIGHT), ("", WRONG), ("  ", WRONG)])
def test_a_right_or_empty_reply_is_not_repeated(typed: str, mark: Mark) -> None:
    """There is nothing to compare."""
    lines = text.feedback(answered(TYPED, None, mark, typed=typed), deck(), WIDE, others=False)
    assert not any("you typed" in line for line in lines)


def test_a_slip_is_shown_beside_what_the_deck_has() -> None:
    """Counted right, with what was more, less or other; the learner may count it wrong."""
    asked = question(typed="photosensitivity")
    lines = text.feedback(answered(asked, None, RIGHT, typed="Photosensetvity"), deck(), WIDE, others=False)
    assert lines[:4] == [
        "   the deck has: photosensitivity",
        "   a slip:       photosens(e→i)t(+i)vity  (x counts it wrong)",
        "",
        " Right.",
    ]


@pytest.mark.parametrize(("typed", "mark"), [("Hooked", RIGHT), ("bent", RIGHT), ("hoked", WRONG)])
def test_no_slip_is_shown_where_it_did_not_count(typed: str, mark: Mark) -> None:
    """Neither in a reply without one, nor in one that the learner judged otherwise."""
    assert text.slip_of(answered(TYPED, None, mark, typed=typed), deck()) == ""


# the end


def summed(**figures: object) -> Summary:
    whole: dict[str, object] = {
        "reviews": 0,
        "right": 0,
        "practice": 0,
        "unrated": 0,
        "left": 0,
        "milliseconds": 0,
        "mixed_up": (),
    }
    return Summary(**{**whole, **figures})  # type: ignore[arg-type]


NAMES = {"gull": "gulls", "tern": "terns", "auk": "auks"}


@pytest.mark.parametrize(
    ("result", "lines"),
    [
        (summed(), [" Nothing answered · nothing is due yet"]),
        (
            summed(reviews=1, right=1, milliseconds=3000),
            [" 1 review in 1 min · 1 right (100 %) · nothing is due yet"],
        ),
        (
            summed(reviews=3, right=2, practice=2, milliseconds=170_000),
            [" 3 reviews in 3 min · 2 right (67 %) · 2 more as practice · nothing is due yet"],
        ),
        (
            summed(reviews=1, unrated=2, left=4),
            [
                " 1 review in 1 min · 0 right (0 %) · 2 not rated ·",
                " 4 left for today (`quiz study birds` goes on) · nothing is due yet",
            ],
        ),
        (summed(practice=1), [" 0 reviews in 1 min · 1 more as practice · nothing is due yet"]),
        (
            summed(reviews=3, mixed_up=((("gull", "tern"), 2), (("auk", "gull"), 1))),
            [
                " 3 reviews in 1 min · 0 right (0 %) · nothing is due yet",
                "",
                " Mixed up   gulls and terns ×2 · auks and gulls ×1",
                " Try next   quiz drill gull tern birds",
            ],
        ),
    ],
)
def test_the_summary_in_words(result: Summary, lines: list[str]) -> None:
    """Figures, what is due next, and the pair to look at again."""
    assert text.summary(result, NAMES, "nothing is due yet", " birds", WIDE) == lines


def test_the_summary_says_who_was_taken_for_whom_and_what_is_left_for_later() -> None:
    """Most often first, three at most, and the drill of the first pair."""
    mixed = [("auk", "gull"), ("gull", "tern"), ("gull", "tern"), ("tern", "gull"), ("tern", "auk")]
    lines = text.summary(summed(reviews=5, right=1), NAMES, "", "", WIDE, later=7, mixed=mixed)
    assert lines == [
        " 5 reviews in 1 min · 1 right (20 %) · 7 more due are spread over the next days",
        "",
        " Mixed up   gulls taken for terns ×2 · auks taken for gulls ×1 ·",
        "            terns taken for gulls ×1",
        " Try next   quiz drill gull tern",
    ]


def test_what_options_narrowed_goes_on_with_the_same_command_only() -> None:
    """`quiz study` alone would bring other cards."""
    lines = text.summary(summed(reviews=1, right=1, left=4), NAMES, "", " birds", WIDE, narrowed=True)
    assert "4 left for today (the same command goes on)" in " ".join(lines)
    assert "quiz study" not in " ".join(lines)


# the keys of the moment


HINTS = "a–c choose · capital = sure · s suspend · u undo · ? keys · q quit"


@pytest.mark.parametrize("columns", [20, 30, 40, 80, 200])
def test_the_footer_breaks_between_hints_only(columns: int) -> None:
    """All of them are there, each in one piece."""
    lines = text.footer(HINTS, Page(columns, PLAIN), 60)
    assert " ".join(line.strip() for line in lines) == HINTS
    assert max(map(width, lines)) < columns


def test_on_a_low_screen_help_and_the_way_out_stay() -> None:
    """In the one line there is room for."""
    assert text.footer(HINTS, Page(40, PLAIN), 10) == [" a–c choose · ? keys · q quit"]


def test_all_keys_fit_on_a_screen_of_80_by_24() -> None:
    """Without scrolling: 24 rows less header, hint and the line between."""
    assert len(text.key_list(WIDE)) <= 21


# any width


WORDS = st.text(st.sampled_from("abc é漢字한́ -"), max_size=60)
LONG = st.builds("".join, st.lists(st.sampled_from(["x" * 90, "漢" * 50, " of ", "it "]), max_size=5))
TEXTS = st.one_of(WORDS, LONG)


@given(st.integers(20, 200), st.booleans(), TEXTS, TEXTS, TEXTS, st.sampled_from([RIGHT, WRONG, GUESSED, UNRATED]))
def test_no_line_is_wider_than_the_screen(
    columns: int, colour: bool, one: str, two: str, three: str, mark: Mark
) -> None:
    """Long words and wide characters too, in whatever a sitting says."""
    page = Page(columns, Style(colour))
    asked = question(one, two, three, stem=one, word=two)
    typed = question(typed=three or "x")
    lines = [
        *text.stem(asked, page),
        *text.options(asked, page),
        *text.marked_options(answered(asked, 0, mark), page),
        *text.feedback(answered(asked, 0, mark, returns=1), deck(one), page, others=True),
        *text.feedback(answered(typed, None, mark, typed=two), deck(two), page, others=False),
        *text.key_list(page),
        *text.footer(f"{one} · {two}", page, 24),
        *text.not_among(one, page),
        *text.notice(two, page),
        *text.summary(summed(reviews=2), {"gull": one, "tern": two}, three, " birds", page, 5, [("gull", "tern")]),
    ]
    assert max(width(line) for line in bare(lines)) <= columns


def test_prose_is_no_wider_than_is_easy_to_read() -> None:
    """On a wide screen, lines end after 90 columns; a tiny one leaves room for a word."""
    assert [Page(columns, PLAIN).measure for columns in (5, 40, 200)] == [12, 39, 90]


# nothing harmful


EVIL = "\x1b]0;owned\x07\x1b[2J\x9b31mred\u202e"


@pytest.mark.parametrize("style", [PLAIN, COLOURED], ids=["plain", "coloured"])
def test_no_escape_of_a_deck_reaches_the_screen(style: Style) -> None:
    """Texts of a deck and of a reply are shown without what could steer the terminal; only our own colours remain."""
    page = Page(80, style)
    asked, typed = question(EVIL, EVIL + "!", EVIL, stem=EVIL, word=EVIL), question(typed=EVIL)
    lines = [
        text.header(EVIL, sitting(DUE), page, explaining=False),
        *text.stem(asked, page),
        *text.options(asked, page),
        *text.marked_options(answered(asked, 0, WRONG), page),
        *text.feedback(answered(asked, 0, WRONG), deck(EVIL), page, others=True),
        *text.feedback(answered(typed, None, WRONG, typed=EVIL), deck(EVIL), page, others=True),
        *text.source_lines(EVIL, page),
        *text.summary(summed(reviews=1, mixed_up=(((EVIL, "b"), 1),)), {EVIL: EVIL, "b": "b"}, "", "", page),
    ]
    whole = "\n".join(bare(lines))
    assert "red" in whole
    assert not set(whole) & set("\x1b\x9b\x07\u202e")
    assert "owned" not in whole
    assert style.colour or "\x1b" not in "".join(lines)
