"""The house: light to enter, imports point down, one door a heavy library."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

HEAVY = ("rdflib", "pyoxigraph", "oxrdflib", "pyvis", "networkx", "numpy", "pyshacl", "owlready2", "scipy")
LIGHT = ("targetgraph", "targetgraph.resources", "targetgraph.records", "targetgraph.cli")

# File to plant, what to write in it, and the contract that must then be broken.
TRESPASSES = {
    "up": ("records/planted.py", "import targetgraph.analysis", "Imports point down only"),
    "sideways": ("reading/planted.py", "import targetgraph.modelling", "Imports point down only"),
    "unknown room": ("cellar.py", "", "Imports point down only"),
    "circle": ("analysis/planted.py", "from . import other", "No cycles"),
    "second oxigraph door": ("records/planted.py", "import pyoxigraph", "Oxigraph is entered"),
    "oxigraph by rdflib": ("modelling/planted.py", "import oxrdflib", "Oxigraph is entered"),
    "second pyvis door": ("views/planted.py", "from pyvis.network import Network", "pyvis is entered"),
    "second pyshacl door": ("modelling/planted.py", "def f():\n    import pyshacl", "pyshacl is entered"),
    "second owlready2 door": ("checking/planted.py", "import owlready2", "owlready2 is entered"),
}

# The proper doors, so that a rule that forbids a library altogether is noticed as well.
DOORS = {
    "store/engine.py": "import pyoxigraph, oxrdflib",
    "views/network.py": "import pyvis.network",
    "checking/shapes.py": "import pyshacl",
    "reasoning/world.py": "import owlready2",
    "analysis/other.py": "from . import planted",
    "analysis/planted.py": "",
}


@pytest.mark.parametrize("module", LIGHT)
def test_import_is_light(module: str, tmp_path: Path) -> None:
    code = f"import json, sys, {module}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    loaded = {name.partition(".")[0] for name in json.loads(done.stdout)}
    assert "targetgraph" in loaded
    assert loaded.isdisjoint(HEAVY), sorted(loaded.intersection(HEAVY))


def _lint(folder: Path, graph: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter with the contracts in ``folder`` on the package below ``graph``."""
    return subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(graph), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def _plant(package: Path, files: dict[str, str]) -> None:
    for place, code in files.items():
        (package / place).write_text(code + "\n", encoding="utf-8")


def _model_house(checkout: Path, folder: Path) -> Path:
    """Set up, under our contracts, a package that has every room and only the proper doors."""
    settings = (checkout / "pyproject.toml").read_text(encoding="utf-8")
    (folder / "pyproject.toml").write_text(settings, encoding="utf-8")
    contracts = tomllib.loads(settings)["tool"]["importlinter"]["contracts"]
    (layers,) = (contract["layers"] for contract in contracts if contract["id"] == "layers")
    package = folder / "graph" / "targetgraph"
    for room in re.findall(r"\w+", " ".join(layers)):
        (package / room).mkdir(parents=True)
        (package / room / "__init__.py").touch()
    (package / "__init__.py").touch()
    _plant(package, DOORS)
    return package


def test_house_rules_hold(checkout: Path) -> None:
    done = _lint(checkout, checkout / "graph")
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 broken" in done.stdout


def test_every_rule_has_a_trespass() -> None:
    assert len(TRESPASSES) == 9


def test_model_house_is_clean(checkout: Path, tmp_path: Path) -> None:
    done = _lint(tmp_path, _model_house(checkout, tmp_path).parent)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("trespass", TRESPASSES)
def test_trespass_is_noticed(trespass: str, checkout: Path, tmp_path: Path) -> None:
    place, code, contract = TRESPASSES[trespass]
    package = _model_house(checkout, tmp_path)
    _plant(package, {place: code})
    done = _lint(tmp_path, package.parent)
    assert done.returncode == 1, done.stdout + done.stderr
    broken = re.findall(r"^(.+) BROKEN\b", done.stdout, re.MULTILINE)
    assert len(broken) == 1, done.stdout
    assert broken[0].startswith(contract)
