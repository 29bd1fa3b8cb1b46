"""Negotiating text taken apart: what stands in brackets, what are alternatives, who proposed what.

Offsets are code points into :attr:`Negotiation.text`, beginning at 0, the end exclusive. The tree is kept flat, so that no
depth of nesting costs more than its length.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who proposed or supported some words, and where the text says so. ``verb`` is ``proposed``, ``supported`` … or empty."""

    start: int
    end: int
    parties: tuple[str, ...]
    verb: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Some words that may stay or go.

    Parameters
    ----------
    start, end : the whole of it, with its brackets, label and the attribution inside; one that follows it is outside.
    inner_start, inner_end : the words themselves.
    form : ``bracket``; ``option`` for a paragraph such as “Option 1 …”; ``choice`` for one of “shall/should”.
    kind : ``negotiated``; ``placeholder`` for what is still to be filled in; ``citation`` and ``editorial`` for brackets that
        are no matter of negotiation; ``attribution`` for a bracket with nothing but the names of those who proposed another.
    parent : index of the segment around it, or -1.
    group : index of the alternatives it belongs to, or -1.
    label : “Option 1”, “Alt 2”.
    attributions : who proposed it.
    repaired : ``opened`` or ``closed`` where that bracket is missing in the text and was supplied; else empty.
    doubtful : why the kind is uncertain, or empty.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    form: str = "bracket"
    kind: str = "negotiated"
    parent: int = -1
    group: int = -1
    label: str = ""
    attributions: tuple[Attribution, ...] = ()
    repaired: str = ""
    doubtful: str = ""

    @property
    def may_go(self) -> bool:
        """Whether it can be kept or deleted by itself: negotiated, in brackets, and no one of several alternatives."""
        return self.form == "bracket" and self.kind == "negotiated" and self.group < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternatives:
    """Segments of which at most one stays.

    Parameters
    ----------
    members : their indices, in the order of the text.
    required : whether exactly one has to stay (of two years, two modal verbs, two options), since the sentence lacks a part
        without; otherwise all may go.
    because : how they were recognised.
    """

    members: tuple[int, ...]
    required: bool
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A bracket that the text lacks: ``sign`` was supplied at ``position``; ``partner`` is where its counterpart stands."""

    position: int
    sign: str
    partner: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Negotiation:
    """A text taken apart.

    Parameters
    ----------
    segments : in the order in which they begin; a segment comes before those inside it.
    groups : alternatives, in the order of their first members.
    repairs : brackets that were supplied; the reading is then an offer, not a fact.
    unread : a sentence on what was too much to take apart, or empty.
    """

    text: str
    segments: tuple[Segment, ...] = ()
    groups: tuple[Alternatives, ...] = ()
    repairs: tuple[Repair, ...] = ()
    unread: str = ""

    @property
    def contested(self) -> bool:
        """Whether anything in it is still negotiated."""
        return any(s.kind in ("negotiated", "placeholder") for s in self.segments)
