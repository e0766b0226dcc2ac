"""Checks of the looks of options: each fires on a flawed question and is silent on a clean one."""

from __future__ import annotations

import pytest

from quiz.deck import Deck
from quiz.flaws import CHECKS
from tests.flaws.build import question

STEM = "Which sign points to gulls rather than to terns?"


@pytest.mark.parametrize(
    ("check", "flawed", "clean"),
    [
        ("longest-key", ("*a heavy bill with a red spot on it", "a forked tail", "red legs"), ("*a hooked bill", "red legs", "a forked tail")),
        ("longest-key", ("*a bill with a hooked tip", "red legs"), ("*hooked bill", "red legs")),
        ("qualified-key", ("*12 eggs", "a nest", "a roost"), ("*12 eggs", "2 eggs", "a nest")),
        ("qualified-key", ("*a bill (hooked)", "a nest"), ("*a bill (hooked)", "a nest (bare)")),
        ("qualified-key", ("*a chiefly white bird", "a black bird"), ("*a white bird", "a chiefly black bird")),
        ("qualified-key", ("*up to three eggs", "one egg"), ("*reading with x[0]", "calling clear()")),
        ("qualified-key", ("*over 40 islands", "one island"), ("*anti-Scl-70 antibodies", "no antibodies")),
        ("absolute-distractor", ("*a hooked bill", "red legs alone"), ("*a hooked bill", "red legs")),
        ("absolute-distractor", ("*a hooked bill", "a call that never stops"), ("*a bill that always hooks", "a call that never stops")),
        ("absolute-distractor", ("*a hooked bill", "a cry in all weathers"), ("*a hooked bill", "eating all its eggs")),
        ("vague-frequency", ("*a hooked bill", "red legs", "often a crest"), ("*often a bill", "usually red legs")),
        ("vague-frequency", ("*usually a bill", "red legs"), ("*a bill", "red legs")),
        ("combined-options", ("*a hooked bill", "all of the above"), ("*a hooked bill", "all of a sudden")),
        ("combined-options", ("*a hooked bill", "none of these"), ("*a hooked bill", "none of its own")),
        ("combined-options", ("*A and B", "B and C"), ("*Ann and Bea", "a bill and a crest")),
        ("combined-options", ("*1, 3", "2, 4"), ("*13", "24")),
        ("unordered-numbers", ("*20 %", "10 %", "30 %"), ("10 %", "*20 %", "30 %")),
        ("unordered-numbers", ("2.5 eggs", "*1 eggs", "3 eggs"), ("3 eggs", "2.5 eggs", "*1 eggs")),
    ],
)  # fmt: skip
def test_fires_on_a_flaw_and_not_without(
    gulls: Deck, check: str, flawed: tuple[str, ...], clean: tuple[str, ...]
) -> None:
    """The first set of options has the flaw and the second has not."""
    examine = CHECKS[check].examine
    assert list(examine(gulls, question(STEM, *flawed)))
    assert not list(examine(gulls, question(STEM, *clean)))


def test_numbers_beside_other_words_need_no_order(gulls: Deck) -> None:
    """Only options that differ by their number alone are a row of figures."""
    asked = question(STEM, "*20 eggs", "10 chicks", "30 eggs")
    assert not list(CHECKS["unordered-numbers"].examine(gulls, asked))
