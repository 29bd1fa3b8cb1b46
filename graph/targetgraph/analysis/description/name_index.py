"""Finding things by what they are called, in any language and script."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from targetgraph import iris

#: Kinds of thing in the order in which they are listed; the first prefix of the path that fits decides.
KINDS: Final = (
    "framework",
    "target",
    "objective",
    "actor",
    "sector",
    "stage",
    "sdg",
    "issue",
    "indicator",
    "question",
    "scheme",
    "term",
    "document",
    "other",
    "gap",
)
_SCHEMES: Final = {
    "actor": "actor",
    "sector": "sector",
    "stage": "stage",
    "issue": "issue",
    "indicator": "indicator",
}
_SDG: Final = "http://metadata.un.org/sdg/"


def kind_of(iri: str) -> str:
    """The kind of a thing, by its IRI: one of `KINDS`."""
    if iri.startswith(_SDG):
        return "sdg"
    path = iri.removeprefix(iris.BASE)
    if path == iri:
        return "other"
    parts = path.split("/")
    if path.startswith("ontology"):
        return "term"
    if parts[0] == "scheme":
        return _SCHEMES.get(parts[1], "other") if len(parts) > 2 else "scheme"
    first = {"organisation": "actor", "indicator": "indicator", "document": "document", "query": "question"}
    if parts[0] in first:
        return first[parts[0]]
    if len(parts) == 1:
        return "framework"
    return parts[1] if parts[1] in ("target", "objective", "gap") else "other"


def folded(text: str) -> str:
    """Text as it is compared: without case, accents, vowel signs and differences of width.

    Compatibility decomposition without combining marks (Unicode Standard Annex 15), case-folded; the hamza forms of the Arabic
    alef fall together with it, as decomposition leaves the mark apart.
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in apart if not unicodedata.combining(c) and c != "ـ").split())


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that was found, by which of its names, and how well that fits (0: exactly; less is better)."""

    iri: str
    kind: str
    name: str
    language: str
    fit: int


class NameIndex:
    """All names of all things.

    Parameters
    ----------
    rows : IRI, name and language tag of the name; a thing may have any number.
    truncated : whether there are names that are not among them.
    """

    def __init__(self, rows: Iterable[tuple[str, str, str]], truncated: bool = False) -> None:
        self.truncated = truncated
        self._rows = [(folded(name), iri, name, language) for iri, name, language in rows]
        self._order = {kind: number for number, kind in enumerate(KINDS)}

    def __len__(self) -> int:
        return len(self._rows)

    def find(self, text: str, language: str = "en") -> list[Found]:
        """Things with a name that holds every word of a text, the best first, each thing once.

        Parameters
        ----------
        text : words in any language.
        language : preferred where several names of a thing fit equally well.
        """
        wanted = folded(text)
        words = wanted.split()
        if not words:
            return []
        best: dict[str, tuple[tuple[int, int, int], Found]] = {}
        for name, iri, written, tag in self._rows:
            if all(word in name for word in words):
                fit = _fit(name, wanted, words)
                rank = (fit, 0 if tag == language else 1, len(name))
                if iri not in best or rank < best[iri][0]:
                    best[iri] = (rank, Found(iri, kind_of(iri), written, tag, fit))
        # A gap is found by the names of what it is about: it comes after all of these.
        ranked = sorted(
            best.values(),
            key=lambda r: (r[1].kind == "gap", r[0][0], self._order[r[1].kind], r[0][2], r[1].iri),
        )
        return [found for _, found in ranked]


def _fit(name: str, wanted: str, words: Sequence[str]) -> int:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    starts = f" {name}"
    return 2 if all(f" {word}" in starts for word in words) else 3
