from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import urllib3

from tests.web.servers import Server, client, serving


@pytest.fixture(scope="session")
def server(built_store: Path) -> Iterator[Server]:
    """A server of the bundled graph with the usual limits. For reading only."""
    with serving(built_store) as running:
        yield running


@pytest.fixture(scope="session")
def http() -> Iterator[urllib3.PoolManager]:
    with client() as manager:
        yield manager
