"""Files that are not what they seem, folders laid beside each other, and many mistakes at once."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path

import pytest

from targetgraph import resources
from targetgraph.errors import InputError, Place, Problem
from targetgraph.reading import read_collection
from targetgraph.reading.files import LARGEST_FILE
from tests.reading.folders import Folder
from tests.reading.test_hostile import problems_of


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    return Folder().write(tmp_path / "tables")


def only_problem(folder: Path) -> Problem:
    problems = problems_of(folder)
    assert len(problems) == 1, "\n".join(map(str, problems))
    assert problems[0].remedy
    return problems[0]


def test_symbolic_link(tables: Path) -> None:
    (tables / "sectors.csv").rename(tables / "elsewhere.txt")
    (tables / "sectors.csv").symlink_to(tables / "elsewhere.txt")
    problem = only_problem(tables)
    assert problem.where == Place("sectors.csv")
    assert "this is a symbolic link, not a table" in problem.what


def test_symbolic_link_to_a_framework(tables: Path) -> None:
    (tables / "plan").rename(tables.parent / "plan")
    (tables / "plan").symlink_to(tables.parent / "plan")
    problem = only_problem(tables)
    assert problem.where == Place("plan")
    assert "this is a symbolic link, not the folder" in problem.what


def test_folder_instead_of_file(tables: Path) -> None:
    (tables / "sectors.csv").unlink()
    (tables / "sectors.csv").mkdir()
    problem = only_problem(tables)
    assert problem.where == Place("sectors.csv")
    assert "this is a folder" in problem.what


def test_pipe_instead_of_file(tables: Path) -> None:
    (tables / "sectors.csv").unlink()
    os.mkfifo(tables / "sectors.csv")
    assert "this is a device or pipe, not a table" in only_problem(tables).what


def test_unreadable_file(tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The tests may run as root, whom no permission stops.
    opened = Path.open

    def refuse(path: Path, *args: str, **kwargs: str) -> object:
        if path.name == "sectors.csv":
            raise PermissionError(13, "Permission denied")
        return opened(path, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    problem = only_problem(tables)
    assert problem.where == Place("sectors.csv")
    assert "cannot be read: Permission denied" in problem.what
    assert "make it readable" in problem.remedy


def test_file_too_large_is_not_read(tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.truncate(tables / "sectors.csv", LARGEST_FILE + 1)
    opened: list[str] = []
    original = Path.open

    def watch(path: Path, *args: str, **kwargs: str) -> object:
        opened.append(path.name)
        return original(path, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", watch)
    problem = only_problem(tables)
    assert problem.where == Place("sectors.csv")
    assert "more than the 64 MB" in problem.what
    assert "sectors.csv" not in opened
    assert "stages.csv" in opened


@pytest.mark.parametrize("quote", [b"", b'"'], ids=["bare", "quoted"])
def test_a_cell_of_ten_megabytes_needs_little_memory(tables: Path, quote: bytes) -> None:
    path = tables / "sectors.csv"
    huge = quote + "é€".encode() * 2_000_000 + quote
    path.write_bytes(path.read_bytes().replace(b"Paper", huge))
    tracemalloc.start()
    problem = only_problem(tables)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert problem.where == Place("sectors.csv", 3, "label_en")
    assert "more than the 32,767 a spreadsheet can keep" in problem.what
    assert peak < 100 * 2**20


def test_byte_order_mark_is_welcome(tables: Path) -> None:
    plain = read_collection([tables])
    for path in tables.rglob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    marked = read_collection([tables])
    assert marked.actors == plain.actors
    assert marked.links == plain.links


def test_unix_line_ends_blank_lines_and_stray_files_do_no_harm(tables: Path) -> None:
    plain = read_collection([tables])
    for path in tables.rglob("*.csv"):
        path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n") + b"\n,,,\n\n")
    for name in ("._actors.csv", "~$actors.csv", ".~lock.actors.csv#", "README.md"):
        (tables / name).write_bytes(b"\0\xff")
    (tables / "drafts").mkdir()
    again = read_collection([tables])
    assert again.targets == plain.targets
    assert again.passages == plain.passages


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    folder = Folder()
    folder.put("actors.csv", 2, "umbrella", "perhaps")
    folder.put("plan/targets.csv", 2, "deadline", "203")
    folder.put("plan/links.csv", 3, "concept", "papper")
    folder.put("lineage.csv", 3, "relation", "became")
    folder.put("plan/passages.csv", 2, "quote", "[nowhere]")
    problems = problems_of(folder.write(tmp_path / "tables"))
    assert {(p.where.file, p.where.column) for p in problems} == {
        ("actors.csv", "umbrella"),
        ("plan/targets.csv", "deadline"),
        ("plan/links.csv", "concept"),
        ("lineage.csv", "successor_framework"),
        ("plan/passages.csv", "quote"),
    }


def test_at_most_fifty_problems_and_how_many_more(tmp_path: Path) -> None:
    folder = Folder()
    for number in range(123):
        folder.add("sectors.csv", id=f"s{number}", label_en="x", status="recalled", broader="nowhere")
    problems = problems_of(folder.write(tmp_path / "tables"))
    assert len(problems) == 51
    assert [p.where.row for p in problems[:50]] == list(range(4, 54))
    assert problems[50].what == "and 73 more problems"


def test_a_folder_beside_the_bundled_one(tmp_path: Path) -> None:
    bundled = read_collection([resources.tables()])
    folder = Folder()
    # What the bundled tables have already: the user's goes by other names, or is left out.
    for name in ("sdgs.csv", "sdg_indicators.csv"):
        del folder.grids[name]
    folder.put("stages.csv", 3, "id", "mud")
    folder.put("assessments.csv", 3, "concept", "mud")
    folder.put("plan/targets.csv", 2, "scope_phrase", "mud")
    folder.put("plan/links.csv", 4, "concept", "mud")
    folder.put("plan/links.csv", 2, "concept", "governments")
    folder.put("indicators.csv", 2, "sdg_indicator", "12.4.1")
    both = read_collection([resources.tables(), folder.write(tmp_path / "mine")])
    assert both.actors[: len(bundled.actors)] == bundled.actors
    assert [target.id for target in both.targets if target.framework == "plan"] == ["T1", "T2", "T3"]
    assert [t for t in both.targets if t.framework != "plan"] == list(bundled.targets)
    mine = [table.name for table in both.tables if table.name.startswith("mine/")]
    assert "mine/actors.csv" in mine and "mine/plan/targets.csv" in mine
    assert len({table.name for table in both.tables}) == len(both.tables)
    [link] = [link for link in both.links if link.framework == "plan" and link.kind == "actor"]
    assert link.concept == "governments"
    assert link.place == Place("mine/plan/links.csv", 2)


def test_identifiers_of_two_folders_must_differ(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "sectors.csv").write_text("id,broader,label_en,status\nwater,,Water,recalled\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_collection([resources.tables(), mine])
    [problem] = caught.value.problems
    assert problem.where == Place("mine/sectors.csv", 2, "id")
    assert "'water' is given twice; first in sectors.csv, row" in problem.what


def test_a_user_may_add_links_to_a_bundled_framework(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    (mine / "gfc").mkdir(parents=True)
    heading = "target,dimension,concept,role,basis,confidence,status\n"
    (mine / "gfc" / "links.csv").write_text(heading + "A1,actor,women,beneficiary,judged,low,judged\n", "utf-8")
    before = read_collection([resources.tables()])
    after = read_collection([resources.tables(), mine])
    [added] = set(after.links) - set(before.links)
    assert (added.framework, added.subject, added.concept) == ("gfc", "A1", "women")
    assert added.sources == ()


def test_two_folders_of_one_name_are_told_apart(tmp_path: Path) -> None:
    folders = [resources.tables()]
    for number in range(3):
        folder = tmp_path / str(number) / "mine"
        folder.mkdir(parents=True)
        row = f"id,broader,label_en,status\ns{number},,S,recalled\n"
        (folder / "sectors.csv").write_text(row, encoding="utf-8")
        folders.append(folder)
    names = [table.name for table in read_collection(folders).tables]
    assert len(set(names)) == len(names)


def test_labels_in_further_languages(tmp_path: Path) -> None:
    folder = Folder()
    heading, *rows = folder.grids["sectors.csv"]
    heading.append("label_pt-BR")
    for row in rows:
        row.append("")
    folder.put("sectors.csv", 3, "label_pt-BR", "Papel")
    paper = read_collection([folder.write(tmp_path / "tables")]).sectors[1]
    assert paper.labels == {"en": "Paper", "pt-BR": "Papel"}


def test_dimensions_are_checked_when_they_are_known(tables: Path) -> None:
    read_collection([tables], dimensions=("sectors", "stages"))
    with pytest.raises(InputError) as caught:
        read_collection([tables], dimensions=("sectors", "stage-cells"))
    [problem] = caught.value.problems
    assert problem.where == Place("assessments.csv", 3, "dimension")
    assert "no dimension 'stages'" in problem.what


def test_folders_that_are_not_there(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "empty").mkdir()
    cases = {"nowhere": "no such folder", "file": "not a folder", "empty": "holds no tables"}
    for name, what in cases.items():
        problem = only_problem(tmp_path / name)
        assert what in problem.what
        assert name in problem.where.file
    with pytest.raises(InputError, match="no folder of tables is given"):
        read_collection([])


def test_row_of_a_record_after_cells_of_many_lines(tables: Path) -> None:
    path = tables / "plan" / "wordings.csv"
    long = '"' + "line\r\n" * 40 + '"'
    path.write_text(f"target,language,document,text\nT1,en,act,{long}\nT2,en,nowhere,\n", encoding="utf-8", newline="")
    (tables / "plan" / "passages.csv").unlink()
    (tables / "plan" / "links.csv").unlink()
    assert only_problem(tables).where == Place("plan/wordings.csv", 2 + 41, "document")


def test_cells_that_look_odd_and_are_right(tmp_path: Path) -> None:
    folder = Folder()
    folder.put("plan/targets.csv", 2, "note", "-5")
    folder.put("plan/targets.csv", 3, "note", "+3.2 ")
    # A Kelvin sign, which Unicode says is the letter K, in an identifier; in text it stays what it is.
    folder.add("plan/targets.csv", id="\u212a1", status="adopted", label="300 \u212a", summary="  kept ",
               verification="recalled", confidence="low")  # fmt: skip
    folder.put("lineage.csv", 3, "note", "and nobody missed it")
    folder.put("plan/wordings.csv", 4, "text", "aaaa")
    folder.put("plan/passages.csv", 4, "quote", "aa")
    folder.put("plan/passages.csv", 4, "occurrence", "2")
    read = read_collection([folder.write(tmp_path / "tables")])
    assert [target.note for target in read.targets[:2]] == ["-5", "+3.2 "]
    assert (read.targets[3].id, read.targets[3].label, read.targets[3].summary) == (
        "K1",
        "300 \u212a",
        "  kept ",
    )
    assert read.lineage[1].rationale == "nobody asked; and nobody missed it"
    assert (read.passages[2].start, read.passages[2].end) == (1, 3)
