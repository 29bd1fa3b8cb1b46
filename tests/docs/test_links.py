"""Every link within the project leads somewhere."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from tests.docs.markdown import CHECKOUT, anchors, links, markdown_files


def _dead(path: Path, text: str) -> list[str]:
    """Links of a file that lead nowhere within the checkout; addresses on the web are not followed."""
    found = []
    for link in links(text):
        if link.startswith(("https://", "http://", "mailto:")):
            continue
        place, _, anchor = unquote(link).partition("#")
        there = (path.parent / place).resolve() if place else path
        if not there.exists() or not there.is_relative_to(CHECKOUT):
            found.append(f"{path.relative_to(CHECKOUT)}: {link} is not there")
        elif anchor and anchor not in anchors(there.read_text(encoding="utf-8") if place else text):
            found.append(f"{path.relative_to(CHECKOUT)}: {link}: no such heading")
    return found


def test_links_lead_somewhere() -> None:
    files = markdown_files()
    counted = sum(len(links(path.read_text(encoding="utf-8"))) for path in files)
    assert counted > 20
    assert not [dead for path in files for dead in _dead(path, path.read_text(encoding="utf-8"))]


def test_dead_links_are_noticed() -> None:
    text = "# Here\n[a](nowhere.md) [b](#here) [c](#there) [d](README.md) [e](../outside)"
    assert len(_dead(CHECKOUT / "README.md", text)) == 3


def test_every_page_is_reached_from_the_index() -> None:
    """By links, from page to page."""
    docs = CHECKOUT / "docs"
    reached, waiting = set(), [docs / "index.md"]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        for link in links(page.read_text(encoding="utf-8")):
            there = (page.parent / unquote(link).partition("#")[0]).resolve()
            if there.suffix == ".md" and there.is_file():
                waiting.append(there)
    pages = {page.resolve() for page in [*docs.glob("*.md"), *docs.glob("decisions/*.md")]}
    assert len(pages) > 25
    assert pages - reached == set()
