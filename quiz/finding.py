"""Finding cards: by a part of their id, and by words that stand in what they ask or rest on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from quiz.deck import Deck, Fact, Tells
from quiz.errors import UsageError
from quiz.facts import claims_of
from quiz.questions.model import Card

Name = tuple[str, str]
"""Deck and card: what a card is known by among all decks."""

_SHOWN = 3


def card_meant(
    typed: str, names: Sequence[Name], former: Mapping[Name, Name] = MappingProxyType({}), what: str = "card"
) -> Name:
    """The card of that id, of that former id, or the only one whose id has the text in it.

    Raises UsageError that names the nearest ones where there is none, and some of them where there are several;
    ``what`` is how it calls them.
    """
    wanted = typed.strip().casefold()
    found = [name for name in names if name[1].casefold() == wanted]
    found = found or [former[name] for name in former if name[1].casefold() == wanted]
    if len(found) > 1:
        decks = " and ".join(deck for deck, _ in found)
        raise UsageError(f'a card "{typed}" is in {decks}; say which deck with --deck')
    if not found and wanted:
        found = [name for name in names if wanted in name[1].casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        some = ", ".join(card for _, card in found[:_SHOWN])
        more = ", …" if len(found) > _SHOWN else ""
        raise UsageError(f'"{typed}" is part of {len(found)} {what} ids: {some}{more}; give more of the id')
    raise UsageError(f'there is no {what} "{typed}"{_nearest(wanted, names)}')


def _nearest(wanted: str, names: Iterable[Name]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(wanted, [card for _, card in names], n=_SHOWN, cutoff=0.5)
    return f"; the nearest are {', '.join(near)}" if near else "; `quiz find` looks for cards by words"


def title(deck: Deck, card: Card) -> str:
    """What a card is about, in a few words that do not give it away."""
    fact = deck.facts.get(card.fact)
    if fact and card.id.startswith("recall:") and fact.cloze:
        return re.sub(r"\{[^{}]*\}", "…", fact.cloze)
    if fact and card.id.startswith("number:") and isinstance(fact.form, Tells) and fact.form.figure:
        return fact.form.figure.ask or fact.text
    if card.feature is None:
        return fact.text if fact else card.id
    names = [deck.subjects[each].short for each in card.about]
    likelier = "likelier in " if card.id.startswith("likelier:") else ""
    return f"{likelier}{' or '.join(names)}: {deck.features[card.feature].noun}"


def folded(text: str) -> str:
    """The words of a text in small letters, without accents and marks between them."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", bare.casefold()))


class Index:
    """The words of all cards of a deck: those of what a card asks, and those of the facts it rests on."""

    def __init__(self, deck: Deck, cards: Iterable[Card], notes: Mapping[str, str]) -> None:
        """``notes`` are the learner's, by card; they are found too."""
        self._facts: dict[tuple[str, str], list[str]] = {}
        for fact in deck.facts.values():
            for claim in claims_of(fact):
                self._facts.setdefault((claim.subject, claim.feature), []).append(_told(fact))
        self._texts = [(card, *self._text(deck, card, notes.get(card.id, ""))) for card in cards]

    def _text(self, deck: Deck, card: Card, note: str) -> tuple[str, str]:
        asked = [card.id, note]
        for each in card.about:
            subject = deck.subjects[each]
            asked += [subject.name, subject.short, *subject.also]
        resting = [_told(deck.facts[card.fact])] if card.fact in deck.facts else []
        if card.feature is not None:
            feature = deck.features[card.feature]
            asked += [feature.noun, *feature.also]
            resting += [text for each in card.about for text in self._facts.get((each, card.feature), ())]
        near = folded(" ".join(asked))
        return near, f"{near} {folded(' '.join(resting))}"

    def find(self, typed: str) -> list[Card]:
        """The cards that have all the words, those first that have them in what they ask.

        A word may be cut short at its end, and where no card has it so, at its beginning too.
        """
        words = folded(typed).split()
        if not words:
            return []
        return self._having([f" {word}" for word in words]) or self._having(words)

    def _having(self, words: Sequence[str]) -> list[Card]:
        near: list[Card] = []
        far: list[Card] = []
        for card, asked, whole in self._texts:
            if all(word in f" {whole}" for word in words):
                (near if all(word in f" {asked}" for word in words) else far).append(card)
        return near + far

    def nearest(self, typed: str) -> list[str]:
        """Words of the cards that are spelt like those that no card has."""
        from difflib import get_close_matches

        every = {word for _, _, whole in self._texts for word in whole.split()}
        missing = [word for word in folded(typed).split() if not any(each.startswith(word) for each in every)]
        return [near for word in missing for near in get_close_matches(word, sorted(every), n=2, cutoff=0.7)]


def _told(fact: Fact) -> str:
    return f"{fact.text} {fact.cloze}"
