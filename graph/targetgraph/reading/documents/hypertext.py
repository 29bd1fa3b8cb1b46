"""HTML: paragraphs, headings, lists, tables and looks, from whatever a browser would show.

A small tokeniser of one pass, which no malformed page can make slow. Scripts, styles and what is hidden are no text.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator

from targetgraph.reading.documents.formats import decoded
from targetgraph.reading.documents.limits import MOST_BLOCKS, MOST_COLUMNS, MOST_JUMPS, too_much
from targetgraph.reading.documents.runs import gathered, readable
from targetgraph.records.documents import Block, Location, Notice, Run

_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9:-]*)((?:[^<>"']|"[^"<]*"|'[^'<]*')*)>""")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LANGUAGE = re.compile(r"""<html\b[^>]{0,500}?\blang\s{0,3}=\s{0,3}["']?([a-zA-Z]{2,3})""", re.IGNORECASE)
_HIDDEN = re.compile(r"""\bhidden\b|display\s?:\s?none""", re.IGNORECASE)
_HEIGHT = re.compile(r"""rowspan\s?=\s?["']?([0-9]{1,4})""", re.IGNORECASE)
_SPAN = re.compile(r"""colspan\s?=\s?["']?([0-9]{1,4})""", re.IGNORECASE)
_STRUCK = re.compile(r"line-through", re.IGNORECASE)
_UNDERLINED = re.compile(r"text-decoration[^;\"']{0,20}:[^;\"']{0,20}underline", re.IGNORECASE)
_NO_TEXT = frozenset(("script", "style", "template", "noscript", "title", "svg", "iframe", "object", "textarea"))
_EMPTY = frozenset(("br", "hr", "img", "input", "meta", "link", "col", "wbr", "area", "base", "embed", "source"))
_BLOCKS = frozenset(
    (
        *(
            "p",
            "div",
            "section",
            "article",
            "main",
            "header",
            "footer",
            "nav",
            "ul",
            "ol",
            "dl",
            "dt",
            "dd",
            "blockquote",
            "pre",
        ),
        *(
            "figure",
            "figcaption",
            "caption",
            "table",
            "thead",
            "tbody",
            "tfoot",
            "tr",
            "body",
            "form",
            "aside",
            "address",
            "hr",
        ),
    )
)
_LOOKS = {
    **dict.fromkeys(("b", "strong", "mark"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    "u": "underline",
    **dict.fromkeys(("s", "strike"), "strike"),
    "ins": "inserted",
    "del": "deleted",
}


def read(data: bytes, file: str, notices: list[Notice]) -> tuple[Iterator[Block], str]:
    """The blocks of a page and its language."""
    text, doubt = decoded(data, file)
    if doubt:
        notices.append(Notice(what=doubt, where=Location(file=file), remedy="save it as UTF-8"))
    language = _LANGUAGE.search(text[:20_000])
    return _Page(text, file).blocks(), language.group(1).lower() if language else ""


class _Page:
    def __init__(self, text: str, file: str) -> None:
        self._text, self._file = text, file
        self._runs: list[Run] = []
        self._looks: Counter[str] = Counter()
        self._spans: list[tuple[str, str]] = []
        self._kind, self._level, self._depth = "paragraph", 0, 0
        self._row = self._tables = self._paragraphs = self._count = self._nest = self._in_cell = 0
        self._column = self._next = self._span = self._height = 1
        self._taken: dict[int, tuple[int, int]] = {}
        """Where cells of earlier rows begin that reach down: the column behind each, and the last row it reaches."""
        self._jumps = 0
        self._start = 0

    def blocks(self) -> Iterator[Block]:
        position = 0
        text = self._text
        while position < len(text):
            mark = text.find("<", position)
            if mark < 0:
                self._add(text[position:], position)
                break
            self._add(text[position:mark], position)
            if text.startswith("<!--", mark):
                end = text.find("-->", mark + 4)
                position = len(text) if end < 0 else end + 3
                continue
            tag = _TAG.match(text, mark)
            if not tag:
                end = text.find(">", mark) if text[mark + 1 : mark + 2] in ("!", "?") else -1
                if end < 0:
                    self._add("<", mark)
                    position = mark + 1
                else:
                    position = end + 1
                continue
            position = tag.end()
            name = tag.group(2).lower()
            if not tag.group(1) and name not in _EMPTY and (name in _NO_TEXT or _HIDDEN.search(tag.group(3)[:2_000])):
                position = self._after(name, position)
            else:
                yield from self._tag(name, bool(tag.group(1)), tag.group(3), position)
        yield from self._close()

    def _after(self, name: str, position: int) -> int:
        """The place behind the end of an element whose content is no text; what is never closed hides the rest."""
        closing = re.compile(rf"<(/?){re.escape(name)}\b[^<>]*>", re.IGNORECASE)
        depth = 1
        for found in closing.finditer(self._text, position):
            depth += -1 if found.group(1) else 1
            if depth == 0 or name in _NO_TEXT:
                return found.end()
        return len(self._text)

    def _add(self, text: str, position: int) -> None:
        if not text:
            return
        words = readable(html.unescape(_SPACE.sub(" ", text)))
        if not self._runs:
            words = words.lstrip()
            self._start = position
        elif self._runs[-1].text.endswith((" ", "\n")):
            words = words.lstrip(" ")
        if words:
            on = {name: True for name, depth in self._looks.items() if depth > 0}
            self._runs.append(Run(words, **on))  # type: ignore[arg-type]

    def _tag(self, name: str, closing: bool, attributes: str, position: int) -> Iterator[Block]:
        if name == "br":
            self._runs.append(Run("\n"))
        elif name in _LOOKS:
            self._looks[_LOOKS[name]] = max(0, self._looks[_LOOKS[name]] + (-1 if closing else 1))
        elif name == "span":
            self._styled(closing, attributes)
        elif self._in_cell and self._nest > self._in_cell:
            yield from self._nested(name, closing)
        elif name in ("td", "th"):
            yield from self._cell(closing, attributes)
        elif self._in_cell and name not in ("table", "tr", "tbody", "thead", "tfoot"):
            self._new_line(name)
        elif name == "li" or (len(name) == 2 and name[0] == "h" and name[1] in "123456") or name in _BLOCKS:
            if self._in_cell and name == "table" and not closing:
                self._nest += 1
                return
            yield from self._close()
            self._in_cell = 0
            self._structure(name, closing)

    def _nested(self, name: str, closing: bool) -> Iterator[Block]:
        """A table inside a cell: its cells are lines of that cell."""
        if name == "table":
            self._nest += -1 if closing else 1
        self._new_line(name)
        return iter(())

    def _new_line(self, name: str) -> None:
        if (name in _BLOCKS or name in ("li", "td", "th")) and self._runs and not self._runs[-1].text.endswith("\n"):
            self._runs.append(Run("\n"))

    def _styled(self, closing: bool, attributes: str) -> None:
        if closing:
            look = self._spans.pop()[1] if self._spans else ""
            if look:
                self._looks[look] = max(0, self._looks[look] - 1)
            return
        style = attributes[:2_000]
        look = "strike" if _STRUCK.search(style) else "underline" if _UNDERLINED.search(style) else ""
        if len(self._spans) < 10_000:
            self._spans.append(("span", look))
            self._looks[look] += bool(look)

    def _structure(self, name: str, closing: bool) -> None:
        if name in ("ul", "ol"):
            self._depth = max(0, self._depth + (-1 if closing else 1))
        elif name == "table" and not closing:
            self._tables += 1
            self._nest += 1
            self._row = 0
            self._taken = {}
        elif name == "table":
            self._nest = max(0, self._nest - 1)
        elif name == "tr" and not closing:
            self._row, self._next = self._row + 1, 1
        if name == "li" and not closing:
            self._kind, self._level = "list-item", max(0, self._depth - 1)
        elif name[0] == "h" and name[1:].isdigit() and not closing:
            self._kind, self._level = "heading", int(name[1])
        elif name not in ("p", "div", "span") or closing:
            self._kind, self._level = "paragraph", 0

    def _cell(self, closing: bool, attributes: str) -> Iterator[Block]:
        yield from self._close()
        self._in_cell = 0 if closing else max(1, self._nest)
        if closing:
            return
        span, height = _SPAN.search(attributes[:2_000]), _HEIGHT.search(attributes[:2_000])
        while self._taken.get(self._next, (0, 0))[1] >= max(1, self._row):
            self._next = self._taken[self._next][0]
            self._jumps += 1
        if self._jumps > MOST_JUMPS:
            raise too_much("too many cells that reach into other rows", self._file)
        self._column, self._span = self._next, max(1, int(span.group(1))) if span else 1
        self._height = max(1, int(height.group(1))) if height else 1
        self._next += self._span
        if self._next > MOST_COLUMNS + 1:
            raise too_much(f"a table of more than {MOST_COLUMNS:,} columns", self._file)
        if self._height > 1:
            self._taken[self._column] = self._next, max(1, self._row) + self._height - 1

    def _close(self) -> Iterator[Block]:
        cell = self._in_cell > 0
        runs = gathered(self._runs)
        self._runs = []
        if not runs and not cell:
            return
        self._count += 1
        if self._count > MOST_BLOCKS:
            raise too_much(f"more than {MOST_BLOCKS:,} paragraphs and cells", self._file)
        line = self._text.count("\n", 0, self._start) + 1 if self._count < 2_000 else None
        if cell:
            where = Location(
                file=self._file, table=max(1, self._tables), row=max(1, self._row), column=self._column, line=line
            )
            yield Block(kind="cell", runs=runs, location=where, span=self._span, height=self._height)
            return
        self._paragraphs += 1
        where = Location(file=self._file, paragraph=self._paragraphs, line=line, offset=self._start)
        marker = "•" if self._kind == "list-item" else ""
        yield Block(kind=self._kind, runs=runs, location=where, level=self._level, marker=marker)
