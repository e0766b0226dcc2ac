"""Which findings a probe holds, how it is logged, and what it comes to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.confusion import Confusion, confusions
from quiz.deck import Deck
from quiz.errors import UsageError
from quiz.journal import StoreJournal
from quiz.memory import Confidence, Mode, Response, Stamp
from quiz.probe import (
    SAID,
    Finding,
    Outcome,
    Probe,
    Score,
    differs,
    findings,
    median_took,
    past_probes,
    score,
    suggested,
    taken_for_own,
)
from quiz.questions import Material, cards
from quiz.reasoning import Knowledge
from quiz.session import Answered
from quiz.store import Store

SUBJECTS = """
subjects:
  gull: {group: birds, name: gull, short: gulls, was: [mew]}
  tern: {group: birds, name: tern, short: terns}
  skua: {group: birds, name: skua, short: skuas}
features:
"""


def feature(name: str, present: str, absent: str = "", more: str = "") -> str:
    """A feature that the subjects in ``present`` have and those in ``absent`` lack."""
    text = f"  {name}:\n    aspect: sign\n    noun: the {name}\n{more}"
    for key, subjects in (("present", present), ("absent", absent)):
        if subjects:
            text += f"    {key}:\n"
        for subject in subjects.split():
            text += f"      {subject}: {{says: The {subject} and the {name}., cite: book Birds ¶1}}\n"
    return text


BIRDS = (
    SUBJECTS
    + "".join(feature(f"own-{n}", "gull", "tern") for n in range(6))
    + "".join(feature(f"of-all-{n}", "gull tern skua") for n in range(6))
    + "".join(feature(f"of-terns-{n}", "tern", "gull") for n in range(6))
    + feature("of-both-rivals", "tern skua", "gull")
    + feature("of-nobody", "", "gull tern skua")
    + feature("unknown-of-gulls", "tern skua")
)
"""Gulls have twelve findings, six of which terns lack; of seven that rivals have they are known to have none."""


@pytest.fixture
def birds(deck_of: Callable[[str], Deck]) -> Material:
    return Material(Knowledge(deck_of(BIRDS)))


def outcome(said: bool | None, *, belongs: bool, took: int = 1000, rivals: tuple[str, ...] = ()) -> Outcome:
    return Outcome(Finding("any", belongs, rivals), said, took)


def told(hits: int, misses: int, alarms: int, rejections: int, late_own: int = 0, late_others: int = 0) -> Score:
    return score(
        [outcome(True, belongs=True)] * hits
        + [outcome(False, belongs=True)] * misses
        + [outcome(True, belongs=False)] * alarms
        + [outcome(False, belongs=False)] * rejections
        + [outcome(None, belongs=True)] * late_own
        + [outcome(None, belongs=False)] * late_others
    )


# which findings


def test_half_belong_and_half_are_known_not_to(birds: Material) -> None:
    """So that whoever always says yes is right as often as wrong."""
    found = findings(birds, "gull", 12, seed=1)
    assert [each.belongs for each in found].count(True) == 6
    assert len({each.feature for each in found}) == 12
    for each in found:
        assert birds.has("gull", each.feature) if each.belongs else birds.lacks("gull", each.feature)


def test_what_a_rival_lacks_comes_before_what_all_have(birds: Material) -> None:
    """What everybody has tells nobody apart."""
    own = {each.feature for each in findings(birds, "gull", 12, seed=1) if each.belongs}
    assert own == {f"own-{n}" for n in range(6)}


def test_the_other_half_belongs_to_rivals_that_are_named(birds: Material) -> None:
    """What nobody has would teach nothing, and what is unknown is not false."""
    others = {each.feature: each.rivals for each in findings(birds, "gull", 24, seed=1) if not each.belongs}
    assert others == {**{f"of-terns-{n}": ("tern",) for n in range(6)}, "of-both-rivals": ("tern", "skua")}


def test_both_halves_shrink_alike_where_too_few_are_known(birds: Material) -> None:
    """Seven of rivals, so seven of its own, though it has twelve."""
    assert len(findings(birds, "gull", 24, seed=1)) == 14


def test_an_odd_number_is_made_even(birds: Material) -> None:
    """Half and half is more than the last finding."""
    assert len(findings(birds, "gull", 9, seed=1)) == 8


def test_the_same_seed_gives_the_same_probe_and_another_another(birds: Material) -> None:
    """Also in its order, which does not alternate."""
    assert findings(birds, "gull", 8, seed=1) == findings(birds, "gull", 8, seed=1)
    assert findings(birds, "gull", 8, seed=1) != findings(birds, "gull", 8, seed=2)


def test_what_was_asked_last_time_waits(birds: Material) -> None:
    """Of seven findings of rivals four were seen; the three others come next, and the halves stay even."""
    seen = {each.feature for each in findings(birds, "gull", 8, seed=1)}
    again = findings(birds, "gull", 8, seed=1, seen=seen)
    fresh = [each for each in again if each.feature not in seen]
    assert [each.belongs for each in again].count(True) == 4
    assert [each.belongs for each in fresh].count(False) == 3


def test_too_little_knowledge_is_said_in_one_line_with_a_remedy(birds: Material) -> None:
    """Of skuas nothing is known that they lack and another has."""
    with pytest.raises(UsageError, match="too little is known of skuas.*4 of each are needed; probe another") as error:
        findings(birds, "skua", 24, seed=1)
    assert "\n" not in str(error.value)


def test_rare_and_umbrella_features_and_background_are_not_asked(deck_of: Callable[[str], Deck]) -> None:
    """For none of them would "it belongs" be a fair answer."""
    rare = BIRDS.replace("The gull and the own-0., cite", "Few., strength: rarely, cite")
    background = rare.replace("The gull and the own-1., cite", "So., weight: background, cite")
    umbrella = background.replace("noun: the own-2\n", "noun: the own-2\n    umbrella: yes\n")
    asked = {each.feature for each in findings(Material(Knowledge(deck_of(umbrella))), "gull", 14, seed=1)}
    assert asked.isdisjoint({"own-0", "own-1", "own-2"})


def test_findings_too_alike_wait_behind_the_others(deck_of: Callable[[str], Deck]) -> None:
    """One of two that lie within each other gives the other away."""
    nested = BIRDS.replace("noun: the own-1\n", "noun: the own-1\n    broader: [own-0]\n")
    material = Material(Knowledge(deck_of(nested)))
    for seed in range(20):
        asked = {each.feature for each in findings(material, "gull", 10, seed)}
        assert not {"own-0", "own-1"} <= asked


def test_without_a_name_the_subject_most_mixed_up_is_probed(birds: Material) -> None:
    """If it can be; before anything was mixed up, the first that can."""
    mixed = Confusion("skua", "tern", 3, 9, 2.5, 3, 0, ())
    assert suggested(birds, ()) == "gull"
    assert suggested(birds, (mixed,)) == "tern"
    assert suggested(birds, (mixed._replace(weight=0.0),)) == "gull"


def test_a_deck_with_too_little_knowledge_cannot_be_probed(deck_of: Callable[[str], Deck]) -> None:
    """One line says so."""
    material = Material(Knowledge(deck_of(SUBJECTS + feature("beak", "gull", "tern"))))
    with pytest.raises(UsageError, match="no subject of sample has 4 known findings"):
        suggested(material, ())


# taking it


def test_every_answer_is_recorded_before_the_next_finding(birds: Material) -> None:
    """Unrated and in the mode of a probe; what the choice claims is kept."""
    written: list[Answered] = []
    own, other = Finding("own-0", True), Finding("of-terns-0", False, ("tern",))
    probe = Probe(birds, "gull", (own, other, own), written.append, seed=5)
    assert probe.next and probe.next.noun == "the own-0"
    probe.answer(False, 900)
    probe.answer(True, 800)
    probe.answer(None, 4000)
    assert probe.next is None
    assert [(each.reply.chosen, each.mark.right, each.mark.rating) for each in written] == [
        (1, False, None),
        (0, False, None),
        (None, False, None),
    ]
    assert {each.turn.mode for each in written} == {Mode.PROBE}
    assert all(each.turn.practice for each in written)
    assert tuple(option.text for option in written[0].question.options) == SAID
    with pytest.raises(IndexError):
        probe.answer(True, 1)


def held(material: Material, store: Store, answers: list[bool | None], *, day: int = 20_000) -> Probe:
    """A probe of gulls with these answers, written into a store on a day; a second for each."""
    times = iter(range(day * 86_400_000 + 36_000_000, 10**15, 1000))
    numbers = iter(range(100))

    def stamp() -> Stamp:
        return Stamp(uuid=f"{day}-{next(numbers)}", device="d", time=next(times), offset=0, day=day)

    probe = Probe(material, "gull", findings(material, "gull", 8, 1), StoreJournal(store, 1, 0.9, stamp).record, seed=1)
    for said in answers:
        probe.answer(said, 1000)
    return probe


def test_the_log_gives_a_probe_back(birds: Material, tmp_path: Path) -> None:
    """By sitting, with what was too late as well."""
    with Store.open(tmp_path / "progress.db", "d") as store:
        first = held(birds, store, [True, False, None, True, True, False, None, False], day=20_000)
        second = held(birds, store, [True] * 8, day=20_007)
        past = past_probes(birds, "gull", store.responses("sample"))
        assert [each.day for each in past] == [20_000, 20_007]
        assert [list(each.outcomes) for each in past] == [first.outcomes, second.outcomes]
        assert past_probes(birds, "tern", store.responses("sample")) == []
        assert store.memories("sample") == {}
        assert store.answered_on("sample", 20_000) == set()


def response(card: str, claims: tuple[tuple[str, str, bool], ...], *, right: bool, day: int = 100) -> Response:
    """A response in a probe."""
    return Response(
        uuid="", device="", time=day, offset=0, day=day, deck="sample", card=card, kind="probe", seed=0, options=SAID,
        chosen=0, typed="", claims=claims, took=1000, confidence=Confidence.PLAIN, right=right, rating=None,
        counts=False, mode=Mode.PROBE, sitting="one",
    )  # fmt: skip


def test_a_former_name_and_a_lost_feature_do_no_harm(birds: Material) -> None:
    """Gulls were called mews; what the deck no longer knows of is passed over."""
    written = [
        response("claim:mew:own-0", (("mew", "own-0", True),), right=True),
        response("claim:gull:gone", (("gull", "gone", True),), right=True),
        response("claim:gull:unknown-of-gulls", (("gull", "unknown-of-gulls", True),), right=True),
    ]
    (past,) = past_probes(birds, "gull", written)
    assert past.outcomes == (Outcome(Finding("own-0", True), True, 1000),)


def test_a_false_alarm_is_a_mix_up_and_a_rejection_a_chance_for_it(birds: Material) -> None:
    """One of two findings of terns was taken for one of gulls, whether the deck has a card of it or not."""
    written = [
        response("claim:gull:of-terns-0", (("gull", "of-terns-0", True),), right=False),
        response("claim:gull:of-terns-1", (("gull", "of-terns-1", False),), right=True),
        response("claim:gull:own-0", (("gull", "own-0", True),), right=True),
        response("claim:gull:of-terns-2", (), right=False),
    ]
    for by_id in ({card.id: card for card in cards(birds)}, {}):
        (found,) = confusions(birds, by_id, written, today=100)
        assert (found.actual, found.taken, found.times, found.chances) == ("tern", "gull", 1, 2)


# what came of it


@pytest.mark.parametrize("said", [True, False, None])
def test_always_the_same_answer_scores_as_guessing_does(said: bool | None) -> None:
    """Yes to all, no to all, and silence."""
    found = score([outcome(said, belongs=belongs) for belongs in (True, False) for _ in range(12)])
    assert found.d_prime == 0


def test_what_was_too_late_is_missed_and_neither_alarm_nor_rejection() -> None:
    """Two that belong and three that do not."""
    assert told(4, 1, 2, 3, late_own=2, late_others=3) == Score(4, 3, 2, 3, late=5, others=8)


def test_discrimination_is_corrected_so_that_it_is_finite() -> None:
    """All right of 4 and 4: z(0.9) twice, as half a response is added to each cell (Hautus 1995)."""
    assert told(4, 0, 0, 4).d_prime == pytest.approx(2 * 1.2816, abs=1e-3)


@given(st.integers(0, 12), st.integers(0, 12))
def test_a_hit_more_never_lowers_discrimination_and_a_false_alarm_more_never_raises_it(hits: int, alarms: int) -> None:
    """And turning all answers round turns its sign."""
    found = told(hits, 12 - hits, alarms, 12 - alarms)
    assert told(12 - hits, hits, 12 - alarms, alarms).d_prime == pytest.approx(-found.d_prime)
    if hits < 12:
        assert told(hits + 1, 11 - hits, alarms, 12 - alarms).d_prime > found.d_prime
    if alarms < 12:
        assert told(hits, 12 - hits, alarms + 1, 11 - alarms).d_prime < found.d_prime


def test_a_small_change_may_be_chance_and_a_large_one_is_not() -> None:
    """One finding of 24 proves nothing; from guessing to all right does."""
    assert not differs(told(9, 3, 3, 9), told(10, 2, 3, 9))
    assert differs(told(6, 6, 6, 6), told(12, 0, 0, 12))


def test_a_probe_broken_off_early_measures_nothing() -> None:
    """Fewer than four of either half."""
    assert not told(3, 0, 2, 5).measures
    assert told(3, 1, 2, 2).measures


def test_the_median_leaves_out_what_was_too_late() -> None:
    """Four seconds of silence are no time to answer."""
    said = [outcome(True, belongs=True, took=took) for took in (900, 1500, 1100)]
    assert median_took([*said, outcome(None, belongs=True, took=4000)]) == 1100
    assert median_took([outcome(None, belongs=True)]) is None


def test_false_alarms_are_counted_by_the_rivals_they_belong_to() -> None:
    """One may belong to two of them; rejections and misses belong to none."""
    said = [
        outcome(True, belongs=False, rivals=("skua",)),
        outcome(True, belongs=False, rivals=("tern", "skua")),
        outcome(False, belongs=False, rivals=("tern",)),
        outcome(False, belongs=True),
    ]
    assert taken_for_own(said) == [("skua", 2), ("tern", 1)]
