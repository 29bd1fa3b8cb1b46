"""Gathering runs into the text of a block: characters nobody can read out, equal neighbours joined, edges trimmed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from targetgraph.records.documents import Block, Location, Notice, Run

# C0 controls but tab and line feed, DEL, lone surrogates, non-characters: no file of ours may hold them.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?|\x0b|\x0c|\u2028|\u2029|\x85")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")


def readable(text: str) -> str:
    """The text with line ends as line feeds and without characters that no table can hold."""
    if text.isprintable():
        return text
    return _UNWRITABLE.sub("", _LINE_ENDS.sub("\n", text))


def gathered(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs with equal neighbours joined and the white space at both ends taken off."""
    joined: list[list[Run]] = []
    for run in runs:
        if not run.text:
            continue
        if joined and joined[-1][0].looks_like(run):
            joined[-1].append(run)
        else:
            joined.append([run])
    merged = [
        same[0] if len(same) == 1 else replace(same[0], text="".join(run.text for run in same)) for same in joined
    ]
    return _trimmed(merged)


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    first, last = 0, len(runs)
    while first < last and not runs[first].text.strip():
        first += 1
    while last > first and not runs[last - 1].text.strip():
        last -= 1
    kept = runs[first:last]
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip())
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return tuple(kept)


def hidden_characters(blocks: Iterable[Block]) -> list[Notice]:
    """Notices of characters that nobody sees: they stay in the text, and change how it looks or is searched.

    Those that set the direction of writing can make a text look different from what it says (Unicode Technical Report 36, 3.3).
    """
    notices = []
    for block in blocks:
        if block.text.isascii():
            continue
        turned, unseen = _DIRECTION.search(block.text), _INVISIBLE.search(block.text)
        if turned:
            sign = f"U+{ord(turned.group()):04X}"
            what = f"characters that turn the direction of writing ({sign}) may make this look other than it reads"
            notices.append(Notice(what=what, where=block.location, remedy="read the text as plain characters"))
        if unseen:
            what = f"an invisible character (U+{ord(unseen.group()):04X}) stands in this text"
            notices.append(Notice(what=what, where=block.location))
    return notices


def of_text(text: str, location: Location, kind: str = "paragraph") -> Block:
    """A block without any marks."""
    return Block(kind=kind, runs=gathered([Run(readable(text))]), location=location)
