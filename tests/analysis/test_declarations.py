"""Dimensions and obligations are data: adding one is adding triples, and nothing in Python changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, SH, BNode, Graph, Namespace, URIRef
from rdflib.collection import Collection

from targetgraph import iris
from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.coverage import coverage
from targetgraph.analysis.declarations import read_declarations
from targetgraph.analysis.gaps import gap_report
from targetgraph.analysis.paths import sparql_path
from targetgraph.analysis.states import REACHED
from targetgraph.errors import TargetGraphError
from targetgraph.modelling import ontology
from targetgraph.namespaces import PREFIXES, TG
from targetgraph.pipeline.extracting import extract
from targetgraph.store import StoreFolder, canonical_nquads, load_memory

EX = Namespace("https://example.org/")
HEAD = "".join(f"PREFIX {p}: <{n}>\n" for p, n in PREFIXES.items()) + "PREFIX ex: <https://example.org/>\n"

ISSUE_SECTORS = """
ex:IssueSectors a tg:Dimension ; tg:code "issue-sectors" ; rdfs:label "Sectors through issues of concern" ;
    tg:singular "sector" ; tg:plural "sectors" ; tg:order 20 ; tg:assessed true ;
    tg:rowClass tg:Target ; tg:columnScheme <https://w3id.org/targetgraph/scheme/sector> ; tg:columnClass tg:Sector ;
    tg:evidencePath ( [ sh:inversePath tg:linkSubject ] tg:issue [ sh:inversePath tg:linkSubject ] ) ;
    tg:columnPath tg:sector ; tg:rollUp skos:broader .
"""
PROXY_GOALS = """
ex:ProxyGoals a tg:Dimension ; tg:code "proxy-goals" ; rdfs:label "Goals through the indicators suggested" ;
    tg:singular "goal" ; tg:plural "goals" ; tg:order 21 ; tg:assessed true ;
    tg:rowClass tg:Target ; tg:columnScheme <http://metadata.un.org/sdg> ; tg:columnClass tg:SdgGoal ;
    tg:columnPath ( [ sh:alternativePath ( tg:measuredBy ex:never ) ] tg:basedOnSdgIndicator
                    [ sh:zeroOrMorePath skos:broader ] ) .
"""
WASTE_ACTOR = """
ex:WasteActor a tg:Obligation ; tg:code "waste-actor" ; rdfs:label "Every target on waste names a waste actor" ;
    tg:appliesTo tg:Target ; tg:onDimension tg:ActorDimension ; tg:minimum 1 ; tg:severity 0.8 ;
    tg:onlyWhere [ sh:path tg:atStage ; sh:hasValue stage:waste ] ;
    tg:among actor:waste-operators ; tg:because "Whoever handles the waste has to act." .
"""


@pytest.fixture(scope="module")
def dataset(built_store: Path) -> bytes:
    return StoreFolder(built_store).current().dataset.read_bytes()


def with_triples(dataset: bytes, turtle: str) -> CodedGraph:
    """The coded graph of the bundled statements and some more in the graph of the ontology."""
    added = Graph().parse(data=HEAD + turtle, format="turtle")
    name = URIRef(iris.graph("ontology"))
    lines = "".join(f"{s.n3()} {p.n3()} {o.n3()} {name.n3()} .\n" for s, p, o in added)
    return extract(load_memory(canonical_nquads(dataset + lines.encode())), "more")


def test_a_dimension_is_added_by_triples(dataset: bytes) -> None:
    matrix = coverage(with_triples(dataset, ISSUE_SECTORS), "targets", "issue-sectors", "gfc")
    reached = {
        (r.code, c.code)
        for r, states in zip(matrix.rows, matrix.states, strict=True)
        for c, state in zip(matrix.columns, states, strict=True)
        if state <= REACHED
    }
    # A7 takes up highly hazardous pesticides, an issue that touches agriculture and pesticides, which roll up.
    assert reached == {("A7", s) for s in ("agriculture", "pesticides", "chemicals-manufacturing", "manufacturing")}


def test_a_dimension_without_links_follows_its_path(dataset: bytes) -> None:
    matrix = coverage(with_triples(dataset, PROXY_GOALS), "targets", "proxy-goals", "gfc")
    goals = {r.code: {c.code for c, s in zip(matrix.columns, line, strict=True) if s <= REACHED}
             for r, line in zip(matrix.rows, matrix.states, strict=True)}  # fmt: skip
    # By hand from indicators.csv: A6 has 3.9.3, 3.d.1 and prop-ihr (3.d.1); D2 12.4.2, 12.5.1, 12.7.1; C1 nothing.
    assert goals["A6"] == {"3"}
    assert goals["D2"] == {"12"}
    assert goals["A1"] == {"6", "12"}
    assert goals["C1"] == set()


def test_an_obligation_is_added_by_triples(dataset: bytes) -> None:
    coded = with_triples(dataset, WASTE_ACTOR)
    unmet = {g.subject: g for g in gap_report(coded, "gfc", "obligation-unmet").gaps}
    on_waste = set()
    graph = load_memory(dataset)
    for (target,) in graph.select(
        "SELECT DISTINCT ?t WHERE { ?t tg:atStage stage:waste ; tg:inFramework tgr:gfc }", limits=None
    ).values():
        on_waste.add(str(target).rpartition("/")[2])
    # No target names a waste operator; B2 alone implies one, but no target on waste does.
    assert set(unmet) == on_waste
    assert len(on_waste) > 10
    gap = unmet["B3"]
    assert gap.iri == iris.gap("gfc", "obligation-unmet", "actors", "B3", "waste-actor")
    assert gap.missing == "Waste and recycling operators, named in the text"
    before = {g.iri for g in gap_report(with_triples(dataset, "ex:a ex:b ex:c ."), "gfc").gaps}
    assert {g.iri for g in gap_report(coded, "gfc").gaps} - before == {g.iri for g in unmet.values()}


BROKEN = {
    "no columns": ('ex:D a tg:Dimension ; tg:code "d" ; rdfs:label "D" .', "lacks tg:singular"),
    "same code twice": (ISSUE_SECTORS + ISSUE_SECTORS.replace("ex:IssueSectors", "ex:Other"), "share the short name"),
    "obligation on nothing": (WASTE_ACTOR.replace("tg:ActorDimension", "ex:Nothing"), "which is no dimension"),
    "condition without values": (WASTE_ACTOR.replace("sh:hasValue stage:waste", ""), "no path or no values"),
    "rows that are no targets": (ISSUE_SECTORS.replace("tg:rowClass tg:Target", "tg:rowClass tg:Framework"), "no targets"),
    "path of one step": (ISSUE_SECTORS.replace("tg:columnPath tg:sector", "tg:columnPath ( tg:sector )"), "fewer than two"),
    "path that is a literal": (ISSUE_SECTORS.replace("tg:rollUp skos:broader", 'tg:rollUp "broader"'), "neither a property"),
    "path of no form": (ISSUE_SECTORS.replace("tg:rollUp skos:broader", "tg:rollUp [ sh:name 1 ]"), "none of the forms"),
}  # fmt: skip


# What an obligation must not hang on: what the search finds, another obligation, itself.
OTHER_ACTOR = WASTE_ACTOR.replace("ex:WasteActor", "ex:Other").replace('"waste-actor"', '"other"')
CONDITION = "sh:path tg:atStage ; sh:hasValue stage:waste"
BY_GAPS = ISSUE_SECTORS.replace(
    "tg:issue [ sh:inversePath tg:linkSubject ]", "[ sh:inversePath tg:gapSubject ] tg:missing"
)


def hangs_on(value: str, turtle: str = WASTE_ACTOR) -> str:
    return turtle.replace(CONDITION, f"sh:path tg:atStage ; sh:hasValue {value}")


SELF_DEPENDENT = {
    "its condition is itself": (hangs_on("ex:WasteActor"), "'waste-actor' depends on itself: waste-actor → waste-actor"),
    "its list is itself": (WASTE_ACTOR.replace("actor:waste-operators", "ex:WasteActor"), "waste-actor → waste-actor"),
    "two hang on each other": (hangs_on("ex:Other") + hangs_on("ex:WasteActor", OTHER_ACTOR), "other → waste-actor → other"),
    "it hangs on another": (hangs_on("ex:Other") + OTHER_ACTOR, "depends on whether 'other' is met"),
    "its condition leads through gaps": (
        WASTE_ACTOR.replace(CONDITION, "sh:path ( [ sh:inversePath tg:gapSubject ] tg:onDimension ) ; "
                            "sh:hasValue tg:StageDimension"),
        "depends on its own outcome: its condition asks for <https://w3id.org/targetgraph/ontology#gapSubject>"),
    "its condition is a kind of gap": (
        WASTE_ACTOR.replace(CONDITION, "sh:path ( [ sh:inversePath prov:wasDerivedFrom ] rdf:type ) ; "
                            "sh:in ( tg:EmptyRow )"),
        "depends on its own outcome: its condition asks for <https://w3id.org/targetgraph/ontology#EmptyRow>"),
    "its dimension counts gaps": (BY_GAPS + WASTE_ACTOR.replace("tg:ActorDimension", "ex:IssueSectors"), "by way of <"),
    "it binds what is not counted": (WASTE_ACTOR.replace("tg:Target", "tg:Objective"), "it could never be unmet"),
}  # fmt: skip
BROKEN |= SELF_DEPENDENT


def test_number_of_broken_declarations() -> None:
    assert (len(BROKEN), len(SELF_DEPENDENT)) == (16, 8)


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_declaration_is_named(case: str) -> None:
    turtle, clue = BROKEN[case]
    graph = ontology.read()
    graph.parse(data=HEAD + turtle, format="turtle")
    with pytest.raises(TargetGraphError) as caught:
        read_declarations(graph)
    assert clue in str(caught.value)
    assert "what to do" in str(caught.value)


def test_a_path_that_refers_to_itself_is_an_error() -> None:
    graph, node = Graph(), BNode()
    graph.add((node, SH.inversePath, node))
    with pytest.raises(TargetGraphError, match="refers to itself"):
        sparql_path(graph, node)


def test_a_cyclic_hierarchy_is_named(dataset: bytes) -> None:
    with pytest.raises(TargetGraphError, match="goes round in a circle") as caught:
        with_triples(dataset, "stage:waste skos:broader stage:reuse-recycling .")
    assert "stage/waste" in str(caught.value)


# Paths against rdflib's own evaluation of the same SHACL path, on random graphs.
_names = st.sampled_from([EX.a, EX.b, EX.c])
_paths = st.recursive(
    _names,
    lambda inner: st.one_of(
        st.tuples(st.just("inverse"), inner),
        st.tuples(st.just("seq"), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.just("alt"), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.sampled_from(["star", "plus", "opt"]), inner),
    ),
    max_leaves=5,
)
_nodes = st.sampled_from([EX[f"n{i}"] for i in range(5)])


def shacl(graph: Graph, path: object) -> URIRef | BNode:
    """Write a drawn path into a graph, as SHACL does."""
    if isinstance(path, URIRef):
        return path
    assert isinstance(path, tuple)
    kind, inner = path
    node = BNode()
    if kind in ("seq", "alt"):
        members = BNode()
        Collection(graph, members, [shacl(graph, part) for part in inner])
        if kind == "seq":
            return members
        graph.add((node, SH.alternativePath, members))
        return node
    names = {"inverse": SH.inversePath, "star": SH.zeroOrMorePath, "plus": SH.oneOrMorePath, "opt": SH.zeroOrOnePath}
    graph.add((node, names[kind], shacl(graph, inner)))
    return node


def walk(edges: set[tuple[URIRef, URIRef, URIRef]], path: object, start: URIRef) -> set[URIRef]:
    """Nodes a path leads to, straight from the definition of SHACL paths."""
    if isinstance(path, URIRef):
        return {o for s, p, o in edges if (s, p) == (start, path)}
    assert isinstance(path, tuple)
    kind, inner = path
    if kind == "inverse":
        every = {n for s, _, o in edges for n in (s, o)} | {start}
        return {n for n in every if start in walk(edges, inner, n)}
    if kind == "alt":
        return {n for part in inner for n in walk(edges, part, start)}
    if kind == "seq":
        reached = {start}
        for part in inner:
            reached = {n for r in reached for n in walk(edges, part, r)}
        return reached
    if kind == "opt":
        return {start} | walk(edges, inner, start)
    reached, frontier = set(), {start}
    while frontier:
        frontier = {n for f in frontier for n in walk(edges, inner, f)} - reached
        reached |= frontier
    return reached | {start} if kind == "star" else reached


@given(_paths, st.sets(st.tuples(_nodes, _names, _nodes), min_size=1, max_size=8))
def test_paths_lead_where_shacl_says(path: object, edges: set[tuple[URIRef, URIRef, URIRef]]) -> None:
    declaration = Graph()
    text = sparql_path(declaration, shacl(declaration, path))
    lines = "".join(f"{s.n3()} {p.n3()} {o.n3()} <urn:g> .\n" for s, p, o in edges)
    store = load_memory(lines)
    for start in {s for s, _, _ in edges}:
        found = store.select(f"SELECT DISTINCT ?end WHERE {{ {start.n3()} {text} ?end }}", limits=None)
        assert {row[0] for row in found.values()} == {str(n) for n in walk(edges, path, start)}
    assert (None, RDF.type, URIRef(TG.Dimension)) not in declaration
