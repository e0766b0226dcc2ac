"""A checkpoint comes back as it was kept, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.cache.checkpoint import Checkpoint, path_of, read, write
from quiz.confusion import Kept
from quiz.newcards import Asked, Fresh

IDS = st.text(st.characters(categories=["Ll", "Nd"], include_characters="-:~"), min_size=1, max_size=6)
PAIRS = st.tuples(IDS, IDS)
EVENTS = st.lists(st.tuples(st.integers(0, 30_000), st.floats(0, 1), IDS), max_size=3).map(tuple)
FRESH = st.builds(
    Fresh,
    st.lists(IDS, max_size=4).map(tuple),
    st.builds(Asked, st.dictionaries(st.frozensets(IDS, max_size=2), st.integers(0, 9)), st.frozensets(IDS)),
    st.booleans(),
)


@given(
    seq=st.integers(0, 2**62),
    rank=st.integers(0, 2**62),
    events=st.dictionaries(PAIRS, EVENTS, max_size=3),
    streaks=st.dictionaries(PAIRS, st.integers(0, 9), max_size=3),
    met=st.dictionaries(PAIRS, st.integers(0, 30_000), max_size=3),
    fresh=st.none() | FRESH,
)
@settings(max_examples=40, deadline=None)
def test_a_checkpoint_comes_back_as_it_was_kept(
    tmp_path_factory: pytest.TempPathFactory,
    seq: int,
    rank: int,
    events: dict[tuple[str, str], tuple[tuple[int, float, str], ...]],
    streaks: dict[tuple[str, str], int],
    met: dict[tuple[str, str], int],
    fresh: Fresh | None,
) -> None:
    path = tmp_path_factory.mktemp("cache") / "kept.checkpoint"
    kept = Checkpoint(seq, "0" * 32, rank, Kept(events, streaks, met), fresh)
    write(path, kept)
    assert read(path) == kept


NOTHING = Checkpoint(0, "", 0, Kept({}, {}, {}), None)


def test_where_nothing_is_known_nothing_is_kept(tmp_path: Path) -> None:
    """An empty log has a checkpoint as well; a missing or a broken file has none."""
    path = tmp_path / "kept.checkpoint"
    assert read(path) is None
    write(path, NOTHING)
    assert read(path) == NOTHING
    path.write_bytes(path.read_bytes()[:-1])
    assert read(path) is None


def test_each_deck_and_each_progress_has_a_checkpoint_of_its_own(tmp_path: Path) -> None:
    """All of them by the name of the deck's entry, so that they go with it."""
    cache, mine = tmp_path / "cache", tmp_path / "mine" / "progress.db"
    paths = {path_of(cache, name, of) for name in ("a" * 32, "b" * 32) for of in (mine, tmp_path / "progress.db")}
    assert len(paths) == 4
    assert path_of(cache, "a" * 32, mine) == path_of(cache, "a" * 32, mine)
    assert {path.name[:33] for path in paths} == {"a" * 32 + ".", "b" * 32 + "."}


def test_a_path_that_is_no_text_has_a_checkpoint(tmp_path: Path) -> None:
    """File names need not be UTF-8."""
    assert path_of(tmp_path, "a" * 32, Path("/v\udcf6gel/progress.db")).parent == tmp_path


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    write(tmp_path / "file" / "kept.checkpoint", NOTHING)
    assert read(tmp_path / "file" / "kept.checkpoint") is None
