"""The collection of a learner who studied every day for ten years, made up by a seed: decks, log and memories.

It takes minutes to make and about a gigabyte, so it is made once a day and kept, in the folder that the environment
names in ``QUIZ_COLLECTION`` or else among the temporary files. Run this module to make it now and see what is in it.

A deck of five megabytes has fewer cards than the collection. The rest are in decks of which only the progress is left;
their cards are called as those of the first, under another deck id. Cards are reviewed on the day on which they fall
due, neither earlier nor later. No card is in the log twice a day, and nothing was undone.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from tempfile import gettempdir
from typing import NamedTuple

from benchmarks import synthetic
from quiz import scheduling
from quiz.journal import stamp_now
from quiz.loader import load
from quiz.memory import Confidence, Memory, Rating, Response, Review
from quiz.questions import Card, Material, cards
from quiz.reasoning import Knowledge
from quiz.store import Store
from quiz.store.database import atomic, fill, writing_to
from quiz.store.rows import RANKED, Row, response_row

SIZE = synthetic.WHOLE.part(0.12)
"""Of five megabytes."""

CARDS, DAYS = 100_000, 3650
"""Cards reviewed at least once, and days of study, the last of them yesterday."""

UNSEEN = 100
"""One in so many cards of the deck is still new, so that there are new ones in a sitting."""

LATE = 0.4
"""The first x of the cards had come up when x ** LATE of the days were over: a learner takes on more and more."""

FIRST_RIGHT, RIGHT = 0.8, 0.94
"""How likely a response is right: to a new card, and to one that falls due."""

SURE, GUESSED = 0.1, 0.02
"""How often a learner says that a response is sure, or was a guess."""

_OTHER_DECKS = tuple(f"synthetic-{number}" for number in range(2, 7))
_DAY_MS, _EVENING_MS, _EACH_MS = 86_400_000, 19 * 3_600_000, 20_000
_DEVICE = f"{1:032x}"
_SEED = 1

Choices = tuple[tuple[str, ...], tuple[tuple[tuple[str, str, bool], ...], ...], int]
"""The options of a question as shown, what each of them claims, and the place of the key."""


class Collection(NamedTuple):
    """Where the deck and the learner's data (``QUIZ_HOME``) are, and what is in them; sizes in bytes.

    ``cards`` are those with a memory, ``due`` those of the deck that fall due today.
    """

    deck: Path
    home: Path
    deck_cards: int
    cards: int
    reviews: int
    due: int
    yaml: int
    database: int

    def __str__(self) -> str:
        return (
            f"{self.cards:,} cards ({self.deck_cards:,} in the deck, {self.due} of them due), {self.reviews:,} reviews;"
            f" {self.yaml / 1e6:.1f} MB of YAML, {self.database / 1e6:.0f} MB of database"
        )


def folder_here() -> Path:
    """Where the collection is kept on this machine."""
    return Path(os.environ.get("QUIZ_COLLECTION") or Path(gettempdir()) / "quiz-collection")


def collection(folder: Path) -> Collection:
    """The collection in a folder, made there unless it was made today: yesterday is to be its last day."""
    day, told = stamp_now("").day, folder / "collection.json"
    if told.exists():
        known = json.loads(told.read_text(encoding="utf-8"))
        if (known.pop("day"), known.pop("size", None)) == (day, list(SIZE)):
            return Collection(folder / "deck", folder / "home", **known)
        told.unlink()
    for part in ("deck", "home"):
        shutil.rmtree(folder / part, ignore_errors=True)
        (folder / part).mkdir(parents=True)
    made = _made(folder / "deck", folder / "home", day)
    known = {name: value for name, value in made._asdict().items() if not isinstance(value, Path)}
    told.write_text(
        json.dumps({"day": day, "size": SIZE, **known}), encoding="utf-8"
    )  # last: what is cut short is made anew
    return made


def _made(deck_folder: Path, home: Path, today: int) -> Collection:
    size = synthetic.write(deck_folder, SIZE, _SEED)
    deck, problems = load(deck_folder)
    assert deck is not None, problems[:3]
    knowledge = Knowledge(deck)
    dealt = cards(Material(knowledge))
    choices = [_choices(knowledge, card) for card in dealt]
    seen = len(dealt) - len(dealt) // UNSEEN
    each = -(-(CARDS - seen) // len(_OTHER_DECKS))
    learned = {deck.id: seen, **dict.fromkeys(_OTHER_DECKS, each)}
    path = home / "progress.db"
    names = ", ".join(f'"{name}"' for name in RANKED)
    written = f"INSERT INTO log ({names}) VALUES ({', '.join(f':{name}' for name in RANKED)})"
    with writing_to(path) as database:
        fill(database, _DEVICE)
        database.execute("PRAGMA cache_size = -500000")  # ids are scattered all over their index
        with atomic(database):
            reviews = database.executemany(written, _rows(learned, dealt, choices, today)).rowcount
    with Store.open(path, _DEVICE) as store:
        store.rebuild()
        falls, known = store.forecast(today, deck.id), sum(store.forecast(today).values())
    return Collection(deck_folder, home, len(dealt), known, reviews, falls[today], size, path.stat().st_size)


def _choices(knowledge: Knowledge, card: Card) -> Choices:
    """The options of the "sort" question of a pair, or those of the statement that a claim card makes."""
    subjects, feature = knowledge.deck.subjects, card.feature or ""
    has = tuple(knowledge.judge(each, feature).verdict.name == "TRUE" for each in card.about)
    if len(card.about) == 1:
        said = [(card.about[0], feature, holds) for holds in (True, False)]
        return ("True", "False"), tuple((each,) for each in said), 0 if has[0] else 1
    a, b = card.about
    names = subjects[a].short, subjects[b].short
    places = ((True, False), (True, True), (False, True))
    texts = f"{names[0]}, not {names[1]}", "both", f"{names[1]}, not {names[0]}"
    claims = tuple(((a, feature, of_a), (b, feature, of_b)) for of_a, of_b in places)
    return texts, claims, places.index((has[0], has[1]))


def _rows(learned: Mapping[str, int], dealt: Sequence[Card], choices: Sequence[Choices], today: int) -> Iterator[Row]:
    """The log in order of time: of each deck the first so many cards come up, each reviewed whenever it is due."""
    random = Random(_SEED)
    first = today - DAYS
    waiting: list[list[tuple[str, int, int, Memory | None]]] = [[] for _ in range(DAYS)]
    for deck, count in learned.items():
        for number in range(count):
            waiting[int(DAYS * (number / count) ** LATE)].append((deck, number, 0, None))
    for ago, asked in enumerate(waiting):
        day, sitting = first + ago, f"{random.getrandbits(128):032x}"
        random.shuffle(asked)
        for place, (deck, number, turn, memory) in enumerate(asked):
            options, claims, key = choices[number]
            right = random.random() < (RIGHT if memory else FIRST_RIGHT)
            chosen = key if right else random.choice([each for each in range(len(options)) if each != key])
            confidence = _confidence(random, right=right)
            good = right and confidence is not Confidence.GUESSED
            time = day * _DAY_MS + _EVENING_MS + place * _EACH_MS
            response = Response(
                uuid=f"{random.getrandbits(128):032x}",
                device=_DEVICE,
                time=time,
                offset=0,
                day=day,
                deck=deck,
                card=dealt[number].id,
                kind="sort" if len(options) > 2 else "true-false",
                seed=_SEED,
                options=options,
                chosen=chosen,
                typed="",
                claims=claims[chosen],
                took=random.randrange(2_000, 15_000),
                confidence=confidence,
                right=right,
                rating=Rating.GOOD if good else Rating.AGAIN,
                counts=True,
                sitting=sitting,
                turn=turn,
                most=3,
            )
            yield response_row(response, scheduling.DEFAULT_RETENTION) | {"rank": time}
            memory = _after(memory, good=good)
            if ago + memory.due < DAYS:
                waiting[ago + memory.due].append((deck, number, turn + 1, memory))
        asked.clear()


def _confidence(random: Random, *, right: bool) -> Confidence:
    drawn = random.random()
    if drawn < SURE:
        return Confidence.SURE
    return Confidence.GUESSED if right and drawn < SURE + GUESSED else Confidence.PLAIN


@cache
def _after(memory: Memory | None, *, good: bool) -> Memory:
    """The memory after a review on the day when it is due, with days counted from that review.

    So it hangs on the ratings alone, and many cards have the first of them in common. Reviews are not counted here.
    """
    reviewed = Review(memory.due if memory else 0, Rating.GOOD if good else Rating.AGAIN)
    after = scheduling.review(memory, reviewed)
    return after._replace(last=0, due=after.due - after.last, reviews=1, lapses=0)


if __name__ == "__main__":
    print(folder_here(), collection(folder_here()), sep="\n")
