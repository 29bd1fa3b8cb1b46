"""Two texts word for word, with brackets understood: words whose brackets go stay, and are no deletion."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from targetgraph.records.wordings import DiffPart

_PIECE = re.compile(r"[\[\]]|[\u3400-\u9fff]|\w+(?:[’'-]\w+)*|[^\w\s]")


class _Word(NamedTuple):
    """A word or sign, whether it stands in brackets, and whether white space stands before it."""

    text: str
    disputed: bool
    spaced: bool


def words(text: str) -> list[_Word]:
    """The words and signs of a text without its square brackets; a bracket never closed reaches to the end."""
    found: list[_Word] = []
    depth, end, space = 0, 0, False
    for match in _PIECE.finditer(text):
        space = space or match.start() > end
        end = match.end()
        piece = match.group()
        if piece == "[":
            depth += 1
        elif piece == "]":
            depth = max(0, depth - 1)
        else:
            found.append(_Word(piece, depth > 0, space))
            space = False
    return found


def difference(before: str, after: str) -> tuple[DiffPart, ...]:
    """What was kept, deleted and inserted, and around what brackets were lifted or put.

    The words of the parts that are not inserted are those of ``before`` in their order, the words of those that are not
    deleted those of ``after``. Words that differ in capitals only are the same.
    """
    old, new = words(before), words(after)
    matcher = SequenceMatcher(None, [w.text.casefold() for w in old], [w.text.casefold() for w in new], autojunk=False)
    pieces: list[tuple[str, bool, _Word]] = []
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation == "equal":
            pieces += [(_kept(x, y), False, y) for x, y in zip(old[a:b], new[c:d], strict=True)]
        else:
            pieces += [("deleted", word.disputed, word) for word in old[a:b]]
            pieces += [("inserted", word.disputed, word) for word in new[c:d]]
    return tuple(_joined(pieces))


def _kept(before: _Word, after: _Word) -> str:
    if before.disputed == after.disputed:
        return "kept"
    return "lifted" if before.disputed else "bracketed"


def _joined(pieces: Sequence[tuple[str, bool, _Word]]) -> Iterator[DiffPart]:
    start = 0
    for end in range(1, len(pieces) + 1):
        if end < len(pieces) and pieces[end][:2] == pieces[start][:2]:
            continue
        kind, disputed, _ = pieces[start]
        text = "".join(f" {w.text}" if w.spaced and n else w.text for n, (_, _, w) in enumerate(pieces[start:end]))
        yield DiffPart(kind=kind, text=text, disputed=disputed)
        start = end
