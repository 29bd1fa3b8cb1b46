"""``targetgraph query`` on a small graph of its own; the command runs as a process, as users run it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import Dataset, Graph

from targetgraph import resources
from targetgraph.library import Library
from tests.library.engines import rows_of
from tests.once import once
from tests.store.builds import build

BASE = "https://w3id.org/targetgraph/"
TG = BASE + "ontology#"
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
NQUADS = "".join(
    f"<{BASE}{framework}> {_TYPE} <{TG}Framework> <urn:g> .\n"
    + "".join(
        f"<{BASE}{framework}/target/{code}> {_TYPE} <{TG}Target> <urn:g> .\n"
        f"<{BASE}{framework}/target/{code}> <{TG}inFramework> <{BASE}{framework}> <urn:g> .\n"
        f'<{BASE}{framework}/target/{code}> {_LABEL} "=label, of {code}"@en <urn:g> .\n'
        for code in codes
    )
    for framework, codes in {"gfc": ("A1", "A2", "B1"), "plan": ("A1",)}.items()
)
QUESTION = """\
# summary: Targets of a framework
# question: Which targets has it?
# param: framework iri(tg:Framework) = gfc -- the framework
# column: target -- the target
# column: label -- its name
# tags: targets
SELECT ?target ?label { ?target tg:inFramework ?framework ; rdfs:label ?label } ORDER BY ?target
"""
PLAIN = "SELECT ?target ?label { ?target a tg:Target ; rdfs:label ?label } ORDER BY ?target"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        build(folder / "store", NQUADS)

    return once(tmp_path_factory, "query-store", make) / "store"


def run(*arguments: str, cwd: Path, text: str | None = None) -> subprocess.CompletedProcess[bytes]:
    environment = {k: v for k, v in os.environ.items() if k != "TARGETGRAPH_STORE"}
    return subprocess.run(
        [sys.executable, "-m", "targetgraph", "query", *arguments],
        cwd=cwd,
        input=None if text is None else text.encode(),
        stdin=subprocess.DEVNULL if text is None else None,
        capture_output=True,
        env={**environment, "PYTHONUTF8": "1"},
        check=False,
    )


def ok(done: subprocess.CompletedProcess[bytes]) -> str:
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    return done.stdout.decode()


def refused(done: subprocess.CompletedProcess[bytes]) -> str:
    assert done.returncode == 2, (done.stdout, done.stderr)
    said = done.stderr.decode()
    assert "Traceback" not in said
    assert done.stdout == b""
    return said


@pytest.fixture
def question(tmp_path: Path) -> Path:
    path = tmp_path / "question.rq"
    path.write_text(QUESTION, encoding="utf-8")
    return path


def targets(document: str) -> list[str]:
    return [row[0].removeprefix(BASE) for row in list(csv.reader(io.StringIO(document, newline="")))[1:]]


def test_a_file_with_a_parameter(store: Path, question: Path, tmp_path: Path) -> None:
    common = (str(question), "--store", str(store), "--format", "csv")
    assert targets(ok(run(*common, cwd=tmp_path))) == ["gfc/target/A1", "gfc/target/A2", "gfc/target/B1"]
    for value in ("plan", f"<{BASE}plan>", f"{BASE}plan", "tgr:plan"):
        assert targets(ok(run(*common, "--param", f"framework={value}", cwd=tmp_path))) == ["plan/target/A1"]


@pytest.mark.parametrize("way", ["-", None, "file"])
def test_standard_input_and_files_without_header(store: Path, tmp_path: Path, way: str | None) -> None:
    (tmp_path / "plain.rq").write_text(PLAIN)
    arguments = ["--store", str(store), "-f", "json"]
    if way is not None:
        arguments.insert(0, "plain.rq" if way == "file" else way)
    document = json.loads(ok(run(*arguments, cwd=tmp_path, text=PLAIN if way != "file" else None)))
    dataset = Dataset(default_union=True)
    dataset.parse(data=NQUADS, format="nquads")
    dataset.bind("tg", TG)
    expected = [(str(row[0]), str(row[1])) for row in rows_of(dataset, PLAIN)]
    assert len(expected) == 4
    found = [(b["target"]["value"], b["label"]["value"]) for b in document["results"]["bindings"]]
    assert found == expected


def test_formats(store: Path, tmp_path: Path) -> None:
    def ask(form: str, text: str = PLAIN) -> str:
        return ok(run("-", "--store", str(store), "--format", form, cwd=tmp_path, text=text))

    assert ask("table").splitlines()[2].split("  ")[0].strip() == "gfc:A1"
    assert ask("tsv").splitlines()[1] == f'<{BASE}gfc/target/A1>\t"=label, of A1"@en'
    assert ask("markdown").splitlines()[1] == "| --- | --- |"
    assert ask("csv").splitlines()[1] == f'{BASE}gfc/target/A1,"=label, of A1"'
    safe = ok(run("-", "--store", str(store), "-f", "csv", "--safe", cwd=tmp_path, text=PLAIN))
    assert safe.splitlines()[1] == f'{BASE}gfc/target/A1,"\'=label, of A1"'
    construct = "CONSTRUCT { ?f tg:has ?t } WHERE { ?t tg:inFramework ?f }"
    plain = Graph().parse(data=ask("ntriples", construct), format="nt")
    assert len(plain) == 4
    for form, name in (("turtle", "turtle"), ("jsonld", "json-ld"), ("rdfxml", "xml")):
        assert set(Graph().parse(data=ask(form, construct), format=name)) == set(plain)
    assert ok(run("-", "--store", str(store), cwd=tmp_path, text=construct)) == ask("turtle", construct)
    assert ok(run("-", "--store", str(store), cwd=tmp_path, text="ASK { ?t a tg:Target }")) == "yes\n"


def test_rows_cut_off_are_mentioned(store: Path, tmp_path: Path) -> None:
    done = run("-", "--store", str(store), "-f", "csv", "--limit-rows", "2", cwd=tmp_path, text=PLAIN)
    assert done.returncode == 0
    assert len(targets(done.stdout.decode())) == 2
    assert "cut off after 2 rows" in done.stderr.decode()
    assert (
        len(targets(ok(run("-", "--store", str(store), "-f", "csv", "--limit-rows", "0", cwd=tmp_path, text=PLAIN))))
        == 4
    )


def test_a_query_that_takes_too_long_is_stopped(store: Path, tmp_path: Path) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { " + " . ".join(f"?a{i} ?b{i} ?c{i}" for i in range(9)) + " }"
    said = refused(run("-", "--store", str(store), "--limit-seconds", "0.5", cwd=tmp_path, text=endless))
    assert "stopped after 0.5 seconds" in said and "what to do:" in said


def test_output_to_a_file(store: Path, tmp_path: Path) -> None:
    target = tmp_path / "answer.csv"
    target.write_text("old")
    common = ("-", "--store", str(store), "-f", "csv", "--output", str(target))
    refused(run(*common, cwd=tmp_path, text="SELECT nonsense"))
    assert target.read_text() == "old"
    assert ok(run(*common, cwd=tmp_path, text=PLAIN)) == ""
    assert len(targets(target.read_bytes().decode())) == 4
    assert [p.name for p in tmp_path.iterdir()] == ["answer.csv"]
    said = refused(run(*common[:-1], str(tmp_path / "no" / "where.csv"), cwd=tmp_path, text=PLAIN))
    assert "cannot be written" in said


def test_show_is_self_contained(store: Path, question: Path, tmp_path: Path) -> None:
    shown = ok(run(str(question), "--show", "--store", str(store), "-p", "framework=plan", cwd=tmp_path))
    dataset = Dataset(default_union=True)
    dataset.parse(data=NQUADS, format="nquads")
    assert [str(row[0]) for row in rows_of(dataset, shown)] == [BASE + "plan/target/A1"]
    # a full IRI needs no graph to be looked up in
    alone = ok(run(str(question), "--show", "-p", f"framework={BASE}plan", cwd=tmp_path))
    assert alone == shown
    assert ok(run("-", "--show", cwd=tmp_path, text="ASK { ?s a tg:Target }")).startswith(f"PREFIX tg: <{TG}>\nASK")


def test_list_needs_no_graph(tmp_path: Path) -> None:
    library = Library()
    listing = ok(run("--list", cwd=tmp_path))
    assert len(library) == len(list(resources.queries().glob("*/*.rq"))) > 0
    own = {"derivation", "description", "extraction"}  # what the package asks for itself is shown on request only
    lines = listing.splitlines()
    for entry in library:
        shown = any(line.split()[:1] == [entry.short_name] and entry.summary in line for line in lines)
        assert shown == (entry.theme not in own), entry.name
    themes = [line for line in lines if line and not line.startswith((" ", "What is asked"))]
    assert themes == [theme for theme in library.themes if theme not in own]
    theme = library.themes[0]
    only = ok(run("--list", "--theme", theme, cwd=tmp_path)).splitlines()
    assert only[0] == theme
    assert len(only) == 1 + len(library.in_theme(theme))


MISTAKES = [
    (["no-such-question"], None, "there is no query called 'no-such-question'"),
    (["none.rq"], None, "cannot be read"),
    (["question.rq", "-p", "framewrok=gfc"], None, "did you mean 'framework'"),
    (["question.rq", "-p", "framework=nothing"], None, "nothing here is called 'nothing'"),
    (["question.rq", "-p", "framework"], None, "NAME=VALUE"),
    (["question.rq", "-p", "framework=gfc", "-p", "framework=gfc"], None, "twice"),
    (["question.rq", "-f", "turtle"], None, "choose --format table"),
    (["question.rq", "-f", "xlsx"], None, "xlsx"),
    (["question.rq", "--limit-seconds", "0"], None, "limit-seconds"),
    (["-", "-p", "x=y"], PLAIN, "declares no parameters"),
    (["-"], "SELECT ?x {", "line 1, column 12"),
    (["-"], "", "not a query"),
    (["-"], "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "none of the graphs"),
    (["-"], "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE is refused"),
    (["-"], "LOAD <file:///etc/passwd>", "LOAD changes data"),
    (["--list", "--theme", "nothing"], None, "there is no theme"),
]


def test_every_mistake_is_there() -> None:
    assert len(MISTAKES) == 16


@pytest.mark.parametrize(
    ("arguments", "text", "said"), MISTAKES, ids=[" ".join(m[0]) + str(m[1] or "")[:20] for m in MISTAKES]
)
def test_mistakes(
    store: Path, question: Path, tmp_path: Path, arguments: list[str], text: str | None, said: str
) -> None:
    assert said in refused(run(*arguments, "--store", str(store), cwd=tmp_path, text=text))


def test_without_a_graph(question: Path, tmp_path: Path) -> None:
    said = refused(run(str(question), cwd=tmp_path))
    assert "no graph has been built here" in said
    assert "targetgraph build" in said


def test_bytes_that_are_no_text(store: Path, tmp_path: Path) -> None:
    (tmp_path / "latin.rq").write_bytes(b"SELECT * { ?s ?p '\xe9' }")
    assert "UTF-8" in refused(run("latin.rq", "--store", str(store), cwd=tmp_path))


def test_no_heavy_library_is_loaded(store: Path, question: Path, tmp_path: Path) -> None:
    script = f"""
import sys
from targetgraph.cli import main
try:
    main(["query", {str(question)!r}, "--store", {str(store)!r}])
finally:
    heavy = {{"rdflib", "oxrdflib", "numpy", "scipy", "networkx", "pyvis", "pyshacl", "jinja2"}}
    print("heavy:", sorted(heavy & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "heavy: []", done.stderr
    assert "gfc:A1" in done.stdout
