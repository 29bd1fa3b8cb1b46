"""Hostile files: a clear error or a safe reading, under a bound on memory and in bounded time."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from targetgraph.errors import InputError
from targetgraph.reading.documents import portable
from targetgraph.reading.documents.opening import document_of
from tests.reading.documents.hostile import READ, REFUSED

SECONDS = 20
"""Processor time that any of the files may take here (about 2 s on an idle machine)."""


@pytest.fixture(scope="module")
def outcomes() -> dict[str, dict[str, Any]]:
    pytest.importorskip("resource")
    command = [sys.executable, "-m", "tests.reading.documents.hostile_run"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=400, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(told) == len(REFUSED) + len(READ) == 44
    return {line["name"]: line for line in told}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_reason(name, outcomes):
    assert "refused" in outcomes[name], outcomes[name]
    assert REFUSED[name][2] in outcomes[name]["refused"]
    assert "what to do" in outcomes[name]["refused"]
    assert outcomes[name]["seconds"] < SECONDS


@pytest.mark.parametrize("name", READ)
def test_read_safely(name, outcomes):
    assert outcomes[name].get("targets") == READ[name][2], outcomes[name]
    assert outcomes[name]["seconds"] < SECONDS


@pytest.mark.parametrize(
    ("name", "notice"),
    [
        ("macros", "macros"),
        ("formulas", "formulas"),
        ("right to left", "direction of writing"),
        ("zero width", "invisible character"),
        ("wrong extension", "promises another format"),
        ("legacy bytes", "Windows-1252"),
    ],
)
def test_what_is_odd_is_told(name, notice, outcomes):
    assert any(notice in what for what in outcomes[name]["notices"]), outcomes[name]


def test_a_pdf_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portable, "SECONDS", 0.01)
    with pytest.raises(InputError, match=r"the PDF was not read within 0\.01 seconds\n  what to do: split it"):
        document_of(REFUSED["pictures only"][1](), "p.pdf")
