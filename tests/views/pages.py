"""The three pages by name, and how tests open them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from targetgraph.analysis.coding import CodedGraph
from targetgraph.views.coverage_map import coverage_map_page
from targetgraph.views.matrix import matrix_page
from targetgraph.views.network import network_page

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAGES: dict[str, Callable[[CodedGraph, str], str]] = {
    "network": network_page,
    "matrix": matrix_page,
    "map": coverage_map_page,
}
READY = "() => document.documentElement.classList.contains('scripted')"


def written(folder: Path, name: str, graph: CodedGraph, framework: str = "gfc") -> str:
    """Write a page and return its address."""
    path = folder / f"{name}.html"
    path.write_text(PAGES[name](graph, framework), encoding="utf-8")
    return path.as_uri()


def opened(page: Page, address: str) -> Page:
    """Open an address and wait until its scripts have run."""
    page.goto(address)
    page.wait_for_function(READY)
    return page
