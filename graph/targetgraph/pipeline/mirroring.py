"""A copy of what is published to a SPARQL service, kept on this machine as a store folder like any other.

It is fetched graph by graph, counted against what the publication says, and hashed: the copy has the data version of the
publication, or it says that it has not. A copy appears whole, beside the one before. Why a server copies instead of passing
queries on is told in docs/decisions/0010.
"""

from __future__ import annotations

import hashlib
import json
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self

from targetgraph import __version__
from targetgraph.errors import StoreError, TargetGraphError
from targetgraph.library.terms import BlankNode, Iri, Term, written
from targetgraph.pipeline.gap_run import GAPS
from targetgraph.pipeline.opening import HISTORY
from targetgraph.pipeline.publishing import code_links
from targetgraph.pipeline.recorded import recorded_build
from targetgraph.pipeline.remote_opening import write_history_lines
from targetgraph.publish.gap_graph import COMPUTED
from targetgraph.reasoning import INFERRED
from targetgraph.store import (
    RemoteAddress,
    RemoteCache,
    RemoteStore,
    StoreFolder,
    Version,
    data_version,
    extend_folder,
    load_folder,
    write_sorted,
)
from targetgraph.store.durable import replace_durably
from targetgraph.store.layout import Building
from targetgraph.store.nursery import die_with_parent
from targetgraph.store.remote_publication import Part, Publication, damaged

STATE: Final = "copied-from.json"
_WAIT_SECONDS: Final = 600.0

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class MirrorState:
    """How a copy stands to its original.

    Parameters
    ----------
    address : the service.
    confirmed : when it was last seen to hold what was copied, ISO.
    problem : what has kept that from being seen since; empty where nothing did.
    """

    address: str
    confirmed: str
    problem: str = ""

    @classmethod
    def read(cls, root: Path) -> Self | None:
        """The state of the copy in a store folder; None for a folder that is no copy."""
        try:
            found = json.loads((root / STATE).read_bytes())
            return cls(str(found["address"]), str(found["confirmed"]), str(found["problem"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, root: Path) -> None:
        """Tell whoever serves the copy."""
        said = {"address": self.address, "confirmed": self.confirmed, "problem": self.problem}
        replace_durably(root / STATE, json.dumps(said, ensure_ascii=False).encode() + b"\n")


class Mirror:
    """The copy of one service.

    Parameters
    ----------
    address : of the service.
    """

    def __init__(self, address: RemoteAddress) -> None:
        self.address = address
        self.root = RemoteCache(address).copy
        self._folder = StoreFolder(self.root)

    def refresh(self, say: Say = lambda _: None) -> Version:
        """See that the copy is of what is published now; fetch that if it is not.

        Raises
        ------
        StoreError
            when the service cannot be reached or refuses us, holds nothing of ours that is whole, or the copy cannot be
            written. The copy stays as it was.
        """
        try:
            with RemoteStore.open(self.address) as store:
                version = self._present(store.publication) or self._fetched(store, say)
        except TargetGraphError as error:
            before = MirrorState.read(self.root)
            if before is not None:
                with suppress(OSError):
                    MirrorState(before.address, before.confirmed, error.problems[0].what).write(self.root)
            raise
        MirrorState(str(self.address), datetime.now(UTC).isoformat(timespec="seconds")).write(self.root)
        return version

    def _present(self, publication: Publication) -> Version | None:
        """The copy of that publication, if it is there, whole, and of this version of the package."""
        with suppress(StoreError):
            version = self._folder.current()
            made = version.manifest
            if made.get("publication") == publication.identity and made.get("package_version") == __version__:
                return version
        return None

    def _fetched(self, store: RemoteStore, say: Say) -> Version:
        publication = store.publication
        with self._alone():
            if found := self._present(publication):  # another server of this machine was as fast
                return found
            say(f"fetching {publication.statements:,} statements from {self.address}")
            with recorded_build(self._folder, locked=True) as building:
                given = _fill(building, store)
                store.confirm()
                version = building.publish(_record(publication, str(self.address), given))
        if not given.same:
            say(
                f"warning: {self.address} gives some values otherwise than they were published; "
                f"the copy has the data version {version.data_version}, the publication {publication.version}"
            )
        return version

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the lock of the folder; wait for another server of this machine that fetches."""
        until = time.monotonic() + _WAIT_SECONDS
        try:
            self.root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"a copy of the store cannot be kept: {error.strerror}",
                str(self.root),
                "set TARGETGRAPH_CACHE to another folder",
            ) from error
        with ExitStack() as held:
            while True:
                try:
                    held.enter_context(self._folder.lock())
                    break
                except StoreError:
                    if time.monotonic() > until:
                        raise
                    time.sleep(0.2)
            yield


@dataclass(frozen=True, slots=True)
class _Given:
    """What was copied: how many statements, whether they have the hash that was published, whether they have coded columns."""

    statements: int
    same: bool
    coded: bool


def _fill(building: Building, store: RemoteStore) -> _Given:
    """Fetch a publication into a build in progress."""
    publication = store.publication
    fetched = building.path / "fetched.nq"
    gaps = building.path / GAPS
    with fetched.open("w", encoding="utf-8", newline="") as rest, gaps.open("w", encoding="utf-8", newline="") as found:
        for number, (iri, part) in enumerate(publication.graphs.items()):
            lines = _lines(store, iri, part, number)
            if iri == COMPUTED:
                found.writelines(sorted(lines))
            else:
                rest.writelines(lines)
    same_gaps = _digest(gaps) == publication.graphs[COMPUTED].digest if COMPUTED in publication.graphs else True
    statements = write_sorted([fetched], building.dataset)
    if (same := data_version(building.dataset) == publication.version) is False:
        # What was published from a file of statements has its gaps, where it has any, among them.
        whole = building.path / "whole.nq"
        number = write_sorted([fetched, gaps], whole)
        if data_version(whole) == publication.version:
            whole.replace(building.dataset)
            statements, same, same_gaps = number, True, True
            gaps.write_bytes(b"")
        whole.unlink(missing_ok=True)
    fetched.unlink()
    load_folder(building.dataset, building.oxigraph)
    if gaps.stat().st_size:
        statements = extend_folder(gaps, building.oxigraph)
    else:
        gaps.unlink()
    write_history_lines(building.path / HISTORY, store.history())
    return _Given(statements, same and same_gaps, code_links(building))


def _digest(quads: Path) -> str:
    """The hash of the statements of one graph, as a publication has it (`targetgraph.store.remote_parts`)."""
    digest = hashlib.sha256()
    with quads.open("rb") as lines:
        for line in lines:
            digest.update(line.rstrip(b" .\n").rpartition(b" ")[0] + b" .\n")
    return digest.hexdigest()


def _lines(store: RemoteStore, iri: str, part: Part, number: int) -> Iterator[str]:
    """The statements of a graph as N-Quads, as many as were published.

    Parameters
    ----------
    number : of the graph; blank nodes of two answers are two, whatever they are called.
    """
    end = f" {written(Iri(iri))} .\n"

    def term(value: Term | None) -> str:
        return f"_:g{number}x{value.value}" if isinstance(value, BlankNode) else written(value or Iri(""))

    found = 0
    for subject, prop, value in store.statements(iri):
        yield f"{term(subject)} {term(prop)} {term(value)}{end}"
        found += 1
    if found != part.statements:
        raise damaged(str(store.address), f"{found:,} statements of <{iri}> arrive instead of {part.statements:,}")


def _record(publication: Publication, address: str, given: _Given) -> dict[str, Any]:
    """What the manifest of a copy says of it."""
    parts = publication.graphs.items()
    return {
        "package_version": __version__,
        "tables": {},
        "dataset": address,
        "publication": publication.identity,
        "published": {"version": publication.version, "issued": publication.issued, "software": publication.software},
        "statements": given.statements,
        "asserted_statements": {iri: part.statements for iri, part in parts if iri not in (COMPUTED, INFERRED)},
        "coded": given.coded,
    }


def follow(mirror: Mirror, seconds: float, say: Say) -> None:
    """Keep a copy up to date; never ends.

    Parameters
    ----------
    seconds : between one look at the service and the next.
    say : told of copies made, and once of each thing that goes wrong.
    """
    last = ""
    while True:
        time.sleep(seconds)
        problem = ""
        try:
            mirror.refresh(say)
        except TargetGraphError as error:
            problem = str(error.problems[0])
        if problem and problem != last:
            say(f"warning: the copy cannot be confirmed and is served as it is: {problem}")
        elif last and not problem:
            say(f"{mirror.address} answers again")
        last = problem


def main(what: str, address: str, seconds: float) -> None:
    """Keep a copy up to date, as a process of its own that ends with the one that started it.

    Parameters
    ----------
    what : ``copy``: first make the copy, and say on standard output in JSON what came of it: the data version, or what is
        wrong, where, and the remedy; ``follow``: there is one already.
    """

    def say(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the business of who started us
    die_with_parent()
    mirror = Mirror(RemoteAddress.parse(address))
    if what == "copy":
        try:
            print(json.dumps([mirror.refresh(say).data_version]), flush=True)
        except TargetGraphError as error:
            problem = error.problems[0]
            print(json.dumps([problem.what, str(problem.where), problem.remedy]), flush=True)
            return
    follow(mirror, seconds, say)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]))
