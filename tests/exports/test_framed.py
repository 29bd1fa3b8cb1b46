"""Framed JSON-LD, read back by Oxigraph and by rdflib, against the statements it claims to hold."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import Graph

from targetgraph import iris
from targetgraph.errors import StoreError
from targetgraph.library.terms import Iri, Literal
from targetgraph.modelling import jsonld_context, ontology
from targetgraph.namespaces import TG
from targetgraph.publish.exports.framed import bundled_document, framed, framework_things, gap_things, vocabulary_things
from targetgraph.publish.exports.source import Source
from targetgraph.publish.exports.statements import Thing

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
NAMES = {
    RDF_TYPE,
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/2004/02/skos/core#notation",
}
KINDS = ("framework", "gaps", "vocabularies")


_DOCUMENTS: dict[str, str] = {}


def document(source: Source, kind: str) -> str:
    if kind not in _DOCUMENTS:
        _DOCUMENTS[kind] = framed_anew(source, kind)
    return _DOCUMENTS[kind]


def framed_anew(source: Source, kind: str) -> str:
    things = {
        "framework": lambda: framework_things(source, "beyond2020"),
        "gaps": lambda: gap_things(source, "beyond2020"),
        "vocabularies": lambda: vocabulary_things(source),
    }[kind]()
    return framed(things, kind, inline=True)


def claimed(quads: Iterable[Any], kind: str) -> set[ox.Triple]:
    """The statements a document claims to hold, picked from all by its description."""
    quads = list(quads)
    framework = ox.NamedNode(iris.framework("beyond2020"))
    gaps = {q.subject for q in quads if q.predicate.value == TG.inFramework and q.object == framework}
    gaps |= {q.subject for q in quads if q.object == ox.NamedNode(TG.GapRun)}

    def is_own(quad: Any) -> bool:
        graph: str = quad.graph_name.value.removeprefix(iris.graph(""))
        if kind == "framework":
            return graph == "framework/beyond2020"
        if kind == "gaps":
            return graph == "computed" and quad.subject in gaps
        return graph in ("vocabularies", "sdg", "mapped")

    own = [q for q in quads if is_own(q)]
    mentioned = {
        q.object
        for q in own
        if q.predicate.value != RDF_TYPE
        and isinstance(q.object, ox.NamedNode)
        and not q.object.value.startswith(TG.NAMESPACE)
    } - {q.subject for q in own}
    names = [
        q
        for q in quads
        if q.subject in mentioned
        and q.predicate.value in NAMES
        and not q.graph_name.value.endswith(("/computed", "/inferred"))
        and (not isinstance(q.object, ox.Literal) or q.object.language in (None, "en"))
    ]
    return {q.triple for q in (*own, *names)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_expands_to_exactly_what_it_claims(source: Source, quads: list[Any], kind: str) -> None:
    read = {q.triple for q in ox.parse(document(source, kind), format=ox.RdfFormat.JSON_LD)}
    expected = claimed(quads, kind)
    assert len(expected) > 900
    assert read == expected


def test_rdflib_reads_the_same(source: Source, quads: list[Any]) -> None:
    read = Graph().parse(data=document(source, "framework"), format="json-ld")
    expected = Graph()
    lines = b"".join(ox.serialize([t], format=ox.RdfFormat.N_TRIPLES) or b"" for t in claimed(quads, "framework"))
    expected.parse(data=lines, format="nt")
    assert set(read) == set(expected)


def keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*(keys(v) for k, v in value.items() if k != "prefLabel"))
    return set().union(*(keys(v) for v in value)) if isinstance(value, list) else set()


@pytest.mark.parametrize("kind", KINDS)
def test_it_reads_like_json(source: Source, kind: str) -> None:
    body = json.loads(document(source, kind))
    del body["@context"]
    assert {k for k in keys(body) if ":" in k} == set()
    assert {k for k in keys(body) if k.startswith("@")} <= {"@value", "@graph", "@language"}


def test_targets_come_in_their_order_with_their_links(source: Source, quads: list[Any]) -> None:
    body = json.loads(document(source, "framework"))
    assert [t["notation"] for t in body["targets"]] == ["P1", "P2", "P3", "P4", "P5"]
    links = sum(len(t["links"]) for t in body["targets"])
    graph = ox.NamedNode(iris.graph("framework", "beyond2020"))
    assert links == sum(q.graph_name == graph and q.object == ox.NamedNode(TG.Link) for q in quads) > 50
    first = next(link for link in body["targets"][0]["links"] if "sector" in link)
    assert first["sector"]["prefLabel"]["en"]
    assert first["basis"] in ("NamedInText", "Implied", "CuratorJudgement")


def test_without_inline_the_published_address_is_given(source: Source) -> None:
    body = json.loads(framed(framework_things(source, "beyond2020"), "framework"))
    assert body["@context"] == iris.CONTEXT == "https://w3id.org/targetgraph/context.jsonld"
    inline = json.loads(document(source, "framework"))
    del body["@context"], inline["@context"]
    assert body == inline


@pytest.mark.parametrize("url", ["https://schema.org/", "file:///etc/passwd", "http://127.0.0.1/", iris.CONTEXT + "?"])
def test_no_document_of_others_is_loaded(url: str) -> None:
    with pytest.raises(StoreError, match="is not fetched"):
        bundled_document(url, {})


def test_data_cannot_make_anything_be_loaded() -> None:
    """Texts and properties named like keywords stay data."""
    from pyld import jsonld  # type: ignore[import-untyped]

    evil: dict[str, Any] = {"@context": "https://evil.example/context", "@id": "http://a/b"}
    with pytest.raises(jsonld.JsonLdError):
        jsonld.expand(evil, {"documentLoader": bundled_document})
    thing = Thing(
        "http://a/target/1",
        {
            RDF_TYPE: [Iri(TG.Framework)],
            "http://a/@context": [Literal("https://evil.example/context")],
            "http://a/p": [
                Literal("@id"),
                Iri("http://a/@type"),
                Literal("007", "http://www.w3.org/2001/XMLSchema#integer"),
            ],
        },
    )
    read = {q.triple for q in ox.parse(framed([thing], "framework", inline=True), format=ox.RdfFormat.JSON_LD)}
    integer = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    assert {t.object for t in read} == {
        ox.NamedNode(TG.Framework),
        ox.Literal("https://evil.example/context"),
        ox.Literal("@id"),
        ox.NamedNode("http://a/@type"),
        ox.Literal("007", datatype=integer),
    }


def test_what_a_frame_does_not_reach_is_included() -> None:
    things = [
        Thing(f"http://a/{n}", {RDF_TYPE: [Iri(TG.Indicator)], "http://a/p": [Iri("http://a/2")]}) for n in (1, 2)
    ]
    body = json.loads(framed(things, "framework"))
    assert {node["id"] for node in body["included"]} == {"http://a/1", "http://a/2"}


def test_the_context_is_fresh_and_knows_every_term() -> None:
    path = next(f for f in ontology.files()[0].parents if f.name == "ontology") / jsonld_context.FILE
    assert path.read_text(encoding="utf-8") == jsonld_context.context_text(), "run `targetgraph ontology`"
    terms = jsonld_context.context()["@context"]
    declared = ontology.terms()
    assert len(declared) > 200
    assert [name for name in declared if name not in terms] == []
    meant = {str(v.get("@id")) if isinstance(v, dict) else str(v) for v in terms.values()}
    assert {f"tg:{name}" for name in declared} <= meant


@pytest.mark.parametrize(
    ("frame", "part"), [("framework", slice(150)), ("gaps", slice(100)), ("vocabularies", slice(None, None, 5))]
)
def test_what_is_remembered_changes_nothing(
    source: Source, frame: str, part: slice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Against PyLD's own processor, which works out every address anew."""
    from pyld.jsonld import JsonLdProcessor  # type: ignore[import-untyped]

    from targetgraph.publish.exports import compacting

    makers = {"framework": framework_things, "gaps": gap_things, "vocabularies": lambda s, _: vocabulary_things(s)}
    things = makers[frame](source, "beyond2020")[part]
    assert len(things) >= 100
    worked_out = 0
    compact = JsonLdProcessor._compact_iri

    def counted(*arguments: Any, **options: Any) -> Any:
        nonlocal worked_out
        worked_out += 1
        return compact(*arguments, **options)

    monkeypatch.setattr(JsonLdProcessor, "_compact_iri", counted)
    remembering, seldom = framed(things, frame), worked_out
    monkeypatch.setattr(compacting, "RememberingProcessor", JsonLdProcessor)
    assert framed(things, frame) == remembering
    assert seldom < 0.7 * (worked_out - seldom)
