"""The page of a learner's progress."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from quiz.confusion import Confusion
from quiz.deck import Group
from quiz.insight import MASTERED, Figures, Mastery, OfDeck, Overview
from quiz.insight.words import due, percent, retention, reviewed, seconds
from quiz.questions.wording import counted
from quiz.reasoning import upper_first
from quiz.report.charts import forecast, meter
from quiz.report.page import page, text

WIDEST = 8
"""Subjects in a matrix of mix-ups, so that it stands on a phone."""

LISTED = 10
"""Mix-ups in the list, heaviest first."""

SHADES = 4


def progress_page(found: Overview, day: date) -> str:
    """All figures as one page, made on a day."""
    return page(f"Progress on {day.day} {day:%B %Y}", _body(found))


def _body(found: Overview) -> Iterator[str]:
    figures = found.figures
    if not figures.reviews and not figures.practice:
        yield "<p>Nothing studied yet.</p>"
        return
    yield from _figures(figures)
    for each in found.decks:
        yield from _of_deck(each)
    if found.elsewhere:
        yield f'<p class="dim">Counted above, but not found here: {text(", ".join(found.elsewhere))}.</p>'
    for notice in dict.fromkeys(each.deck.notice for each in found.decks):
        yield f'<p class="dim">{text(notice)}</p>'


def _figures(figures: Figures) -> Iterator[str]:
    practice = f", and {counted(figures.practice, 'response')} as practice or unrated" if figures.practice else ""
    yield f"<p>{text(reviewed(figures) + practice)}.</p>"
    yield "<h2>Remembered</h2>"
    if figures.retention is None or figures.predicted is None:
        yield f"<p>{text(retention(figures).capitalize())}.</p>"
    else:
        repeated = counted(figures.repeated, "repeated review")
        yield f"<p>Of {repeated}. FSRS plans them; the two should lie close together.</p>"
        yield "<table><tbody>"
        yield _row("Remembered", "", figures.retention)
        yield _row("Predicted by FSRS", "", figures.predicted)
        yield "</tbody></table>"
    yield "<h2>Due</h2>"
    yield f"<p>{text(due(figures))}.</p>"
    yield forecast(figures.forecast, text(due(figures)))
    yield "<details><summary>Day by day</summary><table>"
    yield "<thead><tr><th>Day</th><th>Due</th></tr></thead><tbody>"
    yield from (f'<tr><th scope="row">{day}</th><td>{count}</td></tr>' for day, count in figures.forecast)
    yield "</tbody></table></details>"
    if figures.pace is not None:
        yield "<h2>Time for a question</h2>"
        took = f'<span class="figure">{seconds(figures.pace)}</span>'
        yield f"<p>Half of the questions took less than {took}.</p>"
        yield "<table><thead><tr><th>Kind</th><th>Median</th><th>Responses</th></tr></thead><tbody>"
        for each in figures.paces:
            row = f'<tr><th scope="row">{text(each.kind)}</th>'
            yield f"{row}<td>{seconds(each.median)}</td><td>{each.responses}</td></tr>"
        yield "</tbody></table>"


def _of_deck(deck: OfDeck) -> Iterator[str]:
    yield f"<section><h2>{text(deck.deck.title)}</h2>"
    yield from _mixed_up(deck)
    subjects = sorted((each for each in deck.subjects if each.seen), key=lambda each: -each.cards)
    pairs = sorted((each for each in deck.pairs if each.seen), key=lambda each: each.share)
    yield "<h3>Mastered</h3><p>A card is mastered when it was remembered the last time, and the chance to remember it "
    yield f"today is at least {percent(MASTERED)}.</p>"
    if deck.leeches:
        again = "is" if deck.leeches == 1 else "are"
        yield f"<p>{counted(deck.leeches, 'card')} {again} forgotten again and again.</p>"
    yield from _table("Subject", deck, subjects, len(deck.subjects))
    yield from _table("Pair", deck, pairs, len(deck.pairs))
    yield "</section>"


def _table(title: str, deck: OfDeck, rows: Sequence[Mastery], total: int) -> Iterator[str]:
    """What is mastered of the subjects, or pairs, of which anything was seen."""
    if rows:
        yield f"<table><thead><tr><th>{title}</th><th>Seen</th><th>Mastered</th></tr></thead><tbody>"
        for each in rows:
            seen = f"{each.seen} of {each.cards}"
            yield _row(" and ".join(deck.names(each.about)), seen, each.share)
        yield "</tbody></table>"
    if len(rows) < total:
        yield f'<p class="dim">{counted(total - len(rows), title.lower())} not begun.</p>'


def _row(name: str, seen: str, share: float) -> str:
    cells = f"<td>{seen}</td>" if seen else ""
    return f'<tr><th scope="row">{text(name)}</th>{cells}<td class="share">{percent(share)}{meter(share)}</td></tr>'


def _mixed_up(deck: OfDeck) -> Iterator[str]:
    yield "<h3>Mixed up</h3>"
    if not deck.mixed_up:
        yield "<p>Nothing is mixed up at present.</p>"
        return
    shown = {group: _mixed_most(deck, group.id) for group in deck.deck.groups.values()}
    matrices = {group: subjects for group, subjects in shown.items() if len(subjects) > 2}  # of two, the list says all
    if matrices:
        yield '<p class="dim">How often what is named at the left was taken for what is named above.</p>'
    for group, subjects in matrices.items():
        yield from _matrix(deck, group, subjects)
    yield '<p class="dim">The heaviest first: how many of the comparisons went wrong, whether of late more (rising) or '
    yield "fewer (falling), and by what.</p><ol>"
    for each in deck.mixed_up[:LISTED]:
        actual, taken = deck.names((each.actual, each.taken))
        nouns = [deck.deck.features[feature].noun for feature in each.features[:3] if feature in deck.deck.features]
        by = f'<br><span class="dim">by {text("; ".join(nouns))}</span>' if nouns else ""
        words = f"{actual} taken for {taken}: {each.times} of {each.chances}, {each.trend}"
        yield f"<li>{text(words)}{by}</li>"
    yield "</ol>"
    if len(deck.mixed_up) > LISTED:
        yield f'<p class="dim">And {len(deck.mixed_up) - LISTED} more that weigh less.</p>'


def _mixed_most(deck: OfDeck, group: str) -> list[str]:
    """The subjects of a group that are mixed up most, in deck order."""
    weights: dict[str, float] = {}
    for each in deck.mixed_up:
        for subject in (each.actual, each.taken):
            if deck.deck.subjects[subject].group == group:
                weights[subject] = weights.get(subject, 0) + each.weight
    heaviest = sorted(weights, key=lambda subject: -weights[subject])[:WIDEST]
    return [subject for subject in deck.deck.subjects if subject in heaviest]


def _matrix(deck: OfDeck, group: Group, shown: Sequence[str]) -> Iterator[str]:
    """Who is taken for whom: a row for what it was, a column for what it was taken for."""
    cells = {(each.actual, each.taken): each for each in deck.mixed_up}
    most = max((each.times for each in deck.mixed_up), default=1)
    plural = text(upper_first(group.plural))
    yield f'<div class="wide" role="region" aria-label="{plural}" tabindex="0"><table class="matrix">'
    yield f"<caption>{plural}</caption>"
    heads = "".join(f'<th scope="col"><span>{text(name)}</span></th>' for name in deck.names(shown))
    yield f"<thead><tr><td></td>{heads}</tr></thead><tbody>"
    for actual, name in zip(shown, deck.names(shown), strict=True):
        row = "".join(_cell(cells.get((actual, taken)), most, same=actual == taken) for taken in shown)
        yield f'<tr><th scope="row">{text(name)}</th>{row}</tr>'
    yield "</tbody></table></div>"


def _cell(mixed: Confusion | None, most: int, *, same: bool) -> str:
    if mixed is None:
        return f"<td>{'' if same else '·'}</td>"
    return f'<td class="heat{max(1, -(-SHADES * mixed.times // most))}">{mixed.times}</td>'
