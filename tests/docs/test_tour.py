"""The README's tour, run as it is written."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.docs.markdown import CHECKOUT, Step, steps

ELLIPSIS = "…"


def missing_line(shown: Sequence[str], real: Sequence[str]) -> str | None:
    """The first line shown that the real output does not have, in that order; ``…`` stands for anything.

    A line that is nothing but ``…`` stands for any number of lines. Lines shown one below the other need not be
    neighbours: what is checked is that nothing shown is invented or out of order.
    """
    rest = iter(real)
    for line in shown:
        if line.strip() in ("", ELLIPSIS):
            continue
        pattern = re.compile(".*".join(map(re.escape, line.rstrip().split(ELLIPSIS))))
        if not any(pattern.fullmatch(candidate.rstrip()) for candidate in rest):
            return line
    return None


def _run(step: Step, folder: Path) -> list[str]:
    """Run one step in a folder as the README's reader would; what it prints on either stream."""
    hidden = ("TARGETGRAPH_", "PYTHON")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(hidden)}
    environment |= {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "100"}
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", step.command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"README.md:{step.line}: {step.command}\n{done.stdout}"
    return done.stdout.splitlines()


def test_tour_shows_what_happens(tmp_path: Path) -> None:
    tour = steps((CHECKOUT / "README.md").read_text(encoding="utf-8"))
    assert len(tour) >= 12
    shutil.copytree(CHECKOUT / "docs" / "examples", tmp_path / "docs" / "examples")
    wrong = []
    for step in tour:
        line = missing_line(step.output, _run(step, tmp_path))
        if line is not None:
            wrong.append(f"README.md:{step.line}: `{step.command.splitlines()[0]}` does not print: {line}")
    assert not wrong, "\n".join(wrong)
    assert (tmp_path / "gaps.csv").stat().st_size > 1000


@pytest.mark.parametrize(
    ("shown", "missing"),
    [
        (["one", "three"], None),
        (["on…", "…", "", "t…ee"], None),
        (["three", "one"], "one"),
        (["on"], "on"),
        (["tw. (2)"], "tw. (2)"),
    ],
)
def test_invented_output_is_noticed(shown: list[str], missing: str | None) -> None:
    assert missing_line(shown, ["one", "two (2)", "three"]) == missing
