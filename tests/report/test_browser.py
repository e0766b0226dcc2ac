"""In a real browser, a page stands on a phone without scrolling sideways, and asks the network for nothing."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from quiz.confusion import Confusion
from quiz.deck import Deck
from quiz.insight import Mastery, OfDeck, Overview
from quiz.questions import Material
from quiz.reasoning import Knowledge
from quiz.report import progress_page, study_sheet
from tests.report.test_pages import DAY, figures

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (on Debian and Ubuntu: apt install chromium)"),
]

NAMES = ("sensorimotor polyneuropathy", "mononeuritis multiplex", "Donaudampfschifffahrtsgesellschaftskapitän", "MS")

FRAME = """<!doctype html><meta charset="utf-8"><body style="margin:0">
<iframe id="page" style="width:{width}px;height:900px;border:0" src="page.html"></iframe>
<pre id="out"></pre>
<script>
page.onload = () => {{
  const root = page.contentDocument.documentElement;
  const loaded = page.contentWindow.performance.getEntriesByType("resource").map(each => each.name);
  out.textContent = `wide ${{root.scrollWidth}} of ${{root.clientWidth}}, loaded ${{loaded.length}}`;
}};
</script>"""
"""A page at an exact width: a window of its own may not be made as narrow as a phone."""


@pytest.fixture
def deck(deck_of: Callable[[str], Deck]) -> Deck:
    subjects = "\n".join(f"  s{i}: {{group: birds, name: {name}, short: {name}}}" for i, name in enumerate(NAMES))
    present = ", ".join(f"s{i}: {{says: All have it., cite: book One ¶{i}}}" for i in range(len(NAMES)))
    feature = f"features:\n  wing: {{aspect: sign, noun: a wing, present: {{{present}}}}}"
    return deck_of(f"subjects:\n{subjects}\n{feature}\n")


@pytest.fixture(params=["progress", "sheet"])
def html(request: pytest.FixtureRequest, deck: Deck) -> str:
    if request.param == "sheet":
        return study_sheet(Material(Knowledge(deck)), deck.subjects["s0"], deck.subjects["s2"])
    ids = list(deck.subjects)
    pairs = [(one, other) for one in ids for other in ids if one != other]
    mixed = tuple(Confusion(one, other, 3, 1000, 2.0, 1, 1, ("wing",)) for one, other in pairs)
    mastery = tuple(Mastery(pair, 100, 100, 34) for pair in pairs)
    found = OfDeck(deck, tuple(Mastery((each,), 100, 100, 7) for each in ids), mastery, mixed, 3)
    return progress_page(Overview(figures(), (found,)), DAY)


def shown(folder: Path, html: str, width: int) -> tuple[int, int, int]:
    """How wide the page is, how wide its window, and how many files it loaded."""
    (folder / "page.html").write_text(html, encoding="utf-8")
    (folder / "frame.html").write_text(FRAME.format(width=width), encoding="utf-8")
    assert CHROMIUM is not None
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"]
    command += [f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=5000", "--dump-dom"]
    out = subprocess.run([*command, (folder / "frame.html").as_uri()], capture_output=True, text=True, timeout=120)
    found = re.search(r"wide (\d+) of (\d+), loaded (\d+)", out.stdout)
    assert found, out.stderr
    wide, window, loaded = map(int, found.groups())
    return wide, window, loaded


@pytest.mark.parametrize("width", [360, 1000])
def test_a_page_fits_its_window_and_loads_nothing(tmp_path: Path, html: str, width: int) -> None:
    """Long names and all; a browser that wanted anything more than the page would tell of it."""
    wide, window, loaded = shown(tmp_path, html, width)
    assert window == pytest.approx(width, abs=20)  # a scroll bar may take a few pixels
    assert wide <= window
    assert loaded == 0


def test_the_measure_finds_a_page_that_does_not_fit(tmp_path: Path) -> None:
    """And one that loads a picture: the tests above could fail."""
    bad = '<!doctype html><div style="width:700px">wide</div><img src="http://127.0.0.1:9/picture.png">'
    wide, window, loaded = shown(tmp_path, bad, 360)
    assert wide >= 700 > window
    assert loaded == 1
