"""Building from statements instead of tables: an N-Quads file of any size becomes the current version of a store."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from targetgraph import __version__
from targetgraph.errors import InputError, StoreError
from targetgraph.library import Library
from targetgraph.library.terms import Iri, written
from targetgraph.pipeline.building import BuildResult, extract
from targetgraph.pipeline.recorded import recorded_build
from targetgraph.reasoning import INFERRED
from targetgraph.reasoning.derivation import THEME
from targetgraph.store import EmbeddedStore, StoreFolder, data_version, extend_folder, load_folder, write_sorted
from targetgraph.store.layout import DEFAULT_FOLDER, Building

if TYPE_CHECKING:
    from targetgraph.pipeline.assembling import Progress

_SHOWN_PROBLEMS = 50


def build_from_dataset(
    nquads: Path,
    store: Path | None = None,
    progress: Progress | None = None,
    *,
    check: bool = False,
    infer: bool = True,
) -> BuildResult:
    """Make the statements of an N-Quads file the current version of a store.

    The file must hold the ontology graph (dimensions and obligations are read from it), as the files of `build` and
    `generate` do. The data version is the hash of its lines, sorted and each once, with canonical blank nodes. No gap is
    published as linked data and no history is kept: the gaps are computed when they are asked for.

    Parameters
    ----------
    nquads : the file; ``.nq`` or ``.nq.gz``.
    store : the store folder; ``.targetgraph`` in the current directory by default.
    progress : called with a short sentence before each step.
    check : validate against the shapes first. It needs the whole graph in memory and some minutes per million statements.
    infer : derive plain properties and roll-ups, which many library queries use.

    Raises
    ------
    InputError : the statements break a shape.
    StoreError : the file is no N-Quads, declares no dimension, or the store cannot be written.
    """
    say = progress or (lambda _: None)
    if not nquads.is_file():
        raise StoreError("there is no such file", str(nquads), "give the path of an N-Quads file")
    warnings = _checked(nquads, say) if check else 0
    with recorded_build(StoreFolder(store or DEFAULT_FOLDER), say) as building:
        quads = _fill(building, nquads, say, infer)
        say("publishing")
        version = building.publish(
            {"package_version": __version__, "tables": {}, "dataset": nquads.name, "checked": check, "inferred": infer}
        )
    return BuildResult(version, quads, (), warnings)


def _fill(building: Building, nquads: Path, say: Progress, infer: bool) -> int:
    say("sorting the statements")
    quads = write_sorted([nquads], building.dataset)
    say(f"loading {quads:,} statements into the store")
    load_folder(building.dataset, building.oxigraph)
    if infer:
        with tempfile.TemporaryDirectory(dir=building.path.parent, prefix=f"{building.path.name}-") as scratch:
            say("deriving plain properties and roll-ups")
            derived = Path(scratch) / "inferred.nq"
            write_sorted(_derived(building.oxigraph, Path(scratch)), derived)
            quads = extend_folder(derived, building.oxigraph)
            whole = Path(scratch) / "dataset.nq"
            write_sorted([building.dataset, derived], whole)
            whole.replace(building.dataset)
    say("coding links")
    with EmbeddedStore.open(building.oxigraph) as opened:
        coded = extract(opened, data_version(building.dataset))
    if not coded.declarations.dimensions:
        raise StoreError("the statements declare no dimension", str(nquads), "add the ontology graph to the file")
    coded.save(building.arrays)
    return quads


def _derived(oxigraph: Path, scratch: Path) -> Iterable[Path]:
    """Answers of the derivation queries as N-Quads files in the graph of inferred statements."""
    end = f" {written(Iri(INFERRED))} .\n".encode()
    with EmbeddedStore.open(oxigraph) as opened:
        for number, question in enumerate(Library().in_theme(THEME)):
            triples, quads = scratch / f"{number}.nt", scratch / f"{number}.nq"
            with triples.open("wb") as file:
                opened.export(question.text(), file, "ntriples")
            with triples.open("rb") as lines, quads.open("wb") as file:
                file.writelines(line.removesuffix(b" .\n") + end for line in lines)
            triples.unlink()
            yield quads


def _checked(nquads: Path, say: Progress) -> int:
    """Refuse statements that break a shape; returns the number of pieces of advice."""
    import gzip

    from rdflib import Dataset, Graph

    from targetgraph.checking import check_graph, read_waivers
    from targetgraph.modelling import ontology
    from targetgraph.pipeline.assembling import DATA_SHAPES

    say("reading the statements for checking")
    dataset, data = Dataset(), Graph()
    content = gzip.decompress(nquads.read_bytes()) if nquads.suffix == ".gz" else nquads.read_bytes()
    dataset.parse(data=content, format="nquads")
    for subject, predicate, value, _ in dataset.quads((None, None, None, None)):
        data.add((subject, predicate, value))
    found = check_graph(data, ontology.read(DATA_SHAPES), {}, read_waivers(ontology.read("waivers.ttl")), say)
    grave = [v for v in found if not v.waived and v.severity == "violation"]
    if grave:
        raise InputError([v.problem() for v in grave[:_SHOWN_PROBLEMS]])
    return len([v for v in found if not v.waived])
