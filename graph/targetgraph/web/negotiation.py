"""Choosing a media type for a client (RFC 9110, 12.5.1).

>>> choose("text/html;q=0.5, text/turtle", ("text/html", "text/turtle"))
'text/turtle'
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from targetgraph.store.documents import GRAPH_FORMS
from targetgraph.store.protocol_answers import RESULT_FORMS

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

# Forms in the order of preference, each with its own media type and others it goes by. A wildcard of the client means
# the form's own type only.
_RESULT_OFFERS = (
    ("json", "application/sparql-results+json", "application/json"),
    ("xml", "application/sparql-results+xml", "application/xml", "text/xml"),
    ("csv", "text/csv"),
    ("tsv", "text/tab-separated-values"),
)
_GRAPH_OFFERS = (
    ("turtle", "text/turtle", "application/x-turtle"),
    ("ntriples", "application/n-triples", "text/plain"),
    ("rdfxml", "application/rdf+xml", "application/xml", "text/xml"),
    ("jsonld", "application/ld+json", "application/json"),
    ("nquads", "application/n-quads"),
    ("trig", "application/trig"),
)
GRAPH_TYPES = {own: form for form, own, *_ in _GRAPH_OFFERS}
"""Forms of graphs by the media type of a document."""

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


def _form(accept: str, offers: tuple[tuple[str, ...], ...]) -> str:
    if not accept.strip():
        return offers[0][0]
    ranges = _ranges(accept)
    exact = dict(reversed(ranges))
    best, chosen = 0.0, ""
    for form, own, *others in offers:
        quality = max(_quality(own, ranges), *(exact.get(other, 0.0) for other in others), 0.0)
        if quality > best:
            best, chosen = quality, form
    return chosen


def graph_form(accept: str) -> str:
    """Form for a graph, ``""`` where the client takes none of ours."""
    return answer_forms(accept)[1]
