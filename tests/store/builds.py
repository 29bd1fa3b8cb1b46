"""Small builds for the tests of the store."""

from __future__ import annotations

from pathlib import Path

from targetgraph.store import StoreFolder, Version, load_folder, write_canonical


def statements(count: int, word: str = "v") -> str:
    """N-Quads: ``count`` statements about as many things, in two graphs."""
    return "".join(f'<urn:s{i}> <urn:p> "{word}{i}" <urn:g{i % 2}> .\n' for i in range(count))


def build(root: Path, nquads: str, **extra: object) -> Version:
    """Build and publish a version."""
    with StoreFolder(root).build() as building:
        write_canonical(nquads, building.dataset)
        load_folder(building.dataset, building.oxigraph)
        (building.arrays / "index.json").write_text("{}")
        return building.publish(extra)
