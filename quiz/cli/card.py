"""`quiz card`: all there is to know of one card."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import click

from quiz.cache.compiled import Compiled
from quiz.citation import spelled
from quiz.cli.cards import IN_DECK, counted, in_file, one_meant, opened, progress_of, say, style_here
from quiz.cli.opening import past_of, today
from quiz.cli.options import SEED, as_json
from quiz.configuration import load_settings
from quiz.deck import Deck, Fact
from quiz.finding import title
from quiz.memory import Confidence, Memory, Mode, Response
from quiz.places import places_here
from quiz.planning import Wishes, is_leech, plan
from quiz.questions.material import Material
from quiz.questions.model import Card
from quiz.reasoning import Knowledge
from quiz.scheduling import retrievability
from quiz.standing import difficulty_in_words, percent, stability_in_words, state, why
from quiz.studyday import day_to_date

SHOWN = 20
"""So many responses are printed, the latest first."""

LABEL = 11


@click.command()
@click.argument("card")
@IN_DECK
@click.option("--json", "json_", is_flag=True, help="As JSON, with every response.")
def card(card: str, deck: str | None, json_: bool) -> None:
    """Show all there is to know of one card.

    What it asks and on what facts that rests; your responses; what is thought to be left in memory; when it is due,
    and why then; your note and your flag.

    CARD is the id of a card, or a part of it that no other id has; `quiz find` finds ids.
    For example: quiz card ms~sle:butterfly
    """
    decks = opened(deck)
    of, found = one_meant(decks, card)
    day = today()
    settings = load_settings(places_here().config)
    wishes = Wishes(new=settings.new, reviews=settings.reviews, recall=settings.recall)
    knowledge = Knowledge(of.deck)
    with progress_of([of]) as store:
        past = past_of(store, Material(knowledge), of.cards, day)
        history = [each for each in store.responses(of.deck.id) if each.card == found.id]
        note = store.notes(of.deck.id).get(found.id, "")
        flag = next((each.text for each in store.flags(of.deck.id) if each.card == found.id), "")
    planned = [turn.card.id for turn in plan({of.deck.id: (of.cards, past)}, wishes, day, SEED).turns]
    stands = state(found.id, past, day), why(found, of.cards, past, wishes, day, planned)
    memory = past.memories.get(found.id)
    facts = _facts(knowledge, found)
    if json_:
        click.echo(as_json(_data(of, found, facts, stands, memory, day, history, note, flag)))
        return
    click.echo(style_here().strong(found.id))
    said = [
        ("Deck", of.deck.id),
        ("Asks", title(of.deck, found)),
        ("Asked as", ", ".join(found.kinds)),
        *_resting(of.deck, facts),
        ("", ""),
        ("State", stands[0]),
        ("Why", stands[1]),
        *_remembered(memory, day, found),
        ("Note", note),
        ("Flag", flag),
    ]
    for label, text in said:
        if text:
            say(text, f"{label:<{LABEL}}", " " * LABEL)
        elif not label:
            click.echo()
    click.echo()
    _show(history)


def _facts(knowledge: Knowledge, card: Card) -> list[Fact]:
    """The facts on which the card rests, its own first."""
    deck = knowledge.deck
    grounds = [knowledge.judge(each, card.feature).ground for each in card.about] if card.feature else []
    ids = dict.fromkeys([card.fact, *(id_ for ground in grounds if ground for id_ in ground.ids)])
    return [deck.facts[each] for each in ids if each in deck.facts]


def _resting(deck: Deck, facts: list[Fact]) -> Iterator[tuple[str, str]]:
    for fact in facts:
        yield "Fact", f"{fact.id}, {in_file(deck, fact.place)}"
        yield " ", fact.text
        yield " ", f"[{spelled(deck, fact.cites)}]"


def _remembered(memory: Memory | None, day: int, card: Card) -> Iterator[tuple[str, str]]:
    if memory is None:
        return
    chance = f"chance to remember today {percent(memory, day)}"
    lasts = f"stability {stability_in_words(memory)} (so long the chance stays above 90 %)"
    yield "Memory", f"{chance} · {lasts} · difficulty {difficulty_in_words(memory)}"
    times = f"{counted(memory.reviews, 'review')}, forgotten after the first {counted(memory.lapses, 'time')}"
    drill = f"; `quiz drill {' '.join(card.about)}` sets the pair side by side" if len(card.about) == 2 else ""
    yield "Reviews", f"{times}{drill if is_leech(memory) else ''}"


def _show(history: list[Response]) -> None:
    if not history:
        click.echo("Never answered.")
        return
    click.echo("Answered")
    for each in reversed(history[-SHOWN:]):
        say(f"{_moment(each)}  {' · '.join(_said(each))}", "  ", "      ")
    if len(history) > SHOWN:
        say(f"{len(history) - SHOWN} earlier ones: `--json` shows them all.", "  ", "  ")


def _moment(response: Response) -> str:
    local = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=response.time, minutes=response.offset)
    return f"{local:%Y-%m-%d %H:%M}"


def _said(response: Response) -> Iterator[str]:
    yield {True: "right", False: "wrong", None: "not rated"}[response.right]
    yield response.kind
    if response.chosen is not None and response.chosen < len(response.options):
        yield f"chose “{response.options[response.chosen]}”"
    if response.typed:
        yield f"typed “{response.typed}”"
    if response.chosen is None and not response.typed:
        yield "no reply"
    if response.confidence is not Confidence.PLAIN:
        yield str(response.confidence)
    if response.mode is not Mode.STUDY:
        yield str(response.mode)
    if not response.counts and response.rating is not None and response.mode is Mode.STUDY:
        yield "practice"


def _data(
    of: Compiled,
    card: Card,
    facts: list[Fact],
    stands: tuple[str, str],
    memory: Memory | None,
    day: int,
    history: list[Response],
    note: str,
    flag: str,
) -> dict[str, object]:
    return {
        "deck": of.deck.id,
        "card": card.id,
        "title": title(of.deck, card),
        "about": list(card.about),
        "feature": card.feature,
        "kinds": list(card.kinds),
        "facts": [
            {
                "id": each.id,
                "text": each.text,
                "source": spelled(of.deck, each.cites),
                "at": in_file(of.deck, each.place),
            }
            for each in facts
        ],
        "state": stands[0],
        "why": stands[1],
        "memory": memory
        and {
            "stability": memory.stability,
            "difficulty": memory.difficulty,
            "retrievability": retrievability(memory, max(day, memory.last)),
            "last": day_to_date(memory.last).isoformat(),
            "due": day_to_date(memory.due).isoformat(),
            "reviews": memory.reviews,
            "lapses": memory.lapses,
        },
        "note": note,
        "flag": flag,
        "responses": [
            {
                "time": _moment(each),
                "kind": each.kind,
                "options": list(each.options),
                "chosen": each.chosen,
                "typed": each.typed,
                "right": each.right,
                "confidence": str(each.confidence),
                "mode": str(each.mode),
                "counts": each.counts,
                "milliseconds": each.took,
            }
            for each in history
        ],
    }
