"""What a fact speaks of: its claims, its subjects, and the ids it had before a rename."""

from __future__ import annotations

from itertools import product

from quiz.deck import (
    Claim,
    Closes,
    Deck,
    DeniesUniversal,
    Disputes,
    Fact,
    Likelier,
    Parts,
    SideBySide,
    States,
    Tells,
    Tier,
    Ways,
)


def claims_of(fact: Fact) -> tuple[Claim, ...]:
    """The claims that a fact makes on its own, without any reasoning."""
    match fact.form:
        case States(claim):
            return (claim,)
        case Closes(subject, excludes):
            return tuple(Claim(subject, feature, False) for feature in excludes)
        case Parts(values):
            return tuple(Claim(subject, feature, True) for subject, feature in values)
        case _:
            return ()


def subjects_of(fact: Fact) -> tuple[str, ...]:
    """The subjects that a fact names, each once."""
    match fact.form:
        case States(claim):
            return (claim.subject,)
        case DeniesUniversal(subject, _) | Disputes(subject, _, _) | Closes(subject, _):
            return (subject,)
        case Parts(values):
            return tuple(dict.fromkeys(subject for subject, _ in values))
        case Likelier(_, more, less):
            return (more, less)
        case SideBySide(_, only):
            return tuple(subject for subject, _ in only)
        case Tells(about=about):
            return about
        case Ways():
            return ()


def features_of(fact: Fact) -> tuple[str, ...]:
    """The features that a fact names, each once."""
    match fact.form:
        case States(claim):
            return (claim.feature,)
        case DeniesUniversal(_, feature) | Disputes(_, feature, _) | Likelier(feature, _, _):
            return (feature,)
        case Closes(_, excludes):
            return excludes
        case Parts(values):
            return tuple(dict.fromkeys(feature for _, feature in values))
        case SideBySide(_, only):
            return tuple(dict.fromkeys(feature for _, features in only for feature in features))
        case Tells() | Ways():
            return ()


def former_ids(deck: Deck, fact: Fact) -> tuple[str, ...]:
    """Ids that the fact had under former names: its own, or those of the feature and subject it is called after."""
    pair: tuple[str, str] | None = None
    match fact.form:
        case States(claim):
            pair = claim.subject, claim.feature
        case DeniesUniversal(subject, feature) | Disputes(subject, feature, _):
            pair = subject, feature
        case _:
            pass
    if pair is None:
        return fact.was
    subject, feature = pair
    ending = fact.id.removeprefix(f"{feature}.{subject}")
    names = product((feature, *deck.features[feature].was), (subject, *deck.subjects[subject].was))
    return (*fact.was, *(f"{f}.{s}{ending}" for f, s in names if (f, s) != (feature, subject)))


def given_only(deck: Deck) -> Deck:
    """The deck as its given sources alone tell it: facts that cite no given source are gone, other citations too."""
    given = {source.id for source in deck.sources.values() if source.tier is Tier.GIVEN}
    facts = {}
    for fact in deck.facts.values():
        cites = tuple(cite for cite in fact.cites if cite.source in given)
        if cites:
            facts[fact.id] = fact if cites == fact.cites else fact._replace(cites=cites)
    return deck._replace(facts=facts)
