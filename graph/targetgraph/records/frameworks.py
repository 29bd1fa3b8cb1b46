"""Frameworks, their targets, and the claims made about them."""

from __future__ import annotations

from dataclasses import dataclass, field

from targetgraph.errors import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """A set of targets under one title. ``date`` is an ISO date or empty."""

    id: str
    label: str
    short_label: str
    status: str
    document: str = ""
    date: str = ""
    note: str = ""
    verification: str = "recalled"
    sources: tuple[str, ...] = ()
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """A heading under which a framework groups its targets."""

    framework: str
    id: str
    label: str
    status: str = "recalled"
    sources: tuple[str, ...] = ()
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A single result or action a framework asks for.

    Parameters
    ----------
    framework, id : together the identity of the target.
    order : place in the framework, from 1.
    status : ``proposed``, ``under-negotiation``, ``adopted``, ``superseded`` or ``dropped``.
    deadline : year, or ``None`` where the wording gives none.
    measurable : ``yes``, ``partly``, ``no`` or empty (nobody has judged).
    scope_phrases : stages mentioned only inside the set phrase of the framework's title.
    verification : ``sourced`` or ``recalled``.
    confidence : ``high``, ``medium`` or ``low``.
    partial_evidence : pages that confirm a part of what was not seen in full.
    """

    framework: str
    id: str
    order: int
    objective: str
    status: str
    label: str
    summary: str
    deadline: int | None = None
    measurable: str = ""
    measurable_note: str = ""
    scope_phrases: tuple[str, ...] = ()
    official_number: str = ""
    verification: str = "recalled"
    confidence: str = "medium"
    sources: tuple[str, ...] = ()
    partial_evidence: tuple[str, ...] = ()
    note: str = ""
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The text of a target in a document and language; ``text`` is empty where it may not be reproduced.

    ``revises`` names the document whose wording of the same target and language this one replaces.
    """

    framework: str
    target: str
    language: str
    document: str
    text: str = ""
    revises: str = ""
    note: str = ""
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of a wording.

    ``kind`` is ``bracket``, ``emphasis`` or ``hedge``. ``start`` and ``end`` are character offsets into the
    wording's text (code points, end exclusive), ``None`` where the text is not held.
    """

    framework: str
    target: str
    id: str
    kind: str
    quote: str
    document: str
    language: str = "en"
    start: int | None = None
    end: int | None = None
    note: str = ""
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The claim that a target, or an issue of concern, concerns something.

    Parameters
    ----------
    framework : framework of the subject; empty where the subject is an issue of concern.
    subject : identifier of the target or issue.
    kind : ``actor``, ``sector``, ``stage``, ``sdg``, ``indicator`` or ``issue``.
    concept : identifier of what it concerns.
    role : for actors: ``responsible``, ``provider``, ``beneficiary``, ``object``, ``channel``,
        ``participant``, ``owner`` or ``unstated``; empty otherwise.
    basis : ``named``, ``implied`` or ``judged``.
    confidence : ``high``, ``medium`` or ``low``.
    rests_on : identifier of the passage of the same target it rests on, or empty.
    made_against : document of the wording it was read from (empty: the only one there is).
    verification : ``sourced``, ``recalled`` or ``judged``.
    sources : pages; empty means those of the target.
    """

    framework: str
    subject: str
    kind: str
    concept: str
    basis: str
    role: str = ""
    confidence: str = "medium"
    rests_on: str = ""
    made_against: str = ""
    rationale: str = ""
    verification: str = "judged"
    sources: tuple[str, ...] = ()
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """What became of a proposal.

    ``relation`` is ``became``, ``shortened``, ``content-in`` or ``dropped``; only ``dropped`` has no successor.
    """

    framework: str
    proposal: str
    relation: str
    successor_framework: str = ""
    successor: str = ""
    confidence: str = "medium"
    rationale: str = ""
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency:
    """The judgement that a target needs the result of another of the same framework."""

    framework: str
    target: str
    needs: str
    confidence: str = "medium"
    rationale: str = ""
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """The decision to live with a gap. ``gap`` is its IRI, or that part of it that follows the base IRI."""

    gap: str
    reason: str
    accepted_by: str = ""
    date: str = ""
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The record that somebody looked.

    ``result`` is ``assessed``, ``not-assessed`` or ``not-applicable``. An empty ``target`` means the whole
    framework, an empty ``concept`` every column of ``dimension``. The narrower record wins.
    """

    framework: str
    dimension: str
    result: str
    target: str = ""
    concept: str = ""
    reason: str = ""
    date: str = ""
    place: Place = field(default=Place(), compare=False)
