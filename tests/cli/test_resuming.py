"""A log taken up where the last sitting left it says what it says when read from its start."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.cache import checkpoint
from quiz.catalogue import Whole
from quiz.cli.opening import LOOKED_BACK
from quiz.cli.resuming import Resumed
from quiz.confusion import STREAK, Confusion, History, probed
from quiz.memory import Confidence, Mode, Rating, Response, Stamp
from quiz.planning import Plan, Wishes, plan
from quiz.questions import KINDS, Card, Draw, Material, cards
from quiz.reasoning import Knowledge
from quiz.session import claims_of
from quiz.store import Store
from tests.decks_for_proof import sample_deck
from tests.large_decks import aviary

DAY = 86_400_000
START = 19_000 * DAY + 40_000_000
NEW = 4

Step = tuple[str, int, int]


class Large(Whole):
    """A small deck that is treated as a large one."""

    is_large = True


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Large:
    material = Material(Knowledge(sample_deck(tmp_path_factory.mktemp("deck") / "sample")))
    return Large(material, cards(material))


class Learner:
    """A log that is written step by step, with a clock of its own and a checkpoint that sittings keep."""

    def __init__(self, folder: Path, catalogue: Large) -> None:
        self.folder, self.catalogue, self.deck = folder, catalogue, catalogue.id
        self.store = Store.open(folder / "progress.db", "laptop")
        self.path = folder / "cache" / "of-the-deck.checkpoint"
        self.time, self.written = START, 0
        self.responses: list[str] = []
        self.sittings: list[Resumed] = []

    @property
    def today(self) -> int:
        return self.time // DAY

    def card(self, number: int) -> Card:
        """One of a few cards, so that much happens to each."""
        few = self.catalogue.all()[::4]
        return few[number % len(few)]

    def stamp(self) -> Stamp:
        self.written += 1
        return Stamp(f"{self.written:032}", "laptop", self.time, 0, self.today)

    def response(self, card: int, choice: int) -> Response:
        """The choice of an option of the question on a card; every fifth time nothing is chosen."""
        asked = self.card(card)
        question = KINDS[asked.kinds[choice % len(asked.kinds)]](asked, self.catalogue.material, Draw(0, asked.id))
        options = question.options if choice % 5 < 4 else ()
        chosen = choice % len(options) if options else None
        right = chosen is not None and options[chosen].key
        stamp = self.stamp()
        mode = (Mode.STUDY, Mode.STUDY, Mode.DRILL, Mode.PROBE)[choice // 7 % 4]
        return Response(
            *stamp,
            *(self.deck, asked.id, question.kind, 0, tuple(each.text for each in question.options), chosen, ""),
            *(claims_of(question, chosen) if chosen is not None else (), 1000),
            *((Confidence.PLAIN, Confidence.SURE)[choice // 3 % 2], right),
            *(Rating.GOOD if right else Rating.AGAIN, mode is Mode.STUDY),
            *(mode, f"{choice // 5 % 3} of {stamp.day}" if choice // 5 % 4 else ""),
        )

    def choice(self, card: int, *, right: bool) -> int:
        """A choice that is right or wrong, in a sitting of its own, and counts."""
        for choice in range(1000):
            response = self.response(card, choice)
            if (response.right, response.sitting, response.counts) == (right, "", True) and response.chosen is not None:
                return choice
        raise AssertionError("no such choice")

    def step(self, name: str, one: int, other: int) -> None:
        """Do one thing that may be in the log, or outside of it: days pass, a clock is set, a sitting begins or ends."""
        asked = self.card(one).id
        match name:
            case "answer":
                self.time += 1000 * (other % 50)
                response = self.response(one, other)
                self.store.record(response)
                self.responses.append(response.uuid)
            case "undo" if self.responses:
                self.store.undo(self.responses.pop(-1 - one % len(self.responses)), self.stamp())
            case "replace" if self.responses:
                struck = self.responses.pop(-1 - one % len(self.responses))
                response = self.response(one, other)
                self.store.replace(struck, response)
                self.responses.append(response.uuid)
            case "rename":
                self.store.rename(self.deck, asked, self.card(other).id, self.stamp())
            case "reset":
                self.store.reset(self.deck, {asked: self.stamp()})
                self.responses.clear()
            case "unreset":
                self.store.unreset(self.deck, {asked: self.stamp()})
            case "suspend":
                self.store.suspend(self.deck, asked, self.stamp())
            case "unsuspend":
                self.store.unsuspend(self.deck, asked, self.stamp())
            case "note":
                self.store.note(self.deck, asked, "text", self.stamp())
            case "days":
                self.time += DAY * (1 + one % 50)
            case "clock set back":
                self.time -= 1000 * (one % 4000)
            case "merge":
                self.merge(one, other)
            case "begin":
                self.sittings.append(self.begun())
            case "end" if self.sittings:
                self.sittings.pop(one % len(self.sittings)).keep(NEW)
            case "sitting":
                self.begun().keep(NEW)

    def merge(self, card: int, choice: int) -> None:
        """Two responses of another machine, one of them of a while ago."""
        with TemporaryDirectory() as folder, Store.open(Path(folder) / "other.db", "desktop") as other:
            for late in (1000 * (choice % 8000), 0):
                response = self.response(card, choice)._replace(device="desktop")
                other.record(response._replace(time=response.time - late, day=(response.time - late) // DAY))
            self.store.merge([("there", row) for row in other.rows()])

    def begun(self) -> Resumed:
        return Resumed(self.store, self.catalogue, self.path, self.today)

    def close(self) -> None:
        self.store.close()


def in_full(learner: Learner) -> Sequence[Confusion]:
    """Who was taken for whom, by all living responses of late."""
    history, found = History(), {card.id: card for card in learner.catalogue.all()}
    for response in learner.store.responses(learner.deck, since=learner.today - LOOKED_BACK):
        card = found.get(response.card) or probed(response)
        if card is not None:
            history.take(learner.catalogue.material, card, response)
    return history.confusions(learner.today)


def told(confusions: Sequence[Confusion]) -> dict[tuple[str, str], tuple[object, ...]]:
    """What planning asks of confusions; the chances are not kept."""
    return {
        (each.actual, each.taken): (
            *(each.times, pytest.approx(each.weight), each.lately, each.before, each.features, each.trend),
        )
        for each in confusions
    }


def planned(learner: Learner, resumed: Resumed, *, every: bool) -> Plan:
    past = resumed.past(every=every, new=NEW)
    return plan({learner.deck: past}, Wishes(new=NEW), learner.today, 5)


def agrees(learner: Learner) -> None:
    """What is taken up is what the log says in full, and comes to the same plan."""
    resumed, anew = learner.begun(), Resumed(learner.store, learner.catalogue, None, learner.today)
    confused = in_full(learner)
    for each, every in ((resumed, False), (resumed, True), (anew, True)):
        assert told(each.past(every=every, new=NEW)[1].confused) == told(confused)
    assert planned(learner, resumed, every=False) == planned(learner, anew, every=True)


ANSWERING = ["answer"] * 8
QUIET = ["note", "suspend", "days", "sitting"]
CHANGING = ["undo", "replace", "rename", "reset", "unreset", "unsuspend", "merge", "clock set back"]
EXAMPLES = 30
NUMBERS = st.integers(0, 10_000)


def steps(*names: str) -> st.SearchStrategy[list[Step]]:
    return st.lists(st.tuples(st.sampled_from(names), NUMBERS, NUMBERS), max_size=25)


def lived(catalogue: Large, taken: Sequence[Step]) -> None:
    with TemporaryDirectory() as folder, closing(Learner(Path(folder), catalogue)) as learner:
        for step in taken:
            learner.step(*step)
        agrees(learner)


@settings(max_examples=EXAMPLES, deadline=None)
@given(taken=steps(*ANSWERING, *QUIET))
def test_a_log_that_only_grows_is_taken_up_where_it_was_left(catalogue: Large, taken: list[Step]) -> None:
    lived(catalogue, taken)


@settings(max_examples=EXAMPLES, deadline=None)
@given(taken=steps(*ANSWERING, *QUIET, *CHANGING))
def test_a_log_in_which_what_was_there_changes_is_read_anew(catalogue: Large, taken: list[Step]) -> None:
    """Struck out, renamed, reset, brought from another machine, or written while the clock was set back."""
    lived(catalogue, taken)


@settings(max_examples=EXAMPLES, deadline=None)
@given(taken=steps(*ANSWERING, *QUIET, *CHANGING, "begin", "end", "begin", "end"))
def test_what_others_write_during_a_sitting_is_no_harm(catalogue: Large, taken: list[Step]) -> None:
    """Another sitting, a command or a merge in another window, between the begin of a sitting and its end."""
    lived(catalogue, taken)


Begin = Callable[[Large], Learner]


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    """Makes learners of whom nothing is known yet, each with a folder of its own."""
    with ExitStack() as stack:

        def made(catalogue: Large) -> Learner:
            return stack.enter_context(closing(Learner(Path(mkdtemp(dir=tmp_path)), catalogue)))

        yield made


@pytest.fixture
def learner(begin: Begin, catalogue: Large) -> Learner:
    """Thirty responses, of which most are wrong, over some days; then a checkpoint."""
    learner, lots = begin(catalogue), random.Random(3)
    for number in range(30):
        learner.step("answer", lots.randrange(1000), lots.randrange(1000))
        if number % 10 == 9:
            learner.step("days", 0, 0)
    learner.step("sitting", 0, 0)
    assert told(in_full(learner))
    return learner


def test_the_log_is_not_read_again_up_to_a_checkpoint(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """After one response more, only that one is read."""
    learner.step("answer", 2, 2)
    read, responses = [], Store.responses

    def watched(*given: object, **named: object) -> object:
        for each in responses(*given, **named):  # type: ignore[arg-type]
            read.append(each.uuid)
            yield each

    monkeypatch.setattr(Store, "responses", watched)
    learner.begun()
    assert read == learner.responses[-1:]
    read.clear()
    learner.path.unlink()
    learner.begun()
    assert len(read) == 31


def test_what_was_answered_long_ago_but_after_a_checkpoint_is_new_no_more(begin: Begin, catalogue: Large) -> None:
    """No sitting ended in order since: the cards kept ready were reviewed before what mix-ups are looked for in."""
    learner = begin(catalogue)
    learner.begun().keep(10)
    known = [learner.card(number).id for number in range(3)]
    for days in (1, 3, 8, 20, 50, 120, LOOKED_BACK + 10):
        for number in range(3):
            learner.step("answer", number, learner.choice(number, right=True))
        learner.time += days * DAY
    assert not learner.store.due(learner.deck, learner.today)
    looked_at, past = learner.begun().past(every=False, new=10)
    assert not [card.id for card in looked_at if card.id in known and card.id not in past.memories]


def test_what_a_clock_set_back_put_out_of_order_is_put_in_order(begin: Begin, catalogue: Large) -> None:
    """By time the right responses come before the mix-up, though they were written after it and after a checkpoint."""
    learner = begin(catalogue)
    learner.step("answer", 0, learner.choice(0, right=False))
    learner.time -= 3_600_000
    learner.step("answer", 5, learner.choice(5, right=True))
    learner.step("sitting", 0, 0)
    for _ in range(STREAK):
        learner.time += 1000
        learner.step("answer", 0, learner.choice(0, right=True))
    assert [each.trend for each in in_full(learner)] == ["new"]
    agrees(learner)


def test_an_echo_in_a_sitting_is_one_whoever_kept_a_checkpoint_between(begin: Begin, catalogue: Large) -> None:
    """What comes back wrong in the same sitting counts once, also where another sitting ended between."""
    learner = begin(catalogue)
    response = learner.response(0, learner.choice(0, right=False))
    learner.store.record(response._replace(sitting="one"))
    learner.step("sitting", 0, 0)
    learner.store.record(response._replace(uuid="echo", time=response.time + 1, sitting="one"))
    assert [each.times for each in in_full(learner)] == [1]
    agrees(learner)


def test_a_reset_during_a_sitting_holds_after_it(begin: Begin, catalogue: Large) -> None:
    """The sitting keeps what the log says when it ends, not what it said when it began."""
    learner = begin(catalogue)
    learner.step("answer", 0, learner.choice(0, right=False))
    learner.step("begin", 0, 0)
    learner.step("reset", 0, 0)
    learner.step("end", 0, 0)
    assert not in_full(learner)
    agrees(learner)


@pytest.mark.parametrize(
    "spoiled",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"garbage" * 9),
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_bytes(bytes(byte ^ 1 for byte in path.read_bytes())),
    ],
    ids=["gone", "empty", "garbage", "cut short", "flipped"],
)
def test_without_its_checkpoint_a_log_says_the_same(learner: Learner, spoiled: Callable[[Path], object]) -> None:
    before = planned(learner, learner.begun(), every=False)
    spoiled(learner.path)
    agrees(learner)
    assert planned(learner, learner.begun(), every=False) == before
    learner.step("sitting", 0, 0)
    assert checkpoint.read(learner.path) is not None, "it was written anew"


def test_the_checkpoint_of_another_log_is_not_taken_up(learner: Learner, begin: Begin) -> None:
    """As after `quiz restore`: the file is in the same place, but it is another one, shorter or longer."""
    for count in (0, 1, 40):
        other = begin(learner.catalogue)
        other.path = learner.path
        other.written = 1000
        for number in range(count):
            other.step("answer", number, number)
        agrees(other)


def test_a_checkpoint_that_cannot_be_written_is_no_error(learner: Learner) -> None:
    learner.path.unlink()
    learner.path.mkdir()
    learner.step("answer", 5, 5)
    learner.step("sitting", 0, 0)
    agrees(learner)


def test_a_mix_up_of_long_ago_is_kept_no_longer(learner: Learner) -> None:
    for _ in range(5):
        learner.step("days", 49, 0)
        learner.step("answer", 7, 9)
        learner.step("sitting", 0, 0)
        agrees(learner)
    found = checkpoint.read(learner.path)
    assert found is not None
    assert all(day >= learner.today - LOOKED_BACK for events in found.mixed.events.values() for day, _, _ in events)


def test_of_a_large_deck_only_what_a_day_needs_is_looked_at(learner: Learner) -> None:
    """Unless every card is asked for, or there are not enough new ones among them."""
    resumed, cards_of_all = learner.begun(), learner.catalogue.all()
    some, past = resumed.past(every=False, new=NEW)
    assert past.asked is not None
    reviewed = learner.store.memories(learner.deck).keys()
    late = {card for card in reviewed if card not in learner.store.due(learner.deck, learner.today)}
    mixed = {frozenset((each.actual, each.taken)) for each in past.confused}
    assert not {card.id for card in some if frozenset(card.about) not in mixed} & (late - set(past.answered))
    assert resumed.past(every=True, new=NEW)[0] is cards_of_all


def test_of_a_small_deck_all_cards_are_looked_at(learner: Learner) -> None:
    small = Whole(learner.catalogue.material, learner.catalogue.all())
    learner.path.unlink()
    Resumed(learner.store, small, learner.path, learner.today).keep(NEW)
    found = checkpoint.read(learner.path)
    assert found is not None and found.fresh is None
    resumed = Resumed(learner.store, small, learner.path, learner.today)
    assert resumed.past(every=False, new=NEW)[0] is small.all()
    assert told(resumed.past(every=False, new=NEW)[1].confused) == told(in_full(learner))


@pytest.fixture(scope="module")
def birds(tmp_path_factory: pytest.TempPathFactory) -> Large:
    """A deck with more new cards than are kept ready."""
    material = Material(Knowledge(aviary(tmp_path_factory.mktemp("large") / "aviary")))
    return Large(material, cards(material))


def reply(learner: Learner, card: Card, *, right: bool) -> None:
    """Record a response that chooses the key, or the first of the other options."""
    question = KINDS[card.kinds[0]](card, learner.catalogue.material, Draw(0, card.id))
    chosen = next((at for at, option in enumerate(question.options) if option.key is right), None)
    response = learner.response(0, 0)._replace(card=card.id, kind=question.kind, chosen=chosen, right=right, sitting="")
    claims = claims_of(question, chosen) if chosen is not None else ()
    rating = Rating.GOOD if right else Rating.AGAIN
    learner.store.record(response._replace(claims=claims, rating=rating, counts=True, mode=Mode.STUDY))


def test_new_cards_of_a_pair_that_is_mixed_up_since_come_first(begin: Begin, birds: Large) -> None:
    """Also where they were not among those kept ready."""
    learner = begin(birds)
    learner.begun().keep(10)
    missed = [card for card in birds.all() if card.id.startswith("pair:") and card.kinds[0] == "contrast"][-1]
    reply(learner, missed, right=False)
    learner.step("days", 0, 0)
    resumed = learner.begun()
    assert [each.actual for each in resumed.past(every=False, new=10)[1].confused]
    firsts = []
    for every in (False, True):
        made = plan({learner.deck: resumed.past(every=every, new=10)}, Wishes(), learner.today, 5)
        firsts.append(next(turn.card.about for turn in made.turns if turn.new))
    assert {frozenset(each) for each in firsts} == {frozenset(missed.about)}
