"""The statements themselves: N-Quads, TriG, N-Triples, Turtle, RDF/XML, streamed and the same for the same data.

N-Quads and TriG keep the named graphs; the others hold the union of the chosen ones, each triple once, and no longer say
which graph a statement stood in. RDF/XML further cannot hold control characters in texts.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final

from targetgraph.publish.exports.source import Source
from targetgraph.publish.exports.statements import parts
from targetgraph.store import transcribe

DUMPS: Final = ("nquads", "trig", "ntriples", "turtle", "rdfxml")
_PENDING: Final = 1 << 25


def write_dump(source: Source, output: IO[bytes], form: str, graphs: tuple[str, ...] = ()) -> None:
    """Write the statements of a data version.

    Parameters
    ----------
    form : one of `DUMPS`.
    graphs : IRIs of the named graphs to write; all when empty.

    Raises
    ------
    StoreError
        when the version cannot be read.
    TargetGraphError
        when RDF/XML cannot hold a statement.
    """
    lines = source.lines(graphs)
    if form == "nquads":
        output.writelines(lines)
    elif form == "ntriples":
        output.writelines(_triples(lines))
    elif form == "trig":
        with tempfile.TemporaryDirectory(prefix="targetgraph-") as folder:
            transcribe(_by_graph(lines, Path(folder)), output, form)
    else:
        transcribe(_triples(lines), output, form)


def _triples(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines without their graph; equal ones are neighbours, and only the first stays."""
    last = b""
    for line in lines:
        subject, predicate, value, _ = parts(line)
        triple = b"%b %b %b .\n" % (subject, predicate, value)
        if triple != last:
            yield triple
        last = triple


def _by_graph(lines: Iterable[bytes], folder: Path) -> Iterator[bytes]:
    """The lines with those of a graph together, graphs in the order of their IRIs; laid out on disk on the way."""
    files: dict[bytes, Path] = {}
    pending: dict[bytes, list[bytes]] = {}
    size = 0
    for line in lines:
        graph = parts(line)[3]
        pending.setdefault(graph, []).append(line)
        size += len(line)
        if size > _PENDING:
            _spill(pending, files, folder)
            size = 0
    _spill(pending, files, folder)
    for graph in sorted(files):
        with files[graph].open("rb") as kept:
            yield from kept


def _spill(pending: dict[bytes, list[bytes]], files: dict[bytes, Path], folder: Path) -> None:
    for graph, lines in pending.items():
        path = files.setdefault(graph, folder / str(len(files)))
        with path.open("ab") as file:
            file.writelines(lines)
    pending.clear()
