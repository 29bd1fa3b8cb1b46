"""The bundled graph, coded and as triples."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

from targetgraph.analysis.coding import CodedGraph
from targetgraph.pipeline import open_coded_graph
from targetgraph.store import StoreFolder
from tests.oracle.frameworks import read


@pytest.fixture(scope="module")
def bundled(built_store: Path) -> tuple[CodedGraph, Graph]:
    return open_coded_graph(built_store), read(StoreFolder(built_store).current().dataset)
