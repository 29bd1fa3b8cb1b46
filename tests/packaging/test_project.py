"""The files around the package: versions to use, Makefile, what CI runs."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROMISED = ("help", "explore", "test", "check", "interop", "bench", "clean")
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def _constraints(checkout: Path) -> list[Requirement]:
    lines = (checkout / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


def _asked_for(checkout: Path) -> list[Requirement]:
    data = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))
    project = data["project"]
    extras = [text for extra in project["optional-dependencies"].values() for text in extra]
    return [Requirement(text) for text in [*project["dependencies"], *extras, *data["build-system"]["requires"]]]


def test_constraints_name_versions_and_no_hosts(checkout: Path) -> None:
    text = (checkout / "constraints.txt").read_text(encoding="utf-8")
    assert not re.search(r"://|@|--(?:extra-)?index|--find-links \S", text)
    constraints = _constraints(checkout)
    assert len(constraints) > 30
    for constraint in constraints:
        assert re.fullmatch(r"==[\w.]+", str(constraint.specifier)), constraint


@pytest.mark.parametrize("python", PYTHONS)
def test_constraints_settle_every_requirement(python: str, checkout: Path) -> None:
    environment: dict[str, str] = {
        **{name: str(value) for name, value in default_environment().items()},
        "python_version": python,
        "python_full_version": f"{python}.2",
        "extra": "",
    }
    settled = {
        canonicalize_name(constraint.name): str(constraint.specifier).removeprefix("==")
        for constraint in _constraints(checkout)
        if constraint.marker is None or constraint.marker.evaluate(environment)
    }
    asked = _asked_for(checkout)
    assert len(asked) > 20
    for requirement in asked:
        assert any(s.operator in ("<", "<=", ">=") for s in requirement.specifier), requirement
        version = settled.get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} has no version in constraints.txt for Python {python}"
        assert requirement.specifier.contains(version), f"{requirement} does not allow {version}"


@pytest.mark.parametrize("target", PROMISED)
def test_make_target_can_be_planned(target: str, checkout: Path) -> None:
    done = subprocess.run(["make", "-n", target], cwd=checkout, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_make_help_lists_every_target(checkout: Path) -> None:
    done = subprocess.run(["make"], cwd=checkout, capture_output=True, text=True, check=True)
    assert re.findall(r"^  make (\w+) +\S", done.stdout, re.MULTILINE) == list(PROMISED)


def test_make_refuses_an_old_python_in_one_line(checkout: Path, tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\nexec python3 -c "import sys; sys.version_info = (3, 9, 2)\n$2"\n', encoding="utf-8")
    old.chmod(0o755)
    (tmp_path / "Makefile").write_bytes((checkout / "Makefile").read_bytes())
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).touch()
    done = subprocess.run(
        ["make", f"PYTHON={old}", "test"],
        cwd=tmp_path,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "TargetGraph needs Python 3.11 or newer" in done.stderr
    assert "is 3.9" in done.stderr
    assert not (tmp_path / ".venv").exists()


def test_ci_script_is_sound(checkout: Path) -> None:
    script = checkout / ".ci" / "run"
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", str(script)], check=True)
    text = script.read_text(encoding="utf-8")
    assert "set -euo pipefail" in text
    assert text.index("make check") < text.index("make test")
