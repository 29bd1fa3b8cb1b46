"""The wheel, built once a run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.once import once

CHECKOUT = Path(__file__).resolve().parents[2]


def _run(*arguments: str | Path) -> None:
    done = subprocess.run([sys.executable, "-m", *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{arguments} failed:\n{done.stdout}\n{done.stderr}"


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The root of the checkout."""
    return CHECKOUT


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from the checkout."""

    def build(folder: Path) -> None:
        _run("build", "--wheel", "--no-isolation", "--outdir", folder, CHECKOUT)

    (built,) = once(tmp_path_factory, "wheel", build).glob("*.whl")
    return built


@pytest.fixture(scope="session")
def wheel_by_sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from the source distribution, not from the checkout."""

    def build(folder: Path) -> None:
        _run("build", "--no-isolation", "--outdir", folder, CHECKOUT)

    (built,) = once(tmp_path_factory, "wheel-by-sdist", build).glob("*.whl")
    return built


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """A folder that holds the installed wheel and nothing else."""

    def install(folder: Path) -> None:
        _run(
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--no-index",
            "--no-cache-dir",
            "--target",
            folder,
            wheel,
        )

    return once(tmp_path_factory, "installed", install)
