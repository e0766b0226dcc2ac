"""A large deck in pieces gives what the whole gives, whatever became of the file: the same cards, or none of them."""

from __future__ import annotations

import os
import pickle
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from quiz.cache import pieces
from quiz.cache.compiled import KEPT, Compiled
from quiz.cache.compiled import keep as keep_whole
from quiz.cache.pieces import MANY, Pieces, is_sound
from quiz.catalogue import PIECES, Whole
from quiz.cli.open import opened
from quiz.draw import blake2b
from quiz.places import places_here
from quiz.questions import KINDS, Card, Draw
from tests.large_decks import aviary, compiled, whole

NAME = "0" * 32


@pytest.fixture(scope="module")
def entry(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    deck = aviary(tmp_path_factory.mktemp("large") / "aviary")
    dealt = compiled(deck)
    renamed = [dealt.cards[at]._replace(was=(f"old-{at}", "older")) for at in (3, 500)]
    cards = [*dealt.cards[:3], renamed[0], *dealt.cards[4:500], renamed[1], *dealt.cards[501:]]
    return Compiled(deck, tuple(cards))


@pytest.fixture(scope="module")
def all_of_it(entry: Compiled) -> Whole:
    return whole(entry)


@pytest.fixture(scope="module")
def content(all_of_it: Whole) -> bytes:
    """An entry as it lies in the cache."""
    with closing(pieces.made(all_of_it)) as database:
        return database.serialize()


@pytest.fixture
def path(tmp_path: Path, content: bytes) -> Path:
    """The file of the entry."""
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / f"{NAME}{PIECES}").write_bytes(content)
    return cache / f"{NAME}{PIECES}"


def read(path: Path, otherwise: Whole) -> Pieces | None:
    return pieces.opened(path.parent, NAME, lambda: otherwise)


def never() -> Whole:
    raise AssertionError("the whole deck was read")


def sound(path: Path) -> Pieces:
    """The entry, with nothing of which the whole deck is needed."""
    found = pieces.opened(path.parent, NAME, never)
    assert found is not None
    return found


def first_question(catalogue: Whole | Pieces, card: Card) -> object:
    return KINDS[card.kinds[0]](card, catalogue.part(card), Draw(1, card.id))


def in_part(cards: Sequence[Card]) -> list[Card]:
    return [card for card in cards if pieces.TYPED.isdisjoint(card.kinds)]


# what comes back


def test_pieces_find_what_the_whole_finds(path: Path, all_of_it: Whole) -> None:
    """In deck order, types included; unknown ids are passed over."""
    found, ids = sound(path), [card.id for card in all_of_it.all()]
    assert (found.id, found.is_large) == (all_of_it.id, True)
    assert list(found.all()) == list(all_of_it.all())
    assert repr(list(found.all())) == repr(list(all_of_it.all()))
    for wanted in ([], ["unknown", ""], [*reversed(ids[5:40]), "unknown"], ids[::2], ids):
        assert list(found.find(wanted)) == list(all_of_it.find(wanted))
    assert [len(ids) > MANY, len(ids[::2]) < MANY] == [True, True]
    assert list(found.renamed()) == list(all_of_it.renamed()) != []


def test_pieces_know_the_cards_of_a_pair(path: Path, all_of_it: Whole) -> None:
    """Whichever subject is named first; a single one, and none, are pairs of their own."""
    found = sound(path)
    for pair in {frozenset(card.about) for card in all_of_it.all()} | {frozenset(("b0", "unknown")), frozenset()}:
        assert list(found.of_pairs(pair)) == list(all_of_it.of_pairs(pair))


def test_cards_with_options_are_asked_without_the_whole(path: Path, all_of_it: Whole) -> None:
    found = sound(path)
    for card in in_part(all_of_it.all())[::17]:
        assert found.part(card).deck.subjects.keys() < all_of_it.deck.subjects.keys()
        assert first_question(found, card) == first_question(all_of_it, card)


def test_typed_cards_come_from_the_whole(path: Path, all_of_it: Whole) -> None:
    """A reply may name anything of the deck."""
    found = read(path, all_of_it)
    assert found is not None
    (typed,) = (card for card in all_of_it.all() if "recall" in card.kinds)
    assert found.part(typed) is all_of_it.material
    assert found.deck is all_of_it.deck


def test_a_card_of_another_deck_is_looked_for_in_the_whole(path: Path, all_of_it: Whole) -> None:
    found = read(path, all_of_it)
    assert found is not None
    assert found.part(all_of_it.all()[0]._replace(id="unknown")) is all_of_it.material


def test_what_was_just_made_is_as_good_as_what_is_kept(all_of_it: Whole, tmp_path: Path) -> None:
    with closing(pieces.made(all_of_it)) as database:
        assert list(Pieces(database, never).all()) == list(all_of_it.all())
        pieces.keep(tmp_path / "cache", NAME, database)
    assert is_sound(tmp_path / "cache" / f"{NAME}{PIECES}")
    assert list(sound(tmp_path / "cache" / f"{NAME}{PIECES}").all()) == list(all_of_it.all())


# what must not come back


def agrees(path: Path, all_of_it: Whole) -> bool:
    """Whether what is read is of the deck, or nothing is; False where nothing is. Cards may be missing by an index."""
    found = read(path, all_of_it)
    if found is None:
        return False
    some = in_part(all_of_it.all())[::101]
    assert found.id == all_of_it.id
    assert list(found.all()) == list(all_of_it.all())
    given = [*found.find(card.id for card in some), *found.renamed(), *found.of_pairs(frozenset(("b0", "b1")))]
    assert set(given) <= set(all_of_it.all())
    for card in some:
        assert first_question(found, card) == first_question(all_of_it, card)
    return True


def test_a_truncated_entry_is_no_worse_than_none(path: Path, content: bytes, all_of_it: Whole) -> None:
    """Wherever it breaks off, and whatever is asked first."""
    for length in (0, 1, 15, 16, 99, 100, 101, 1000, *range(4096, len(content), 4096 * 3 + 7)):
        path.write_bytes(content[:length])
        agrees(path, all_of_it)
        assert not is_sound(path)


def test_a_flipped_bit_changes_no_card_and_no_question(path: Path, content: bytes, all_of_it: Whole) -> None:
    """Anywhere in the file; more often in its first pages, which say what the others are."""
    random = Random(7)
    for number in range(80):
        broken = bytearray(content)
        broken[random.randrange(len(content) if number % 3 else 3 * 4096)] ^= 1 << random.randrange(8)
        path.write_bytes(broken)
        agrees(path, all_of_it)


def test_bytes_overwritten_in_blocks_change_no_card_and_no_question(
    path: Path, content: bytes, all_of_it: Whole
) -> None:
    """As a disk may lose them: zeros, or what belongs elsewhere."""
    random = Random(8)
    for number in range(40):
        broken, at, length = bytearray(content), random.randrange(len(content)), random.choice([16, 512, 4096])
        block = content[(at * 7) % len(content) :][:length] if number % 2 else bytes(length)
        broken[at : at + len(block)] = block
        path.write_bytes(broken)
        agrees(path, all_of_it)


@pytest.mark.parametrize("garbage", [b"", b"\0" * 5000, b"not a database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_garbage_is_none(path: Path, garbage: bytes, all_of_it: Whole) -> None:
    path.write_bytes(garbage)
    assert read(path, all_of_it) is None
    assert not is_sound(path)


def changed(path: Path, *statements: tuple[str, tuple[object, ...]]) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        for statement, values in statements:
            database.execute(statement, values)


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE part",
        "DROP TABLE card",
        "DELETE FROM part",
        "DELETE FROM card",
        "DELETE FROM card WHERE place = 7",
        "UPDATE part SET digest = zeroblob(16) WHERE number = 1",
        "UPDATE part SET pickle = 7 WHERE number = 1",
        "UPDATE part SET pickle = substr(pickle, 9) WHERE number = 1",
        "UPDATE card SET weight = 'heavy' WHERE place = 7",
        "UPDATE card SET weight = 'background' WHERE place = 7",
        "UPDATE card SET kinds = 7 WHERE place = 7",
        "UPDATE card SET about = zeroblob(3) WHERE place = 7",
        "UPDATE card SET id = 'pair:b0~b1:f0-9' WHERE place = 7",
        "UPDATE card SET part = 99",
        "UPDATE card SET part = 1 - part WHERE part < 2",
        "UPDATE card SET was = 'pair:b0~b1:f0-0' WHERE place = 7",
    ],
)
def test_a_damaged_piece_is_told_and_does_no_harm(path: Path, all_of_it: Whole, statement: str) -> None:
    """`quiz doctor` finds it, and until then the deck is read as a whole where that piece is needed."""
    assert is_sound(path)
    changed(path, (statement, ()))
    assert agrees(path, all_of_it)
    assert not is_sound(path)


@pytest.mark.parametrize("statement", ["DROP TABLE deck", "DELETE FROM deck", "UPDATE deck SET id = 'other'"])
def test_an_entry_that_does_not_say_of_which_deck_it_is_is_none(path: Path, all_of_it: Whole, statement: str) -> None:
    changed(path, (statement, ()))
    assert read(path, all_of_it) is None


class Malicious:
    """Makes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, (f"touch '{self.path}'",)


def test_a_foreign_pickle_in_a_part_runs_nothing(path: Path, all_of_it: Whole, tmp_path: Path) -> None:
    """Though its digest is right; the same pickle read without care does call the shell."""
    bad = pickle.dumps(Malicious(tmp_path / "called"))
    changed(path, ("UPDATE part SET pickle = ?, digest = ?", (bad, blake2b(bad, digest_size=16).digest())))
    assert agrees(path, all_of_it)
    assert not is_sound(path)
    assert not (tmp_path / "called").exists()
    pickle.loads(bad)
    assert (tmp_path / "called").exists()


def test_another_noun_in_the_place_of_a_part_is_no_part(path: Path, all_of_it: Whole) -> None:
    bad = pickle.dumps(all_of_it.all()[0])
    changed(path, ("UPDATE part SET pickle = ?, digest = ?", (bad, blake2b(bad, digest_size=16).digest())))
    assert agrees(path, all_of_it)
    assert not is_sound(path)


# keeping


@pytest.fixture
def folder(entry: Compiled, tmp_path: Path) -> Path:
    """The deck's own files."""
    return Path(shutil.copytree(entry.deck.path, tmp_path / "aviary"))


def entries() -> list[Path]:
    return sorted(places_here().cache.glob(f"*{PIECES}"))


def test_a_large_deck_is_kept_in_pieces_at_first_sight(folder: Path) -> None:
    """The second time it is not read as a whole."""
    first = opened((str(folder),))[0]
    (file,) = entries()
    assert is_sound(file)
    again = opened((str(folder),))[0]
    assert (again.name, again.catalogue.id) == (first.name, "aviary")
    (file.with_suffix(".deck")).unlink()
    (folder / "birds.yaml").touch()  # with the same content it keeps its name
    card = in_part(again.catalogue.all())[0]
    assert first_question(again.catalogue, card) == first_question(first.catalogue, card)


def test_a_damaged_entry_is_made_anew(folder: Path) -> None:
    cards = list(opened((str(folder),))[0].catalogue.all())
    (file,) = entries()
    file.write_bytes(b"")
    assert list(opened((str(folder),))[0].catalogue.all()) == cards
    assert is_sound(file)


def test_a_cache_that_cannot_be_written_is_no_error(folder: Path) -> None:
    """The deck is cut each time."""
    cache = places_here().cache
    cache.parent.mkdir(parents=True, exist_ok=True)
    cache.write_text("in the way", encoding="utf-8")
    for _ in range(2):
        catalogue = opened((str(folder),))[0].catalogue
        assert catalogue.is_large
        assert len(catalogue.all()) > MANY


def test_the_entry_is_its_owners_alone_and_can_be_read_only(path: Path, all_of_it: Whole) -> None:
    """A file that nobody may write, in a folder that nobody may write, is read as well."""
    with closing(pieces.made(all_of_it)) as database:
        pieces.keep(path.parent, NAME, database)
    assert path.stat().st_mode & 0o077 == 0
    path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        assert list(sound(path).all()) == list(all_of_it.all())
        assert [each.name for each in path.parent.iterdir()] == [path.name]
    finally:
        path.parent.chmod(0o700)


def test_a_name_with_odd_characters_is_found(tmp_path: Path, content: bytes, all_of_it: Whole) -> None:
    """The folder's name stands in an address, where some characters have a meaning."""
    cache = tmp_path / "a b?c#d%41"
    cache.mkdir()
    (cache / f"{NAME}{PIECES}").write_bytes(content)
    assert list(sound(cache / f"{NAME}{PIECES}").all()) == list(all_of_it.all())


def test_pieces_go_with_the_oldest_entries(path: Path, entry: Compiled) -> None:
    """Where the whole deck goes from the cache, so does what else is kept of it; other files stay."""
    other = path.with_name("notes.txt")
    other.write_text("mine", encoding="utf-8")
    checkpoint = path.with_name(f"{NAME}.abc.checkpoint")
    checkpoint.touch()
    small = entry._replace(cards=())
    for number in range(KEPT + 1):
        keep_whole(path.parent, NAME if number == 0 else f"{number:032x}", small)
        os.utime(path.with_name(f"{number:032x}.deck"), (1000 + number, 1000 + number))
    keep_whole(path.parent, "f" * 32, small)
    assert not path.exists() and not checkpoint.exists()
    assert other.exists()


def test_two_writers_leave_one_sound_entry(path: Path, content: bytes, all_of_it: Whole) -> None:
    """Each makes its own file aside and moves it into place, so that a reader never sees half an entry."""
    source = path.with_name("source")
    source.write_bytes(content)
    program = (
        "import sqlite3, sys; from pathlib import Path; from quiz.cache.pieces import keep\n"
        "database = sqlite3.connect(sys.argv[1])\n"
        f"for _ in range(20): keep(Path(sys.argv[2]), '{NAME}', database)\n"
    )
    command = [sys.executable, "-c", program, str(source), str(path.parent)]
    with ThreadPoolExecutor(1) as pool, closing(pieces.made(all_of_it)) as database:
        child = pool.submit(subprocess.run, command, check=True)
        while True:
            pieces.keep(path.parent, NAME, database)
            assert is_sound(path)
            if child.done():
                break
        child.result()
    assert sorted(each.name for each in path.parent.iterdir()) == [path.name, "source"]
