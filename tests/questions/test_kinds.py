"""Each kind asks what can be proven, and every option says why."""

from __future__ import annotations

import pytest

from quiz.deck import Claim
from quiz.questions import KINDS, Draw, Material, Question, bank, cards
from quiz.questions.model import Frequency, Link, Listing
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


def offered(material: Material, subject: str) -> set[str]:
    """What contrasts in favour of the subject offer over many draws."""
    return {
        option.text
        for seed in range(40)
        for card in cards(material)
        if card.id.startswith("pair:") and "contrast" in card.kinds and card.about[0] == subject
        for option in question(material, card.id, "contrast", seed=seed).options
    }


def test_contrast_never_offers_what_is_unknown_or_rare(gulls: Material) -> None:
    """Red legs and nests on roofs are no distractors, whatever is drawn."""
    assert not (offered(gulls, "gull") | offered(gulls, "tern")) & {"red legs", "a nest on a roof"}
    assert "webbed feet" in offered(gulls, "gull")


def test_contrast_offers_what_is_likelier_in_one_only_against_it(gulls: Material) -> None:
    """Both nest on the ground, terns more often: it does not speak for gulls, and is not offered where terns are sought."""
    assert "a nest on the ground" in offered(gulls, "gull")
    assert "a nest on the ground" not in offered(gulls, "tern")


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


def test_kinds_can_be_chosen(gulls: Material, waders: Material) -> None:
    """A bank of some kinds holds those only."""
    assert {each.kind for each in bank(gulls, 0, ["sort", "recall"])} == {"sort", "recall"}
    assert {each.kind for material in (gulls, waders) for each in bank(material, 0)} == set(KINDS)


def test_which_subject_sets_the_key_among_rivals_known_to_lack_the_feature(waders: Material) -> None:
    """One bird has it, and every other option is known not to have it."""
    asked = question(waders, "claim:plover:black-armpits", "which-subject")
    assert asked.stem in {
        "Of these birds, to which do black armpits in flight belong?",
        "Black armpits in flight: which of these birds is that true of?",
    }
    assert asked.options[asked.key].text == "the plover"
    assert {option.text for option in asked.options} == {"the knot", "the stint", "the plover"}
    assert set(rules(asked).values()) == {Rule.STATED}


def test_which_feature_sets_the_key_among_features_known_to_be_missing(waders: Material) -> None:
    """What the knot lacks is wrong for the knot, though a rival has it."""
    asked = question(waders, "claim:knot:size-of-thrush", "which-feature")
    assert asked.options[asked.key].text == "the size of a thrush"
    assert {option.text for option in asked.options if not option.key} == {
        "the size of a sparrow",
        "black armpits in flight",
    }


def test_a_case_is_a_sketch_that_only_the_key_accounts_for(waders: Material) -> None:
    """The sketch holds the deciding finding and one that all share; each rival lacks something in it."""
    asked = question(waders, "claim:stint:size-of-sparrow", "case")
    assert "It is as small as a sparrow." in asked.stem
    assert "It feeds on a mudflat." in asked.stem
    assert asked.options[asked.key].text == "the stint"
    for option in asked.options:
        verdicts = [waders.knowledge.judge(claim.subject, claim.feature).verdict for claim in option.claims]
        assert ("FALSE" not in verdicts) is option.key
        assert option.reason.text


def test_a_comparison_of_frequency_is_stated_rightly_and_wrongly_by_turns(gulls: Material) -> None:
    """Terns nest on the ground more often than gulls: turned round, the statement is false, by the same fact."""
    asked = [question(gulls, "likelier:tern>gull:ground-nest", "true-false", turn=turn) for turn in (0, 1)]
    stems = {each.options[each.key].text: each.stem for each in asked}
    assert "met more often in terns than in gulls." in stems["True"]
    assert "met more often in gulls than in terns." in stems["False"]
    assert {option.claims[0] for option in asked[0].options} == {
        Frequency("ground-nest", str(asked[0].asks["in"]), str(asked[0].asks["than"]), holds) for holds in (True, False)
    }
    assert set(rules(asked[0]).values()) == {Rule.MORE_OFTEN}


def test_how_asks_for_the_effect_of_one_cause(waders: Material) -> None:
    """The other effects of the signed set are wrong for this cause, and say whose they are."""
    asked = question(waders, "how:moves:frost", "how")
    assert asked.stem == "What does hard frost lead to?"
    assert asked.options[asked.key].text == "a move further south"
    assert {option.claims[0] for option in asked.options} == {
        Link("frost", "frost"),
        Link("frost", "tide"),
        Link("frost", "falcon"),
    }
    assert all("a way of its own" in option.reason.text for option in asked.options if not option.key)


def test_a_number_is_typed_with_its_unit(waders: Material) -> None:
    """The stem names the unit; the figure is right with it, without it, and as it is meant."""
    asked = question(waders, "number:flock", "number")
    assert asked.stem == "How many knots may a flock hold? (a figure, in thousand)"
    assert asked.accepts == ("about 5 thousand", "5 thousand", "5")
    assert not asked.options


def test_every_option_cites_the_facts_of_its_reason(gulls: Material) -> None:
    """No option without reason and citation."""
    for each in bank(gulls, 0):
        for option in each.options:
            assert option.reason.text
            assert option.cites == gulls.cites(option.reason.facts)
            assert option.cites
        assert each.cites
        assert each.explanation
