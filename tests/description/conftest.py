from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from targetgraph.analysis.description.neighbourhood import Neighbourhoods
from targetgraph.analysis.description.statements import Statements
from targetgraph.pipeline.opening import open_store


@pytest.fixture(scope="session")
def neighbourhoods(built_store: Path) -> Iterator[Neighbourhoods]:
    with open_store(built_store) as store:
        yield Neighbourhoods(store, limits=None)


@pytest.fixture(scope="session")
def whole(neighbourhoods: Neighbourhoods) -> Statements:
    """The whole bundled graph. For reading only."""
    return neighbourhoods.all()


@pytest.fixture(scope="session")
def terms(neighbourhoods: Neighbourhoods) -> Statements:
    return neighbourhoods.terms()
