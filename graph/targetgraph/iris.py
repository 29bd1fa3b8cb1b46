"""The one place where IRIs are minted: deterministic, readable, and the same in every build."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from urllib.parse import quote

BASE = "https://w3id.org/targetgraph/"
ONTOLOGY = BASE + "ontology"
TERMS = ONTOLOGY + "#"
SDG_SCHEME = "http://metadata.un.org/sdg"
CURATORS = BASE + "agent/curators"
CONTEXT = BASE + "context.jsonld"


@lru_cache(maxsize=32768)  # the same codes come again and again, in gaps above all
def _safe(part: str) -> str:
    return quote(part, safe="-._~")


def _path(*parts: str) -> str:
    return BASE + "/".join(_safe(p) for p in parts)


def framework(framework_id: str) -> str:
    """IRI of a framework, ``…/gfc``."""
    return _path(framework_id)


def objective(framework_id: str, objective_id: str) -> str:
    """IRI of an objective, ``…/gfc/objective/A``."""
    return _path(framework_id, "objective", objective_id)


def target(framework_id: str, target_id: str) -> str:
    """IRI of a target, ``…/gfc/target/A1``."""
    return _path(framework_id, "target", target_id)


def wording(framework_id: str, target_id: str, document_id: str, language: str) -> str:
    """IRI of a wording, ``…/beyond2020/wording/P2/submission/en``."""
    return _path(framework_id, "wording", target_id, document_id, language)


def passage(framework_id: str, target_id: str, passage_id: str) -> str:
    """IRI of a passage, ``…/beyond2020/passage/P2/bracket-1``."""
    return _path(framework_id, "passage", target_id, passage_id)


def link(framework_id: str, subject_id: str, kind: str, concept_id: str, role: str = "") -> str:
    """IRI of a link, ``…/gfc/link/A1/actor/governments/responsible``.

    An issue of concern belongs to no framework; its links live under ``…/scheme/issue/link/``.
    """
    prefix = (framework_id,) if framework_id else ("scheme", "issue")
    return _path(*prefix, "link", subject_id, kind, concept_id, *((role,) if role else ()))


def scheme(name: str) -> str:
    """IRI of one of our concept schemes, ``…/scheme/sector``."""
    return _path("scheme", name)


def concept(scheme_name: str, concept_id: str) -> str:
    """IRI of a concept in one of our schemes, ``…/scheme/sector/agriculture``."""
    return _path("scheme", scheme_name, concept_id)


def organisation(organisation_id: str) -> str:
    """IRI of a body, ``…/organisation/who``."""
    return _path("organisation", organisation_id)


def indicator(indicator_id: str) -> str:
    """IRI of an indicator of ours, ``…/indicator/ms-process``."""
    return _path("indicator", indicator_id)


def sdg_indicator(code: str) -> str:
    """IRI we mint for an SDG indicator for which the UN's own is not known."""
    return _path("sdg", "indicator", code)


def document(document_id: str) -> str:
    """IRI of a document, meeting or working group, ``…/document/iccm5``."""
    return _path("document", document_id)


def table(name: str) -> str:
    """IRI of a source table, ``…/table/gfc/links.csv``."""
    return _path("table", *name.split("/"))


def keeper(folder: str) -> str:
    """IRI of whoever keeps a folder of tables that is not ours, ``…/agent/keeper/my-plan``."""
    return _path("agent", "keeper", folder)


def assessment(framework_id: str, dimension: str, target_id: str = "", concept_id: str = "") -> str:
    """IRI of an assessment record."""
    return _path(framework_id, "assessment", dimension, target_id or "all", concept_id or "all")


def graph(*parts: str) -> str:
    """IRI of a named graph, ``…/graph/framework/gfc``."""
    return _path("graph", *parts)


def gap(framework_id: str, kind: str, *subject: str) -> str:
    """IRI of a gap, ``…/gfc/gap/no-deadline/C1``: the same gap has the same IRI in every build."""
    return _path(framework_id, "gap", kind, *subject)


def scenario(framework_id: str, canonical_form: str) -> str:
    """IRI of a scenario, ``…/gfc/scenario/<hash>``: the same scenario of the same framework, the same IRI."""
    digest = hashlib.sha256(f"{framework_id}\n{canonical_form}".encode()).hexdigest()[:16]
    return _path(framework_id, "scenario", digest)


def gap_run(version: str) -> str:
    """IRI of the search for gaps in a data version."""
    return _path("run", version)


def dataset(version: str) -> str:
    """IRI of a data version as a whole."""
    return _path("dataset", version)


def mapping_set(name: str) -> str:
    """IRI of a set of mappings, ``…/mapping/gfc-sdg``."""
    return _path("mapping", name)


def whole() -> str:
    """IRI of the graph as a whole, whichever version, ``…/dataset``."""
    return _path("dataset")


def catalogue() -> str:
    """IRI of the catalogue of datasets, ``…/catalogue``."""
    return _path("catalogue")


def service() -> str:
    """IRI of the SPARQL service as something a catalogue lists, ``…/catalogue/service/sparql``."""
    return _path("catalogue", "service", "sparql")


def distribution(path: str) -> str:
    """IRI of a file in the catalogue, by its path on the site: ``…/catalogue/distribution/data/targetgraph.nq``."""
    return _path("catalogue", "distribution", *path.split("/"))


def well_known(name: str) -> str:
    """IRI of a description at a well-known place (RFC 8615), ``…/.well-known/void``."""
    return _path(".well-known", *name.split("/"))


def changes(*parts: str) -> str:
    """IRI of the feed of changes, ``…/changes/``, or of something in it, ``…/changes/2/1``."""
    return BASE + "changes/" + "/".join(_safe(p) for p in parts)


def change_record(graph_iri: str, about: str) -> str:
    """IRI of what a named graph says of a thing, or, without a thing, of all it says with blank nodes."""
    said_in = graph_iri or _path("graph", "default")
    return f"{said_in}?about={quote(about, safe='')}" if about else f"{said_in}?blank-nodes"


def expand(short: str) -> str:
    """The inverse of :func:`shorten`."""
    return short if short.startswith(("http://", "https://")) else BASE + short.lstrip("/")


def shorten(iri: str) -> str:
    """An IRI of ours as a path, anything else as it is; for messages people read."""
    return iri.removeprefix(BASE)
