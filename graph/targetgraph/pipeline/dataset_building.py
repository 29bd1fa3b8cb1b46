"""Building from statements instead of tables: an N-Quads file of any size becomes the current version of a store."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from targetgraph import __version__
from targetgraph.errors import InputError, StoreError
from targetgraph.library import Library
from targetgraph.library.terms import Iri, written
from targetgraph.pipeline.building import BuildResult
from targetgraph.pipeline.extracting import extract
from targetgraph.pipeline.recorded import recorded_build
from targetgraph.pipeline.updating import Updated, can_follow, gives_inferred, method, update
from targetgraph.reasoning import INFERRED
from targetgraph.reasoning.derivation import THEME
from targetgraph.store import (
    EmbeddedStore,
    StoreFolder,
    Version,
    data_version,
    extend_folder,
    load_folder,
    write_sorted,
)
from targetgraph.store.changing import NotProven
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
    full: bool = False,
) -> BuildResult:
    """Make the statements of an N-Quads file the current version of a store.

    The file must hold the ontology graph (dimensions and obligations are read from it), as the files of `build` and
    `generate` do. The data version is the hash of its lines, sorted and each once, with canonical blank nodes. No gap is
    published as linked data and no history is kept: the gaps are computed when they are asked for.

    Where the file is sorted and differs little from what the current version was built from, only what the changes touch is
    done again, with the same result (`targetgraph.pipeline.updating`).

    Parameters
    ----------
    nquads : the file; ``.nq`` or ``.nq.gz``.
    store : the store folder; ``.targetgraph`` in the current directory by default.
    progress : called with a short sentence before each step.
    check : validate against the shapes first. It needs the whole graph in memory; some ten seconds per million statements.
    infer : derive plain properties and roll-ups, which many library queries use.
    full : do everything again, even where the file differs little from what the current version was built from.

    Raises
    ------
    InputError : the statements break a shape.
    StoreError : the file is no N-Quads, declares no dimension, or the store cannot be written.
    """
    say = progress or (lambda _: None)
    if not nquads.is_file():
        raise StoreError("there is no such file", str(nquads), "give the path of an N-Quads file")
    warnings = _checked(nquads, say) if check else 0
    place = StoreFolder(store or DEFAULT_FOLDER)
    with recorded_build(place, say) as building:
        made: dict[str, object] = {
            "package_version": __version__,
            "tables": {},
            "dataset": nquads.name,
            "checked": check,
            "inferred": infer,
            "method": method(),
        }
        base = None if full else _base(place, infer)
        done = None if base is None else _carried_on(base, building, nquads, made, say)
        if isinstance(done, Version):
            say("nothing has changed")
            return BuildResult(done, int(done.manifest["statements"]), (), warnings)
        if done is None:
            statements, plain = _fill(building, nquads, say, infer)
            hashed = {}
        else:
            statements, plain = done.statements, True
            hashed = {building.dataset.name: done.digest}
        say("publishing")
        version = building.publish({**made, "statements": statements, "plain": plain}, hashed)
    return BuildResult(version, statements, (), warnings)


def _base(place: StoreFolder, infer: bool) -> Version | None:
    """The version that can be carried on, if there is one."""
    try:
        current = place.current()
    except StoreError:  # none, or damaged: the build makes a whole one
        return None
    return current if can_follow(current, infer) else None


def _carried_on(
    base: Version, building: Building, nquads: Path, made: Mapping[str, object], say: Progress
) -> Updated | Version | None:
    """Try to make the new version out of the current one; the current one where nothing differs; ``None`` in vain."""
    try:
        return update(building, base, nquads, made, say) or base
    except NotProven as reason:
        say(f"building in full: {reason}")
        building.begin_anew()
        return None


def _fill(building: Building, nquads: Path, say: Progress, infer: bool) -> tuple[int, bool]:
    """Build in full.

    Returns
    -------
    The number of statements, and whether a later build can carry on from here: each is spelt once, none was derived already.
    """
    say("sorting the statements")
    given = write_sorted([nquads], building.dataset)
    plain = not gives_inferred(building.dataset)
    say(f"loading {given:,} statements into the store")
    quads = load_folder(building.dataset, building.oxigraph)
    plain &= quads == given
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
    return quads, plain


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

    from targetgraph.checking import check_statements, read_waivers
    from targetgraph.modelling import ontology
    from targetgraph.pipeline.assembling import DATA_SHAPES

    say("reading the statements for checking")
    content = gzip.decompress(nquads.read_bytes()) if nquads.suffix == ".gz" else nquads.read_bytes()
    waivers = read_waivers(ontology.read("waivers.ttl"))
    try:
        found = check_statements(content, ontology.read(DATA_SHAPES), {}, waivers, say)
    except (ValueError, SyntaxError) as error:
        raise StoreError(f"this is not N-Quads: {error}", str(nquads), "export it again as N-Quads") from error
    grave = [v for v in found if not v.waived and v.severity == "violation"]
    if grave:
        raise InputError([v.problem() for v in grave[:_SHOWN_PROBLEMS]])
    return len([v for v in found if not v.waived])
