"""A built dataset taken apart into its graphs, as files of N-Triples that can be sent in pieces."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from targetgraph.errors import StoreError
from targetgraph.store.remote_publication import OURS, Part

_PENDING: Final = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class GraphFile:
    """The statements of a graph: N-Triples, sorted, each once; those with blank nodes first, so that a piece holds them all.

    Parameters
    ----------
    blank : how many statements with blank nodes there are.
    """

    iri: str
    path: Path
    part: Part
    blank: int

    def pieces(self, lines: int, skip: int = 0) -> Iterator[bytes]:
        """The file in pieces of so many statements (the first also holds all with blank nodes), without the first ``skip``."""
        with self.path.open("rb") as file:
            first = max(lines, self.blank)
            number = 0
            while piece := b"".join(islice(file, first if number == 0 else lines)):
                if number >= skip:
                    yield piece
                number += 1

    def whole_pieces(self, lines: int, there: int) -> int:
        """How many pieces are certainly there, when so many statements are and pieces were sent one after another."""
        first = max(lines, self.blank)
        return 0 if there < first else 1 + (there - first) // lines


def taken_apart(nquads: Iterable[Path], folder: Path) -> list[GraphFile]:
    """One file a graph, sorted by IRI, below ``folder``.

    Parameters
    ----------
    nquads : canonical N-Quads files, sorted; no statement stands in two of them.

    Raises
    ------
    StoreError
        for statements in no graph, or in a graph that is not ours: they must not mix with other people's.
    """
    writer = _Writer(folder)
    for path in nquads:
        with path.open("rb") as lines:
            for line in lines:
                body, _, graph = line.rstrip(b" .\r\n").rpartition(b" ")
                if not (graph.startswith(b"<") and graph.endswith(b">")) or not graph[1:-1].startswith(OURS.encode()):
                    raise StoreError(
                        f"a statement stands in no graph of ours: {line[:200].decode('utf-8', 'replace').strip()}",
                        str(path),
                        f"only graphs below {OURS} are published to a service; rename the graph",
                    )
                writer.add(graph[1:-1].decode(), body + b" .\n")
    return writer.finished()


def of_lines(iri: str, lines: Iterable[bytes], path: Path) -> GraphFile:
    """A file of one graph from its statements."""
    writer = _Writer(path)
    for line in lines:
        writer.add(iri, line)
    return next(iter(writer.finished()), GraphFile(iri, path / "none", Part(0, hashlib.sha256().hexdigest()), 0))


def merged(iri: str, files: Iterable[GraphFile], folder: Path) -> GraphFile:
    """One file of the statements of several graphs; a statement that stands in two of them, once."""
    seen: set[bytes] = set()

    def lines() -> Iterator[bytes]:
        for file in files:
            with file.path.open("rb") as source:
                for line in source:
                    # Sixteen bytes of a hash and not the line: the whole graph must not stand in memory.
                    mark = hashlib.blake2b(line, digest_size=16).digest()
                    if mark not in seen:
                        seen.add(mark)
                        yield line

    return of_lines(iri, lines(), folder)


class _Writer:
    """Appends lines to a file a graph, a few megabytes at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._pending: dict[str, list[bytes]] = {}
        self._size = 0
        self._blank: dict[str, list[bytes]] = {}

    def add(self, iri: str, line: bytes) -> None:
        # An object cannot begin with _: but for a blank node, as literals are quoted.
        blank = line.startswith(b"_:") or (b" _:" in line and line.split(b" ", 2)[2].startswith(b"_:"))
        if blank:
            self._blank.setdefault(iri, []).append(line)
        self._pending.setdefault(iri, [])
        if not blank:
            self._pending[iri].append(line)
            self._size += len(line)
            if self._size > _PENDING:
                self._flush()

    def _flush(self) -> None:
        for iri, lines in self._pending.items():
            with self._path(iri).open("ab") as file:
                file.writelines(lines)
            lines.clear()
        self._size = 0

    def _path(self, iri: str) -> Path:
        return self._folder / f"{hashlib.sha256(iri.encode()).hexdigest()[:24]}.nt"

    def finished(self) -> list[GraphFile]:
        self._flush()
        return [self._file(iri) for iri in sorted(self._pending)]

    def _file(self, iri: str) -> GraphFile:
        path, blank = self._path(iri), self._blank.get(iri, [])
        if blank:
            beside = path.with_suffix(".part")
            with beside.open("wb") as out, path.open("rb") as rest:
                out.writelines(blank)
                while block := rest.read(1 << 20):
                    out.write(block)
            beside.replace(path)
        digest, number = hashlib.sha256(), 0
        with path.open("rb") as file:
            for line in file:
                digest.update(line)
                number += 1
        return GraphFile(iri, path, Part(number, digest.hexdigest()), len(blank))
