"""Building: reproducible, all or nothing, and proof against being killed."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from targetgraph.pipeline import build, open_coded_graph, open_store
from targetgraph.store import StoreFolder, repeated_statements
from tests.copies import copy_of
from tests.own_tables import FRAMEWORK, write_own_tables

# Sentences of progress, one for each step of a build; it is killed as soon as the sentence appears.
STEPS = (
    "reading actors.csv",
    "modelling frameworks",
    "checking against the shapes",
    "deriving",
    "writing canonical",
    "loading the store",
    "coding links",
    "publishing",
)


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "targetgraph", *map(str, arguments)]


def content(store: Path) -> dict[Path, bytes]:
    """Every file of a store but those of a build under way, the lock (it holds who built last) and Oxigraph's own."""
    files = {path.relative_to(store): path for path in store.rglob("*") if path.is_file()}
    return {
        name: path.read_bytes()
        for name, path in files.items()
        if not name.parts[0].startswith("building-") and name.parts != ("lock",) and "oxigraph" not in name.parts
    }


def frameworks(store: Path) -> set[str]:
    return {f.code for f in open_coded_graph(store).frameworks}


def test_a_second_build_gives_the_same_bytes(built_store: Path, tmp_path: Path) -> None:
    result = build(store=tmp_path / "again")
    first = StoreFolder(built_store).current()
    assert result.version.data_version == first.data_version
    assert result.version.dataset.read_bytes() == first.dataset.read_bytes()
    arrays = {p.relative_to(first.arrays): p.read_bytes() for p in first.arrays.rglob("*") if p.is_file()}
    again = {
        p.relative_to(result.version.arrays): p.read_bytes() for p in result.version.arrays.rglob("*") if p.is_file()
    }
    assert arrays == again
    assert len(arrays) > 100


def test_the_data_version_is_the_hash_of_sorted_lines(built_store: Path) -> None:
    version = StoreFolder(built_store).current()
    content = version.dataset.read_bytes()
    lines = content.splitlines()
    assert lines == sorted(set(lines))
    assert hashlib.sha256(content).hexdigest().startswith(version.data_version)


def test_no_statement_stands_in_two_graphs(built_store: Path) -> None:
    """The union of graphs that queries see is no merge: a triple in two graphs would be counted twice."""
    assert list(repeated_statements(StoreFolder(built_store).current().dataset)) == []


def test_asserted_mapped_and_inferred_statements_are_apart(built_store: Path) -> None:
    names = {name.rpartition("/graph/")[2] for name in open_store(built_store).graph_names()}
    assert names == {
        "computed",
        "documents",
        "framework/beyond2020",
        "framework/gfc",
        "inferred",
        "mapped",
        "ontology",
        "provenance",
        "sdg",
        "vocabularies",
    }


def test_own_tables_lie_beside_the_bundled_ones(tmp_path: Path) -> None:
    build([write_own_tables(tmp_path / "tables")], tmp_path / "store")
    assert frameworks(tmp_path / "store") == {"gfc", "beyond2020", FRAMEWORK}


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


SPOILED = {
    "missing column": ("plan/links.csv", "concept,", "", "plan/links.csv", "concept"),
    "duplicate id": ("plan/targets.csv", "N2,1,", "N1,1,", "plan/targets.csv", "'id'"),
    "unknown actor": ("plan/links.csv", "farmers", "farmer", "plan/links.csv", "did you mean 'farmers'"),
    "bad year": ("plan/targets.csv", "2031", "20x1", "plan/targets.csv", "column 'deadline'"),
    "formula": ("plan/targets.csv", "Clean water", "=cmd|' /C calc'!A0", "plan/targets.csv", "column 'label'"),
    "quotation not in the text": ("plan/passages.csv", "[by 2031]", "[by 2040]", "plan/passages.csv", "column 'quote'"),
    "breaks a shape": ("plan/links.csv", "sector,agriculture,,named,high,,,sourced", "sector,agriculture,,named,high,,,judged",
                       "plan/links.csv", "row 3"),
}  # fmt: skip


def test_number_of_spoiled_tables() -> None:
    assert len(SPOILED) == 7


@pytest.mark.parametrize("case", SPOILED)
def test_broken_tables_leave_the_store_as_it_was(case: str, built_store: Path, tmp_path: Path) -> None:
    name, old, new, file, clue = SPOILED[case]
    store = tmp_path / "store"
    copy_of(built_store, store)
    before = StoreFolder(store).current().data_version
    tables = write_own_tables(tmp_path / "tables")
    spoil(tables, name, old, new)
    done = subprocess.run(
        command("build", "--tables", tables, "--store", store), capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert f"error: tables/{file}" in done.stderr
    assert clue in done.stderr
    assert "what to do:" in done.stderr
    assert StoreFolder(store).current().data_version == before
    assert not list(store.glob("building-*"))


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"id\x00", b'id,label\n"' + b"x" * 10_000_000])
def test_files_that_are_no_tables(content: bytes, tmp_path: Path) -> None:
    tables = write_own_tables(tmp_path / "tables")
    (tables / "plan" / "targets.csv").write_bytes(content)
    done = subprocess.run(
        command("build", "--tables", tables, "--store", tmp_path / "store"),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "targets.csv" in done.stderr
    assert not (tmp_path / "store" / "CURRENT").exists()


def test_number_of_steps_at_which_a_build_is_killed() -> None:
    assert len(STEPS) == 8


def test_a_build_killed_at_any_step_leaves_a_whole_graph(built_store: Path, tmp_path: Path) -> None:
    """Killed at every step, one build after the other on one store: each sweeps what the one before left, and nothing else
    than what was built is there; so the last, which is not killed, finds after each what it would find after none."""
    store = tmp_path / "store"
    copy_of(built_store, store)
    whole, before = content(store), StoreFolder(store).current().data_version
    tables = write_own_tables(tmp_path / "tables")
    left: set[Path] = set()
    for step in STEPS:
        with subprocess.Popen(
            command("build", "--tables", tables, "--store", store), stderr=subprocess.PIPE, encoding="utf-8"
        ) as process:
            assert process.stderr is not None
            seen = any(line.strip().startswith(step) for line in process.stderr)
            process.send_signal(signal.SIGKILL)
        assert seen, f"the build never said {step!r}"
        now = set(store.glob("building-*"))
        assert not left & now, f"what was left of the build killed before {step!r} was not swept"
        left = now
        # Publishing may have got through before the signal did; then the new graph is whole.
        changed = StoreFolder(store).current().data_version != before
        assert step == "publishing" or (not changed and content(store) == whole), step
        assert frameworks(store) == {"gfc", "beyond2020"} | ({FRAMEWORK} if changed else set())
        assert open_store(store).ask("ASK { ?target a tg:Target }")
    assert len(STEPS) == 8
    build([tables], store)
    assert frameworks(store) == {"gfc", "beyond2020", FRAMEWORK}
    assert not list(store.glob("building-*")), "what the killed build left was not swept"


def test_a_second_build_at_the_same_time_is_told_to_wait(built_store: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    copy_of(built_store, store)
    with subprocess.Popen(command("build", "--store", store), stderr=subprocess.PIPE, encoding="utf-8") as first:
        assert first.stderr is not None
        first.stderr.readline()
        os.kill(first.pid, signal.SIGSTOP)
        second = subprocess.run(command("build", "--store", store), capture_output=True, encoding="utf-8", check=False)
        os.kill(first.pid, signal.SIGCONT)
        first.stderr.read()
    assert first.wait(60) == 0
    assert second.returncode == 2
    assert "what to do:" in second.stderr


def test_an_unwritable_store_is_an_error_and_not_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file where a folder should be")
    done = subprocess.run(
        command("build", "--store", tmp_path / "store"), capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
