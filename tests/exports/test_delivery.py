"""``targetgraph export``: whole or not at all, with a manifest, and clear about mistakes."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from targetgraph.cli.export import _DESCRIPTIONS, _FORMATS
from targetgraph.cli.export import command as export_command
from targetgraph.errors import TargetGraphError
from targetgraph.pipeline.exporting import FORMATS, export
from targetgraph.publish.exports.delivery import MANIFEST, deliver_all, deliver_file
from targetgraph.publish.exports.products import Product, media_type, products
from targetgraph.publish.exports.source import Source


def small(source: Source) -> list[Product]:
    """Products that take no time: one file, one folder, one dump."""

    def folder(path: Path) -> None:
        path.mkdir()
        (path / "t.csv").write_text("a\r\n")

    return [
        Product("context.jsonld", "jsonld-context", "Context", "", "application/ld+json", partial(_text, "{}")),
        Product("csvw", "csvw", "Tables", "", "", folder),
        next(p for p in products(source, framework="beyond2020") if p.format == "nquads"),
    ]


def _text(text: str, path: Path) -> None:
    path.write_text(text)


def broken(after: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_text(after)
        raise TargetGraphError("it cannot be made", "", "do not try")

    return write


def digests(folder: Path) -> dict[str, str]:
    files = (p for p in sorted(folder.rglob("*")) if p.is_file())
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_the_manifest_lists_every_file_with_its_checksum(source: Source, tmp_path: Path) -> None:
    deliver_all(source, small(source), tmp_path / "out", gzip=True)
    told = json.loads((tmp_path / "out" / MANIFEST).read_text())
    found = digests(tmp_path / "out")
    del found[MANIFEST]
    assert {name: f["sha256"] for name, f in told["files"].items()} == found
    assert set(found) == {"context.jsonld", "csvw/t.csv", "beyond2020.nq.gz"}
    assert told["data_version"] == source.data_version
    assert told["files"]["csvw/t.csv"] | {"sha256": ""} == {
        "title": "Tables", "media_type": "text/csv", "size": 3, "sha256": "",
    }  # fmt: skip
    assert told["files"]["beyond2020.nq.gz"]["media_type"] == "application/gzip"


def test_an_export_replaces_an_earlier_one_whole(source: Source, tmp_path: Path) -> None:
    out = tmp_path / "out"
    deliver_all(source, small(source), out)
    before = digests(out)
    with pytest.raises(TargetGraphError, match="cannot be made"):
        bad = Product("x.json", "jsonld", "", "", "application/json", broken("half"))
        deliver_all(source, [*small(source), bad], out)
    assert digests(out) == before
    deliver_all(source, small(source)[:1], out)
    assert set(digests(out)) == {"context.jsonld", MANIFEST}
    assert [p.name for p in tmp_path.iterdir()] == ["out"], "something was left beside"


def test_a_folder_with_other_things_is_not_touched(source: Source, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(TargetGraphError, match="holds other things"):
        deliver_all(source, small(source), tmp_path)
    deliver_all(source, small(source), tmp_path / "out")
    (tmp_path / "out" / "mine.txt").write_text("put here later")
    with pytest.raises(TargetGraphError, match="holds other things"):
        deliver_all(source, small(source), tmp_path / "out")
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_a_single_file_is_whole_or_as_it_was(tmp_path: Path) -> None:
    output = tmp_path / "a.json"
    output.write_text("before")
    with pytest.raises(TargetGraphError):
        deliver_file(Product("a.json", "jsonld", "", "", "application/json", broken("half")), output)
    assert output.read_text() == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]
    deliver_file(Product("a.json", "jsonld", "", "", "application/json", partial(_text, "after")), output)
    assert output.read_text() == "after"
    with pytest.raises(TargetGraphError, match="this is a folder"):
        deliver_file(Product("a.json", "jsonld", "", "", "application/json", partial(_text, "x")), tmp_path)


def run(*arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "targetgraph", "export", *arguments], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["turtel", "-o", "x"], "turtel"),
        (["jsonld", "-o", "x", "-F", "nobody"], "there is no framework 'nobody'"),
        (["turtle", "-o", "x", "--graph", "mappd"], "did you mean 'mapped'"),
        (["xlsx", "-o", "x", "--graph", "mapped"], "does not choose among graphs"),
        (["csvw", "-o", "x", "-F", "gfc"], "holds all frameworks"),
        (["turtle", "-o", "/proc/none/x"], "cannot be written"),
        (["turtle", "--store", "none", "-o", "x"], "no graph has been built here"),
    ],
)
def test_mistakes_are_told(built_store: Path, tmp_path: Path, arguments: list[str], what: str) -> None:
    output = tmp_path / "x"
    given = [str(output) if a == "x" else a for a in arguments]
    if "--store" not in given:
        given += ["--store", str(built_store)]
    else:
        given[given.index("none")] = str(tmp_path / "none")
    code, text = run(*given)
    assert code == 2
    assert what in text
    assert "Traceback" not in text
    assert not output.exists()


def test_formats_are_the_same_everywhere(source: Source) -> None:
    assert set(_FORMATS) == {*FORMATS, *_DESCRIPTIONS}
    made = {p.format for p in products(source)} | {"all"}
    assert made == set(FORMATS)
    names = [p.name for p in products(source)]
    assert len(names) == len(set(names)) == 25
    assert {media_type(p.name) for p in products(source) if not p.is_folder} == {
        p.media_type for p in products(source) if not p.is_folder
    }


def test_help_says_what_there_is() -> None:
    text = CliRunner().invoke(export_command, ["--help"]).output
    assert all(f in text for f in FORMATS)


def test_a_framework_alone(source: Source, built_store: Path, tmp_path: Path) -> None:
    assert export("nquads", tmp_path / "b.nq", built_store, "beyond2020") == []
    lines = (tmp_path / "b.nq").read_bytes().splitlines()
    graph = f"<{source.framework_graph('beyond2020')}> .".encode()
    assert lines and all(line.endswith(graph) for line in lines)
    assert {p.framework for p in products(source, framework="beyond2020")} == {"beyond2020"}
