"""Which opening bracket belongs to which closing one, and where a missing one may have stood.

One pass with a stack, as long as the text and no deeper than memory. What is left over is repaired as an editor would propose:
a bracket never closed ends with its paragraph, one never opened begins with it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from targetgraph.records.negotiation import Repair

_SIGN = re.compile(r"[\[\]［］]")
_OPENING = "[［"

MOST_BRACKETS = 200_000
MOST_REPAIRS = 1_000


@dataclass(frozen=True, slots=True)
class Span:
    """A bracket from its first to behind its last character; ``repaired`` as in a segment."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    repaired: str = ""


def pairs(text: str) -> tuple[list[Span], list[Repair], str]:
    """The brackets of a text, the repairs, and a sentence on what was too much to be read (or an empty one)."""
    opened: list[int] = []
    found: list[Span] = []
    never_opened: list[int] = []
    for sign in _SIGN.finditer(text):
        position = sign.start()
        if sign.group() in _OPENING:
            opened.append(position)
        elif opened:
            start = opened.pop()
            found.append(Span(start, position + 1, start + 1, position))
        else:
            never_opened.append(position)
        if len(found) > MOST_BRACKETS:
            return [], [], f"there are more than {MOST_BRACKETS:,} brackets; none of them was read"
    missing = len(opened) + len(never_opened)
    if missing > MOST_REPAIRS:
        return [], [], f"{missing:,} brackets have no counterpart; none was read as a bracket"
    if not missing:
        return found, [], ""
    spans, repairs = _repaired(text, found, opened, never_opened)
    return spans, repairs, ""


def _repaired(
    text: str, found: list[Span], opened: list[int], never_opened: list[int]
) -> tuple[list[Span], list[Repair]]:
    """Supply what is missing. No pair that is whole lies around a left-over bracket, so only those beside it matter."""
    outer = _outermost(found)
    spans, repairs = list(found), []
    for position in never_opened:
        start = _line_start(text, position)
        while (around := _around(outer, start)) is not None:
            start = _line_start(text, around[0])
        spans.append(Span(start, position + 1, start, position, "opened"))
        repairs.append(Repair(position=start, sign="[", partner=position))
    for position in opened:
        end = _line_end(text, position)
        while (around := _around(outer, end)) is not None:
            end = _line_end(text, around[1])
        spans.append(Span(position, end, position + 1, end, "closed"))
        repairs.append(Repair(position=end, sign="]", partner=position))
    return spans, repairs


def _outermost(found: list[Span]) -> list[tuple[int, int]]:
    outer: list[tuple[int, int]] = []
    for span in sorted(found, key=lambda s: s.start):
        if not outer or span.start >= outer[-1][1]:
            outer.append((span.start, span.end))
    return outer


def _around(outer: list[tuple[int, int]], position: int) -> tuple[int, int] | None:
    """The outermost pair that a position lies inside of, if any."""
    index = bisect_left(outer, (position, 0)) - 1
    return outer[index] if index >= 0 and outer[index][0] < position < outer[index][1] else None


def _line_start(text: str, position: int) -> int:
    start = text.rfind("\n", 0, position) + 1
    while start < position and text[start].isspace():
        start += 1
    return start


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    end = len(text) if end < 0 else end
    while end > position + 1 and (text[end - 1].isspace() or text[end - 1] in ".;"):
        end -= 1
    return end
