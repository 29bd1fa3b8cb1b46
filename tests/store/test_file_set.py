"""Files written together: a rename that fails, and a process killed at every rename, leave the folder as it was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from targetgraph.errors import TargetGraphError
from targetgraph.store.file_set import JOURNAL, one_writer, unfinished, write_together

OLD = {"a.csv": b"old a", "sub/b.csv": b"old b"}
NEW = {"a.csv": b"new a", "sub/b.csv": b"new b", "sub/c.csv": b"new c"}


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for inside, data in OLD.items():
        (tmp_path / "f" / inside).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "f" / inside).write_bytes(data)
    return tmp_path / "f"


def test_all_are_written_and_nothing_is_left_beside(folder: Path) -> None:
    with one_writer(folder):
        write_together(folder, NEW)
    assert contents(folder) == NEW


def test_a_rename_that_fails_takes_the_others_back(folder: Path) -> None:
    # No file can be renamed over a folder that holds something; the two before it have been renamed by then.
    (folder / "sub" / "c.csv").mkdir()
    (folder / "sub" / "c.csv" / "kept").write_bytes(b"x")
    with one_writer(folder), pytest.raises(TargetGraphError, match="cannot be written"):
        write_together(folder, NEW)
    assert contents(folder) == {**OLD, "sub/c.csv/kept": b"x"}


_KILLED = """
import os, sys
from pathlib import Path
from targetgraph.store.file_set import one_writer, write_together
from tests.store.test_file_set import NEW

left = int(sys.argv[2])
def hook(event, arguments):
    global left
    if event == "os.rename":
        left -= 1
        if left < 0:
            os._exit(9)
sys.addaudithook(hook)
with one_writer(Path(sys.argv[1])):
    write_together(Path(sys.argv[1]), NEW)
"""


def test_killed_before_any_rename_the_next_writer_puts_back(folder: Path) -> None:
    interrupted = 0
    for renames in range(4):  # of the journal, and of three files
        done = subprocess.run([sys.executable, "-c", _KILLED, str(folder), str(renames)], check=False)
        assert done.returncode == 9
        interrupted += unfinished(folder)
        with one_writer(folder):
            assert {k: v for k, v in contents(folder).items() if not Path(k).name.startswith(".")} == OLD
    assert interrupted == 3
    assert not unfinished(folder)
    with one_writer(folder):
        write_together(folder, NEW)
    assert contents(folder) == NEW


def test_two_writers_do_not_meet(folder: Path) -> None:
    with one_writer(folder), pytest.raises(TargetGraphError, match="another import"), one_writer(folder):
        pass


def test_a_journal_of_somebody_else_is_told(folder: Path) -> None:
    (folder / JOURNAL).write_bytes(b"{")
    with pytest.raises(TargetGraphError, match="no journal of ours"), one_writer(folder):
        pass
