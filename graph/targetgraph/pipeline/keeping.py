"""Keeping what a reasoner inferred in the store, in a named graph of its own, and taking it out again.

Nothing that readers use is changed. A version folder is put together that has the same data (hard links to the same files)
and the inferences beside it, and is published like a build: written beside, made durable, renamed, then made current. Killed on
the way, it leaves the version that was current. The data version stays, for it is the hash of what is asserted and derived. The
next build from other data begins without the inferences; one from the same data keeps them
(`targetgraph.store.layout.Building.publish`).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from targetgraph import __version__
from targetgraph.errors import StoreError, TargetGraphError
from targetgraph.store import StoreFolder, Version, extend_folder
from targetgraph.store.changing import take_over
from targetgraph.store.inferences import FOLDER, graph_name
from targetgraph.store.layout import DEFAULT_FOLDER, INFERRED, Building

if TYPE_CHECKING:
    from targetgraph.pipeline.reasoning_run import Conclusions

_STORE = "oxigraph"


def keep(found: Conclusions, engine: str, store: Path | None = None, moment: str = "") -> Version:
    """Keep what a reasoner inferred with the version it was inferred from; what the same engine left there before is replaced.

    Parameters
    ----------
    found : conclusions without contradiction, from the statements of the store alone.
    engine : ``hermit``, ``pellet`` or ``rl``: names the graph.
    store : the store folder; ``.targetgraph`` in the current directory by default.
    moment : when it was inferred (ISO 8601); now by default.

    Returns
    -------
    The version that is now current: the same data, with the inferences beside it.

    Raises
    ------
    TargetGraphError : the statements contradict each other: everything would follow.
    StoreError : the store holds other data by now, is being built, or cannot be written.
    """
    from targetgraph.pipeline.reasoning_run import RULE_SETS, as_nquads

    if not found.consistent:
        what = "nothing is kept: the statements contradict each other, and from a contradiction everything follows"
        raise TargetGraphError(what, remedy="mend what `targetgraph reason` tells, and build again")
    moment = moment or now()
    place = StoreFolder(store or DEFAULT_FOLDER)
    with _building(place) as building:
        version = place.current()
        if version.data_version != found.version:
            what = f"the graph has changed since: it was {found.version}, and now is {version.data_version}"
            raise StoreError(what, str(place.root), "reason again")
        lines = as_nquads(found, engine, moment)
        said = {
            "graph": graph_name(engine),
            "statements": lines.count("\n"),
            "reasoner": found.engine,
            "rules": RULE_SETS[engine],
            "package_version": __version__,
            "made": moment,
        }
        if found.terms:
            said |= {"terms": found.terms, "left_out": found.left_out}
        others = {name: entry for name, entry in version.inferred.items() if name != engine}
        _copy(version, building, others)
        (building.path / FOLDER).mkdir(exist_ok=True)
        (building.path / FOLDER / f"{engine}.nq").write_text(lines, encoding="utf-8", newline="")
        return _published(version, building, {**others, engine: said})


def require_writable(store: Path | None = None) -> None:
    """See that inferences could be kept in a store, before a reasoner works for a minute (parameter and errors: see `keep`)."""
    with _building(StoreFolder(store or DEFAULT_FOLDER)):
        pass


def forget(store: Path | None = None, engines: Collection[str] = ()) -> tuple[str, ...]:
    """Take kept inferences out of the store.

    Parameters
    ----------
    store : the store folder (see `keep`).
    engines : whose; everybody's when empty.

    Returns
    -------
    The engines whose inferences were there and are no more, sorted.

    Raises
    ------
    StoreError : nothing has been built there, it is being built, or cannot be written.
    TargetGraphError : the store is a service.
    """
    if store is not None and not isinstance(store, Path):
        raise TargetGraphError("a service keeps no inferences", str(store), "give --store FOLDER")
    place = StoreFolder(store or DEFAULT_FOLDER)
    if not place.current().inferred:
        return ()
    with _building(place) as building:
        version = place.current()
        gone = tuple(sorted(name for name in version.inferred if not engines or name in engines))
        if gone:
            others = {name: entry for name, entry in version.inferred.items() if name not in gone}
            _copy(version, building, others)
            _published(version, building, others)
        return gone


def now() -> str:
    """The moment in the canonical form of ``xsd:dateTime``, which every store gives back as it was."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _building(place: StoreFolder) -> AbstractContextManager[Building]:
    place.current()  # nothing is made in a folder where nothing was built
    return place.build()


def _copy(version: Version, building: Building, engines: Collection[str]) -> None:
    """The files of a version, and what some engines inferred; hard links where the system has them: nobody writes to them."""
    try:
        for folder in version.arrays.rglob("*"):  # also those without a file, which the manifest does not know
            if folder.is_dir():
                (building.path / folder.relative_to(version.path)).mkdir(parents=True, exist_ok=True)
        for name in version.manifest["files"]:
            inner = Path(name)
            if inner.parts[0] == FOLDER and (len(inner.parts) > 2 or inner.stem not in engines):
                continue
            if inner.parts[0] != _STORE:
                _linked(version.path / inner, building.path / inner)
        take_over(version.oxigraph, building.oxigraph)
    except OSError as error:
        raise StoreError(
            f"the store cannot be written: {error}", str(building.path), "check space and rights"
        ) from error


def _linked(old: Path, new: Path) -> None:
    new.parent.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):
        os.link(old, new)
        return
    shutil.copy2(old, new)


def _published(version: Version, building: Building, inferred: dict[str, Any]) -> Version:
    folder = building.path / FOLDER
    if inferred:
        take_over(building.oxigraph, folder / _STORE)
        for engine in sorted(inferred):
            extend_folder(folder / f"{engine}.nq", folder / _STORE)
    elif folder.is_dir():
        folder.rmdir()
    left_out = ("format", "data_version", "files", INFERRED)
    manifest = {key: value for key, value in version.manifest.items() if key not in left_out}
    if inferred:
        manifest[INFERRED] = inferred
    return building.publish(manifest, exactly=True)
