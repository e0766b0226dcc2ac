"""Checks over a whole deck, each a small function from a deck to problems; what follows by reasoning is not theirs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence

from quiz.coverage import cites_of, coverage
from quiz.deck import (
    Closes,
    Deck,
    DeniesUniversal,
    Fact,
    Feature,
    Parts,
    Place,
    Problem,
    SideBySide,
    States,
    Strength,
    Subject,
    Tells,
    Tier,
    Ways,
)
from quiz.loader.shapes import nearest


def check(deck: Deck, term_places: Sequence[Place]) -> Iterator[Problem]:
    """All problems of a deck as a whole; the places are those of its lines of terms."""
    for each in CHECKS:
        yield from each(deck)
    yield from ambiguous_names(deck, term_places)


def cycles(above: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Ways that lead back to where they began, each once, from ids and the ids directly above them."""
    finished: set[str] = set()
    for start in above:
        trail = {} if start in finished else {start: iter(above[start])}
        while trail:
            here = next(reversed(trail))
            up = next(trail[here], None)
            if up is None:
                finished.add(here)
                del trail[here]
            elif up in trail:
                way = list(trail)
                yield way[way.index(up) :]
            elif up in above and up not in finished:
                trail[up] = iter(above[up])


def circles(deck: Deck) -> Iterator[Problem]:
    """Subjects that are kinds or manifestations of themselves, and features broader than themselves."""
    parents = {s.id: [up for up in (s.kind_of, s.manifestation_of) if up] for s in deck.subjects.values()}
    for way in cycles(parents):
        place, round_trip = deck.subjects[way[0]].place, " → ".join([*way, way[0]])
        message = f'subject "{way[0]}": kind_of and manifestation_of run in a circle ({round_trip}): take one out'
        yield Problem(place, message)
    for way in cycles({f.id: f.broader for f in deck.features.values()}):
        place, round_trip = deck.features[way[0]].place, " → ".join([*way, way[0]])
        yield Problem(place, f'feature "{way[0]}": broader runs in a circle ({round_trip}): take one out')


def old_ids(deck: Deck) -> Iterator[Problem]:
    """Ids given up that are still in use, or were given up twice."""
    kinds: tuple[tuple[str, Mapping[str, Subject | Feature | Fact]], ...] = (
        ("subject", deck.subjects),
        ("feature", deck.features),
        ("fact", deck.facts),
    )
    for kind, living in kinds:
        heirs: dict[str, str] = {}
        for id, each in living.items():
            for old in filter(None, each.was):
                if old in living:
                    message = f'was lists "{old}", which is in use ({living[old].place}): an old id is never used again'
                    yield Problem(each.place, f'{kind} "{id}": {message}')
                elif heirs.setdefault(old, id) != id:
                    message = f'was lists "{old}", which "{heirs[old]}" has taken over already: leave it to one'
                    yield Problem(each.place, f'{kind} "{id}": {message}')


def lone_near_sets(deck: Deck) -> Iterator[Problem]:
    """Near sets with one feature, which keep nothing apart and are most often misspelt."""
    members: dict[str, list[Feature]] = {}
    for feature in deck.features.values():
        if feature.near:
            members.setdefault(feature.near, []).append(feature)
    shared = [name for name, features in members.items() if len(features) > 1]
    for name, features in members.items():
        if len(features) == 1:
            near = nearest(name, shared)
            remedy = f'(did you mean "{near}"?)' if near else "(give it to a second feature, or take it out)"
            message = f'feature "{features[0].id}": no other feature has near "{name}" {remedy}'
            yield Problem(features[0].place, message)


def _present(deck: Deck, subject: str, feature: str) -> Fact | None:
    """The fact that states the feature as present, if there is one."""
    fact = deck.facts.get(f"{feature}.{subject}")
    return fact if fact and isinstance(fact.form, States) and fact.form.claim.holds else None


def broken_universals(deck: Deck) -> Iterator[Problem]:
    """What is said of every case and denied of some."""
    for fact in deck.facts.values():
        if isinstance(fact.form, DeniesUniversal) and not fact.dated:
            stated = _present(deck, fact.form.subject, fact.form.feature)
            if stated and stated.strength is Strength.EVERY and not stated.dated:
                message = f"not-always contradicts strength every ({stated.place}): mend one of them"
                yield Problem(fact.place, f'fact "{fact.id}": {message}')


def broken_closures(deck: Deck) -> Iterator[Problem]:
    """Closures against a feature that the same subject is said to have."""
    for fact in deck.facts.values():
        if isinstance(fact.form, Closes) and not fact.dated:
            for feature in fact.form.excludes:
                stated = _present(deck, fact.form.subject, feature)
                if stated and not stated.dated:
                    has = f'"{fact.form.subject}" is said to have ({stated.place})'
                    message = f'excludes "{feature}", which {has}: mend one of them'
                    yield Problem(fact.place, f'closure "{fact.id}": {message}')


def unproved_values(deck: Deck) -> Iterator[Problem]:
    """Exclusive values that are not stated as present in every case, or that share a subject with another value."""
    for fact in deck.facts.values():
        if not isinstance(fact.form, Parts):
            continue
        values = list(dict.fromkeys(value for _, value in fact.form.values))
        for subject, own in fact.form.values:
            if subject not in deck.subjects or own not in deck.features:
                continue
            lacking = _lacking(_present(deck, subject, own))
            if lacking:
                yield Problem(fact.place, f'apart "{fact.id}": "{own}" of "{subject}" {lacking}')
            for other in values:
                stated = _present(deck, subject, other) if other != own else None
                if stated and not stated.dated:
                    message = f'"{subject}" has "{own}" here, and "{other}" as well ({stated.place}): mend one of them'
                    yield Problem(fact.place, f'apart "{fact.id}": {message}')


def _lacking(stated: Fact | None) -> str:
    """What keeps a statement from proving an exclusive value."""
    if stated is None:
        return "is not stated as present: add the fact under the feature, with strength every"
    if stated.strength is not Strength.EVERY:
        return f"is stated with strength {stated.strength} ({stated.place}): only strength every excludes other values"
    if stated.hedge:
        return f"is stated with a hedge ({stated.place}): a hedged fact excludes nothing"
    if stated.dated:
        return f"rests on a dated fact ({stated.place}): a dated fact excludes nothing"
    return ""


def misplaced_listings(deck: Deck) -> Iterator[Problem]:
    """Features listed under one of two subjects alone, that the other has or is listed with as well."""
    for fact in deck.facts.values():
        if not isinstance(fact.form, SideBySide) or len(fact.form.only) != 2:
            continue
        (one, ones), (other, others) = fact.form.only
        for rival, features in ((other, ones), (one, others)):
            for feature in filter(None, features):
                if stated := _present(deck, rival, feature):
                    message = f'"{feature}" is present in "{rival}" as well ({stated.place}): take it out'
                    yield Problem(fact.place, f'side-by-side "{fact.id}": {message}')
        for feature in ones:
            if feature and feature in others:
                message = f'"{feature}" is listed under both subjects: take it out'
                yield Problem(fact.place, f'side-by-side "{fact.id}": {message}')


def broken_ways(deck: Deck) -> Iterator[Problem]:
    """Sets of ways with a member that is no fact with a mechanism, is dated, or has the cause or effect of another."""
    for fact in deck.facts.values():
        if not isinstance(fact.form, Ways):
            continue
        seen: dict[str, str] = {}
        for member in filter(None, fact.form.members):
            told = deck.facts.get(member)
            if told is None:
                near = nearest(member, deck.facts)
                remedy = f'(did you mean "{near}"?)' if near else "(the deck has no fact of that id)"
                yield Problem(fact.place, f'how "{fact.id}": unknown fact "{member}" {remedy}')
            elif not isinstance(told.form, Tells) or told.form.mechanism is None:
                message = f'"{member}" has no mechanism ({told.place}): give it one, with cause and effect'
                yield Problem(fact.place, f'how "{fact.id}": {message}')
            elif told.dated:
                message = f'"{member}" is dated ({told.place}): a dated fact excludes nothing; take it out'
                yield Problem(fact.place, f'how "{fact.id}": {message}')
            else:
                for part in told.form.mechanism:
                    other = seen.setdefault(plain(part), member)
                    if other != member:
                        message = f'"{member}" and "{other}" both say "{part}": a reply must belong to one of them'
                        yield Problem(fact.place, f'how "{fact.id}": {message}')


def unmapped_sources(deck: Deck) -> Iterator[Problem]:
    """Given sources without a map, where others have one."""
    for source in deck.sources.values() if deck.paragraphs else ():
        if source.tier is Tier.GIVEN and source.id not in deck.paragraphs:
            message = 'is given and has no map: list its paragraphs in the section "paragraphs"'
            yield Problem(source.place, f'source "{source.id}": {message}')


def idle_paragraphs(deck: Deck) -> Iterator[Problem]:
    """Paragraphs of a map that gave neither a fact nor a reason, or both."""
    for source, paragraphs in coverage(deck).items():
        for each, facts in paragraphs:
            name = f'paragraphs "{source}": "{each.at.spot}"'
            if not facts and not each.none:
                message = 'gives no fact: cite it from one, or say why under "none"'
                yield Problem(each.place, f"{name} {message}")
            if facts and each.none:
                first = deck.facts[facts[0]]
                message = f'is said to give none ({each.none}), but "{first.id}" cites it ({first.place}): mend one'
                yield Problem(each.place, f"{name} {message}")


def unmapped_cites(deck: Deck) -> Iterator[Problem]:
    """Facts that cite a spot which the map of its source does not have."""
    for source, mapped in deck.paragraphs.items():
        spots = {each.at.spot for each in mapped.paragraphs}
        for fact in deck.facts.values():
            for cite in cites_of(fact):
                if cite.source == source and cite.spot not in spots:
                    near = nearest(cite.spot, spots)
                    remedy = f'(did you mean "{near}"?)' if near else "(mend it, or add the paragraph to the map)"
                    message = f'cites "{cite.spot}", which is not in the map of "{source}" ({mapped.place}) {remedy}'
                    yield Problem(fact.place, f'fact "{fact.id}": {message}')


def hedged_absences(deck: Deck) -> Iterator[Problem]:
    """Absence that a source only hedges ("generally not"): too weak to call anything false."""
    for fact in deck.facts.values():
        if isinstance(fact.form, States) and not fact.form.claim.holds and fact.hedge:
            message = f'absent with the hedge "{fact.hedge}" proves nothing false: make it not-always, or a statement'
            yield Problem(fact.place, f'fact "{fact.id}": {message}')


def twin_features(deck: Deck) -> Iterator[Problem]:
    """Features of one aspect with the same noun: as options they could not be told apart."""
    first: dict[tuple[str, str], Feature] = {}
    for feature in deck.features.values():
        other = first.setdefault((feature.aspect, plain(feature.noun)), feature)
        if other is not feature and plain(feature.noun):
            message = (
                f'the noun is that of "{other.id}" as well ({other.place}): word one of them otherwise, or join them'
            )
            yield Problem(feature.place, f'feature "{feature.id}": {message}')


def plain(name: str) -> str:
    """A name as names are compared: no case, no punctuation, single spaces."""
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", name).casefold()).strip()


def ambiguous_names(deck: Deck, term_places: Sequence[Place]) -> Iterator[Problem]:
    """Names that stand for two subjects, or in two lines of terms, and lines of terms that join two subjects."""
    owners: dict[str, Subject] = {}
    for subject in deck.subjects.values():
        for name in (subject.name, subject.short, *subject.also):
            owner = owners.setdefault(plain(name), subject) if plain(name) else subject
            if owner is not subject:
                message = f'the name "{name}" is that of "{owner.id}" as well ({owner.place}): a reply must mean one'
                yield Problem(subject.place, f'subject "{subject.id}": {message}')
    lines: dict[str, Place] = {}
    for names, place in zip(deck.terms, term_places, strict=True):
        named = list(dict.fromkeys(owners[plain(name)].id for name in names if plain(name) in owners))
        if len(named) > 1:
            listing = ", ".join(f'"{id}"' for id in named)
            yield Problem(place, f"terms: one line joins the subjects {listing}: give each its own line")
        for name in names:
            first = lines.setdefault(plain(name), place) if plain(name) else place
            if first != place:
                yield Problem(place, f'terms: "{name}" stands in two lines (first at {first}): a line is one thing')


CHECKS: tuple[Callable[[Deck], Iterator[Problem]], ...] = (
    circles,
    old_ids,
    lone_near_sets,
    broken_universals,
    broken_closures,
    unproved_values,
    misplaced_listings,
    broken_ways,
    unmapped_sources,
    idle_paragraphs,
    unmapped_cites,
    hedged_absences,
    twin_features,
)
