"""The kept inputs are replayed always; with atheris the fuzzer runs a little, to show that it runs, and for what it finds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.reading.fuzz.entries import CORPUS, ENTRIES, seeds

SECONDS = 6


@pytest.mark.parametrize("entry", ENTRIES)
def test_kept_inputs(entry: str) -> None:
    kept = seeds(entry)
    assert len(kept) >= 3
    for data in kept.values():
        ENTRIES[entry](data)


def test_every_kept_input_belongs_to_an_entry() -> None:
    assert {path.name for path in CORPUS.iterdir() if path.is_dir()} == set(ENTRIES)
    assert sum(len(path.read_bytes()) for path in CORPUS.rglob("*") if path.is_file()) < 100_000


def test_a_short_run_finds_nothing(need, tmp_path: Path) -> None:
    need("atheris")
    command = [
        sys.executable,
        "-m",
        "tests.reading.fuzz",
        "anything",
        "--seconds",
        str(SECONDS),
        "--found",
        str(tmp_path),
    ]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-4_000:] + str([(p.name, p.read_bytes()) for p in tmp_path.iterdir()])
    assert "stat::number_of_executed_units" in done.stderr
