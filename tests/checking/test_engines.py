"""The fast engine against pySHACL: one graph with many mistakes, and the same results from both."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SH, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from targetgraph.checking.engines import Result, by_pyshacl, by_shacl, fastest
from targetgraph.checking.shapes import SHAPES, check_statements
from targetgraph.errors import Place
from targetgraph.modelling import ontology
from targetgraph.namespaces import TG
from targetgraph.reading import schemas
from targetgraph.store import StoreFolder
from tests.components import need
from tests.oracle.frameworks import read

pytest.importorskip("shacl", reason="no wheels of the fast engine for this machine: pip install shacl")

MUTATIONS = 400


@pytest.fixture(scope="module")
def spoilt(built_store: Path) -> Graph:
    """The bundled graph with four hundred random mistakes, the same on every run."""
    graph = Graph()
    for triple in read(StoreFolder(built_store).current().dataset):
        graph.add(triple)
    chance = random.Random(7)
    checked = set(ontology.read("shapes/data.ttl").objects(None, SH.path))
    triples = sorted((t for t in graph if t[1] in checked), key=str)
    others: list[Node] = [
        URIRef(TG.NamedInText),
        URIRef("https://w3id.org/targetgraph/scheme/stage/use"),
        URIRef("https://example.org/nothing"),
        Literal("words"),
        Literal("mots", lang="fr"),
        Literal("-1", datatype=XSD.integer),
        Literal("1.5", datatype=XSD.decimal),
    ]
    for subject, prop, value in chance.sample(triples, MUTATIONS):
        what = chance.randrange(4)
        if what in (0, 3):
            graph.remove((subject, prop, value))
        if what in (1, 2):
            graph.add((subject, prop, chance.choice(others)))
        if what == 3:
            graph.add((subject, prop, subject if chance.random() < 0.3 else chance.choice(others)))
    # What chance does not bring about.
    dimension, link = URIRef(TG.StageDimension), next(graph.subjects(RDF.type, URIRef(TG.DependencyLink)))
    graph.set((dimension, URIRef(TG.code), Literal("No Code")))
    graph.set((link, URIRef(TG.prerequisite), next(graph.objects(link, URIRef(TG.linkSubject)))))
    selector = next(graph.subjects(URIRef("http://www.w3.org/ns/oa#start"), None))
    graph.set((selector, URIRef("http://www.w3.org/ns/oa#start"), Literal(10**6)))
    label = URIRef("http://www.w3.org/2004/02/skos/core#prefLabel")
    graph.add((URIRef("https://w3id.org/targetgraph/scheme/stage/use"), label, Literal("Utilisation", lang="en")))
    dropped = next(graph.subjects(URIRef(TG.lineageRelation), URIRef(TG.DroppedAsTarget)))
    graph.set((dropped, URIRef(TG.lineageRelation), URIRef(TG.Became)))
    text = URIRef(TG.text)
    graph.set((next(graph.subjects(text, None)), text, Literal("")))
    return graph


def results(engine: object, data: Graph, shapes: Graph) -> Counter[tuple[str, ...]]:
    assert callable(engine)
    found: list[Result] = list(engine(data.serialize(format="nt", encoding="utf-8"), shapes))
    return Counter((r.focus, r.path, str(r.value), r.component, r.severity, r.message, r.shape) for r in found)


def test_both_find_the_same_and_every_kind_of_constraint_is_among_it(spoilt: Graph) -> None:
    shapes = ontology.read("shapes/data.ttl")
    fast, reference = results(by_shacl, spoilt, shapes), results(by_pyshacl, spoilt, shapes)
    assert fast == reference
    assert sum(fast.values()) > MUTATIONS / 2
    components = {key[3].removeprefix(str(SH)).removesuffix("ConstraintComponent") for key in fast}
    # Those in nested shapes (in, hasValue, not, minLength) are told as the shape that holds them.
    assert components == {
        "Class", "Datatype", "Disjoint", "LessThan", "MaxCount", "MaxInclusive", "MinCount", "MinInclusive", "Node", "Or",
        "Pattern", "UniqueLang", "Xone",
    }  # fmt: skip


def test_both_find_the_same_in_terms_that_break_the_style() -> None:
    terms, shapes = ontology.read(), ontology.read("shapes/style.ttl")
    terms.remove((URIRef(TG.Target), RDFS.label, None))
    terms.set((URIRef(TG.Sector), RDFS.label, Literal("target", lang="en")))
    terms.set((URIRef(TG.sector), RDFS.label, Literal("target", lang="en")))
    definition = URIRef("http://www.w3.org/2004/02/skos/core#definition")
    terms.set((URIRef(TG.Link), definition, Literal("no sentence", lang="en")))
    terms.set((URIRef(TG.Gap), URIRef("http://purl.org/dc/terms/source"), Literal("no address")))
    fast, reference = results(by_shacl, terms, shapes), results(by_pyshacl, terms, shapes)
    assert fast == reference
    components = {key[3].removeprefix(str(SH)).removesuffix("ConstraintComponent") for key in fast}
    assert components == {"MinCount", "NodeKind", "Pattern", "SPARQL"}
    assert (URIRef(TG.Target), RDF.type, OWL.Class) in terms


def test_the_fast_engine_is_used_where_it_is_installed() -> None:
    need("fast-shacl")
    assert fastest() is by_shacl


def test_row_and_column_are_named() -> None:
    """A link without a basis: the row and the cell to mend."""
    link = "https://w3id.org/targetgraph/gfc/link/A7/sector/agriculture"
    nquads = f"<{link}> <{RDF.type}> <{TG.Link}> .\n".encode()
    found = check_statements(nquads, ontology.read("shapes/data.ttl"), {link: Place("gfc/links.csv", 12)})
    remedies = {v.path: v.problem().remedy for v in found}
    assert remedies["tg:basis"] == "mend row 12 of gfc/links.csv, column 'basis'"
    # Who made the claim is not a column: the folder's keeper.
    assert remedies["prov:wasAttributedTo"] == "mend row 12 of gfc/links.csv"
    assert all(
        v.problem().remedy == f"mend the statements about {link}"
        for v in check_statements(nquads, ontology.read("shapes/data.ttl"), {})
    )


def test_every_column_that_a_shape_names_is_in_the_tables() -> None:
    columns = {column.name for table in (*schemas.ROOT_TABLES, *schemas.FRAMEWORK_TABLES) for column in table.columns}
    shapes = ontology.read("shapes/data.ttl")
    named = {
        (str(shape).removeprefix(SHAPES), str(name))
        for shape, part in shapes.subject_objects(SH.property)
        for name in shapes.objects(part, SH.name)
    }
    assert len(named) >= 40
    assert {name for _, name in named} <= columns
