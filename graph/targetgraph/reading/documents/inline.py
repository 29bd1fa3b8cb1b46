"""Emphasis, links and escapes inside a line of Markdown (after CommonMark 0.31, 6; without its finer rules).

A bracket that is no link stays what it is: in negotiating text it means something. Everything is done in one pass over the
text, and a delimiter that is never closed is an ordinary character again.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass

from targetgraph.records.documents import Run

_TOKEN = re.compile(
    r"""
    \\(?P<escaped>[!-/:-@\[-`{-~])
  | `(?P<code>[^`\n]+)`
  | !?\[(?P<link>[^\[\]]*)\]\([^()\s]*(?:[ ]"[^"\n]*")?\)
  | <(?P<auto>https?://[^<>\s]+)>
  | (?P<stars>\*+|_+|~+)
  | <(?P<tag>/?(?:u|ins|del|s|strike|b|strong|i|em|mark)|br[ ]?/?)>
  | &(?P<entity>\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TAGS = {
    "u": "underline",
    "ins": "underline",
    "del": "strike",
    "s": "strike",
    "strike": "strike",
    "b": "bold",
    "strong": "bold",
    "mark": "bold",
    "i": "italic",
    "em": "italic",
}


@dataclass(slots=True)
class _Piece:
    """A stretch of text, or a delimiter that may turn out to be one."""

    text: str
    look: str = ""
    turn: int = 0  # +1 opens, -1 closes, 0 is text
    sign: str = ""


def inline_runs(text: str) -> list[Run]:
    """The runs of a stretch of Markdown."""
    pieces: list[_Piece] = []
    position = 0
    for found in _TOKEN.finditer(text):
        if found.start() > position:
            pieces.append(_Piece(text[position : found.start()]))
        position = found.end()
        pieces.extend(_pieces(found, text))
    if position < len(text):
        pieces.append(_Piece(text[position:]))
    return _runs(_matched(pieces))


def _pieces(found: re.Match[str], text: str) -> list[_Piece]:
    groups = found.groupdict()
    for name in ("escaped", "code", "auto"):
        if groups[name] is not None:
            return [_Piece(groups[name])]
    if groups["link"] is not None:
        # The words of a link may be emphasised; a picture's say what it shows.
        return [_Piece(run.text) for run in inline_runs(groups["link"])] if found.group()[0] != "!" else []
    if groups["entity"] is not None:
        return [_Piece(html.unescape(found.group()))]
    if groups["tag"] is not None:
        tag = groups["tag"].lower()
        if tag.startswith("br"):
            return [_Piece("\n")]
        name = tag.lstrip("/")
        return [_Piece(found.group(), _TAGS[name], -1 if tag[0] == "/" else 1, f"<{name}>")]
    return _delimiters(found, text)


def _delimiters(found: re.Match[str], text: str) -> list[_Piece]:
    signs = found.group()
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    opens, closes = bool(after.strip()), bool(before.strip())
    if signs[0] == "_" and before.isalnum() and after.isalnum():
        return [_Piece(signs)]
    if len(signs) > 3 or not (opens or closes) or (signs[0] == "~" and len(signs) != 2):
        return [_Piece(signs)]
    # Between two characters it may do either; that is settled when it is matched.
    turn = int(opens) - int(closes)
    looks = {1: ["italic"], 2: ["strike" if signs[0] == "~" else "bold"], 3: ["bold", "italic"]}[len(signs)]
    parts = {1: [signs], 2: [signs], 3: [signs[:2], signs[:1]]}[len(signs)]
    pieces = [_Piece(part, look, turn, part) for part, look in zip(parts, looks, strict=True)]
    return pieces[::-1] if turn < 0 else pieces


def _matched(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces with every delimiter that finds no partner turned into text."""
    opened: list[int] = []
    waiting: dict[str, int] = {}
    for index, piece in enumerate(pieces):
        if not piece.sign:
            continue
        if piece.turn <= 0 and waiting.get(piece.sign):
            while pieces[opened[-1]].sign != piece.sign:
                lost = pieces[opened.pop()]
                waiting[lost.sign] -= 1
                lost.look, lost.turn = "", 0
            opened.pop()
            waiting[piece.sign] -= 1
            piece.turn = -1
        elif piece.turn >= 0:
            piece.turn = 1
            opened.append(index)
            waiting[piece.sign] = waiting.get(piece.sign, 0) + 1
        else:
            piece.look, piece.turn = "", 0
    for index in opened:
        pieces[index].look, pieces[index].turn = "", 0
    return pieces


def _runs(pieces: list[_Piece]) -> list[Run]:
    runs: list[Run] = []
    depth: Counter[str] = Counter()
    for piece in pieces:
        if piece.look:
            depth[piece.look] += piece.turn
        elif piece.text:
            runs.append(
                Run(piece.text, depth["bold"] > 0, depth["italic"] > 0, depth["underline"] > 0, depth["strike"] > 0)
            )
    return runs
