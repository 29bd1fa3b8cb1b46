"""What is in the wheel, and that it works where there is no checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

# Where each folder of the checkout goes in the wheel.
PLACES = {
    "graph/targetgraph": "targetgraph",
    "graph/tables": "targetgraph/_resources/tables",
    "ontology": "targetgraph/_resources/ontology",
    "queries": "targetgraph/_resources/queries",
}

ASK_RESOURCES = """
import json, sys, targetgraph
from targetgraph import resources
folders = {kind: getattr(resources, kind)() for kind in ("ontology", "queries", "tables")}
print(json.dumps({
    "package": targetgraph.__file__,
    "version": targetgraph.__version__,
    "folders": {kind: str(folder) for kind, folder in folders.items()},
    "files": {kind: sum(1 for f in folder.rglob("*") if f.is_file()) for kind, folder in folders.items()},
}))
"""


def _contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def _expected(checkout: Path) -> dict[str, bytes]:
    """What the checkout says must be in the package, by walking it (compiled files are no source)."""
    return {
        f"{place}/{file.relative_to(checkout / folder).as_posix()}": file.read_bytes()
        for folder, place in PLACES.items()
        for file in (checkout / folder).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


def _python(installed: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python on the installed wheel, in a folder outside the checkout."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("TARGETGRAPH_", "PYTHON"))}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=environment | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_wheel_holds_the_package_and_all_its_resources(wheel: Path, checkout: Path) -> None:
    contents = {name: data for name, data in _contents(wheel).items() if ".dist-info/" not in name}
    expected = _expected(checkout)
    assert "targetgraph/py.typed" in expected
    for folder in ("tables", "ontology", "queries"):
        assert any(name.startswith(f"targetgraph/_resources/{folder}/") for name in expected), folder
    assert sorted(contents) == sorted(expected)
    assert contents == expected


def test_wheel_carries_licences_and_command(wheel: Path) -> None:
    contents = _contents(wheel)
    names = {name.split(".dist-info/")[1] for name in contents if ".dist-info/" in name}
    assert {"licenses/LICENSE", "licenses/LICENSE-DATA", "entry_points.txt"} <= names
    (entry_points,) = (data for name, data in contents.items() if name.endswith("entry_points.txt"))
    assert b"targetgraph = targetgraph.cli:main" in entry_points


def test_sdist_builds_the_same_wheel(wheel: Path, wheel_by_sdist: Path) -> None:
    assert _contents(wheel_by_sdist) == _contents(wheel)


def test_editable_install_finds_the_checkout(checkout: Path) -> None:
    from targetgraph import resources

    assert resources.ontology() == checkout / "ontology"
    assert resources.queries() == checkout / "queries"
    assert resources.tables() == checkout / "graph" / "tables"


def test_installed_wheel_finds_its_own_resources(installed: Path, tmp_path: Path, checkout: Path) -> None:
    done = _python(installed, tmp_path, "-c", ASK_RESOURCES)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    root = installed / "targetgraph"
    assert Path(said["package"]) == root / "__init__.py"
    assert {kind: Path(folder) for kind, folder in said["folders"].items()} == {
        kind: root / "_resources" / kind for kind in ("ontology", "queries", "tables")
    }
    counted = {
        kind: sum(1 for file in folder.rglob("*") if file.is_file())
        for kind, folder in {
            "ontology": checkout / "ontology",
            "queries": checkout / "queries",
            "tables": checkout / "graph" / "tables",
        }.items()
    }
    assert said["files"] == counted


def test_installed_wheel_builds_and_reports_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    built = _python(installed, tmp_path, "-m", "targetgraph", "build")
    assert built.returncode == 0, built.stderr
    assert (tmp_path / ".targetgraph" / "CURRENT").is_file()
    assert sorted(p.name for p in tmp_path.iterdir()) == [".targetgraph"]

    gaps = _python(installed, tmp_path, "-m", "targetgraph", "gaps", "--framework", "gfc", "--format", "json")
    assert gaps.returncode == 0, gaps.stderr
    assert json.loads(gaps.stdout), "no gap was reported"
