"""What was published to a service is answered there as by the embedded store: every query, every column, every report."""

from __future__ import annotations

import filecmp
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from targetgraph.cli import main
from targetgraph.errors import QueryError, TargetGraphError
from targetgraph.library import Library, Question
from targetgraph.pipeline import open_coded_graph, open_history
from targetgraph.store import Limits, RemoteCache, RemoteStore, Solutions, StoreFolder, Truth, resolver
from tests.queries.engines import INTERNAL, Answer, Engines, examples, library_questions, plain
from tests.queries.test_engines import OTHERWISE
from tests.remote.services import FOREIGN, Service, foreign_is_whole

SERVICES = ("oxigraph_service", "virtuoso_service")
Cases = list[tuple[Question, dict[str, str]]]
_NO_LIMIT = Limits(120.0, None, None, None)


@pytest.fixture(scope="module", params=SERVICES)
def service(request: pytest.FixtureRequest) -> Service:
    found: Service = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def store(service: Service) -> Iterator[RemoteStore]:
    with RemoteStore.open(service.address) as opened:
        yield opened


@pytest.fixture(scope="module")
def embedded(built_store: Path) -> Engines:
    version = StoreFolder(built_store).current()
    return Engines((version.dataset.read_bytes()) + (version.path / "gaps.nq").read_bytes())


def _answer(store: RemoteStore, text: str) -> Answer:
    result = store.query(text, _NO_LIMIT)
    if isinstance(result, Truth):
        return [(("truth", str(result.value)),)]
    if isinstance(result, Solutions):
        return [tuple(map(plain, row)) for row in result.rows]
    return sorted((tuple(map(plain, (t.subject, t.predicate, t.object))) for t in result), key=repr)


def _differences(store: RemoteStore, embedded: Engines, cases: Cases) -> list[str]:
    found = []
    for question, values in cases:
        text = question.text({**examples(question), **values}, embedded.resolve)
        ours = embedded.of_oxigraph(text)
        try:
            theirs = _answer(store, text)
        except TargetGraphError as error:
            found.append(f"{question.name} {values}: {error}"[:300])
            continue
        if question.form == "CONSTRUCT":  # a set; blank nodes count as one
            ours, theirs = (sorted(set(rows), key=repr) for rows in (ours, theirs))
        if Counter(ours) != Counter(theirs):
            only = [list((Counter(a) - Counter(b)).items())[:1] for a, b in ((ours, theirs), (theirs, ours))]
            found.append(
                f"{question.name} {values}: {len(ours)} rows here, {len(theirs)} there; only here, there: {only}"
            )
        elif "ORDER BY" in text and ours != theirs and question.theme not in INTERNAL:
            found.append(f"{question.name} {values}: the same rows in another order")
    return found


def test_every_question_of_the_library(store: RemoteStore, embedded: Engines) -> None:
    cases: Cases = [(q, {}) for q in library_questions()]
    assert len(cases) >= 100
    assert _differences(store, embedded, cases) == []


def test_questions_with_other_values(store: RemoteStore, embedded: Engines) -> None:
    library = Library()
    cases = [(library.find(name), values) for name, values in OTHERWISE]
    assert len(cases) == 25
    assert _differences(store, embedded, cases) == []


def test_what_a_build_asks(store: RemoteStore, embedded: Engines) -> None:
    cases: Cases = [(q, {}) for q in Library() if q.theme in ("derivation", "extraction") and not _has_placeholder(q)]
    assert len(cases) >= 30
    assert _differences(store, embedded, cases) == []


def _has_placeholder(question: Question) -> bool:
    """Whether declared paths have to be put in first: those are asked by the extraction below."""
    return any(name in question.content for name in ("tg:onlyWhere ?", "tg:rollUp ?", "tg:evidenceFilter ?accepted"))


def test_coded_columns_are_the_same_bytes(service: Service, built_store: Path) -> None:
    open_coded_graph(service.address)
    with RemoteStore.open(service.address) as store:
        fetched = RemoteCache(service.address).kept(store.publication.identity)
    assert fetched is not None
    version = StoreFolder(built_store).current()
    names = [p.relative_to(version.arrays) for p in version.arrays.rglob("*") if p.is_file()]
    assert len(names) > 100
    assert {p.relative_to(fetched / "arrays") for p in (fetched / "arrays").rglob("*") if p.is_file()} == set(names)
    differing = [n for n in names if not filecmp.cmp(version.arrays / n, fetched / "arrays" / n, shallow=False)]
    assert differing == []
    assert open_history(service.address) == open_history(built_store)


@pytest.mark.parametrize(
    "command",
    [
        ["gaps", "--format", "json"],
        ["gaps", "--framework", "all", "--format", "json"],
        ["gaps", "--status", "closed"],
        ["coverage", "targets", "stages", "--format", "json"],
        ["structure", "--format", "json"],
        ["explain", "A1", "waste", "--dimension", "stages", "--format", "json"],
        ["simulate", "brackets=deleted", "--framework", "beyond2020", "--format", "json"],
        ["compare", "beyond2020", "gfc", "--format", "json"],
        ["query", "gaps/none-such"],
        ["query", "who-must-act", "-p", "actor=companies", "--format", "csv"],
        ["query", "target-as-graph", "-p", "target=gfc/A1"],
    ],
    ids=" ".join,
)
def test_commands_print_the_same(
    command: list[str], service: Service, built_store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = []
    for place in (str(built_store), service.url):
        with pytest.raises(SystemExit) as ended:
            main([*command, "--store", place])
        out = capsys.readouterr()
        printed.append((ended.value.code, out.out, out.err))
    assert printed[0] == printed[1]
    assert printed[0][1] or printed[0][0] == 2


def test_pages_are_the_same(service: Service, built_store: Path, tmp_path: Path) -> None:
    for place, name in ((str(built_store), "a"), (service.url, "b")):
        with pytest.raises(SystemExit):
            main(["view", "all", "--store", place, "--output", str(tmp_path / name)])
    pages = sorted(p.name for p in (tmp_path / "a").iterdir())
    assert len(pages) == 3
    assert filecmp.cmpfiles(tmp_path / "a", tmp_path / "b", pages, shallow=False)[0] == pages


def test_other_peoples_graphs_stay_out(store: RemoteStore, service: Service) -> None:
    z9 = "<https://w3id.org/targetgraph/gfc/target/Z9>"
    assert store.count(FOREIGN) > 0
    # Rows and not ASK: of a graph outside the dataset Virtuoso makes one row of nothing where it counts or says yes.
    for text in (
        f"SELECT * {{ {z9} ?p ?o }}",
        f"SELECT * {{ GRAPH ?g {{ {z9} ?p ?o }} }}",
        f"SELECT * {{ GRAPH <{FOREIGN}> {{ ?s ?p ?o }} }}",
        "PREFIX x: <https://example.org/> SELECT * { GRAPH x:other-peoples-graph { ?s ?p ?o } }",
        "BASE <https://example.org/> SELECT * { GRAPH <other-peoples-graph> { ?s ?p ?o } }",
        f"SELECT * {{ VALUES ?g {{ <{FOREIGN}> }} GRAPH ?g {{ ?s ?p ?o }} }}",
        f"SELECT * {{ BIND(<{FOREIGN}> AS ?g) GRAPH ?g {{ ?s ?p ?o }} }}",
        f"SELECT * {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g = <{FOREIGN}>) }}",
        f"SELECT * FROM NAMED <https://w3id.org/targetgraph/graph/sdg> {{ GRAPH <{FOREIGN}> {{ ?s ?p ?o }} }}",
        f"SELECT * FROM <https://w3id.org/targetgraph/graph/sdg> {{ GRAPH ?g {{ {z9} ?p ?o }} }}",
        f"SELECT * FROM NAMED <https://w3id.org/targetgraph/graph/sdg> {{ {z9} ?p ?o }}",
        "SELECT * { GRAPH <https://w3id.org/targetgraph/graph/publication> { ?s ?p ?o } }",
        "SELECT * { ?s <https://w3id.org/targetgraph/ontology#contentHash> ?o . ?s a ?c }",
    ):
        assert store.select(text).rows == (), text
    with pytest.raises(QueryError):
        store.ask(f"ASK FROM <{FOREIGN}> {{ ?s ?p ?o }}")
    names = store.select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert {str(row[0]) for row in names.rows} == set(store.graph_names())
    assert foreign_is_whole(service)


def test_from_means_what_it_says(store: RemoteStore, embedded: Engines) -> None:
    graph = "https://w3id.org/targetgraph/graph/"
    for text in (
        f"SELECT (COUNT(*) AS ?n) FROM <{graph}sdg> FROM <{graph}documents> {{ ?s ?p ?o }}",
        f"SELECT (COUNT(*) AS ?n) FROM NAMED <{graph}sdg> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        f"SELECT (COUNT(*) AS ?n) FROM NAMED <{graph}sdg> {{ ?s ?p ?o }}",
        "SELECT (COUNT(*) AS ?n) FROM graph:sdg FROM NAMED graph:documents { GRAPH ?g { ?s a ?c } }",
        f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}sdg> {{ ?s ?p ?o }} }}",
    ):
        assert _answer(store, text) == embedded.of_oxigraph(text), text


def test_codes_and_limits(store: RemoteStore) -> None:
    assert str(resolver(store)("gfc/A1", "")).endswith("/gfc/target/A1")
    cut = store.select("SELECT ?s ?p ?o WHERE { ?s ?p ?o }", Limits(rows=7))
    assert (len(cut), cut.truncated) == (7, True)
    for text in ("SELECT ?s WHERE { ?s ?p", "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "DROP ALL",
                 "SELECT (<bif:file_to_string>('/etc/passwd') AS ?x) {}"):  # fmt: skip
        with pytest.raises(QueryError):
            store.query(text)
