"""Checks of the stem: each fires on a flawed question and is silent on a clean one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quiz.deck import Claim, Deck
from quiz.flaws import CHECKS
from tests.flaws.build import question

WEIGHED = {"relation": "separates", "subject": "gull", "from": "tern", "aspect": "sign"}


def test_a_word_of_the_stem_in_the_key_alone_gives_it_away(gulls: Deck) -> None:
    """Case and number do not hide it; a distractor with the same word does."""
    clang = CHECKS["clang"].examine
    (found,) = clang(gulls, question("Which bill is a gull's?", "*Bills with hooks", "red legs"))
    assert '"bill"' in found.message
    assert list(clang(gulls, question("Which bird has electric feet?", "*electricity in its legs", "red legs")))
    assert not list(clang(gulls, question("Which bill is a gull's?", "*a hooked bill", "a straight bill")))
    assert not list(clang(gulls, question("Which sign is a gull's?", "*a hooked bill", "red legs")))


def test_only_the_subject_asked_for_can_clang(gulls: Deck) -> None:
    """A key that names the rival leads astray rather than to the key."""
    clang = CHECKS["clang"].examine
    stem = "Which sign points to gulls rather than to terns?"
    assert list(clang(gulls, question(stem, "*a gull's cry", "red legs", **WEIGHED)))
    assert not list(clang(gulls, question(stem, "*a fear of terns", "red legs", **WEIGHED)))


def test_options_listed_in_the_stem_do_not_clang_but_a_part_of_a_name_does(gulls: Deck) -> None:
    """A case that ends "gulls or terns?" names all options alike; a finding "hungry as a gull" does not."""
    clang = CHECKS["clang"].examine
    claims = Claim("gull", "bill", True), Claim("tern", "bill", True)
    for stem, count in (("Its bill is hooked. Gulls or terns?", 0), ("Which bird has the cry of a gull?", 1)):
        assert len(list(clang(gulls, question(stem, "*gulls", "terns", kind="case", claims=claims)))) == count


@pytest.mark.parametrize(
    ("stem", "negative"),
    [
        ("Which sign is NOT found in gulls?", True),
        ("All of these are signs of gulls EXCEPT which?", True),
        ("Which of these birds does not dive?", True),
        ("Which bird can't dive?", True),
        ("Which sign is found in gulls and not in terns?", False),
        ("Which sign is found in gulls, not in terns?", False),
        ("Which sign do gulls have but terns do not?", False),
        ("It does not dive. Which bird is it?", False),
        ("Which bird dives at least once?", False),
    ],
)
def test_negative_stems(gulls: Deck, stem: str, negative: bool) -> None:
    """A question that asks for what does not hold is negative; a contrast of two subjects is not."""
    assert bool(list(CHECKS["negative-stem"].examine(gulls, question(stem, "*x", "y")))) is negative


def test_a_statement_is_negative_by_its_verb_not_by_its_feature(deck_of: Callable[[str], Deck]) -> None:
    """What a feature is called is the author's affair."""
    deck = deck_of("features: {rest: {aspect: sign, noun: wings that do not rest}}")
    negative = CHECKS["negative-stem"].examine
    for stem, count in (("Wings that do not rest can be seen.", 0), ("Wings that do not rest are not seen.", 1)):
        asked = question(f"True or false? {stem}", "*True", "False", kind="true-false", feature="rest")
        assert len(list(negative(deck, asked))) == count


@pytest.mark.parametrize(
    ("stem", "kind", "flawed"),
    [
        ("Which sign points to gulls rather than to terns?", "contrast", False),
        ("Gulls rather than terns", "contrast", True),
        ("Which of the following statements is true? Of gulls, not terns?", "contrast", True),
        ("Which sign points to gulls rather than to the other?", "contrast", True),
        ("Fill the gap. Of gulls and terns only _____ hook.", "recall", False),
        ("Fill the gap. Of gulls and terns.", "recall", True),
    ],
)
def test_the_stem_must_stand_with_the_options_covered(gulls: Deck, stem: str, kind: str, flawed: bool) -> None:
    """It asks something, and names the subjects it asks about."""
    texts = () if kind == "recall" else ("*a hooked bill", "red legs")
    asked = question(stem, *texts, kind=kind, **WEIGHED)
    assert bool(list(CHECKS["cover-test"].examine(gulls, asked))) is flawed


def test_the_stem_names_the_feature_it_asks_about(gulls: Deck) -> None:
    """By its noun or one of its other names; the subjects may stand among the options where they are the options."""
    cover = CHECKS["cover-test"].examine
    for stem, count in (("Which bird has a bent beak?", 0), ("A hooked bill: which bird?", 0), ("Which bird?", 1)):
        asked = question(stem, "*gulls", "terns", kind="case", feature="bill", subjects=["gull", "tern"])
        assert len(list(cover(gulls, asked))) == count


def test_options_that_go_on_from_the_stem_must_fit_it(gulls: Deck) -> None:
    """In article and number; a whole question fits any option."""
    grammar = CHECKS["grammar"].examine
    claims = Claim("gull", "bill", True), Claim("gull", "feet", True)
    assert list(grammar(gulls, question("The bird lays an", "*egg", "brick")))
    assert not list(grammar(gulls, question("The bird lays a", "*stone", "brick")))
    assert list(grammar(gulls, question("The sign of gulls is:", "*a hooked bill", "webbed feet", claims=claims)))
    assert not list(grammar(gulls, question("Which sign have gulls?", "*a hooked bill", "webbed feet", claims=claims)))


def test_the_key_is_built_like_the_others(gulls: Deck) -> None:
    """An infinitive or a full stop of its own sets it apart."""
    grammar = CHECKS["grammar"].examine
    assert list(grammar(gulls, question("Why?", "*to find food", "play", "rest")))
    assert not list(grammar(gulls, question("Why?", "*to find food", "to play", "rest")))
    assert list(grammar(gulls, question("Why?", "*It eats.", "it sleeps")))


def test_the_article_before_a_gap_fits_the_word_to_type(gulls: Deck) -> None:
    """ "an _____" gives a vowel away and is wrong before "wing"."""
    check = CHECKS["article-at-gap"].examine
    for article, count in (("a", 1), ("an", 0), ("the", 0)):
        asked = question(f"Fill the gap. A gull lays {article} _____.", kind="recall", accepts=("egg",))
        assert len(list(check(gulls, asked))) == count


def test_no_accepted_reply_stands_in_the_sentence(gulls: Deck) -> None:
    """A synonym of the word to type gives it away, or is wrong in the gap, if the sentence says it too."""
    check = CHECKS["given-reply"].examine
    for accepts, count in ((("egg", "sea bird"), 1), (("egg", "sea"), 1), (("egg", "bird of the sea"), 0)):
        asked = question(
            "Fill the gap. Of all sea birds the gull lays the largest _____.", kind="recall", accepts=accepts
        )
        assert len(list(check(gulls, asked))) == count


def test_what_fills_a_gap_stands_in_the_sentence_that_explains_it(gulls: Deck) -> None:
    """Otherwise the reason does not carry the key."""
    check = CHECKS["unnamed-reply"].examine
    asked = question("Fill the gap. A gull lays an _____.", kind="recall", accepts=("egg", "ovum"))
    for explanation, count in (("A gull lays eggs.", 0), ("A gull breeds.", 1), ("It lays an ovum.", 0)):
        assert len(list(check(gulls, asked._replace(explanation=explanation)))) == count
