"""The file of acceptances under the hands of several people."""

from __future__ import annotations

import csv
import multiprocessing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from targetgraph.errors import InputError
from targetgraph.reading import read_collection
from targetgraph.reading.acceptance_file import ABSENT, AcceptanceFile, EditConflict

GAP = "https://w3id.org/targetgraph/gfc/gap/no-deadline/C1"
OTHER = "https://w3id.org/targetgraph/gfc/gap/no-deadline/E4"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_an_acceptance_is_what_a_build_reads(tmp_path: Path) -> None:
    AcceptanceFile(tmp_path).accept(GAP, "agreed, as it is", "Committee", "2026-11-25")
    read = read_collection([tmp_path]).acceptances
    assert [(a.gap, a.reason, a.accepted_by, a.date) for a in read] == [
        ("gfc/gap/no-deadline/C1", "agreed, as it is", "Committee", "2026-11-25")
    ]
    assert [p.name for p in tmp_path.iterdir() if not p.name.startswith(".")] == ["acceptances.csv"]


def test_every_other_byte_stays(tmp_path: Path) -> None:
    path = tmp_path / "acceptances.csv"
    before = '\ufeffreason,gap\r\n"two\r\nlines, quoted",gfc/gap/no-deadline/E4\r\nplain,gfc/gap/no-end-state/B4\r\n'
    path.write_bytes(before.encode())
    file = AcceptanceFile(tmp_path)
    file.accept(GAP, "new")
    assert path.read_bytes() == (before + "new,gfc/gap/no-deadline/C1\r\n").encode()
    file.withdraw(GAP, seen=file.read()[GAP].seen)
    assert path.read_bytes() == before.encode()
    file.accept(OTHER, "other words", seen=file.read()[OTHER].seen)
    assert path.read_bytes().decode() == before.replace('"two\r\nlines, quoted"', "other words")


def test_a_column_that_is_lacking_is_added(tmp_path: Path) -> None:
    path = tmp_path / "acceptances.csv"
    path.write_text("gap,reason\ngfc/gap/no-deadline/E4,old\n")
    file = AcceptanceFile(tmp_path)
    file.accept(GAP, "new", accepted_by="Ana")
    file.accept(OTHER, "older", accepted_by="Bo", seen=file.read()[OTHER].seen)
    assert {r["gap"][-2:]: (r["reason"], r["accepted_by"]) for r in rows(path)} == {
        "C1": ("new", "Ana"),
        "E4": ("older", "Bo"),
    }


def test_an_edit_of_what_has_changed_is_refused_and_nothing_is_lost(tmp_path: Path) -> None:
    file = AcceptanceFile(tmp_path)
    file.accept(GAP, "first")
    with pytest.raises(EditConflict, match="it now says: first") as refused:
        file.accept(GAP, "second")
    assert refused.value.now is not None
    seen = file.read()[GAP].seen
    file.accept(GAP, "third", seen=seen)
    with pytest.raises(EditConflict):
        file.withdraw(GAP, seen=seen)
    assert file.read()[GAP].acceptance.reason == "third"
    file.withdraw(GAP, seen=file.read()[GAP].seen)
    with pytest.raises(EditConflict, match="taken out"):
        file.accept(GAP, "fourth", seen=seen)


@pytest.mark.parametrize(
    ("reason", "complaint"),
    [("", "empty"), ("=cmd|' /C calc'!A0", "formula"), ("a\0b", "control character"), ("x" * 40_000, "characters")],
)
def test_what_a_table_cannot_hold_is_refused(tmp_path: Path, reason: str, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        AcceptanceFile(tmp_path).accept(GAP, reason)
    assert not (tmp_path / "acceptances.csv").exists()


@pytest.mark.parametrize(
    "content",
    ["gap;reason\n", "gap,reason\ngfc/gap/a/b,x\ngfc/gap/a/b,y\n", "gap,reason\n=1+1,x\n", 'gap,reason\n"a,b\n'],
)
def test_a_file_with_mistakes_is_left_alone(tmp_path: Path, content: str) -> None:
    path = tmp_path / "acceptances.csv"
    path.write_text(content)
    with pytest.raises(InputError):
        AcceptanceFile(tmp_path).accept(GAP, "x")
    assert path.read_text() == content


def _accept_many(folder: Path, writer: int) -> None:
    for number in range(15):
        AcceptanceFile(folder).accept(f"{GAP}/{writer}/{number}", f"{writer}, {number}", seen=ABSENT)


def test_edits_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_accept_many, args=(tmp_path, w)) for w in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [w.exitcode for w in writers] == [0, 0, 0]
    kept = {(r["gap"].rpartition("C1/")[2], r["reason"]) for r in rows(tmp_path / "acceptances.csv")}
    assert kept == {(f"{w}/{n}", f"{w}, {n}") for w in range(3) for n in range(15)}


def test_an_editor_without_a_lock_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody saves the file from a spreadsheet between our reading and our renaming."""
    path, file = tmp_path / "acceptances.csv", AcceptanceFile(tmp_path)
    file.accept(OTHER, "from before")
    written = Path.chmod
    saved: list[int] = []

    def chmod(self: Path, mode: int) -> None:
        if not saved:
            saved.append(path.write_text("gap,reason\ngfc/gap/no-deadline/E4,from the spreadsheet\n"))
        written(self, mode)

    monkeypatch.setattr(Path, "chmod", chmod)
    file.accept(GAP, "from the browser")
    assert {r["reason"] for r in rows(path)} == {"from the spreadsheet", "from the browser"}


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), min_size=1, max_size=40)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("abcd"), st.booleans(), TEXT), max_size=12))
def test_any_sequence_of_edits_ends_in_what_a_dictionary_says(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, bool, str]]
) -> None:
    file = AcceptanceFile(tmp_path_factory.mktemp("edits"))
    expected: dict[str, str] = {}
    for letter, accepts, words in edits:
        gap = GAP + "/" + letter
        entry = file.read().get(gap)
        seen = entry.seen if entry else ABSENT
        if accepts:
            reason = f'for {letter}: {words}, "and" so on'
            file.accept(gap, reason, seen=seen)
            expected[gap] = reason
        elif entry:
            file.withdraw(gap, seen=seen)
            del expected[gap]
    assert {g: " ".join(e.acceptance.reason.split()) for g, e in file.read().items()} == {
        g: " ".join(r.split()) for g, r in expected.items()
    }
