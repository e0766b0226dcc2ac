"""Gaps are the unknown claims that a further source could settle, the most valuable first."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import indent

import pytest

from quiz.deck import Deck
from quiz.gaps import Gap, gaps
from quiz.questions.material import Material
from quiz.reasoning import Knowledge

SUBJECTS = """
subjects:
  gull: {group: birds, name: herring gull, short: gulls}
  tern: {group: birds, name: common tern, short: terns}
  auk: {group: birds, name: little auk, short: auks}
features:
"""
HAVE = "{{says: They have it., cite: book Here ¶1}}"
LACK = "{{says: They have not., cite: book Here ¶2}}"
DISPUTED = """\
  disputed:
    auk:
      says: The sources disagree here.
      readings: [{says: They have., cite: book Here ¶1}, {says: They have not., cite: manual Here ¶1}]
"""

Read = Callable[[str], tuple[Gap, ...]]


@pytest.fixture
def gaps_of(deck_of: Callable[[str], Deck]) -> Read:
    """The gaps of a deck of gulls, terns and auks with these features."""

    def read(features: str) -> tuple[Gap, ...]:
        return gaps(Material(Knowledge(deck_of(SUBJECTS + indent(features, "  ")))))

    return read


def feature(name: str, *, have: str = "", lack: str = "", more: str = "") -> str:
    """A feature with the subjects that have it, and those that lack it."""
    lines = [f"{name}:", "  aspect: sign", f"  noun: {name}"]
    for section, subjects, text in (("present", have, HAVE), ("absent", lack, LACK)):
        if subjects:
            lines += [f"  {section}:", *(f"    {subject}: {text.format()}" for subject in subjects.split())]
    return "\n".join(lines) + "\n" + more


def test_a_claim_known_of_a_rival_is_a_gap(gaps_of: Read) -> None:
    """Gulls have it, of the others nothing is known: known present would unlock a pair with gulls, and so would absent."""
    assert gaps_of(feature("x", have="gull")) == (
        Gap("auk", "x", if_present=2, if_absent=2, rivals=("gull",)),
        Gap("tern", "x", if_present=2, if_absent=2, rivals=("gull",)),
    )


def test_a_rival_that_lacks_it_counts_if_the_claim_is_present(gaps_of: Read) -> None:
    """Two that lack a feature are never asked about; one that has and one that lacks it are."""
    assert gaps_of(feature("x", have="gull", lack="tern")) == (
        Gap("auk", "x", if_present=4, if_absent=2, rivals=("gull",)),
    )


def test_the_gap_that_unlocks_most_comes_first(gaps_of: Read) -> None:
    """By questions unlocked, then by subject and feature."""
    found = gaps_of(feature("b", have="gull") + feature("c", have="gull tern") + feature("a", have="gull", lack="tern"))
    assert [(gap.subject, gap.feature, gap.if_present + gap.if_absent) for gap in found] == [
        ("auk", "c", 8),
        ("auk", "a", 6),
        ("auk", "b", 4),
        ("tern", "b", 4),
    ]
    assert found[0].rivals == ("gull", "tern")


@pytest.mark.parametrize("lack", ["gull", "gull tern", ""])
def test_where_no_rival_has_it_there_is_no_gap(gaps_of: Read, lack: str) -> None:
    """What no one has parts no one."""
    assert gaps_of(feature("x", lack=lack)) == ()


def test_a_known_claim_is_no_gap(gaps_of: Read) -> None:
    """Neither present nor absent."""
    assert gaps_of(feature("x", have="gull tern", lack="auk")) == ()


def test_umbrella_features_are_left_out(gaps_of: Read) -> None:
    """They are never an option, so knowing more of them unlocks nothing."""
    assert gaps_of(feature("x", have="gull", more="  umbrella: yes\n")) == ()


def test_a_disputed_claim_is_no_gap(gaps_of: Read) -> None:
    """Where the sources disagree, one more settles nothing; of terns the matter stays open."""
    assert [gap.subject for gap in gaps_of(feature("x", have="gull", more=DISPUTED))] == ["tern"]


@pytest.mark.parametrize("section", ["present", "absent"])
def test_a_dated_claim_is_no_gap(gaps_of: Read, section: str) -> None:
    """What the field has left behind is answered already; of terns the matter stays open."""
    dated = "{says: So it was held., cite: book Here ¶1, dated: {says: No longer., cite: manual Here ¶1}}"
    text = feature("x", have="gull") if section == "present" else feature("x", have="gull", more="  absent:\n")
    assert [gap.subject for gap in gaps_of(f"{text}    auk: {dated}\n")] == ["tern"]


def test_only_rivals_count(deck_of: Callable[[str], Deck]) -> None:
    """What a subject's own parent has, or a subject of another group, unlocks nothing."""
    deck = deck_of(
        """
        groups: {fish: {noun: fish, plural: fishes}}
        subjects:
          gull: {group: birds, name: gull, short: gulls}
          kittiwake: {group: birds, name: kittiwake, short: kittiwakes, kind_of: gull}
          cod: {group: fish, name: cod, short: cod}
        features:
          x: {aspect: sign, noun: x, present: {gull: {says: They have it., cite: book Here ¶1}}}
        """
    )
    assert gaps(Material(Knowledge(deck))) == ()
