"""A sitting line by line: replies and commands in, plain text out."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest

from quiz.deck import Deck
from quiz.desk import Desk
from quiz.memory import Confidence
from quiz.questions import Material, cards
from quiz.reasoning import Knowledge
from quiz.session import Answered, Sitting, Turn
from quiz.terminal.plain import HELP, run

DECK = """
subjects:
  gull: {group: birds, name: gull, short: gulls}
  tern: {group: birds, name: tern, short: terns}
features:
  hook:
    aspect: sign
    noun: a hooked bill
    present: {gull: {says: Gulls have it., cite: book Gulls ¶1, strength: often}}
    absent: {tern: {says: Terns have not., cite: manual Terns ¶1}}
  fork:
    aspect: sign
    noun: a forked tail
    present: {tern: {says: Terns have it., cite: book Terns ¶2, strength: often}}
    absent: {gull: {says: Gulls have not., cite: book Gulls ¶2}}
  flight:
    aspect: sign
    noun: strong flight
    present:
      gull: {says: Gulls fly well., cite: book Gulls ¶4}
      tern: {says: Terns fly well., cite: book Terns ¶4}
facts:
  uv: {says: Gulls see ultraviolet., about: [gull], cite: book Gulls ¶3, cloze: "Gulls see {ultraviolet}."}
"""

HOOK, FORK, UV = "pair:gull~tern:hook", "pair:gull~tern:fork", "recall:uv"


class Notebook:
    """A journal in memory that keeps what was written and what struck out."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.answers: list[Answered] = []

    def make_ready(self) -> None:
        pass

    def record(self, answered: Answered) -> str:
        self.answers.append(answered)
        rating = answered.mark.rating
        self.lines.append(f"{answered.turn.card.id} {rating.name if rating else 'unrated'}")
        return str(len(self.answers))

    def undo(self, uuid: str) -> None:
        self.lines.append(f"undo {uuid}")

    def replace(self, uuid: str, answered: Answered) -> str:
        self.lines.append(f"replace {uuid}")
        return self.record(answered)

    def suspend(self, turn: Turn) -> None:
        self.lines.append(f"suspend {turn.card.id}")

    def unsuspend(self, turn: Turn) -> None:
        self.lines.append(f"unsuspend {turn.card.id}")

    def note(self, turn: Turn, text: str) -> None:
        self.lines.append(f"note {turn.card.id} {text}".rstrip())

    def flag(self, turn: Turn, text: str) -> None:
        self.lines.append(f"flag {turn.card.id} {text}".rstrip())


class Room:
    """A place to hold sittings over the sample deck; the clock goes on by a second whenever it is looked at."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.journal = Notebook()
        self.out: list[str] = []
        self.time = 0

    def clock(self) -> int:
        self.time += 1000
        return self.time

    def hold(self, typed: str, *asked: str, recall: bool = False) -> list[str]:
        """Hold a sitting over these cards, as sort and recall questions; returns the lines it wrote.

        With ``recall``, sort questions become contrasts that are to be answered in words first.
        """
        by_id = {card.id: card for card in cards(self.material)}
        sort = ("contrast",) if recall else ("sort",)
        kinds = {HOOK: sort, FORK: sort, UV: ("recall",)}
        turns = tuple(
            Turn("sample", by_id[id], kinds[id], number=0, most=4, new=True, recall=recall)
            for id in asked or (HOOK, FORK, UV)
        )
        desk = Desk(Sitting(turns), {"sample": self.material}, self.journal, 0)
        run(desk, StringIO(typed), self.out.append, self.clock)
        return self.out

    @property
    def places(self) -> list[str]:
        """Where in the sitting each question stood that was shown."""
        return [line for line in self.out if line.startswith("Question ")]

    @property
    def log(self) -> list[str]:
        return self.journal.lines


@pytest.fixture
def room(deck_of: Callable[[str], Deck]) -> Room:
    return Room(Material(Knowledge(deck_of(DECK))))


COMMANDS = ("guess", "right", "wrong", "undo", "suspend", "quit", "note", "flag", "why", "options")

# asking and explaining


def test_a_right_answer(room: Room) -> None:
    """Question, options, verdict, key, reason and source; then the sitting is over."""
    assert room.hold("a\n", HOOK) == [
        "",
        "Question 1 of 1",
        room.out[2],
        "  a) gulls, not terns",
        "  b) both",
        "  c) terns, not gulls",
        "Right.",
        "Key: a) gulls, not terns",
        "Why: Gulls have it. Terns have not.",
        "Source: Sample Press 2020, “Gulls” ¶1; Manual House 2021, “Terns” ¶1",
        "That was the last question. :undo takes the latest response back, any other line ends the sitting.",
    ]
    assert "hooked bill" in room.out[2]
    assert room.log == [f"{HOOK} GOOD"]


def test_a_wrong_answer_comes_back_as_practice(room: Room) -> None:
    """It is asked again in the same sitting, and says so."""
    room.hold("b\na\n", HOOK)
    assert room.places == ["Question 1 of 1", "Question 2 of 2 (again, as practice)"]
    assert [line for line in room.out if line.startswith(("Right", "Wrong"))] == ["Wrong.", "Right. (practice)"]
    assert room.log == [f"{HOOK} AGAIN", f"{HOOK} GOOD"]


@pytest.mark.parametrize(("typed", "confidence"), [("a", Confidence.PLAIN), (" A ", Confidence.SURE)])
def test_a_capital_says_that_the_learner_is_sure(room: Room, typed: str, confidence: Confidence) -> None:
    """The letter chooses either way; the time from question to reply is told."""
    room.hold(f"{typed}\n", HOOK)
    (answered,) = room.journal.answers
    assert (answered.reply.chosen, answered.reply.confidence, answered.reply.took) == (0, confidence, 1000)


@pytest.mark.parametrize("typed", ["d", "", "ab", "1", "é", "both"])
def test_what_is_no_letter_of_an_option_is_asked_for_again(room: Room, typed: str) -> None:
    """Nothing is counted, and the question stays."""
    assert room.hold(f"{typed}\n", HOOK)[-1] == "Please answer with a letter from a to c, or :help."
    assert room.log == []
    assert len(room.places) == 1


def test_a_typed_question(room: Room) -> None:
    """No options; the reply is compared with what the deck has."""
    room.hold("Ultraviolet\r\n", UV)
    assert room.out[3:7] == [
        "Right.",
        "The deck has: ultraviolet",
        "Why: Gulls see ultraviolet.",
        "Source: Sample Press 2020, “Gulls” ¶3",
    ]


def test_a_slip_counts_as_right_and_is_shown(room: Room) -> None:
    """What was typed stands beside what the deck has, letter by letter."""
    room.hold("ultravioolet\n", UV)
    assert room.out[3:6] == [
        "Right.",
        "The deck has: ultraviolet",
        "A slip of the pen: ultravio(−o)let (:wrong if you meant another word)",
    ]
    assert room.log == [f"{UV} GOOD"]


def test_an_empty_line_says_i_do_not_know(room: Room) -> None:
    """It counts as wrong, but is not called so."""
    assert "Not known." in room.hold("\n", UV)
    assert room.log == [f"{UV} AGAIN"]


def test_a_typed_reply_stands_beside_what_the_deck_has(room: Room) -> None:
    """Unless it is the same."""
    room.hold("short waves\n", UV)
    assert room.out[4:6] == ["The deck has: ultraviolet", "You typed: short waves"]


# what was mixed up


def test_what_was_taken_for_each_other_is_set_side_by_side_in_sentences(room: Room) -> None:
    """Under the reasons, with what was missed; a right answer needs none of it."""
    lines = room.hold("c\n", HOOK)
    at = lines.index("Only gulls: a hooked bill.")
    assert lines[at : at + 4] == [
        "Only gulls: a hooked bill.",
        "Both: strong flight.",
        "Only terns: a forked tail.",
        "The one just missed: a hooked bill.",
    ]
    assert "Your choice: c) terns, not gulls" in lines
    assert lines[at + 4].startswith("Source: ")


def test_a_right_answer_is_followed_by_no_contrast(room: Room) -> None:
    """Nothing was mixed up."""
    assert not any(line.startswith(("Only", "Both", "Your choice")) for line in room.hold("a\n", HOOK))


# own words first


def options_shown(lines: list[str]) -> int:
    return sum(line.startswith("  a) ") for line in lines)


def test_strong_cards_are_asked_without_their_options_first(room: Room) -> None:
    """Words that name the key are the answer, and the options are never read out."""
    lines = room.hold("a hooked bill\n", HOOK, recall=True)
    assert "Answer in your own words; an empty line or :options shows the options." in lines
    assert options_shown(lines) == 0
    assert "Right." in lines
    (answered,) = room.journal.answers
    assert (answered.reply.typed, answered.reply.took) == ("a hooked bill", 1000)


@pytest.mark.parametrize("typed", [":options", ""])
def test_options_are_shown_on_demand(room: Room, typed: str) -> None:
    """Then a letter answers."""
    lines = room.hold(f"{typed}\na\n", HOOK, recall=True)
    assert options_shown(lines) == 1
    assert [each.reply.typed for each in room.journal.answers] == [""]


def test_words_that_name_no_option_are_kept_with_the_choice(room: Room) -> None:
    """The options are shown, and the letter that follows answers."""
    lines = room.hold("teeth\na\n", HOOK, recall=True)
    assert "“teeth” is not among the options as worded here. Choose one:" in lines
    assert options_shown(lines) == 1
    (answered,) = room.journal.answers
    assert (answered.reply.typed, answered.reply.chosen) == ("teeth", 0)


def test_commands_do_not_answer_where_words_are_asked_for(room: Room) -> None:
    """They are carried out, and the words are still waited for."""
    room.hold(":help\n:undo\na hooked bill\n", HOOK, recall=True)
    assert [each.reply.typed for each in room.journal.answers] == ["a hooked bill"]


def test_the_end_of_input_and_another_turn_end_the_asking_for_words(room: Room) -> None:
    """The suspended card is gone, and the next one is asked in its own right."""
    room.hold(":suspend\n", HOOK, FORK, recall=True)
    assert room.places == ["Question 1 of 2", "Question 1 of 1"]
    assert room.log == [f"suspend {HOOK}"]


# the ends of a sitting


@pytest.mark.parametrize("typed", ["", ":quit\n", " :quit", "a\n:quit\n", "a\n"])
def test_quitting_and_the_end_of_input_keep_what_was_answered(room: Room, typed: str) -> None:
    """The sitting is over, and the log has the answers given."""
    room.hold(typed)
    assert room.log == [f"{HOOK} GOOD"] * typed.count("a")


def test_a_last_line_without_its_end_counts(room: Room) -> None:
    """A pipe need not end in a line end."""
    room.hold("a", HOOK)
    assert room.log == [f"{HOOK} GOOD"]


def test_after_the_last_question_quit_ends_and_words_do_nothing(room: Room) -> None:
    """There is nothing left to answer."""
    room.hold("a\nb\n:quit\n:undo\n", HOOK)
    assert room.log == [f"{HOOK} GOOD"]


def test_an_empty_sitting_ends_with_the_input(room: Room) -> None:
    """No question, no answer, no error."""
    desk = Desk(Sitting(()), {"sample": room.material}, room.journal, 0)
    run(desk, StringIO(":undo\n:suspend\na\n"), room.out.append, room.clock)
    assert room.out[1:] == ["There is nothing to undo.", "There is no card to suspend."]
    assert room.log == []


# commands


def test_undo_at_the_start_has_nothing_to_undo(room: Room) -> None:
    """The question stays and can be answered."""
    room.hold(":undo\na\n", HOOK)
    assert "There is nothing to undo." in room.out
    assert room.places == ["Question 1 of 1"]
    assert room.log == [f"{HOOK} GOOD"]


def test_undo_asks_the_question_again(room: Room) -> None:
    """The answer is struck out, and the question shown anew."""
    room.hold("b\n:undo\na\n", HOOK, FORK)
    assert room.places == ["Question 1 of 2", "Question 2 of 3", "Question 1 of 2", "Question 2 of 2"]
    assert room.log == [f"{HOOK} AGAIN", "undo 1", f"{HOOK} GOOD"]


def test_the_last_answer_can_be_undone(room: Room) -> None:
    """After the last question too."""
    room.hold("a\n:undo\nb\n", HOOK)
    assert room.log == [f"{HOOK} GOOD", "undo 1", f"{HOOK} AGAIN"]


def test_a_guess_counts_as_again_and_comes_back(room: Room) -> None:
    """Owning up brings the card back, though it was the last one."""
    room.hold("a\n:guess\na\n", HOOK)
    assert "Counted as a guess: it comes back soon." in room.out
    assert room.places == ["Question 1 of 1", "Question 2 of 2 (again, as practice)"]
    assert room.log == [f"{HOOK} GOOD", "replace 1", f"{HOOK} AGAIN", f"{HOOK} GOOD"]


@pytest.mark.parametrize("typed", [":guess\n", "b\n:guess\n"])
def test_only_a_right_answer_can_be_a_guess(room: Room, typed: str) -> None:
    """Neither before the first answer nor after a wrong one."""
    assert room.hold(typed)[-1] == "Only a right response can be a guess."
    assert not any(line.startswith("replace") for line in room.log)


def test_suspending_is_undone(room: Room) -> None:
    """The next question comes, and undo brings the suspended one back."""
    room.hold(":suspend\n:undo\na\n", HOOK, FORK)
    assert room.places == ["Question 1 of 2", "Question 1 of 1", "Question 1 of 2", "Question 2 of 2"]
    assert room.log == [f"suspend {HOOK}", f"unsuspend {HOOK}", f"{HOOK} GOOD"]


def test_suspending_the_last_card_is_undone(room: Room) -> None:
    """After the last question too."""
    room.hold(":suspend\n:undo\na\n", HOOK)
    assert room.log == [f"suspend {HOOK}", f"unsuspend {HOOK}", f"{HOOK} GOOD"]


@pytest.mark.parametrize(("command", "rating"), [("right", "GOOD"), ("wrong", "AGAIN")])
def test_a_reply_the_deck_does_not_cite_is_the_learners_to_judge(room: Room, command: str, rating: str) -> None:
    """It is unrated until the learner says what it was worth."""
    room.hold(f"short waves\n:{command}\n", UV, HOOK)
    assert "Not what this deck cites, so not rated (:right if yours means the same, :wrong if not)." in room.out
    assert f"Counted as {command}." in room.out
    assert room.log == [f"{UV} unrated", "replace 1", f"{UV} {rating}"]


def test_a_reply_counted_right_does_not_come_back(room: Room) -> None:
    """The question that had come back is gone, and what is typed next is no answer to it."""
    room.hold("short waves\n:right\nultraviolet\n", UV)
    assert room.places == ["Question 1 of 1", "Question 2 of 2 (again, as practice)"]
    assert room.out[-1].startswith("That was the last question.")
    assert room.log == [f"{UV} unrated", "replace 1", f"{UV} GOOD"]


def test_a_reply_counted_wrong_after_the_last_question_comes_back(room: Room) -> None:
    """The learner is stricter than the deck."""
    room.hold("ultraviolet\n:wrong\nultraviolet\n", UV)
    assert room.log == [f"{UV} GOOD", "replace 1", f"{UV} AGAIN", f"{UV} GOOD"]


@pytest.mark.parametrize("typed", ["a\n:right\n", ":wrong\n", "a\n:wrong\n"])
def test_chosen_options_are_not_for_judging(room: Room, typed: str) -> None:
    """Which option is the key is proved, not felt."""
    assert room.hold(typed)[-1].startswith("Only a typed reply")
    assert not any(line.startswith("replace") for line in room.log)


def test_a_note_is_kept_with_the_card_just_answered_and_read_with_it(room: Room) -> None:
    """When the card comes back, the note follows its answer; a note without words takes it away."""
    room.hold("b\n:note gulls hook\nc\n:note\n:note\n", HOOK)
    assert sum(line == "Your note: gulls hook" for line in room.out) == 1
    assert [line for line in room.log if line.startswith("note")] == [
        f"note {HOOK} gulls hook",
        f"note {HOOK}",
        f"note {HOOK}",
    ]
    notes = [line.partition(", on: ")[0] for line in room.out if ", on: " in line]
    assert notes == ["Noted", "Note taken away", "No note"]


def test_before_the_first_answer_a_note_is_on_the_question_asked(room: Room) -> None:
    """There is no other."""
    room.hold(":note hm\n", FORK)
    assert room.log == [f"note {FORK} hm"]


def test_a_flag_says_what_is_wrong(room: Room) -> None:
    """It goes to the question just answered, and needs words."""
    room.hold("a\n:flag two keys\n:FLAG\n", HOOK, FORK)
    assert f"Flagged: {room.out[2]}" in room.out
    assert room.out[-1] == "Say what is wrong with the question, after :flag and a space."
    assert room.log == [f"{HOOK} GOOD", f"flag {HOOK} two keys"]


def test_the_reasons_of_all_options_are_read_on_demand(room: Room) -> None:
    """Of the question just answered; none before. One reason for all is read once."""
    room.hold(":why\na\n:why\n", HOOK)
    assert "There is no question with options that was just answered." in room.out
    assert [line.partition(":")[0] for line in room.out if line.startswith("Why")] == ["Why", "Why, for all options"]


def test_reasons_that_differ_are_read_option_by_option(room: Room) -> None:
    """Each with its letter and words."""
    room.hold(":options\na\n:why\n", HOOK, recall=True)
    read = [line.partition(":")[0] for line in room.out if line.startswith("Why") and ")" in line[:10]]
    assert sorted(each.partition(") ")[2] for each in read) == ["a forked tail", "a hooked bill", "strong flight"]
    assert sum(each.startswith("Why not ") for each in read) == 2


@pytest.mark.parametrize("command", [":note hm", ":flag hm", ":why"])
def test_remarks_and_reasons_need_a_question(room: Room, command: str) -> None:
    """In an empty sitting there is nothing to say them of."""
    desk = Desk(Sitting(()), {"sample": room.material}, room.journal, 0)
    run(desk, StringIO(f"{command}\n"), room.out.append, room.clock)
    assert room.out[-1].startswith("There is no question")
    assert room.log == []


def test_help_lists_every_command(room: Room) -> None:
    """And leaves the question as it is."""
    room.hold(":HELP\na\n", HOOK)
    assert HELP in room.out
    assert all(f":{name}" in HELP for name in COMMANDS)
    assert room.places == ["Question 1 of 1"]
    assert room.log == [f"{HOOK} GOOD"]


@pytest.mark.parametrize("command", [":", ":a", ":undone", ":quit now", ":\x1b[2Jx"])
def test_an_unknown_command_is_named(room: Room, command: str) -> None:
    """Nothing is counted, and help is offered."""
    line = room.hold(f"{command}\n")[-1]
    assert line.startswith("There is no command :")
    assert line.endswith("; :help lists them.")
    assert "\x1b" not in line
    assert room.log == []


def test_a_command_in_a_typed_question_is_no_reply(room: Room) -> None:
    """A reply does not begin with a colon."""
    room.hold(":help\nultraviolet\n", UV)
    assert room.log == [f"{UV} GOOD"]


# nothing harmful


def test_no_escape_of_a_deck_reaches_the_output(room: Room) -> None:
    """Whatever a text holds, the output is text only."""
    evil = "\x1b]0;owned\x07\x1b[2J\x9b31mred\u202e"
    deck = room.material.deck
    deck = deck._replace(
        subjects={id: each._replace(short=f"{each.short} {evil}") for id, each in deck.subjects.items()},
        features={id: each._replace(noun=f"{each.noun} {evil}") for id, each in deck.features.items()},
        facts={
            id: each._replace(text=evil, cloze=f"It is {{{evil}}}." if each.cloze else "")
            for id, each in deck.facts.items()
        },
        sources={id: each._replace(publisher=evil) for id, each in deck.sources.items()},
    )
    room.material = Material(Knowledge(deck))
    output = "\n".join(room.hold("a\nb\nnonsense\n"))
    assert "red" in output
    assert not set(output) & set("\x1b\x9b\x07\u202e")


def test_a_reply_after_the_last_question_ends_the_sitting(room: Room) -> None:
    """So that a program which answers without end comes to an end; what follows is not read."""
    room.hold("a\na\na\n:undo\n", HOOK)
    assert room.places == ["Question 1 of 1"]
    assert not any("Undone" in line for line in room.out)
