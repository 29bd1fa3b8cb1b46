from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from targetgraph.errors import LimitExceeded, QueryError, StoreError
from targetgraph.store import EmbeddedStore, Limits, Solutions, Statements, load_folder
from targetgraph.store.worker import CAN_FORK
from tests.store.builds import build, statements

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n0 ?o }"
WAYS = ["fork", "spawn"] if CAN_FORK else ["spawn"]


@pytest.fixture(params=WAYS)
def store(request: pytest.FixtureRequest) -> EmbeddedStore:
    return EmbeddedStore.in_memory(statements(2000), fork=request.param == "fork")


def children() -> set[str]:
    """Processes whose parent we are (Linux)."""
    tasks = Path(f"/proc/{os.getpid()}/task")
    return {c for task in tasks.iterdir() for c in (task / "children").read_text().split()}


def test_an_endless_query_is_stopped(store: EmbeddedStore) -> None:
    before = children() if sys.platform == "linux" else set()
    with pytest.raises(LimitExceeded, match=r"stopped after 0\.7 seconds") as caught:
        store.query(ENDLESS, Limits(time_seconds=0.7))
    assert "--limit-seconds" in caught.value.problems[0].remedy
    if sys.platform == "linux":
        assert children() == before, "the worker is still there"
    assert store.ask("ASK { <urn:s1> ?p ?o }")


def test_an_endless_query_that_sends_rows_is_stopped_too(store: EmbeddedStore) -> None:
    with pytest.raises(LimitExceeded):
        store.query("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", Limits(time_seconds=1, rows=None, bytes=None))


def test_an_answer_that_is_too_large_is_refused(store: EmbeddedStore) -> None:
    with pytest.raises(LimitExceeded, match="larger than 10,000 bytes"):
        store.query("SELECT * { ?a ?b ?c }", Limits(bytes=10_000))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory can be bounded on Linux only")
def test_a_query_that_eats_memory_is_stopped(store: EmbeddedStore) -> None:
    limits = Limits(time_seconds=120, memory_bytes=64 * 2**20)
    with pytest.raises(LimitExceeded, match="memory"):
        store.query("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a", limits)


def test_rows_are_cut_and_it_is_said(store: EmbeddedStore) -> None:
    cut = store.query("SELECT ?a { ?a ?b ?c }", Limits(rows=7))
    assert isinstance(cut, Solutions)
    assert (len(cut), cut.truncated) == (7, True)
    whole = store.query("SELECT ?a { ?a ?b ?c } LIMIT 7", Limits(rows=7))
    assert isinstance(whole, Solutions)
    assert (len(whole), whole.truncated) == (7, False)
    triples = store.query("CONSTRUCT WHERE { ?a ?b ?c }", Limits(rows=300))
    assert isinstance(triples, Statements)
    assert (len(triples), triples.truncated) == (300, True)


def test_all_rows_without_a_row_limit(store: EmbeddedStore) -> None:
    answer = store.select("SELECT ?a { ?a ?b ?c }", Limits(rows=None))
    assert len({row[0] for row in answer.rows}) == 2000
    assert not answer.truncated


def test_both_ways_and_the_trusted_way_agree(tmp_path: Path) -> None:
    folder = build(tmp_path / "store", statements(50)).oxigraph
    text = "SELECT ?a ?c { ?a ?b ?c } ORDER BY ?a"
    answers = [EmbeddedStore.open(folder, fork=way == "fork").query(text) for way in WAYS]
    answers.append(EmbeddedStore.open(folder).query(text, limits=None))
    assert all(a == answers[0] for a in answers)
    assert isinstance(answers[0], Solutions)
    assert len(answers[0]) == 50


@pytest.mark.skipif(not CAN_FORK, reason="there is no fork here")
def test_many_queries_leave_nothing_behind() -> None:
    store = EmbeddedStore.in_memory(statements(20))
    open_before = len(list(Path("/dev/fd").iterdir()))
    for _ in range(200):
        assert len(store.select("SELECT ?a { ?a ?b ?c }")) == 20
    with pytest.raises(QueryError):
        store.query("SELECT")
    assert len(list(Path("/dev/fd").iterdir())) == open_before


def test_a_program_with_many_open_files_may_ask(store: EmbeddedStore) -> None:
    resource = pytest.importorskip(
        "resource", reason="open files are bounded by the module resource, which is not here"
    )
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 1_200:
        pytest.skip(f"this process may not open more than {hard} files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 1_200), hard))
    held: list[int] = []
    try:
        while not held or held[-1] < 1_030:  # select() takes no number above 1,023
            held.append(os.open(os.devnull, os.O_RDONLY))
        assert len(store.select("SELECT ?a { ?a ?b ?c } LIMIT 20")) == 20
    finally:
        for descriptor in held:
            os.close(descriptor)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.skipif(not CAN_FORK, reason="there is no fork here")
def test_a_worker_ends_on_time_although_its_parent_was_killed() -> None:
    script = f"""
import sys
from targetgraph.store import EmbeddedStore, Limits
from tests.store.builds import statements
from targetgraph.store import worker
send = worker._send
def tell(*arguments):
    import os
    os.write(said, str(os.getpid()).encode() + b"\\n")
    send(*arguments)
worker._send = tell
import os
said = os.dup(1)
EmbeddedStore.in_memory(statements(2000)).query({ENDLESS!r}, Limits(time_seconds=1.5))
"""
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root), str(root / "graph")])}
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, env=environment)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    # the pipe ends when its last holder, the orphaned worker, does
    assert parent.stdout.read() == b""
    parent.stdout.close()
    for _ in range(100):
        try:
            if Path(f"/proc/{worker}/stat").read_text().split(")")[1].split()[0] == "Z":
                break
        except FileNotFoundError:
            break
        time.sleep(0.05)
    else:
        pytest.fail("the worker is still there")


REFUSED = [
    ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE is refused"),
    ("select * { service silent <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE is refused"),
    ("SELECT * { { SELECT ?s { SERVICE ?x { ?s ?p ?o } } } }", "SERVICE is refused"),
    ("SELECT * { ?s ?p ?a FILTER(?a<1)SERVICE:x#>\n{ ?x ?y ?z } }", "less than"),
    ("SELECT * { ?s ?p ?a FILTER(?a<'x>')SERVICE <http://x/> { ?x ?y ?z } #'\n }", "less than"),
    ("SELECT * { \\u0053ERVICE <http://x/> { ?s ?p ?o } }", "no SPARQL can start"),
    ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "none of the graphs"),
    ("SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }", "none of the graphs"),
    ("SELECT * FROM <urn:g0> FROM <https://example.org/x.ttl> { ?s ?p ?o }", "none of the graphs"),
    ("SELECT * FROM tg:nothing { ?s ?p ?o }", "none of the graphs"),
    ("DESCRIBE <urn:s1> FROM <file:///etc/passwd>", "none of the graphs"),
    ("BASE <file:///etc/> SELECT * FROM <passwd> { ?s ?p ?o }", "none of the graphs"),
    ("SELECT * FROM", "FROM needs a graph"),
    ("LOAD <file:///etc/passwd>", "LOAD changes data"),
    ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "INSERT changes data"),
    ("PREFIX : <urn:> DELETE WHERE { ?s ?p ?o }", "DELETE changes data"),
    ("DROP ALL", "DROP changes data"),
    ("", "not a query"),
    ("SELECT * { ?s nope:p ?o }", "'nope:' is not declared"),
    ("SELECT * { ?s ?p \"o }", "a string starts here"),
    ("ASK {}" + " " * 1_000_000, "1,000,006 characters"),
]  # fmt: skip


def test_every_refusal_is_there() -> None:
    assert len(REFUSED) == 21


@pytest.mark.parametrize(("text", "said"), REFUSED, ids=[r[0][:50] for r in REFUSED])
@pytest.mark.parametrize("limits", [Limits(), None], ids=["worker", "trusted"])
def test_what_is_refused(text: str, said: str, limits: Limits | None) -> None:
    store = EmbeddedStore.in_memory(statements(10))
    with pytest.raises(QueryError, match=said) as caught:
        store.query(text, limits)
    assert caught.value.problems[0].remedy


@pytest.mark.parametrize(
    "text",
    [
        'SELECT * { ?s ?p "SERVICE <http://x/> {" }',
        "SELECT * { ?s <urn:SERVICE> ?o } # SERVICE <http://x/> {}",
        "SELECT ?service { ?service ?from ?load }",
        "PREFIX service: <urn:> SELECT * { ?s service:FROM ?o }",
    ],
)
def test_words_that_only_look_refused(text: str) -> None:
    assert isinstance(EmbeddedStore.in_memory(statements(10)).query(text), Solutions)


def test_from_chooses_among_our_own_graphs() -> None:
    store = EmbeddedStore.in_memory(statements(10))
    count = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"
    assert store.select(count.format("")).values() == [("10",)]
    assert store.select(count.format("FROM <urn:g0>")).values() == [("5",)]
    assert store.select(count.format("FROM <urn:g0> FROM <urn:g1>")).values() == [("10",)]
    named = "SELECT (COUNT(*) AS ?n) FROM NAMED <urn:g1> { GRAPH ?g { ?s ?p ?o } }"
    assert store.select(named).values() == [("5",)]


@pytest.mark.parametrize(
    "prologue_and_graph",
    [
        ("BASE <http://example.org/a/b>", "<graph>"),
        ("BASE <http://example.org/x/> BASE <../a/>", "<graph>"),
        ("PREFIX : <http://example.org/a/>", ":graph"),
        ("BASE <http://example.org/> PREFIX : <a/>", ":graph"),
        ("BASE <urn:x>", "<http://example.org/a/graph>"),
    ],
)
def test_from_is_relative_to_the_base(prologue_and_graph: tuple[str, str]) -> None:
    prologue, graph = prologue_and_graph
    store = EmbeddedStore.in_memory("<urn:s> <urn:p> <urn:o> <http://example.org/a/graph> .\n")
    assert store.ask(f"{prologue} ASK FROM {graph} {{ ?s ?p ?o }}")


SYNTAX = [
    ("SELECT *\n{ ?s ?p }", 2, 9),
    ("SELECT * {\n ?s ?p ", 2, 7),
    ("SELECT ?s { ?s ?p ?o } GRUOP BY ?s", 1, 24),
    ("SELECT * { ?s ?p ?o } FOO", 1, 23),
    ("SELECT * { ?s ?p ?o FILTER(?o > ) }", 1, 33),
    ("SELECT * { ?s ?p <b> }", 1, 18),
    ("SELECT (?s AS ?s) { ?s ?p ?o }", 1, 31),
    ("SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }", 1, 40),
]


@pytest.mark.parametrize(("text", "line", "column"), SYNTAX)
@pytest.mark.parametrize("limits", [Limits(), None], ids=["worker", "trusted"])
def test_syntax_errors_have_line_and_column(text: str, line: int, column: int, limits: Limits | None) -> None:
    with pytest.raises(QueryError) as caught:
        EmbeddedStore.in_memory(statements(1)).query(text, limits)
    error = caught.value
    assert (getattr(error, "line", 0), getattr(error, "column", 0)) == (line, column)
    assert f"line {line}, column {column}" in str(error)
    assert error.problems[0].remedy


@pytest.mark.parametrize("name", ["time_seconds", "rows", "bytes", "memory_bytes"])
def test_limits_are_positive(name: str) -> None:
    with pytest.raises(QueryError, match=name):
        Limits(**{name: 0})


def test_a_function_that_nobody_knows_is_the_query_s_mistake() -> None:
    with pytest.raises(QueryError, match="the query cannot be answered: The custom function <urn:f>") as caught:
        EmbeddedStore.in_memory(statements(1)).query("SELECT (<urn:f>(?s) AS ?x) { ?s ?p ?o }", Limits())
    assert caught.value.problems[0].remedy == "use the functions of SPARQL 1.1"


def test_a_store_whose_files_are_damaged_while_it_is_open(tmp_path: Path) -> None:
    (tmp_path / "data.nq").write_text("".join(f'<urn:s{i}> <urn:p> "{"x" * 99}" .\n' for i in range(5_000)))
    load_folder(tmp_path / "data.nq", tmp_path / "store")
    with EmbeddedStore.open(tmp_path / "store") as store:
        for file in (tmp_path / "store").glob("*.sst"):
            file.write_bytes(bytes(file.stat().st_size))
        with pytest.raises(StoreError, match="the store could not answer: ") as caught:
            store.query("SELECT * { ?s ?p ?o }", Limits())
    assert caught.value.problems[0].remedy == "run `targetgraph build` to make it anew"
