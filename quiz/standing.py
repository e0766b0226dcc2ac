"""How a card stands today: new, due or waiting, and why it comes when it comes."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from quiz.memory import Memory
from quiz.planning import Past, Wishes
from quiz.questions.model import Card
from quiz.questions.wording import counted
from quiz.scheduling import is_due, retrievability
from quiz.studyday import day_to_date

EASY, HARD = 4.0, 7.0
"""Below the one, a difficulty (1 to 10) is called low; from the other on, high."""


def state(card: str, past: Past, today: int) -> str:
    """In a few words, whether a card is new, due, waiting or suspended."""
    if card in past.suspended:
        return "suspended"
    memory = past.memories.get(card)
    if memory is None:
        return "answered today, not counted" if card in past.answered else "new"
    if memory.due < today:
        return f"due for {counted(today - memory.due, 'day')}"
    return "due today" if memory.due == today else f"due {_ahead(memory.due - today)}"


def why(card: Card, cards: Iterable[Card], past: Past, wishes: Wishes, today: int, planned: Collection[str]) -> str:
    """Why a card comes when it comes, or does not come; ``planned`` are the cards of today's sitting, by id."""
    memory = past.memories.get(card.id)
    if card.id in past.suspended:
        return f"It was suspended and is left out until `quiz unsuspend {card.id}` takes it in again."
    if memory is not None and not is_due(memory, today):
        return _waits(memory, today)
    if card.id in past.answered:
        return "It was answered today as practice, or its reply was not rated, so it comes on another day."
    if card.id in planned:
        return "It is part of today's sitting." if memory is None else f"{_fallen(memory, today)} It is asked today."
    sisters = [each.id for each in cards if each.id != card.id and each.sisterhood & card.sisterhood]
    for others, when in ((past.answered, "was asked today"), (planned, "is asked today")):
        sister = next((each for each in sisters if each in others), None)
        if sister:
            return f"Not today: {sister} hangs on the same fact and {when}, and one would give the other away."
    if memory is None:
        return f"It waits its turn: {wishes.new} new cards come a day, core facts first (`quiz config new`)."
    most = f"at most {wishes.reviews} reviews come a day" if wishes.reviews is not None else "the sitting is full"
    return f"{_fallen(memory, today)} But {most}, the most urgent first, so it is left for the next days."


def _waits(memory: Memory, today: int) -> str:
    asked = f"Last asked {_ago(today - memory.last)}, with a stability of {stability_in_words(memory)}:"
    sunk = f"on {day_to_date(memory.due)} the chance to remember it will have sunk to {percent(memory, memory.due)}"
    return f"{asked} {sunk}, and then it is worth asking (`quiz config retention`)."


def _fallen(memory: Memory, today: int) -> str:
    return f"The chance to remember it has sunk to {percent(memory, today)}."


def percent(memory: Memory, day: int) -> str:
    """The chance to remember a card on a day, as a percentage."""
    return f"{100 * retrievability(memory, max(day, memory.last)):.0f} %"


def stability_in_words(memory: Memory) -> str:
    """The days in which the chance to remember sinks to 90 %."""
    days = memory.stability
    return f"{days:.1f} days" if days < 10 else f"{days:.0f} days"


def difficulty_in_words(memory: Memory) -> str:
    """Low, medium or high, with the figure."""
    word = "low" if memory.difficulty < EASY else "medium" if memory.difficulty < HARD else "high"
    return f"{word} ({memory.difficulty:.1f} of 10)"


def _ahead(days: int) -> str:
    return "tomorrow" if days == 1 else f"in {counted(days, 'day')}"


def _ago(days: int) -> str:
    return "today" if days <= 0 else "yesterday" if days == 1 else f"{counted(days, 'day')} ago"
