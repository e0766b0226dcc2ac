"""Who takes what for what: mix-ups in single responses, and the confusions that they add up to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.confusion import (
    HALF_LIFE,
    RECENT,
    STREAK,
    Confusion,
    History,
    MixUp,
    at_stake,
    confusions,
    lures,
    mix_ups,
    pair_weights,
    worst_pairs,
)
from quiz.deck import Claim, Deck, Weight
from quiz.draw import Draw
from quiz.loader import load
from quiz.memory import Confidence, Rating, Response
from quiz.questions import KINDS, Material, cards
from quiz.questions.model import Card
from quiz.reasoning import Knowledge
from tests.conftest import FRAME
from tests.strategies import decks

TODAY = 20_000

DECK = """
subjects:
  gull: {group: birds, name: gull, short: gulls}
  tern: {group: birds, name: tern, short: terns}
  skua: {group: birds, name: skua, short: skuas}
features:
  hook:
    aspect: sign
    noun: a hooked bill
    present:
      gull: {says: Gulls have it., cite: book Gulls ¶1, strength: often}
    absent:
      tern: {says: Terns have not., cite: book Terns ¶1}
      skua: {says: Skuas have not., cite: book Skuas ¶1}
  fork:
    aspect: sign
    noun: a forked tail
    present:
      tern: {says: Terns have it., cite: book Terns ¶2, strength: often}
      skua: {says: Skuas have it., cite: book Skuas ¶2, strength: often}
    absent:
      gull: {says: Gulls have not., cite: book Gulls ¶2}
  webs:
    aspect: sign
    noun: webbed feet
    present:
      gull: {says: Gulls have them., cite: book Gulls ¶3}
      tern: {says: Terns have them., cite: book Terns ¶3}
  dive:
    aspect: sign
    noun: diving
    present:
      gull: {says: Gulls dive., cite: book Gulls ¶4}
"""


@pytest.fixture
def knowledge(deck_of: Callable[[str], Deck]) -> Knowledge:
    return Knowledge(deck_of(DECK))


def pairs(found: tuple[MixUp, ...]) -> dict[tuple[str, str], str]:
    return {(each.actual, each.taken): each.feature for each in found}


GULL_NOT_TERN = ("gull", "tern")
"""What a card is about that asks what speaks for gulls against terns."""


@pytest.mark.parametrize(
    ("about", "kind", "claims", "expected"),
    [
        pytest.param(
            GULL_NOT_TERN,
            "contrast",
            [("gull", "fork", True), ("tern", "fork", False)],
            {("tern", "gull"): "fork"},
            id="contrast, a finding of the other: the other is taken for the one",
        ),
        pytest.param(
            GULL_NOT_TERN,
            "contrast",
            [("gull", "webs", True), ("tern", "webs", False)],
            {("tern", "gull"): "webs"},
            id="contrast, a finding of both: it is denied to the other",
        ),
        pytest.param(
            GULL_NOT_TERN,
            "contrast",
            [("gull", "dive", True)],
            {("tern", "gull"): "dive"},
            id="likelihood, where nothing said is false",
        ),
        pytest.param(
            GULL_NOT_TERN,
            "contrast",
            [],
            {("tern", "gull"): ""},
            id="a listing, whose options claim nothing of the subjects",
        ),
        pytest.param(GULL_NOT_TERN, "true-false", [], {("gull", "tern"): ""}, id="a frequency, judged the wrong way"),
        pytest.param(
            GULL_NOT_TERN,
            "sort",
            [("gull", "hook", False), ("tern", "hook", True)],
            {("gull", "tern"): "hook"},
            id="sort, put to the other",
        ),
        pytest.param(
            GULL_NOT_TERN,
            "sort",
            [("gull", "hook", True), ("tern", "hook", True)],
            {("gull", "tern"): "hook"},
            id="sort, put to both",
        ),
        pytest.param(
            GULL_NOT_TERN,
            "sort",
            [("gull", "webs", True), ("tern", "webs", False)],
            {("tern", "gull"): "webs"},
            id="sort, put to one of both",
        ),
        pytest.param(
            GULL_NOT_TERN,
            "shared",
            [("gull", "hook", True), ("tern", "hook", True)],
            {("gull", "tern"): "hook"},
            id="shared, what only one has",
        ),
        pytest.param(
            ("gull",), "which-subject", [("tern", "hook", True)], {("gull", "tern"): "hook"}, id="which subject"
        ),
        pytest.param(
            ("gull",),
            "case",
            [("tern", "hook", True), ("tern", "webs", True), ("tern", "dive", True)],
            {("gull", "tern"): "hook"},
            id="case, by the finding that excludes the subject chosen",
        ),
        pytest.param(
            ("gull",),
            "which-feature",
            [("gull", "fork", True)],
            {("tern", "gull"): "fork", ("skua", "gull"): "fork"},
            id="which feature, shared among all that have it",
        ),
        pytest.param(
            ("tern",),
            "true-false",
            [("tern", "hook", True)],
            {("gull", "tern"): "hook"},
            id="a false statement held true",
        ),
        pytest.param(
            ("gull",), "true-false", [("gull", "hook", False)], {}, id="a true statement held false tells no other"
        ),
        pytest.param(
            ("gull",), "which-subject", [("tern", "dive", True)], {}, id="an unknown claim is not known to be wrong"
        ),
        pytest.param(GULL_NOT_TERN, "recall", [], {}, id="a gap in a sentence about both"),
        pytest.param(GULL_NOT_TERN, "how", [], {}, id="a cause with the wrong effect"),
        pytest.param(
            ("gull",),
            "which-subject",
            [("emu", "hook", True), ("tern", "beard", True)],
            {},
            id="subjects and features that the deck no longer has",
        ),
    ],
)
def test_a_wrong_choice_mixes_up(
    knowledge: Knowledge,
    about: tuple[str, ...],
    kind: str,
    claims: list[tuple[str, str, bool]],
    expected: dict[tuple[str, str], str],
) -> None:
    """Actual and taken, by the kind of question, and what it went wrong by."""
    assert pairs(mix_ups(Material(knowledge), about, kind, claims)) == expected


def test_a_response_weighs_as_much_however_many_it_mixes_up(knowledge: Knowledge) -> None:
    """Who gives gulls what terns and skuas have takes each for a gull by half."""
    assert {
        each.share for each in mix_ups(Material(knowledge), ("gull",), "which-feature", [("gull", "fork", True)])
    } == {0.5}


def card(name: str = "c", about: tuple[str, ...] = GULL_NOT_TERN, feature: str | None = "hook") -> Card:
    return Card(id=name, fact="f", about=about, feature=feature, kinds=("contrast",), weight=Weight.CORE)


RIGHT = (("gull", "hook", True), ("tern", "hook", False))
WRONG = (("gull", "fork", True), ("tern", "fork", False))


def response(
    *,
    right: bool | None = False,
    day: int = TODAY,
    claims: tuple[tuple[str, str, bool], ...] | None = None,
    name: str = "c",
    kind: str = "contrast",
    options: tuple[str, ...] = ("one", "other"),
    chosen: int | None = 0,
) -> Response:
    return Response(
        uuid="",
        device="",
        time=0,
        offset=0,
        day=day,
        deck="sample",
        card=name,
        kind=kind,
        seed=0,
        options=options,
        chosen=chosen,
        typed="",
        claims=(RIGHT if right else WRONG) if claims is None else claims,
        took=1000,
        confidence=Confidence.PLAIN,
        right=right,
        rating=Rating.GOOD if right else Rating.AGAIN,
        counts=True,
    )


def found(knowledge: Knowledge, *responses: Response, **others: Card) -> tuple[Confusion, ...]:
    return confusions(Material(knowledge), {"c": card(), **others}, responses, TODAY)


def test_mix_ups_add_up_among_all_chances(knowledge: Knowledge) -> None:
    """Two wrong of three: two mix-ups of three chances."""
    [each] = found(knowledge, response(), response(right=True), response())
    assert (each.actual, each.taken, each.times, each.chances) == ("tern", "gull", 2, 3)
    assert (each.weight, each.features) == (2.0, ("fork",))


def test_a_mix_up_weighs_half_after_the_half_life(knowledge: Knowledge) -> None:
    """It is never forgotten at once."""
    [each] = found(knowledge, response(day=TODAY - HALF_LIFE))
    assert each.weight == pytest.approx(0.5)
    [each] = found(knowledge, response(day=TODAY - 2 * HALF_LIFE), response())
    assert each.weight == pytest.approx(1.25)


def test_what_was_mixed_up_under_a_former_id_counts(deck_of: Callable[[str], Deck]) -> None:
    """A subject and a feature got new ids; the log still has the old ones."""
    renamed = DECK.replace("gull:", "mew:").replace("mew: {group: birds,", "mew: {was: [gull], group: birds,", 1)
    renamed = renamed.replace("  fork:\n", "  swallowtail:\n    was: [fork]\n")
    known = Knowledge(deck_of(renamed))
    [each] = found(known, response(), c=card(about=("mew", "tern"), feature="hook"))
    assert (each.actual, each.taken, each.features) == ("tern", "mew", ("swallowtail",))


def test_a_streak_retires_a_confusion_and_one_mix_up_brings_it_back(knowledge: Knowledge) -> None:
    """The counts stay, the weight goes, and returns with all its history."""
    wrong, right = response(), response(right=True)
    [each] = found(knowledge, wrong, *[right] * (STREAK - 1))
    assert each.weight == 1.0
    [each] = found(knowledge, wrong, *[right] * STREAK)
    assert (each.weight, each.times, each.trend) == (0.0, 1, "retired")
    [each] = found(knowledge, wrong, *[right] * STREAK, wrong)
    assert (each.weight, each.times, each.trend) == (2.0, 2, "new")


@pytest.mark.parametrize(
    ("ages", "trend"),
    [
        ([0], "new"),
        ([RECENT - 1, 0], "new"),
        ([RECENT, 0, 0], "rising"),
        ([RECENT, RECENT, 0], "falling"),
        ([RECENT], "falling"),
        ([RECENT, 0], "steady"),
        ([3 * RECENT], "steady"),
    ],
)
def test_the_trend_sets_two_weeks_against_the_two_before(knowledge: Knowledge, ages: list[int], trend: str) -> None:
    """New is what was never mixed up before these two weeks."""
    [each] = found(knowledge, *(response(day=TODAY - age) for age in ages))
    assert each.trend == trend


def test_what_was_not_chosen_mixes_nothing_up(knowledge: Knowledge) -> None:
    """Not "I don't know", not an unrated reply, not a card that the deck no longer has."""
    assert not found(knowledge, response(chosen=None, claims=()))
    assert not found(knowledge, response(right=None))
    assert not found(knowledge, response(name="gone"))


def test_not_knowing_ends_a_streak(knowledge: Knowledge) -> None:
    """It is no mix-up, but no proof of telling them apart either."""
    right = response(right=True)
    [each] = found(knowledge, response(), right, right, response(chosen=None, claims=()), right, right)
    assert each.weight == 1.0


def test_at_stake_is_the_pair_of_a_card_or_the_key_with_each_subject_offered(knowledge: Knowledge) -> None:
    """A sentence with a gap, and options that are no subjects, put nothing at stake."""
    deck = knowledge.deck
    assert at_stake(deck, card(), ("a", "b")) == {frozenset(GULL_NOT_TERN)}
    assert at_stake(deck, card(feature=None), ()) == frozenset()
    single = card(about=("gull",))
    offered = {frozenset({"gull", "tern"}), frozenset({"gull", "skua"})}
    assert at_stake(deck, single, ("terns", "gulls", "skuas")) == offered
    assert at_stake(deck, single, ("True", "False")) == frozenset()
    assert at_stake(deck, card(about=()), ("gulls", "terns")) == frozenset()


def confusion(actual: str, taken: str, weight: float, times: int = 1, lately: int = 1) -> Confusion:
    return Confusion(actual, taken, times, 9, weight, lately, 0, (f"{actual}-{taken}",))


def test_the_pairs_to_work_on_join_both_ways() -> None:
    """Under the worse way, without the retired ones, the heaviest first."""
    worst = worst_pairs(
        [
            confusion("a", "b", 2.0, times=3),
            confusion("c", "d", 2.5),
            confusion("b", "a", 1.0, times=2),
            confusion("e", "f", 0.0),
        ],
        most=2,
    )
    assert [(each.actual, each.taken, each.weight, each.times) for each in worst] == [
        ("a", "b", 3.0, 5),
        ("c", "d", 2.5, 1),
    ]
    assert worst[0].features == ("a-b", "b-a")
    assert worst[0].trend == "rising"
    assert worst_pairs([]) == ()


def test_lures_and_weights_leave_retired_confusions_out() -> None:
    """What was told apart since tempts no more."""
    both = [confusion("a", "b", 2.0), confusion("c", "d", 0.0)]
    assert lures(both) == {"a": {"b", "a-b"}, "b": {"a", "a-b"}}
    assert pair_weights(both) == {frozenset("ab"): 2.0, frozenset("cd"): 0.0}


@settings(max_examples=40, deadline=None)
@given(decks(), st.integers(0, 3), st.data())
def test_every_answer_in_every_kind_keeps_the_laws(deck: Deck, seed: int, data: st.DataObject) -> None:
    """Shares add up to 1 or there are none; a pair card mixes up its pair; right answers alone are no confusion."""
    material = Material(Knowledge(deck))
    of_deck = cards(material)
    log: list[Response] = []
    for each in of_deck:
        for kind in each.kinds:
            question = KINDS[kind](each, material, Draw(seed, each.id))
            if not question.options:
                continue
            chosen = data.draw(st.integers(0, len(question.options) - 1))
            said = question.options[chosen].claims
            claims = tuple((claim.subject, claim.feature, claim.holds) for claim in said if isinstance(claim, Claim))
            mixed = mix_ups(material, each.about, kind, claims)
            assert not mixed or sum(one.share for one in mixed) == pytest.approx(1)
            assert all(one.actual != one.taken for one in mixed)
            if kind in ("contrast", "shared", "sort") and not question.options[chosen].key:
                assert {frozenset((one.actual, one.taken)) for one in mixed} == {frozenset(each.about)}
            log.append(
                response(
                    name=each.id,
                    kind=kind,
                    right=question.options[chosen].key,
                    chosen=chosen,
                    claims=claims,
                    options=tuple(option.text for option in question.options),
                )
            )
    by_id = {each.id: each for each in of_deck}
    added = confusions(material, by_id, log, TODAY)
    assert all(0 <= each.weight <= each.times <= each.chances for each in added)
    assert not confusions(material, by_id, [each for each in log if each.right], TODAY)


def told(history: History, since: int) -> dict[tuple[str, str], tuple[object, ...]]:
    """What planning asks of confusions; the chances are not kept."""
    return {
        (each.actual, each.taken): (each.times, each.weight, each.lately, each.before, each.features)
        for each in history.confusions(TODAY, since)
    }


RESPONSES = st.lists(
    st.tuples(st.integers(0, 100), st.sampled_from(["hook", "fork", "webs"]), st.booleans() | st.none()), max_size=25
)


@settings(max_examples=80, deadline=None)
@given(given_ones=RESPONSES, cut=st.integers(0, 25), since=st.integers(0, 60))
def test_a_history_goes_on_from_what_another_kept(
    deck_of_birds: Material, given_ones: list[tuple[int, str, bool | None]], cut: int, since: int
) -> None:
    """Cut anywhere: mix-ups and streaks are the same, and what lies before a day is left out of both."""
    ordered = sorted(given_ones, key=lambda each: each[0])
    responses = [
        response(right=right, day=TODAY - 100 + ago, claims=(("gull", feature, feature == "fork"),))
        for ago, feature, right in ordered
    ]
    in_full, first = History(), History()
    for each in responses:
        in_full.take(deck_of_birds, card(), each)
    for each in responses[:cut]:
        first.take(deck_of_birds, card(), each)
    from_day = TODAY - since
    second = History(first.kept(from_day))
    for each in responses[cut:]:
        second.take(deck_of_birds, card(), each)
    assert told(second, from_day) == told(in_full, from_day)


@pytest.fixture(scope="module")
def deck_of_birds(tmp_path_factory: pytest.TempPathFactory) -> Material:
    folder = tmp_path_factory.mktemp("birds")
    (folder / "deck.yaml").write_text(FRAME + DECK, encoding="utf-8")
    deck, problems = load(folder)
    assert deck is not None, problems
    return Material(Knowledge(deck))


def test_what_is_kept_is_what_planning_asks(knowledge: Knowledge) -> None:
    """Mix-ups from a day on, and how many right responses followed; nothing of pairs that were not mixed up."""
    history = History()
    for each in (response(day=TODAY - 50), response(day=TODAY - 5), response(right=True), response(right=True)):
        history.take(Material(knowledge), card(), each)
    history.take(Material(knowledge), card("d", ("gull", "skua")), response(right=True, name="d"))
    kept = history.kept(TODAY - 9)
    assert {pair: [day for day, _, _ in events] for pair, events in kept.events.items()} == {
        ("tern", "gull"): [TODAY - 5]
    }
    assert kept.streaks == {("gull", "tern"): 2}
    assert not any(history.kept(TODAY)[:2])


def test_going_on_leaves_what_was_kept_as_it_was(knowledge: Knowledge) -> None:
    """Two sittings may go on from one checkpoint."""
    history = History()
    history.take(Material(knowledge), card(), response())
    kept = history.kept(0)
    before = str(kept)
    History(kept).take(Material(knowledge), card(), response())
    assert str(kept) == before
