"""The map of the shipped deck's sources has every paragraph of the documents it was made from, in order, by its spot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

import pytest

from quiz.deck import Silence
from quiz.loader import load

FOLDER = Path(__file__).parents[2] / "decks" / "lupus-look-alikes"
DOCUMENTS = Path(__file__).parents[3] / "shared" / "sources"


class Layout(NamedTuple):
    """How a document is divided, since its headings came down as plain lines or not at all.

    ``headings`` are whole lines that open a section, but for a colon at their end. ``openings`` are the first words of
    lines that open a section, their heading lost, and belong to it. ``table`` names the section of a table, whose rows
    begin with the words in ``rows``. ``item`` is what an item of a list is called. ``telling`` are headings that say
    something themselves, and count.
    """

    headings: Mapping[str, str]
    openings: Mapping[str, str]
    item: str = "item"
    table: str = ""
    rows: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()


def itself(*headings: str) -> dict[str, str]:
    """Sections that are called as their headings are."""
    return {heading: heading for heading in headings}


FAQ = {
    "Why is MS an autoimmune disease?": "Questions / Why is MS an autoimmune disease?",
    "How is MS different from other autoimmune diseases?": "Questions / How is MS different?",
    "Does MS show up in blood work?": "Questions / Does MS show up in blood work?",
}
LAYOUTS = {
    "smart-living-2009": Layout(
        headings=itself("Multiple Sclerosis", "How to Know Which You Have"),
        openings={
            "You could earn": "Page head",
            "Lupus, also known": "Opening",
            "More from Smarty": "Page foot",
            "• I have had": "Reader comments",
            "Comment on the": "Page foot",
        },
    ),
    "fibromyalgia-lupus": Layout(headings=itself("What is the Fibromyalgia Lupus Connection?"), openings={}),
    "mnt-ms-ss": Layout(
        headings={
            "Multiple sclerosis": "… / Multiple sclerosis",
            "Systemic sclerosis": "… / Systemic sclerosis",
            "Medical treatments": "… / Medical treatments",
            "Other therapies": "… / Other therapies",
            "Limited cutaneous SS": "… / Limited cutaneous SS",
            "Diffuse SS": "… / Diffuse SS",
            **FAQ,
        },
        openings={
            "Multiple sclerosis (MS) causes": "Opening",
            "Below is an overview of both": "Overview",
            "The following table": "Comparison table",
            "• Below is an overview": "Symptoms",
            "The different treatment": "Treatment",
            "The relative causes": "Causes",
            "For both MS and SS": "Diagnosis",
            "The relative outlooks": "Outlook",
            "As MS and SS affect": "Progression",
            "Although there are cases": "MS and SS together",
            "Below are frequently": "Questions",
            "Both MS and SS are": "Summary",
        },
        item="list item",
        table="Comparison table",
        rows=("Symptoms", "Treatments", "Causes", "Diagnosis"),
        telling=("Why is MS an autoimmune disease?", "How is MS different from other autoimmune diseases?"),
    ),
    "lupus-back-pain-2025": Layout(
        headings=itself(
            "Lupus and Back Pain: Understanding the Connection and Finding Relief",
            "The Multifaceted Relationship Between Lupus and Back Pain",
            "Diagnosing Lupus-Related Back Pain",
            "Managing Lupus-Related Back Pain",
            "Living with Lupus and Back Pain",
        ),
        openings={"close": "Page head", "Related Posts": "Page foot"},
    ),
    "lupus-nerve-pain-page": Layout(
        headings=itself(
            "Does Lupus Cause Nerve Pain?",
            "The Direct Link Between Lupus and Nerve Damage",
            "Specific Types of Nerve Involvement",
            "Confirming the Diagnosis",
            "Managing Neuropathic Pain in Lupus",
            "Pharmacological Management",
            "Supportive Therapies",
        ),
        openings={},
    ),
}


def spots(document: str, layout: Layout) -> Iterator[str]:
    """The spot of each paragraph of a document, and of each list whose items were lost.

    An item within an item belongs to that; a row takes in all of its cells. Headings are no paragraphs.
    """
    section = part = ""  # a heading "… / Causes" stands below the part opened last
    count: Counter[tuple[str, str]] = Counter()
    margin = 0  # the indent of the items of the list at hand
    lines = [line for line in document.splitlines() if line.strip()]
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        words = line.strip()
        if heading := layout.headings.get(words.rstrip(":")):
            section = heading.replace("…", part)
            if words in layout.telling:
                yield f"{section} ¶heading"
            continue
        opened = next((name for start, name in layout.openings.items() if words.startswith(start)), None)
        is_item = words.startswith("•")
        if opened and opened != part:
            section = part = opened
            is_item = is_item and following.strip().startswith("•")  # a lone bullet is left over from the table
        plain = words.removeprefix("•").strip()
        if layout.table and section == layout.table and not opened:
            if plain in layout.rows:
                yield f"{section} ¶row {plain}"
            elif not is_item:
                yield f"{section} ¶head"
            continue
        indent = len(line) - len(line.lstrip())
        if is_item:
            margin = margin or indent
            if indent <= margin:
                count[section, "item"] += 1
                yield f"{section} ¶{layout.item} {count[section, 'item']}"
            continue
        margin = 0
        count[section, ""] += 1
        yield f"{section} ¶{count[section, '']}"
        if words.endswith(":") and not following.strip().startswith("•") and section != layout.table:
            yield f"{section} ¶list"


def found(layout: Layout) -> list[str]:
    """The documents in which every heading and every opening of the layout stands."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(DOCUMENTS.glob("*.txt"))]
    whole = [{line.strip().rstrip(":") for line in text.splitlines()} for text in texts]
    return [
        text
        for text, lines in zip(texts, whole, strict=True)
        if lines >= set(layout.headings)
        and all(any(line.startswith(start) for line in lines) for start in layout.openings)
    ]


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the source documents are not at hand")
def test_the_map_has_every_paragraph_of_each_document() -> None:
    """Counted in the documents themselves: the same spots, in the same order, none more and none less."""
    deck, problems = load(FOLDER)
    assert problems == ()
    assert deck is not None
    assert len(list(DOCUMENTS.glob("*.txt"))) == len(LAYOUTS)
    seen = []
    for source, layout in LAYOUTS.items():
        documents = found(layout)
        assert len(documents) == 1, source
        seen += documents
        counted = list(spots(documents[0], layout))
        assert counted == [each.at.spot for each in deck.paragraphs[source].paragraphs], source
    assert len(set(seen)) == len(LAYOUTS)


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the source documents are not at hand")
@pytest.mark.parametrize("source", LAYOUTS)
def test_no_line_of_a_document_escapes_the_count(source: str) -> None:
    """Each line is a heading, a paragraph, an item, or part of a row or item: a new line anywhere changes the count."""
    [document] = found(LAYOUTS[source])
    lines = document.splitlines()
    counted = list(spots(document, LAYOUTS[source]))
    for number, line in enumerate(lines):
        if (
            line.strip()
            and not line.strip().startswith("•")
            and line.strip().rstrip(":") not in LAYOUTS[source].headings
        ):
            longer = [*lines[: number + 1], "One paragraph more.", *lines[number + 1 :]]
            if LAYOUTS[source].table and any(row in line for row in (*LAYOUTS[source].rows, "sclerosisSystemic")):
                continue  # within the table, a line is a cell
            assert len(list(spots("\n".join(longer), LAYOUTS[source]))) > len(counted), line


def test_lost_lists_and_reader_comments_give_nothing() -> None:
    """No items were made up for a list that was lost, and no reader is cited."""
    deck, _ = load(FOLDER)
    assert deck is not None
    all_of_them = [each for mapped in deck.paragraphs.values() for each in mapped.paragraphs]
    lost = [each for each in all_of_them if each.at.paragraph == "list"]
    comments = [each for each in all_of_them if each.at.section == "Reader comments"]
    assert len(lost) == 4
    assert len(comments) == 6
    assert {each.none for each in lost} == {Silence.LOST}
    assert {each.none for each in comments} == {Silence.COMMENT}


def test_topics_are_short() -> None:
    """Two to six words of our own; one word will do where it is the thing itself."""
    deck, _ = load(FOLDER)
    assert deck is not None
    topics = [each.topic for mapped in deck.paragraphs.values() for each in mapped.paragraphs]
    assert [topic for topic in topics if len(topic.split()) > 6] == []


def test_how_a_document_is_counted() -> None:
    """Paragraphs and items below their heading; an inner item belongs to the outer one; a lost list has its spot."""
    document = """
        Head:
        One line.

        Kinds:
          • an item
            • an item within
          • another

        Such are:
        A paragraph after a list that was lost.
        The rows follow:
        MaleFemale
        Size
          • large
          • small
        • Voice
          • loud
        • A part that opens below a table.
        Below
        Its own.
    """
    layout = Layout(
        headings={"Head": "Head", "Below": "… / Below"},
        openings={"The rows": "Table", "• A part": "Part"},
        item="list item",
        table="Table",
        rows=("Size", "Voice"),
    )
    assert list(spots(dedent(document), layout)) == [
        "Head ¶1",
        "Head ¶2",
        "Head ¶list item 1",
        "Head ¶list item 2",
        "Head ¶3",
        "Head ¶list",
        "Head ¶4",
        "Table ¶1",
        "Table ¶head",
        "Table ¶row Size",
        "Table ¶row Voice",
        "Part ¶1",
        "Part / Below ¶1",
    ]
