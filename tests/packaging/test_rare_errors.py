"""Errors that no other test brings about, each in the situation that leads to it."""

from __future__ import annotations

import fcntl
import itertools
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from targetgraph import cli, iris
from targetgraph.analysis.scenarios import Scenario
from targetgraph.errors import InputError, QueryError, StoreError, TargetGraphError
from targetgraph.pipeline.document_reading import accept_review
from targetgraph.publish.changes.recording import record_changes
from targetgraph.reading import acceptance_file
from targetgraph.reading.acceptance_file import AcceptanceFile
from targetgraph.store import EmbeddedStore, Limits, StoreFolder, find
from tests.api.small import nquads, small_store
from tests.once import once
from tests.own_tables import write_own_tables


def remedy(error: TargetGraphError) -> str:
    return error.problems[0].remedy


@pytest.mark.parametrize("name", ["rows", "bytes", "memory_bytes", "time_seconds"])
def test_a_limit_that_is_none(name: str) -> None:
    with pytest.raises(QueryError, match=f"the limit {name} is 0") as caught:
        Limits(**{name: 0})
    assert remedy(caught.value) == "give a positive number, or none at all"


def test_a_code_that_two_things_have() -> None:
    one, other = "a/target/N1", "b/target/N1"
    things = (f"{one} a tg:Target", f'{one} tg:notation "N1"', f"{other} a tg:Target", f'{other} tg:notation "N1"')
    lines = nquads(*things).replace(f"{iris.ONTOLOGY}#notation", "http://www.w3.org/2004/02/skos/core#notation")
    with EmbeddedStore.in_memory(lines) as store, pytest.raises(QueryError, match="can mean several things") as caught:
        find(store, "N1", "")
    assert one in str(caught.value) and other in str(caught.value)
    assert remedy(caught.value) == "write one of these instead"


def test_an_export_in_the_place_of_a_file(built_store: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    command = [
        sys.executable,
        "-m",
        "targetgraph",
        "export",
        "all",
        "--store",
        str(built_store),
        "-o",
        str(tmp_path / "out"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, (tmp_path / "out").read_text()) == (2, "mine")
    assert "this is a file" in done.stderr and "name of a folder" in done.stderr


def test_a_port_that_somebody_has(built_store: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [
            sys.executable,
            "-m",
            "targetgraph",
            "serve",
            "--store",
            str(built_store),
            "--port",
            port,
            "--no-prepare",
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert "the server cannot listen there" in done.stderr and "give another --port" in done.stderr


def test_a_record_of_changes_that_cannot_be_made(tmp_path: Path) -> None:
    """A file lies where its folder belongs."""
    version = small_store(tmp_path / "store")
    import shutil

    shutil.rmtree(tmp_path / "store" / "changes")
    (tmp_path / "store" / "changes").write_text("mine")
    with pytest.raises(StoreError, match="what changed cannot be recorded") as caught:
        record_changes(StoreFolder(tmp_path / "store"))
    assert remedy(caught.value) == "check the space and the rights"
    assert StoreFolder(tmp_path / "store").current().path == version.path


def test_acceptances_that_somebody_writes_all_the_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acceptance_file, "_PATIENCE_SECONDS", 0.2)
    with (tmp_path / ".acceptances.lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(InputError, match="the acceptances are being written by somebody else") as caught:
            AcceptanceFile(tmp_path).accept("https://w3id.org/targetgraph/gfc/gap/no-deadline/C1", "because")
    assert remedy(caught.value) == "try again"
    assert not (tmp_path / "acceptances.csv").exists()


@pytest.fixture(scope="session")
def own_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a plan that has nothing to do with gfc, and two sectors of one name."""

    def build(folder: Path) -> None:
        tables = write_own_tables(folder / "tables")
        rows = "".join(f"{name},,,no,Glass,recalled\n" for name in ("glassware", "glass-trade"))
        (tables / "sectors.csv").write_text(f"id,kind,broader,umbrella,label_en,status\n{rows}")
        command = [sys.executable, "-m", "targetgraph", "build", "-q", "--tables", str(tables), "--store"]
        done = subprocess.run([*command, str(folder / "store")], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    return once(tmp_path_factory, "store-of-rare-errors", build) / "store"


_FORBIDDEN = ("--kind", "empty-column", "--dimension", "sectors", "--forbid", "*:sectors:water")


@pytest.mark.parametrize(
    ("arguments", "words", "what_to_do"),
    [
        (
            ("compare", "plan", "gfc"),
            "no target of plan has to do with one of gfc",
            "record what became of the targets",
        ),
        (("simulate", "--add", "A1:sectors:Glass"), "2 concepts are called 'Glass'", "give the IRI of one"),
        (("close", "--exact", "--seconds", "0.01"), "the solver found no closing set within 0.01 s", "--greedy"),
        (("close", *_FORBIDDEN), "this gap cannot be closed by the links that are allowed", "allow one of them"),
    ],
)
def test_commands_that_cannot_answer(
    arguments: tuple[str, ...], words: str, what_to_do: str, own_store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([*arguments, "--store", str(own_store)])
    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (2, "")
    assert words in said.err and what_to_do in said.err.partition("what to do: ")[2]


def test_tables_that_somebody_writes_while_a_review_is_imported(tmp_path: Path) -> None:
    """An editor saves a table of the folder again and again: the import notices, and writes nothing over it."""
    export, into = tmp_path / "review", tmp_path / "plan"
    (tmp_path / "draft.md").write_text(
        "# Draft\n\nTarget 1. By 2030, Governments shall end the use of lead in paint.\n"
    )
    cli.group.main(
        ["read", str(tmp_path / "draft.md"), "--framework", "mine", "-o", str(export)],
        "targetgraph",
        standalone_mode=False,
    )
    (export / "review-targets.csv").write_text(
        (export / "review-targets.csv").read_text(encoding="utf-8-sig").replace("\n1,,", "\n1,accept,"),
        encoding="utf-8",
    )
    into.mkdir()
    over = threading.Event()

    def edit() -> None:
        for number in itertools.count():
            saved = tmp_path / "saved.csv"
            saved.write_text(f"id,kind,broader,umbrella,label_en,status\nglass,,,no,Glass {number},recalled\n")
            saved.replace(into / "sectors.csv")
            if over.wait(0.005):
                return

    editor = threading.Thread(target=edit)
    editor.start()
    try:
        with pytest.raises(TargetGraphError, match="changed while the review was being imported") as caught:
            accept_review(export, into)
    finally:
        over.set()
        editor.join()
    assert remedy(caught.value) == "run the command again"


@pytest.mark.parametrize("text", ["brackets=kept,deleted", "without="])
def test_a_part_of_a_scenario_without_its_value(text: str) -> None:
    with pytest.raises(TargetGraphError, match=r"the part '.*' needs (one|a) value") as caught:
        Scenario.parse(text)
    assert "leave the part out" in remedy(caught.value)
