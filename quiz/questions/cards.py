"""Which cards a deck gives: of pairs, of likelihoods and listings, of single claims, and of what facts tell beside."""

from __future__ import annotations

from quiz.deck import Weight
from quiz.questions.material import Material
from quiz.questions.model import Card
from quiz.questions.pairs import likelihood_cards, listing_cards, pair_cards
from quiz.questions.single import claim_cards
from quiz.questions.told import cloze_cards, figure_cards, way_cards

_MADE = (pair_cards, likelihood_cards, listing_cards, claim_cards, cloze_cards, figure_cards, way_cards)


def cards(material: Material) -> tuple[Card, ...]:
    """All cards of a deck, in deck order. Cards whose fact is background are left out."""
    return tuple(card for made in _MADE for card in made(material) if card.weight is not Weight.BACKGROUND)
