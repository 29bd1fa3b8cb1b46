"""The clean readings that a negotiating text leaves open: one at a time, and how many there are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from targetgraph.records.negotiation import Alternatives, Negotiation, Segment

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+(?:[’'\-‑][^\W_]+)*")
_SPACES = re.compile(r"[ \t\u00a0]{2,}")
_BEFORE_SIGN = re.compile(r"[ \t]+(?=[,.;:)])")
_AFTER_OPEN = re.compile(r"(?<=[(])[ \t]+")
_TWICE = re.compile(r"([,;])(?:[ \t]?[,;])+")
_COMMA_STOP = re.compile(r"[,;](?=\.)")
_LINE_EDGES = re.compile(r"[ \t]*\n[ \t\n]*")


@dataclass(frozen=True, slots=True)
class Share:
    """Words of a text and how many of them stand in negotiated brackets; labels and names of proponents are none of them."""

    words: int
    in_brackets: int

    @property
    def ratio(self) -> float:
        """Between 0 and 1."""
        return self.in_brackets / self.words if self.words else 0.0


def number_of_readings(negotiation: Negotiation) -> int:
    """How many clean readings there are: ways to decide every bracket that matters.

    Independent brackets multiply. A bracket may be deleted (1) or kept with any reading of what is in it. Of alternatives one
    is kept with any reading of it, or none unless one is required. What is in a deleted bracket need not be decided, which is
    why the count is below 2 to the number of brackets where they nest. Exact, whatever its size.
    """
    factors: dict[int, list[int]] = {}
    sums: dict[int, int] = {}
    for index in range(len(negotiation.segments) - 1, -1, -1):
        segment = negotiation.segments[index]
        own = _product(factors.pop(index, []))
        if segment.kind == "attribution":
            continue
        if segment.group >= 0:
            group = negotiation.groups[segment.group]
            sums[segment.group] = sums.get(segment.group, 0) + own
            if group.members[0] == index:
                total = sums.pop(segment.group) + (0 if group.required else 1)
                factors.setdefault(segment.parent, []).append(total)
        else:
            goes = segment.may_go and not _holds_required(negotiation, index)
            factors.setdefault(segment.parent, []).append(own + 1 if goes else own)
    return _product(factors.pop(-1, []))


def _holds_required(negotiation: Negotiation, index: int) -> bool:
    """Whether a bracket is nothing but “shall/should”: then one of the words stays, as of “[shall][should]”."""
    following = negotiation.segments[index + 1] if index + 1 < len(negotiation.segments) else None
    return following is not None and following.parent == index and following.form == "choice"


def _product(factors: list[int]) -> int:
    """The product by halves, so that numbers of like size are multiplied."""
    numbers = [factor for factor in factors if factor != 1]
    while len(numbers) > 1:
        numbers = [
            numbers[i] * numbers[i + 1] if i + 1 < len(numbers) else numbers[i] for i in range(0, len(numbers), 2)
        ]
    return numbers[0] if numbers else 1


def clean_reading(negotiation: Negotiation, dropped: Collection[int]) -> str:
    """The text that remains when some segments are dropped: without brackets, labels and names of proponents.

    Placeholders, citations and editorial remarks stay as they stand, brackets and all.

    Parameters
    ----------
    dropped : indices of the segments that go; what is inside them goes with them.
    """
    text = negotiation.text
    parts: list[str] = []
    position = 0
    for start, end in _merged(_gone(negotiation, dropped)):
        parts.append(text[position:start])
        # “[and waste][and products]” with both kept: two words meet that the brackets had kept apart.
        meet = text[start - 1 : start].isalnum() and text[end : end + 1].isalnum()
        apart = meet and text[start] != "[" and "][" in text[start:end]
        parts.append(" " if apart else "")
        position = end
    parts.append(text[position:])
    return _tidied("".join(parts))


def _merged(stretches: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Stretches that touch or overlap as one; empty ones left out."""
    start = end = -1
    for begin, stop in stretches:
        if begin == stop:
            continue
        if begin > end:
            if end > start:
                yield start, end
            start, end = begin, stop
        else:
            end = max(end, stop)
    if end > start:
        yield start, end


def _gone(negotiation: Negotiation, dropped: Collection[int]) -> Iterator[tuple[int, int]]:
    """The stretches of the text that a reading leaves out, by their beginning."""
    stretches: list[tuple[int, int]] = []
    for index, segment in enumerate(negotiation.segments):
        stretches.extend((a.start, a.end) for a in segment.attributions)
        if index in dropped or segment.kind == "attribution":
            stretches.append((segment.start, segment.end))
        elif segment.kind == "negotiated":
            stretches.append((segment.start, segment.inner_start))
            stretches.append((segment.inner_end, segment.end))
    for group in negotiation.groups:
        stretches.extend(_strokes(negotiation, group))
    return iter(sorted(stretches))


def _strokes(negotiation: Negotiation, group: Alternatives) -> Iterator[tuple[int, int]]:
    """What stands between alternatives (a stroke, “or”)."""
    for before, after in pairwise(group.members):
        gap = (negotiation.segments[before].end, negotiation.segments[after].start)
        if negotiation.text[slice(*gap)].strip():
            yield gap


def _tidied(text: str) -> str:
    text = _LINE_EDGES.sub(
        "\n", _SPACES.sub(" ", text)
    )  # spaces first: the next patterns then meet no long runs of them
    text = _AFTER_OPEN.sub("", _BEFORE_SIGN.sub("", text))
    return _COMMA_STOP.sub("", _TWICE.sub(r"\1", text)).strip()


def _others(negotiation: Negotiation, chosen: dict[int, int] | None = None) -> set[int]:
    """The alternatives that go when of each group the chosen one stays, or else the first."""
    dropped: set[int] = set()
    for number, group in enumerate(negotiation.groups):
        stays = (chosen or {}).get(number, group.members[0])
        dropped.update(member for member in group.members if member != stays)
    return dropped


def all_kept(negotiation: Negotiation) -> str:
    """The reading in which every bracket is kept, and of alternatives the first."""
    return clean_reading(negotiation, _others(negotiation))


def all_deleted(negotiation: Negotiation) -> str:
    """The reading in which everything goes that may; where one of several has to stay it is the first."""
    dropped = _others(negotiation)
    for index, segment in enumerate(negotiation.segments):
        if segment.may_go and not _holds_required(negotiation, index):
            dropped.add(index)
    for group in negotiation.groups:
        if not group.required:
            dropped.update(group.members)
    return clean_reading(negotiation, dropped)


def each_alternative(negotiation: Negotiation) -> Iterator[tuple[Segment, str]]:
    """Yield each alternative and the reading in which it stays and all else is as in :func:`all_kept`."""
    for number, group in enumerate(negotiation.groups):
        for member in group.members:
            yield negotiation.segments[member], clean_reading(negotiation, _others(negotiation, {number: member}))


def decisive_readings(negotiation: Negotiation, most: int = 40) -> list[str]:
    """Readings that between them show all that a text leaves open, without trying every combination.

    Everything kept and everything deleted, each with every alternative in turn (and with the alternatives around it); equal
    ones once. Words that stand in none of them stand in no reading.

    Parameters
    ----------
    most : alternatives tried; of a text with more, the others stay as in the reading with the first ones.
    """
    found = [all_kept(negotiation), all_deleted(negotiation)]
    tried = [(n, member) for n, group in enumerate(negotiation.groups) for member in group.members][:most]
    optional = {i for i, s in enumerate(negotiation.segments) if s.may_go and not _holds_required(negotiation, i)}
    optional |= {member for group in negotiation.groups if not group.required for member in group.members}
    for number, member in tried:
        chosen, around = {number: member}, negotiation.segments[member].parent
        while around >= 0:
            outer = negotiation.segments[around]
            chosen.update({outer.group: around} if outer.group >= 0 else {})
            around = outer.parent
        others = _others(negotiation, chosen)
        found.append(clean_reading(negotiation, others))
        if negotiation.groups[number].required:
            found.append(clean_reading(negotiation, others | optional))
    return list(dict.fromkeys(found))


def share_in_brackets(negotiation: Negotiation) -> Share:
    """How much of a text stands in negotiated brackets, in words (of Chinese and Japanese: in characters)."""
    apart: list[tuple[int, int]] = []
    inside: list[tuple[int, int]] = []
    for segment in negotiation.segments:
        apart.extend((a.start, a.end) for a in segment.attributions)
        apart.append((segment.start, segment.inner_start))
        apart.append((segment.inner_end, segment.end))
        if segment.kind in ("citation", "editorial", "attribution"):
            apart.append((segment.start, segment.end))
        elif segment.form == "bracket":
            inside.append((segment.inner_start, segment.inner_end))
    left_out, bracketed = _Cover(apart), _Cover(inside)
    words = within = 0
    for found in _WORD.finditer(negotiation.text):
        if not left_out.holds(found.start()):
            words += 1
            within += bracketed.holds(found.start())
    return Share(words, within)


class _Cover:
    """Whether places, asked for in order, lie in any of some stretches."""

    def __init__(self, stretches: list[tuple[int, int]]) -> None:
        self._stretches = sorted(stretches)
        self._next = 0
        self._until = 0

    def holds(self, position: int) -> bool:
        while self._next < len(self._stretches) and self._stretches[self._next][0] <= position:
            self._until = max(self._until, self._stretches[self._next][1])
            self._next += 1
        return position < self._until
