"""The pages say what the figures and the deck say, load nothing, and let nothing of a deck pass for HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from quiz.confusion import Confusion
from quiz.deck import Deck
from quiz.insight import FORECAST_DAYS, Figures, Mastery, OfDeck, Overview, Pace
from quiz.questions import Material
from quiz.reasoning import Knowledge
from quiz.report import progress_page, study_sheet
from quiz.report.page import page, text
from tests.conftest import FRAME

DAY = date(2024, 10, 4)

DECK = """
subjects:
  gull: {group: birds, name: herring gull, short: gulls}
  tern: {group: birds, name: common tern, short: "<b>terns</b> & \\"co\\""}
  skua: {group: birds, name: great skua, short: skuas}
features:
  hook:
    aspect: sign
    noun: a <script>alert(1)</script> bill
    present: {gull: {says: Gulls have a hooked bill., cite: book Gulls ¶1}}
    absent: {tern: {says: Terns have no hooked bill., cite: manual Terns ¶1}}
  fork:
    aspect: sign
    noun: a forked tail
    present: {tern: {says: Terns have a forked tail., cite: book Terns ¶2}}
    absent: {gull: {says: Gulls have no forked tail., cite: book Gulls ¶2}}
  white: {aspect: sign, noun: a white belly, present: {gull: {says: Gulls are white., cite: book Gulls ¶3}, tern: {says: Terns are white., cite: book Terns ¶3, strength: rarely}}}
  hovering: {aspect: sign, noun: hovering, present: {tern: {says: Terns hover., cite: book Terns ¶4}}}
more-often:
  flight: {feature: white, in: gull, than: tern, says: A white belly is met more often in gulls., cite: book Plates ¶1}
"""


class Reader(HTMLParser):
    """What a browser would see: tags with attributes, the text, and whether every tag is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def figures(reviews: int = 5) -> Figures:
    return Figures(
        reviews=reviews,
        cards=2,
        days=3,
        today=1,
        streak=2,
        practice=0,
        repeated=4,
        retained=3,
        predicted=0.9,
        pace=6500.0,
        paces=(Pace("sort", 4, 6000.0), Pace("recall", 1, 9000.0)),
        forecast=tuple(((DAY + timedelta(day)).isoformat(), day % 3) for day in range(FORECAST_DAYS)),
    )


def confusion(actual: str, taken: str, times: int) -> Confusion:
    return Confusion(actual, taken, times, 20, float(times), lately=1, before=2, features=("hook",))


@pytest.fixture
def deck(deck_of: Callable[[str], Deck]) -> Deck:
    return deck_of(DECK)


@pytest.fixture
def birds(deck: Deck) -> OfDeck:
    return OfDeck(
        deck,
        (Mastery(("gull",), 12, 8, 6), Mastery(("tern",), 4, 4, 1), Mastery(("skua",), 4, 0, 0)),
        (Mastery(("gull", "tern"), 4, 2, 1),),
        (confusion("gull", "tern", 8), confusion("tern", "skua", 2)),
        1,
    )


def progress(birds: OfDeck) -> str:
    return progress_page(Overview(figures(), (birds,), ("trees <i>",)), DAY)


def sheet(deck: Deck) -> str:
    return study_sheet(Material(Knowledge(deck)), deck.subjects["gull"], deck.subjects["tern"])


@pytest.fixture(params=["progress", "sheet"])
def html(request: pytest.FixtureRequest, birds: OfDeck, deck: Deck) -> str:
    return progress(birds) if request.param == "progress" else sheet(deck)


def test_a_page_runs_nothing_and_loads_nothing(html: str) -> None:
    """No script, no event, no link to another file; and a policy that would let a browser load none."""
    found = Reader(html)
    assert not {tag for tag, _ in found.tags} & {"script", "link", "img", "iframe", "object", "embed", "a"}
    names = {name for _, attributes in found.tags for name in attributes}
    assert not any(name.startswith("on") or name in ("src", "href", "style", "xlink:href") for name in names)
    policy = next(each["content"] for tag, each in found.tags if each.get("http-equiv") == "Content-Security-Policy")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"
    assert "url(" not in html
    assert "@import" not in html


def test_words_of_a_deck_stay_words(html: str) -> None:
    """Markup in a deck is shown as it was written, and makes no element."""
    found = Reader(html)
    assert '<b>terns</b> & "co"' in found.text
    assert "a <script>alert(1)</script> bill" in found.text
    assert "b" not in {tag for tag, _ in found.tags}


def test_every_element_is_closed_and_headings_go_down_by_one(html: str) -> None:
    """One h1, and no level left out, as those who jump from heading to heading need it."""
    found = Reader(html)
    assert found.open == []
    levels = [int(tag[1]) for tag, _ in found.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in zip(levels, levels[1:], strict=False))


def test_a_figure_and_its_per_cent_stay_on_one_line() -> None:
    """A line that began with % would read badly; other spaces stay as they are."""
    assert text("65.7 % of 100, as % goes") == "65.7\u00a0% of 100, as % goes"


def test_terminal_codes_in_a_deck_are_taken_out() -> None:
    """Neither escapes nor marks that turn the direction of text get into a page."""
    html = page("gulls\x1b[31m \u202eand\x00 terns", [])
    assert "<h1>gulls and terns</h1>" in html


def test_progress_has_all_figures(birds: OfDeck) -> None:
    """Reviews, retention true and predicted, what falls due, times, mastery, mix-ups and leeches."""
    shown = Reader(progress(birds)).text
    for words in (
        "Progress on 4 October 2024",
        "5 reviews of 2 cards on 3 days, 1 today · 2 days in a row.",
        "Of 4 repeated reviews. FSRS plans them;",
        "Remembered 75 %",
        "Predicted by FSRS 90 %",
        "Due today 0, tomorrow 1,",
        "2024-10-05 1",
        "Half of the questions took less than 6.5 s",
        "recall 9.0 s 1",
        "gulls 8 of 12 50 %",
        "1 subject not begun.",
        'gulls and <b>terns</b> & "co" 2 of 4 25 %',
        'gulls taken for <b>terns</b> & "co": 8 of 20, falling',
        "1 card is forgotten again and again.",
        "not found here: trees <i>.",
    ):
        assert words in shown, words
    assert shown.count("For study.") == 1  # the deck's own notice


def test_the_matrix_is_a_table_with_heads_of_rows_and_columns(birds: OfDeck) -> None:
    """Each cell says how often, and is the darker the oftener; the diagonal is empty."""
    html = progress(birds)
    found = Reader(html)
    scopes = [attributes.get("scope") for tag, attributes in found.tags if tag == "th"]
    assert scopes.count("col") == 3
    assert '<td class="heat4">8</td>' in html
    assert '<td class="heat1">2</td>' in html
    rows = re.findall(r'<tr><th scope="row">[^<]*</th>((?:<td(?: class="heat\d")?>[^<]*</td>){3})</tr>', html)
    cells = [re.findall(r"<td[^>]*>([^<]*)</td>", row) for row in rows]
    assert cells == [["", "8", "·"], ["·", "", "2"], ["·", "·", ""]]


def test_two_subjects_need_no_matrix(birds: OfDeck) -> None:
    """The list says it all; and where nothing is mixed up, one sentence does."""
    assert 'class="matrix"' not in progress(birds._replace(confused=birds.confused[:1]))
    assert "Nothing is mixed up at present." in progress(birds._replace(confused=()))


def test_the_chart_is_told_in_words(birds: OfDeck) -> None:
    """For those who do not see it, it has a label; the bars of tables only repeat the figure beside them."""
    charts = [attributes for tag, attributes in Reader(progress(birds)).tags if tag == "svg"]
    assert (charts[2]["role"], str(charts[2]["aria-label"])[:11]) == ("img", "Due today 0")
    assert all(each.get("aria-hidden") == "true" for each in charts if each.get("role") != "img")


def test_before_the_first_review_the_page_says_so() -> None:
    """No chart of nothing."""
    assert "Nothing studied yet." in progress_page(Overview(figures(0), ()), DAY)


def test_the_sheet_sorts_findings_with_reasons_and_sources(deck: Deck) -> None:
    """What only one has with the reason why the other lacks it, what both have, what is likelier, what is not known."""
    shown = Reader(sheet(deck)).text
    terns = '<b>terns</b> & "co"'
    for words in (
        "Herring gull and common tern",
        "Only gulls Signs a <script>alert(1)</script> bill",
        "Both Signs a white belly (rarely in " + terns + ")",
        f"Only {terns} Signs a forked tail",
        "More often in one A white belly is met more often in gulls. [1] “Plates” ¶1",
        "bill Gulls have a hooked bill. Terns have no hooked bill. [1] “Gulls” ¶1; [2] “Terns” ¶1",
        "Gulls are white. Terns are white. [1] “Gulls” ¶3, “Terns” ¶3",
        f"Only known of {terns} hovering Terns hover. [1] “Terns” ¶4",
        "Not known is not no",
        "The Book. Sample Press. 2020-01-01",
        "https://example.org/manual",
        "For study.",
    ):
        assert words in shown, words


def test_what_is_known_of_one_but_compared_refers_to_the_comparison(deck_of: Callable[[str], Deck]) -> None:
    """Else "only known of gulls" would seem to contradict "less often in terns". A row of a table is called a row."""
    deck = deck_of(
        """
        subjects:
          gull: {group: birds, name: herring gull, short: gulls}
          tern: {group: birds, name: common tern, short: terns}
        features:
          cry: {aspect: sign, noun: a cry, present: {gull: {says: Gulls cry., cite: book Table ¶row Cries}}}
        more-often:
          cries: {feature: cry, in: gull, than: tern, says: Terns cry less often., cite: book Gulls ¶1}
        """
    )
    shown = Reader(sheet(deck)).text
    assert "Gulls cry. On terns, see “More often in one”. [1] “Table” row Cries" in shown


@pytest.mark.parametrize(
    ("title", "spelled"), [("Which gull?", "Which gull? Press. 2020"), ("Gulls", "Gulls. Press. 2020")]
)
def test_a_source_is_a_line_with_one_mark_at_the_end_of_each_part(
    deck_of: Callable[[str], Deck], title: str, spelled: str
) -> None:
    """A title that asks needs no full stop."""
    frame = FRAME.replace("The Book", title).replace("Sample Press", "Press").replace("2020-01-01", "2020")
    assert spelled in Reader(sheet(deck_of(DECK, frame))).text


def style() -> str:
    return (files("quiz.report") / "style.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("front", "back"),
    [("ink", "paper"), ("dim", "paper"), *((f"on-heat-{shade}", f"heat-{shade}") for shade in range(1, 5))],
)
def test_every_text_stands_out_from_its_ground(scheme: int, front: str, back: str) -> None:
    """A contrast of at least 4.5 to 1, as the guidelines for accessible pages ask (WCAG 2, AA)."""
    colours = [
        dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", each))
        for each in re.findall(r":root {(.*?)}", style(), re.S)
    ]
    darker, lighter = sorted(_luminance(colours[scheme][name]) for name in (front, back))
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
