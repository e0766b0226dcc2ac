"""Two subjects side by side, at any width."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.deck import Deck
from quiz.questions.material import Material
from quiz.reasoning import Knowledge
from quiz.terminal.style import width
from quiz.terminal.table import comparison

DECK = """
aspects:
  habit: {noun: habit, plural: habits, statement: "{Feature} can be seen in {subject}."}
  colour: {noun: colour, plural: colours, statement: "{Feature} can be seen in {subject}."}
subjects:
  gull: {group: birds, name: herring gull, short: gulls}
  tern: {group: birds, name: common tern, short: terns}
features:
  hook:
    aspect: sign
    noun: a hooked bill
    present: {gull: {says: Gulls have it., cite: book Gulls ¶1}}
    absent: {tern: {says: Terns have not., cite: manual Terns ¶1}}
  fork:
    aspect: sign
    noun: a deeply forked tail
    present: {tern: {says: Terns have it., cite: book Terns ¶2}}
    absent: {gull: {says: Gulls have not., cite: book Gulls ¶2}}
  white: {aspect: sign, noun: a white belly, present: {gull: {says: It is white., cite: book Gulls ¶3}, tern: {says: It is white., cite: book Terns ¶3, strength: rarely}}}
  hovering: {aspect: habit, noun: hovering, present: {tern: {says: Terns hover., cite: book Terns ¶4}}}
  begging: {aspect: habit, noun: begging for food, present: {gull: {says: Gulls beg., cite: book Gulls ¶4, strength: rarely}}}
  feet: {aspect: sign, noun: feet, umbrella: yes, present: {gull: {says: They have feet., cite: book Gulls ¶5}}}
more-often:
  flight: {feature: white, in: gull, than: tern, says: A white belly is met more often in gulls., cite: book Plates ¶1}
"""


@pytest.fixture
def material(deck_of: Callable[[str, str], Deck]) -> Material:
    from tests.conftest import FRAME

    aspects, rest = DECK.split("subjects:", 1)
    frame = FRAME.rstrip() + "\n" + aspects.strip().removeprefix("aspects:").strip("\n") + "\n"
    return Material(Knowledge(deck_of("subjects:" + rest, frame)))


def table(material: Material, columns: int = 80, *, cite: bool = False) -> list[str]:
    gull, tern = material.deck.subjects.values()
    return list(comparison(material, gull, tern, columns, cite=cite))


def test_a_comparison(material: Material) -> None:
    """What only one has side by side, what both have, what is known of one alone, and what is more often in one."""
    assert table(material, 75) == [
        "            herring gull                    common tern",
        "",
        "Signs",
        "  only one  a hooked bill                   a deeply forked tail",
        "  both      a white belly (rarely in terns)",
        "",
        "Habits",
        "  not known begging for food (rarely in gulls) (gulls yes, terns unknown)",
        "            hovering (terns yes, gulls unknown)",
        "",
        "More often in one",
        "            A white belly is met more often in gulls.",
    ]


def test_in_a_narrow_terminal_one_stands_below_the_other(material: Material) -> None:
    """Where there is no room for two columns, each line still says whose it is."""
    lines = table(material, 40)
    assert lines[:7] == [
        "herring gull and common tern",
        "",
        "Signs",
        "  only gulls",
        "    a hooked bill",
        "  only terns",
        "    a deeply forked tail",
    ]


def test_sources_are_shown_on_demand(material: Material) -> None:
    """Each line with the citations of all that it rests on."""
    lines = " ".join(" ".join(table(material, 110, cite=True)).split())
    assert "a white belly (rarely in terns) [Sample Press 2020, “Gulls” ¶3, “Terns” ¶3]" in lines
    assert not any("Sample Press" in line for line in table(material))


def test_umbrella_features_and_empty_aspects_are_left_out(material: Material) -> None:
    """They would say nothing that tells the two apart."""
    text = "\n".join(table(material))
    assert "feet" not in text
    assert "Colours" not in text


def test_the_other_way_round_the_sides_change(material: Material) -> None:
    """The first subject stands on the left."""
    gull, tern = material.deck.subjects.values()
    first, *_ = comparison(material, tern, gull, 80, cite=False)
    assert first.split() == ["common", "tern", "herring", "gull"]


def renamed(material: Material, word: str) -> Material:
    """The same deck with a word in the place of every text."""
    deck = material.deck
    return Material(
        Knowledge(
            deck._replace(
                aspects={id: each._replace(plural=word) for id, each in deck.aspects.items()},
                subjects={id: each._replace(name=word, short=word) for id, each in deck.subjects.items()},
                features={id: each._replace(noun=word) for id, each in deck.features.items()},
                facts={id: each._replace(text=word) for id, each in deck.facts.items()},
                sources={id: each._replace(publisher=word) for id, each in deck.sources.items()},
            )
        )
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.integers(20, 200),
    st.booleans(),
    st.one_of(
        st.text(st.sampled_from("ab é漢字한́ -"), min_size=1, max_size=50),
        st.sampled_from(["x" * 120, "漢" * 70, "very " * 30]),
    ),
)
def test_no_line_is_wider_than_the_terminal(material: Material, columns: int, cite: bool, word: str) -> None:
    """Long words and wide characters too, with sources and without."""
    assert max(width(line) for line in table(renamed(material, word), columns, cite=cite)) <= columns


@pytest.mark.parametrize("columns", [30, 100])
def test_no_escape_of_a_deck_reaches_the_terminal(material: Material, columns: int) -> None:
    """Whatever a text holds, the table is text only."""
    lines = "\n".join(table(renamed(material, "\x1b]0;owned\x07\x1b[2J\x9b31mred\u202e"), columns, cite=True))
    assert "red" in lines
    assert not set(lines) & set("\x1b\x9b\x07\u202e")
