"""Bots that know nothing of the matter: they find a habit of the bank where there is one, and nothing where not."""

from __future__ import annotations

from random import Random

import pytest

from quiz.flaws.bots import BOTS, FEWEST, POSITION, WHOLE, Score, scores
from quiz.questions.model import Question
from tests.flaws.build import question


def by_bot(bank: list[Question], kind: str = "which-feature") -> dict[str, Score]:
    found = {score.bot: score for score in scores(bank) if score.kind == kind}
    return {POSITION if bot.startswith(POSITION) else bot: score for bot, score in found.items()}


def fair_bank(seed: int, size: int = 200) -> list[Question]:
    """Questions whose key is drawn by lot among three of a dozen made-up words."""
    lot = Random(seed)
    words = ["".join(lot.choices("bcdfgklm", k=lot.randint(4, 9))) for _ in range(12)]
    bank = []
    for number in range(size):
        texts = lot.sample(words, 3)
        place = lot.randrange(3)
        texts[place] = f"*{texts[place]}"
        bank.append(feature(*texts, id=str(number)))
    return bank


def feature(*texts: str, id: str, stem: str = "Which?") -> Question:
    """A question of a kind that is judged on its own."""
    return question(stem, *texts, kind="which-feature", id=id)


def leaky_bank(habit: str) -> list[Question]:
    """Forty questions of three options with one habit, the key's place changing in turn."""
    bank = []
    for n in range(40):
        key, *others = {
            "longest": (f"*long{n:03}", f"b{n}", f"c{n}"),
            "overlap": (f"*stem{n}", f"b{n}", f"c{n}"),
            "convergence": (f"*red{n} big{n}", f"red{n} x{n}", f"y{n} big{n}"),
            "usual-key": (f"*key{n % 4}", f"b{n:03}", f"c{n:03}"),
            "rarest": (f"*key{n:03}", f"b{n % 3}", f"c{n % 3}"),
            POSITION: (f"*k{n:03}", f"b{n:03}", f"c{n:03}"),
        }[habit]
        place = 1 if habit == POSITION else n % 3
        bank.append(feature(*others[:place], key, *others[place:], id=str(n), stem=f"Which stem{n}?"))
    return bank


@pytest.mark.parametrize("bot", [*BOTS, POSITION])
def test_every_bot_finds_the_habit_it_looks_for(bot: str) -> None:
    """In a bank made with that habit it is right every time, which is far over the limit."""
    score = by_bot(leaky_bank(bot))[bot]
    assert score.score == 1
    assert score.is_above
    assert score.is_flaw


@pytest.mark.parametrize("seed", range(5))
def test_no_bot_is_flagged_on_a_fair_bank(seed: int) -> None:
    """Where the key is drawn by lot, no score is far over chance."""
    assert not [score for score in scores(fair_bank(seed)) if score.score > score.chance + 3 * score.error]


def test_a_tie_counts_as_a_lucky_pick() -> None:
    """Options of one length give the longest-option bot exactly chance."""
    bank = [feature("*aa", "bb", "cc", "dd", id=str(n)) for n in range(FEWEST)]
    assert by_bot(bank)["longest"].score == pytest.approx(0.25)


def test_chance_and_limit_follow_the_numbers_of_options() -> None:
    """Chance is the mean of 1/options; the error is the root of the sum of p(1 − p), by the number of questions."""
    two = [feature("*a", "b", id=f"two{n}") for n in range(20)]
    four = [feature("*a", "b", "c", "d", id=f"four{n}") for n in range(20)]
    score = by_bot(two + four)["longest"]
    assert score.chance == pytest.approx(0.375)
    assert score.error == pytest.approx((20 * 0.25 + 20 * 0.1875) ** 0.5 / 40)
    assert score.limit == pytest.approx(0.375 + 1.645 * score.error)


def test_learning_bots_fail_where_options_are_dealt_in_balance() -> None:
    """Each option is the key once and a distractor twice: the bank has nothing to teach them."""
    turns = [(("*a", "b", "c"), ("a", "*b", "c"), ("a", "b", "*c"))[n % 3] for n in range(30)]
    bank = [feature(*texts, id=str(n)) for n, texts in enumerate(turns)]
    for bot in ("usual-key", "rarest"):
        assert by_bot(bank)[bot].score == pytest.approx(1 / 3)


def test_contrast_and_shared_are_held_against_a_bank_together() -> None:
    """What is always wrong in the one kind and always right in the other is guessed in neither by who reads no stem."""
    contrasts = [question("Which?", "*a", "b", "shared", id=f"c{n}") for n in range(FEWEST)]
    contrasts += [question("Which?", "a", "*b", "shared", id=f"d{n}") for n in range(FEWEST)]
    common = [question("Which?", "a", "b", "*shared", kind="shared", id=f"s{n}") for n in range(FEWEST)]
    found = {(score.kind, score.bot): score for score in scores(contrasts + common)}
    assert found["contrast", "rarest"].is_above
    assert not found["contrast", "rarest"].is_flaw
    assert not found["contrast + shared", "rarest"].is_above


def test_a_place_is_judged_over_the_questions_that_have_it() -> None:
    """A fourth option that is always the key is found among questions of three options."""
    three = [feature(*(f"{'*' * (i == n % 3)}x" for i in range(3)), id=f"three{n}") for n in range(60)]
    four = [feature("x", "y", "z", "*k", id=f"four{n}") for n in range(FEWEST)]
    score = by_bot(three + four)[POSITION]
    assert (score.bot, score.asked, score.score) == (f"{POSITION}4", FEWEST, 1)


def test_kinds_are_judged_apart_and_together_when_there_are_enough_questions() -> None:
    """Nineteen questions of a kind are too few; typed ones have nothing to guess."""
    bank = [
        *(question("Which?", "*a", "b", id=f"c{n}") for n in range(FEWEST)),
        *(question("Which?", "*a", "b", kind="shared", id=f"s{n}") for n in range(FEWEST - 1)),
        *(question("Fill the gap.", kind="recall", id=f"r{n}", accepts=("a",)) for n in range(FEWEST)),
    ]
    assert {score.kind for score in scores(bank)} == {"contrast", "contrast + shared", WHOLE}
    assert {score.asked for score in scores(bank) if score.kind == WHOLE} == {2 * FEWEST - 1}


def test_one_kind_must_be_far_over_the_limit_to_be_a_flaw_and_the_whole_only_over_it() -> None:
    """Among dozens of scores a few are over the limit by luck."""
    over = Score("longest", "how", 100, 0.34, 0.25, 0.04)
    assert over.is_above
    assert not over.is_flaw
    assert over._replace(kind=WHOLE).is_flaw
    assert over._replace(score=0.38).is_flaw
