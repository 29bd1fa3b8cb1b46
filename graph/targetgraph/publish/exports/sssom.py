"""Mapping sets in SSSOM/TSV: targets to the SDGs, and concepts to the vocabularies of others.

A Simple Standard for Sharing Ontological Mappings, version 1.0 (Matentzoglu and others 2022,
doi:10.1093/database/baac035). A policy target is not an SDG target under another name: it works towards it, so the
predicate is ``skos:relatedMatch`` and never a closer one. Every claim of ours was made by a person reading,
``semapv:ManualMappingCuration``. Matches of concepts take their confidence and reason from the alignments made by hand
(`targetgraph.modelling.alignments`); those that tables give say from which. A target that somebody assessed and found to be
linked to no SDG has a row whose object is ``sssom:NoTermFound``; one that nobody assessed has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from targetgraph import iris
from targetgraph.analysis.assessments import empty_rows
from targetgraph.analysis.states import State
from targetgraph.modelling import alignments
from targetgraph.namespaces import PREFIXES, TG
from targetgraph.publish.exports.source import Source

NOT_FOUND: Final = "sssom:NoTermFound"
SDGS: Final = "sdgs"
_VERSION: Final = "1.0"
_LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
_CURATORS: Final = "Curators of the TargetGraph tables"
_RELATED: Final = "skos:relatedMatch"
_NONE_FOUND: Final = "assessed, and no SDG found"
_ATTRIBUTED: Final = PREFIXES["prov"] + "wasAttributedTo"
_BY_HAND: Final = "semapv:ManualMappingCuration"
_MATCHES: Final = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
_FROM_TABLES: Final = {
    "purl.unep.org": ("0.9", "as sdgs.csv gives it, with its source"),
    "unstats.un.org": ("0.7", "the division that sectors.csv gives; a field of policy is no branch of industry"),
    "www.wikidata.org": ("0.7", "as actors.csv gives it; nobody has confirmed the number"),
}
_FIXED: Final = {
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": PREFIXES["skos"],
    "sssom": "https://w3id.org/sssom/",
    "tgr": iris.BASE,
}
_KNOWN: Final = {
    "purl.unep.org": ("sdgio", "the SDG Interface Ontology"),
    "unstats.un.org": ("isic", "ISIC, revision 4"),
    "www.wikidata.org": ("wikidata", "Wikidata"),
    "aims.fao.org": ("agrovoc", "AGROVOC"),
    "www.eionet.europa.eu": ("gemet", "GEMET"),
}
COLUMNS: Final = (
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification", "author_label",
    "confidence", "see_also", "comment",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MappingSet:
    """A set of mappings.

    Parameters
    ----------
    name : end of its IRI and beginning of its file's name.
    framework : code of the framework whose targets are mapped; empty for concepts.
    host : host of the vocabulary that concepts are mapped to; empty for targets.
    """

    name: str
    title: str
    purpose: str
    framework: str = ""
    host: str = ""


@dataclass(frozen=True, slots=True)
class _Mapping:
    """A row, with IRIs as they are."""

    subject: str
    subject_label: str
    predicate: str
    object: str
    object_label: str = ""
    link: str = ""
    author: str = _CURATORS
    confidence: str = ""
    comment: str = ""
    justification: str = _BY_HAND


def mapping_sets(source: Source, framework: str = "") -> list[MappingSet]:
    """The sets of a data version: one a framework, and one a vocabulary that concepts are matched with.

    Parameters
    ----------
    framework : only the set of this one.
    """
    found = [
        MappingSet(
            f"{entry.code}-sdg",
            f"{entry.label}: mappings to the SDGs",
            "For those who map vocabularies: targets and the SDG targets they work towards, SSSOM.",
            entry.code,
        )
        for entry in source.coded.frameworks
        if framework in ("", entry.code, entry.iri)
    ]
    if not framework:
        hosts = sorted({urlsplit(m.object).netloc for m in _matches(source)})
        for host in hosts:
            name, title = _vocabulary(host)
            purpose = f"For those who map vocabularies: concepts of ours and their matches in {title}, SSSOM."
            found.append(MappingSet(f"concepts-{name}", f"Concepts: mappings to {title}", purpose, host=host))
    return found


def _vocabulary(host: str) -> tuple[str, str]:
    return _KNOWN.get(host, (host.replace(".", "-").replace(":", "-"), host))


def write_mapping_set(source: Source, wanted: MappingSet, path: Path) -> None:
    """Write a mapping set as SSSOM/TSV with its metadata at the head.

    Raises
    ------
    StoreError
        when the version cannot be read.
    """
    if wanted.framework:
        rows = sorted(_towards_sdgs(source, wanted.framework), key=_order)
    else:
        rows = sorted((m for m in _matches(source) if urlsplit(m.object).netloc == wanted.host), key=_order)
        rows = [_with_reason(m, _label(source, m.subject)) for m in rows]
    prefixes = _prefixes(rows)
    authors = sorted({m.author for m in rows} - {""})
    with path.open("w", encoding="utf-8", newline="") as out:
        out.writelines(f"# {line}\n" for line in _metadata(source, wanted, prefixes, authors))
        out.write("\t".join(COLUMNS) + "\n")
        out.writelines("\t".join(_cells(m, prefixes)) + "\n" for m in rows)


def _order(mapping: _Mapping) -> tuple[str, str, str]:
    return (mapping.subject, mapping.object, mapping.link)


def _towards_sdgs(source: Source, code: str) -> Iterator[_Mapping]:
    """Links to the SDGs as mappings, and rows for targets that were assessed and have none."""
    graph = source.coded
    number = graph.framework_number(code)
    targets = graph.targets_of(number)
    labels = {graph.targets.iri[t]: graph.targets.label[t] for t in targets.tolist()}
    dimension = graph.dimension(SDGS)
    own = list(source.things([source.framework_graph(code)]))
    links = [t for t in own if t.iri_of(TG.sdg)]
    lookers = [t.iri_of(_ATTRIBUTED) for t in own if t.iri_of(TG.onDimension) == dimension.declaration.iri]
    for link in links:
        subject, end = link.iri_of(TG.linkSubject), link.iri_of(TG.sdg)
        author, confidence = _label(source, link.iri_of(_ATTRIBUTED)), link.text(TG.confidence)
        names = (labels.get(subject, ""), _label(source, end))
        yield _Mapping(
            subject, names[0], _RELATED, end, names[1], link.iri, author, confidence, link.text(TG.rationale)
        )  # fmt: skip
    linked = {link.iri_of(TG.linkSubject) for link in links}
    empty = empty_rows(graph, dimension, number, targets)
    looker = _label(source, lookers[0]) if lookers else ""
    for target, state in zip(targets.tolist(), empty.tolist(), strict=True):
        iri = graph.targets.iri[target]
        if iri not in linked and state == State.GAP:
            yield _Mapping(iri, labels[iri], _RELATED, NOT_FOUND, author=looker, comment=_NONE_FOUND)


def _matches(source: Source) -> Iterator[_Mapping]:
    for thing in source.matched:
        for name in _MATCHES:
            for end in thing.iris(PREFIXES["skos"] + name):
                yield _Mapping(thing.iri, "", f"skos:{name}", end)


def _with_reason(match: _Mapping, label: str) -> _Mapping:
    """A match of a concept with why it is held and how sure its author is."""
    predicate = PREFIXES["skos"] + match.predicate.partition(":")[2]
    for known in alignments.bundled():
        if known.triple == (match.subject, predicate, match.object):
            return _Mapping(
                match.subject, label, match.predicate, match.object, known.object_label, known.see_also, known.author,
                known.confidence, known.comment, known.justification,
            )  # fmt: skip
    confidence, why = _FROM_TABLES.get(urlsplit(match.object).netloc, ("", ""))
    return _Mapping(match.subject, label, match.predicate, match.object, confidence=confidence, comment=why)


def _label(source: Source, iri: str) -> str:
    """English label of a thing; empty when nothing is said of it."""
    thing = source.described.get(iri)
    return thing.label if thing else ""


def _prefixes(rows: Iterable[_Mapping]) -> dict[str, str]:
    """Prefix by namespace, so that every identifier can be written as a CURIE, as the standard wants."""
    namespaces = {_split(iri)[0] for m in rows for iri in (m.subject, m.object) if ":/" in iri}
    known = {namespace: prefix for prefix, namespace in PREFIXES.items()}
    found = {namespace: prefix for prefix, namespace in _FIXED.items()}
    for namespace in sorted(namespaces - set(found)):
        stem = known.get(namespace) or _vocabulary(urlsplit(namespace).netloc)[0]
        if namespace.startswith(iris.BASE) and namespace not in known:
            stem = "".join(c if c.isalnum() else "_" for c in namespace.removeprefix(iris.BASE).strip("/#"))
        number, prefix = 1, stem
        while prefix in found.values():
            number += 1
            prefix = f"{stem}{number}"
        found[namespace] = prefix
    return found


def _split(iri: str) -> tuple[str, str]:
    """Namespace and local name."""
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    return iri[:cut], iri[cut:]


def _curie(iri: str, prefixes: dict[str, str]) -> str:
    if ":/" not in iri:
        return iri
    namespace, name = _split(iri)
    return f"{prefixes[namespace]}:{name}"


def _cells(m: _Mapping, prefixes: dict[str, str]) -> list[str]:
    cells = (
        _curie(m.subject, prefixes), m.subject_label, m.predicate, _curie(m.object, prefixes), m.object_label,
        m.justification, m.author, m.confidence, m.link, m.comment,
    )  # fmt: skip
    return [_flat(cell) for cell in cells]


def _flat(text: str) -> str:
    """A cell of a table whose cells end at tabs and lines."""
    text = " ".join(text.split())
    return '"' + text.replace('"', '""') + '"' if '"' in text else text


def _metadata(source: Source, wanted: MappingSet, prefixes: dict[str, str], authors: list[str]) -> Iterator[str]:
    """Lines of the head (YAML, in comments)."""
    yield f"sssom_version: {_quoted(_VERSION)}"
    yield f"mapping_set_id: {_quoted(iris.mapping_set(wanted.name))}"
    yield f"mapping_set_version: {_quoted(source.data_version)}"
    yield f"mapping_set_title: {_quoted(wanted.title)}"
    description = (
        f"From TargetGraph, data version {source.data_version}. Judgements of the curators, each with its confidence; "
        "a target is related to an SDG it works towards, and never the same."
        if wanted.framework
        else f"From TargetGraph, data version {source.data_version}. Matches as the curated tables give them."
    )
    yield f"mapping_set_description: {_quoted(description)}"
    yield f"license: {_quoted(_LICENCE)}"
    if authors:
        yield "creator_label:"
        yield from (f"  - {_quoted(author)}" for author in authors)
    source_iri = iris.framework(wanted.framework) if wanted.framework else iris.whole()
    yield f"subject_source: {_quoted('tgr:' + source_iri.removeprefix(iris.BASE))}"
    yield f"subject_source_version: {_quoted(source.data_version)}"
    if wanted.framework:
        yield f"object_source: {_quoted(iris.SDG_SCHEME)}"
    yield "curie_map:"
    for namespace, prefix in sorted(prefixes.items(), key=lambda pair: pair[1]):
        yield f"  {prefix}: {_quoted(namespace)}"


def _quoted(text: str) -> str:
    """A string of YAML, between double quotes; JSON's are YAML's (YAML 1.2.2, 1.2)."""
    import json

    return json.dumps(text, ensure_ascii=False)
