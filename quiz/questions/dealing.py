"""Which cards a deck gives: of pairs, of likelihoods and listings, of single claims, and of what facts tell beside."""

from __future__ import annotations

from collections.abc import Iterator

from quiz.deck import Weight
from quiz.questions.comparisons import likelihood_cards, listing_cards
from quiz.questions.material import Material
from quiz.questions.model import Card
from quiz.questions.pairs import pair_cards
from quiz.questions.single import claim_cards
from quiz.questions.told import cloze_cards, figure_cards, way_cards


def dealt(material: Material) -> tuple[Card, ...]:
    """All cards of a deck, in deck order. Cards whose fact is background are left out."""
    of_pairs = tuple(pair_cards(material))
    compared = (*likelihood_cards(material), *listing_cards(material))
    told = (*cloze_cards(material), *figure_cards(material), *way_cards(material))
    asked = {fact for card in of_pairs for fact in _proving(material, card)}
    asked |= {card.fact for card in (*compared, *told)}
    found = (*of_pairs, *compared, *claim_cards(material, asked), *told)
    return tuple(card for card in found if card.weight is not Weight.BACKGROUND)


def _proving(material: Material, card: Card) -> Iterator[str]:
    """The facts on which the key of a pair card rests."""
    for subject in card.about:
        if card.feature:
            yield from material.held(subject, card.feature).ids
