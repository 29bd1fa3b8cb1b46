"""What the graph says of one thing, for pages of the explorer."""

from __future__ import annotations

from targetgraph.analysis.comparison.matching import Fates
from targetgraph.analysis.description.describing import Describer
from targetgraph.analysis.description.neighbourhood import PAGE, Neighbourhoods
from targetgraph.analysis.description.record import Description
from targetgraph.store.limits import DEFAULT_LIMITS, Limits
from targetgraph.store.results import Solutions
from targetgraph.web.explorer.edition import Edition
from targetgraph.web.explorer.visit import Visit


class EditionAsker:
    """An edition as `Neighbourhoods` asks it; the limits are those of the server, whatever is given."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition

    def select(self, text: str, limits: Limits | None = DEFAULT_LIMITS) -> Solutions:
        """Answer a SELECT (StoreError when it cannot be)."""
        return self._edition.select(text)


def described(visit: Visit, iri: str) -> Description:
    """All that is said of a thing as the store of this version has it."""
    edition = visit.edition

    def make() -> Description | None:
        near = edition.compute("neighbourhoods", lambda: Neighbourhoods(EditionAsker(edition), edition.library))
        terms = edition.compute("terms", near.terms)
        found = near.around(iri)
        return Describer(found, terms, PAGE).describe(iri) if iri in found else None

    told = edition.compute(("described", iri), make)
    assert told is not None  # a target of the coded graph has its statements in the store of the same version
    return told


def fates(visit: Visit) -> Fates:
    """What the curators say became of proposals: relation by the IRIs of a proposal and its successor (empty: none)."""

    def make() -> dict[tuple[str, str], str]:
        rows = visit.edition.ask("extraction/lineage").rows
        told = [tuple("" if term is None else str(term) for term in row) for row in rows]
        return {(row[1], row[3]): row[2].rpartition("#")[2].lower() for row in told}

    return visit.edition.compute("fates", make)
