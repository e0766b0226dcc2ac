"""Cards: what a deck gives to remember, and what it leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from quiz.deck import Deck
from quiz.interchange import bank_as_data
from quiz.proof import check
from quiz.questions import Material, bank, cards
from quiz.reasoning import Knowledge
from quiz.verdict import Rule


def ids(material: Material) -> set[str]:
    return {card.id for card in cards(material)}


def test_a_pair_card_for_each_placed_feature_in_the_kinds_that_have_enough_options(gulls: Material) -> None:
    """True of one: contrast and sort; true of both: shared and sort."""
    kinds = {card.id: card.kinds for card in cards(gulls) if card.id.startswith("pair:")}
    assert kinds == {
        "pair:gull~tern:hooked-bill": ("contrast", "sort"),
        "pair:gull~tern:heavy-body": ("contrast", "sort"),
        "pair:gull~tern:forked-tail": ("contrast", "sort"),
        "pair:gull~tern:hovering": ("contrast", "sort"),
        "pair:gull~tern:webbed-feet": ("shared", "sort"),
        "pair:gull~tern:white-belly": ("shared", "sort"),
    }


def test_unknown_rare_and_uneven_features_place_nothing(gulls: Material) -> None:
    """Red legs (unknown of gulls), roof nests (rare in terns) and ground nests (more often in terns) give no pair card."""
    assert not {card for card in ids(gulls) if card.startswith(("pair", "claim")) and card.endswith(("legs", "nest"))}


def test_as_many_true_as_false_statements(gulls: Material) -> None:
    """Each feature that separates gives both a true and a false statement."""
    verdicts = Counter(
        str(gulls.knowledge.judge(card.about[0], card.feature).verdict)
        for card in cards(gulls)
        if "true-false" in card.kinds and card.feature and card.id.startswith("claim:")
    )
    assert verdicts["TRUE"] == verdicts["FALSE"] == 4


def test_true_statements_that_nothing_else_asks_are_matched_by_left_over_false_ones(
    deck_of: Callable[[str], Deck],
) -> None:
    """Diving has no false side, red feet one more false than true: the two make up for each other."""
    deck = deck_of("""
subjects:
  gull: {group: birds, name: gull, short: gulls}
  tern: {group: birds, name: tern, short: terns}
  skua: {group: birds, name: skua, short: skuas}
features:
  diving: {aspect: sign, noun: diving, present: {tern: {says: Terns dive., cite: book Terns ¶1}}}
  red-feet:
    aspect: sign
    noun: red feet
    plural: yes
    present: {tern: {says: Terns have red feet., cite: book Terns ¶2}}
    absent:
      gull: {says: Gulls have none., cite: book Gulls ¶2}
      skua: {says: Skuas have none., cite: book Skuas ¶2}
""")
    found = [card for card in cards(Material(Knowledge(deck))) if "true-false" in card.kinds]
    assert sorted(card.feature or "" for card in found) == ["diving", "red-feet", "red-feet", "red-feet"]


def test_background_is_never_asked(gulls: Material) -> None:
    """A fact of weight background gives no card, cloze or not."""
    assert "recall:aside" not in ids(gulls)
    assert "recall:eyes" in ids(gulls)


def test_former_names_give_former_card_ids(gulls: Material) -> None:
    """A renamed subject or feature leaves its cards findable under every former name."""
    card = next(card for card in cards(gulls) if card.id == "pair:gull~tern:forked-tail")
    assert set(card.was) == {
        "pair:gull~sea-swallow:forked-tail",
        "pair:gull~tern:swallow-tail",
        "pair:gull~sea-swallow:swallow-tail",
    }


def test_a_renamed_subject_keeps_its_listings(gulls: Material) -> None:
    """Cards of a comparison are found under the former name of the subject."""
    card = next(card for card in cards(gulls) if card.id == "listed:plate-7:tern:hovering")
    assert "listed:plate-7:sea-swallow:hovering" in card.was


def test_order_of_subjects_does_not_change_card_ids(deck_of: Callable[[str], Deck]) -> None:
    """Reordering subjects in the file must not cost anybody's progress."""
    gull = "  gull: {group: birds, name: gull, short: gulls}\n"
    tern = "  tern: {group: birds, name: tern, short: terns}\n"
    features = """
features:
  beak:
    aspect: sign
    noun: a hooked beak
    present: {gull: {says: Gulls have it., cite: book Gulls ¶1}}
    absent: {tern: {says: Terns have not., cite: book Terns ¶1}}
  fork:
    aspect: sign
    noun: a forked tail
    present: {tern: {says: Terns have it., cite: book Terns ¶2}}
    absent: {gull: {says: Gulls have not., cite: book Gulls ¶2}}
  flight:
    aspect: sign
    noun: strong flight
    present: {gull: {says: Gulls fly., cite: book Gulls ¶3}, tern: {says: Terns fly., cite: book Terns ¶3}}
"""
    one = ids(Material(Knowledge(deck_of(f"subjects:\n{gull}{tern}{features}"))))
    other = ids(Material(Knowledge(deck_of(f"subjects:\n{tern}{gull}{features}"))))
    assert one == other
    assert "pair:gull~tern:beak" in one


def test_card_ids_are_unique(gulls: Material) -> None:
    """No two cards share a memory."""
    found = [card.id for card in cards(gulls)]
    assert len(found) == len(set(found))


def test_sisters_share_a_fact_or_a_feature(gulls: Material) -> None:
    """The pair card and the statements of a feature are sisters; cards of other features are not."""
    by_id = {card.id: card for card in cards(gulls)}
    pair, claim = by_id["pair:gull~tern:hooked-bill"], by_id["claim:tern:hooked-bill"]
    assert pair.sisterhood & claim.sisterhood
    assert pair.sisterhood & by_id["recall:hooked-bill.gull"].sisterhood
    assert not pair.sisterhood & by_id["pair:gull~tern:heavy-body"].sisterhood


def test_what_only_an_exclusive_value_refutes_is_not_stated(deck_of: Callable[[str], Deck]) -> None:
    """Beside its rivals "a curved bill" is refuted by the straight one; alone, the reason would be a non sequitur."""
    deck = deck_of(
        """
        subjects:
          gull: {group: birds, name: gull, short: gulls}
          tern: {group: birds, name: tern, short: terns}
        features:
          curved:
            aspect: sign
            noun: a curved bill
            present: {gull: {says: Gulls have it., cite: book Gulls ¶1, strength: every}}
          straight:
            aspect: sign
            noun: a straight bill
            present: {tern: {says: Terns have it., cite: book Terns ¶1, strength: every}}
        apart:
          bills: {says: The bill is curved or straight., cite: book Bills ¶1, values: {gull: curved, tern: straight}}
        """
    )
    found = Material(Knowledge(deck))
    assert found.lacks("tern", "curved")
    assert not [card for card in cards(found) if "true-false" in card.kinds]


def test_a_lure_of_contrast_may_be_what_is_only_known_to_be_likelier_in_the_other(
    deck_of: Callable[[str], Deck],
) -> None:
    """Whether gulls dive at all is unknown; that terms do so more often keeps it from speaking for gulls."""
    deck = deck_of(
        """
        subjects:
          gull: {group: birds, name: gull, short: gulls}
          tern: {group: birds, name: tern, short: terns}
        features:
          curved:
            aspect: sign
            noun: a curved bill
            present: {gull: {says: Gulls have it., cite: book Gulls ¶1, strength: often}}
            absent: {tern: {says: Terns have not., cite: book Terns ¶1}}
          hook:
            aspect: sign
            noun: a hooked bill
            present: {gull: {says: Gulls have one., cite: book Gulls ¶2, strength: often}}
            absent: {tern: {says: Terns have none., cite: book Terns ¶2}}
          spot:
            aspect: sign
            noun: a red spot
            present: {gull: {says: Gulls have one., cite: book Gulls ¶3, strength: often}}
            absent: {tern: {says: Terns have none., cite: book Terns ¶3}}
          fork: {aspect: sign, noun: a forked tail}
          dive: {aspect: sign, noun: a steep dive}
          hover: {aspect: sign, noun: hovering}
        more-often:
          fork: {feature: fork, in: tern, than: gull, says: More often forked in terns., cite: book Terns ¶4}
          dive: {feature: dive, in: tern, than: gull, says: Terns dive more often., cite: book Terns ¶5}
          hover: {feature: hover, in: tern, than: gull, says: Terns hover more often., cite: book Terns ¶6}
        """
    )
    questions = {each.id: each for each in bank(Material(Knowledge(deck)), 0)}
    asked = questions["pair:gull~tern:curved/contrast"]
    rules = {option.text: option.reason.rule for option in asked.options if not option.key}
    assert set(rules) <= {"a forked tail", "a steep dive", "hovering"}
    assert set(rules.values()) == {Rule.MORE_OFTEN}
    assert check(deck, bank_as_data(deck, 0, questions.values())) == ()
