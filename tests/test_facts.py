"""What each form of fact claims, whom it names, and what it was called before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quiz.deck import Claim, Deck
from quiz.facts import claims_of, former_ids, given_only, subjects_of

DECK = """
subjects:
  gull: {group: birds, name: herring gull, short: gulls}
  tern: {group: birds, name: common tern, short: terns, was: [sea-swallow, tarn]}
features:
  hook:
    aspect: sign
    noun: a hooked bill
    was: [beak]
    present:
      gull: {says: Gulls have it., cite: book Gulls ¶1}
    absent:
      tern: {says: Terns have not., cite: [book Terns ¶1, manual Terns ¶1], was: [straight-bill.tern]}
    not-always:
      tern: {says: Not all terns have it., cite: book Terns ¶1}
  song:
    aspect: sign
    noun: a song
    disputed:
      tern:
        says: The sources disagree whether terns sing.
        readings: [{says: They do., cite: book Terns ¶3}, {says: They do not., cite: manual Terns ¶3}]
  fork: {aspect: sign, noun: a forked tail, present: {tern: {says: Terns have it., cite: book Terns ¶1, strength: every}}}
  short-tail: {aspect: sign, noun: a short tail, present: {gull: {says: Gulls have it., cite: book Gulls ¶2, strength: every}}}
  diving: {aspect: sign, noun: diving}
  hovering: {aspect: sign, noun: hovering}
closures:
  no-dive: {subject: gull, says: Gulls stay out of it., cite: book Gulls ¶3, excludes: [diving, hovering], was: [dry]}
apart:
  tails: {says: Tails are short or forked., cite: book Plates ¶1, values: {gull: short-tail, tern: fork}}
more-often:
  dives: {feature: song, in: tern, than: gull, says: Terns sing more often., cite: manual Plates ¶2}
side-by-side:
  plate: {title: plate 7, says: Plate 7 sets them side by side., cite: book Plates ¶7, only: {gull: [hook], tern: [fork]}}
facts:
  flight: {says: Gulls and terns fly., about: [gull, tern], cite: manual Both ¶1}
  sky: {says: The sky is blue., cite: book Sky ¶1}
"""


@pytest.fixture
def deck(deck_of: Callable[[str], Deck]) -> Deck:
    return deck_of(DECK)


@pytest.mark.parametrize(
    ("fact", "claims"),
    [
        ("hook.gull", [("gull", "hook", True)]),
        ("hook.tern", [("tern", "hook", False)]),
        ("no-dive", [("gull", "diving", False), ("gull", "hovering", False)]),
        ("tails", [("gull", "short-tail", True), ("tern", "fork", True)]),
        ("hook.tern.not-always", []),
        ("song.tern", []),
        ("dives", []),
        ("plate", []),
        ("flight", []),
    ],
)
def test_each_form_claims_what_it_says_and_no_more(deck: Deck, fact: str, claims: list[tuple[str, str, bool]]) -> None:
    """Denials of "every", disputes, frequencies, listings and statements claim nothing."""
    assert claims_of(deck.facts[fact]) == tuple(Claim(*claim) for claim in claims)


@pytest.mark.parametrize(
    ("fact", "subjects"),
    [
        ("hook.gull", ("gull",)),
        ("hook.tern", ("tern",)),
        ("hook.tern.not-always", ("tern",)),
        ("song.tern", ("tern",)),
        ("no-dive", ("gull",)),
        ("tails", ("gull", "tern")),
        ("dives", ("tern", "gull")),
        ("plate", ("gull", "tern")),
        ("flight", ("gull", "tern")),
        ("sky", ()),
    ],
)
def test_each_form_names_its_subjects(deck: Deck, fact: str, subjects: tuple[str, ...]) -> None:
    """In the order of the fact, each once."""
    assert subjects_of(deck.facts[fact]) == subjects


def test_a_fact_called_after_others_had_all_their_names(deck: Deck) -> None:
    """Its own former id, and every pairing of the names of its feature and subject but the present one."""
    assert set(former_ids(deck, deck.facts["hook.tern"])) == {
        "straight-bill.tern",
        "hook.sea-swallow",
        "hook.tarn",
        "beak.tern",
        "beak.sea-swallow",
        "beak.tarn",
    }


def test_the_end_of_an_id_stays(deck: Deck) -> None:
    """A denial of "every" keeps its ending under each former name."""
    former = former_ids(deck, deck.facts["hook.tern.not-always"])
    assert len(former) == 5
    assert all(each.endswith(".not-always") for each in former)


@pytest.mark.parametrize(
    ("fact", "former"),
    [
        ("hook.gull", ("beak.gull",)),
        ("song.tern", ("song.sea-swallow", "song.tarn")),
        ("no-dive", ("dry",)),
        ("tails", ()),
        ("short-tail.gull", ()),
    ],
)
def test_other_facts_had_the_ids_that_follow(deck: Deck, fact: str, former: tuple[str, ...]) -> None:
    """A fact with an id of its own had no others than the author lists."""
    assert former_ids(deck, deck.facts[fact]) == former


def test_the_given_sources_alone(deck: Deck) -> None:
    """Facts without a given source are gone, and so are other citations; the rest is the very same."""
    given = given_only(deck)
    assert set(deck.facts) - set(given.facts) == {"dives", "flight"}
    assert [str(cite) for cite in given.facts["hook.tern"].cites] == ["book Terns ¶1"]
    assert given.facts["hook.gull"] is deck.facts["hook.gull"]
    assert given._replace(facts=deck.facts) == deck
