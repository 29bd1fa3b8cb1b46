"""One graph, opened once, for the tests of the interface."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import targetgraph as tg
from tests.views.graphs import hostile


@pytest.fixture(scope="session")
def graph(built_store: Path) -> Iterator[tg.Graph]:
    with tg.open(built_store) as opened:
        yield opened


@pytest.fixture(scope="session")
def gfc(graph: tg.Graph) -> tg.Framework:
    return graph.framework("gfc")


@pytest.fixture(scope="session")
def hostile_graph(built_store: Path) -> tg.Graph:
    """The bundled graph, every text in its columns made hostile."""
    from dataclasses import replace

    from targetgraph.pipeline import open_version

    return tg.Graph(replace(open_version(built_store), coded=hostile(built_store)))
