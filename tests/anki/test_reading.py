"""Packages and collections of Anki are untrusted input: what is sound is read, and all else refused in one line."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
import zstandard

from quiz.anki.reading import AnkiReview, read_reviews
from quiz.errors import UsageError

NOW = 1_790_000_000_000
MODERN_META = b"\x08\x03"

SCHEMA = """
CREATE TABLE notes (id INTEGER PRIMARY KEY, guid TEXT);
CREATE TABLE cards (id INTEGER PRIMARY KEY, nid INTEGER, ord INTEGER);
CREATE TABLE revlog (id INTEGER PRIMARY KEY, cid INTEGER, usn INTEGER, ease INTEGER, ivl INTEGER, lastIvl INTEGER,
                     factor INTEGER, time INTEGER, type INTEGER);
INSERT INTO notes VALUES (1, 'ours'), (2, 'theirs'), (3, NULL);
INSERT INTO cards VALUES (10, 1, 0), (20, 2, 0), (11, 1, 1);
"""


def collection(tmp_path: Path, *rows: tuple[object, ...], schema: str = SCHEMA) -> bytes:
    """A collection with reviews: (time, card, ease, factor, took, type)."""
    path = tmp_path / "made.db"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(schema)
        database.executemany("INSERT INTO revlog VALUES (?, ?, 0, ?, 1, 1, ?, ?, ?)", rows)
        database.commit()
    return path.read_bytes()


def packed(path: Path, **members: bytes) -> Path:
    """A package with these members; in their names, a double underscore stands for a dot."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return path


def legacy(tmp_path: Path, *rows: tuple[object, ...]) -> Path:
    return packed(tmp_path / "x.apkg", collection__anki21=collection(tmp_path, *rows), media=b"{}")


def refusal(path: Path) -> str:
    with pytest.raises(UsageError) as caught:
        read_reviews(path, {"ours"})
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)
    return str(caught.value)


def test_reviews_of_our_notes_are_read_in_order_of_time(tmp_path: Path) -> None:
    path = legacy(tmp_path, (NOW + 5, 10, 3, 500, 2000, 1), (NOW, 10, 1, 500, 900, 0), (NOW + 9, 20, 3, 500, 9, 1))
    assert read_reviews(path, {"ours"}) == (AnkiReview("ours", NOW, 1, 900), AnkiReview("ours", NOW + 5, 3, 2000))


def test_what_is_no_review_is_passed_over(tmp_path: Path) -> None:
    """Rescheduling by hand, cramming that leaves the schedule alone, other cards of the note, and nonsense."""
    rows = [
        (NOW + 1, 10, 0, 500, 9, 4),
        (NOW + 2, 10, 3, 0, 9, 3),
        (NOW + 3, 11, 3, 500, 9, 1),
        (NOW + 4, 99, 3, 500, 9, 1),
        (NOW + 5, 10, 7, 500, 9, 1),
        (1, 10, 3, 500, 9, 1),
        (NOW + 7, 10, "x", 500, 9, 1),
        (NOW + 8, 10, 3, 500, 9, 3),
    ]
    assert [each.time for each in read_reviews(legacy(tmp_path, *rows), {"ours"})] == [NOW + 8]


@pytest.mark.parametrize("name", ["collection__anki21", "collection__anki2"])
def test_legacy_exports_are_read(tmp_path: Path, name: str) -> None:
    path = packed(tmp_path / "x.colpkg", **{name: collection(tmp_path, (NOW, 10, 3, 500, 9, 1))})
    assert len(read_reviews(path, {"ours"})) == 1


def test_modern_exports_are_read_and_their_dummy_is_not(tmp_path: Path) -> None:
    """The old name holds a collection that only asks to update Anki."""
    whole = zstandard.compress(collection(tmp_path, (NOW, 10, 3, 500, 9, 1)))
    dummy = collection(tmp_path)
    path = packed(tmp_path / "x.apkg", meta=MODERN_META, collection__anki21b=whole, collection__anki2=dummy)
    assert len(read_reviews(path, {"ours"})) == 1


def test_names_sorted_in_ankis_own_order_are_no_hindrance(tmp_path: Path) -> None:
    path = tmp_path / "made.db"
    with closing(sqlite3.connect(path)) as database:
        database.create_collation("unicase", lambda one, other: (one > other) - (one < other))
        database.executescript(SCHEMA + "CREATE TABLE tags (tag TEXT PRIMARY KEY COLLATE unicase) WITHOUT ROWID;")
        database.execute("INSERT INTO revlog VALUES (?, 10, 0, 3, 1, 1, 500, 9, 1)", (NOW,))
        database.commit()
    assert len(read_reviews(packed(tmp_path / "x.apkg", collection__anki21=path.read_bytes()), {"ours"})) == 1


def test_a_newer_export_is_refused(tmp_path: Path) -> None:
    assert "newer Anki" in refusal(packed(tmp_path / "x.apkg", meta=b"\x08\x04", collection__anki21b=b""))


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"no zip at all", b"PK\x05\x06" + bytes(18)],
    ids=["empty", "two letters", "text", "no members"],
)
def test_what_is_no_package_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.apkg"
    path.write_bytes(content)
    refusal(path)


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9])
def test_a_truncated_package_is_refused(tmp_path: Path, cut: float) -> None:
    path = legacy(tmp_path, (NOW, 10, 3, 500, 9, 1))
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * cut)])
    refusal(path)


def test_a_damaged_collection_is_refused(tmp_path: Path) -> None:
    whole = collection(tmp_path, *((NOW + i, 10, 3, 500, 9, 1) for i in range(500)))
    refusal(packed(tmp_path / "x.apkg", collection__anki21=whole[:4096] + b"\xa5" * (len(whole) - 4096)))
    refusal(packed(tmp_path / "y.apkg", collection__anki21=b"not a database" * 500))


def test_a_collection_without_the_tables_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as database:
        database.execute("CREATE TABLE x (y)")
    assert "no Anki collection" in refusal(packed(tmp_path / "x.apkg", collection__anki21=other.read_bytes()))


def test_broken_compression_is_refused(tmp_path: Path) -> None:
    whole = zstandard.compress(collection(tmp_path))
    for content in (b"", b"\x28\xb5\x2f\xfd junk", whole[: len(whole) // 2], b"plain"):
        refusal(packed(tmp_path / "x.apkg", meta=MODERN_META, collection__anki21b=content))


@pytest.mark.parametrize("modern", [True, False])
def test_a_bomb_is_not_unpacked(tmp_path: Path, modern: bool) -> None:
    """A few kilobytes that claim to be many megabytes."""
    path = tmp_path / "x.apkg"
    zeros = bytes(64 << 20)
    if modern:
        packed(path, meta=MODERN_META, collection__anki21b=zstandard.compress(zeros))
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("collection.anki21", zeros)
    assert "unpacks to far more" in refusal(path)


def test_names_that_point_elsewhere_are_never_unpacked(tmp_path: Path) -> None:
    path, elsewhere = legacy(tmp_path, (NOW, 10, 3, 500, 9, 1)), tmp_path / "elsewhere"
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../escaped", b"x")
        archive.writestr(str(elsewhere), b"x")
    before = set(tmp_path.parent.iterdir())
    assert read_reviews(path, {"ours"})
    assert set(tmp_path.parent.iterdir()) == before
    assert not elsewhere.exists()


def test_a_view_in_the_place_of_a_table_is_refused(tmp_path: Path) -> None:
    """It could compute for ever."""
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS id, 'ours' AS guid FROM n"
    schema = SCHEMA.replace(
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, guid TEXT);", f"CREATE VIEW notes AS {endless};"
    )
    schema = schema.replace("INSERT INTO notes VALUES (1, 'ours'), (2, 'theirs'), (3, NULL);", "")
    refusal(packed(tmp_path / "x.apkg", collection__anki21=collection(tmp_path, schema=schema)))


def test_an_encrypted_package_is_refused(tmp_path: Path) -> None:
    path = legacy(tmp_path, (NOW, 10, 3, 500, 9, 1))
    whole = bytearray(path.read_bytes())
    for place in (whole.find(b"PK\x03\x04") + 6, whole.find(b"PK\x01\x02") + 8):
        whole[place] |= 1
    path.write_bytes(bytes(whole))
    refusal(path)


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))
    (tmp_path / "temp").mkdir()
    read_reviews(legacy(tmp_path, (NOW, 10, 3, 500, 9, 1)), {"ours"})
    packed(tmp_path / "y.apkg", collection__anki21=b"junk" * 2000)
    refusal(tmp_path / "y.apkg")
    assert list((tmp_path / "temp").iterdir()) == []


def test_random_damage_is_read_or_refused_but_never_raises_else(tmp_path: Path) -> None:
    """Every hundredth byte of a small package is changed in turn."""
    whole = legacy(tmp_path, (NOW, 10, 3, 500, 9, 1)).read_bytes()
    path = tmp_path / "x.apkg"
    for place in range(0, len(whole), 101):
        changed = bytearray(whole)
        changed[place] ^= 0xFF
        path.write_bytes(bytes(changed))
        try:
            read_reviews(path, {"ours"})
        except UsageError as refused:
            assert "\n" not in str(refused)
