"""What a text names: candidates for links, each with its words, its role, and the rule that found it."""

from __future__ import annotations

from dataclasses import dataclass

EXCLUDED = "excluded"
"""Role of somebody the text names only to leave out: never a link."""

SCOPE_PHRASE = "scope-phrase"
"""Role of a stage named only inside the set phrase of a framework's title: never a link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of text that names something of a vocabulary.

    A mention is a candidate: a curator confirms it before it becomes a link.

    Parameters
    ----------
    kind : ``actor``, ``sector``, ``stage``, ``sdg``, ``issue`` or ``document``.
    concept : identifier in the vocabulary; empty for a cited document that the vocabulary does not hold.
    start, end : character offsets into the text (code points, end exclusive).
    quote : the words themselves.
    role : for actors ``responsible``, ``provider``, ``beneficiary``, ``object``, ``channel``, ``participant``,
        ``owner`` or ``unstated``; :data:`EXCLUDED` for what is named to be left out, :data:`SCOPE_PHRASE` for what
        stands only in the set phrase; empty otherwise.
    confidence : ``high``, ``medium`` or ``low``.
    rule : name of the rule that found it (:data:`targetgraph.reading.mentions.rules.RULES`).
    role_rule : name of the rule that gave the role, for actors.
    label : the label of the vocabulary that it was found by.
    """

    kind: str
    concept: str
    start: int
    end: int
    quote: str
    rule: str
    confidence: str = "high"
    role: str = ""
    role_rule: str = ""
    label: str = ""

    @property
    def is_candidate(self) -> bool:
        """Whether a link could be made of it."""
        return bool(self.concept) and self.role not in (EXCLUDED, SCOPE_PHRASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A point in time by which something is asked for.

    Parameters
    ----------
    years : the year; several where the text offers alternatives; empty for a span of time.
    months : length of a span ("within five years"), in months; 0 where there is none.
    start, end, quote : where it stands and its words.
    rule : name of the rule that found it.
    bracketed : whether it, or one of its alternatives, is in square brackets.
    counted_from : what a span is counted from, in the words of the text; empty where the text does not say.
    """

    start: int
    end: int
    quote: str
    rule: str
    years: tuple[int, ...] = ()
    months: int = 0
    bracketed: bool = False
    counted_from: str = ""

    @property
    def is_certain(self) -> bool:
        """Whether it is one date that can be looked up in a calendar."""
        return len(self.years) == 1 and not self.bracketed
