"""A deck is cut into parts that say nothing of one another: a card asks from its part what it asks from the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.confusion import at_stake, mix_ups
from quiz.deck import Deck, Source
from quiz.facts import features_of, subjects_of
from quiz.parts import Part, parts
from quiz.questions import KINDS, Card, Draw, Material, cards, rivals
from quiz.questions.model import Question
from quiz.questions.rivals import set_families
from quiz.reasoning import Knowledge
from quiz.session import claims_of
from tests.large_decks import aviary, table
from tests.strategies import decks

TYPED = {"recall", "number"}
"""Kinds whose replies may name anything of the deck, and so are not asked from a part."""

Both = tuple[Card, Material, Material]
"""A card, its part, and the whole."""


def cut(deck: Deck) -> list[tuple[Part, list[Card]]]:
    material = Material(Knowledge(deck))
    return list(parts(material, cards(material)))


def made_of(part: Part) -> Material:
    material = Material(Knowledge(part.deck))
    set_families(material, part.families)
    return material


def from_both(deck: Deck) -> Iterator[Both]:
    whole = Material(Knowledge(deck))
    for part, own in parts(whole, cards(whole)):
        material = made_of(part)
        yield from ((card, material, whole) for card in own)


def asked(both: Iterable[Both], seed: int, turn: int, most: int) -> Iterator[tuple[Both, Question, Question]]:
    """The questions of each card in all kinds that have options, by the part and by the whole."""
    for card, part, whole in both:
        for kind in card.kinds:
            if kind not in TYPED:
                draw = Draw(seed, card.id, turn, most)
                yield (card, part, whole), KINDS[kind](card, part, draw), KINDS[kind](card, whole, draw)


@pytest.fixture(scope="module", params=[aviary, table], ids=["by hand", "by a seed"])
def large(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Deck:
    deck: Deck = request.param(tmp_path_factory.mktemp("large") / "deck")
    return deck


def test_each_thing_of_a_deck_is_in_one_part(large: Deck) -> None:
    """Cards, subjects, facts and families; and they stand in deck order."""
    found = cut(large)
    material = Material(Knowledge(large))
    assert len(found) > 1
    for whole, in_parts in (
        (list(cards(material)), [own for _, own in found]),
        (list(large.subjects), [list(part.deck.subjects) for part, _ in found]),
        (list(large.facts), [list(part.deck.facts) for part, _ in found]),
        (list(rivals.families(material)), [list(part.families) for part, _ in found]),
    ):
        together = [each for part in in_parts for each in part]
        assert len(together) == len(whole)
        assert all(part == [each for each in whole if each in part] for part in in_parts)


def test_what_a_part_speaks_of_is_in_it(large: Deck) -> None:
    """Subjects and features of its facts, the kinds above, the broader features, members of sets, sources."""
    for part, own in cut(large):
        deck = part.deck
        for fact in deck.facts.values():
            assert deck.subjects.keys() >= set(subjects_of(fact))
            assert deck.features.keys() >= set(features_of(fact))
            assert deck.sources.keys() >= {cite.source for cite in fact.cites}
        for subject in deck.subjects.values():
            assert deck.subjects.keys() >= {up for up in (subject.kind_of, subject.manifestation_of) if up}
        assert all(deck.features.keys() >= set(feature.broader) for feature in deck.features.values())
        for card in own:
            assert deck.subjects.keys() >= set(card.about)
            assert card.fact in deck.facts


@pytest.mark.parametrize(("turn", "most"), [(0, 3), (3, 4), (9, 5)])
def test_a_part_asks_what_the_whole_asks(large: Deck, turn: int, most: int) -> None:
    """Every card in all its kinds: the same stem, options, reasons and citations."""
    kinds = set()
    for _, by_part, by_whole in asked(from_both(large), 3, turn, most):
        assert by_part == by_whole
        kinds.add(by_part.kind)
    assert len(kinds) >= 5


def test_all_kinds_with_options_were_put_to_the_test(tmp_path: Path) -> None:
    """The deck made by hand has cards of each."""
    kinds = {kind for card in cards(Material(Knowledge(aviary(tmp_path / "deck")))) for kind in card.kinds}
    assert kinds >= KINDS.keys() - TYPED


def test_a_part_knows_what_was_mixed_up(large: Deck) -> None:
    """Whichever option is chosen: the same mix-ups, and the same pairs at stake."""
    for (card, part, whole), question, _ in asked(from_both(large), 3, 0, 3):
        for choice in range(len(question.options)):
            said = claims_of(question, choice)
            by_part = mix_ups(part, card.about, question.kind, said)
            assert by_part == mix_ups(whole, card.about, question.kind, said)
        shown = [option.text for option in question.options]
        assert at_stake(part.deck, card, shown) == at_stake(whole.deck, card, shown)


def test_what_tempts_a_learner_is_put_in_by_a_part_as_well(tmp_path: Path) -> None:
    """Lures are exchanged in the same places."""
    tempting = frozenset({"b1", "b12", "f0-1", "f2-2", "paleness"})
    for card, part, whole in from_both(aviary(tmp_path / "deck")):
        for kind in set(card.kinds) - TYPED:
            draw = Draw(5, card.id, 1, 3, tempting)
            assert KINDS[kind](card, part, draw) == KINDS[kind](card, whole, draw)


@contextmanager
def small_families() -> Iterator[None]:
    """A group of more than two counts as large, and a family has two at most: small decks fall into parts too."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rivals, "FEW", 2)
        patched.setattr(rivals, "TOP", 2)
        yield


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(deck=decks(), seed=st.integers(0, 2**32), turn=st.integers(0, 5), most=st.integers(3, 5))
def test_parts_of_any_deck_ask_what_it_asks(deck: Deck, seed: int, turn: int, most: int) -> None:
    with small_families():
        for _, by_part, by_whole in asked(from_both(deck), seed, turn, most):
            assert by_part == by_whole


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(deck=decks())
def test_parts_of_any_deck_know_what_was_mixed_up(deck: Deck) -> None:
    with small_families():
        for (card, part, whole), question, _ in asked(from_both(deck), 0, 0, 3):
            for choice in range(len(question.options)):
                said = claims_of(question, choice)
                by_part = mix_ups(part, card.about, question.kind, said)
                assert by_part == mix_ups(whole, card.about, question.kind, said)


def test_a_group_without_subjects_is_passed_over(tmp_path: Path) -> None:
    deck = aviary(tmp_path / "deck")
    empty = deck.groups["birds"]._replace(id="fish")
    found = cut(deck._replace(groups={**deck.groups, "fish": empty}))
    assert [own for _, own in found] == [own for _, own in cut(deck)]


def test_of_many_sources_a_part_has_those_that_it_cites(tmp_path: Path) -> None:
    """Every citation of every question, and of a disputed reading and a present-day one, can be spelled out."""
    deck = aviary(tmp_path / "deck")
    more = {f"s{number}": deck.sources["book"]._replace(id=f"s{number}") for number in range(60)}
    sources: dict[str, Source] = {**deck.sources, **more}
    found = cut(deck._replace(sources=sources))
    assert all(len(part.deck.sources) <= 2 for part, _ in found)
    disputed = next(part.deck for part, _ in found if "song.b40" in part.deck.facts)
    assert disputed.sources.keys() == {"book", "manual"}
