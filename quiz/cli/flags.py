"""`quiz flags`: cards that were found bad, for the author of the deck."""

from __future__ import annotations

import click

from quiz.cache.compiled import Compiled
from quiz.cli.cards import in_file, opened, progress_of, said_of_card, say, titled
from quiz.cli.options import as_json
from quiz.errors import UsageError
from quiz.finding import card_meant
from quiz.journal import stamp_now
from quiz.memory import Remark
from quiz.store import Store


@click.command()
@click.argument("deck", required=False)
@click.option("--done", metavar="CARD", multiple=True, help="Take the flag off this card; may be repeated.")
@click.option("--json", "json_", is_flag=True, help="As JSON.")
def flags(deck: str | None, done: tuple[str, ...], json_: bool) -> None:
    """List flagged cards, for the author of the deck.

    In a sitting, ! flags the question at hand with a few words for the author of the deck. The list says what is
    wrong, and names the question, and file and line of the fact and the feature that it was made from.

    Without DECK, all flags; a flagged deck that is not shipped must be named by its folder for file and line.
    """
    if done and json_:
        raise UsageError("--json lists the flags; give it without --done")
    decks = opened(deck)
    wanted = decks[0].deck.id if deck is not None else None
    with progress_of(decks, write=bool(done)) as store:
        found = store.flags(wanted)
        if done:
            names = [(each.deck, each.card) for each in found]
            for of, card in dict.fromkeys([card_meant(typed, names, what="flagged card") for typed in done]):
                store.flag(of, card, "", stamp_now(store.device))
                say(f"{card}: flag taken off")
            return
        rows = [_row(each, decks, _question(store, each)) for each in found]
    if json_:
        click.echo(as_json({"flags": rows}))
        return
    for each, row in zip(found, rows, strict=True):
        said_of_card(each.card, each.deck, str(row["title"]))
        say(each.text, "    flag: ", "          ")
        for what in ("question", "fact_at", "feature_at"):
            if row[what]:
                say(str(row[what]), f"    {what.removesuffix('_at')}: ", "      ")
    click.echo("" if rows else "No card is flagged.")
    if rows:
        say(f"{len(rows)} flagged. `quiz flags --done CARD` takes a flag off.")


def _row(flag: Remark, decks: list[Compiled], question: str) -> dict[str, object]:
    fact, feature = _spots(flag, decks)
    return {
        "deck": flag.deck,
        "card": flag.card,
        "question": question,
        "title": titled(decks, (flag.deck, flag.card)),
        "flag": flag.text,
        "fact_at": fact,
        "feature_at": feature,
    }


def _question(store: Store, flag: Remark) -> str:
    """The id of the question in which the card was last asked when it was flagged; empty if it never was."""
    asked = [each.kind for each in store.responses(flag.deck) if each.card == flag.card and each.time <= flag.time]
    return f"{flag.card}/{asked[-1]}" if asked else ""


def _spots(flag: Remark, decks: list[Compiled]) -> tuple[str, str]:
    """File and line of the fact and of the feature; empty where there is none."""
    for of in decks:
        card = next((card for card in of.cards if of.deck.id == flag.deck and card.id == flag.card), None)
        if card is not None:
            fact, feature = of.deck.facts.get(card.fact), of.deck.features.get(card.feature or "")
            return fact and in_file(of.deck, fact.place) or "", feature and in_file(of.deck, feature.place) or ""
    return "", ""
