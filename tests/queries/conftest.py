"""The bundled graph, in both engines."""

from __future__ import annotations

from pathlib import Path

import pytest

from targetgraph.store import StoreFolder
from tests.queries.engines import Engines


@pytest.fixture(scope="session")
def dataset(built_store: Path) -> Path:
    """The canonical N-Quads of the bundled graph."""
    return StoreFolder(built_store).current().dataset


@pytest.fixture(scope="session")
def engines(dataset: Path) -> Engines:
    """Both engines over the bundled graph. For reading only."""
    return Engines.over(dataset)
