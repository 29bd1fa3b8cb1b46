"""Terms across a framework: one concept under several names, one name for several concepts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from targetgraph.reading.mentions.finding import Reading
from targetgraph.reading.mentions.stemming import stem


@dataclass(frozen=True, slots=True, kw_only=True)
class Inconsistency:
    """One concept, several terms (``kind`` ``terms``); or one term, several concepts (``concepts``).

    Parameters
    ----------
    about : the concept, or the term.
    found : terms, or concepts, each with the targets it stands in.
    """

    kind: str
    about: str
    found: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def sentence(self) -> str:
        """In words."""
        told = "; ".join(f"{name} ({', '.join(targets)})" for name, targets in self.found)
        if self.kind == "terms":
            return f"{self.about} goes under {len(self.found)} names: {told}."
        return f"“{self.about}” stands for {len(self.found)} things: {told}."


def inconsistencies(readings: Mapping[str, Reading]) -> list[Inconsistency]:
    """What the targets of a framework call differently, or alike.

    Parameters
    ----------
    readings : a reading by code of the target. Texts of one language are compared with each other only.
    """
    terms: defaultdict[tuple[str, str, str], dict[str, dict[str, None]]] = defaultdict(dict)
    concepts: defaultdict[tuple[str, str], dict[str, dict[str, None]]] = defaultdict(dict)
    shown: dict[tuple[str, str], str] = {}
    for target, reading in readings.items():
        for mention in reading.mentions:
            if not mention.concept or mention.kind in ("sdg", "document") or mention.rule == "abbreviation":
                continue
            term = " ".join(stem(word, reading.language) for word in mention.quote.split())
            shown.setdefault((reading.language, term), mention.quote)
            named = terms[(reading.language, mention.kind, mention.concept)]
            named.setdefault(term, {})[target] = None
            meant = concepts[(reading.language, term)]
            meant.setdefault(f"{mention.kind} {mention.concept}", {})[target] = None
    result = [
        Inconsistency(
            kind="terms", about=f"{kind} {concept}",
            found=tuple((f"“{shown[(language, term)]}”", tuple(where)) for term, where in named.items()),
        )
        for (language, kind, concept), named in terms.items() if len(named) > 1
    ]  # fmt: skip
    result += [
        Inconsistency(kind="concepts", about=shown[key], found=tuple((c, tuple(t)) for c, t in meant.items()))
        for key, meant in concepts.items()
        if len(meant) > 1
    ]
    return result
