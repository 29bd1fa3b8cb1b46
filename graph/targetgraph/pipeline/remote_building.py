"""Building for a SPARQL service: built here as always, then published there."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from targetgraph.analysis.gaps.history import History, read_history
from targetgraph.library.terms import Iri, Literal, written
from targetgraph.namespaces import PREFIXES
from targetgraph.pipeline.assembling import Progress
from targetgraph.pipeline.building import BuildResult, build
from targetgraph.pipeline.dataset_building import build_from_dataset
from targetgraph.pipeline.gap_run import GAPS
from targetgraph.pipeline.remote_opening import HISTORY, write_history_lines
from targetgraph.store.layout import Version
from targetgraph.store.remote_address import RemoteAddress
from targetgraph.store.remote_cache import RemoteCache
from targetgraph.store.remote_parts import GraphFile, of_lines, taken_apart
from targetgraph.store.remote_publication import HISTORY as HISTORY_GRAPH
from targetgraph.store.remote_publishing import Published, Publisher

_VALUE = written(Iri(PREFIXES["rdf"] + "value"))


def build_remote(
    folders: Sequence[Path], address: RemoteAddress, progress: Progress | None = None
) -> tuple[BuildResult, Published]:
    """Build the graph from tables and publish it to a service.

    The history of gaps goes on from what the service holds, whichever machine built that.

    Parameters
    ----------
    folders, progress : as of `build`.
    address : the service.

    Raises
    ------
    InputError : the tables are wrong, or break a shape. Nothing was published.
    StoreError : the service cannot be written to, or failed on the way: the next build goes on where this one stopped.
    """
    say = progress or (lambda _: None)
    say("asking the service what it holds")
    with Publisher.open(address) as publisher:
        result = build(folders, RemoteCache(address).scratch, progress, history=_history(publisher.history))
        return result, publish_version(publisher, result.version, say)


def publish_dataset(
    nquads: Path,
    address: RemoteAddress,
    progress: Progress | None = None,
    *,
    check: bool = False,
    infer: bool = True,
    full: bool = False,
) -> tuple[BuildResult, Published]:
    """Build from an N-Quads file (see `build_from_dataset`) and publish to a service (errors: see `build_remote`)."""
    say = progress or (lambda _: None)
    say("asking the service what it holds")
    with Publisher.open(address) as publisher:
        scratch = RemoteCache(address).scratch
        result = build_from_dataset(nquads, scratch, progress, check=check, infer=infer, full=full)
        return result, publish_version(publisher, result.version, say)


def _history(entries: list[str]) -> History:
    with tempfile.TemporaryDirectory(prefix="targetgraph-") as folder:
        path = Path(folder) / HISTORY
        write_history_lines(path, entries)
        return read_history(path)


def publish_version(publisher: Publisher, version: Version, say: Progress) -> Published:
    """Publish a version that was built in a folder (errors: see `build_remote`)."""
    with tempfile.TemporaryDirectory(prefix="targetgraph-", dir=version.path.parents[1]) as name:
        folder = Path(name)
        say("taking the graph apart")
        sources = [version.dataset, version.path / GAPS]
        files = taken_apart([p for p in sources if p.is_file()], folder / "graphs")
        history = _history_file(read_history(version.path / HISTORY), folder / "history")
        return publisher.publish(files, history, version.data_version, folder, say)


def _history_file(history: History, folder: Path) -> GraphFile:
    """The history as a graph of its own: an entry in JSON for each gap."""
    lines = (
        f"{written(Iri(iri))} {_VALUE} {written(Literal(json.dumps(asdict(entry), ensure_ascii=False)))} .\n".encode()
        for iri, entry in sorted(history.items())
    )
    return of_lines(HISTORY_GRAPH, lines, folder)
