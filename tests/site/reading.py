"""Pages read with the standard library's parser: what they link to, load, and whether their elements nest."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

VOID = frozenset({"meta", "link", "br", "img", "input", "hr"})
#: Attributes by which a browser fetches or follows something.
FETCHED = frozenset({"src", "srcset", "data", "poster", "background", "action", "formaction", "ping", "manifest"})


class Reader(HTMLParser):
    """What there is in a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: list[str] = []
        self.outline: list[int] = []
        self.wrong: list[str] = []
        self.data: list[str] = []
        self.landmarks: set[str] = set()
        self._open: list[str] = []
        self._in_data = False
        self.feed(text)
        self.close()
        if self._open:
            self.wrong.append(f"not closed: {self._open}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given: dict[str, Any] = dict(attrs)
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        elif tag == "link" and given.get("href"):
            (self.loads if given["rel"] in ("stylesheet", "icon") else self.links).append(given["href"])
        self.loads += [given[name] for name in FETCHED & given.keys()]
        if given.get("id"):
            self.ids.append(given["id"])
        if tag == "script":
            self._in_data = given.get("type") == "application/ld+json"
            if not self._in_data:
                self.wrong.append("a script")
        if tag in ("style", "iframe", "object", "embed", "base"):
            self.wrong.append(f"<{tag}>")
        self.wrong += [f"{name} on <{tag}>" for name in given if name == "style" or name.startswith("on")]
        if tag[0] == "h" and tag[1:].isdigit():
            self.outline.append(int(tag[1:]))
        if tag in ("main", "header", "footer", "nav"):
            self.landmarks.add(tag)
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._in_data = False
        if not self._open or self._open.pop() != tag:
            self.wrong.append(f"</{tag}> where it does not belong")

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.data.append(data)
