"""Documents, meetings and working groups of the process, and the tables the graph is made from."""

from __future__ import annotations

from collections.abc import Sequence

from rdflib import DCTERMS, FOAF, PROV

from targetgraph import iris
from targetgraph.modelling.writer import GraphWriter, dated
from targetgraph.namespaces import TG
from targetgraph.records import Document, Table

_CLASSES = {"meeting": TG.ProcessEvent, "event": TG.ProcessEvent, "group": TG.WorkingGroup}


def write_documents(out: GraphWriter, documents: Sequence[Document]) -> None:
    """Documents and happenings; a date is as precise as what is known of it."""
    for document in documents:
        iri = out.thing(iris.document(document.id), document.place, _CLASSES.get(document.kind, TG.Document))
        out.label(iri, document.title)
        out.text(iri, TG.kind, document.kind)
        out.text(iri, DCTERMS.identifier, document.symbol)
        out.add(iri, TG.startDate, dated(document.date_start))
        out.add(iri, TG.endDate, dated(document.date_end))
        out.text(iri, TG.place, document.place_held)
        out.text(iri, "http://www.w3.org/2004/02/skos/core#note", document.note, "en")
        out.known(iri, document.status, document.sources)


def write_tables(out: GraphWriter, tables: Sequence[Table]) -> None:
    """The source tables with their hashes: what this very graph was built from."""
    out.add(iris.CURATORS, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", PROV.Agent)
    out.label(iris.CURATORS, "Curators of the TargetGraph tables")
    out.text(iris.CURATORS, FOAF.name, "Curators of the TargetGraph tables")
    for folder in sorted({table.folder for table in tables} - {""}):
        out.add(iris.keeper(folder), "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", PROV.Agent)
        out.label(iris.keeper(folder), f"Whoever keeps the tables of {folder}")
    for table in tables:
        iri = iris.table(table.name)
        out.add(iri, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", TG.SourceTable)
        out.label(iri, table.title or table.name)
        out.text(iri, DCTERMS.identifier, "sha256:" + table.sha256)
        if table.date:
            out.add(iri, DCTERMS.date, dated(table.date))
        out.add(iri, DCTERMS.license, _licence_iri(table.licence))


def _licence_iri(licence: str) -> str:
    """SPDX identifiers become SPDX IRIs; an IRI stays as it is."""
    if not licence:
        return ""
    return licence if licence.startswith("http") else f"http://spdx.org/licenses/{licence}"
