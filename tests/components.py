"""Programs that some tests need besides Python: found, or said to be missing."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True, slots=True)
class Component:
    """A program a test may need: the names it goes by, and the Debian package that brings it."""

    programs: tuple[str, ...]
    debian_package: str


COMPONENTS = {
    "chromium": Component(("chromium", "chromium-browser", "google-chrome"), "chromium"),
    "java": Component(("java",), "default-jre-headless"),
    "virtuoso": Component(("virtuoso-t",), "virtuoso-opensource-7"),
}


def required() -> frozenset[str]:
    """Names in TARGETGRAPH_REQUIRE (separated by commas): those that must be there, as in CI."""
    return frozenset(filter(None, (name.strip() for name in os.environ.get("TARGETGRAPH_REQUIRE", "").split(","))))


def need(name: str) -> Path:
    """Return the program of component ``name``; without it skip the test, or fail it where it is required."""
    component = COMPONENTS[name]
    for program in component.programs:
        if found := shutil.which(program):
            return Path(found)
    reason = f"needs {name}: apt-get install {component.debian_package}"
    if name in required():
        pytest.fail(reason)
    pytest.skip(reason)
