"""What some tests need besides the packages of ``make test``: found, or said to be missing."""

from __future__ import annotations

import importlib.util
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Component:
    """Something a test may need: where it can be, and how it is had.

    Parameters
    ----------
    programs : names on the PATH it goes by.
    modules : Python modules it goes by.
    folders : folders it may lie in.
    remedy : what brings it.
    """

    remedy: str
    programs: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    folders: tuple[Path, ...] = ()

    def found(self) -> Path | None:
        """Where it is, or None."""
        for program in self.programs:
            if path := shutil.which(program):
                return Path(path)
        for module in self.modules:
            if (spec := importlib.util.find_spec(module)) and spec.origin:
                return Path(spec.origin)
        return next((folder for folder in self.folders if folder.is_dir()), None)


COMPONENTS = {
    "chromium": Component("apt-get install chromium", programs=("chromium", "chromium-browser", "google-chrome")),
    "java": Component("apt-get install default-jre-headless", programs=("java",)),
    "fast-shacl": Component("pip install shacl (there are wheels for most machines)", modules=("shacl",)),
    "pdftotext": Component("apt-get install poppler-utils", programs=("pdftotext",)),
    "virtuoso": Component("apt-get install virtuoso-opensource", programs=("virtuoso-t",)),
    "sssom": Component("make interop", modules=("sssom",)),
    "atheris": Component("make interop (there are wheels for Linux)", modules=("atheris",)),
    "w3c": Component(
        "a checkout of the W3C suites and shapes at ../shared/w3c, or TARGETGRAPH_W3C=FOLDER",
        folders=(Path(os.environ.get("TARGETGRAPH_W3C") or CHECKOUT.parent / "shared" / "w3c"),),
    ),
}


def required() -> frozenset[str]:
    """Names in TARGETGRAPH_REQUIRE (separated by commas): those that must be there, as in CI."""
    return frozenset(filter(None, (name.strip() for name in os.environ.get("TARGETGRAPH_REQUIRE", "").split(","))))


def need(name: str) -> Path:
    """Return where component ``name`` is; without it skip the test, or fail it where it is required."""
    component = COMPONENTS[name]
    if found := component.found():
        return found
    reason = f"needs {name}: {component.remedy}"
    if name in required():
        pytest.fail(reason)
    pytest.skip(reason)
