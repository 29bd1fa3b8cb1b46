"""What a page says of one thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from targetgraph.analysis.description.words import Name


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a fact: a resource, or text with its language and datatype.

    Parameters
    ----------
    text : the text, or what the resource is called.
    language : tag, or empty.
    name : the resource; None for text.
    origin : whose statement it is where it is not the curators' own: derived, computed, mapped; in words.
    """

    text: str
    language: str = ""
    name: Name | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A property of the thing, in words, and its values."""

    property: str
    words: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A claim (`tg:Link`): what is said to concern what, and how far to trust it.

    Parameters
    ----------
    link : the claim itself.
    kind : its class in words.
    subject, other : what it is said of and what that concerns; None where a proposal was dropped.
    role : the part played, or the relation of a lineage; empty where there is none.
    basis : ``named``, ``implied`` or ``judged``; in full in ``basis_words``.
    confidence : from 0 to 1, as written.
    verification : how it is known, in a word; ``recalled`` is true where nobody has checked.
    remarks : what to know of the thing it concerns: a catch-all; how far an indicator is adopted.
    quotes : the words it rests on; ``bracketed`` when some of them stand in brackets.
    """

    link: Name
    kind: str
    subject: Name | None
    other: Name | None
    role: str
    basis: str
    basis_words: str
    confidence: str
    verification: str
    recalled: bool
    quotes: tuple[str, ...] = ()
    bracketed: bool = False
    remarks: tuple[str, ...] = ()
    rationale: str = ""
    sources: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GapLine:
    """A gap in a line: its sentence, why it counts, how sure, and where it stands."""

    gap: Name
    kind: str
    kind_means: str
    because: str
    severity: str
    certainty: str
    certainty_reason: str
    status: str
    first_seen: str
    accepted_because: str = ""

    @property
    def rank(self) -> float:
        """Severity times certainty."""
        return float(self.severity or 0) * float(self.certainty or 0)


@dataclass(frozen=True, slots=True)
class Group:
    """What points to the thing in one way.

    Parameters
    ----------
    by : the property by which it points.
    words : that, in words.
    total : how many there are; more than are listed when ``after`` is given.
    claims, gaps, names : what is listed.
    after : the IRI after which the next ones come; empty when all are listed.
    """

    by: str
    words: str
    total: int
    claims: tuple[Claim, ...] = ()
    gaps: tuple[GapLine, ...] = ()
    names: tuple[Name, ...] = ()
    after: str = ""

    @property
    def listed(self) -> int:
        """How many are listed."""
        return len(self.claims) + len(self.gaps) + len(self.names)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a wording and what it is at once: ``bracketed``, ``hedge``, ``emphasised``, ``passage``.

    ``begins`` are the IRIs of the passages that begin with it.
    """

    text: str
    marks: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PassageLine:
    """A passage: what it is, and its words."""

    passage: Name
    kind: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingLine:
    """A wording of a target: its text with what is marked in it, or that it is not held.

    Parameters
    ----------
    status : whether the text is held, and why not, in words.
    definition : what that status means.
    stretches : the text in pieces; empty where it is not held.
    """

    wording: Name
    document: Name | None
    language: str
    status: str
    definition: str
    stretches: tuple[Stretch, ...]
    passages: tuple[PassageLine, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a fact sheet has beyond other pages.

    Parameters
    ----------
    wordings : of a target, or the wording itself.
    claims : by kind of claim, in words, in the order of a fact sheet.
    """

    wordings: tuple[WordingLine, ...] = ()
    claims: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """All that is shown of one thing.

    Parameters
    ----------
    name, kind : what it is called and what it is.
    labels : what it is called, by language.
    warnings : how far not to trust it, in sentences.
    summary : what it is in brief, if that is stated.
    facts : its own statements; ``derived`` those that follow from claims by rule.
    groups : what points to it.
    sheet : wordings and claims.
    evidence : for a gap, the claims it rests on; ``command`` shows it again.
    members : for a framework, objectives and the targets under each.
    parts : fragments described along with it.
    """

    name: Name
    kind: str
    types: tuple[str, ...]
    labels: Mapping[str, str]
    warnings: tuple[str, ...]
    summary: Value | None
    facts: tuple[Fact, ...]
    derived: tuple[Fact, ...]
    groups: tuple[Group, ...]
    sheet: Sheet
    evidence: tuple[Claim, ...] = ()
    command: str = ""
    members: tuple[tuple[Name, tuple[Name, ...]], ...] = ()
    parts: tuple[Description, ...] = ()

    @property
    def iri(self) -> str:
        """The thing."""
        return self.name.iri
