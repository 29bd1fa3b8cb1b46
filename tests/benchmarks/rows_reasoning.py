"""Shapes and OWL 2 RL rules at 10^4 to 10^6 statements, side by side with pySHACL and owlrl.

Left out, because a turn takes too long for a table: owlrl from 10^5 statements on (97 s in a trial); pySHACL, and rules over
rdflib graphs, at 10^6.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rdflib import RDF, Dataset, Graph, URIRef

from targetgraph.checking.engines import by_pyshacl, by_shacl
from targetgraph.modelling import ontology
from targetgraph.pipeline.generating import generate
from targetgraph.reasoning import rules
from targetgraph.reasoning.axioms import theory
from tests.benchmarks.harness import Contender, Workbench, call, row

_ENTITY = URIRef("http://www.w3.org/ns/prov#Entity")


def _registry(bench: Workbench, size: int) -> Path:
    path = bench.folder / f"reasoned-{size}.nq"
    if not path.exists():
        generate(size, 1, path)
    return path


def _merged(path: Path) -> Graph:
    dataset, graph = Dataset(), Graph()
    dataset.parse(path, format="nquads")
    for s, p, o, _ in dataset.quads((None, None, None, None)):
        graph.add((s, p, o))
    return graph


def _shapes(bench: Workbench, size: int, reference: bool) -> Sequence[Contender]:
    path, shapes = _registry(bench, size), ontology.read("shapes/data.ttl")
    ours = call("targetgraph (shacl)", lambda: len(list(by_shacl(path.read_bytes(), shapes))))
    theirs = call("pySHACL", lambda: len(list(by_pyshacl(path.read_bytes(), shapes))))
    return [ours, theirs] if reference else [ours]


@row("Checking 10^4 statements against the shapes, reading included", rounds=3)
def shapes_1e4(bench: Workbench) -> Sequence[Contender]:
    """The smallest registry."""
    return _shapes(bench, 10_000, True)


@row("Checking 10^5 statements against the shapes, reading included", rounds=1, warm=False)
def shapes_1e5(bench: Workbench) -> Sequence[Contender]:
    """A middling registry."""
    return _shapes(bench, 100_000, True)


@row("Checking 10^6 statements against the shapes, reading included", rounds=1, warm=False)
def shapes_1e6(bench: Workbench) -> Sequence[Contender]:
    """A large registry; pySHACL is left out."""
    return _shapes(bench, 1_000_000, False)


def _entities(graph: Graph) -> int:
    """How many things are entities: none is said to be, all follow from subclasses."""
    return len(set(graph.subjects(RDF.type, _ENTITY)))


def _by_owlrl(graph: Graph) -> int:
    import owlrl

    copy = Graph()
    for triple in graph:
        copy.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(copy)
    return _entities(copy)


def _rules(bench: Workbench, size: int, slow: bool) -> Sequence[Contender]:
    import reasonable

    graph, model = _merged(_registry(bench, size)), ontology.read("targetgraph.ttl")

    def alone() -> int:
        reasoner = reasonable.PyReasoner()
        reasoner.from_graph(graph)
        found = Graph()
        for triple in reasoner.reason():
            found.add(triple)
        return _entities(found)

    found = [
        call("targetgraph (reasonable, chains)", lambda: _entities(rules.materialise(theory(model, graph)))),
        call("reasonable alone", alone),
    ]
    return [*found, call("owlrl", lambda: _by_owlrl(graph))] if slow else found


@row("OWL 2 RL closure of 10^4 statements in memory", rounds=1, warm=False)
def rules_1e4(bench: Workbench) -> Sequence[Contender]:
    """The smallest registry."""
    return _rules(bench, 10_000, True)


@row("OWL 2 RL closure of 10^5 statements in memory", rounds=1, warm=False)
def rules_1e5(bench: Workbench) -> Sequence[Contender]:
    """A middling registry; owlrl is left out."""
    return _rules(bench, 100_000, False)
