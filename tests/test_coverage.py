"""Maps of sources: what each paragraph gave follows from the citations, and what does not fit is a problem of the deck."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from quiz.cache.compiled import Compiled, keep, recall
from quiz.coverage import cites_of, coverage, facts_from
from quiz.deck import Citation, Deck, Paragraph, Place, Silence
from quiz.loader import load
from tests.sample import DECK

MAP = """
paragraphs:
  book:
    Teals ¶1: the wing of teals
    Teals ¶2: their crown
    Teals ¶3: {topic: how they swim}
    Teals ¶4: how they fly
    Teals ¶5: their call
    Teals ¶6: their weight
    Teals ¶7: {topic: where to look for teals, none: advice}
    Smews ¶1: the crest of smews
    Smews ¶2: how they swim
    Smews ¶3: how they fly
"""


def problems_of(folder: Path, text: str, deck: str = DECK) -> list[str]:
    """The problems of the sample deck with this map, named by file and line."""
    (folder / "deck.yaml").write_text(deck, encoding="utf-8")
    (folder / "map.yaml").write_text(text, encoding="utf-8")
    _, problems = load(folder)
    return [str(problem).replace(f"{folder}/", "") for problem in problems]


def line_of(text: str, part: str) -> int:
    return text.count("\n", 0, text.index(part)) + 1


def test_a_paragraph_is_read_with_its_spot_topic_and_reason(tmp_path: Path) -> None:
    """The topic alone stands for a mapping with nothing else."""
    assert problems_of(tmp_path, MAP) == []
    deck, _ = load(tmp_path)
    assert deck is not None
    file = deck.paragraphs["book"].place.path
    paragraphs = deck.paragraphs["book"].paragraphs
    assert len(paragraphs) == 10
    assert paragraphs[0] == Paragraph(Citation("book", "Teals", "1"), "the wing of teals", Place(file, 4))
    assert paragraphs[2].topic == "how they swim"
    assert paragraphs[6].none is Silence.ADVICE


def test_facts_of_a_paragraph_follow_from_what_they_cite(tmp_path: Path) -> None:
    """In the order of the deck, readings of disputed and dated matters included, each fact once."""
    facts = """
features:
  moult:
    aspect: sign
    noun: an early moult
    disputed:
      teal:
        says: The books disagree on the moult.
        readings:
          - {says: It is early., cite: [book Teals ¶1, book Teals ¶3]}
          - {says: It is late., cite: [manual Teals ¶2, book Teals ¶2]}
    present:
      smew:
        says: Smews moult early.
        cite: manual Smews ¶2
        dated: {says: They moult late., cite: book Smews ¶1}
"""
    (tmp_path / "more.yaml").write_text(facts, encoding="utf-8")
    assert problems_of(tmp_path, MAP) == []
    deck, _ = load(tmp_path)
    assert deck is not None
    found = {each.at.spot: facts for each, facts in coverage(deck)["book"]}
    assert found["Teals ¶1"] == ("green-wing.teal", "moult.teal")
    assert found["Teals ¶2"] == ("crest.teal", "moult.teal")
    assert found["Smews ¶1"] == ("crest.smew", "moult.smew")
    assert found["Teals ¶7"] == ()
    assert len(list(cites_of(deck.facts["moult.teal"]))) == 4
    assert facts_from(deck) == {"book": 11, "manual": 3}


def test_a_deck_without_maps_is_sound_and_covers_nothing(deck_of: Callable[[str], Deck]) -> None:
    """The section is optional."""
    deck = deck_of("facts: {x: {says: Gulls fly., cite: book Gulls ¶1}}")
    assert coverage(deck) == {}
    assert facts_from(deck) == {"book": 1, "manual": 0}


def test_a_reference_needs_no_map_but_may_have_one(tmp_path: Path) -> None:
    """Only given sources must be mapped."""
    assert problems_of(tmp_path, f"{MAP}  manual:\n    Smews ¶1: the wing of smews\n") == []


# What stands in the map, what is put in its place, on which line (that of the first text there), what is said of it.
FLAWS = {
    "a paragraph with neither fact nor reason": (
        "{topic: where to look for teals, none: advice}",
        "where to look for teals",
        "Teals ¶7",
        'paragraphs "book": "Teals ¶7" gives no fact: cite it from one, or say why under "none"',
    ),
    "a reason although a fact cites the paragraph": (
        "{topic: how they swim}",
        "{topic: how they swim, none: slogan}",
        "Teals ¶3",
        'paragraphs "book": "Teals ¶3" is said to give none (slogan), but "swimming.teal" cites it (deck.yaml:32): mend one',
    ),
    "an unknown reason": (
        "none: advice",
        "none: boring",
        "Teals ¶7",
        'paragraphs "book": "Teals ¶7": "none" must be one of advice, slogan, signpost, reader comment, page furniture, '
        'presupposing heading, repeats another paragraph, list lost in extraction, not "boring"',
    ),
    "an unknown key": (
        "none: advice",
        "nnoe: advice",
        "Teals ¶7",
        'paragraphs "book": "Teals ¶7": unknown key "nnoe" (did you mean "none"?)',
    ),
    "no topic": (
        "Teals ¶6: their weight",
        "Teals ¶6:",
        "Teals ¶6",
        "the topic is empty: write something or take it out",
    ),
    "a spot without a section": (
        "Teals ¶7: {",
        "¶7: {",
        "¶7",
        'paragraphs "book": "¶7" is no spot: write section, "¶" and paragraph, as in "cite"',
    ),
    "a spot without a paragraph": (
        "Teals ¶7: {",
        "Teals: {",
        "Teals: {",
        'paragraphs "book": "Teals" is no spot: write section, "¶" and paragraph, as in "cite"',
    ),
    "a spot that stands twice": (
        "Teals ¶7: {",
        "Teals ¶6: {",
        "Teals ¶6: {",
        'the key "Teals ¶6" stands here a second time (first on line 9)',
    ),
    "a list": (MAP[MAP.index("    Teals ¶1") :], "    [Teals ¶1]", "    [Teals", "must be a mapping"),
}


@pytest.mark.parametrize("flaw", FLAWS)
def test_a_flaw_of_a_map_is_a_problem_at_its_line(flaw: str, tmp_path: Path) -> None:
    """Each with what to do about it."""
    old, new, part, message = FLAWS[flaw]
    assert MAP.count(old) == 1
    text = MAP.replace(old, new)
    found = problems_of(tmp_path, text)
    at = [problem for problem in found if problem.startswith(f"map.yaml:{line_of(text, part)}: ")]
    assert any(message in problem for problem in at), found


def test_a_spot_that_the_map_lacks_is_a_problem_at_the_fact(tmp_path: Path) -> None:
    """A misspelt citation is found where it stands, and the spot that was meant is named."""
    deck = DECK.replace("cite: book Teals ¶5", "cite: book Tesls ¶5")
    found = problems_of(tmp_path, MAP, deck)
    message = 'fact "whistle.teal": cites "Tesls ¶5", which is not in the map of "book" (map.yaml:3)'
    assert any(f"deck.yaml:{line_of(deck, 'Tesls')}: {message} (did you mean " in problem for problem in found)
    assert any('"Teals ¶5" gives no fact' in problem for problem in found)
    assert len(found) == 2


def test_a_given_source_needs_a_map_where_another_has_one(tmp_path: Path) -> None:
    """Half a map would hide what was passed over."""
    text = "paragraphs:\n  manual:\n    Smews ¶1: the wing of smews\n"
    message = 'source "book": is given and has no map: list its paragraphs in the section "paragraphs"'
    assert problems_of(tmp_path, text) == [f"deck.yaml:4: {message}"]


def test_a_map_of_an_unknown_source_is_a_problem(tmp_path: Path) -> None:
    """With the source that was probably meant."""
    found = problems_of(tmp_path, MAP.replace("  book:", "  boook:"))
    assert 'map.yaml:3: paragraphs "boook": unknown source "boook" (did you mean "book"?)' in found


def test_a_source_is_mapped_once(tmp_path: Path) -> None:
    """Two maps of one source could not be told in order."""
    (tmp_path / "twin.yaml").write_text(MAP, encoding="utf-8")
    found = problems_of(tmp_path, MAP)
    assert 'twin.yaml:3: paragraphs "book": the id stands a second time (first at map.yaml:3): give it another' in found


def test_a_map_comes_back_from_the_cache_as_it_was(tmp_path: Path) -> None:
    """Its nouns are among those that may be unpickled."""
    assert problems_of(tmp_path, MAP) == []
    deck, _ = load(tmp_path)
    assert deck is not None
    keep(tmp_path / "cache", "ducks", Compiled(deck, ()))
    back = recall(tmp_path / "cache", "ducks")
    assert back is not None
    assert repr(back.deck.paragraphs) == repr(deck.paragraphs)
