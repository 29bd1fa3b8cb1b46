"""Reasoners: against the derivation queries, the gap engine, the shapes, and each other."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SH, Dataset, Graph, Literal, URIRef

from targetgraph.analysis.gaps import gap_report
from targetgraph.modelling import ontology
from targetgraph.namespaces import TG
from targetgraph.pipeline import open_coded_graph
from targetgraph.pipeline.reasoning_run import Conclusions, as_graph, as_nquads, members, reason, statements_of
from targetgraph.reasoning import INFERRED, clashes, rules
from targetgraph.reasoning.axioms import theory
from targetgraph.reasoning.description_logic import first_inconsistent
from targetgraph.reasoning.justification import justification
from targetgraph.store import StoreFolder
from tests.components import need

GFC = "https://w3id.org/targetgraph/gfc/target/"
WASTE = URIRef("https://w3id.org/targetgraph/scheme/stage/waste")
MISTAKE = (WASTE, RDF.type, URIRef(TG.Sector))
PLAIN = (
    TG.atStage, TG.inSector, TG.measuredBy, TG.onIssue, TG.towardsSdg, TG.dependsOn, TG.namesSector, TG.namesStage,
    TG.mentionsActor, TG.impliedActor, TG.responsibleActor, TG.became,
)  # fmt: skip


@pytest.fixture(scope="module")
def graph(built_store: Path) -> Graph:
    return as_graph(statements_of(built_store)[0])


@pytest.fixture(scope="module")
def by_rules(graph: Graph) -> Conclusions:
    """What the OWL 2 RL rules conclude from the whole graph: once for all tests."""
    return reason(set(graph), "0123456789abcdef", "rl")


def test_property_chains_derive_what_the_queries_derive(built_store: Path, graph: Graph, by_rules: Conclusions) -> None:
    """Twelve plain properties, by OWL 2 RL rules over the chains, and by the CONSTRUCT queries of a build."""
    lines = StoreFolder(built_store).current().dataset.read_text(encoding="utf-8").splitlines()
    derived = Graph()
    derived.parse(
        data="\n".join(line.replace(f" <{INFERRED}> .", " .") for line in lines if INFERRED in line), format="nt"
    )
    assert by_rules.consistent
    counted = 0
    for name in PLAIN:
        by_query = set(derived.subject_objects(URIRef(name)))
        by_chain = {(s, o) for s, p, o in by_rules.inferred if p == URIRef(name)}
        assert (None, URIRef(name), None) not in graph, "what is asserted would count for neither"
        assert by_chain == by_query, name
        counted += len(by_query)
    assert counted > 500


def test_cardinalities_of_ontology_and_shapes_are_the_same() -> None:
    shapes, model = ontology.read("shapes/data.ttl"), ontology.read("targetgraph.ttl")
    by_shapes = set()
    for shape, kind in shapes.subject_objects(SH.targetClass):
        for part in shapes.objects(shape, SH.property):
            prop = shapes.value(part, SH.path)
            if str(prop).startswith(TG.NAMESPACE) and shapes.value(part, SH.severity) in (None, SH.Violation):
                for bound, word in ((SH.minCount, "least"), (SH.maxCount, "most")):
                    if (number := shapes.value(part, bound)) is not None:
                        by_shapes.add((kind, prop, word, int(str(number))))
    by_axioms = set()
    for kind, node in model.subject_objects(RDFS.subClassOf):
        prop = model.value(node, OWL.onProperty)
        for bound, words in (
            (OWL.cardinality, ("least", "most")),
            (OWL.minCardinality, ("least",)),
            (OWL.maxCardinality, ("most",)),
        ):
            if (number := model.value(node, bound)) is not None:
                by_axioms |= {(kind, prop, word, int(str(number))) for word in words}
    assert by_axioms == by_shapes
    assert len(by_shapes) > 80


def test_a_planted_contradiction_is_explained_by_axioms_none_of_which_can_go(graph: Graph) -> None:
    """A life-cycle stage is no sector. HermiT's verdict, and a smallest set of axioms that is enough for it."""
    need("java")
    whole = theory(ontology.read("targetgraph.ttl"), [*graph, MISTAKE])

    def by_rules(axioms):
        return bool(clashes.contradictions(whole, rules.materialise(whole, axioms)))

    terms = {s for s, _, _ in whole.declarations}
    found = justification(whole.axioms, by_rules, [WASTE], terms)
    assert found is not None
    assert 3 <= len(found) <= 4
    assert MISTAKE in {(a.subject, a.prop, a.value) for a in found}
    # One run of Java: without any one of them HermiT finds no contradiction, and with all of them it does.
    sets = [[a for a in found if a is not left_out] for left_out in found]
    assert first_inconsistent([whole.ntriples(axioms) for axioms in (*sets, found)]) == len(found)


def test_the_command_tells_a_contradiction_in_sentences(built_store: Path, tmp_path: Path) -> None:
    mistake = tmp_path / "mistake.ttl"
    mistake.write_text(f"<{WASTE}> a <{TG.Sector}> .", encoding="utf-8")
    done = run("--store", str(built_store), "--engine", "rl", "--with", str(mistake), "-q")
    assert done.returncode == 1, done.stderr
    assert "inconsistent: these cannot all be true" in done.stdout
    assert "- No “sector” is “life-cycle stage”." in done.stdout
    assert "- scheme/stage/waste is “sector”." in done.stdout


def test_without_java_one_line_and_the_way_without(built_store: Path, tmp_path: Path) -> None:
    done = run("--store", str(built_store), "-q", path=str(tmp_path))
    assert done.returncode == 2
    assert "need Java" in done.stderr
    assert "--engine rl" in done.stderr
    assert "Traceback" not in done.stderr


def run(*arguments: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": path} if path else dict(os.environ)
    command = [sys.executable, "-m", "targetgraph", "reason", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env=environment)


def named_somewhere(graph: Graph, kind: str) -> set[str]:
    """Targets of which the text names something of a kind, in words that stand outside brackets."""
    found = set()
    for link in graph.subjects(RDF.type, URIRef(kind)):
        passages = set(graph.objects(link, URIRef(TG.restsOn)))
        bracketed = any((p, RDF.type, URIRef(TG.BracketedPassage)) in graph for p in passages)
        if (link, URIRef(TG.basis), URIRef(TG.NamedInText)) in graph and not bracketed:
            found |= {str(t).removeprefix(GFC) for t in graph.objects(link, URIRef(TG.linkSubject))}
    return found


def test_the_reasoner_and_the_gap_engine_agree(built_store: Path, graph: Graph) -> None:
    """Eight targets of every kind: what HermiT concludes from definitions is what the gap engine counts."""
    need("java")
    asked = ["A1", "A4", "B1", "B4", "C1", "D6", "E2", "A3"]
    found = members(graph, [URIRef(GFC + name) for name in asked], "hermit")
    told = {kind.rpartition("#")[2]: {t.removeprefix(GFC) for t in things} for kind, things in found.items()}
    gaps = gap_report(open_coded_graph(built_store), "gfc").gaps

    def rows(kind: str, dimension: str) -> set[str]:
        mine = {g.subject.rpartition("/")[2] for g in gaps if g.kind == kind and g.dimension == dimension}
        return mine & set(asked)

    orphans = rows("implied-only-row", "actors") | rows("empty-row", "actors") | rows("contingent-row", "actors")
    assert told["OrphanTarget"] == orphans
    assert told["EverybodysTarget"] == rows("umbrella-only-row", "actors")
    single = [g for g in gaps if g.kind == "single-actor" and "makes Governments alone" in g.sentence]
    assert told["GovernmentsOnlyTarget"] == {g.subject.rpartition("/")[2] for g in single} & set(asked)
    # An umbrella row may rest on a catch-all that is merely implied: then the text names nothing. Which rows those are, the
    # links themselves say, by a loop.
    for name, dimension, kind in (
        ("SectorlessTarget", "sectors", TG.SectorLink),
        ("StagelessTarget", "stages", TG.StageLink),
    ):
        silent = rows("implied-only-row", dimension) | rows("empty-row", dimension) | rows("contingent-row", dimension)
        assert silent <= told[name] <= silent | rows("umbrella-only-row", dimension)
        assert told[name] == set(asked) - named_somewhere(graph, kind)
    assert all(told[name] for name in told)
    assert sum(map(len, told.values())) >= 15


def test_what_is_inferred_stands_in_a_graph_of_its_own_that_says_who_inferred_it(
    graph: Graph, by_rules: Conclusions
) -> None:
    found = by_rules
    dataset = Dataset()
    dataset.parse(data=as_nquads(found, "rl", "2026-11-25T00:00:00+00:00"), format="nquads")
    name = URIRef("https://w3id.org/targetgraph/graph/inferred/rl")
    assert {g.identifier for g in dataset.graphs() if len(g)} == {name}
    own = dataset.graph(name)
    assert str(own.value(name, URIRef(TG.method))).startswith("OWL 2 RL by reasonable ")
    assert own.value(name, URIRef(TG.dataVersion)) == Literal("0123456789abcdef")
    assert not {t for t in own if t in graph}
    assert {t for t in own if t[0] != name} == set(found.inferred)
    about = {"type", "method", "dataVersion", "generatedAtTime", "description", "conformsTo", "wasDerivedFrom"}
    said = [str(p).replace("#", "/").rpartition("/")[2] for _, p, _ in own.triples((name, None, None))]
    assert len(said) == 7 and set(said) == about
