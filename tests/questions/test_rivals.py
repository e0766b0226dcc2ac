"""Small groups are put against each other whole; large ones fall into families of those that have most in common."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

from quiz.deck import Claim, Deck
from quiz.interchange import bank_as_data
from quiz.proof import check
from quiz.questions import Material, bank, rivals
from quiz.reasoning import Knowledge

DeckOf = Callable[[str], Deck]

KIN = 4
"""Moths of one make: they share their marks, and each lacks what the next one has of its own."""


def moths(count: int, *, kin: int = KIN) -> str:
    """Moths of which so many in a row share three marks of their own, beside one that all have."""
    subjects = "\n".join(f"  m{n}: {{group: birds, name: moth {n}, short: moth {n}}}" for n in range(count))
    features = ["  wings:\n    aspect: sign\n    noun: wings\n    present:"]
    features += [f"      m{n}: {{says: Moth {n} has wings., cite: book Moths ¶1}}" for n in range(count)]
    for first in range(0, count, kin):
        members = range(first, min(first + kin, count))
        for mark in range(3):
            features += [f"  mark-{first}-{mark}:\n    aspect: sign\n    noun: mark {first} {mark}\n    present:"]
            features += [f"      m{n}: {{says: Moth {n} has it., cite: book Moths ¶2}}" for n in members]
        for n in members:
            features += [f"  own-{n}:\n    aspect: sign\n    noun: sign number {n}\n    present:"]
            features += [f"      m{n}: {{says: Moth {n} has it., cite: book Moths ¶3}}"]
            features += ["    absent:"] if len(members) > 1 else []
            features += [f"      m{k}: {{says: Moth {k} lacks it., cite: book Moths ¶3}}" for k in members if k != n]
    return "subjects:\n" + subjects + "\nfeatures:\n" + "\n".join(features) + "\n"


def material(deck_of: DeckOf, text: str) -> Material:
    return Material(Knowledge(deck_of(text)))


def test_in_a_small_group_each_is_the_rival_of_each(deck_of: DeckOf) -> None:
    """At the limit, all pairs are asked about, in deck order."""
    made = material(deck_of, moths(rivals.FEW))
    assert list(rivals.rivals(made)) == list(combinations(made.deck.subjects, 2))


def test_in_a_large_group_the_rivals_are_those_with_most_in_common(deck_of: DeckOf) -> None:
    """Moths of one make stand in one family, which is never larger than allowed; and nobody is left alone."""
    made = material(deck_of, moths(rivals.FEW + 10))
    families = rivals.families(made)
    assert sorted(member for family in families for member in family) == sorted(made.deck.subjects)
    assert all(1 < len(family) <= rivals.TOP for family in families)
    for number in range(rivals.FEW + 10):
        first = number - number % KIN
        kin = {f"m{n}" for n in range(first, min(first + KIN, rivals.FEW + 10))} - {f"m{number}"}
        assert kin <= set(rivals.rivals_of(made, f"m{number}"))


def test_what_nearly_all_have_makes_nobody_alike(deck_of: DeckOf) -> None:
    """Moths that share nothing but wings still get rivals, though not for the wings: as the deck names them."""
    made = material(deck_of, moths(rivals.FEW + 14, kin=1))
    assert rivals.rivals_of(made, "m0") == tuple(f"m{n}" for n in range(1, rivals.TOP))


def test_rivalry_is_mutual(deck_of: DeckOf) -> None:
    """Whoever may be taken for another is a rival of it as well; both stand in the list of pairs once."""
    made = material(deck_of, moths(rivals.FEW + 10))
    pairs = set(rivals.rivals(made))
    both_ways = {(a, b) for a in made.deck.subjects for b in rivals.rivals_of(made, a)}
    assert both_ways == pairs | {(b, a) for a, b in pairs}


def test_the_bank_of_a_large_group_is_proven_and_keeps_to_its_families(deck_of: DeckOf) -> None:
    """No question of a large deck puts a subject beside one of another family, and the proof has no objection."""
    made = material(deck_of, moths(rivals.FEW + 10))
    questions = list(bank(made, 1))
    assert {"sort", "which-subject"} <= {each.kind for each in questions}
    for question in questions:
        named = {claim.subject for option in question.options for claim in option.claims if isinstance(claim, Claim)}
        assert len({rivals.family_of(made, subject) for subject in named}) <= 1
    assert not check(made.deck, bank_as_data(made.deck, 1, questions))
