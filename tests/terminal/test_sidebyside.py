"""Two subjects side by side after a mix-up: the missed feature first and marked, right at any width."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from quiz.deck import Deck
from quiz.questions import Material
from quiz.reasoning import Knowledge
from quiz.terminal.sidebyside import groups, lines, sentences
from quiz.terminal.style import Style, width
from quiz.terminal.text import Page

FRAME = """
deck: {id: sample, version: 1.0.0, title: Sample, licence: MIT, notice: For study.}
sources:
  book: {tier: given, title: The Book, publisher: Sample Press, date: 2020-01-01}
groups:
  birds: {noun: bird, plural: birds}
aspects:
  sign: {noun: sign, plural: signs, statement: "{Feature} can be seen in {subject}."}
  habit: {noun: habit, plural: habits, statement: "{Feature} is a habit of {subject}."}
"""

DECK = """
subjects:
  gull: {group: birds, name: gull, short: gulls}
  tern: {group: birds, name: tern, short: terns}
  auk: {group: birds, name: auk, short: auks}
features:
  hook:
    aspect: sign
    noun: a hooked bill with a red spot near its tip
    present: {gull: {says: Gulls have a hook., cite: book Gulls ¶1}}
    absent: {tern: {says: Terns have no hook., cite: book Terns ¶1}}
  hood:
    aspect: sign
    noun: a brown hood
    present: {gull: {says: Gulls have a hood., cite: book Gulls ¶2, weight: core}}
    absent: {tern: {says: Terns have no hood., cite: book Terns ¶2}}
  fork:
    aspect: sign
    noun: a forked tail
    present: {tern: {says: Terns have a fork., cite: book Terns ¶3}}
    absent: {gull: {says: Gulls have no fork., cite: book Gulls ¶3}}
  flight:
    aspect: sign
    noun: strong flight
    present:
      gull: {says: Gulls fly well., cite: book Gulls ¶4}
      tern: {says: Terns fly well., cite: book Terns ¶4}
  colony:
    aspect: habit
    noun: nesting in colonies
    present:
      gull: {says: Gulls nest together., cite: book Gulls ¶5}
      tern: {says: Terns nest together., cite: book Terns ¶5}
  diving:
    aspect: habit
    noun: diving for fish
    present:
      gull: {says: Gulls dive at times., cite: book Gulls ¶6}
      tern: {says: Terns dive., cite: book Terns ¶6}
  scavenging:
    aspect: habit
    noun: scavenging
    present: {gull: {says: Gulls eat what they find., cite: book Gulls ¶7, weight: core}}
    absent: {tern: {says: Terns eat no refuse., cite: book Terns ¶8}}
  fast-flight:
    aspect: sign
    noun: fast flight
    broader: [flight]
    present:
      gull: {says: Gulls fly fast., cite: book Gulls ¶9}
      tern: {says: Terns fly fast., cite: book Terns ¶9}
  whistle:
    aspect: sign
    noun: a whistle
    present: {gull: {says: Gulls whistle., cite: book Gulls ¶8}}
more-often:
  divers: {feature: diving, in: tern, than: gull, says: Terns dive more often than gulls., cite: book Terns ¶7}
"""

PLAIN, COLOURED = Style(False), Style(True)


@pytest.fixture
def birds(deck_of: Callable[..., Deck]) -> Material:
    return Material(Knowledge(deck_of(DECK, FRAME)))


def test_what_is_known_is_sorted_by_whose_it_is_with_the_missed_first(birds: Material) -> None:
    """Then its aspect, and core before detail; what is known of one alone, or oftener in one, is left out."""
    assert groups(birds, "gull", "tern", "hook") == (
        ("only gulls", ("hook", "hood", "scavenging")),
        ("both", ("flight", "colony")),
        ("only terns", ("fork",)),
    )


def test_the_aspect_of_the_missed_feature_comes_first(birds: Material) -> None:
    """Habits first where a habit was missed, though a sign is core too."""
    only, both, _ = groups(birds, "gull", "tern", "colony")
    assert (only.features, both.features) == (("scavenging", "hood", "hook"), ("colony", "flight"))


def test_what_was_asked_for_is_shown_beside_what_was_missed(birds: Material) -> None:
    """Even where there is room for one only."""
    found = groups(birds, "gull", "tern", "flight", beside=("hook",), most=1)
    assert [each.features for each in found] == [("hook",), ("flight",), ("fork",)]


def test_what_is_only_oftener_in_one_is_told_where_it_was_missed(birds: Material) -> None:
    """It is in none of the three groups."""
    assert groups(birds, "gull", "tern", "diving")[3:] == (("more often terns", ("diving",)),)
    assert "More often terns" in "\n".join(lines(birds, "gull", "tern", "diving", Page(80, PLAIN)))


def test_of_features_that_are_much_alike_one_is_shown(birds: Material) -> None:
    """The one missed, whichever it is."""
    assert groups(birds, "gull", "tern", "fast-flight")[1].features == ("fast-flight", "colony")
    assert groups(birds, "gull", "tern", "flight")[1].features == ("flight", "colony")


@pytest.mark.parametrize("missed", ["", "gone"])
def test_without_a_missed_feature_nothing_is_marked(birds: Material, missed: str) -> None:
    """The two still stand side by side."""
    shown = "\n".join(lines(birds, "gull", "tern", missed, Page(80, PLAIN)))
    assert "a forked tail" in shown and "this one" not in shown


def test_where_the_response_named_no_feature_the_one_asked_about_is_marked(birds: Material) -> None:
    """As in a statement on where it is met more often."""
    shown = lines(birds, "gull", "tern", "", Page(80, PLAIN), beside=("diving",))
    assert shown[-1].startswith("   More often terns   ") and shown[-1].endswith("← this one")
    assert sentences(birds, "gull", "tern", "", beside=("diving",))[-1].startswith("The one just missed: ")


def test_where_nothing_is_known_nothing_is_shown(birds: Material) -> None:
    """No empty table."""
    assert lines(birds, "gull", "auk", "", Page(80, PLAIN)) == []
    assert sentences(birds, "gull", "auk", "") == []


def test_on_80_columns_a_group_is_a_row(birds: Material) -> None:
    """Under a line that names the two; the one missed is marked in words."""
    assert lines(birds, "gull", "tern", "hook", Page(80, PLAIN)) == [
        " Gulls | both | Terns",
        "   Only gulls   a hooked bill with a red spot near its tip ← this one",
        "     a brown hood · scavenging",
        "   Both   strong flight · nesting in colonies",
        "   Only terns   a forked tail",
    ]


def test_on_a_narrow_screen_a_group_stands_below_its_label(birds: Material) -> None:
    """Where the label would take half the line."""
    assert lines(birds, "gull", "tern", "fork", Page(24, PLAIN))[-3:] == [
        "   Only terns",
        "     a forked tail",
        "     ← this one",
    ]


def test_on_200_columns_the_groups_stand_beside_each_other(birds: Material) -> None:
    """No wider than is easy to read."""
    head, first, *_ = lines(birds, "gull", "tern", "flight", Page(200, PLAIN))
    assert re.split(r"\s{2,}", head.strip()) == ["Gulls", "both", "Terns"]
    assert re.split(r"\s{2,}", first.strip()) == ["a brown hood", "strong flight ← this one", "a forked tail"]


@pytest.mark.parametrize("columns", [20, 40, 80, 99, 100, 200])
@pytest.mark.parametrize("missed", ["hook", "flight", "fork", "diving", ""])
@pytest.mark.parametrize("style", [PLAIN, COLOURED], ids=["plain", "coloured"])
def test_no_line_is_wider_than_the_screen_nor_than_is_easy_to_read(
    birds: Material, columns: int, missed: str, style: Style
) -> None:
    """At any width, whatever was missed, and colours take no room."""
    shown = [re.sub(r"\x1b\[\d+m", "", each) for each in lines(birds, "gull", "tern", missed, Page(columns, style))]
    assert max(map(width, shown)) <= min(columns, 90)


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_the_one_missed_is_coloured_too(birds: Material, columns: int) -> None:
    """And nothing else is in that colour."""
    shown = "\n".join(lines(birds, "gull", "tern", "flight", Page(columns, COLOURED)))
    assert [each.strip() for each in re.findall(r"\x1b\[35m([^\x1b]*)", shown)] == ["strong flight ← this one"]


def test_in_sentences_for_reading_aloud(birds: Material) -> None:
    """No signs, no columns."""
    assert sentences(birds, "gull", "tern", "hook") == [
        "Only gulls: a hooked bill with a red spot near its tip; a brown hood; scavenging.",
        "Both: strong flight; nesting in colonies.",
        "Only terns: a forked tail.",
        "The one just missed: a hooked bill with a red spot near its tip.",
    ]


def test_no_escape_of_a_deck_gets_through(birds: Material) -> None:
    """Names and nouns are shown without what could steer the terminal."""
    evil, deck = "\x1b[2J\x9b31m\u202e", birds.deck
    deck = deck._replace(
        subjects={id: each._replace(short=each.short + evil) for id, each in deck.subjects.items()},
        features={id: each._replace(noun=each.noun + evil) for id, each in deck.features.items()},
    )
    material = Material(Knowledge(deck))
    shown = [*sentences(material, "gull", "tern", "hook")]
    for columns in (40, 80, 200):
        shown += lines(material, "gull", "tern", "hook", Page(columns, PLAIN))
    assert not set("".join(shown)) & set("\x1b\x9b\u202e")
