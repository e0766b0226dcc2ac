"""`quiz export anki` and `quiz import progress` as a user calls them."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quiz.anki.notes import guid_of
from quiz.anki.package import _EPOCH
from quiz.cli.program import main
from quiz.memory import Confidence, Mode, Rating, Response
from quiz.store import Store
from quiz.studyday import day_to_date, study_day
from tests.anki.conftest import GULLS
from tests.conftest import FRAME

HOOK, SPOT, CAP = "pair:gull~tern:hook", "pair:gull~tern:spot", "pair:gull~tern:cap"
DAY = 86_400_000
BEGIN = 1_790_000_000_000


@pytest.fixture
def gulls(tmp_path: Path) -> Path:
    folder = tmp_path / "gulls"
    folder.mkdir()
    (folder / "deck.yaml").write_text(FRAME, encoding="utf-8")
    (folder / "facts.yaml").write_text(GULLS, encoding="utf-8")
    return folder


def quiz(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


def exported(deck: Path, *options: object, to: str = "out.apkg") -> Path:
    path = deck.parent / to
    result = quiz("export", "anki", deck, "-o", path, *options)
    assert result.exit_code == 0, result.output
    return path


def refused(code: int, *arguments: object) -> str:
    """The one line with which the command refuses."""
    result = quiz(*arguments)
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    lines = [line for line in result.output.splitlines() if not re.match(r"Usage:|Try '|$", line)]
    assert len(lines) == 1, lines
    return lines[0]


@contextmanager
def inside(path: Path) -> Iterator[sqlite3.Connection]:
    """The collection of a package, to look into or to change."""
    aside = path.with_suffix(".db")
    with zipfile.ZipFile(path) as archive:
        aside.write_bytes(archive.read("collection.anki2"))
    with closing(sqlite3.connect(aside)) as database:
        yield database
        database.commit()
    if aside.read_bytes() != zipfile.ZipFile(path).read("collection.anki2"):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(aside, "collection.anki2")
    aside.unlink()


def cards_of(path: Path) -> dict[str, tuple[int, ...]]:
    """Type, queue, due and number of reviews by guid."""
    with inside(path) as database:
        rows = database.execute("SELECT guid, type, queue, due, reps FROM cards JOIN notes ON notes.id = nid")
        return {guid: tuple(row) for guid, *row in rows}


def card(of: str) -> str:
    return guid_of("sample", of)


def answer(store: Store, of: str, at: int, rating: Rating = Rating.GOOD, **other: object) -> Response:
    values: dict[str, object] = {
        "uuid": f"{of}-{at}", "device": "d", "time": at, "offset": 0, "day": study_day(at, 0), "deck": "sample",
        "card": of, "kind": "contrast", "seed": 0, "options": (), "chosen": None, "typed": "", "claims": (),
        "took": 2000, "confidence": Confidence.PLAIN, "right": rating is not Rating.AGAIN, "rating": rating,
        "counts": True, **other,
    }  # fmt: skip
    response = Response(**values)  # type: ignore[arg-type]
    store.record(response)
    return response


def progress() -> Store:
    return Store.open(Path(os.environ["QUIZ_HOME"]) / "progress.db", "d")


def logged() -> int:
    with closing(sqlite3.connect(Path(os.environ["QUIZ_HOME"]) / "progress.db")) as database:
        return int(database.execute("SELECT count(*) FROM log").fetchone()[0])


def reviewed_there(path: Path, *reviews: tuple[str, int, int]) -> Path:
    """The package as Anki would hand it back after reviews: card, milliseconds, rating."""
    with inside(path) as database:
        for of, at, ease in reviews:
            (id,) = database.execute(
                "SELECT cards.id FROM cards JOIN notes ON notes.id = nid WHERE guid = ?", (card(of),)
            ).fetchone()
            database.execute("INSERT INTO revlog VALUES (?, ?, 0, ?, 1, 1, 500, 900, 1)", (at, id, ease))
    return path


# Export


def test_an_export_tells_what_was_written_and_writes_the_same_bytes_again(gulls: Path) -> None:
    path = gulls.parent / "out.apkg"
    result = quiz("export", "anki", gulls, "-o", path)
    assert result.exit_code == 0, result.output
    assert re.search(r"out\.apkg: \d+ notes \(.*choice", result.output)
    assert "extras" in result.output
    first, lock = path.read_bytes(), (gulls / "anki-lock.json").read_bytes()
    exported(gulls)
    assert path.read_bytes() == first
    assert (gulls / "anki-lock.json").read_bytes() == lock
    assert {each.name for each in gulls.parent.iterdir()} >= {"out.apkg", "gulls"}
    assert not [each for each in gulls.parent.iterdir() if each.name.startswith(".quiz-")]


def test_a_copy_of_the_deck_with_its_lock_gives_the_same_bytes(gulls: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two exporters agree, though one exports a year later."""
    first = exported(gulls).read_bytes()
    copy = gulls.parent / "copy"
    copy.mkdir()
    for each in gulls.iterdir():
        (copy / each.name).write_bytes(each.read_bytes())
    later = time.time() + 365 * 86_400
    monkeypatch.setattr("quiz.cli.export.time.time", lambda: later)
    assert exported(copy, to="copy.apkg").read_bytes() == first


@pytest.mark.parametrize("options", [("--given-only",), ("--only", "gull"), ("--kind", "recall")])
def test_a_choice_of_notes_is_reproducible_from_the_first_time_on(
    gulls: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    first = exported(gulls, *options).read_bytes()
    monkeypatch.setattr("quiz.cli.export.time.time", lambda: 2_000_000_000.0)
    assert exported(gulls, *options).read_bytes() == first
    assert set(cards_of(exported(gulls, *options))) <= set(cards_of(exported(gulls, to="all.apkg")))


def test_given_only_leaves_the_lock_of_the_whole_deck_alone(gulls: Path) -> None:
    exported(gulls)
    before = json.loads((gulls / "anki-lock.json").read_text(encoding="utf-8"))["notes"]
    exported(gulls, "--given-only", to="given.apkg")
    after = json.loads((gulls / "anki-lock.json").read_text(encoding="utf-8"))
    assert after["notes"] == before
    assert {name: entry[2] for name, entry in after["given"].items()}.items() <= {
        name: entry[2] for name, entry in before.items()
    }.items()


def test_only_some_subjects_or_kinds_can_go(gulls: Path) -> None:
    whole = cards_of(exported(gulls))
    typed = cards_of(exported(gulls, "--kind", "recall", to="typed.apkg"))
    assert set(typed) == {card("recall:uv"), card("recall:moult")}
    terns = cards_of(exported(gulls, "--only", "tern", to="terns.apkg"))
    assert set(terns) < set(whole)
    assert card("recall:uv") not in terns


def test_a_reworded_fact_changes_its_notes_alone_and_a_rename_no_guid(gulls: Path) -> None:
    before = cards_of(exported(gulls))
    lock = json.loads((gulls / "anki-lock.json").read_text(encoding="utf-8"))["notes"]
    text = GULLS.replace("Gulls have a red spot.", "Gulls show a red spot.")
    text = text.replace("  hook:\n", "  hooked-bill:\n    was: [hook]\n")
    (gulls / "facts.yaml").write_text(text, encoding="utf-8")
    assert set(cards_of(exported(gulls))) == set(before)
    after = json.loads((gulls / "anki-lock.json").read_text(encoding="utf-8"))["notes"]
    assert set(after) == set(lock)
    assert after[SPOT][1] > lock[SPOT][1]
    assert after["recall:uv"] == lock["recall:uv"]


def test_a_fact_that_left_the_deck_updates_its_note_and_brings_no_card(gulls: Path) -> None:
    """Who has the note learns of it by a tag; who begins now is given nothing to learn that is no more."""
    exported(gulls)
    text = "\n".join(line for line in GULLS.splitlines() if not line.startswith("  uv:"))
    (gulls / "facts.yaml").write_text(text, encoding="utf-8")
    path = gulls.parent / "out.apkg"
    assert "1 note of cards that left the deck" in quiz("export", "anki", gulls, "-o", path).output
    assert card("recall:uv") not in cards_of(path)
    with inside(path) as database:
        (tags,) = database.execute("SELECT tags FROM notes WHERE guid = ?", (card("recall:uv"),)).fetchone()
    assert tags == " tellapart::retired "


def test_several_decks_go_into_one_package(gulls: Path) -> None:
    other = gulls.parent / "other"
    other.mkdir()
    (other / "deck.yaml").write_text(FRAME.replace("id: sample", "id: other"), encoding="utf-8")
    (other / "facts.yaml").write_text(GULLS, encoding="utf-8")
    with progress() as store:
        answer(store, HOOK, BEGIN)
        answer(store, HOOK, BEGIN, deck="other", uuid="x")  # at the same millisecond, which Anki's log cannot hold
    one = cards_of(exported(gulls))
    both = cards_of(exported(gulls, other, "--progress", to="both.apkg"))
    assert len(both) == 2 * len(one)
    assert both[card(HOOK)][3] == both[guid_of("other", HOOK)][3] == 1
    twin = gulls.parent / "twin"
    twin.mkdir()
    for each in gulls.glob("*.yaml"):
        (twin / each.name).write_bytes(each.read_bytes())
    assert "both have the deck id" in refused(2, "export", "anki", gulls, twin, "-o", gulls.parent / "x.apkg")


def test_progress_goes_along_without_practice_and_with_what_is_suspended(gulls: Path) -> None:
    """What was undone, drilled, examined, probed, or answered again the same day is no review."""
    with progress() as store:
        answer(store, HOOK, BEGIN)
        answer(store, HOOK, BEGIN + 3_600_000, Rating.AGAIN)  # the same day
        late = answer(store, HOOK, BEGIN + 5 * DAY)
        for place, mode in enumerate((Mode.DRILL, Mode.EXAM, Mode.PROBE)):
            answer(store, SPOT, BEGIN + place, counts=False, mode=mode)
        undone = answer(store, CAP, BEGIN)
        store.undo(undone.uuid, _stamp("u1"))
        store.suspend("sample", HOOK, _stamp("s1"))
        store.suspend("sample", "recall:uv", _stamp("s2"))
        due = day_to_date(store.memories("sample")[HOOK].due)
    path = gulls.parent / "out.apkg"
    result = quiz("export", "anki", gulls, "-o", path, "--progress")
    assert "the progress of 1 card; 2 that you suspended" in result.output
    assert 'tick "Import any learning progress"' in result.output
    assert "quiz import progress" in result.output
    found = cards_of(path)
    first_day = day_to_date(_EPOCH // 86_400)
    assert found[card(HOOK)] == (2, -1, (due - first_day).days, 2)
    assert found[card("recall:uv")][:2] == (0, -1)
    assert found[card(SPOT)][0] == found[card(CAP)][0] == 0
    with inside(path) as database:
        assert [id for (id,) in database.execute("SELECT id FROM revlog ORDER BY id")] == [BEGIN, late.time]


def test_the_due_day_is_the_one_shown_here_though_the_retention_wanted_has_changed(gulls: Path) -> None:
    with progress() as store:
        answer(store, HOOK, BEGIN)
        due = store.memories("sample")[HOOK].due
    assert quiz("config", "retention", "0.8").exit_code == 0
    assert cards_of(exported(gulls, "--progress"))[card(HOOK)][2] == due - _EPOCH // 86_400


def test_an_export_with_progress_writes_no_progress(gulls: Path) -> None:
    exported(gulls, "--progress")
    assert not (Path(os.environ["QUIZ_HOME"]) / "progress.db").exists()


def test_progress_of_a_renamed_card_goes_along_before_the_rename_was_adopted(gulls: Path) -> None:
    with progress() as store:
        answer(store, HOOK, BEGIN)
    exported(gulls)
    (gulls / "facts.yaml").write_text(GULLS.replace("  hook:\n", "  bill:\n    was: [hook]\n"), encoding="utf-8")
    assert cards_of(exported(gulls, "--progress"))[card(HOOK)][3] == 1


def _stamp(uuid: str):  # type: ignore[no-untyped-def]
    from quiz.memory import Stamp

    return Stamp(uuid, "d", BEGIN, 0, BEGIN // DAY)


def test_wrong_exports_are_refused_in_one_line(gulls: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.apkg"
    assert "should end in .apkg" in refused(2, "export", "anki", gulls, "-o", tmp_path / "x.zip")
    assert "should end in .apkg" in refused(2, "export", "anki", gulls, "-o", "/dev/full")
    assert "Missing option" in refused(2, "export", "anki", gulls)
    assert "no kind" in refused(2, "export", "anki", gulls, "-o", out, "--kind", "riddle")
    assert "moa" in refused(2, "export", "anki", gulls, "-o", out, "--only", "moa")
    assert "nothing to export" in refused(2, "export", "anki", gulls, "-o", out, "--kind", "number")
    refused(2, "export", "anki", tmp_path / "nowhere", "-o", out)
    refused(2, "export", "anki", "no-such-deck", "-o", out)
    refused(2, "export", "mochi", gulls, "-o", out)
    assert not out.exists()


def test_places_that_cannot_be_written_are_told_in_one_line(gulls: Path, tmp_path: Path) -> None:
    assert "cannot be written" in refused(3, "export", "anki", gulls, "-o", tmp_path / "missing" / "x.apkg")
    (tmp_path / "folder.apkg").mkdir()
    assert "cannot be written" in refused(3, "export", "anki", gulls, "-o", tmp_path / "folder.apkg")
    (tmp_path / "file").write_text("x")
    assert "cannot be written" in refused(3, "export", "anki", gulls, "-o", tmp_path / "file" / "x.apkg")


def test_a_file_that_is_not_from_here_is_never_overwritten(gulls: Path, tmp_path: Path) -> None:
    """Such as the package in which Anki hands back what was learned."""
    back = exported(gulls)
    with zipfile.ZipFile(back, "a") as archive:
        archive.writestr("meta", b"\x08\x02")
    before = back.read_bytes()
    assert "not from here" in refused(2, "export", "anki", gulls, "-o", back)
    assert back.read_bytes() == before
    (tmp_path / "notes.apkg").write_text("my notes")
    assert "not from here" in refused(2, "export", "anki", gulls, "-o", tmp_path / "notes.apkg")


def test_a_deck_with_problems_or_a_broken_lock_is_refused(gulls: Path) -> None:
    out = gulls.parent / "x.apkg"
    lock = gulls / "anki-lock.json"
    for text in ("{", "[" * 100_000, '{"notes": {"a": ["d", 1, "riddle", "s", "a"]}}',
                 '{"notes": {"a": ["d", 1e999, "choice", "s", "a"]}}', '{"notes": {"a": ["d", -1, "choice", "s", "a"]}}',
                 '{"notes": {"a": ["d", 99999999999999999999, "choice", "s", "a"]}}',
                 '{"notes": {"a": ["d", 1, "choice", "\\ud800", "a"]}}', "<<<<<<< HEAD"):  # fmt: skip
        lock.write_text(text, encoding="utf-8")
        assert "cannot be used" in refused(1, "export", "anki", gulls, "-o", out)
    lock.unlink()
    lock.mkdir()
    assert "cannot be used" in refused(1, "export", "anki", gulls, "-o", out)
    lock.rmdir()
    (gulls / "facts.yaml").write_text("facts: {x: 1}", encoding="utf-8")
    result = quiz("export", "anki", gulls, "-o", out)
    assert (result.exit_code, "Traceback" in result.output) == (1, False)


def test_a_deck_folder_that_cannot_be_written_is_exported_with_a_warning(
    gulls: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("quiz.anki.lock.write_lock", refuse)
    result = quiz("export", "anki", gulls, "-o", gulls.parent / "x.apkg")
    assert result.exit_code == 0
    assert "times of changed notes are not kept" in result.output
    assert (gulls.parent / "x.apkg").exists()


def test_an_interrupted_export_leaves_the_old_package_whole_and_nothing_beside_it(
    gulls: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = exported(gulls)
    before, beside = path.read_bytes(), set(gulls.parent.iterdir())

    def interrupt(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("quiz.anki.package._add", interrupt)
    result = quiz("export", "anki", gulls, "-o", path)
    assert result.exit_code == 130
    assert path.read_bytes() == before
    assert set(gulls.parent.iterdir()) == beside


SLOWLY = """
import sys, time
import quiz.anki.package as package
from quiz.cli.program import main
plain = package._card_row
def slow(*arguments):
    print("writing", flush=True)
    time.sleep(30)
    return plain(*arguments)
package._card_row = slow
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_while_writing_leaves_nothing_behind(gulls: Path, number: signal.Signals, code: int) -> None:
    beside = set(gulls.parent.iterdir())
    arguments = [sys.executable, "-c", SLOWLY, "export", "anki", str(gulls), "-o", str(gulls.parent / "x.apkg")]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "writing\n"
        running.send_signal(number)
        _, said = running.communicate(timeout=20)
    assert running.returncode == code, said
    assert "Traceback" not in said
    assert set(gulls.parent.iterdir()) == beside


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
@pytest.mark.parametrize("kilobytes", [1, 40, 80])
def test_a_disk_that_fills_up_is_told_in_one_line(gulls: Path, kilobytes: int) -> None:
    """Whether the lock file, the collection or the package no longer fits."""
    import resource

    def narrow() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, kilobytes * 1024))

    path = gulls.parent / "x.apkg"
    done = subprocess.run(
        [sys.executable, "-c", "from quiz.cli import main; main()", "export", "anki", str(gulls), "-o", str(path)],
        preexec_fn=narrow, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert done.returncode == 3, (done.returncode, done.stderr)
    assert not path.exists()
    assert not [each for each in gulls.parent.iterdir() if each.name.startswith(".quiz-")]


# Import


def test_an_import_shows_first_then_does_it_and_the_second_time_adds_nothing(gulls: Path) -> None:
    with progress() as store:
        answer(store, HOOK, BEGIN)
    path = reviewed_there(exported(gulls, "--progress"), (HOOK, BEGIN + 9 * DAY, 1), (SPOT, BEGIN + 9 * DAY + 1, 3))
    before = logged()
    shown = quiz("import", "progress", path, gulls)
    assert shown.exit_code == 0, shown.output
    assert "3 reviews of these decks, 1 known already, 2 new" in shown.output
    assert "1 card seen for the first time" in shown.output
    assert "Nothing was changed yet" in shown.output
    assert logged() == before
    done = quiz("import", "progress", path, gulls, "--apply")
    assert done.exit_code == 0, done.output
    assert shown.output.splitlines()[:3] == done.output.splitlines()[:3]
    (backup,) = (Path(os.environ["QUIZ_HOME"]) / "backups").glob("before-import-*")
    assert backup.name in done.output
    assert logged() == before + 2
    with progress() as store:
        assert {name: memory.reviews for name, memory in store.memories("sample").items()} == {HOOK: 2, SPOT: 1}
    again = quiz("import", "progress", path, gulls, "--apply")
    assert "3 known already, 0 new" in again.output
    assert logged() == before + 2
    for command in (
        ("stats", gulls),
        ("confusions", gulls),
        ("card", HOOK, gulls),
        ("report", gulls, "-o", gulls.with_name("report.html")),
    ):
        result = quiz(*command)
        assert "Traceback" not in result.output
        assert result.exception is None or isinstance(result.exception, SystemExit)


def test_an_import_without_any_progress_shows_what_it_would_bring(gulls: Path) -> None:
    path = reviewed_there(exported(gulls), (SPOT, BEGIN, 3))
    result = quiz("import", "progress", path, gulls)
    assert "1 review of these decks, 0 known already, 1 new" in result.output
    assert not (Path(os.environ["QUIZ_HOME"]) / "progress.db").exists()


def test_a_dry_run_counts_a_card_whose_rename_was_not_adopted_as_seen(gulls: Path) -> None:
    with progress() as store:
        answer(store, HOOK, BEGIN)
    path = reviewed_there(exported(gulls, "--progress"), (HOOK, BEGIN + 9 * DAY, 3))
    (gulls / "facts.yaml").write_text(GULLS.replace("  hook:\n", "  bill:\n    was: [hook]\n"), encoding="utf-8")
    shown = quiz("import", "progress", path, gulls)
    assert "1 known already, 1 new" in shown.output
    assert "0 cards seen for the first time, 1 due later" in shown.output
    done = quiz("import", "progress", path, gulls, "--apply")
    assert shown.output.splitlines()[:3] == done.output.splitlines()[:3]


def test_what_was_undone_or_reset_here_does_not_come_back(gulls: Path) -> None:
    with progress() as store:
        one = answer(store, HOOK, BEGIN)
        answer(store, SPOT, BEGIN + 1)
    path = exported(gulls, "--progress")
    with progress() as store:
        store.undo(one.uuid, _stamp("u1"))
        store.reset("sample", {SPOT: _stamp("r1")._replace(time=BEGIN + 2)})
    assert "2 known already, 0 new" in quiz("import", "progress", path, gulls, "--apply").output


def test_a_failing_import_changes_nothing(gulls: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One transaction: all of it or nothing."""
    with progress() as store:
        answer(store, HOOK, BEGIN)
    path = reviewed_there(exported(gulls), (SPOT, BEGIN, 3), (CAP, BEGIN + 1, 3))
    before = logged()
    from quiz.store import deriving

    plain, calls = deriving.append, iter(range(4))

    def fails_in_the_end(*arguments: object) -> None:
        if next(calls) == 3:  # two were tried out, and one written
            raise sqlite3.OperationalError("disk I/O error")
        plain(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(deriving, "append", fails_in_the_end)
    result = quiz("import", "progress", path, gulls, "--apply")
    assert result.exit_code == 3, result.output
    assert logged() == before


def test_wrong_imports_are_refused_in_one_line(gulls: Path, tmp_path: Path) -> None:
    assert "does not exist" in refused(2, "import", "progress", tmp_path / "none.apkg", gulls)
    assert "is a directory" in refused(2, "import", "progress", tmp_path, gulls)
    (tmp_path / "text.apkg").write_text("no package")
    assert "no Anki package" in refused(2, "import", "progress", tmp_path / "text.apkg", gulls)
    refused(2, "import", "progress", "/dev/null", gulls)
    refused(2, "import", "progress", exported(gulls), "no-such-deck")
    refused(2, "import", "memories", exported(gulls))
    os.mkfifo(tmp_path / "pipe.apkg")
    assert "is no file" in refused(2, "import", "progress", tmp_path / "pipe.apkg", gulls)
    assert "no reviews of these decks" in quiz("import", "progress", exported(gulls), gulls).output


def test_progress_that_is_no_database_is_refused(gulls: Path) -> None:
    path = reviewed_there(exported(gulls), (SPOT, BEGIN, 3))
    home = Path(os.environ["QUIZ_HOME"])
    home.mkdir(exist_ok=True)
    (home / "progress.db").write_bytes(b"junk" * 1000)
    refused(3, "import", "progress", path, gulls, "--apply")
    refused(3, "export", "anki", gulls, "-o", path.with_name("y.apkg"), "--progress")


def test_a_name_with_escape_sequences_is_shown_without_them(gulls: Path) -> None:
    path = reviewed_there(exported(gulls), (SPOT, BEGIN, 3)).rename(gulls.parent / "x\x1b[31m\n.apkg")
    output = quiz("import", "progress", path, gulls).output
    assert "\x1b" not in output
    path.write_bytes(b"no package")
    assert "\x1b" not in refused(2, "import", "progress", path, gulls)
