"""What scripted learners gain: are their confusions named, and how soon do they tell apart what they mixed up?

Run it with ``make learners``; ``--quick`` takes a few learners only. The model is in `benchmarks/learner.py`. Each
learner takes three subjects of the deck on lupus for others, and has a sitting a day with the program itself: its
cards, plan, desk, questions and store. Every morning an exam of contrast questions on the three pairs, whose options
are dealt by a seed that practice never uses, shows how many are right; it gives no feedback. The conditions differ in
what practice offers. Learners, cards and the length of a sitting are the same.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.learner import Confused
from benchmarks.practice import (
    FIRST_DAY,
    Condition,
    Scene,
    as_the_program_plans,
    at_practice,
    at_random,
    by_due_date,
    cards_of_claims,
    examination,
    many_new,
    still_more_new,
)
from quiz.confusion import worst_pairs
from quiz.deck import Claim
from quiz.draw import lot
from quiz.loader import load
from quiz.questions import Material, Question
from quiz.reasoning import Knowledge
from quiz.session import Turn, question_for
from quiz.verdict import Verdict

DECK = Path(__file__).parents[1] / "decks" / "lupus-look-alikes"
LEARNERS = 20
FIRST_SEED = 101
"""Seeds below were used while the program was tuned."""

GIVEN = (Confused("sle", "ms"), Confused("lcssc", "dcssc"))
"""Taken for another by every learner; a third pair is drawn for each."""

FEWEST_CARDS = 20
"""A third pair has at least so many cards, or there would be little to mix up."""

GOAL = 0.90
MOST_DAYS = 100
EXAM_SEED = -1
EXAM_TURNS = range(1_000, 1_004)
NAMED = 3
RESAMPLES = 2_000

TOOL = Condition("quiz study", as_the_program_plans, follow=True, beside=True)
CONDITIONS = (
    TOOL,
    TOOL._replace(name="quiz study, nothing side by side", beside=False),
    Condition("plain FSRS order", by_due_date),
    Condition("random order", at_random),
)


class Result(NamedTuple):
    """Responses until the goal, or until practice was given up; and the first score."""

    responses: int
    reached: bool
    first: float


def scenes(learners: int) -> list[Scene]:
    """The deck before so many learners."""
    deck, problems = load(DECK)
    if deck is None or problems:
        raise SystemExit(f"{DECK} has problems; `quiz check` lists them")
    material = Material(Knowledge(deck))
    return [Scene(material, cards_of_claims(material), seed) for seed in range(FIRST_SEED, FIRST_SEED + learners)]


def confused_by(scene: Scene) -> tuple[Confused, ...]:
    """What the learner mixes up: the two pairs given, and one drawn among the others, the one way or the other."""
    about = [frozenset(card.about) for card in scene.cards]
    taken = {each.taken for each in GIVEN}
    others = {pair for pair in about if len(pair) == 2 and about.count(pair) >= FEWEST_CARDS} - set(
        map(frozenset, GIVEN)
    )
    ways = [Confused(a, b) for pair in others for a in pair for b in pair if a != b and b not in taken]
    return (*GIVEN, min(ways, key=lambda each: lot(scene.seed, "third", *each)))


def exam_on(scene: Scene, confused: Iterable[Confused]) -> list[Question]:
    """Contrast questions on the confused pairs, but for those with a claim that the deck says is not known."""
    pairs = {frozenset(each) for each in confused}
    asked = [card for card in scene.cards if "contrast" in card.kinds and frozenset(card.about) in pairs]
    turns = [Turn(scene.deck, card, ("contrast",), number, 3, False) for card in asked for number in EXAM_TURNS]
    questions = [question_for(turn, scene.material, EXAM_SEED) for turn in turns]
    return [each for each in questions if _is_known(each, scene.material.knowledge)]


def _is_known(question: Question, knowledge: Knowledge) -> bool:
    claims = [claim for option in question.options for claim in option.claims if isinstance(claim, Claim)]
    return all(knowledge.judge(claim.subject, claim.feature).verdict is not Verdict.UNKNOWN for claim in claims)


def until_goal(scene: Scene, condition: Condition, most_days: int = MOST_DAYS) -> Result:
    """One learner's way to the goal."""
    confused = confused_by(scene)
    exam = exam_on(scene, confused)
    with at_practice(scene, condition, confused) as student:
        first = score = student.score(exam)
        while score < GOAL and student.day < FIRST_DAY + most_days:
            student.sit()
            score = student.score(exam)
        return Result(student.responses, score >= GOAL, first)


def named(scene: Scene, condition: Condition, sittings: int, pairs: int) -> list[bool]:
    """Of the three pairs that `quiz confusions` names after some sittings, which the learner does mix up.

    Fewer where fewer are named. The learner mixes up the first of its ``pairs``; with none of them, what is named that
    would be one of the three is chance.
    """
    mixed = confused_by(scene)
    with at_practice(scene, condition, mixed[:pairs]) as student:
        for _ in range(sittings):
            student.sit()
        found = worst_pairs(student.found(), NAMED)
    sought = set(map(frozenset, mixed[: pairs or NAMED]))
    return [frozenset((each.actual, each.taken)) in sought for each in found]


def interval(values: Sequence[float], figure: Callable[[Sequence[float]], float]) -> tuple[float, float]:
    """The 95 % interval of a figure, by drawing the learners anew."""
    chance = Random(0)
    drawn = sorted(figure(chance.choices(values, k=len(values))) for _ in range(RESAMPLES))
    return drawn[RESAMPLES // 40], drawn[-RESAMPLES // 40]


def _share(values: Sequence[float]) -> str:
    low, high = interval(values, statistics.fmean)
    return f"{statistics.fmean(values):4.0%}  ({low:.0%} to {high:.0%})"


def print_names(all_scenes: Sequence[Scene]) -> None:
    """How well the program names what is mixed up."""
    full, longer = TOOL._replace(turns=many_new), TOOL._replace(turns=still_more_new)
    exam = TOOL._replace(turns=examination, follow=False)
    print(f"Of the pairs mixed up, share among the {NAMED} that `quiz confusions` names")
    for text, condition, sittings, pairs in (
        ("lupus for MS: one sitting, 25 new cards", full, 1, 1),
        ("both pairs given: one sitting, 25 new", full, 1, 2),
        ("both pairs given: one sitting, 40 new", longer, 1, 2),
        ("both pairs given: one exam of 40", exam, 1, 2),
        ("and the third: one sitting, 25 new", full, 1, 3),
        ("and the third: one sitting, 40 new", longer, 1, 3),
        ("and the third: six sittings, 10 new", TOOL, 6, 3),
        ("none: one sitting, 25 new cards", full, 1, 0),
    ):
        hits = [named(scene, condition, sittings, pairs) for scene in all_scenes]
        first = sum(hit[:1] == [True] for hit in hits) / len(hits)
        shares = _share([sum(hit) / (pairs or NAMED) for hit in hits])
        print(f"  {text:40} {shares:24} the very first is one {first:4.0%}")


def print_ways(all_scenes: Sequence[Scene], most_days: int) -> None:
    """How many responses each condition takes."""
    print(f"\nResponses until {GOAL:.0%} on fresh contrast questions (quartiles; 95 % interval of the median ratio)")
    tool: list[Result] = []
    for condition in CONDITIONS:
        results = [until_goal(scene, condition, most_days) for scene in all_scenes]
        tool = tool or results
        low, median, high = statistics.quantiles([each.responses for each in results], n=4)
        ratios = [each.responses / best.responses for each, best in zip(results, tool, strict=True)]
        least, most = interval(ratios, statistics.median)
        ratio = f"× {statistics.median(ratios):.2f} ({least:.2f} to {most:.2f})" if condition is not TOOL else ""
        reached = f"{sum(each.reached for each in results)} of {len(results)} reached it"
        print(f"  {condition.name:34} {median:5.0f} ({low:.0f} to {high:.0f})   {reached}   {ratio}".rstrip())
    first = statistics.fmean(each.first for each in tool)
    print(
        f"  Before practice {first:.0%} are right. Who has not reached it by day {most_days} counts with all responses."
    )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="What scripted learners gain by the practice.")
    parser.add_argument("--quick", action="store_true", help="three learners for a few days, to see that it runs")
    quick = parser.parse_args().quick
    all_scenes = scenes(3 if quick else LEARNERS)
    print(f"{len(all_scenes)} learners, {len(all_scenes[0].cards)} cards, seeds from {FIRST_SEED} on\n")
    print_names(all_scenes)
    print_ways(all_scenes, 5 if quick else MOST_DAYS)


if __name__ == "__main__":
    main()
