"""Links of a dimension as coded columns, read from the engine a chunk at a time.

Dimensions that reach the same scheme by the same paths (who must act and who is mentioned; SDG goals and SDG targets) share
one reading. Each property of the links is a query of its own, which the engine answers by running through one index, and
they are joined here by number: one query with an OPTIONAL for each took three to thirty times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import Any, Protocol

import numpy as np

from targetgraph.analysis.columnar import Array, Table, Texts
from targetgraph.namespaces import TG
from targetgraph.store.tsv import Columns, lexical

Rewrite = Callable[[str], str]

BASIS = {TG.NamedInText: 0, TG.Implied: 1, TG.CuratorJudgement: 2}
VERIFICATION = {TG.Sourced: 0, TG.Recalled: 1, TG.Judged: 2}


Key = tuple[str, str, str]


class Drainer(Protocol):
    """Runs a query of the folder ``extraction`` and hands its cells on by column."""

    def drain(self, name: str, consume: Callable[[Columns], None], rewrite: Rewrite | None = None) -> None:
        """Run the query."""


class _Decimals(dict[bytes, float]):
    """Numbers by the cell they are written in, each read once."""

    def __missing__(self, cell: bytes) -> float:
        self[cell] = value = float(lexical(cell) or 0)
        return value


def _cells(codes: Mapping[str, int]) -> dict[bytes, int]:
    """Codes by the cell of their IRI."""
    return {f"<{iri}>".encode(): code for iri, code in codes.items()}


_BASIS_CELLS, _VERIFICATION_CELLS = _cells(BASIS), _cells(VERIFICATION)


def _coded(column: Sequence[bytes], codes: Mapping[bytes, int], absent: int, dtype: Any) -> Array:
    return np.fromiter(map(codes.get, column, repeat(absent)), dtype=dtype, count=len(column))


@dataclass
class _Pairs:
    """Which claims tie which targets to which concepts, as the engine told it."""

    target: Array
    concept: Array
    cells: list[bytes]


@dataclass
class _Subjects:
    """The target of each claim, and the further ones of those few that have several."""

    first: dict[bytes, int]
    others: dict[bytes, list[int]]


def _alternatives(link: Sequence[bytes], subjects: _Subjects) -> Iterator[Array]:
    """Target of each claim; then, as often as some claim has one more, those, with -1 for all others."""
    yield _coded(link, subjects.first, -1, np.int32)
    if subjects.others:
        further = [subjects.others.get(cell, []) for cell in link]
        for n in range(max(map(len, further))):
            yield np.array([f[n] if n < len(f) else -1 for f in further], dtype=np.int32)


class LinkReader:
    """Reads the links of all dimensions of a store, none twice: `add` all dimensions, then take their `links`.

    Parameters
    ----------
    source : where the queries run.
    targets : number of each target by IRI.
    roles : number of each role by IRI.
    """

    def __init__(self, source: Drainer, targets: Mapping[str, int], roles: Mapping[str, int]) -> None:
        self._source, self._targets, self._roles = source, _cells(targets), _cells(roles)
        self._subjects_by_path: dict[str, _Subjects] = {}
        self._pairs: dict[Key, _Pairs] = {}
        self._tables: dict[Key, tuple[Table, list[bytes]]] = {}

    def add(self, key: Key, rewrite: Rewrite, concepts: Mapping[str, int]) -> None:
        """Read which links there are.

        Parameters
        ----------
        key : the paths to the claims and on to the columns, and the scheme: dimensions with equal keys share links.
        rewrite : puts the declared paths into the queries.
        concepts : number of each concept by IRI.
        """
        if key in self._pairs:
            return
        subjects = self._subjects_of(key[0], rewrite)
        parts: list[tuple[Array, Array]] = []
        cells: list[bytes] = []
        numbers = _cells(concepts)

        def consume(columns: Columns) -> None:
            link, column = columns
            concept = _coded(column, numbers, -1, np.int32)
            for target in _alternatives(link, subjects):
                known = np.flatnonzero((target >= 0) & (concept >= 0))
                parts.append((target[known], concept[known]))
                cells.extend(link if len(known) == len(link) else [link[i] for i in known.tolist()])

        self._source.drain("link-columns", consume, rewrite)
        nothing = np.zeros(0, dtype=np.int32)
        target, concept = (np.concatenate([nothing, *(p[n] for p in parts)]) for n in (0, 1))
        self._pairs[key] = _Pairs(target, concept, cells)

    def _subjects_of(self, path: str, rewrite: Rewrite) -> _Subjects:
        """Which target each claim is about; a claim may be about several."""
        if path not in self._subjects_by_path:
            found = _Subjects({}, {})

            def consume(columns: Columns) -> None:
                row, link = columns
                for cell, target in zip(link, map(self._targets.get, row), strict=True):
                    if target is not None and found.first.setdefault(cell, target) != target:
                        found.others.setdefault(cell, []).append(target)

            self._source.drain("link-subjects", consume, rewrite)
            self._subjects_by_path[path] = found
        return self._subjects_by_path[path]

    def links(self, key: Key, accepted: Rewrite | None = None) -> Table:
        """Links sorted by target, IRI and concept; one row a link and concept, whatever else was said twice of it.

        Parameters
        ----------
        key : as it was given to `add`.
        accepted : puts the declared filter into the query that tells which links pass it; ``None``: all of them.
        """
        if key not in self._tables:
            self._tables[key] = self._table(self._pairs[key])
        table, cells = self._tables[key]
        if accepted is None:
            return table
        return table.take(np.flatnonzero(_among(cells, self._subjects("accepted-links", accepted))))

    def _table(self, pairs: _Pairs) -> tuple[Table, list[bytes]]:
        order = _order(pairs.target, pairs.cells, pairs.concept)
        cells = [pairs.cells[i] for i in order.tolist()]
        claims = np.fromiter(map(self._claims.__getitem__, cells), dtype=np.int64, count=len(cells))
        columns: dict[str, Any] = {
            "target": pairs.target[order],
            "iri": Texts.of_bytes([cell[1:-1] for cell in cells]),
            "concept": pairs.concept[order],
            "basis": self._basis[claims],
            "confidence": self._confidence[claims],
            "verification": self._verification[claims],
            "role": self._role[claims],
            "quote": _texts(cells, self._quotes),
            "contingent": _among(cells, self._contingent),
            "stale": _among(cells, self._stale),
            "rationale": _texts(cells, self._rationales),
        }
        return Table(columns), cells

    @cached_property
    def _claims(self) -> dict[bytes, int]:
        """A number for every claim of every dimension."""
        return {cell: n for n, cell in enumerate(dict.fromkeys(c for p in self._pairs.values() for c in p.cells))}

    def _attribute(self, name: str, read: Callable[[Sequence[bytes]], Array], absent: float, dtype: Any) -> Array:
        """A property of all claims; of several values the lowest code."""
        values = np.full(len(self._claims), np.iinfo(np.int8).max, dtype=dtype)

        def consume(columns: Columns) -> None:
            claim = _coded(columns[0], self._claims, -1, np.int64)
            known = np.flatnonzero(claim >= 0)
            np.minimum.at(values, claim[known], read(columns[1])[known])

        self._source.drain(f"link-{name}", consume)
        values[values == np.iinfo(np.int8).max] = absent
        return values

    @cached_property
    def _basis(self) -> Array:
        return self._attribute("basis", lambda cells: _coded(cells, _BASIS_CELLS, 2, np.int8), 2, np.int8)

    @cached_property
    def _verification(self) -> Array:
        return self._attribute("verification", lambda cells: _coded(cells, _VERIFICATION_CELLS, 2, np.int8), 2, np.int8)

    @cached_property
    def _role(self) -> Array:
        none = np.iinfo(np.int8).max
        return self._attribute("role", lambda cells: _coded(cells, self._roles, none, np.int8), -1, np.int8)

    @cached_property
    def _confidence(self) -> Array:
        decimals = _Decimals()

        def read(cells: Sequence[bytes]) -> Array:
            return np.fromiter(map(decimals.__getitem__, cells), np.float32, len(cells))

        return self._attribute("confidence", read, 0, np.float32)

    @cached_property
    def _rationales(self) -> dict[bytes, bytes]:
        return self._words("link-rationale")

    @cached_property
    def _quotes(self) -> dict[bytes, bytes]:
        return self._words("link-quote")

    def _words(self, name: str) -> dict[bytes, bytes]:
        """Texts by claim; of several, the one first in the alphabet."""
        found: dict[bytes, bytes] = {}

        def consume(columns: Columns) -> None:
            for link, words in zip(*columns, strict=True):
                if words < found.get(link, b"\xff"):
                    found[link] = words

        self._source.drain(name, consume)
        return found

    @cached_property
    def _contingent(self) -> set[bytes]:
        return self._subjects("contingent-links")

    @cached_property
    def _stale(self) -> set[bytes]:
        return self._subjects("outdated-links")

    def _subjects(self, name: str, rewrite: Rewrite | None = None) -> set[bytes]:
        """Cells of the only column of a query."""
        found: set[bytes] = set()
        self._source.drain(name, lambda columns: found.update(columns[0]), rewrite)
        return found


def _order(target: Array, iris: Sequence[bytes], concept: Array) -> Array:
    """Positions of the rows in the order of target, IRI and concept, each combination once."""
    order = np.argsort(target, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(target[order])) + 1, len(order))
    concepts, positions = concept.tolist(), order.tolist()
    start, kept = 0, []
    for end in ends.tolist():
        last: tuple[bytes, int] | None = None
        for position in sorted(positions[start:end], key=lambda i: (iris[i], concepts[i])):
            mine = (iris[position], concepts[position])
            if mine != last:
                kept.append(position)
            last = mine
        start = end
    return np.array(kept, dtype=np.int64)


def _texts(cells: Sequence[bytes], said: Mapping[bytes, bytes]) -> Texts:
    read: dict[bytes, bytes] = {}  # most texts are said of many links
    return Texts.of_bytes([_encoded(said[c], read) if c in said else b"" for c in cells])


def _encoded(cell: bytes, read: dict[bytes, bytes]) -> bytes:
    if cell not in read:
        read[cell] = (lexical(cell) or "").encode()
    return read[cell]


def _among(cells: Sequence[bytes], chosen: set[bytes]) -> Array:
    return np.fromiter(map(chosen.__contains__, cells), dtype=bool, count=len(cells))
