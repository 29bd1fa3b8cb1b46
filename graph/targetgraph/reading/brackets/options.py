"""Whole paragraphs that are options: “Option 1 …”, “Alt 2 …”."""

from __future__ import annotations

import re
from bisect import bisect_left

from targetgraph.records.negotiation import Segment

LABEL = re.compile(
    r"(?:^|(?<=[\[\n［]))[ \t]{0,8}(?P<label>(?:option|opt\.|alt(?:ernative)?\.?|variante|opción|вариант|备选案文|الخيار)"
    r"[ \t]{0,3}(?:no\.?[ \t]{0,2})?(?:[0-9]{1,2}|[A-H]|[ivx]{1,4})?(?:[ \t]?(?:bis|ter|quater))?)"
    r"(?![\w])[ \t]{0,3}[.:)–—-]?[ \t]{0,3}",
    re.IGNORECASE | re.MULTILINE,
)


def option_lines(text: str, brackets: list[Segment]) -> list[Segment]:
    """The paragraphs that are options, as segments; a bracket that begins in one and ends later stretches it.

    Parameters
    ----------
    text : the text.
    brackets : its brackets, nested or apart.
    """
    ordered = sorted(brackets, key=lambda s: (s.start, -s.end))
    starts = [s.start for s in ordered]
    around = _innermost(ordered)
    found: list[Segment] = []
    behind = 0
    for label in LABEL.finditer(text):
        start = label.start("label")
        before = label.start() - 1
        if start < behind or (before >= 0 and text[before] in "[［"):
            continue
        parent = around(start)
        limit = parent.inner_end if parent else len(text)
        end = _end(text, label.end(), limit, ordered, starts)
        if end > label.end():
            found.append(
                Segment(
                    start=start,
                    end=end,
                    inner_start=label.end(),
                    inner_end=end,
                    form="option",
                    label=label["label"].strip(),
                )
            )
            behind = end
    return found


def _end(text: str, start: int, limit: int, ordered: list[Segment], starts: list[int]) -> int:
    """The end of the paragraph, behind every bracket that begins in it."""
    end = start
    while True:
        line = text.find("\n", end, limit)
        line = limit if line < 0 else line
        inside = ordered[bisect_left(starts, end) : bisect_left(starts, line)]
        furthest = max((s.end for s in inside), default=line)
        if furthest <= line:
            return line
        end = min(furthest, limit)


def _innermost(ordered: list[Segment]) -> _Around:
    return _Around(ordered)


class _Around:
    """Finds the bracket around a place; asked with places that only grow."""

    def __init__(self, ordered: list[Segment]) -> None:
        self._ordered = ordered
        self._next = 0
        self._stack: list[Segment] = []

    def __call__(self, position: int) -> Segment | None:
        while self._next < len(self._ordered) and self._ordered[self._next].start < position:
            segment = self._ordered[self._next]
            self._next += 1
            self._leave(segment.start)
            self._stack.append(segment)
        self._leave(position)
        return self._stack[-1] if self._stack else None

    def _leave(self, position: int) -> None:
        while self._stack and self._stack[-1].end <= position:
            self._stack.pop()
