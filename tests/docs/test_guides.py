"""The tutorial and the recipes, run as they are written."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.copies import copy_of
from tests.docs.markdown import CHECKOUT, blocks, steps
from tests.docs.test_tour import _run, missing_line

# How many commands and how many pieces of Python each page has.
PAGES = {"tutorial.md": (8, 0), "how-to.md": (19, 1), "api.md": (0, 1)}


@pytest.mark.parametrize("name", PAGES)
def test_page_shows_what_happens(name: str, built_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder in which the graph has been built: commands in their order, then Python."""
    text = (CHECKOUT / "docs" / name).read_text(encoding="utf-8")
    found = steps(text)
    python = [block for block in blocks(text) if block.language == "python"]
    assert (len(found), len(python)) == PAGES[name]
    shutil.copytree(CHECKOUT / "docs" / "examples", tmp_path / "docs" / "examples")
    copy_of(built_store, tmp_path / ".targetgraph")
    wrong = []
    for step in found:
        line = missing_line(step.output, _run(step, tmp_path))
        if line is not None:
            wrong.append(f"{name}:{step.line}: `{step.command.splitlines()[0]}` does not print: {line}")
    assert not wrong, "\n".join(wrong)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TARGETGRAPH_STORE", raising=False)
    for block in python:
        exec(compile(block.text, f"{name}:{block.line}", "exec"), {})


def test_the_map_of_the_documentation_is_complete() -> None:
    """Every page is reached from docs/index.md, by a link there, or by one from a page that is."""
    text = (CHECKOUT / "docs" / "index.md").read_text(encoding="utf-8")
    linked = set(re.findall(r"\]\(([\w-]+\.md)", text))
    assert len(linked) > 12
    pages = {path.name: path.read_text(encoding="utf-8") for path in (CHECKOUT / "docs").glob("*.md")}
    while further := {n for p in linked & set(pages) for n in re.findall(r"\]\(([\w-]+\.md)", pages[p])} - linked:
        linked |= further
    assert set(pages) - {"index.md"} <= linked
    notebooks = {path.name for path in (CHECKOUT / "notebooks").glob("*.ipynb")}
    assert notebooks == set(re.findall(r"notebooks/([\w-]+\.ipynb)", text))
