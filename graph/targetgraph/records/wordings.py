"""Versions of a list of targets, aligned: what each text became, word for word, and whether it asks for more or less."""

from __future__ import annotations

from dataclasses import dataclass

SAME, REWORDED, MOVED, MOVED_AND_REWORDED = "same", "reworded", "moved", "moved and reworded"
MERGED, SPLIT, DROPPED, ADDED = "merged", "split", "dropped", "added"
DECIDED = "brackets decided"
"""The new text is a reading of the old one: brackets were lifted, deleted or chosen from, and nothing else was done."""

KEPT, DELETED, INSERTED, LIFTED, BRACKETED = "kept", "deleted", "inserted", "lifted", "bracketed"
CHOSEN, NOT_CHOSEN = "chosen", "not chosen"


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetText:
    """The text of a target in one version. ``basis`` is ``wording`` or, where that is not held, ``paraphrase``."""

    code: str
    text: str
    language: str = "en"
    label: str = ""
    basis: str = "wording"


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffPart:
    """Words of a comparison.

    ``kind`` is ``kept``, ``deleted``, ``inserted``, ``lifted`` (the words stay, the brackets around them go), ``bracketed``
    (the words stay, and stand in brackets now), ``chosen`` (the one of several alternatives that stays) or ``not chosen``
    (the others). ``disputed`` says whether deleted or inserted words stand in brackets.
    """

    kind: str
    text: str
    disputed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """A way in which a text asks for less or more: ``direction`` is ``softer``, ``firmer`` or ``other``.

    Where brackets leave several readings open, a text is softer if its softest reading is, and firmer if that is firmer;
    what only decides between readings that were open is ``other``.
    """

    kind: str
    direction: str
    says: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Similarity:
    """How alike two texts are (0 to 1), and what that rests on, in words."""

    score: float
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """A text of the old version and the one of the new version it went into.

    ``before`` or ``after`` is ``None`` for what was added or dropped.
    """

    relation: str
    before: TargetText | None
    after: TargetText | None
    similarity: Similarity
    diff: tuple[DiffPart, ...] = ()
    drift: tuple[Drift, ...] = ()
