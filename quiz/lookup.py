"""Finding subjects and features by what a person would type."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from quiz.deck import Deck, Feature, Subject
from quiz.errors import UsageError

T = TypeVar("T")


def subject(deck: Deck, typed: str) -> Subject:
    """The subject of that id, name or synonym, in any case, or of words that only its names have.

    Raises UsageError naming the nearest ones.
    """
    return _find("subject", deck, deck.subjects, typed, lambda each: (each.id, each.name, each.short, *each.also))


def subjects(decks: Iterable[Deck], typed: Iterable[str]) -> frozenset[str]:
    """The ids of subjects, each found in one of the decks. Raises UsageError for one that no deck has."""
    every, wanted = list(decks), set()
    for name in typed:
        refusals = []
        for deck in every:
            try:
                wanted.add(subject(deck, name).id)
                break
            except UsageError as refusal:
                refusals.append(str(refusal))
        else:
            raise UsageError("; ".join(refusals))
    return frozenset(wanted)


def feature(deck: Deck, typed: str) -> Feature:
    """The feature of that id, noun or synonym, in any case, or of words that only its names have.

    Raises UsageError naming the nearest ones.
    """
    return _find("feature", deck, deck.features, typed, lambda each: (each.id, each.noun, *each.also))


def _find(what: str, deck: Deck, values: Mapping[str, T], typed: str, names: Callable[[T], Iterable[str]]) -> T:
    if typed in values:
        return values[typed]
    wanted = _folded(typed)
    by_name = {_folded(name): value for value in values.values() for name in names(value)}
    if wanted in by_name:
        return by_name[wanted]
    part = {id(value): value for name, value in by_name.items() if f" {wanted} " in f" {name} "}
    if wanted and len(part) == 1:  # "diffuse" is enough where only one is called so
        return next(iter(part.values()))
    raise UsageError(f'deck {deck.id} has no {what} "{typed}"{_nearest(wanted, by_name, list(values))}')


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").replace("’", "'").split())


def _nearest(wanted: str, names: Iterable[str], ids: list[str]) -> str:
    from difflib import get_close_matches

    every = list(names)
    near = (
        get_close_matches(wanted, every, n=3, cutoff=0.6) or [name for name in every if wanted and wanted in name][:3]
    )
    if near:
        return " (did you mean " + " or ".join(f'"{name}"' for name in near) + "?)"
    return f"; it has: {', '.join(ids)}" if len(ids) <= 20 else "; `quiz facts` lists them all"
