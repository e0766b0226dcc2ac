"""Each kind asks what can be proven, and every option says why."""

from __future__ import annotations

import pytest

from quiz.deck import Claim
from quiz.questions import KINDS, Draw, Material, Question, bank, cards
from quiz.questions.model import Listing
from quiz.verdict import Rule


def question(material: Material, card_id: str, kind: str, **draw: int) -> Question:
    card = next(card for card in cards(material) if card.id == card_id)
    return KINDS[kind](card, material, Draw(draw.pop("seed", 0), card_id, **draw))


def rules(asked: Question) -> dict[str, Rule]:
    return {option.text: option.reason.rule for option in asked.options}


def test_contrast_sets_the_key_against_what_both_have_and_what_the_other_has(gulls: Material) -> None:
    """The key is true of gulls and known false of terns; each distractor is wrong by its own rule."""
    asked = question(gulls, "pair:gull~tern:hooked-bill", "contrast")
    assert asked.options[asked.key].text == "a bill with a hooked tip"
    assert asked.options[asked.key].claims == (Claim("gull", "hooked-bill", True), Claim("tern", "hooked-bill", False))
    assert asked.options[asked.key].reason.facts == ("hooked-bill.gull", "hooked-bill.tern")
    assert set(rules(asked).values()) <= {Rule.STATED, Rule.CLOSED, Rule.TRUE_OF_BOTH}
    assert Rule.TRUE_OF_BOTH in rules(asked).values()


def test_contrast_never_offers_what_is_unknown_rare_or_uneven(gulls: Material) -> None:
    """Red legs, nests on roofs and nests on the ground are no distractors, whatever is drawn."""
    offered = {
        option.text
        for seed in range(40)
        for card in cards(gulls)
        if card.id.startswith("pair:") and "contrast" in card.kinds
        for option in question(gulls, card.id, "contrast", seed=seed).options
    }
    assert not offered & {"red legs", "a nest on a roof", "a nest on the ground"}
    assert "webbed feet" in offered


def test_likelihood_is_asked_as_likelihood(gulls: Material) -> None:
    """More often is no falsity: the stem asks what makes terns more likely, and the key's rule says so."""
    asked = question(gulls, "likelier:tern>gull:ground-nest", "contrast")
    assert asked.asks["relation"] == "likelier"
    assert asked.options[asked.key].reason.rule is Rule.MORE_OFTEN
    assert "likely" in asked.stem or "tips the scales" in asked.stem


def test_a_listing_names_the_comparison_and_claims_no_absence(gulls: Material) -> None:
    """Not listed is not absent: the options claim listings, and the feedback of a wrong one says so."""
    asked = question(gulls, "listed:plate-7:gull:hooked-bill", "contrast")
    assert "plate 7 of The Book" in asked.stem
    for option in asked.options:
        assert all(isinstance(claim, Listing) for claim in option.claims)
        assert option.reason.rule is Rule.NOT_LISTED
        assert option.key or "Not listed does not mean absent" in option.reason.text


def test_shared_asks_for_what_both_have(gulls: Material) -> None:
    """The key is true of both; each distractor is known to be missing in one."""
    asked = question(gulls, "pair:gull~tern:webbed-feet", "shared")
    assert asked.options[asked.key].reason.rule is Rule.TRUE_OF_BOTH
    assert all(rule is not Rule.TRUE_OF_BOTH for text, rule in rules(asked).items() if text != "webbed feet")


@pytest.mark.parametrize(
    ("card", "key"),
    [
        ("pair:gull~tern:hooked-bill", "gulls, not terns"),
        ("pair:gull~tern:forked-tail", "terns, not gulls"),
        ("pair:gull~tern:webbed-feet", "both"),
    ],
)
def test_sort_has_three_fixed_options(gulls: Material, card: str, key: str) -> None:
    """The options always stand in deck order, whichever is the key."""
    asked = question(gulls, card, "sort", seed=7)
    assert [option.text for option in asked.options] == ["gulls, not terns", "both", "terns, not gulls"]
    assert asked.options[asked.key].text == key


def test_sort_agrees_in_number(gulls: Material) -> None:
    """Plural features take plural verbs in the frame that has one."""
    stems = {question(gulls, "pair:gull~tern:webbed-feet", "sort", turn=turn).stem for turn in range(2)}
    assert "Where do webbed feet belong: with gulls, with terns or with both?" in stems


def test_true_false_has_the_verdict_as_key(gulls: Material) -> None:
    """A statement about terns that a closure excludes is false, with the closure as the reason."""
    asked = question(gulls, "claim:tern:heavy-body", "true-false")
    assert asked.options[asked.key].text == "False"
    assert asked.options[asked.key].reason.facts == ("tern-build",)
    assert question(gulls, "claim:gull:heavy-body", "true-false").key == 0


def test_wording_and_order_turn(gulls: Material) -> None:
    """From turn to turn the frame changes, and over some turns so does the order of options."""
    asked = [question(gulls, "pair:gull~tern:hooked-bill", "contrast", turn=turn) for turn in range(6)]
    assert asked[0].stem != asked[1].stem != asked[2].stem
    assert len({tuple(option.text for option in each.options) for each in asked}) > 1


def test_option_count_follows_the_draw(gulls: Material) -> None:
    """Three options for a novice, up to four later."""
    assert len(question(gulls, "pair:gull~tern:hooked-bill", "contrast", most=3).options) == 3
    assert len(question(gulls, "pair:gull~tern:hooked-bill", "contrast", most=4).options) == 4


def test_same_seed_same_bank(gulls: Material) -> None:
    """The bank depends on nothing but facts and seed."""
    assert list(bank(gulls, 3)) == list(bank(Material(gulls.knowledge), 3))
    assert list(bank(gulls, 3)) != list(bank(gulls, 4))


def test_kinds_can_be_chosen(gulls: Material) -> None:
    """A bank of some kinds holds those only."""
    assert {each.kind for each in bank(gulls, 0, ["sort", "recall"])} == {"sort", "recall"}
    assert {each.kind for each in bank(gulls, 0)} == set(KINDS)


def test_every_option_cites_the_facts_of_its_reason(gulls: Material) -> None:
    """No option without reason and citation."""
    for each in bank(gulls, 0):
        for option in each.options:
            assert option.reason.text
            assert option.cites == gulls.cites(option.reason.facts)
            assert option.cites
        assert each.cites
        assert each.explanation
