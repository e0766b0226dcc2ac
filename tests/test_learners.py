"""The scripted learners are what `benchmarks/learner.py` says, and the measurement takes the program as it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks.learner import KNOWN, LESSON, MISTAKEN, SIDE_BY_SIDE, SLIP, Confused, Learner
from benchmarks.learners import CONDITIONS, TOOL, exam_on, main
from benchmarks.practice import FIRST_DAY, Condition, Scene, at_practice, at_random, by_due_date, cards_of_claims
from quiz.deck import Deck
from quiz.questions import Material, Question
from quiz.reasoning import Knowledge
from quiz.session import Turn, question_for

DECK = """
subjects:
  gull: {group: birds, name: gull, short: gulls}
  tern: {group: birds, name: tern, short: terns}
features:
  hook:
    aspect: sign
    noun: a hooked bill
    present: {gull: {says: Gulls have it., cite: book Gulls ¶1, strength: often}}
    absent: {tern: {says: Terns have not., cite: book Terns ¶1}}
  fork:
    aspect: sign
    noun: a forked tail
    present: {tern: {says: Terns have it., cite: book Terns ¶2, strength: often}}
    absent: {gull: {says: Gulls have not., cite: book Gulls ¶2}}
  web:
    aspect: sign
    noun: webbed feet
    present:
      gull: {says: Gulls have webbed feet., cite: book Gulls ¶3, strength: every}
      tern: {says: Terns have webbed feet., cite: book Terns ¶3, strength: every}
"""
GULLS_TAKEN_FOR_TERNS = (Confused("gull", "tern"),)
DAY = FIRST_DAY


@pytest.fixture
def scene(deck_of: Callable[[str], Deck]) -> Scene:
    material = Material(Knowledge(deck_of(DECK)))
    return Scene(material, cards_of_claims(material), 1)


def learner(scene: Scene, seed: int = 1) -> Learner:
    return Learner(scene.material.knowledge, GULLS_TAKEN_FOR_TERNS, seed)


def sort_of(scene: Scene, feature: str) -> Question:
    """Gulls, terns or both?"""
    card = next(card for card in scene.cards if card.feature == feature and "sort" in card.kinds)
    return question_for(Turn("sample", card, ("sort",), 0, 3, True), scene.material, 0)


def test_claims_on_which_the_confused_pair_differs_are_the_shaky_ones(scene: Scene) -> None:
    """Of the one that another is taken for; what both have is known as well as anything."""
    fresh = learner(scene)
    assert fresh.strength("tern", "hook", DAY) == fresh.strength("tern", "fork", DAY) == MISTAKEN
    assert fresh.strength("gull", "hook", DAY) == fresh.strength("tern", "web", DAY) == KNOWN


def test_a_confused_learner_gives_the_one_what_is_the_others(scene: Scene) -> None:
    """Most of them say "both" of what gulls alone have, and hardly any without the confusion."""
    question = sort_of(scene, "hook")
    both = next(i for i, option in enumerate(question.options) if option.text == "both")
    confused = [learner(scene, seed).answer(question, DAY) for seed in range(200)]
    sound = [Learner(scene.material.knowledge, (), seed).answer(question, DAY) for seed in range(200)]
    assert confused.count(both) > 0.6 * 200
    assert sound.count(both) < 0.2 * 200


def test_feedback_teaches_key_and_choice_and_more_where_set_side_by_side(scene: Scene) -> None:
    """Each lesson takes away a share of what is missing."""
    question = sort_of(scene, "hook")
    plainly, beside = learner(scene), learner(scene)
    plainly.feedback(question, question.key, (), DAY)
    beside.feedback(question, question.key, [("tern", "hook")], DAY)
    assert plainly.strength("tern", "hook", DAY) == pytest.approx(MISTAKEN + (1 - MISTAKEN) * LESSON)
    assert beside.strength("tern", "hook", DAY) == pytest.approx(MISTAKEN + (1 - MISTAKEN) * SIDE_BY_SIDE)
    assert plainly.strength("tern", "fork", DAY) == MISTAKEN


def test_what_was_learned_fades_and_fades_slower_after_another_day(scene: Scene) -> None:
    """Nobody falls below what was known at first."""
    question = sort_of(scene, "hook")
    once, twice = learner(scene), learner(scene)
    for day in (DAY, DAY + 1):
        twice.feedback(question, question.key, (), day)
    once.feedback(question, question.key, (), DAY + 1)

    def kept(each: Learner) -> float:
        learned = [each.strength("tern", "hook", DAY + 1 + days) - MISTAKEN for days in (0, 8)]
        return learned[1] / learned[0]

    assert kept(once) == pytest.approx(0.5)
    assert kept(twice) == pytest.approx(0.5**0.5)
    assert once.strength("tern", "hook", DAY + 1000) == pytest.approx(MISTAKEN)


def test_who_knows_everything_errs_by_slips_alone(scene: Scene) -> None:
    """About `SLIP`, less the slips that hit the key by luck."""
    question, expert = sort_of(scene, "hook"), learner(scene)
    for _ in range(60):
        expert.feedback(question, question.key, (), DAY)
    wrong = sum(expert.answer(question, DAY) != question.key for _ in range(2000))
    assert 0 < wrong < 2 * SLIP * 2000


def test_an_exam_teaches_nothing(scene: Scene) -> None:
    """Answering without feedback leaves all strengths as they were."""
    with at_practice(scene, TOOL, GULLS_TAKEN_FOR_TERNS) as student:
        student.score([sort_of(scene, feature) for feature in ("hook", "fork", "web")] * 20)
        strengths = {student.learner.strength("tern", feature, DAY) for feature in ("hook", "fork")}
    assert strengths == {MISTAKEN}


@pytest.mark.parametrize("turns", [TOOL.turns, by_due_date, at_random])
def test_every_condition_asks_the_same_cards_and_comes_out_the_same_twice(
    scene: Scene, turns: Callable[..., list[Turn]]
) -> None:
    """No chance but that of the seed."""

    def scores() -> list[float]:
        exam = [sort_of(scene, feature) for feature in ("hook", "fork", "web")]
        with at_practice(scene, Condition("any", turns), GULLS_TAKEN_FOR_TERNS) as student:
            found = []
            for _ in range(3):
                student.sit()
                found += [student.responses, student.score(exam)]
            return found

    first = scores()
    assert first[0] > 0
    assert first == scores()


def test_the_exam_asks_contrasts_of_the_confused_pair_alone(scene: Scene) -> None:
    """And only such as the deck can decide."""
    questions = exam_on(scene, GULLS_TAKEN_FOR_TERNS)
    assert questions
    assert all(question.kind == "contrast" for question in questions)


@pytest.mark.slow
def test_the_measurement_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A few learners for a few days, over the deck that is shipped."""
    monkeypatch.setattr("sys.argv", ["learners", "--quick"])
    main()
    printed = capsys.readouterr().out
    assert all(condition.name in printed for condition in CONDITIONS)
