"""The commands and the Python of ``docs/server.md`` run against a server."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.markdown import blocks
from tests.web.servers import Address, serving_once

PAGE = (Path(__file__).parents[2] / "docs" / "server.md").read_text(encoding="utf-8")
CURLS = [line for line in PAGE.splitlines() if line.startswith("curl --fail")]
PYTHON = [block.text for block in blocks(PAGE) if "SPARQLWrapper" in block.text and "import" in block.text]


@pytest.fixture(scope="session")
def documented(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """The server that the tests of the web ask too. For reading only."""
    with serving_once(tmp_path_factory, "server", built_store) as running:
        yield running


def _here(text: str, server: Address) -> str:
    return text.replace("http://127.0.0.1:8765/", server.url)


def test_number_of_examples() -> None:
    assert (len(CURLS), len(PYTHON)) == (4, 1)


def test_curl(documented: Address) -> None:
    if shutil.which("curl") is None:
        pytest.skip("needs curl")
    answers = []
    for line in CURLS:
        done = subprocess.run(["sh", "-c", _here(line, documented)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, (line, done.stderr)
        answers.append(done.stdout)
    assert answers[0].splitlines()[0] == "target,label"
    assert len(answers[0].splitlines()) == 6
    assert "@prefix" in answers[1]
    assert "sd:Service" in answers[2]
    assert answers[3].count("\n") > 1000


def test_python(documented: Address) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _here(PYTHON[0], documented)],
        capture_output=True,
        text=True,
        check=False,
        env=dict(os.environ),
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 10
