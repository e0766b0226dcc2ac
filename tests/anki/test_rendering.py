"""The cards as a learner meets them: rendered by the official package, in pages like those of Anki's programs."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from itertools import cycle
from typing import Any, NamedTuple

import pytest

from quiz.anki.lock import locked
from quiz.anki.notes import LETTERS, notes
from quiz.anki.notetypes import CHOICE, CLOZE, NOTE_TYPES, RECALL, TABLE
from quiz.anki.package import Entry, write_package
from quiz.loader import load
from quiz.questions import Material, cards
from quiz.reasoning import Knowledge
from tests.anki.chromium import Page, find_chromium
from tests.anki.conftest import CHANGED, GULLS, take_in
from tests.conftest import FRAME

pytestmark = pytest.mark.slow

ANKIS_STYLE = """
  :root { --canvas: #f5f5f5; --fg: #020202; } :root.night-mode { --canvas: #2c2c2c; --fg: #fcfcfc; }
  body { margin: 20px; overflow-wrap: break-word; background-color: var(--canvas); }
  body.nightMode { background-color: var(--canvas); color: var(--fg); }
  li { text-align: start; }
  #typeans { width: 100%; box-sizing: border-box; line-height: 1.75; }
  button { outline: none !important; margin: 1em .5em; padding: 8px 10px; border: 1px solid #e4e4e4; color: var(--fg);
           background: #fcfcfc; font: 500 13px sans-serif; box-shadow: 0 2px 1px -1px #1418; }
  button:hover { background: #fff; border: 1px solid #c4c4c4; box-shadow: 0 3px 1px -2px #1418; }
"""
"""What Anki's own style sheets do to buttons, lists and outlines."""

REVIEWER = """<!doctype html><html class="CLASS"><head><meta name="viewport" content="width=device-width"><style>STYLE</style>
<script>
  var calls = [];
  APP
  function show(html, classes) { // as Anki does: one page for all cards, whose scripts run anew
    var qa = document.getElementById("qa");
    qa.innerHTML = html;
    qa.querySelectorAll("script").forEach(function (old) {
      var fresh = document.createElement("script");
      fresh.text = old.text;
      old.replaceWith(fresh);
    });
    document.body.className = classes;
    window.scrollTo(0, 0);
    var mark = document.getElementById("answer");
    if (mark) { mark.scrollIntoView(); }
  }
</script></head><body class="isLin fancy"><div id="qa">INNER</div></body></html>"""

DESKTOP = "function pycmd(word) { calls.push(word); }"
DROID = "function showAnswer() { calls.push('ans'); }"
OTHERS = ""

STATE = """(() => {
  const text = (at, what) => [...at.querySelectorAll(what)].map(each => each.textContent).join(" ");
  return {
    hint: text(document, ".hint"), answer: text(document, "p.answer"),
    options: [...document.querySelectorAll(".options > li")].map(item => ({
      letter: item.dataset.option, text: text(item, ".text"), mark: text(item, ".mark"),
      reason: text(item, ".reason"), source: text(item, ".source"),
      pressed: !!item.querySelector("[aria-pressed=true]") })),
  };
})()"""

FAINT = """(() => {
  const channel = part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255);
  const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
  const paper = at => {
    for (let each = at; each; each = each.parentElement) {
      const colour = numbers(getComputedStyle(each).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) { return colour; }
    }
    return [255, 255, 255];
  };
  const found = [];
  const judge = (at, colour, words) => {
    const [a, b] = [light(numbers(colour)), light(paper(at))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) { found.push(`${words}: ${ratio.toFixed(2)}`); }
  };
  const walker = document.createTreeWalker(document.querySelector(".tellapart"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.parentElement, words = walker.currentNode.data.trim();
    if (words && at.getClientRects().length) { judge(at, getComputedStyle(at).color, words); }
  }
  for (const box of document.querySelectorAll(".box")) { judge(box, getComputedStyle(box, "::before").color, "number"); }
  return found;
})()"""
"""Texts of the card whose contrast is below 4.5 to 1."""


class Sides(NamedTuple):
    """A card as the official package renders it, with the fields of its note."""

    type: str
    fields: dict[str, str]
    front: str
    back: str


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> list[Sides]:
    collections = pytest.importorskip("anki.collection", reason="the official anki package is not installed")
    folder = tmp_path_factory.mktemp("rendering")
    (folder / "deck.yaml").write_text(FRAME, encoding="utf-8")
    (folder / "facts.yaml").write_text(GULLS, encoding="utf-8")
    deck, _ = load(folder)
    assert deck is not None
    material = Material(Knowledge(deck))
    made = list(notes(material, cards(material), types={"pair:gull~tern:spot": TABLE.key}))
    lock = locked({}, made, CHANGED)
    package = folder / "gulls.apkg"
    write_package(package, [Entry(note, lock[note.name].changed) for note in made], {})
    collection = collections.Collection(str(folder / "collection.anki2"))
    take_in(collection, package)
    found = [_sides(collection.get_card(id)) for id in collection.find_cards("")]
    collection.close()
    return found


def _sides(card: Any) -> Sides:
    """Both sides of a card; where a reply is typed, what Anki's programs put there."""
    note = card.note()
    front, back = card.question(), card.answer()
    front = front.replace("[[type:Reply]]", '<input type="text" id="typeans">')
    back = back.replace("[[type:Reply]]", '<code id="typeans"><span class="typeGood">ultraviolet</span></code>')
    return Sides(card.note_type()["name"], dict(note.items()), front, back)


@pytest.fixture(scope="module")
def choices(rendered: list[Sides]) -> list[Sides]:
    found = [each for each in rendered if each.type == CHOICE.name]
    assert len(found) >= 12
    return found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Page]:
    program = find_chromium()
    if program is None:
        pytest.skip("no Chromium is installed")
    found = Page(program)
    yield found
    found.close()


@pytest.fixture
def page(chromium: Page) -> Iterator[Page]:
    """The browser, which must ask for nothing and raise nothing during the test."""
    chromium.requests.clear()
    chromium.errors.clear()
    chromium.look()
    yield chromium
    assert chromium.requests == []
    assert chromium.errors == []


def reviewer(app: str, inner: str = "", *, night: bool = False) -> str:
    """The page of one of Anki's programs."""
    text = REVIEWER.replace("STYLE", ANKIS_STYLE).replace("APP", app).replace("INNER", inner)
    return text.replace("CLASS", "night-mode" if night else "")


def show(page: Page, side: str, *, night: bool = False) -> None:
    classes = "card card1 isLin fancy" + (" nightMode night_mode" if night else "")
    page.ask(f"show({json.dumps(side)}, {json.dumps(classes)})")


def order(state: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["letter"], each["text"]) for each in state["options"]]


def check_back(back: dict[str, Any], fields: dict[str, str], own: str) -> None:
    """Every option explained, key and choice marked in words, nothing else marked."""
    for option in back["options"]:
        letter = option["letter"]
        assert option["reason"]
        assert option["source"]
        is_key, is_own = letter == fields["Key"], letter == own
        wanted = {(True, True): "✓ Right, and your choice", (True, False): "✓ Right", (False, True): "✗ Your choice"}
        assert option["mark"] == wanted.get((is_key, is_own), "")
    verdict = "" if not own else "✓ you chose it" if own == fields["Key"] else "✗ you chose another"
    assert back["answer"] == f"Right: {html.unescape(fields['Answer'])} {verdict}"


@pytest.mark.parametrize("by", ["click", "digit", "alt"])
def test_cards_are_answered_in_a_row_on_one_page(page: Page, choices: list[Sides], by: str) -> None:
    """Same order on both sides, one call a choice, marks for this card's choice and none of the card before."""
    page.open(reviewer(DESKTOP))
    for card, place in zip(choices[:14], cycle(range(5)), strict=False):
        page.ask("calls.length = 0")
        show(page, card.front)
        front = page.ask(STATE)
        assert front["hint"] == "Click one, or press Alt and its number."
        assert not any(option["pressed"] for option in front["options"])
        count = len(front["options"])
        assert count == sum(bool(card.fields[letter]) for letter in LETTERS)
        own = ""
        if place < count:  # every fifth card or so is turned over without a choice
            own = front["options"][place]["letter"]
            if by == "click":
                page.click(f".options > li:nth-child({place + 1}) button")
            else:
                page.press(str(place + 1), alt=by == "alt", named="¡" if by == "alt" else "")
        else:
            page.press(str(count + 1))
        assert page.ask("calls") == (["ans"] if own else [])
        show(page, card.back)
        back = page.ask(STATE)
        assert order(back) == order(front)
        check_back(back, card.fields, own)
        page.press("1")  # on the back a digit is a rating, for Anki alone
        assert len(page.ask("calls")) <= 1


def test_a_second_press_on_the_same_front_turns_it_over_only_once(page: Page, choices: list[Sides]) -> None:
    page.open(reviewer(DESKTOP))
    show(page, choices[0].front)
    page.press("1")
    page.press("2")
    assert page.ask("calls") == ["ans"]
    show(page, choices[0].back)
    assert [option["mark"] for option in page.ask(STATE)["options"]][1].endswith(("your choice", "Your choice"))


def test_a_card_seen_again_knows_nothing_of_the_last_choice(page: Page, choices: list[Sides]) -> None:
    page.open(reviewer(DESKTOP))
    show(page, choices[0].front)
    page.press("1")
    show(page, choices[0].back)
    show(page, choices[0].front)
    show(page, choices[0].back)
    check_back(page.ask(STATE), choices[0].fields, own="")


def test_no_more_than_one_listener_is_left_on_the_page(page: Page, choices: list[Sides]) -> None:
    count = """var listeners = 0;
      ["add", "remove"].forEach(function (what) {
        var real = document[what + "EventListener"];
        document[what + "EventListener"] = function () {
          listeners += what === "add" ? 1 : -1;
          return real.apply(document, arguments);
        };
      });"""
    page.open(reviewer(DESKTOP + count))
    for card in choices[:3]:
        show(page, card.front)
        show(page, card.front)
        page.press("1")
        show(page, card.back)
    assert page.ask("listeners") <= 1


def test_a_digit_typed_at_another_card_chooses_nothing(page: Page, rendered: list[Sides]) -> None:
    page.open(reviewer(DESKTOP))
    for type_ in (RECALL, TABLE, CLOZE):
        show(page, next(each for each in rendered if each.type == CHOICE.name).front)
        show(page, next(each for each in rendered if each.type == type_.name).front)
        page.press("1")
    assert page.ask("calls") == []


def test_android_pages_that_are_loaded_anew_for_each_side(page: Page, choices: list[Sides]) -> None:
    """Only the session's storage outlives the front there; a tap answers."""
    page.look(360, 740, touch=True)
    for card in choices[:4]:
        page.open(reviewer(DROID, card.front))
        front = page.ask(STATE)
        assert front["hint"] == "Tap one."
        page.tap(".options > li:nth-child(2) button")
        assert page.ask("calls") == ["ans"]
        page.open(reviewer(DROID, card.back))
        back = page.ask(STATE)
        assert order(back) == order(front)
        check_back(back, card.fields, front["options"][1]["letter"])


def test_programs_that_cannot_be_told_to_turn_over(page: Page, choices: list[Sides]) -> None:
    """AnkiMobile and AnkiWeb: the choice stands, can be changed, and the learner is told what to do."""
    page.open(reviewer(OTHERS))
    show(page, choices[0].front)
    front = page.ask(STATE)
    assert front["hint"] == "Choose one, then show the answer."
    page.click(".options > li:nth-child(1) button")
    page.press("2")
    chosen = page.ask(STATE)
    assert [option["pressed"] for option in chosen["options"]][:2] == [False, True]
    assert chosen["hint"] == "Chosen. Now show the answer."
    show(page, choices[0].back)
    check_back(page.ask(STATE), choices[0].fields, front["options"][1]["letter"])


def test_a_program_that_forbids_storage_loses_no_more_than_the_choice(page: Page, choices: list[Sides]) -> None:
    refusing = "Object.defineProperty(window, 'sessionStorage', {get() { throw new Error('refused'); }});"
    page.open(reviewer(DROID + refusing))
    show(page, choices[0].front)
    front = page.ask(STATE)
    page.press("1")
    page.ask("window.tellapartChoice = ''")
    show(page, choices[0].back)
    back = page.ask(STATE)
    assert order(back) == order(front)
    check_back(back, choices[0].fields, own="")


def test_without_script_cards_can_be_read_and_answered(page: Page, rendered: list[Sides]) -> None:
    """All options on the front; on the back the answer in words, and the key set off by its colour."""
    page.look(script=False)
    card = next(each for each in rendered if each.type == CHOICE.name)
    page.open(reviewer(OTHERS, card.front))
    front = page.ask(STATE)
    assert [letter for letter, _ in order(front)] == [letter for letter in LETTERS if card.fields[letter]]
    assert front["hint"] == "Choose one, then show the answer."
    page.open(reviewer(OTHERS, card.back).replace('"isLin fancy"', '"card card1"'))
    back = page.ask(STATE)
    assert order(back) == order(front)
    assert back["answer"].startswith("Right: ")
    assert all(option["reason"] and option["source"] for option in back["options"])
    colours = page.ask("[...document.querySelectorAll('.box')].map(box => getComputedStyle(box).borderTopColor)")
    assert colours.count(colours[LETTERS.index(card.fields["Key"])]) == 1


@pytest.mark.parametrize("night", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1000])
def test_every_type_can_be_read_at_every_width(page: Page, rendered: list[Sides], width: int, night: bool) -> None:
    """No scrolling sideways, contrast of 4.5 and more, targets of 44 pixels and more, answer and source on the back."""
    page.look(width, 700)
    page.open(reviewer(DESKTOP, night=night))
    for type_ in NOTE_TYPES:
        card = next(each for each in rendered if each.type == type_.name)
        for side in (card.front, card.back):
            show(
                page,
                side.replace("gulls", "sensorimotor polyneuropathy").replace("terns", "electromyography"),
                night=night,
            )
            assert page.ask("document.documentElement.scrollWidth") <= width
            assert page.ask(FAINT) == []
            heights = "[...document.querySelectorAll('button, input')].map(each => each.getBoundingClientRect().height)"
            assert all(height >= 44 for height in page.ask(heights))
        assert page.ask("document.querySelector('.source').textContent.trim()")
        if type_ is CHOICE:
            show(page, card.front, night=night)
            lure = next(
                place for place, each in enumerate(page.ask(STATE)["options"]) if each["letter"] != card.fields["Key"]
            )
            page.press(str(lure + 1))
            assert page.ask(FAINT) == []
            show(page, card.back, night=night)
            assert page.ask(FAINT) == []


def test_the_keyboards_focus_shows_though_anki_removes_outlines(page: Page, choices: list[Sides]) -> None:
    page.open(reviewer(DESKTOP))
    show(page, choices[0].front)
    look = "(() => { const at = getComputedStyle(document.querySelector('.box')); return at.borderTopColor + at.boxShadow; })()"
    before = page.ask(look)
    page.press("Tab")
    assert page.ask("document.activeElement.className") == "box tappable"
    assert page.ask(look) != before


def test_options_come_in_every_order(page: Page, choices: list[Sides]) -> None:
    """Each option is about as often in each place, whatever the note, so that no place tells the key."""
    card = next(
        each for each in choices if each.fields["Order"] == "drawn" and sum(bool(each.fields[x]) for x in "ABCD") == 4
    )
    page.open(reviewer(DESKTOP))
    counts = page.ask(
        f"""(() => {{
          const counts = {{A: [0, 0, 0, 0], B: [0, 0, 0, 0], C: [0, 0, 0, 0], D: [0, 0, 0, 0]}}, front = {json.dumps(card.front)};
          const id = {json.dumps(f'data-id="{card.fields["Id"]}"')};
          for (let note = 0; note < 1000; note += 1) {{
            show(front.replace(id, `data-id="ducks note-${{note}}"`), "card");
            document.querySelectorAll(".options > li").forEach((item, place) => {{ counts[item.dataset.option][place] += 1; }});
          }}
          return counts;
        }})()"""
    )
    assert all(190 <= count <= 310 for places in counts.values() for count in places), counts
