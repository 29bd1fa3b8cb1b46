"""What can be fetched of a data version: which dataset, in which format, at which address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

MEDIA_TYPES: Final = "http://www.iana.org/assignments/media-types/"
FILE_TYPES: Final = "http://publications.europa.eu/resource/authority/file-type/"


@dataclass(frozen=True, slots=True)
class Format:
    """A format of a file.

    Parameters
    ----------
    name : as people say it.
    media_type : as registered with IANA.
    file_type : code in the file type list of the EU Publications Office.
    suffix : of our files, without the dot.
    holds : what a file in it holds, in a sentence.
    """

    name: str
    media_type: str
    file_type: str
    suffix: str
    holds: str = "The statements, each triple once; which named graph it stood in is not told."


_NAMED = "The statements with their named graphs."
_NETWORK = "Targets and what they are linked to, as a network."
FORMATS: Final = {
    "nquads": Format("N-Quads", "application/n-quads", "RDF_N_QUADS", "nq", _NAMED),
    "trig": Format("TriG", "application/trig", "RDF_TRIG", "trig", _NAMED),
    "turtle": Format("Turtle", "text/turtle", "RDF_TURTLE", "ttl"),
    "ntriples": Format("N-Triples", "application/n-triples", "RDF_N_TRIPLES", "nt"),
    "rdfxml": Format("RDF/XML", "application/rdf+xml", "RDF_XML", "rdf"),
    "jsonld": Format("JSON-LD", "application/ld+json", "JSON_LD", "jsonld", "The statements as nested JSON."),
    "csvw": Format("CSV on the Web", "application/zip", "ZIP", "zip", "Tables with a description of every column."),
    "xlsx": Format(
        "Excel workbook",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "XLSX",
        "xlsx",
        "The tables as sheets of a workbook.",
    ),
    "graphml": Format("GraphML", "application/xml", "XML", "graphml", _NETWORK),
    "gexf": Format("GEXF", "application/xml", "XML", "gexf", _NETWORK),
    "sssom": Format(
        "SSSOM",
        "text/tab-separated-values",
        "TSV",
        "sssom.tsv",
        "Mappings of targets to the SDGs, with their evidence.",
    ),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A file that can be fetched.

    Parameters
    ----------
    dataset : IRI of the dataset it holds.
    format : key of `FORMATS`.
    path : its address, relative to the base of the site.
    size : bytes, where known.
    sha256 : hexadecimal digest of the file, where known.
    title, holds : what it is, and what it holds, where that is more than its dataset and format say.
    """

    dataset: str
    format: str
    path: str
    size: int | None = None
    sha256: str = ""
    title: str = ""
    holds: str = ""


def graph_offers(graphs: Iterable[str]) -> list[Offer]:
    """Each named graph by itself, from the graph store of the site (SPARQL 1.1 Graph Store HTTP Protocol)."""
    return [Offer(graph, "turtle", f"rdf-graph-store?graph={quote(graph, safe='')}") for graph in graphs]
