"""What cannot be is told with its cause, exit code 2 and no traceback, and leaves no store behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph, URIRef

from targetgraph import cli, iris
from targetgraph.modelling import ontology
from targetgraph.namespaces import PREFIXES
from tests.own_tables import write_own_tables

HEAD = "".join(f"PREFIX {p}: <{n}>\n" for p, n in PREFIXES.items()) + "PREFIX ex: <https://example.org/>\n"
OBLIGATION = """
ex:{name} a tg:Obligation ; tg:code "{name}" ; rdfs:label "Every target on waste names a waste actor" ;
    tg:appliesTo tg:Target ; tg:onDimension tg:ActorDimension ; tg:minimum 1 ; tg:severity 0.8 ;
    tg:onlyWhere [ sh:path {path} ; sh:hasValue {value} ] ; tg:because "Whoever handles the waste has to act." .
"""
STATEMENTS = {
    "an obligation that depends on itself": (
        OBLIGATION.format(name="own", path="tg:atStage", value="ex:own"), "'own' depends on itself: own → own"),
    "obligations in a circle": (
        OBLIGATION.format(name="a", path="tg:atStage", value="ex:b")
        + OBLIGATION.format(name="b", path="tg:atStage", value="ex:a"),
        "'a' depends on itself: a → b → a"),
    "an obligation on its own outcome": (
        OBLIGATION.format(name="own", path="( [ sh:inversePath tg:gapSubject ] tg:gapStatus )", value="tg:OpenGap"),
        "'own' depends on its own outcome: its condition asks for <https://w3id.org/targetgraph/ontology#gapSubject>"),
    "a hierarchy in a circle": (
        "".join(f"ex:{one} a tg:Sector ; skos:inScheme <https://w3id.org/targetgraph/scheme/sector> ; skos:broader ex:{other} ;"
                f" skos:notation '{one}' ; skos:prefLabel '{one}'@en ; tg:isUmbrella false ."
                for one, other in ("ab", "ba")),
        "the hierarchy goes round in a circle: https://example.org/a → https://example.org/b → https://example.org/a"),
}  # fmt: skip
TABLES = {
    "targets that need each other": (
        "dependencies.csv", "framework,target,needs,confidence,rationale\nplan,N1,N2,high,so\nplan,N2,N1,high,so\n",
        "row 2, column 'needs': these targets need one another in a circle: N1 → N2 → N1"),
    "a target that needs itself": (
        "dependencies.csv", "framework,target,needs,confidence,rationale\nplan,N1,N1,high,so\n", "is said to need itself"),
}  # fmt: skip


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as ended:
        cli.main(list(arguments))
    said = capsys.readouterr()
    assert ended.value.code == 2
    assert "what to do:" in said.err and "Traceback" not in said.err and not said.out
    return said.err


@pytest.mark.parametrize("case", STATEMENTS)
def test_statements_that_cannot_be(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    turtle, clue = STATEMENTS[case]
    graph = Graph().parse(data=HEAD + turtle, format="turtle")
    name = URIRef(iris.graph("ontology")).n3()
    lines = (f"{s.n3()} {p.n3()} {o.n3()} {name} .\n" for g in (graph, ontology.read()) for s, p, o in g)
    path, store = tmp_path / "spoilt.nq", tmp_path / "store"
    path.write_text("".join(lines), encoding="utf-8")
    assert clue in refused(capsys, "build", "--dataset", str(path), "--store", str(store))
    assert not (store / "CURRENT").exists() and not list(store.glob("building-*"))


@pytest.mark.parametrize("case", TABLES)
def test_tables_that_cannot_be(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, content, clue = TABLES[case]
    tables = write_own_tables(tmp_path / "tables")
    (tables / file).write_text(content, encoding="utf-8")
    said = refused(capsys, "build", "--tables", str(tables), "--store", str(tmp_path / "store"))
    assert clue in said and file in said
    assert not (tmp_path / "store" / "CURRENT").exists()


REQUESTS = [
    (("simulate", "--without", "nobody"), "nothing in the vocabularies is called 'nobody'"),
    (("simulate", "--without", "governments", "--add", "A1:actors:governments"), "takes all links to governments"),
    (("simulate", "--date", "A1=2030", "--date", "A1=none"), "the scenario contradicts itself: 'A1' has two dates"),
    (("close", "--kind", "empty-column", "--forbid", "*:sectors:water"), "forbidden are *:sectors:water"),
    (("close", "--kind", "empty-crossing", "--forbid", "*:sectors:*", "--forbid", "*:stages:*"), "brings together"),
]


@pytest.mark.parametrize(("arguments", "clue"), REQUESTS)
def test_requests_that_cannot_be(
    arguments: tuple[str, ...], clue: str, built_store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert clue in refused(capsys, *arguments, "--store", str(built_store))


def test_number_of_cases() -> None:
    assert (len(STATEMENTS), len(TABLES), len(REQUESTS)) == (4, 2, 5)
