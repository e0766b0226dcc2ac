"""Exams: what is drawn, what a reply is worth, and what a score says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.deck import Deck
from quiz.exam import OPTIONS, Item, Sheet, compose, counting, gives_away, marked, score, wilson
from quiz.memory import Memory, Mode
from quiz.questions import Material, cards
from quiz.questions.model import Card
from quiz.reasoning import Knowledge
from quiz.session import Reply

BIRDS = ("auk", "ibis", "rail", "tit")


def flock() -> str:
    """Four birds: of 36 signs each is seen in one or two of them and denied of the others; a gap, and a dated one."""
    lines = ["subjects:"]
    lines += [f"  {bird}: {{group: birds, name: {bird}, short: {bird}s}}" for bird in BIRDS]
    lines.append("features:")
    for number in range(36):
        having = {BIRDS[number % 4], BIRDS[(number // 4) % 4]}
        lines += [f"  f{number}:", "    aspect: sign", f"    noun: a mark like {chr(65 + number % 26)}{number}"]
        lines += ["    near: twins"] * (number < 2)
        for side, birds in (("present", having), ("absent", set(BIRDS) - having)):
            lines.append(f"    {side}:")
            for bird in sorted(birds):
                said = "have" if side == "present" else "lack"
                cite = f"book {bird} ¶{number + 1}"
                strength = ", strength: often" if side == "present" else ""
                lines.append(f"      {bird}: {{says: {bird}s {said} sign {number}., cite: {cite}{strength}}}")
    lines += [
        "facts:",
        '  egg: {says: An auk lays one egg., about: [auk], cite: book auk ¶90, cloze: "An auk lays {one egg}."}',
        "  old:",
        "    says: Tits are mice.",
        "    about: [tit]",
        "    cite: book tit ¶91",
        '    cloze: "Tits are {mice}."',
        "    dated: {says: Tits are birds., cite: book tit ¶92}",
    ]
    return "\n".join(lines)


class Flock:
    """The deck with its cards, and exams of it."""

    def __init__(self, deck: Deck) -> None:
        self.material = Material(Knowledge(deck))
        self.cards: tuple[Card, ...] = cards(self.material)

    def exam(self, count: int = 20, seed: int = 7, **wishes: tuple[str, ...]) -> tuple[Item, ...]:
        return compose(Material(self.material.knowledge), self.cards, count, seed, **wishes)


@pytest.fixture
def birds(deck_of: Callable[[str], Deck]) -> Flock:
    return Flock(deck_of(flock()))


def test_the_same_seed_gives_the_same_exam(birds: Flock) -> None:
    """Questions, options and order; the cards may come in any order, and there is no log that could play a part."""
    first = birds.exam()
    birds.cards = tuple(reversed(birds.cards))
    assert birds.exam() == first
    assert birds.exam(seed=8) != first


def test_an_exam_is_balanced_over_kinds_subjects_and_pairs(birds: Flock) -> None:
    """Kinds that the deck has enough of are asked equally often; no bird and no pair is asked far more than another."""
    items = birds.exam(12, kinds=("contrast", "sort", "true-false"))
    kinds = Counter(item.question.kind for item in items)
    assert kinds == {"contrast": 4, "sort": 4, "true-false": 4}
    subjects = Counter(each for item in items for each in item.turn.card.about)
    assert set(subjects) == set(BIRDS)
    assert max(subjects.values()) <= 2 * min(subjects.values()), subjects
    pairs = Counter(frozenset(item.turn.card.about) for item in items if len(item.turn.card.about) == 2)
    assert len(pairs) >= 4
    assert max(pairs.values()) <= 3, pairs


@pytest.mark.parametrize("seed", range(5))
def test_no_question_gives_another_away(birds: Flock, seed: int) -> None:
    """No sisters, no features that are near each other, nothing told or offered that another question seeks."""
    items = birds.exam(100, seed)
    for one, other in combinations(items, 2):
        assert not one.turn.card.sisterhood & other.turn.card.sisterhood
        assert {one.turn.card.feature, other.turn.card.feature} != {"f0", "f1"}
        assert not gives_away(one, other, strict=False)


def test_what_one_question_offers_another_about_the_same_does_not_seek(birds: Flock) -> None:
    """A distractor of one would tell something about the other; about other birds, it is avoided where possible."""
    contrast = next(item for item in birds.exam(kinds=("contrast",)))
    about = set(contrast.turn.card.about)
    seen = next(claim.feature for option in contrast.question.options if not option.key for claim in option.claims)
    for card in birds.cards:
        if card.feature == seen:
            other = contrast._replace(turn=contrast.turn._replace(card=card))
            assert gives_away(contrast, other, strict=True)
            assert gives_away(contrast, other, strict=False) or set(card.about) != about


def test_a_gap_gives_away_what_rests_on_its_fact(birds: Flock) -> None:
    """Its sentence states the fact."""
    [gap] = birds.exam(kinds=("recall",))
    other = next(item for item in birds.exam() if item.question.options)
    assert not gives_away(gap, other, strict=True)
    assert gives_away(gap, other._replace(question=other.question._replace(facts=("egg",))), strict=False)


def test_typed_and_dated_questions_come_only_as_wished(birds: Flock) -> None:
    """Without a wish all questions have options; with one for gaps, the dated gap is still left out."""
    assert all(item.question.options for item in birds.exam(100))
    assert [item.question.accepts for item in birds.exam(kinds=("recall",))] == [("one egg",)]


def test_only_what_is_wished_for_is_asked(birds: Flock) -> None:
    """Subjects and kinds narrow the exam; a deck that gives too few questions gives fewer."""
    items = birds.exam(100, only=("auk",), kinds=("sort",))
    assert 0 < len(items) < 100
    assert {item.question.kind for item in items} == {"sort"}
    assert all("auk" in item.turn.card.about for item in items)


def test_questions_have_four_options_where_there_are_as_many(birds: Flock) -> None:
    """More than the three of a card that is new."""
    sizes = Counter(len(item.question.options) for item in birds.exam(kinds=("contrast",)))
    assert max(sizes) == OPTIONS


def test_an_exam_leaves_the_schedule_alone(birds: Flock) -> None:
    """No turn of it counts."""
    assert all(not item.turn.counts and item.turn.mode is Mode.EXAM for item in birds.exam())


def test_when_wished_what_is_new_or_due_counts(birds: Flock) -> None:
    """Not what is due later, nor what was answered today or is suspended."""
    new, due, later, barred = items = birds.exam(4)
    memory = Memory(stability=3.0, difficulty=5.0, last=90, due=100, reviews=1, lapses=0)
    memories = {due.turn.card.id: memory, later.turn.card.id: memory._replace(due=101)}
    turns = [item.turn for item in counting(items, memories, {barred.turn.card.id}, 100)]
    assert [turn.counts for turn in turns] == [True, True, False, False]
    assert [turn.new for turn in turns] == [True, False, False, True]
    assert new.question == counting(items, memories, (), 100)[0].question


def sheet_of(items: tuple[Item, ...], *right: bool | None) -> Sheet:
    """A sheet answered right, wrong or not at all, in that order."""
    sheet = Sheet.of(items)
    for place, (item, is_right) in enumerate(zip(items, right, strict=True)):
        key = item.question.key
        if is_right is not None:
            sheet = sheet.reply(place, Reply(chosen=key if is_right else (key + 1) % len(item.question.options)))
    return sheet


def test_a_reply_can_be_changed_and_taken_back(birds: Flock) -> None:
    """Only the latest stands, and what is taken back is open again."""
    sheet = Sheet.of(birds.exam(3)).reply(1, Reply(chosen=0)).reply(1, Reply(chosen=1)).reply(2, Reply(chosen=0))
    assert sheet.open == (0,)
    assert sheet.replies[1] == Reply(chosen=1)
    assert sheet.reply(2, None).open == (0, 2)


def test_a_score_counts_right_of_all(birds: Flock) -> None:
    """What is left open is not right; chance is the mean over the questions."""
    items = birds.exam(8, kinds=("true-false",))
    sheet = sheet_of(items, True, True, True, True, True, False, False, None)
    result = score(marked(sheet, birds.material), len(sheet.open), birds.material)
    assert (result.right, result.of, result.left_open) == (5, 8, 1)
    assert result.share == 5 / 8
    assert result.chance == 0.5
    assert result.interval == wilson(5, 8)


def test_subjects_and_pairs_have_a_score_from_three_questions_on(birds: Flock) -> None:
    """The weakest first; a question on a pair counts for both subjects and for the pair."""
    items = birds.exam(9, kinds=("sort",))
    pair = items[0].turn.card.about
    same = [item for item in birds.exam(100, kinds=("sort",)) if set(item.turn.card.about) == set(pair)]
    sheet = sheet_of(tuple(same), False, *[True] * (len(same) - 1))
    result = score(marked(sheet, birds.material), 0, birds.material)
    [tally] = result.pairs
    assert (tally.about, tally.right, tally.of) == (tuple(sorted(pair)), len(same) - 1, len(same))
    assert {each.about[0] for each in result.subjects} == set(pair)
    two = sheet_of(items[:2], True, True)
    assert not score(marked(two, birds.material), 0, birds.material).pairs


def test_what_was_mixed_up_is_counted(birds: Flock) -> None:
    """Wrong choices say who was taken for whom; open questions say nothing."""
    items = birds.exam(6, kinds=("contrast",))
    wrong = sheet_of(items, *[False] * 6)
    left_open = sheet_of(items, *[None] * 6)
    assert score(marked(wrong, birds.material), 0, birds.material).mixed_up
    assert not score(marked(left_open, birds.material), 6, birds.material).mixed_up


def test_a_typed_reply_that_is_not_cited_is_not_right_and_not_rated(birds: Flock) -> None:
    """It costs its point, but the log does not call it a mistake."""
    sheet = Sheet.of(birds.exam(kinds=("recall",))).reply(0, Reply(typed="quite a few"))
    [answered] = marked(sheet, birds.material)
    assert answered.mark.right is None
    assert score([answered], 0, birds.material).right == 0


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_intervals_are_as_published(right: int, of: int, low: float, high: float) -> None:
    """Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, score method without continuity correction."""
    assert wilson(right, of) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@given(st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_intervals_hold_the_share_and_turn_with_it(counts: tuple[int, int]) -> None:
    """From 0 to 1, around what was seen; of the wrong ones it is the mirror image."""
    right, of = counts
    low, high = wilson(right, of)
    assert 0 <= low <= right / of + 1e-12
    assert right / of - 1e-12 <= high <= 1
    assert wilson(of - right, of) == (pytest.approx(1 - high), pytest.approx(1 - low))
