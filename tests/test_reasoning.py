"""Claims are known true or false only by the rules, and silence is unknown."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent

import pytest
from hypothesis import given

from quiz.conflicts import conflicts
from quiz.deck import Deck, Strength
from quiz.questions.material import Material
from quiz.questions.rivals import rivals
from quiz.reasoning import Knowledge
from quiz.verdict import Rule, Verdict
from tests.strategies import decks

ReadDeck = Callable[[str], Deck]

BIRDS = """
subjects:
  owl: {group: birds, name: owl, short: owls}
  barn-owl: {group: birds, name: barn owl, short: barn owls, kind_of: owl}
  eagle-owl: {group: birds, name: eagle owl, short: eagle owls, kind_of: owl}
  hawk: {group: birds, name: hawk, short: hawks}
  pellet: {group: birds, name: owl pellet, short: owl pellets, manifestation_of: owl}
features:
  plumage: {aspect: sign, noun: plumage of any kind, umbrella: yes}
  ear-tufts:
    aspect: sign
    noun: ear tufts
    broader: [plumage]
    present:
      eagle-owl: {says: Eagle owls have ear tufts., cite: book Owls ¶2, strength: often}
  silent-flight:
    aspect: sign
    noun: silent flight
    present:
      owl: {says: Every owl flies silently., cite: book Owls ¶1, strength: every}
  night-hunting:
    aspect: sign
    noun: hunting at night
    present:
      owl: {says: Many owls hunt at night., cite: book Owls ¶1, strength: often}
  tooth:
    aspect: sign
    noun: a tooth in the beak
    absent:
      owl: {says: Owls have no tooth in the beak., cite: book Owls ¶3}
  notched-tooth:
    aspect: sign
    noun: a notched tooth
    broader: [tooth]
  webbed-feet: {aspect: sign, noun: webbed feet}
  scales:
    aspect: sign
    noun: scales on the feet
    not-always:
      hawk: {says: Not every hawk shows scales., cite: book Hawks ¶1}
  soaring:
    aspect: sign
    noun: soaring flight
    disputed:
      hawk:
        says: The books disagree on soaring.
        readings:
          - {says: Hawks soar., cite: book Hawks ¶2}
          - {says: Hawks do not soar., cite: manual Hawks ¶1}
  four-eggs:
    aspect: sign
    noun: clutches of four
    present:
      hawk: {says: A hawk lays four eggs., cite: book Hawks ¶4, strength: every}
  six-eggs:
    aspect: sign
    noun: clutches of six
    present:
      barn-owl: {says: A barn owl lays six eggs., cite: book Owls ¶4, strength: every}
  migration:
    aspect: sign
    noun: migration
    present:
      hawk:
        says: Hawks migrate to the moon.
        cite: book Hawks ¶5
        strength: every
        dated: {says: Hawks do not migrate to the moon., cite: manual Hawks ¶2}
closures:
  owls-on-land: {subject: owl, says: Owls live on land only., cite: book Owls ¶5, excludes: [webbed-feet]}
apart:
  clutch: {says: Hawks lay four eggs and barn owls six., cite: book Eggs ¶1, values: {hawk: four-eggs, barn-owl: six-eggs}}
more-often:
  night: {feature: night-hunting, in: owl, than: hawk, says: Owls hunt at night more often than hawks., cite: book Owls ¶6}
"""


@pytest.fixture
def birds(deck_of: ReadDeck) -> Knowledge:
    return Knowledge(deck_of(BIRDS))


@pytest.mark.parametrize(
    ("subject", "feature", "verdict", "rule"),
    [
        ("owl", "silent-flight", Verdict.TRUE, Rule.STATED),
        ("owl", "tooth", Verdict.FALSE, Rule.STATED),
        ("owl", "webbed-feet", Verdict.FALSE, Rule.CLOSED),
        ("hawk", "six-eggs", Verdict.FALSE, Rule.APART),
        ("barn-owl", "four-eggs", Verdict.FALSE, Rule.APART),
        ("barn-owl", "silent-flight", Verdict.TRUE, Rule.INHERITED),  # what holds for every case runs down
        ("barn-owl", "tooth", Verdict.FALSE, Rule.INHERITED),  # absence runs down the kinds
        ("barn-owl", "webbed-feet", Verdict.FALSE, Rule.INHERITED),  # and so does a closure
        ("owl", "notched-tooth", Verdict.FALSE, Rule.INHERITED),  # absence runs down the features
        ("barn-owl", "notched-tooth", Verdict.FALSE, Rule.INHERITED),  # down both
        ("owl", "ear-tufts", Verdict.TRUE, Rule.INHERITED),  # what a kind can have runs up
        ("eagle-owl", "plumage", Verdict.TRUE, Rule.INHERITED),  # presence runs up the features
        ("owl", "six-eggs", Verdict.TRUE, Rule.INHERITED),
        ("barn-owl", "night-hunting", Verdict.UNKNOWN, None),  # "often" never runs down
        ("barn-owl", "ear-tufts", Verdict.UNKNOWN, None),  # nor does what only a sister has
        ("pellet", "silent-flight", Verdict.UNKNOWN, None),  # a manifestation inherits nothing
        ("pellet", "tooth", Verdict.UNKNOWN, None),
        ("hawk", "tooth", Verdict.UNKNOWN, None),  # silence
        ("hawk", "night-hunting", Verdict.UNKNOWN, None),  # "more often in owls" is no absence from hawks
        ("hawk", "scales", Verdict.UNKNOWN, None),  # "not every" is no absence
        ("hawk", "soaring", Verdict.UNKNOWN, None),  # disputed
        ("hawk", "migration", Verdict.UNKNOWN, None),  # dated
        ("hawk", "notched-tooth", Verdict.UNKNOWN, None),
    ],
)
def test_verdict_and_rule(birds: Knowledge, subject: str, feature: str, verdict: Verdict, rule: Rule | None) -> None:
    """Each rule gives its verdict, and within its limits only."""
    judgement = birds.judge(subject, feature)
    assert judgement.verdict is verdict
    assert (judgement.ground.rule if judgement.ground else None) is rule
    assert bool(judgement.ground) != bool(judgement.note)


def test_what_runs_up_from_a_kind_is_never_more_than_can(birds: Knowledge) -> None:
    """Every barn owl lays six eggs; of owls it only follows that some do."""
    ground = birds.judge("owl", "six-eggs").ground
    assert ground is not None
    assert ground.strength is Strength.CAN


def test_a_ground_names_the_facts_and_the_step(birds: Knowledge) -> None:
    """An inherited verdict cites the fact it comes from and says how."""
    ground = birds.judge("barn-owl", "tooth").ground
    assert ground is not None
    assert ground.ids == ("tooth.owl",)
    assert ground.text == "Owls have no tooth in the beak. That goes for barn owls too, as a kind of owls."


def test_unknown_says_why(birds: Knowledge) -> None:
    """Dispute, a dated statement and plain silence are told apart."""
    assert "disagree" in birds.judge("hawk", "soaring").note
    assert "no longer held" in birds.judge("hawk", "migration").note
    assert "No source of this deck" in birds.judge("hawk", "tooth").note
    assert "Not every hawk" in birds.judge("hawk", "scales").note


@given(deck=decks())
def test_what_is_known_of_a_subject_is_all_that_can_be_judged_of_it(deck: Deck) -> None:
    """No feature that is known true or false is missing from the list, and none is in it that is not; in deck order."""
    knowledge = Knowledge(deck)
    for subject in deck.subjects:
        decided = [f for f in deck.features if Knowledge(deck).judge(subject, f).verdict is not Verdict.UNKNOWN]
        assert list(knowledge.known(subject)) == decided


def test_relatives_are_no_rivals(birds: Knowledge) -> None:
    """A kind or manifestation is never weighed against what it belongs to; its sisters are."""
    pairs = set(rivals(Material(birds)))
    assert ("barn-owl", "eagle-owl") in pairs
    assert ("owl", "hawk") in pairs
    assert not pairs & {("owl", "barn-owl"), ("owl", "pellet")}


def test_comparison_sorts_features(birds: Knowledge) -> None:
    """Side by side: what only one has needs a known absence; half-known stays apart."""
    known = birds.compare("barn-owl", "hawk")
    assert known.only_a == ("six-eggs",)
    assert known.only_b == ("four-eggs",)
    assert "silent-flight" in known.half_a
    assert known.both == ()


def test_overlapping_features(birds: Knowledge) -> None:
    """A feature overlaps with itself and with what contains it."""
    assert birds.hierarchy.overlap("notched-tooth", "tooth")
    assert birds.hierarchy.overlap("tooth", "notched-tooth")
    assert birds.hierarchy.overlap("tooth", "tooth")
    assert not birds.hierarchy.overlap("tooth", "ear-tufts")


def test_no_conflicts_in_a_consistent_deck(birds: Knowledge) -> None:
    """A deck whose facts agree has no conflict."""
    assert conflicts(birds) == ()


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        (
            """
            closures:
              c: {subject: hawk, says: Hawks are plain., cite: book Hawks ¶1, excludes: [tuft]}
            features:
              tuft:
                aspect: sign
                noun: a tuft
              red-tuft:
                aspect: sign
                noun: a red tuft
                broader: [tuft]
                present:
                  hawk: {says: Hawks have a red tuft., cite: book Hawks ¶2}
            """,
            "red-tuft",
        ),
        (
            """
            features:
              tuft:
                aspect: sign
                noun: a tuft
                absent:
                  hawk: {says: Hawks have no tuft., cite: book Hawks ¶1}
                present:
                  kite: {says: Kites have a tuft., cite: book Kites ¶1}
            """,
            "tuft",
        ),
        (
            """
            features:
              tuft:
                aspect: sign
                noun: a tuft
                present:
                  hawk: {says: Every hawk has a tuft., cite: book Hawks ¶1, strength: every}
                absent:
                  kite: {says: Kites have no tuft., cite: book Kites ¶1}
            """,
            "tuft",
        ),
    ],
    ids=["narrower against closure", "kind against parent", "parent's every case against kind"],
)
def test_conflicts_are_found_through_inheritance(deck_of: ReadDeck, facts: str, place: str) -> None:
    """A contradiction that only reasoning brings out is a problem with its place."""
    subjects = """
subjects:
  hawk: {group: birds, name: hawk, short: hawks}
  kite: {group: birds, name: kite, short: kites, kind_of: hawk}
"""
    problems = conflicts(Knowledge(deck_of(subjects + dedent(facts))))
    assert len(problems) == 1
    assert f'"{place}"' in problems[0].message
    assert problems[0].place.line > 1
