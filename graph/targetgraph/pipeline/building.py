"""Building: tables → records → named graphs → shapes → derived statements → store, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from targetgraph import __version__
from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.gaps.history import History
from targetgraph.errors import InputError
from targetgraph.library import Library
from targetgraph.library.terms import Iri, written
from targetgraph.modelling.dataset import Model
from targetgraph.pipeline import gap_run
from targetgraph.pipeline.assembling import Progress, assemble, shape_violations
from targetgraph.pipeline.extracting import extract
from targetgraph.pipeline.recorded import recorded_build
from targetgraph.reasoning import INFERRED, derive
from targetgraph.records import Collection
from targetgraph.store import (
    EmbeddedStore,
    StoreFolder,
    Version,
    extend_folder,
    load_folder,
    load_memory,
    write_canonical,
)
from targetgraph.store.layout import DEFAULT_FOLDER, Building

_SHOWN_PROBLEMS = 50


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made.

    Parameters
    ----------
    version : the published version.
    quads : statements in all named graphs.
    changed_tables : tables whose bytes differ from those the manifest recorded.
    warnings : what the shapes advise and do not require.
    unknown_acceptances : accepted gaps that are not there and never were.
    """

    version: Version
    quads: int
    changed_tables: tuple[str, ...]
    warnings: int
    unknown_acceptances: tuple[str, ...] = ()


def build(
    folders: Sequence[Path] = (),
    store: Path | None = None,
    progress: Progress | None = None,
    *,
    history: History | None = None,
) -> BuildResult:
    """Build the graph and make it the current version of a store.

    Parameters
    ----------
    folders : folders with tables of the user's own, laid beside the bundled ones.
    store : the store folder; ``.targetgraph`` in the current directory by default.
    progress : called with a short sentence before each step.
    history : what became of each gap up to now; by default what the store's current version tells.

    Raises
    ------
    InputError : the tables are wrong, or break a shape. The previous version stays as it was.
    StoreError : the store cannot be written, or another build is under way.
    """
    say = progress or (lambda _: None)
    place = StoreFolder(store or DEFAULT_FOLDER)
    with recorded_build(place, say) as building:
        collection, modelled = assemble(folders, say)
        asserted = modelled.nquads()
        warnings = _refuse_violations(asserted, modelled, say)
        coded = _fill(building, asserted, say)
        say("searching for gaps")
        previous = gap_run.history_of(place) if history is None else history
        found = gap_run.run(coded, collection.acceptances, previous, building.path)
        quads = extend_folder(found.statements, building.oxigraph)
        say("publishing")
        version = building.publish(_record(collection, modelled))
    changed = tuple(t.name for t in collection.tables if t.changed)
    return BuildResult(version, quads, changed, warnings, found.unknown_acceptances)


def _refuse_violations(asserted: bytes, modelled: Model, progress: Progress) -> int:
    """Raise for violations; returns the number of warnings."""
    found = [v for v in shape_violations(asserted, modelled, progress) if not v.waived]
    grave = [v for v in found if v.severity == "violation"]
    if grave:
        raise InputError([v.problem() for v in grave[:_SHOWN_PROBLEMS]])
    return len(found)


def _fill(building: Building, asserted: bytes, say: Progress) -> CodedGraph:
    """Write the dataset, the store and the coded columns into a build in progress."""
    say("deriving plain properties and roll-ups")
    inferred = derive(load_memory(asserted), Library())
    say("writing canonical N-Quads")
    name = written(Iri(INFERRED))
    lines = [f"{written(t.subject)} {written(t.predicate)} {written(t.object)} {name} .\n" for t in inferred]
    version = write_canonical(asserted + "".join(lines).encode(), building.dataset)
    say("loading the store")
    load_folder(building.dataset, building.oxigraph)
    say("coding links")
    with EmbeddedStore.open(building.oxigraph) as opened:
        coded = extract(opened, version)
    coded.save(building.arrays)
    return coded


def _record(collection: Collection, modelled: Model) -> dict[str, object]:
    """What the manifest of the version says of how it was made."""
    graphs = {iri: len(graph) for iri, graph in modelled.graphs.items() if len(graph)}
    return {
        "package_version": __version__,
        "tables": {t.name: t.sha256 for t in collection.tables},
        "asserted_statements": graphs,
    }
