"""Item-writing flaws: what is wrong with the wording of a question, or with a bank, although every key is right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from quiz.deck import Deck
from quiz.flaws import bank, between, looks, stem
from quiz.flaws.bots import Score, scores
from quiz.flaws.model import Family, Flaw, Found, family_of, place_of
from quiz.flaws.table import table
from quiz.questions.model import Question

TEXTS = frozenset({Family.TEXTS})
CHOICES = TEXTS | {Family.NAMES}
WITH_OPTIONS = CHOICES | {Family.FIXED}
EVERY = frozenset(Family)


class Check(NamedTuple):
    """A check of one question, and the families of kinds that it fits."""

    examine: Callable[[Deck, Question], Iterator[Found]]
    families: frozenset[Family]


CHECKS = {
    "longest-key": Check(looks.longest_key, TEXTS),
    "qualified-key": Check(looks.qualified_key, TEXTS),
    "absolute-distractor": Check(looks.absolute_distractor, TEXTS),
    "vague-frequency": Check(looks.vague_frequency, TEXTS),
    "combined-options": Check(looks.combined_options, CHOICES),
    "unordered-numbers": Check(looks.unordered_numbers, TEXTS),
    "duplicate-options": Check(between.duplicate_options, WITH_OPTIONS),
    "synonymous-options": Check(between.synonymous_options, CHOICES),
    "containing-options": Check(between.containing_options, CHOICES),
    "exhaustive-pair": Check(between.exhaustive_pair, TEXTS),
    "mixed-options": Check(between.mixed_options, CHOICES),
    "converging-key": Check(between.converging_key, TEXTS),
    "clang": Check(stem.clang, CHOICES),
    "negative-stem": Check(stem.negative_stem, WITH_OPTIONS),
    "cover-test": Check(stem.cover_test, EVERY),
    "grammar": Check(stem.grammar, CHOICES),
    "article-at-gap": Check(stem.article_at_gap, frozenset({Family.TYPED})),
    "given-reply": Check(stem.given_reply, frozenset({Family.TYPED})),
    "unnamed-reply": Check(stem.unnamed_reply, frozenset({Family.TYPED})),
}
"""The checks of one question, by name."""

BANK_CHECKS: dict[str, Callable[[Deck, Sequence[Question]], Iterator[Flaw]]] = {
    "guessable": bank.guessable,
    "key-share": bank.key_share,
    "duplicate-question": bank.duplicate_question,
    "giveaway": bank.giveaway,
    "implausible-distractor": bank.implausible_distractor,
}
"""The checks of a whole bank, by name."""


def flaws(deck: Deck, questions: Iterable[Question]) -> tuple[Flaw, ...]:
    """All flaws of a bank, those of single questions first. ``deck`` is the deck that the questions were made from.

    Each question is examined as it comes, so that who makes or watches them can go along.
    """
    asked: list[Question] = []
    found: list[Flaw] = []
    for question in questions:
        asked.append(question)
        found += examined(deck, question)
    return (*found, *(flaw for check in BANK_CHECKS.values() for flaw in check(deck, asked)))


def examined(deck: Deck, question: Question) -> Iterator[Flaw]:
    """The flaws of one question, by the checks that fit its kind."""
    family = family_of(question)
    for name, check in CHECKS.items():
        if family in check.families:
            for found in check.examine(deck, question):
                author, place = place_of(deck, question, found.option)
                role = (
                    f'the {"key" if found.option.key else "distractor"} "{found.option.text}" ' if found.option else ""
                )
                yield Flaw(question.id, name, f"{role}{found.message} ({author})", place)


__all__ = ["BANK_CHECKS", "CHECKS", "Check", "Flaw", "Score", "examined", "flaws", "scores", "table"]
