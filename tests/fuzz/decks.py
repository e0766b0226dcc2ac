"""Decks: a sound one with parts of its tree exchanged, or with its bytes damaged."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from quiz.anki.exporting import description, entries
from quiz.anki.lock import locked, read_lock
from quiz.anki.notes import notes
from quiz.cli.open import material_of
from quiz.errors import DeckError
from quiz.loader import load
from quiz.questions import cards
from quiz.report import study_sheet
from quiz.yamltree import Mapping, Node, Scalar, read
from tests.conftest import FRAME
from tests.fuzz import garbage
from tests.fuzz.markup import PAGE, ROWS, inert, inert_field
from tests.fuzz.program import call
from tests.fuzz.target import FindError, Input, Target
from tests.fuzz.watching import harmless
from tests.questions.conftest import GULLS, WADERS
from tests.sample import DECK

CHECKED = 4
"""Of so many sound decks, one goes through `quiz check` as well, which takes longer than all else."""


@cache
def trees() -> tuple[Any, ...]:
    return tuple(_joined(parts) for parts in ((DECK,), (FRAME, GULLS), (FRAME, WADERS)))


def _joined(parts: tuple[str, ...]) -> dict[str, Any]:
    """The sections of several texts in one tree; those that stand in two of them are joined."""
    tree: dict[str, Any] = {}
    for part in parts:
        root, problems = read(part.encode(), "part")
        assert not problems
        for section, inside in _plain(root).items():
            tree[section] = {**tree[section], **inside} if section in tree else inside
    return tree


def _plain(node: Node | None) -> Any:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {key.text: _plain(value) for key, value in node.entries}
    return [_plain(each) for each in node.items] if node else None


def written(tree: Any) -> str:
    """A tree in YAML's braces and brackets, every text quoted."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{written(key)}: {written(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(written, tree)) + "]"
    return "'" + str(tree).replace("'", "''") + "'"


def _spots(node: Any) -> list[tuple[Any, Any]]:
    """Every place in the tree: what holds it, and the key or index."""
    keys = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    return [spot for key in keys for spot in ((node, key), *_spots(node[key]))]


def _copied(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _copied(value) for key, value in node.items()}
    return [_copied(each) for each in node] if isinstance(node, list) else node


def _exchanged(chance: Random, tree: Any) -> Any:
    """The tree with a few of its parts changed: mostly texts, so that many of these decks are sound."""
    for _ in range(chance.choice((1, 1, 2, 4, 12))):
        spots = _spots(tree)
        if not spots:
            break
        holder, key = chance.choice(spots)
        value = holder[key]
        match chance.randrange(10):
            case 0:
                del holder[key]
            case 1:
                other, place = chance.choice(spots)
                holder[key] = _copied(other[place])
            case 2 if isinstance(holder, dict):
                holder[garbage.printable(chance) or "x"] = holder.pop(key)
            case 3:
                holder[key] = chance.choice(([], {}, [value], {"x": _copied(value)}, [[[[[[[[[[[[[[]]]]]]]]]]]]]]))
            case 4 if isinstance(value, str):
                holder[key] = value + garbage.text(chance)
            case _ if isinstance(value, str):
                holder[key] = chance.choice(("{} {}", "{}{}", "{1}{0}", "{0} {1}.")).format(
                    value, garbage.printable(chance)
                )
            case _:
                continue
    return tree


def draw(chance: Random) -> Input:
    """The bytes of a deck's one file, and of its lock file where it has one."""
    tree = _exchanged(chance, _copied(chance.choice(trees())))
    data = written(tree).encode("utf-8", "surrogatepass")
    if chance.random() < 0.3:
        data = garbage.damaged(chance, chance.choice((data, DECK.encode(), (FRAME + WADERS).encode())))
    lock = b""
    if chance.random() < 0.15:
        stem, kind = garbage.text(chance), chance.choice(("choice", "recall", "cloze", "table", garbage.text(chance)))
        entry = ["retired", chance.choice((1, -1, 10**30, 1.5, True)), kind, stem, garbage.text(chance)]
        card = chance.choice(("gone", garbage.text(chance)))
        lock = json.dumps({chance.choice(("notes", "given", card)): {card: entry}}).encode()
        lock = garbage.damaged(chance, lock) if chance.random() < 0.3 else lock
    return data, lock


def run(given: Input, folder: Path) -> None:
    """Load it; where it is sound, make notes and a study sheet of it, and now and then check and study it."""
    data, lock = given
    deck_folder = folder / "deck"
    shutil.rmtree(deck_folder, ignore_errors=True)
    deck_folder.mkdir()
    (deck_folder / "deck.yaml").write_bytes(data)
    if lock:
        (deck_folder / "anki-lock.json").write_bytes(lock)
    deck, problems = load(deck_folder)
    if (deck is None) != bool(problems):
        raise FindError("neither a deck nor a problem")
    for problem in map(str, problems):
        harmless(problem)
        if "\n" in problem or len(problem) > 1000:
            raise FindError(f"a problem that is no line of bearable length: {problem[:300]!r}")
    if deck is None:
        return
    with suppress(DeckError):
        material = material_of(deck)
        made = list(notes(material, cards(material)))
        before = {}
        with suppress(DeckError):
            before = read_lock(deck_folder)
        for entry in entries(deck, made, locked(before, made, 1_790_000_000), {}, whole=True):
            if '"' in entry.note.fields["Id"]:
                raise FindError(f"an id ends the attribute it stands in: {entry.note.fields['Id']}")
            for name, value in entry.note.fields.items():
                inert_field(
                    value.replace("{{c1::", "").replace("}}", "") if name == "Text" else value,
                    ROWS if name == "Rows" else {},
                )
        inert_field(description(deck), {"p": frozenset(), "ul": frozenset(), "li": frozenset()})
        subjects = list(deck.subjects.values())
        if len(subjects) > 1:
            inert(study_sheet(material, *subjects[:2]), PAGE)
    if sum(data) % CHECKED == 0:
        call(["check", str(deck_folder)])
        call(["study", str(deck_folder), "--new", "3"], b"a\nx\n:why\nb\n:quit\n")


DECKS = Target("deck", 8000, draw, run)
