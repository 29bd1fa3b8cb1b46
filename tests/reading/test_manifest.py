"""The manifest of a folder: written, read back, and distrusted."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import pytest

from targetgraph.errors import InputError
from targetgraph.reading import read_collection, read_manifest, write_manifest
from targetgraph.reading.manifest import main
from tests.reading.folders import Folder


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    return Folder().write(tmp_path / "tables")


def test_writing_and_reading(tables: Path) -> None:
    path = write_manifest(tables, today="2024-05-06")
    plain = {entry["name"]: entry for entry in tomllib.loads(path.read_text(encoding="utf-8"))["table"]}
    assert set(plain) == {str(file.relative_to(tables)) for file in tables.rglob("*.csv")}
    for name, entry in read_manifest(tables).items():
        assert entry.sha256 == hashlib.sha256((tables / name).read_bytes()).hexdigest() == plain[name]["sha256"]
        assert (entry.date, entry.licence) == ("2024-05-06", "CC-BY-4.0")
    assert not any(table.changed for table in read_collection([tables]).tables)
    assert [file.name for file in tables.iterdir() if file.name.startswith(".")] == []


def test_what_was_said_is_kept_and_only_the_changed_table_is_redated(tables: Path) -> None:
    path = write_manifest(tables, today="2024-05-06")
    source = 'source = "Ours, \\"says\\" she \\\\ é\\u007f"'
    path.write_text(path.read_text(encoding="utf-8").replace('source = ""', source, 1), encoding="utf-8")
    with (tables / "sectors.csv").open("a", encoding="utf-8") as stream:
        stream.write("glass,,,no,Glass,,,,recalled,\n")
    assert [t.name for t in read_collection([tables]).tables if t.changed] == ["sectors.csv"]
    (tables / "issues.csv").unlink()
    before = read_manifest(tables)
    write_manifest(tables, today="2024-07-08")
    after = read_manifest(tables)
    assert set(before) - set(after) == {"issues.csv"}
    assert [name for name in after if after[name] != before[name]] == ["sectors.csv"]
    assert after["sectors.csv"].date == "2024-07-08"
    assert 'Ours, "says" she \\ é\x7f' in [entry.source for entry in after.values()]


def test_a_folder_without_a_manifest(tables: Path) -> None:
    assert read_manifest(tables) == {}
    assert {table.recorded_sha256 for table in read_collection([tables]).tables} == {""}


def test_a_table_that_is_gone(tables: Path) -> None:
    write_manifest(tables)
    (tables / "lineage.csv").unlink()
    with pytest.raises(InputError) as caught:
        read_collection([tables])
    [problem] = caught.value.problems
    assert problem.where.file == "manifest.toml"
    assert "lists 'lineage.csv', which is not there" in problem.what


BROKEN = {
    "not TOML": (b"[[table]]\nname = actors.csv\n", "not TOML", 2),
    "not UTF-8": (b"# \n# caf\xe9\n", "not UTF-8", 2),
    "too deep": (b"a = " + b"[" * 5000 + b"]" * 5000, "nested too deeply", None),
    "impossible date": (b"a = 2023-02-31\n", "not TOML", None),
    "no list": (b"[table]\nname = 'actors.csv'\n", "not a list of tables", None),
    "no name": (b"[[table]]\ntitle = 'x'\n", "an entry cannot be understood: no name", None),
    "strange key": (b"[[table]]\nname = 'actors.csv'\nhash = 'x'\n", "hash", None),
    "number": (b"[[table]]\nname = 'actors.csv'\ntitle = 3\n", "title", None),
    "twice": (b"[[table]]\nname = 'actors.csv'\n" * 2, "listed twice", None),
    "path out of the folder": (b"[[table]]\nname = '../../etc/passwd'\n", "not that of a table", None),
    "path up": (b"[[table]]\nname = '../actors.csv'\n", "not that of a table", None),
    "hash": (b"[[table]]\nname = 'actors.csv'\nsha256 = 'abc'\n", "the entry of 'actors.csv' has", None),
    "licence": (b"[[table]]\nname = 'actors.csv'\nlicence = '<script>'\n", "licence", None),
    "date": (b"[[table]]\nname = 'actors.csv'\ndate = 'today'\n", "date", None),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_manifests(name: str, tables: Path) -> None:
    content, what, row = BROKEN[name]
    (tables / "manifest.toml").write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_collection([tables])
    [problem] = caught.value.problems
    assert problem.where.file == "manifest.toml"
    assert what in problem.what
    assert problem.remedy
    if row is not None:
        assert problem.where.row == row


def test_number_of_broken_manifests() -> None:
    assert len(BROKEN) == 14


def test_dates_of_toml_are_dates(tables: Path) -> None:
    (tables / "manifest.toml").write_text("[[table]]\nname = 'actors.csv'\ndate = 2024-01-02\n", encoding="utf-8")
    assert read_manifest(tables)["actors.csv"].date == "2024-01-02"


def test_the_command(tables: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tables)]) == 0
    assert "manifest.toml" in capsys.readouterr().out
    assert set(read_manifest(tables)) == {str(file.relative_to(tables)) for file in tables.rglob("*.csv")}
    assert main([str(tmp_path / "nowhere")]) == 2
    assert "what to do" in capsys.readouterr().err
