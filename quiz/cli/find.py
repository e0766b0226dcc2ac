"""`quiz find`: cards by words."""

from __future__ import annotations

import click

from quiz.cli.cards import IN_DECK, counted, opened, progress_of, said_of_card, say
from quiz.cli.opening import past_of, today
from quiz.cli.options import as_json
from quiz.errors import UsageError
from quiz.finding import Index, folded, title
from quiz.questions.material import Material
from quiz.reasoning import Knowledge
from quiz.standing import state

MOST = 20


@click.command()
@click.argument("text", nargs=-1, required=True)
@IN_DECK
@click.option("--most", type=click.IntRange(min=1), default=MOST, show_default=True, help="How many to print.")
@click.option("--json", "json_", is_flag=True, help="All of them, as JSON.")
def find(text: tuple[str, ...], deck: str | None, most: int, json_: bool) -> None:
    """Find cards by words, and see how they stand.

    Each comes with its id, and whether it is new, due or suspended. Looks in the ids of cards, the names and synonyms
    of what they ask about, the facts they rest on, and your notes. Case, accents and hyphens make no difference; a card
    must have all the words, which may be cut short, for example: quiz find lupus rash
    """
    typed = " ".join(text)
    if not folded(typed).strip():
        raise UsageError("find what? Give words of a card, for example: quiz find lupus rash")
    decks = opened(deck)
    day = today()
    rows = []
    near: list[str] = []
    with progress_of(decks) as store:
        for each in decks:
            notes, flagged = store.notes(each.deck.id), {flag.card for flag in store.flags(each.deck.id)}
            index = Index(each.deck, each.cards, notes)
            found = index.find(typed)
            near += [] if found else index.nearest(typed)
            past = past_of(store, Material(Knowledge(each.deck)), each.cards, day) if found else None
            rows += [
                {
                    "deck": each.deck.id,
                    "card": card.id,
                    "title": title(each.deck, card),
                    "about": list(card.about),
                    "feature": card.feature,
                    "state": state(card.id, past, day),
                    "note": notes.get(card.id, ""),
                    "flagged": card.id in flagged,
                }
                for card in found
                if past is not None
            ]
    if json_:
        click.echo(as_json({"text": typed, "cards": rows}))
        return
    for row in rows[:most]:
        beside = " · ".join(filter(None, (str(row["state"]), "flagged" if row["flagged"] else "")))
        said_of_card(str(row["card"]), beside, str(row["title"]))
        if row["note"]:
            say(str(row["note"]), "    note: ", "          ")
    if not rows:
        advice = f"; did you mean {' or '.join(dict.fromkeys(near))}?" if near else "; try fewer or shorter words"
        say(f'No card has "{typed}"{advice}')
    else:
        more = f", {most} shown (`--most {len(rows)}` shows all)" if len(rows) > most else ""
        click.echo()
        quoted = "; put an id with > in quotes" if any(">" in str(row["card"]) for row in rows[:most]) else ""
        say(f"{counted(len(rows), 'card')}{more}. `quiz card ID` shows all of one{quoted}.")
