"""The note types, frozen for good: a field or template added, renamed or moved would fork them in every collection.

So each has spare fields, and all ids are constants. Texts of templates and style may change: they do not fork.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

TEMPLATES = Path(__file__).with_name("templates")
MODIFIED = 1_795_000_000
"""When templates or style last changed, in seconds since 1970. Anki overwrites a learner's own style with a newer one
only, so this moves when a template changes and not at every export."""

_SPARE = tuple(f"Spare {number}" for number in range(1, 5))
_LETTERS = "ABCDE"


class NoteType(NamedTuple):
    """A note type: its name and id in Anki, its fields in order, and its texts."""

    key: str
    name: str
    id: int
    fields: tuple[str, ...]
    is_cloze: bool = False

    @property
    def front(self) -> str:
        """The template of the question side."""
        return _text(self.key, "front.html")

    @property
    def back(self) -> str:
        """The template of the answer side."""
        return _text(self.key, "back.html")

    def field_id(self, place: int) -> int:
        """The id of the field at that place: constant, so that Anki knows the field again."""
        return self.id * 100 + place

    @property
    def template_id(self) -> int:
        """The id of the one template."""
        return self.id * 100 + 99


CHOICE = NoteType(
    key="choice",
    name="tellapart choice",
    id=1_795_000_001,
    fields=(
        *("Id", "About", "Stem", "Order", *_LETTERS),
        *(f"Reason {letter}" for letter in _LETTERS),
        *(f"Source {letter}" for letter in _LETTERS),
        *("Key", "Answer", "Kind", "Notice", *_SPARE),
    ),
)
RECALL = NoteType(
    key="recall",
    name="tellapart recall",
    id=1_795_000_002,
    fields=("Id", "About", "Stem", "Reply", "Also", "Reason", "Source", "Kind", "Notice", *_SPARE),
)
CLOZE = NoteType(
    key="cloze",
    name="tellapart cloze",
    id=1_795_000_003,
    fields=("Id", "About", "Text", "Also", "Reason", "Source", "Kind", "Notice", *_SPARE),
    is_cloze=True,
)
TABLE = NoteType(
    key="table",
    name="tellapart contrast table",
    id=1_795_000_004,
    fields=(
        *("Id", "About", "Stem", "Left", "Right", "Rows", "Feature", "Left cell", "Right cell"),
        *("Left answer", "Right answer", "Answer", "Reason", "Source", "Kind", "Notice", *_SPARE),
    ),
)
NOTE_TYPES = (CHOICE, RECALL, CLOZE, TABLE)


@cache
def style() -> str:
    """The style sheet that all note types share."""
    return (TEMPLATES / "style.css").read_text(encoding="utf-8")


@cache
def _text(key: str, side: str) -> str:
    """A template; where it says so, the script stands that both sides share."""
    text = (TEMPLATES / key / side).read_text(encoding="utf-8")
    script = TEMPLATES / f"{key}.js"
    if script.exists():
        text = text.replace(f"<!-- script: {key} -->", f"<script>\n{script.read_text(encoding='utf-8')}</script>")
    return text
