"""One server for all tests of the explorer; browser and page are those of all tests (tests/conftest.py)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.web.servers import serving_once

#: What axe is asked for: WCAG 2.2 A and AA, and its best practices.
_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@pytest.fixture(scope="session")
def explorer(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of the bundled graph, one for all workers: its address without a slash at the end. For reading only.

    ``page.goto(explorer + "/explore")``
    """
    with serving_once(tmp_path_factory, "explorer", built_store, "--processes", "1") as running:
        yield running.url.rstrip("/")


@pytest.fixture(scope="session")
def axe_source() -> str:
    spec = find_spec("axe_playwright_python")
    assert spec is not None and spec.origin is not None
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def axe(axe_source: str) -> Callable[[Page], list[str]]:
    """``axe(page)``: what axe-core finds on a page as it stands, one line a node; it must be empty."""

    def found(page: Page) -> list[str]:
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(axe_source)
        options = {"runOnly": {"type": "tag", "values": list(_TAGS)}, "resultTypes": ["violations"]}
        result = page.evaluate(f"() => axe.run(document, {json.dumps(options)})")
        assert len(result["passes"]) > 5  # it did look
        return [
            f"{violation['id']}: {node['target']}: {node.get('failureSummary', '')}"
            for violation in result["violations"]
            for node in violation["nodes"]
        ]

    return found
