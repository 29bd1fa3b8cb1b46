"""Mistakes that the interface and the commands tell: what, where, and what to do, in these words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import targetgraph as tg
from targetgraph.cli import group

Told = tuple[Callable[[tg.Graph], object], str, str, str]
"""What somebody does; the message; the place, or empty; the beginning of the remedy."""

NAMED = "CONSTRUCT or DESCRIBE"
CASES: dict[str, Told] = {
    "minimum of a matrix": (
        lambda g: g.framework("gfc").coverage("targets", "stages", 0), "the minimum is below 1", "",
        "ask for at least one link",
    ),
    "minimum of robustness": (
        lambda g: g.framework("gfc").robustness(0), "the minimum is below 1", "", "ask for at least one link",
    ),
    "minimum of an explanation": (
        lambda g: g.framework("gfc").explain("A4", "waste", minimum=-1), "the minimum is below 0", "",
        "ask for at least one link",
    ),
    "part of a scenario": (
        lambda g: g.framework("gfc").simulate("weather=fine"), "a scenario has no part 'weather'",
        "scenario 'weather=fine'", "use without, ",
    ),
    "part without a value": (
        lambda g: g.framework("gfc").simulate("without="), "the part 'without' needs a value", "scenario 'without='",
        "write without=VALUE, or leave the part out",
    ),
    "part with two values": (
        lambda g: g.framework("gfc").simulate("umbrella=dropped,covering"), "the part 'umbrella' needs one value",
        "scenario 'umbrella=dropped,covering'", "write umbrella=VALUE, or leave the part out",
    ),
    "confidence": (
        lambda g: g.framework("gfc").simulate("min-confidence=high"), "'high' is no confidence", "",
        "give a number such as 0.7",
    ),
    "added and taken away": (
        lambda g: g.framework("gfc").simulate(add="A1:stages:waste", without="waste"),
        "the scenario adds the link A1:stages:waste and takes all links to waste away, narrower ones too", "",
        "drop one of the two",
    ),
    "forbidden link": (
        lambda g: g.framework("gfc").close_gaps(forbid="A1"),
        "a forbidden link is written TARGET:DIMENSION:CONCEPT, not 'A1'", "--forbid", "write for example A1:stages:",
    ),
    "draws": (
        lambda g: g.framework("gfc").surprise(draws=10**6, thinning=1000), "cells would take too long", "",
        "take at most --draws ",
    ),
    "compared with itself": (
        lambda g: g.framework("gfc").compare("gfc"), "gfc is compared with itself", "",
        "name another framework, or a scenario such as 'brackets=deleted'",
    ),
    "triples of an ASK": (
        lambda g: g.sparql("ASK {}").to_rdflib(), "a ASK answers with no triples", "", f"ask with {NAMED}",
    ),
    "network of a SELECT": (
        lambda g: g.sparql("SELECT * {}").to_networkx(), "a SELECT answers with no triples", "", f"ask with {NAMED}",
    ),
    "a value of a cell": (
        lambda g: g.framework("gfc").coverage("targets", "stages").to_pandas("colour"),  # type: ignore[arg-type]
        "a cell has no 'colour'", "", "ask for 'state', 'symbol' or 'count'",
    ),
    "a row of a matrix": (
        lambda g: g.framework("gfc").coverage("targets", "stages")["A44", "waste"], "the matrix has no row 'A44'", "",
        "did you mean",
    ),
    "tables and a dataset": (
        lambda g: tg.build("tables", dataset="d.nq"), "a dataset and tables exclude each other", "d.nq",
        "leave one of them out",
    ),
    "shapes of tables": (
        lambda g: tg.build(shapes=True), "shapes, derive and full go with a dataset", "",
        "leave them out, or give a dataset",
    ),
    "a missing parameter": (
        lambda g: g.query("fact-sheet"), "the parameter 'target' has to be given", "",
        "add --param target=VALUE, for example target=",
    ),
    "a value that is no name": (
        lambda g: g.query("targets-naming-only", actor="skos:a b"), "'skos:a b' does not fit", "parameter actor",
        "write a prefixed name",
    ),
    "an update": (
        lambda g: g.sparql("INSERT DATA { <a:b> <a:b> <a:b> }"),
        "line 1, column 1: INSERT changes data; the graph can only be read here", "",
        "change the tables and run `targetgraph build`",
    ),
    "a long query": (
        lambda g: g.sparql("SELECT * {} #" + "x" * 2_000_000), "the query has 2,000,013 characters", "", "at most ",
    ),
    "a limit": (
        lambda g: g.sparql("SELECT * {}", limit_rows=-1), "the limit rows is -1", "", "give a positive number, or none",
    ),
    "a sign that is none": (
        lambda g: g.sparql("SELECT * {\n  ?a ?b ¤ }"), "line 2, column 9: no SPARQL can start with '¤' here", "",
        "remove it; characters outside strings",
    ),
    "a string without an end": (
        lambda g: g.sparql("SELECT * { ?a ?b 'c }"), "line 1, column 18: a string starts here and does not end", "",
        "close the quotation mark",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_where_and_what_to_do(case: str, graph: tg.Graph) -> None:
    done, message, place, remedy = CASES[case]
    with pytest.raises(tg.TargetGraphError) as caught:
        done(graph)
    (problem,) = caught.value.problems
    assert message in problem.what
    assert place in str(problem.where) and bool(place) <= bool(str(problem.where))
    assert problem.remedy.startswith(remedy)


def test_number_of_messages() -> None:
    assert len(CASES) == 24


FILES: dict[str, tuple[str, bytes, str, str]] = {
    "a query without a header": (
        "q.rq",
        b"SELECT * {}",
        "the file has no header, and hence no parameters",
        "ask its text",
    ),
    "a query in another encoding": (
        "q.rq",
        b"SELECT * { ?a ?b '\xe9' }",
        "the query is not UTF-8 text",
        "save it as UTF-8",
    ),
}


@pytest.mark.parametrize("case", FILES)
def test_files_of_queries(case: str, graph: tg.Graph, tmp_path: Path) -> None:
    name, content, message, remedy = FILES[case]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(tg.QueryError) as caught:
        graph.query(tmp_path / name)
    (problem,) = caught.value.problems
    assert (problem.what, str(problem.where)) == (message, str(tmp_path / name))
    assert problem.remedy.startswith(remedy)


def _refused(*arguments: str, given: bytes = b"") -> tg.TargetGraphError:
    done = CliRunner().invoke(group, list(arguments), input=given)
    assert isinstance(done.exception, tg.TargetGraphError), (done.output, done.exception)
    return done.exception


def test_commands(built_store: Path, tmp_path: Path) -> None:
    store = ("--store", str(built_store))
    (problem,) = _refused("query", "-", *store, given=b"SELECT * { ?a ?b '\xe9' }").problems
    assert (problem.what, str(problem.where)) == ("the query is not UTF-8 text", "standard input")
    (tmp_path / "file").write_text("in the way")
    (problem,) = _refused("view", "map", *store, "-o", str(tmp_path / "file" / "map.html")).problems
    assert problem.what.startswith("the folder cannot be made: ") and problem.remedy == "give another --output"
    (problem,) = _refused("site", *store, "-o", str(tmp_path / "file")).problems
    assert problem.what == "there is something else than a folder at this place"
    (problem,) = _refused("export", "all", *store, "-o", str(tmp_path / "file")).problems
    assert (problem.what, problem.remedy) == ("this is a file", "give --output the name of a folder")
    assert (tmp_path / "file").read_text() == "in the way" and len(list(tmp_path.iterdir())) == 1
