"""JSON-LD that reads like JSON people would write: framed, with the published context, and nothing left out.

Three kinds of document, and exactly what each holds:

``<framework>.jsonld``
    every statement of the named graph ``…/graph/framework/<code>``, targets nested with their links, wordings, passages;
``<framework>-gaps.jsonld``
    every statement of ``…/graph/computed`` about the gaps of that framework and the search that found them;
``vocabularies.jsonld``
    every statement of ``…/graph/vocabularies``, ``…/graph/sdg`` and ``…/graph/mapped``, concepts nested in their trees.

Each holds besides the names of what these statements mention: type, English label and notation, from whichever graph of
asserted statements they stand in. What a frame does not reach is put under ``included``. (JSON-LD 1.1 Framing, W3C
Recommendation of 16 July 2020.)
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

from targetgraph import iris, resources
from targetgraph.errors import ResourceMissing, StoreError
from targetgraph.library.terms import RDF_LANG_STRING, XSD, XSD_STRING, BlankNode, Iri, Literal
from targetgraph.namespaces import PREFIXES, TG
from targetgraph.publish.exports.source import Source
from targetgraph.publish.exports.statements import Node, Thing

TYPE: Final = PREFIXES["rdf"] + "type"
_NAMES: Final = (
    TYPE,
    PREFIXES["rdfs"] + "label",
    PREFIXES["skos"] + "prefLabel",
    PREFIXES["skos"] + "notation",
)
_NOT_ASSERTED: Final = frozenset(iris.graph(name) for name in ("computed", "inferred"))
_VOCABULARIES: Final = ("vocabularies", "sdg", "mapped")
_TRUTH: Final = {"true": True, "false": False}


def framework_things(source: Source, code: str) -> list[Thing]:
    """What ``<framework>.jsonld`` holds."""
    source.framework(code)
    return _with_names(source, list(source.things([source.framework_graph(code)])))


def gap_things(source: Source, code: str) -> list[Thing]:
    """What ``<framework>-gaps.jsonld`` holds."""
    return _with_names(source, list(source.gap_things(code)))


def vocabulary_things(source: Source) -> list[Thing]:
    """What ``vocabularies.jsonld`` holds."""
    return _with_names(source, list(source.things([iris.graph(name) for name in _VOCABULARIES])))


def _with_names(source: Source, own: list[Thing]) -> list[Thing]:
    mentioned = {
        value.value
        for thing in own
        for prop, values in thing.values.items()
        for value in values
        if prop != TYPE and isinstance(value, Iri) and not value.value.startswith(TG.NAMESPACE)
    } - {thing.iri for thing in own}
    asserted = [g for g in source.graph_names if g not in _NOT_ASSERTED]
    named = (_names(thing) for thing in source.things(asserted) if thing.iri in mentioned)
    return [*own, *(thing for thing in named if thing.values)]


def _names(thing: Thing) -> Thing:
    def kept(value: Node) -> bool:
        return not isinstance(value, Literal) or value.language in ("", "en")

    found = {prop: [v for v in thing.values.get(prop, ()) if kept(v)] for prop in _NAMES}
    return Thing(thing.iri, {prop: values for prop, values in found.items() if values}, thing.graphs)


def framed(things: Iterable[Thing], frame: str, inline: bool = False) -> str:
    """A document of things.

    Parameters
    ----------
    things : what it is to hold, every statement of it.
    frame : name of a frame in ``ontology/frames``.
    inline : write the context into the document instead of its address, for readers that are offline.

    Raises
    ------
    ResourceMissing
        when context or frame is not there.
    StoreError
        when something asks for a document of somebody else.
    """
    from targetgraph.publish.exports.compacting import RememberingProcessor

    expanded = [_expanded(thing) for thing in things]
    options = {"documentLoader": bundled_document, "processingMode": "json-ld-1.1"}
    by_frame = options | {"omitGraph": True, "omitDefault": True}
    document: dict[str, Any] = RememberingProcessor().frame(expanded, _resource(f"frames/{frame}.jsonld"), by_frame)
    document.pop("@context", None)
    found: set[str] = set()
    _collect(document, found)
    reached = {_whole(compact) for compact in found}
    left = [node for node in expanded if node["@id"] not in reached]
    if left:
        rest = RememberingProcessor().compact({"@graph": left}, iris.CONTEXT, options | {"graph": True})
        document["included"] = rest["@graph"]
    _ordered(document)
    context = _resource("context.jsonld")["@context"] if inline else iris.CONTEXT
    return json.dumps({"@context": context, **document}, ensure_ascii=False, indent=1) + "\n"


def _collect(value: object, found: set[str]) -> None:
    """Identifiers of nodes that are described, not only mentioned."""
    if isinstance(value, dict):
        if "id" in value and len(value) > 1:
            found.add(value["id"])
        for inner in value.values():
            _collect(inner, found)
    elif isinstance(value, list):
        for inner in value:
            _collect(inner, found)


def _whole(compact: str) -> str:
    """The IRI that an identifier of a compacted document stands for (JSON-LD 1.1 API, 5.2.2)."""
    prefix, _, rest = compact.partition(":")
    namespace = _resource("context.jsonld")["@context"].get(prefix)
    return f"{namespace}{rest}" if isinstance(namespace, str) and not rest.startswith("//") else compact


def _ordered(value: object) -> None:
    """Targets in the order of their framework: sets have none in RDF, but readers do."""
    if isinstance(value, dict):
        targets = value.get("targets")
        if isinstance(targets, list):
            targets.sort(key=lambda t: (t.get("order", 0), t["id"]) if isinstance(t, dict) else (0, str(t)))


def _expanded(thing: Thing) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": thing.iri}
    for prop, values in thing.values.items():
        if prop == TYPE:
            node["@type"] = thing.iris(TYPE)
        else:
            node[prop] = [_value(value) for value in values]
    return node


def _value(value: Node) -> dict[str, Any]:
    if isinstance(value, Iri):
        return {"@id": value.value}
    if isinstance(value, BlankNode):
        return {"@id": f"_:{value.value}"}
    if value.datatype == RDF_LANG_STRING:
        return {"@value": value.value, "@language": value.language}
    if value.datatype == XSD_STRING:
        return {"@value": value.value}
    if value.datatype == XSD + "boolean" and value.value in _TRUTH:
        return {"@value": _TRUTH[value.value]}
    if value.datatype == XSD + "integer" and _is_plain(value.value):
        return {"@value": int(value.value)}
    return {"@value": value.value, "@type": value.datatype}


def _is_plain(digits: str) -> bool:
    """Whether a JSON number gives back the same digits: JavaScript is sure of integers of fifteen."""
    return len(digits) < 16 and digits.removeprefix("-").isdecimal() and str(int(digits)) == digits


def bundled_document(url: str, options: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The only documents JSON-LD processing gets to see: ours, from the package.

    Raises
    ------
    StoreError
        for any other address; nothing is fetched.
    """
    if url != iris.CONTEXT:
        raise StoreError(f"<{url}> is not fetched: no document of others is", remedy=f"use {iris.CONTEXT}")
    document = _resource("context.jsonld")
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": document}


@cache
def _resource(name: str) -> dict[str, Any]:
    path = resources.ontology() / name
    try:
        return dict(json.loads(path.read_bytes()))
    except (OSError, ValueError) as error:
        raise ResourceMissing(f"{name} cannot be read: {error}", str(path), "reinstall the package") from error


def context_text() -> str:
    """The published context, as a file to put beside documents."""
    return (resources.ontology() / "context.jsonld").read_text(encoding="utf-8")
