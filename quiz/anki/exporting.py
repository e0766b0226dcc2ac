"""What a package holds: the notes of a deck with their times of change and progress, and the deck's description."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from quiz.anki.lock import Lock
from quiz.anki.notes import RETIRED, Note, escape, guid_of, one_level
from quiz.anki.notetypes import NOTE_TYPES
from quiz.anki.package import Entry, Standing
from quiz.citation import NOT_STATED, named
from quiz.deck import Deck, Source, Tier

RETIRED_TEXT = "This card has left its deck. You may delete it."


def entries(
    deck: Deck,
    notes: Sequence[Note],
    lock: Lock,
    standings: Mapping[str, Standing],
    suspended: Collection[str] = (),
    *,
    whole: bool,
) -> Iterator[Entry]:
    """The notes with their times of change, and with their progress where there is some.

    ``standings`` and ``suspended`` are by card. ``whole`` says that these are all notes of the deck: then notes of the
    lock whose cards are gone go along too, with a tag and a text that say so, since no package can delete a note. They
    bring no card, so that only those who have one see them.
    """
    for note in notes:
        yield Entry(note, lock[note.name].changed, standings.get(note.card), note.card in suspended)
    if whole:
        living = {note.name for note in notes}
        for card, entry in sorted(lock.items()):
            if card not in living:
                note = _retired(deck, card, entry.type, entry.stem, entry.answer)
                yield Entry(note, entry.changed, has_card=False)


def _retired(deck: Deck, card: str, type_: str, stem: str, answer: str) -> Note:
    own = next(each for each in NOTE_TYPES if each.key == type_)
    fields = {"Id": f"{deck.id} {card}", "About": escape(RETIRED_TEXT), "Stem": stem, "Text": stem, "Answer": answer}
    fields |= {
        "Reply": answer,
        "A": answer,
        "Key": "A",
        "Reason A": escape(RETIRED_TEXT),
        "Reason": escape(RETIRED_TEXT),
    }
    return Note(guid_of(deck.id, card), card, card, own, fields, (RETIRED,), (one_level(deck.title),), is_extra=True)


def description(deck: Deck) -> str:
    """What Anki shows of a deck: what it is for, its sources, its licence, and that it is for study."""
    given = [source for source in deck.sources.values() if source.tier is Tier.GIVEN]
    others = len(deck.sources) - len(given)
    works = "".join(f"<li>{escape(_titled(source))}</li>" for source in given)
    works_more = "One reference work more is" if others == 1 else f"{others} reference works more are"
    more = f"<p>{works_more} named on the cards.</p>" if others else ""
    return (
        f"<p>{escape(deck.about)}</p><p>Sources:</p><ul>{works}</ul>{more}"
        f"<p>Version {escape(deck.version)}. Licence: {escape(deck.licence)}. {escape(deck.notice)}</p>"
    )


def _titled(source: Source) -> str:
    who = "" if source.publisher.casefold() == NOT_STATED else f", {named(source)}"
    return f"{source.title}{who}"
