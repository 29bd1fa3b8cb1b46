from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import urllib3

from tests.web.servers import Address, client, serving_once


@pytest.fixture(scope="session")
def server(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """A server of the bundled graph with the usual limits, one for all workers. For reading only."""
    with serving_once(tmp_path_factory, "server", built_store) as running:
        yield running


@pytest.fixture(scope="session")
def http() -> Iterator[urllib3.PoolManager]:
    with client() as manager:
        yield manager
