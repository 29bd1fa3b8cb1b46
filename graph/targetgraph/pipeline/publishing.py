"""A store that was written to, made a version like any other: canonical statements, coded columns, manifest."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import targetgraph
from targetgraph.errors import TargetGraphError
from targetgraph.pipeline.extracting import extract
from targetgraph.pipeline.recorded import recorded_build
from targetgraph.store import EmbeddedStore, StoreFolder, Version, data_version, load_folder, write_sorted
from targetgraph.store.layout import Building
from targetgraph.store.remote_publication import PUBLICATION


def publish_store(oxigraph: Path, root: Path, *, locked: bool = False) -> Version:
    """Make the statements of an Oxigraph store the current version of a store folder.

    They are taken as they are: nothing is checked, derived or added. A store without declarations of dimensions has no coded
    columns; it can be asked, but has no coverage and no gaps.

    Parameters
    ----------
    oxigraph : folder of the store; nobody may write to it meanwhile.
    root : the store folder.
    locked : the caller holds the lock of the folder.

    Raises
    ------
    StoreError
        when something cannot be written, or a build is under way.
    """
    with recorded_build(StoreFolder(root), locked=locked) as building:
        dump = building.path / "dump.nq"
        with EmbeddedStore.open(oxigraph) as store:
            store.dump(dump)
        quads = write_sorted([dump], building.dataset)
        dump.unlink()
        load_folder(building.dataset, building.oxigraph)
        coded = code_links(building)
        return building.publish(
            {
                "package_version": targetgraph.__version__,
                "tables": {},
                "dataset": "written to a server",
                "statements": quads,
                "coded": coded,
            }
        )


def code_links(building: Building) -> bool:
    """Write the coded columns of a build; False if its statements declare no dimension, or not as ours do.

    A store that another machine publishes to holds every statement once more, merged. Over both, each pattern of an extraction
    query would match twice, and the whole query 2ⁿ times; so only the graphs themselves are read.
    """
    with EmbeddedStore.open(building.oxigraph) as opened:
        published = any(name.startswith(PUBLICATION) for name in opened.graph_names())
    with tempfile.TemporaryDirectory(dir=building.path.parent, prefix=f"{building.path.name}-") as scratch:
        place = _without_publication(building.dataset, Path(scratch)) if published else building.oxigraph
        with EmbeddedStore.open(place) as opened:
            try:
                coded = extract(opened, data_version(building.dataset))
            except (TargetGraphError, KeyError, ValueError, IndexError):
                return False
    if not coded.declarations.dimensions:
        return False
    coded.save(building.arrays)
    return True


def _without_publication(dataset: Path, scratch: Path) -> Path:
    """A store of the statements that stand in no graph of a publication."""
    sign = f"<{PUBLICATION}".encode()
    rest = scratch / "rest.nq"
    with dataset.open("rb") as lines, rest.open("wb") as file:
        file.writelines(line for line in lines if not line.rstrip(b" .\n").rpartition(b" ")[2].startswith(sign))
    load_folder(rest, scratch / "oxigraph")
    return scratch / "oxigraph"


if __name__ == "__main__":
    try:
        print(publish_store(Path(sys.argv[1]), Path(sys.argv[2]), locked=True).path.name)
    except TargetGraphError as problem:
        sys.exit(str(problem))
