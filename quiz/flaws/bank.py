"""Flaws of a bank as a whole, which no single question shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import sqrt

from quiz.deck import Claim, Deck, DeniesUniversal, Disputes, Likelier, Parts, Place, SideBySide, States
from quiz.flaws.bots import FEWEST, WHOLE, Z_OF_A_KIND, scores
from quiz.flaws.model import BANK, Family, Flaw, claimed, distractors_of, family_of, kinship, place_of
from quiz.flaws.words import content, holds, plain
from quiz.questions.model import Question

LEAST_ALIKE = 2
"""A stem gives the reply to another question away only if the two have so many other words in common …"""

SHARE_ALIKE = 0.4
"""… and these are so large a share of the words of that question. Names of subjects do not count."""


def guessable(deck: Deck, questions: Sequence[Question]) -> Iterator[Flaw]:
    """A bot that knows nothing of the matter does better than chance; says which bot, and over which kind."""
    for each in scores(questions):
        if each.is_flaw:
            where = "the bank" if each.kind == WHOLE else f"kind {each.kind}"
            yield Flaw(
                BANK,
                "guessable",
                f"over {where} ({each.asked} questions), the bot “{each.bot}” is right {each.score:.0%} of the "
                f"time; chance gives {each.chance:.0%}, at most {each.limit:.0%}; balance keys and distractors",
                Place(deck.path, 1),
            )


def key_share(deck: Deck, questions: Sequence[Question]) -> Iterator[Flaw]:
    """An option that stands in many questions, a subject above all, is the key far more often than chance."""
    chances: dict[tuple[str, str], list[float]] = defaultdict(list)
    keys: Counter[tuple[str, str]] = Counter()
    authors: dict[tuple[str, str], Place] = {}
    for question in questions:
        if family_of(question) in (Family.NAMES, Family.FIXED):
            for option in question.options:
                name = question.kind, option.text
                chances[name].append(1 / len(question.options))
                keys[name] += option.key
                named = family_of(question) is Family.NAMES
                authors[name] = place_of(deck, question, option)[1] if named else Place(deck.path, 1)
    for (kind, text), each in chances.items():
        share, chance = keys[kind, text] / len(each), sum(each) / len(each)
        error = sqrt(sum(p * (1 - p) for p in each)) / len(each)
        if len(each) >= FEWEST and share > chance + Z_OF_A_KIND * error:
            message = f'"{text}" is right in {share:.0%} of the {len(each)} questions of kind {kind} that offer it; '
            yield Flaw(BANK, "key-share", f"{message}chance gives {chance:.0%}", authors[kind, text])


def duplicate_question(deck: Deck, questions: Sequence[Question]) -> Iterator[Flaw]:
    """Two questions have the same stem and the same options (or the same replies)."""
    seen: dict[object, Question] = {}
    for question in questions:
        options = frozenset(plain(option.text) for option in question.options)
        face = plain(question.stem), options, frozenset(question.accepts)
        first = seen.setdefault(face, question)
        if first is not question:
            _, place = place_of(deck, question, None)
            yield Flaw(question.id, "duplicate-question", f"asks what {first.id} asks; drop one of them", place)


def giveaway(deck: Deck, questions: Sequence[Question]) -> Iterator[Flaw]:
    """The reply to a typed question stands in the stem or the key of another question about the same matter.

    Sisters are left out, since a learner meets one of them a day, and so are stems that merely use the word.
    """
    names = frozenset[str]().union(*(content(f"{each.name} {each.short}") for each in deck.subjects.values()))
    seen = [(question, content(_shown(question)) - names, kinship(deck, question)) for question in questions]
    having: dict[str, list[int]] = defaultdict(list)
    for number, (_, words, _) in enumerate(seen):
        for word in words:
            having[word].append(number)
    for question, asked, kin in seen:
        reply = question.accepts[0] if question.accepts else ""
        wanted = content(reply) - names
        telling = []
        for number in having[min(sorted(wanted), key=lambda word: len(having[word]))] if wanted else ():
            other, words, others = seen[number]
            common = len((asked & words) - wanted)
            alike = common >= max(LEAST_ALIKE, SHARE_ALIKE * len(asked))
            if other is not question and alike and not kin & others and holds(_shown(other), reply):
                telling.append(other.id)
        if telling:
            what, place = place_of(deck, question, None)
            more = f" and {len(telling) - 1} more" if len(telling) > 1 else ""
            message = f'the reply "{reply}" can be read in {telling[0]}{more}; ask for another word ({what})'
            yield Flaw(question.id, "giveaway", message, place)


def _shown(question: Question) -> str:
    return " ".join((question.stem, *(option.text for option in question.options if option.key)))


def implausible_distractor(deck: Deck, questions: Sequence[Question]) -> Iterator[Flaw]:
    """A distractor is true of no subject of the group asked about, as far as the deck tells: nobody would take it."""
    met = _met(deck)
    for question in questions:
        if family_of(question) is Family.TEXTS:
            for option in distractors_of(question):
                claim = claimed(deck, option)
                if claim and deck.subjects[claim.subject].group not in met[claim.feature]:
                    what, place = place_of(deck, question, option)
                    message = (
                        f'the distractor "{option.text}" fits no subject of group {deck.subjects[claim.subject].group}'
                    )
                    yield Flaw(question.id, "implausible-distractor", f"{message}; say what has it ({what})", place)


def _met(deck: Deck) -> dict[str, set[str]]:
    """For each feature, the groups in which it is met; a group counts with the kinds and parents of its subjects."""
    met: dict[str, set[str]] = defaultdict(set)
    groups = _groups(deck)
    for fact in deck.facts.values():
        for subject, feature in _pairs(fact.form):
            met[feature] |= groups[subject]
    for feature in tuple(met):
        for wider in _up(feature, lambda each: deck.features[each].broader):
            met[wider] |= met[feature]
    return met


def _pairs(form: object) -> Iterator[tuple[str, str]]:
    """The (subject, feature) pairs that a fact brings together, however surely."""
    match form:
        case States(Claim(subject, feature, True)) | DeniesUniversal(subject, feature) | Disputes(subject, feature, _):
            yield subject, feature
        case Parts(values):
            yield from values
        case Likelier(feature, more, less):
            yield from ((more, feature), (less, feature))
        case SideBySide(_, only):
            yield from ((subject, feature) for subject, features in only for feature in features)


def _groups(deck: Deck) -> dict[str, set[str]]:
    """Of each subject its group, those of all that it is a kind of, and those of all its kinds."""
    groups = {each.id: {each.group} for each in deck.subjects.values()}
    for each in deck.subjects.values():
        for above in _up(each.id, lambda one: _parent(deck, one)):
            groups[each.id].add(deck.subjects[above].group)
            groups[above].add(each.group)
    return groups


def _parent(deck: Deck, subject: str) -> tuple[str, ...]:
    parent = deck.subjects[subject].kind_of
    return (parent,) if parent else ()


def _up(start: str, above: Callable[[str], Iterable[str]]) -> set[str]:
    """All that stands above something, on any way up."""
    found: set[str] = set()
    waiting = list(above(start))
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += above(each)
    return found
