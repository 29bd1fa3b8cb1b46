"""Tables for people: in a terminal, and in Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from targetgraph.library.terms import Iri, Term
from targetgraph.publish.cells import harmless, is_number, isolated, legible, width, wrapped
from targetgraph.store.results import Solutions

_GAP: Final = 2
_NARROWEST: Final = 6
_MARKDOWN: Final = re.compile(r"([\\`*_\[\]~|])")
_LINE_START: Final = re.compile(r"^(#|[-+]|[0-9]+[.)])(?= |$)")


def terminal_table(answer: Solutions, columns: int | None = None) -> str:
    """A table in plain text.

    Parameters
    ----------
    columns : width of the terminal; cells are wrapped to fit. ``None``: every row on one line.
    """
    if not answer.variables:
        return f"({len(answer)} solutions without columns)\n"
    cells = [[harmless(legible(term)) for term in row] for row in answer.rows]
    if columns is None:
        cells = [[cell.replace("\n", " ") for cell in row] for row in cells]
    table = [[harmless(v) for v in answer.variables], *cells]
    natural = [max(max(width(line) for line in row[i].split("\n")) for row in table) for i in range(len(table[0]))]
    widths = natural if columns is None else fitted(natural, columns - _GAP * (len(natural) - 1))
    right = [
        bool(answer.rows) and all(is_number(row[i]) for row in answer.rows if row[i] is not None)
        for i in range(len(widths))
    ]
    lines = _lines(table[0], widths, [False] * len(widths))
    lines.append((" " * _GAP).join("─" * w for w in widths))
    for row in cells:
        lines += _lines(row, widths, right)
    if not cells:
        lines.append("(no rows)")
    return "\n".join(lines) + "\n"


def _lines(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> list[str]:
    stacks = [wrapped(cell, w) for cell, w in zip(row, widths, strict=True)]
    lines = []
    for i in range(max(len(stack) for stack in stacks)):
        parts = []
        for stack, w, to_right in zip(stacks, widths, right, strict=True):
            text = stack[i] if i < len(stack) else ""
            padding = " " * (w - width(text))
            parts.append(padding + text if to_right else isolated(text) + padding)
        lines.append((" " * _GAP).join(parts).rstrip())
    return lines


def fitted(natural: Sequence[int], available: int) -> list[int]:
    """Widths that together take at most ``available``: the widest columns give way first.

    No column gets narrower than six (or than it is); a table of very many columns may stay too wide.
    """
    low, high = _NARROWEST, max(natural, default=_NARROWEST)
    while low < high:
        cap = (low + high + 1) // 2
        if sum(min(n, cap) for n in natural) <= available:
            low = cap
        else:
            high = cap - 1
    widths = [max(1, min(n, low)) for n in natural]
    spare = available - sum(widths)
    for i, n in enumerate(natural):
        if spare > 0 and widths[i] < n:
            widths[i] += 1
            spare -= 1
    return widths


def markdown_table(answer: Solutions) -> str:
    """A table in GitHub-flavoured Markdown; nothing in a cell can become markup, HTML or a new row."""
    if not answer.variables:
        return f"({len(answer)} solutions without columns)\n"
    lines = [
        _row([escaped(v) for v in answer.variables]),
        _row(["---"] * len(answer.variables)),
        *(_row([_cell(term) for term in row]) for row in answer.rows),
    ]
    return "\n".join(lines) + "\n"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(term: Term | None) -> str:
    text = escaped(legible(term))
    if isinstance(term, Iri) and term.value.startswith(("https://", "http://")):
        # brackets and pipes would end the link or the cell early
        return f"[{text}]({quote(term.value, safe=_URL_SAFE)})"
    return text


_URL_SAFE: Final = ":/?#@!$&'*+,;=%-._~"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is: markup, HTML and line feeds escaped."""
    safe = _MARKDOWN.sub(r"\\\1", html.escape(harmless(text), quote=False))
    return _LINE_START.sub(r"\\\1", safe).replace("\n", "<br>")
