"""What a note or a page may hold of markup: only what the program writes itself, and nothing that Anki would act on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser

from tests.fuzz.target import FindError

Allowed = Mapping[str, frozenset[str]]
"""The attributes that each element may have."""

NO_MARKUP: Allowed = {}
ROWS: Allowed = {"tr": frozenset(), "td": frozenset(), "th": frozenset({"scope"})}
PAGE: Allowed = {
    **{each: frozenset() for each in ("html", "head", "title", "style", "body", "main", "h1", "h2", "h3", "section")},
    **{each: frozenset() for each in ("strong", "br", "tr", "td", "thead", "tbody", "table", "details", "summary")},
    **{each: frozenset({"class"}) for each in ("p", "div", "span", "ul", "ol", "li")},
    **{"html": frozenset({"lang"}), "meta": frozenset({"charset", "name", "content", "http-equiv"})},
    **{"th": frozenset({"scope"}), "td": frozenset({"class"}), "caption": frozenset(), "table": frozenset({"class"})},
    "div": frozenset({"class", "role", "aria-label", "tabindex"}),
    **{
        each: frozenset(
            {
                "class",
                "viewbox",
                "role",
                "aria-label",
                "x",
                "y",
                "width",
                "height",
                "points",
                "d",
                "style",
                "aria-hidden",
                "text-anchor",
            }
        )
        for each in ("svg", "rect", "g", "text", "path", "line")
    },
}
_ACTED_ON = re.compile(r"\[(sound:|anki:|/?latex\]|/?\$\$?\])|\\[(\[]")


class _Reader(HTMLParser):
    def __init__(self, allowed: Allowed) -> None:
        super().__init__(convert_charrefs=False)
        self.allowed = allowed

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.allowed:
            raise FindError(f"an element <{tag}>: {self.rawdata[:300]}")
        if strange := {name for name, _ in attrs} - self.allowed[tag]:
            raise FindError(f"<{tag}> has {strange}: {self.rawdata[:300]}")

    def handle_comment(self, data: str) -> None:
        raise FindError(f"a comment: {data[:100]}")

    def unknown_decl(self, data: str) -> None:
        raise FindError(f"a declaration: {data[:100]}")

    def handle_pi(self, data: str) -> None:
        raise FindError(f"an instruction: {data[:100]}")


def inert(html: str, allowed: Allowed = NO_MARKUP) -> None:
    """Raise FindError for an element or attribute that is not allowed."""
    reader = _Reader(allowed)
    reader.feed(html)
    reader.close()


def inert_field(html: str, allowed: Allowed = NO_MARKUP) -> None:
    """The same, and for what Anki plays, typesets or reads as formula wherever it stands in a field."""
    inert(html, allowed)
    if found := _ACTED_ON.search(html):
        raise FindError(f"Anki would act on {found.group()}: {html[:200]}")
