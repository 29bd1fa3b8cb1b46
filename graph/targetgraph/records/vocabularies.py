"""Things that targets are linked to: actors, sectors, stages, issues, SDGs, indicators, documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from targetgraph.errors import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """An entry of a vocabulary.

    Parameters
    ----------
    id : identifier inside its scheme, ``[a-z0-9][a-z0-9.-]*``.
    labels : label by BCP 47 language tag; ``en`` is always there.
    kind : finer kind, as the table gives it.
    broader : identifier of the next broader entry, or empty.
    umbrella : a catch-all that stands for everybody or everything.
    note : remark of the curators.
    status : ``sourced`` or ``recalled``.
    sources : pages or document identifiers the entry rests on.
    place : file and row it was read from.
    """

    id: str
    labels: Mapping[str, str]
    kind: str = ""
    broader: str = ""
    umbrella: bool = False
    note: str = ""
    status: str = "recalled"
    sources: tuple[str, ...] = ()
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor(Concept):
    """A category of actors (kind ``category``) or a body (kind ``organisation``)."""

    wikidata: str = ""
    homepage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector(Concept):
    """A policy field or branch, with its place in ISIC revision 4."""

    isic_section: str = ""
    isic_division: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(Concept):
    """A life-cycle stage; ``order`` is its place along the life cycle."""

    order: int
    definition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue(Concept):
    """An issue of concern and the session that singled it out."""

    session: str = ""
    year: int | None = None
    resolution: str = ""
    gfc_status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SdgEntry(Concept):
    """A Sustainable Development Goal (``level`` ``goal``) or one of its targets (``target``)."""

    level: str
    goal: str
    iri: str
    sdgio_iri: str = ""
    deadline: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SdgIndicator:
    """One line of the global indicator list.

    ``repeats`` is the code of the entry that this line repeats; ``current`` is false for entries that no
    longer belong to the global framework.
    """

    code: str
    target: str
    label: str
    permanent_code: str = ""
    iri: str = ""
    repeats: str = ""
    current: bool = True
    note: str = ""
    status: str = "recalled"
    sources: tuple[str, ...] = ()
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Concept):
    """A measure for targets, or an agreed place for one.

    ``adoption`` is one of ``adopted``, ``adopted-elsewhere``, ``proposed``, ``under-development``,
    ``candidate-proxy``, ``structure-only``; ``measures_framework`` a framework it was made for as a whole.
    """

    adoption: str
    adoption_note: str = ""
    measures_framework: str = ""
    scope: str = ""
    custodian: str = ""
    sdg_indicators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document, meeting, working group or event of the process.

    ``date_start`` and ``date_end`` are ISO dates cut where knowledge ends: ``2023``, ``2020-10``,
    ``2023-09-30``, or empty.
    """

    id: str
    kind: str
    title: str
    symbol: str = ""
    date_start: str = ""
    date_end: str = ""
    place_held: str = ""
    note: str = ""
    status: str = "recalled"
    sources: tuple[str, ...] = ()
    place: Place = field(default=Place(), compare=False)
