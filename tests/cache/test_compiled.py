"""The cache of decks gives back what was put in, or nothing; whatever stands in it runs no code."""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import get_args

import pytest

from quiz.cache import compiled
from quiz.cache.compiled import KEPT, Compiled, keep, recall
from quiz.cache.sealed import opened, seal
from quiz.deck import Deck, Form
from quiz.questions import Material, cards
from quiz.reasoning import Knowledge

DECK = """
subjects:
  gull: {group: birds, name: herring gull, short: gulls, also: [seagull]}
  kittiwake: {group: birds, name: kittiwake, short: kittiwakes, kind_of: gull}
  tern: {group: birds, name: common tern, short: terns, was: [sea-swallow]}
terms:
  - [ultraviolet light, UV]
features:
  hook:
    aspect: sign
    noun: a hooked bill
    was: [beak]
    present:
      gull:
        says: Gulls have a hooked bill.
        cite: book Gulls ¶1
        strength: often
        hedge: not all of them
        weight: core
        cloze: "The bill of a gull is {hooked}."
        accepts: [bent]
    absent:
      tern: {says: The bill of a tern is straight., cite: manual Terns ¶1}
    not-always:
      kittiwake: {says: Not every kittiwake has a hooked bill., cite: book Gulls ¶1}
  fork: {aspect: sign, noun: a forked tail, present: {tern: {says: Terns have it., cite: book Terns ¶1, strength: every}}}
  short-tail: {aspect: sign, noun: a short tail, present: {gull: {says: Gulls have it., cite: book Gulls ¶2, strength: every}}}
  diving: {aspect: sign, noun: diving, present: {tern: {says: Terns dive., cite: book Terns ¶2}}}
  song:
    aspect: sign
    noun: a song
    disputed:
      tern:
        says: The sources disagree whether terns sing.
        readings: [{says: They do., cite: book Terns ¶3}, {says: They do not., cite: manual Terns ¶3}]
  swallow-kin:
    aspect: sign
    noun: kinship with swallows
    present:
      tern: {says: Terns are swallows., cite: book Terns ¶4, dated: {says: They are not., cite: manual Terns ¶4}}
closures:
  no-dive: {subject: gull, says: Gulls stay above the water., cite: book Gulls ¶3, excludes: [diving]}
apart:
  tails: {says: Tails are short or forked., cite: book Plates ¶1, values: {gull: short-tail, tern: fork}}
more-often:
  dives: {feature: diving, in: tern, than: gull, says: Terns dive more often., cite: book Plates ¶2}
side-by-side:
  plate: {title: plate 7, says: Plate 7 sets them side by side., cite: book Plates ¶7, only: {gull: [hook], tern: [fork]}}
facts:
  heavy:
    says: A gull weighs about 1 kg.
    about: [gull]
    cite: book Gulls ¶4
    number: {value: "1", unit: kg, bound: about}
    relation: {from: gull, to: tern}
    mechanism: {cause: fish, effect: weight}
  rain: {says: Rain keeps them on the ground., cite: book Rain ¶1, mechanism: {cause: rain, effect: a rest}}
  wind: {says: Wind lifts them., cite: book Wind ¶1, mechanism: {cause: wind, effect: a rise}}
  fog: {says: Fog makes them call., cite: book Fog ¶1, mechanism: {cause: fog, effect: a call}}
how:
  weather: {says: Each kind of weather does something else., cite: book Rain ¶2, ask: ["What does {cause} lead to?"], of: [rain, wind, fog]}
"""

NAME = "0" * 32


@pytest.fixture
def entry(deck_of: Callable[[str], Deck]) -> Compiled:
    deck = deck_of(DECK)
    return Compiled(deck, cards(Material(Knowledge(deck))))


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def put(cache: Path, content: bytes) -> None:
    """An entry with that content, sealed as our own are."""
    cache.mkdir(exist_ok=True)
    (cache / f"{NAME}.deck").write_bytes(seal(content))


# what comes back


def test_an_entry_comes_back_equal(cache: Path, entry: Compiled) -> None:
    """A deck with every form of fact, and its cards, are as they were, types included."""
    keep(cache, NAME, entry)
    back = recall(cache, NAME)
    assert back == entry
    assert repr(back) == repr(entry)
    assert {type(fact.form) for fact in entry.deck.facts.values()} == set(get_args(Form))


def test_what_comes_back_is_as_good_for_reasoning(cache: Path, entry: Compiled) -> None:
    """The cards of the deck that came back are those that were kept beside it."""
    keep(cache, NAME, entry)
    back = recall(cache, NAME)
    assert back is not None
    assert cards(Material(Knowledge(back.deck))) == entry.cards


def test_a_later_entry_takes_the_place_of_an_earlier(cache: Path, entry: Compiled) -> None:
    """Kept twice, the second one counts."""
    keep(cache, NAME, entry)
    keep(cache, NAME, entry._replace(cards=()))
    assert recall(cache, NAME) == entry._replace(cards=())


def test_nothing_kept_is_nothing_found(cache: Path) -> None:
    """Without a cache folder, and in an empty one."""
    assert recall(cache, NAME) is None
    cache.mkdir()
    assert recall(cache, NAME) is None


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_is_left_as_it_was(cache: Path, entry: Compiled, enabled: bool) -> None:
    """Reading switches the search for garbage off, and on again only if it was on; after a failure too."""
    keep(cache, NAME, entry)
    (gc.enable if enabled else gc.disable)()
    try:
        recall(cache, NAME)
        recall(cache, "missing")
        assert gc.isenabled() is enabled
    finally:
        gc.enable()


# what must not come back


def test_a_truncated_entry_is_none(cache: Path, entry: Compiled) -> None:
    """Wherever it breaks off."""
    whole = pickle.dumps(entry, protocol=5)
    for length in range(0, len(whole), 97):
        put(cache, whole[:length])
        assert recall(cache, NAME) is None


def test_a_flipped_bit_makes_an_entry_none(cache: Path, entry: Compiled) -> None:
    """Wherever it is: a sound pickle with another text in it would be worse than none."""
    keep(cache, NAME, entry)
    path = cache / f"{NAME}.deck"
    whole = path.read_bytes()
    for place in range(0, len(whole), 211):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        assert recall(cache, NAME) is None


@pytest.mark.parametrize("content", [b"", b"\0" * 50, b"not a pickle", b"\x80\x05.", b"\x80\xff", bytes(range(256))])
def test_garbage_is_none(cache: Path, content: bytes) -> None:
    """Nothing that a disk may have made of an entry is an error."""
    put(cache, content)
    assert recall(cache, NAME) is None


@pytest.mark.parametrize("value", [None, 7, {"deck": 1}, ("deck", ()), [Compiled]])
def test_another_type_is_none(cache: Path, value: object) -> None:
    """A sound pickle of something else is no deck."""
    put(cache, pickle.dumps(value))
    assert recall(cache, NAME) is None


class Malicious:
    """Makes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, (f"touch '{self.path}'",)


def test_a_foreign_pickle_runs_nothing(cache: Path, tmp_path: Path) -> None:
    """A pickle that calls the shell is refused before it does; the same pickle read without care does call it."""
    put(cache, pickle.dumps(Malicious(tmp_path / "called")))
    assert recall(cache, NAME) is None
    assert not (tmp_path / "called").exists()
    pickle.loads(opened(cache / f"{NAME}.deck") or b"")
    assert (tmp_path / "called").exists()


def text(word: str) -> bytes:
    return b"\x8c" + bytes([len(word)]) + word.encode()


def test_the_list_of_what_may_be_read_is_out_of_reach(cache: Path, tmp_path: Path) -> None:
    """A pickle that first adds the shell's module to what is allowed gets nowhere."""
    add = b"cquiz.cache.compiled\n_MODULES\n(" + text("posix") + b"\x900"
    call = b"cposix\nsystem\n(" + text(f"touch {tmp_path}/called") + b"tR."
    put(cache, b"\x80\x04" + add + call)
    assert recall(cache, NAME) is None
    assert not (tmp_path / "called").exists()
    assert "posix" not in compiled._MODULES


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("quiz.cache.compiled", "os"),
        ("quiz.cache.compiled", "os.system"),
        ("quiz.cache.compiled", "keep"),
        ("quiz.cache.compiled", "Path"),
        ("quiz.cache.compiled", "_Reader"),
        ("quiz.deck", "MappingProxyType"),
        ("quiz.deck", "StrEnum"),
        ("quiz.deck", "Deck._make"),
        ("quiz.places", "places_here"),
        ("builtins", "eval"),
    ],
)
def test_only_nouns_are_read(cache: Path, entry: Compiled, module: str, name: str) -> None:
    """What our modules import or do is no noun, even where all else in the entry is sound."""
    stolen = b"\x80\x04" + text(module) + text(name) + b"\x930"  # looked up, and thrown away
    put(cache, stolen + pickle.dumps(entry, protocol=4)[2:])
    assert recall(cache, NAME) is None


def test_a_noun_is_read_in_the_same_way(cache: Path, entry: Compiled) -> None:
    """The entries of the test before are refused for what they look up, and for nothing else."""
    put(cache, b"\x80\x04" + text("quiz.deck") + text("Deck") + b"\x930" + pickle.dumps(entry, protocol=4)[2:])
    assert recall(cache, NAME) == entry


# keeping


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path, entry: Compiled) -> None:
    """Below a file there can be no folder: nothing is kept, and nothing is said."""
    (tmp_path / "file").write_text("here", encoding="utf-8")
    keep(tmp_path / "file" / "cache", NAME, entry)
    assert recall(tmp_path / "file" / "cache", NAME) is None
    assert (tmp_path / "file").read_text(encoding="utf-8") == "here"


def test_an_entry_that_cannot_be_moved_into_place_leaves_nothing_behind(cache: Path, entry: Compiled) -> None:
    """What was made aside is cleared away."""
    (cache / f"{NAME}.deck" / "in-the-way").mkdir(parents=True)
    keep(cache, NAME, entry)
    assert [path.name for path in cache.iterdir()] == [f"{NAME}.deck"]


def test_the_cache_is_the_owners_alone(cache: Path, entry: Compiled) -> None:
    """No one else may put entries there."""
    keep(cache, NAME, entry)
    assert cache.stat().st_mode & 0o077 == 0


def test_only_the_newest_entries_stay(cache: Path, entry: Compiled) -> None:
    """The oldest beyond the number kept are removed, and other files are let alone."""
    cache.mkdir()
    (cache / "notes.txt").write_text("mine", encoding="utf-8")
    for i in range(KEPT + 3):
        keep(cache, f"{i:032}", entry)
        os.utime(cache / f"{i:032}.deck", (1000 + i, 1000 + i))
    keep(cache, NAME.replace("0", "f"), entry)
    left = sorted(path.stem for path in cache.glob("*.deck"))
    assert left == sorted([*(f"{i:032}" for i in range(4, KEPT + 3)), "f" * 32])
    assert (cache / "notes.txt").exists()


def test_two_writers_leave_one_sound_entry(cache: Path, entry: Compiled) -> None:
    """Each makes its own file aside and moves it into place, so that a reader never sees half an entry."""
    keep(cache, NAME, entry)
    with ThreadPoolExecutor(2) as pool:
        child = pool.submit(_written_by_another_process, cache, entry)
        for _ in range(20):
            keep(cache, NAME, entry)
            assert recall(cache, NAME) == entry
        assert child.result() == 0
    assert [path.name for path in cache.iterdir()] == [f"{NAME}.deck"]


def _written_by_another_process(cache: Path, entry: Compiled) -> int:
    own = cache.parent / "own"
    own.mkdir()
    (own / f"{NAME}.deck").write_bytes(seal(pickle.dumps(entry, protocol=5)))
    program = (
        "import sys; from pathlib import Path; from quiz.cache.compiled import keep, recall\n"
        "own, cache, name = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]\n"
        "entry = recall(own, name)\n"
        "for _ in range(20): keep(cache, name, entry)\n"
    )
    return subprocess.run([sys.executable, "-c", program, own, cache, NAME], check=False).returncode
