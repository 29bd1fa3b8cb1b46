"""Graphs and written pages, made once a module."""

from __future__ import annotations

from pathlib import Path

import pytest

from targetgraph.analysis.coding import CodedGraph
from tests.views import graphs
from tests.views.pages import PAGES, written


@pytest.fixture(scope="session")
def graph(built_store: Path) -> CodedGraph:
    return graphs.bundled(built_store)


@pytest.fixture(scope="session")
def addresses(graph: CodedGraph, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("pages")
    return {name: written(folder, name, graph) for name in PAGES}


@pytest.fixture(scope="session")
def hostile_addresses(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    graph, folder = graphs.hostile(built_store), tmp_path_factory.mktemp("hostile")
    return {name: written(folder, name, graph) for name in PAGES}
