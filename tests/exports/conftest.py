from __future__ import annotations

from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from targetgraph.pipeline.exporting import open_source
from targetgraph.publish.exports.source import Source

Triple = tuple[str, str, str]


@pytest.fixture(scope="session")
def source(built_store: Path) -> Source:
    """The bundled graph, as exports see it."""
    return open_source(built_store)


@pytest.fixture(scope="session")
def quads(source: Source) -> list[Any]:
    """All statements of the bundled graph, from the files, by a reader that is not the exports' own."""
    files = (source.version.dataset, source.path / "gaps.nq")
    return [quad for file in files for quad in ox.parse(path=str(file), format=ox.RdfFormat.N_QUADS)]
