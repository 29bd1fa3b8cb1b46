"""Choosing a media type for a client (RFC 9110, 12.5.1).

>>> choose("text/html;q=0.5, text/turtle", ("text/html", "text/turtle"))
'text/turtle'
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from targetgraph.store.protocol_answers import GRAPH_FORMS, RESULT_FORMS

RESULT_MEDIA = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
}
GRAPH_MEDIA = {
    "turtle": "text/turtle; charset=utf-8",
    "ntriples": "application/n-triples",
    "rdfxml": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "nquads": "application/n-quads",
    "trig": "application/trig; charset=utf-8",
}
MEDIA = {**RESULT_MEDIA, **GRAPH_MEDIA}
"""Content types, by the names that forms have here."""

# What a client may ask for, the form it then gets; the first is the one for ``*/*``.
_RESULT_OFFERS = (
    ("application/sparql-results+json", "json"),
    ("application/json", "json"),
    ("application/sparql-results+xml", "xml"),
    ("application/xml", "xml"),
    ("text/xml", "xml"),
    ("text/csv", "csv"),
    ("text/tab-separated-values", "tsv"),
)
_GRAPH_OFFERS = (
    ("text/turtle", "turtle"),
    ("application/n-triples", "ntriples"),
    ("application/rdf+xml", "rdfxml"),
    ("application/ld+json", "jsonld"),
    ("application/n-quads", "nquads"),
    ("application/trig", "trig"),
    ("application/json", "jsonld"),
    ("application/xml", "rdfxml"),
    ("text/xml", "rdfxml"),
    ("text/plain", "ntriples"),
    ("application/x-turtle", "turtle"),
)
GRAPH_TYPES = {media: form for media, form in _GRAPH_OFFERS if media not in ("application/xml", "text/xml")}
"""Forms of graphs by the media type a client may send or ask for."""

assert set(RESULT_MEDIA) == set(RESULT_FORMS) and set(GRAPH_MEDIA) == set(GRAPH_FORMS)


@lru_cache(maxsize=1024)
def choose(accept: str, offers: Sequence[str]) -> str | None:
    """The best of ``offers`` for an ``Accept`` header.

    Parameters
    ----------
    accept : the header; empty stands for ``*/*``.
    offers : media types without parameters (a tuple), the preferred first.

    Returns
    -------
    str or None
        None when the client takes none of them.
    """
    if not accept.strip():
        return offers[0] if offers else None
    wanted = _ranges(accept)
    best: tuple[float, int] | None = None
    chosen: str | None = None
    for position, offer in enumerate(offers):
        quality = _quality(offer, wanted)
        if quality > 0 and (best is None or (quality, -position) > best):
            best, chosen = (quality, -position), offer
    return chosen


def _ranges(accept: str) -> list[tuple[str, float]]:
    found = []
    for part in accept.split(",")[:100]:
        media, *parameters = (piece.strip() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "q":
                try:
                    quality = min(1.0, max(0.0, float(value)))
                except ValueError:
                    quality = 0.0
        if media:
            found.append((media.lower(), quality))
    return found


def _quality(offer: str, ranges: list[tuple[str, float]]) -> float:
    """The quality of the most specific range that covers an offer."""
    best = (-1, 0.0)
    for media, quality in ranges:
        if media == offer:
            rank = 2
        elif media == "*/*":
            rank = 0
        elif media.endswith("/*") and offer.startswith(media[:-1]):
            rank = 1
        else:
            continue
        if rank > best[0] or (rank == best[0] and quality > best[1]):
            best = (rank, quality)
    return best[1]


@lru_cache(maxsize=1024)
def answer_forms(accept: str) -> tuple[str, str]:
    """Forms for the answer of a query: of a table or truth value, and of a graph; ``""`` where the client takes none."""
    return _form(accept, _RESULT_OFFERS), _form(accept, _GRAPH_OFFERS)


def _form(accept: str, offers: tuple[tuple[str, str], ...]) -> str:
    media = choose(accept, tuple(media for media, _ in offers))
    return "" if media is None else dict(offers)[media]


def graph_form(accept: str) -> str:
    """Form for a graph, ``""`` where the client takes none of ours."""
    return answer_forms(accept)[1]
