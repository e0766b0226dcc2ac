"""A scripted learner at practice: sittings by the program's own plan, desk and store, or by a plainer order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.learner import Confused, Learner
from quiz.cli.opening import confused as confusions_of
from quiz.cli.opening import past_of
from quiz.confusion import Confusion
from quiz.desk import Desk
from quiz.draw import lot
from quiz.exam import compose
from quiz.journal import StoreJournal
from quiz.memory import Stamp
from quiz.planning import Past, Wishes, of_pair, options_for, plan
from quiz.questions import Card, Material, Question, cards
from quiz.scheduling import DEFAULT_RETENTION, is_due
from quiz.session import Answered, Reply, Sitting, Turn
from quiz.store import Store

FIRST_DAY = 20_000
SITTING = 25
"""Cards in a sitting; those that come back, and fresh questions on a mix-up, come on top."""

NEW = 10
"""New cards a day: the program's own setting."""


class Scene(NamedTuple):
    """What all conditions share: a deck, the cards that the model can answer, and the seed of a learner."""

    material: Material
    cards: tuple[Card, ...]
    seed: int

    @property
    def deck(self) -> str:
        """The id of the deck."""
        return self.material.deck.id


Planning = Callable[[Scene, Past, int], Sequence[Turn]]


class Condition(NamedTuple):
    """What practice offers: an order of turns, fresh questions after a mix-up, and the two subjects side by side."""

    name: str
    turns: Planning
    follow: bool = False
    beside: bool = False


def cards_of_claims(material: Material) -> tuple[Card, ...]:
    """The cards that the model can answer: those whose options claim that a subject has a feature, or lacks it."""
    return tuple(card for card in cards(material) if card.id.startswith(("pair:", "claim:")))


def as_the_program_plans(scene: Scene, past: Past, day: int, new: int = NEW) -> Sequence[Turn]:
    """As `quiz study` does: with runs of a pair, lures, and pairs first that are being mixed up."""
    return plan({scene.deck: (scene.cards, past)}, Wishes(new=new, limit=SITTING), day, scene.seed).turns


def many_new(scene: Scene, past: Past, day: int) -> Sequence[Turn]:
    """As the program plans a sitting full of new cards."""
    return as_the_program_plans(scene, past, day, SITTING)


def still_more_new(scene: Scene, past: Past, day: int) -> Sequence[Turn]:
    """The same with 40 cards."""
    return plan({scene.deck: (scene.cards, past)}, Wishes(new=40, limit=40), day, scene.seed).turns


def examination(scene: Scene, _past: Past, _day: int) -> Sequence[Turn]:
    """An examination of 40 questions, as `quiz exam -n 40` composes it; here what is missed comes back."""
    return [item.turn for item in compose(scene.material, scene.cards, 40, scene.seed)]


def by_due_date(scene: Scene, past: Past, day: int) -> Sequence[Turn]:
    """What is due, longest overdue first, then new cards in a drawn order, as plain flashcards come."""
    due = [card for card in scene.cards if card.id in past.memories and is_due(past.memories[card.id], day)]
    due.sort(key=lambda card: (past.memories[card.id].due, lot(scene.seed, day, card.id)))
    new = [card for card in scene.cards if card.id not in past.memories]
    new.sort(key=lambda card: lot(scene.seed, card.id))
    return [_plain(scene, card, past) for card in (*due, *new[:NEW])[:SITTING]]


def at_random(scene: Scene, past: Past, day: int) -> Sequence[Turn]:
    """Any cards in any order, due or not, with distractors as they are dealt."""
    order = sorted(scene.cards, key=lambda card: lot(scene.seed, "random", day, card.id))
    return [_plain(scene, card, past) for card in order[:SITTING]]


def _plain(scene: Scene, card: Card, past: Past) -> Turn:
    memory = past.memories.get(card.id)
    number = memory.reviews if memory else 0
    return Turn(scene.deck, card, card.kinds, number, options_for(memory), memory is None)


class _Desk(Desk):
    """A desk that can be told not to follow a mix-up with a fresh question."""

    follows = True

    def _follow(self, answered: Answered) -> Turn | None:
        return super()._follow(answered) if self.follows else None


class Student:
    """One learner under one condition, a sitting a day, with progress in a store."""

    def __init__(self, scene: Scene, condition: Condition, confused: Sequence[Confused], store: Store) -> None:
        self.learner = Learner(scene.material.knowledge, confused, scene.seed)
        self.day = FIRST_DAY
        self.responses = 0
        self._scene = scene
        self._condition = condition
        self._store = store
        self._steps = count()

    def _stamp(self) -> Stamp:
        step = next(self._steps)
        return Stamp(uuid=f"{step:032x}", device="0" * 32, time=step * 1000, offset=0, day=self.day)

    def sit(self) -> None:
        """One sitting, and a night."""
        scene, condition = self._scene, self._condition
        past = past_of(self._store, scene.material, scene.cards, self.day)
        desk = _Desk(
            Sitting(tuple(condition.turns(scene, past, self.day))),
            {scene.deck: scene.material},
            StoreJournal(self._store, scene.seed, DEFAULT_RETENTION, self._stamp),
            scene.seed,
            reserve=lambda deck, pair: of_pair(deck, scene.cards, past, pair, scene.seed),
        )
        desk.follows = condition.follow
        while question := desk.question():
            chosen = self.learner.answer(question, self.day)
            mixed = desk.mixed_up(desk.reply(question, Reply(chosen=chosen)))
            beside = [(subject, each.feature) for each in mixed for subject in (each.actual, each.taken)]
            self.learner.feedback(question, chosen, beside if condition.beside else (), self.day)
            self.responses += 1
        self.day += 1

    def score(self, exam: Sequence[Question]) -> float:
        """The share of an exam that is right; nothing is learned from it."""
        return sum(self.learner.answer(each, self.day) == each.key for each in exam) / len(exam)

    def found(self) -> tuple[Confusion, ...]:
        """Who takes what for what, as the program sees it."""
        return confusions_of(self._store, self._scene.material, self._scene.cards, self.day)


@contextmanager
def at_practice(scene: Scene, condition: Condition, confused: Sequence[Confused]) -> Iterator[Student]:
    """A learner with nothing in the store yet; the store is thrown away in the end."""
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "progress.db", "0" * 32) as store:
        yield Student(scene, condition, confused, store)
