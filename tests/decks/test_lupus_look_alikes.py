"""The shipped deck: sound, proven, and careful with what lupus and its look-alikes share."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

from quiz.conflicts import conflicts
from quiz.deck import Deck, Tier
from quiz.facts import given_only
from quiz.interchange import bank_as_data
from quiz.loader import load
from quiz.proof import check
from quiz.questions import KINDS, Draw, Material, bank, cards
from quiz.questions.rivals import rivals
from quiz.reasoning import Knowledge
from quiz.verdict import Verdict

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "decks" / "lupus-look-alikes"


@pytest.fixture(scope="module")
def material() -> Material:
    deck, problems = load(FOLDER)
    assert problems == ()
    assert deck is not None
    return Material(Knowledge(deck))


@pytest.fixture(scope="module")
def deck(material: Material) -> Deck:
    return material.deck


def test_no_conflicts(material: Material) -> None:
    """The facts agree, also where only inheritance would bring a contradiction out."""
    assert conflicts(material.knowledge) == ()


@pytest.mark.parametrize("seed", [0, 1])
def test_the_whole_bank_is_proven(material: Material, seed: int) -> None:
    """Every question has exactly one key, and each distractor is wrong by a legal rule that its facts imply."""
    questions = list(bank(material, seed))
    assert len(questions) >= 400
    assert check(material.deck, bank_as_data(material.deck, seed, questions)) == ()


def test_later_turns_are_proven_too(material: Material) -> None:
    """Wording and options of the third turn, with the three options of a novice."""
    asked = [KINDS[kind](card, material, Draw(5, card.id, 2, 3)) for card in cards(material) for kind in card.kinds]
    assert check(material.deck, bank_as_data(material.deck, 5, asked)) == ()


def test_all_five_documents_are_drawn_on(deck: Deck) -> None:
    """At least 120 facts, from each given source; references carry an address and say what was read."""
    given = {source.id for source in deck.sources.values() if source.tier is Tier.GIVEN}
    assert len(given) == 5
    assert len(deck.facts) >= 120
    assert {cite.source for fact in deck.facts.values() for cite in fact.cites} >= given
    references = [source for source in deck.sources.values() if source.tier is Tier.REFERENCE]
    assert all(source.address.startswith("http") and source.read for source in references)


@pytest.mark.parametrize(
    "pair", [("sle", "ms"), ("sle", "fm"), ("ms", "ssc"), ("lcssc", "dcssc")], ids=lambda pair: "-".join(pair)
)
def test_contrasts_in_both_directions(material: Material, pair: tuple[str, str]) -> None:
    """Each of the named pairs can be practised either way round."""
    contrasts = [card.about for card in cards(material) if "contrast" in card.kinds]
    assert contrasts.count(pair) >= 2
    assert contrasts.count((pair[1], pair[0])) >= 2


def keyed(material: Material, pair: tuple[str, str]) -> set[str]:
    """Features that ever key a contrast of the pair by what is true or listed, in either direction."""
    found = set()
    for card in cards(material):
        if card.id.startswith(("pair:", "listed:")) and set(card.about) == set(pair) and "contrast" in card.kinds:
            assert card.feature is not None
            found.add(card.feature)
    return found


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        (("sle", "ms"), "fatigue|tired"),
        (("sle", "ms"), "steroid"),
        (("sle", "ms"), "autoimmun"),
        (("sle", "ms"), "myelin"),
        (("sle", "ms"), "headache|stiffness|depress|memory|^inflammation |major inflammation"),
        (("sle", "ms"), "antinuclear|\\bANA\\b"),
        (("sle", "ssc"), "antinuclear|\\bANA\\b"),
        (("ms", "ssc"), "antinuclear|\\bANA\\b"),
        (("ms", "ssc"), "depress"),
        (("sle", "ssc"), "depress"),
        (("fm", "ssc"), "depress"),
        (("lcssc", "dcssc"), "raynaud"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_what_is_shared_or_unknown_never_keys_a_contrast(material: Material, pair: tuple[str, str], words: str) -> None:
    """The deck knows such features, and for this pair they are true of both or unknown of one."""
    features = [
        feature.id
        for feature in material.deck.features.values()
        if re.search(words, f"{feature.id} {feature.noun} {' '.join(feature.also)}", re.IGNORECASE)
    ]
    assert features, f"the deck has no feature on {words}"
    assert not keyed(material, pair) & set(features)


@pytest.mark.parametrize("other", ["sle", "ms", "fm", "ssc"])
def test_antinuclear_antibodies_part_nothing_but_where_it_is_said(material: Material, other: str) -> None:
    """A test that is named for lupus and for systemic sclerosis is never known to be missing in either."""
    for feature in material.deck.features.values():
        if "antinuclear" in feature.noun:
            verdict = material.knowledge.judge(other, feature.id).verdict
            assert verdict is not Verdict.FALSE, (other, feature.id)


def test_depression_in_systemic_sclerosis_is_never_false(material: Material) -> None:
    """No source denies it, so it is true or unknown, for the condition and for both forms."""
    features = [each.id for each in material.deck.features.values() if "depress" in each.noun]
    assert features
    for subject, feature in product(("ssc", "lcssc", "dcssc"), features):
        assert material.knowledge.judge(subject, feature).verdict is not Verdict.FALSE


def test_raynaud_belongs_to_both_forms(material: Material) -> None:
    """Raynaud's phenomenon is shared by limited and diffuse systemic sclerosis, or at least never denied."""
    features = [each.id for each in material.deck.features.values() if "raynaud" in each.id]
    assert features
    for subject, feature in product(("lcssc", "dcssc"), features):
        assert material.knowledge.judge(subject, feature).verdict is not Verdict.FALSE, (subject, feature)


def test_misspellings_of_the_sources_never_appear() -> None:
    """Repaired once and for all, in keys, distractors and explanations."""
    for path in FOLDER.glob("*.yaml"):
        text = path.read_text(encoding="utf-8").casefold()
        assert not re.search(r"olygodendro|demylen|remylen|shyrogen|hasimoto", text), path


def test_it_says_once_that_it_is_no_medical_advice(deck: Deck) -> None:
    """The notice stands with the deck."""
    assert "not medical advice" in deck.notice


SOURCES = Path(__file__).parents[3] / "shared" / "sources"


@pytest.mark.skipif(not SOURCES.is_dir(), reason="the source documents are not at hand")
def test_no_eight_words_in_a_row_come_from_a_source(deck: Deck) -> None:
    """Decks, pages and questions are in words of our own; only titles and headings, which are cited, are the sources'."""

    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"[a-z0-9]+", text.casefold())
        return {tuple(words[i : i + 8]) for i in range(len(words) - 7)}

    taken = set().union(*(runs(path.read_text(encoding="utf-8")) for path in SOURCES.glob("*.txt")))
    assert len(taken) > 3000
    cited = {source.title for source in deck.sources.values()}
    cited |= {cite.section for fact in deck.facts.values() for cite in fact.cites}
    pages = [*ROOT.glob("decks/**/*.yaml"), *ROOT.glob("decks/*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("*.md")]
    assert len(pages) > 20
    for page in pages:
        text = " ".join(page.read_text(encoding="utf-8").split())
        for heading in sorted(cited, key=len, reverse=True):
            text = text.replace(heading, " \N{SECTION SIGN} ")
        assert not runs(text) & taken, (page, runs(text) & taken)


def test_what_keeps_a_question_back_does_so_in_the_given_tier_too(deck: Deck) -> None:
    """A comparison that only a reference work makes still bars a feature from being called shared."""
    whole, narrowed = Knowledge(deck), Material(Knowledge(given_only(deck), deck))
    for a, b in rivals(narrowed):
        for aspect in deck.aspects:
            for feature in narrowed.split(a, b, aspect).both:
                assert not whole.is_uneven(feature, a, b), (a, b, feature)
