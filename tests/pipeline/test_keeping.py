"""What a reasoner inferred, kept in the store: there for whoever names its graph, for nothing else, and never half."""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import DCTERMS, PROV, RDF, VOID, Dataset, Graph, URIRef

import targetgraph as tg
from targetgraph.analysis.gaps import gap_report
from targetgraph.cli import main
from targetgraph.errors import StoreError, TargetGraphError
from targetgraph.library.terms import Literal
from targetgraph.namespaces import PREFIXES, TG
from targetgraph.pipeline.building import build
from targetgraph.pipeline.dataset_building import build_from_dataset
from targetgraph.pipeline.gap_run import GAPS
from targetgraph.pipeline.keeping import forget, keep
from targetgraph.pipeline.opening import open_coded_graph
from targetgraph.pipeline.reasoning_run import Conclusions, reason, statements_of
from targetgraph.publish.catalogue.documents import described
from targetgraph.store import EmbeddedStore, Limits, Result, Statements, StoreFolder, resolver
from targetgraph.store.inferences import KeptInferences
from tests.copies import copy_of
from tests.once import once
from tests.queries.engines import examples, library_questions

RL = "https://w3id.org/targetgraph/graph/inferred/rl"
HERMIT = "https://w3id.org/targetgraph/graph/inferred/hermit"
COUNT = "SELECT (COUNT(*) AS ?n) {{ {} }}"


@pytest.fixture(scope="module")
def found(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Conclusions:
    """What the rules infer from the bundled graph."""

    def make(folder: Path) -> None:
        graph, version = statements_of(built_store)
        (folder / "found").write_bytes(pickle.dumps(reason(graph, version, "rl")))

    made: Conclusions = pickle.loads((once(tmp_path_factory, "inferred-by-rules", make) / "found").read_bytes())
    return made


@pytest.fixture
def store(built_store: Path, tmp_path: Path) -> Path:
    """A store of one's own, with nothing kept."""
    return copy_of(built_store, tmp_path / "store")


@pytest.fixture(scope="module")
def kept(built_store: Path, found: Conclusions, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the inferences of two engines (those of the rules under both names). For reading only."""

    def make(folder: Path) -> None:
        place = copy_of(built_store, folder / "store")
        keep(found, "rl", place, "2026-11-26T10:00:00Z")
        few = Conclusions("HermiT, say", found.version, True, inferred=found.inferred[:3])
        keep(few, "hermit", place)

    return once(tmp_path_factory, "kept-inferences", make) / "store"


def opened(place: Path) -> EmbeddedStore:
    return EmbeddedStore.open(StoreFolder(place).current().oxigraph)


def number(store: EmbeddedStore, pattern: str) -> int:
    (row,) = store.select(COUNT.format(pattern))
    assert isinstance(row["n"], Literal)
    return int(row["n"].value)


def told(answer: Result) -> list[str]:
    """An answer, triples in whatever order."""
    return sorted(map(repr, answer.triples)) if isinstance(answer, Statements) else [repr(answer)]


def content(place: Path) -> dict[str, bytes]:
    """Every file that readers of the data use."""
    version = StoreFolder(place).current()
    files = [p for p in version.path.rglob("*") if p.is_file() and "oxigraph" not in str(p.relative_to(version.path))]
    return {
        str(p.relative_to(version.path)): p.read_bytes()
        for p in files
        if p.name != "manifest.json" and "inferred" not in p.relative_to(version.path).parts
    }


def test_every_answer_of_the_library_stays(built_store: Path, kept: Path) -> None:
    questions = library_questions()
    assert len(questions) > 50
    with opened(built_store) as before, opened(kept) as after:
        assert after.graph_names() == before.graph_names()
        assert len(after) == len(before)
        for question in questions:
            text = question.text(examples(question), resolver(before))
            assert told(after.query(text, None)) == told(before.query(text, None)), question.name
        everything = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
        assert after.query(everything) == before.query(everything)


def test_data_version_coverage_and_gaps_stay(built_store: Path, kept: Path) -> None:
    before, after = StoreFolder(built_store).current(), StoreFolder(kept).current()
    assert after.data_version == before.data_version
    assert after.manifest["created"] == before.manifest["created"]
    assert content(kept) == content(built_store)
    assert any(name.startswith("arrays/") for name in content(kept)) and GAPS in content(kept)
    coded, former = open_coded_graph(kept), open_coded_graph(built_store)
    gaps = gap_report(coded, "gfc").gaps
    assert gaps == gap_report(former, "gfc").gaps and len(gaps) > 50
    states = []
    for place in (built_store, kept):
        with tg.open(place) as graph:
            gfc = graph.framework("gfc")
            states.append([gfc.coverage("targets", columns).to_dicts() for columns in ("actors", "sectors", "stages")])
    assert states[0] == states[1] and len(states[0][0]) > 20


def test_the_graph_holds_what_follows_and_says_from_what(kept: Path, found: Conclusions) -> None:
    """Read by rdflib from the file, and by a query from the store."""
    file = StoreFolder(kept).current().path / "inferred" / "rl.nq"
    dataset = Dataset()
    dataset.parse(file, format="nquads")
    graph = dataset.graph(URIRef(RL))
    assert {t for t in graph if t[0] != URIRef(RL)} == set(found.inferred)
    assert file.read_text() == "".join(sorted(file.read_text().splitlines(keepends=True)))
    with opened(kept) as store:
        rows = store.select(f"SELECT ?p ?o {{ GRAPH <{RL}> {{ <{RL}> ?p ?o }} }}")
        said = {str(row["p"]): row["o"] for row in rows}
        assert number(store, f"GRAPH <{RL}> {{ ?s ?p ?o }}") == len(graph)
        assert number(store, f"GRAPH <{HERMIT}> {{ ?s ?p ?o }}") == 3 + len(said)
    assert len(found.inferred) > 1000
    assert str(said[TG.method]).find("reasonable") > 0
    assert said[TG.dataVersion] == Literal(found.version)
    assert "owl2-profiles" in str(said[str(DCTERMS.conformsTo)])
    assert said[str(PROV.generatedAtTime)] == Literal("2026-11-26T10:00:00Z", str(PREFIXES["xsd"]) + "dateTime")


NAMED = {
    "in brackets": f"SELECT ?g {{ GRAPH <{RL}> {{ ?s ?p ?o }} }}",
    "by a prefix": f"PREFIX i: <{RL[:-2]}> SELECT ?g {{ GRAPH i:rl {{ ?s ?p ?o }} }}",
    "by our prefix": "SELECT ?g { GRAPH tgr:graph\\/inferred\\/rl { ?s ?p ?o } }",
    "relative to a base": f"BASE <{RL}> SELECT ?g {{ GRAPH <rl> {{ ?s ?p ?o }} }}",
    "as a value": f"SELECT ?g {{ VALUES ?g {{ <{RL}> }} GRAPH ?g {{ ?s ?p ?o }} }}",
    "from named": f"SELECT ?g FROM NAMED <{RL}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "from": f"SELECT ?g FROM <{RL}> {{ ?s ?p ?o }}",
}


# Without forking an interpreter of its own is started for each, which takes long.
@pytest.mark.parametrize("how, fork", [*((how, True) for how in NAMED), ("in brackets", False), ("from", False)])
def test_however_it_is_named(kept: Path, how: str, fork: bool) -> None:
    version = StoreFolder(kept).current()
    with EmbeddedStore.open(version.oxigraph, fork) as store:
        answer = store.select(NAMED[how], Limits(rows=None))
    assert len(answer) == version.inferred["rl"]["statements"]


def test_naming_one_graph_shows_no_other(kept: Path) -> None:
    with opened(kept) as store:
        usual = number(store, "?s ?p ?o")
        assert number(store, f"?s ?p ?o MINUS {{ GRAPH <{RL}> {{ <urn:a> <urn:b> <urn:c> }} }}") == usual
        graphs = store.select(f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <{HERMIT}x>) }}")
        assert {str(row["g"]) for row in graphs} == set(store.graph_names())
        graphs = store.select(f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <urn:x> || ?g = <{RL}>) }}")
        assert {str(row["g"]) for row in graphs} == {*store.graph_names(), RL}


def test_a_graph_that_is_not_there_is_refused(built_store: Path) -> None:
    with opened(built_store) as store, pytest.raises(TargetGraphError, match="none of the graphs"):
        store.select(f"SELECT * FROM <{RL}> {{ ?s ?p ?o }}")


def test_forgetting_gives_the_version_back(store: Path, found: Conclusions) -> None:
    former = StoreFolder(store).current().path
    assert forget(store) == ()
    keep(found, "rl", store)
    keep(found, "hermit", store)
    assert forget(store, ["pellet"]) == ()
    assert forget(store, ["rl"]) == ("rl",)
    assert list(StoreFolder(store).current().inferred) == ["hermit"]
    with opened(store) as reader:
        assert reader.inferred_graphs() == (HERMIT,)
    assert forget(store) == ("hermit",)
    version = StoreFolder(store).current()
    assert version.inferred == {} and not (version.path / "inferred").exists()
    assert content(store) == content(former.parent.parent)


def test_the_same_twice_is_kept_once(store: Path, found: Conclusions) -> None:
    first = keep(found, "rl", store, "2026-11-26T10:00:00Z")
    assert keep(found, "rl", store, "2026-11-26T10:00:00Z").path == first.path
    assert keep(found, "rl", store, "2026-11-26T11:00:00Z").path != first.path


def test_nothing_is_kept_for_other_data_or_of_a_contradiction(store: Path, found: Conclusions, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="has changed since"):
        keep(Conclusions(found.engine, "0" * 16, True, inferred=found.inferred), "rl", store)
    with pytest.raises(TargetGraphError, match="contradict each other"):
        keep(Conclusions(found.engine, found.version, False), "rl", store)
    with pytest.raises(StoreError, match="no graph has been built here"):
        keep(found, "rl", tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()
    assert StoreFolder(store).current().inferred == {}


def test_a_build_of_the_same_keeps_it_and_one_of_other_data_drops_it(
    store: Path, tmp_path: Path, found: Conclusions
) -> None:
    place, version = store, found.version
    current = keep(Conclusions(found.engine, version, True, inferred=found.inferred[:5]), "rl", place)
    assert build(store=place).version.path == current.path
    said: list[str] = []
    dataset = tmp_path / "more.nq"
    dataset.write_text(current.dataset.read_text() + "<urn:new> <urn:is> <urn:here> <urn:graph> .\n")
    made = build_from_dataset(dataset, place, said.append).version
    assert made.data_version != version and made.inferred == {}
    with opened(place) as reader:
        assert number(reader, f"GRAPH <{RL}> {{ ?s ?p ?o }}") == 0
    assert [s for s in said if "rl inferred" in s] == [
        "what rl inferred from the former version is not kept with the new: run `targetgraph reason --engine rl --keep`"
    ]
    assert {p.stem for p in (place / "versions").iterdir()} == {version, made.data_version}


def test_killed_at_any_moment_the_store_is_whole(store: Path, found: Conclusions) -> None:
    before, outcomes = StoreFolder(store).current().path.name, set()
    for milliseconds in (1, 20, 60, 120, 200, 300, 3000):
        pid = os.fork()
        if pid == 0:
            try:
                keep(found, "rl", store)
            finally:
                os._exit(0)
        time.sleep(milliseconds / 1000)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        version = StoreFolder(store).current()
        outcomes.add(version.path.name == before)
        with opened(store) as reader:
            there = number(reader, f"GRAPH <{RL}> {{ ?s ?p ?o }}")
        assert there == (version.inferred["rl"]["statements"] if version.inferred else 0)
    assert outcomes == {True, False}, "killed too early or too late each time"
    keep(found, "rl", store)
    assert not list(store.glob("building-*"))


def test_damaged_inferences_are_found(store: Path, found: Conclusions) -> None:
    version = keep(found, "rl", store)
    (version.path / "inferred" / "rl.nq").write_text("")
    with pytest.raises(StoreError, match=r"inferred/rl\.nq has 0 bytes"):
        StoreFolder(store).current()
    inside = next((version.path / "inferred" / "oxigraph").glob("MANIFEST*"))
    inside.write_bytes(b"")
    held = KeptInferences.beside(version.oxigraph)
    assert held is not None
    with pytest.raises(StoreError, match="the inferences kept here cannot be read"):
        _ = held.store


def test_catalogues_tell_of_it_and_count_it_apart(built_store: Path, kept: Path) -> None:
    """The descriptions differ by what is said of the two graphs, and hold to the profile."""
    whole = URIRef("https://w3id.org/targetgraph/dataset")
    for kind, type_ in (("void", "void:Dataset"), ("dcat", "dcat:Dataset")):
        before = described(kind, StoreFolder(built_store).current(), built_store)
        after = described(kind, StoreFolder(kept).current(), kept)
        prefix, _, name = type_.partition(":")
        about = {URIRef(RL), URIRef(HERMIT)}
        new = Graph() + (after - before)
        assert about <= set(new.subjects(RDF.type, URIRef(PREFIXES[prefix] + name)))
        assert about <= set(new.subjects(DCTERMS.source, whole))
        assert not set(new.predicates(whole, None)), "the whole is described otherwise than before"
        if kind == "void":
            counted = {str(o) for o in after.objects(URIRef(RL), VOID.triples)}
            assert counted == {str(StoreFolder(kept).current().inferred["rl"]["statements"])}


@dataclass
class Done:
    """What a command left behind."""

    returncode: object
    stdout: str
    stderr: str


Command = Callable[..., Done]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs ``targetgraph reason`` in this process, in which everything is imported already."""

    def command(*arguments: str) -> Done:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(["reason", *arguments])
        return Done(ended.value.code, *capsys.readouterr())

    return command


def test_by_the_command(store: Path, tmp_path: Path, run: Command) -> None:
    """Kept is what --output writes."""
    file = tmp_path / "inferred.nq"
    done = run("--engine", "rl", "--keep", "--output", str(file), "--store", str(store), "-q")
    assert done.returncode == 0, done.stderr
    version = StoreFolder(store).current()
    lines = file.read_text()
    assert f"kept: {lines.count(chr(10)):,} statements in <{RL}>" in done.stdout
    assert (version.path / "inferred" / "rl.nq").read_text() == lines
    second = ox.Store.read_only(str(version.path / "inferred" / "oxigraph"))
    stored = {str(q) for q in second.quads_for_pattern(None, None, None, ox.NamedNode(RL))}
    assert stored == {str(q) for q in ox.parse(lines, format=ox.RdfFormat.N_QUADS)}
    assert json.loads((version.path / "manifest.json").read_text())["kept_inferences"]["rl"]["graph"] == RL
    assert run("--forget", "--engine", "hermit", "--store", str(store)).stdout == "nothing was kept\n"
    assert run("--forget", "--store", str(store)).stdout == "forgotten: what was inferred by rl\n"
    mistake = tmp_path / "more.ttl"
    mistake.write_text("")
    for wrong, why in (
        (("--keep", "--with", str(mistake)), "from statements outside the store"),
        (("--keep", "--forget"), "one puts in what the other takes out"),
        (("--keep", "--explain", "a", "a", "b"), "an explanation is told and not kept"),
        (("--forget", "--explain", "a", "a", "b"), "an explanation needs nothing"),
        (("--forget", "--with", str(mistake)), "to forget, nothing is read"),
        (("--forget", "--store", "https://example.org/sparql"), "a service keeps no inferences"),
    ):
        refused = run("--store", str(store), *wrong)
        assert refused.returncode == 2 and why in refused.stderr, wrong


@pytest.mark.skipif(sys.platform != "linux", reason="rights that hold for the superuser too are taken by setpriv")
@pytest.mark.parametrize("what", ["lock", "folder"])
def test_a_folder_that_may_not_be_written_is_told_before_reasoning(store: Path, what: str) -> None:
    """Neither keeping nor forgetting nor building there ends in a traceback."""
    if what == "lock":
        (store / "lock").chmod(0o444)
    store.chmod(0o555)
    rights = ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override"] if os.getuid() == 0 else []
    try:
        for command in (["reason", "--engine", "rl", "--keep"], ["build"]):
            call = [*rights, sys.executable, "-m", "targetgraph", *command, "--store", str(store)]
            done = subprocess.run(call, capture_output=True, text=True, check=False)
            assert done.returncode == 2, done.stderr
            assert f"{store}: the store cannot be written: Permission denied\n  what to do: " in done.stderr
            assert "axioms" not in done.stderr and done.stdout == ""
    finally:
        store.chmod(0o755)
