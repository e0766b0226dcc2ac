"""The note types are frozen: what is spelled out here has gone out to learners and must never change."""

from __future__ import annotations

import re

import pytest

from quiz.anki.notetypes import NOTE_TYPES, TEMPLATES, NoteType, style

FROZEN = {
    "choice": (
        "tellapart choice",
        1_795_000_001,
        "Id | About | Stem | Order | A | B | C | D | E | Reason A | Reason B | Reason C | Reason D | Reason E | "
        "Source A | Source B | Source C | Source D | Source E | Key | Answer | Kind | Notice | "
        "Spare 1 | Spare 2 | Spare 3 | Spare 4",
    ),
    "recall": (
        "tellapart recall",
        1_795_000_002,
        "Id | About | Stem | Reply | Also | Reason | Source | Kind | Notice | Spare 1 | Spare 2 | Spare 3 | Spare 4",
    ),
    "cloze": (
        "tellapart cloze",
        1_795_000_003,
        "Id | About | Text | Also | Reason | Source | Kind | Notice | Spare 1 | Spare 2 | Spare 3 | Spare 4",
    ),
    "table": (
        "tellapart contrast table",
        1_795_000_004,
        "Id | About | Stem | Left | Right | Rows | Feature | Left cell | Right cell | Left answer | Right answer | "
        "Answer | Reason | Source | Kind | Notice | Spare 1 | Spare 2 | Spare 3 | Spare 4",
    ),
}

each_type = pytest.mark.parametrize("type_", NOTE_TYPES, ids=lambda type_: type_.key)


def test_names_ids_and_fields_are_those_that_went_out_first() -> None:
    """Anki makes a second note type of one whose fields or templates differ, and known notes stop updating."""
    assert {each.key: (each.name, each.id, " | ".join(each.fields)) for each in NOTE_TYPES} == FROZEN
    assert [each.key for each in NOTE_TYPES if each.is_cloze] == ["cloze"]


def test_ids_of_fields_and_templates_are_those_that_went_out_first() -> None:
    for number, type_ in enumerate(NOTE_TYPES, 1):
        ids = [type_.field_id(place) for place in range(len(type_.fields))]
        assert ids == list(range(179_500_000_000 + number * 100, 179_500_000_000 + number * 100 + len(type_.fields)))
        assert type_.template_id == 179_500_000_099 + number * 100
        assert type_.template_id not in ids


@each_type
def test_templates_name_only_fields_that_there_are(type_: NoteType) -> None:
    for text in (type_.front, type_.back):
        named = {each.rpartition(":")[2] for each in re.findall(r"\{\{[#/^]?([^}]*)\}\}", text)}
        assert named
        assert named <= set(type_.fields)
        assert "Spare" not in text


@each_type
def test_conditions_in_templates_are_closed_in_order(type_: NoteType) -> None:
    for text in (type_.front, type_.back):
        opened: list[str] = []
        for sign, name in re.findall(r"\{\{([#^/])([^}]*)\}\}", text):
            if sign == "/":
                assert opened.pop() == name
            else:
                opened.append(name)
        assert not opened


@each_type
def test_the_front_keeps_reply_reason_and_source_to_itself(type_: NoteType) -> None:
    named = set(re.findall(r"\{\{(?:#|cloze:)?([^:}]*)\}\}", type_.front))
    for word in ("Answer", "Reply", "Reason", "Source", "Key", "Also"):
        assert not any(name.startswith(word) for name in named), word


@each_type
def test_the_back_shows_reasons_sources_and_the_notice(type_: NoteType) -> None:
    wanted = {name for name in type_.fields if name.startswith(("Reason", "Source", "Notice"))}
    assert wanted <= set(re.findall(r"\{\{([^}]*)\}\}", type_.back))


def test_both_sides_of_a_choice_run_the_same_script() -> None:
    (choice,) = (each for each in NOTE_TYPES if each.key == "choice")
    front, back = (re.findall(r"<script>(.*?)</script>", text, re.DOTALL) for text in (choice.front, choice.back))
    assert front == back
    assert len(front) == 1


def test_the_script_declares_nothing_outside_its_one_function() -> None:
    """What a card declares at the top level is still there at the next, which then fails to declare it again."""
    text = (TEMPLATES / "choice.js").read_text(encoding="utf-8")
    bare = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).strip()
    assert bare.startswith("(function () {")
    assert bare.endswith("}());")
    outside = [line for line in bare.splitlines()[1:-1] if line and not line.startswith(" ")]
    assert outside == []
    assert not re.search(r"\b(let|const|class)\b\s+\w", bare)
    assert "{{" not in text  # Anki would take it for a field


@each_type
def test_nothing_is_asked_of_the_network(type_: NoteType) -> None:
    for text in (type_.front, type_.back, style()):
        assert not re.search(r"https?:|//\w|@import|url\(|\bsrc\s*=|\bhref\s*=|\bfetch\b", text)
