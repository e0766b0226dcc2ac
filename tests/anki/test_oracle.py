"""What the official package makes of ours: the same notes, due dates and memories, and back again."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from quiz.anki.incoming import Known, additions, card_of_guids
from quiz.anki.lock import locked
from quiz.anki.notes import RETIRED, Note, guid_of, notes
from quiz.anki.package import Entry, write_package
from quiz.anki.reading import read_reviews
from quiz.anki.standing import by_card, standing
from quiz.memory import Confidence, Rating, Response
from quiz.questions import Material, cards
from quiz.store import Store
from quiz.studyday import day_to_date, study_day
from tests.anki.conftest import CHANGED, take_in

pytest.importorskip("anki.collection", reason="the official anki package is not installed")

Write = Callable[..., Path]
ZONES = ("Pacific/Honolulu", "America/New_York", "Europe/Helsinki", "Asia/Kolkata", "Pacific/Auckland")


def fields_of(collection: Any) -> dict[str, list[str]]:
    return {guid: fields.split("\x1f") for guid, fields in collection.db.execute("SELECT guid, flds FROM notes")}


def test_import_gives_just_the_notes_cards_decks_and_tags_written(
    collection: Any, package: Write, made: list[Note]
) -> None:
    take_in(collection, package())
    assert fields_of(collection) == {note.guid: note.values for note in made}
    assert collection.card_count() == len(made)
    names = {each.name for each in collection.decks.all_names_and_ids()} - {"Default"}
    assert names == {"::".join(note.path[:depth]) for note in made for depth in range(1, len(note.path) + 1)}
    assert set(collection.tags.all()) == {tag for note in made for tag in note.tags}
    used = {each.name for each in collection.models.all_names_and_ids() if each.name.startswith("tellapart")}
    assert used >= {note.type.name for note in made}


def test_importing_again_changes_nothing(collection: Any, package: Write, made: list[Note]) -> None:
    path = package()
    take_in(collection, path)
    before = collection.db.all("SELECT * FROM notes"), collection.db.all("SELECT * FROM cards")
    log = take_in(collection, path)
    assert (len(log.new), len(log.updated), len(log.duplicate)) == (0, 0, len(made))
    assert (collection.db.all("SELECT * FROM notes"), collection.db.all("SELECT * FROM cards")) == before


def test_an_edited_deck_updates_texts_in_place_and_keeps_schedules(
    collection: Any, package: Write, made: list[Note]
) -> None:
    """A reworded note is updated, a new one added, one whose card is gone is tagged; answers given stay."""
    known = locked({}, made[1:], CHANGED)
    take_in(collection, package(made[1:], known))
    collection.decks.select(collection.decks.id_for_name("Sample"))
    for _ in range(3):
        card = collection.sched.getCard()
        card.start_timer()
        collection.sched.answerCard(card, 3)
    scheduled = collection.db.all("SELECT id, due, ivl, reps, data FROM cards WHERE reps > 0 ORDER BY id")
    edited = made[1]._replace(fields={**made[1].fields, "Stem": "Reworded?"})
    after = [made[0], edited, *made[2:-1]]
    log = take_in(collection, package(after, locked(known, after, CHANGED + 60)))
    assert (len(log.new), len(log.updated)) == (1, 2)
    found = fields_of(collection)
    assert "Reworded?" in found[edited.guid]
    tags = dict(collection.db.execute("SELECT guid, tags FROM notes"))
    assert RETIRED in tags[made[-1].guid]
    assert collection.db.all("SELECT id, due, ivl, reps, data FROM cards WHERE reps > 0 ORDER BY id") == scheduled


def test_a_learners_own_style_and_fields_are_kept(collection: Any, package: Write, made: list[Note]) -> None:
    path = package()
    take_in(collection, path)
    model = collection.models.by_name("tellapart choice")
    model["css"] += "\n.mine { color: red; }"
    collection.models.update_dict(model)
    changed = [made[0]._replace(fields={**made[0].fields, "Stem": "Reworded?"}), *made[1:]]
    lock = locked(locked({}, made, CHANGED), changed, CHANGED + 60)
    take_in(collection, package(changed, lock))
    assert ".mine" in collection.models.by_name("tellapart choice")["css"]
    assert sum(each.name.startswith("tellapart choice") for each in collection.models.all_names_and_ids()) == 1


def test_a_note_whose_card_is_gone_brings_newcomers_nothing_to_learn(
    collection: Any, package: Write, made: list[Note]
) -> None:
    """While those who have its card see the tag, and the card keeps its schedule; and again at the next import."""
    path = package(made[1:], locked(locked({}, made, CHANGED), made[1:], CHANGED + 60))
    for _ in range(2):
        take_in(collection, path)
        assert collection.card_count() == len(made) - 1
        assert set(collection.find_cards(f"tag:{RETIRED}")) == set()


def test_what_is_suspended_here_arrives_suspended_and_what_is_overdue_overdue(
    collection: Any, material: Material, made: list[Note], tmp_path: Path
) -> None:
    path = tmp_path / "suspended.apkg"
    today = int(time.time() // 86_400)
    history = standing([response(made[0].card, "sample", _days_ago(90), Rating.GOOD, 1)], set(), 0.9)
    assert history is not None
    made_entries = [
        Entry(made[0], CHANGED, history),
        Entry(made[1], CHANGED, history._replace(log=()), is_suspended=True),
        Entry(made[2], CHANGED, is_suspended=True),
        Entry(made[3]._replace(is_extra=False), CHANGED),
    ]
    write_package(path, made_entries, {})
    take_in(collection, path, progress=True)
    rows = collection.db.all("SELECT guid, type, queue, due FROM cards JOIN notes ON notes.id = nid")
    found = {guid: (kind, queue) for guid, kind, queue, _ in rows}
    expected = ((2, 2), (2, -1), (0, -1), (0, 0))
    assert [found[note.guid] for note in made[:4]] == list(expected)
    (due,) = (due for guid, _, _, due in rows if guid == made[0].guid)
    assert due < collection.sched.today
    assert abs((date.fromtimestamp(collection.crt) + timedelta(days=due)).toordinal() - 719_163 - today) > 60


def _days_ago(days: int) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


def studied(material: Material, zone: ZoneInfo, seed: int, now: float) -> list[Response]:
    """Some weeks of study by a learner in a time zone, nights before four o'clock among them.

    Not between three and six: Anki counts days back from today in steps of 24 hours, so that behind a change to or from
    summer time its days begin an hour off, and the states that it computes anew differ there from those that it keeps.
    """
    lot, found = random.Random(seed), []
    for card in cards(material):
        day = datetime.fromtimestamp(now, zone) - timedelta(days=lot.randrange(25, 60))
        while True:
            moment = day.replace(hour=lot.choice([0, 1, 2, 7, 12, 23]), minute=lot.randrange(60))
            if moment.timestamp() > now - 86_400:
                break
            rating = lot.choice([Rating.GOOD, Rating.GOOD, Rating.AGAIN])
            found.append(response(card.id, material.deck.id, moment, rating, len(found)))
            day += timedelta(days=lot.choice([1, 2, 5, 9]))
    return sorted(found, key=lambda each: each.time)


def response(card: str, deck: str, moment: datetime, rating: Rating, number: int) -> Response:
    local = moment.utcoffset()
    assert local is not None
    offset = round(local.total_seconds() / 60)
    milliseconds = int(moment.timestamp() * 1000)
    return Response(
        uuid=f"r-{number}",
        device="d",
        time=milliseconds,
        offset=offset,
        day=study_day(milliseconds, offset),
        deck=deck,
        card=card,
        kind="contrast",
        seed=0,
        options=(),
        chosen=0,
        typed="",
        claims=(),
        took=4000,
        confidence=Confidence.PLAIN,
        right=rating is not Rating.AGAIN,
        rating=rating,
        counts=True,
    )


# Anki asks the system for the time zone once in a process, so each zone is tried in a process of its own.
IN_ZONE = """
import sys
from pathlib import Path
from tests.anki.test_oracle import there_and_back
there_and_back(Path(sys.argv[1]), sys.argv[2])
"""


@pytest.mark.parametrize("zone", ZONES)
def test_progress_goes_to_anki_and_back(tmp_path: Path, zone: str, package: Write, material: Material) -> None:
    """Equal due dates and memories there; answers given there come back; a second round trip adds nothing."""
    assert package and material  # the same deck is made in the other process
    done = subprocess.run(
        [sys.executable, "-c", IN_ZONE, str(tmp_path), zone],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "TZ": zone, "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def there_and_back(folder: Path, zone: str) -> None:
    """The round trip, with checks; run in a process whose time zone is the one named."""
    from anki.collection import Collection, ExportAnkiPackageOptions

    from quiz.anki.exporting import entries
    from quiz.loader import load
    from quiz.reasoning import Knowledge

    deck, problems = load(folder / "sample")
    assert deck is not None, problems
    material = Material(Knowledge(deck))
    dealt = cards(material)
    made = list(notes(material, dealt))
    now = time.time()
    with Store.open(folder / "progress.db", "d") as store:
        store.add(studied(material, ZoneInfo(zone), 7, now))
        memories = store.memories(deck.id)
        taken: set[int] = set()
        standings = {card: standing(each, taken, 0.9) for card, each in by_card(store.responses(deck.id)).items()}
        found = {card: each for card, each in standings.items() if each}
        path = folder / "out.apkg"
        write_package(path, entries(deck, made, locked({}, made, CHANGED), found, whole=True), {})

        collection = Collection(str(folder / "there.anki2"))
        collection.set_config("fsrs", True)
        take_in(collection, path, progress=True)
        by_guid = {guid_of(deck.id, card.id): card.id for card in dealt}
        begin = date.fromtimestamp(collection.crt)
        query = "SELECT guid, cards.id, cards.due FROM cards JOIN notes ON notes.id = nid WHERE cards.type = 2"
        rows = collection.db.all(query)
        assert {by_guid[guid] for guid, _, _ in rows} == set(memories)
        for guid, id, due in rows:
            memory, state = memories[by_guid[guid]], collection._backend.compute_memory_state(id).state
            assert begin + timedelta(days=due) == day_to_date(memory.due)
            assert abs(state.stability - memory.stability) < 1e-4 * memory.stability
            assert abs(state.difficulty - memory.difficulty) < 1e-4
            kept = json.loads(collection.db.scalar("SELECT data FROM cards WHERE id = ?", id))
            assert abs(kept["s"] - memory.stability) < 1e-4 * memory.stability + 5e-5  # it keeps four decimals,
            assert abs(kept["d"] - memory.difficulty) < 1e-4 + 5e-4  # and of the difficulty three

        collection.decks.select(collection.decks.id_for_name("Sample"))
        lot, answers = random.Random(3), 0
        while answers < 8 and (card := collection.sched.getCard()):
            card.start_timer()
            collection.sched.answerCard(card, lot.choice([1, 3]))
            answers += 1
        assert answers
        states = {
            by_guid[guid]: collection._backend.compute_memory_state(id).state
            for guid, id in collection.db.all(
                "SELECT guid, cards.id FROM cards JOIN notes ON notes.id = nid WHERE reps > 0"
            )
        }
        for legacy in (False, True):
            options = ExportAnkiPackageOptions(
                with_scheduling=True, with_deck_configs=False, with_media=False, legacy=legacy
            )
            collection.export_anki_package(out_path=str(folder / f"back-{legacy}.apkg"), options=options, limit=None)
        collection.close()

        for legacy, expected in ((False, answers), (True, 0)):
            known = [
                Known(uuid, card, at, rating and Rating(rating), mode != "anki")
                for uuid, card, at, rating, mode in store.logged(deck.id)
            ]
            guids = card_of_guids(deck.id, dealt)
            reviews = read_reviews(folder / f"back-{legacy}.apkg", guids)
            new = list(additions(reviews, guids, {deck.id: known}, _offset))
            assert len(new) == expected
            store.add(new)
        after = store.memories(deck.id)
        assert set(after) == set(states)
        for name, state in states.items():
            assert abs(after[name].stability - state.stability) < 1e-4 * state.stability
            assert abs(after[name].difficulty - state.difficulty) < 1e-4


def _offset(time_ms: int) -> int:
    local = datetime.fromtimestamp(time_ms / 1000, UTC).astimezone().utcoffset()
    return round(local.total_seconds() / 60) if local else 0
