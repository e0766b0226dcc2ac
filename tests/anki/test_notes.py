"""Cards become notes: one each, in a type that never changes, with everything escaped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from quiz.anki.notes import Note, guid_of, notes
from quiz.anki.notetypes import CHOICE, CLOZE, RECALL, TABLE
from quiz.deck import Deck
from quiz.questions import Material, cards
from quiz.reasoning import Knowledge
from tests.anki.conftest import GULLS


def by_card(made: list[Note]) -> dict[str, Note]:
    return {note.card: note for note in made}


def test_every_card_gives_one_note(material: Material, made: list[Note]) -> None:
    assert Counter(note.card for note in made) == Counter(card.id for card in cards(material))
    assert len({note.guid for note in made}) == len(made)


def test_the_guid_hangs_on_deck_and_card_alone() -> None:
    """Two decks may have cards of one name, and two teachers decks of one card."""
    assert guid_of("birds", "pair:a~b:c") == guid_of("birds", "pair:a~b:c")
    assert len({guid_of("birds", "x"), guid_of("bird", "sx"), guid_of("fish", "x")}) == 3


def test_texts_of_the_deck_are_escaped(made: list[Note]) -> None:
    """Angle brackets of a fact are shown, not read as HTML."""
    note = by_card(made)["pair:gull~tern:hook"]
    assert note.type is CHOICE
    key = note.fields["Key"]
    assert "&lt;hooked&gt; &amp; strong" in note.fields[f"Reason {key}"]
    shown = [value for each in made for name, value in each.fields.items() if name != "Rows"]
    assert not [value for value in shown if re.search(r"<(?!/?(tr|th|td)\b)", value)]


def test_a_choice_explains_every_option(made: list[Note]) -> None:
    for note in made:
        if note.type is CHOICE:
            options = [letter for letter in "ABCDE" if note.fields.get(letter)]
            assert len(options) >= 2
            assert all(note.fields[f"Reason {letter}"] and note.fields[f"Source {letter}"] for letter in options)
            assert note.fields[note.fields["Key"]] == note.fields["Answer"]


def test_true_and_false_keep_their_order(made: list[Note]) -> None:
    orders = {note.fields["Kind"]: note.fields["Order"] for note in made if note.type is CHOICE}
    assert orders.pop("true-false", "fixed") == "fixed"
    assert set(orders.values()) == {"drawn"}


def test_short_gaps_are_typed_and_long_ones_are_clozes(made: list[Note]) -> None:
    found = by_card(made)
    assert found["recall:uv"].type is RECALL
    assert found["recall:uv"].fields["Reply"] == "ultraviolet"
    assert found["recall:moult"].type is CLOZE
    assert (
        found["recall:moult"].fields["Text"]
        == "Gulls renew their plumage in {{c1::a slow and complete moult}} over months."
    )


def test_a_note_keeps_the_type_and_the_name_under_which_it_went_out(material: Material) -> None:
    """Even when the card could now be asked better: Anki cannot change the type of a note."""
    card = next(card for card in cards(material) if card.id == "pair:gull~tern:hook")
    before = {"pair:gull~tern:beak": "table"}
    (note,) = notes(material, [card._replace(was=("pair:gull~tern:beak",))], types=before)
    assert (note.type, note.name, note.card) == (TABLE, "pair:gull~tern:beak", card.id)
    assert note.guid == guid_of("sample", "pair:gull~tern:beak")


def test_a_table_hides_one_cell(material: Material) -> None:
    """The marked row has one cell shown and one hidden; the answer is what the hidden one says."""
    for card in cards(material):
        if card.id.startswith("pair:"):
            (note,) = notes(material, [card], types={card.id: "table"})
            shown = [note.fields["Left cell"], note.fields["Right cell"]]
            answers = [note.fields["Left answer"], note.fields["Right answer"]]
            hidden = shown.index("?")
            assert shown[1 - hidden] == answers[1 - hidden]
            assert note.fields["Answer"] == answers[hidden] in ("yes", "no")


def test_core_comes_first_and_what_is_not_core_is_extra(made: list[Note]) -> None:
    extras = [note.is_extra for note in made]
    assert extras == sorted(extras)
    assert not by_card(made)["pair:gull~tern:hook"].is_extra
    assert by_card(made)["pair:gull~tern:spot"].is_extra


def test_tags_and_decks_name_group_pair_aspect_and_kind(made: list[Note]) -> None:
    note = by_card(made)["pair:gull~tern:hook"]
    assert note.path == ("Sample", "Birds", "gulls – terns")
    assert "tellapart::sample::aspect::sign" in note.tags
    assert "tellapart::sample::kind::contrast" in note.tags
    assert "tellapart::sample::subject::gull" in note.tags
    assert not [tag for each in made for tag in each.tags if " " in tag]


def test_extras_are_tagged_and_sources_are_named_by_tier(made: list[Note]) -> None:
    """So that a learner can suspend extras, or search by source."""
    assert {note.is_extra for note in made} == {True, False}
    assert all(("tellapart::sample::extra" in note.tags) is note.is_extra for note in made)
    tags = by_card(made)["pair:gull~tern:hook"].tags
    assert "tellapart::sample::source::given::book" in tags
    assert "tellapart::sample::source::reference::manual" in tags


def test_two_colons_in_a_name_begin_no_deck_of_their_own(deck_of: Callable[[str], Deck]) -> None:
    deck = deck_of(GULLS.replace("short: gulls", 'short: "std::gull"'))
    made = notes(Material(Knowledge(deck)), cards(Material(Knowledge(deck))))
    paths = {note.path for note in made if note.card.startswith("pair:")}
    assert paths == {("Sample", "Birds", "std∷gull – terns")}


def test_brackets_that_anki_reads_as_sound_or_latex_are_escaped(deck_of: Callable[[str], Deck]) -> None:
    deck = deck_of(GULLS.replace("Gulls have a red spot.", "'Gulls have a [sound:x.mp3] [$]red[/$] spot.'"))
    material = Material(Knowledge(deck))
    text = "".join(value for note in notes(material, cards(material)) for value in note.values)
    assert "[" not in text
    assert "&#91;sound:x.mp3]" in text
