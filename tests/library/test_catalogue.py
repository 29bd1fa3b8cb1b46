from __future__ import annotations

from pathlib import Path

import pytest

from targetgraph.errors import QueryError
from targetgraph.library import Library
from targetgraph.library.prologue import missing_prefixes
from targetgraph.library.tokens import tokenize

FILE = """\
# summary: Targets of a framework
# question: Which targets are there?
# param: framework iri optional -- the framework
# column: target -- the target
# tags: targets

SELECT ?target { ?target a tg:Target ; tg:inFramework ?framework ; skos:notation "dct:x" }
"""


def write(folder: Path, name: str, text: str = FILE) -> None:
    path = folder / f"{name}.rq"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "targets/all-of-them")
    write(tmp_path, "gaps/no-date")
    write(tmp_path, "gaps/no-actor")
    (tmp_path / "README.md").write_text("not a query")
    return tmp_path


def test_names_and_themes(folder: Path) -> None:
    library = Library(folder)
    assert library.names == ("gaps/no-actor", "gaps/no-date", "targets/all-of-them")
    assert library.themes == ("gaps", "targets")
    assert [q.name for q in library.in_theme("gaps")] == ["gaps/no-actor", "gaps/no-date"]
    assert [q.name for q in library] == list(library.names)
    assert len(library) == 3


def test_full_and_short_name(folder: Path) -> None:
    library = Library(folder)
    assert library.find("no-date") == library.find("gaps/no-date")
    assert library.find("no-date").summary == "Targets of a framework"


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [("no-dates", "gaps/no-date"), ("actor", "gaps/no-actor"), ("gap/no-date", "gaps/no-date")],
)
def test_an_unknown_name_brings_the_closest(folder: Path, wrong: str, meant: str) -> None:
    with pytest.raises(QueryError, match=f"did you mean.*{meant}"):
        Library(folder).find(wrong)
    with pytest.raises(QueryError, match="did you mean 'gaps'"):
        Library(folder).in_theme("gap")


def test_a_short_name_is_unique(folder: Path) -> None:
    write(folder, "targets/no-date")
    with pytest.raises(QueryError, match="gaps/no-date and targets/no-date"):
        Library(folder)


def test_a_broken_file_does_not_break_the_others(folder: Path) -> None:
    write(folder, "gaps/broken", "SELECT")
    library = Library(folder)
    assert library.find("no-date").tags == ("targets",)
    with pytest.raises(QueryError, match=r"broken\.rq, row 1"):
        library.find("broken")


def test_a_file_that_is_not_utf8(folder: Path) -> None:
    (folder / "gaps" / "latin.rq").write_bytes(FILE.replace("there", "l\xe0").encode("latin-1"))
    with pytest.raises(QueryError, match="UTF-8"):
        Library(folder).find("latin")


def test_windows_line_ends_and_byte_order_mark(folder: Path) -> None:
    (folder / "gaps" / "dos.rq").write_bytes(b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode())
    question = Library(folder).find("dos")
    assert question.text() == Library(folder).find("no-date").text()


def test_only_used_prefixes_are_declared(folder: Path) -> None:
    question = Library(folder).find("no-date")
    declared = [line.split()[1] for line in question.text().splitlines() if line.startswith("PREFIX")]
    assert declared == ["skos:", "tg:"]
    assert question.text().splitlines()[:5] == FILE.splitlines()[:5]
    assert question.complaints() == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("SELECT ?target", "PREFIX tg: <urn:x>\nSELECT ?target", "PREFIX"),
        ("SELECT ?target {", "SELECT ?target FROM <urn:x> {", "FROM"),
        ("SELECT ?target {", "SELECT ?target { SERVICE <urn:x> {}", "SERVICE"),
        ("SELECT ?target {", "SELECT * {", "SELECT *"),
        ("SELECT ?target {", "SELECT ?target ?framework {", "columns"),
        ("?framework ;", "?other ;", "not used"),
        ("tg:Target", "tgx:Target", "tgx"),
        ("SELECT ?target {", "{", "no SELECT"),
    ],
)
def test_rules_are_checked(folder: Path, old: str, new: str, said: str) -> None:
    write(folder, "gaps/bad", FILE.replace(old, new))
    complaints = Library(folder).find("bad").complaints()
    assert any(said in c for c in complaints), complaints


def test_an_own_declaration_counts() -> None:
    tokens = tokenize("PREFIX ex: <http://e/> PREFIX : <http://f/> ASK { ex:a :b tg:c }")
    assert missing_prefixes(tokens, {"tg": "http://tg/", "ex": "http://other/"}) == {"tg": "http://tg/"}
