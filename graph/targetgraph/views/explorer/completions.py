"""What may follow in a query: words of SPARQL, terms of the vocabulary, and things in the data by their names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from targetgraph.analysis.coding import CodedGraph
from targetgraph.library.terms import shortened
from targetgraph.namespaces import PREFIXES

_WORDS: Final = (
    "ASK", "BIND", "CONSTRUCT", "COUNT", "DISTINCT", "EXISTS", "FILTER", "GRAPH", "GROUP BY", "HAVING", "LANG",
    "LANGMATCHES", "LIMIT", "MINUS", "NOT EXISTS", "OFFSET", "OPTIONAL", "ORDER BY", "REGEX", "SELECT", "STR",
    "STRSTARTS", "UNION", "VALUES", "WHERE", "CONTAINS", "COALESCE", "DESC", "SAMPLE", "AVG", "MIN", "MAX", "SUM",
)  # fmt: skip
_COMMON: Final = (
    "rdf:type", "rdfs:label", "rdfs:subClassOf", "skos:prefLabel", "skos:notation", "skos:broader", "skos:inScheme",
    "skos:definition", "dct:source", "prov:wasRevisionOf", "oa:hasSource",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Completion:
    """Something that can be put into a query.

    Parameters
    ----------
    insert : as it is written there.
    label : what it is called.
    note : what it is or means.
    """

    insert: str
    label: str
    note: str

    def to_json(self) -> dict[str, str]:
        """Plain values."""
        return {"insert": self.insert, "label": self.label, "note": self.note}


class Completions:
    """Everything that may follow, looked through for each thing typed.

    Parameters
    ----------
    known : in the order of preference.
    """

    def __init__(self, known: Iterable[Completion]) -> None:
        self._known = [(c, _bare(c.insert), c.label.casefold()) for c in known]

    @classmethod
    def of(cls, graph: CodedGraph, terms: Iterable[Sequence[str | None]]) -> Completions:
        """Those for a graph.

        Parameters
        ----------
        terms : rows of ``vocabularies/terms``: IRI, label, kind, definition, example.
        """
        found: dict[str, Completion] = {}

        def add(insert: str, label: str, note: str) -> None:
            found.setdefault(insert, Completion(insert, label, note))

        for iri, label, kind, definition, *_ in terms:
            add(shortened(iri or "", PREFIXES), label or "", f"{kind}: {definition}")
        for name in _COMMON:
            add(name, name.partition(":")[2], "")
        for prefix, namespace in PREFIXES.items():
            add(f"{prefix}:", namespace, "prefix")
        for word in _WORDS:
            add(word, word.lower(), "SPARQL")
        for framework in graph.frameworks:
            add(shortened(framework.iri, PREFIXES), framework.label, "framework")
        targets = graph.targets
        for iri, code, label in zip(targets.iri, targets.notation, targets.label, strict=True):
            add(shortened(iri, PREFIXES), f"{code} {label}", "target")
        for dimension in graph.dimensions.values():
            table = dimension.concepts
            for iri, label in zip(table.iri, table.label, strict=True):
                add(shortened(iri, PREFIXES), label, dimension.declaration.singular)
        return cls(found.values())

    def fitting(self, typed: str, most: int = 30) -> list[Completion]:
        """Up to ``most`` that fit, the best first: what begins so, then what is called so, then what contains it."""
        folded = _bare(typed)
        if not folded:
            return []
        ranked: list[list[Completion]] = [[], [], [], [], []]
        for completion, insert, label in self._known:
            if completion.insert.startswith(typed):
                ranked[4].append(completion)
            elif insert.startswith(folded):
                ranked[0].append(completion)
            elif insert.partition(":")[2].startswith(folded) or label.startswith(folded):
                ranked[1].append(completion)
            elif f" {folded}" in f" {label}":
                ranked[2].append(completion)
            elif folded in insert or folded in label:
                ranked[3].append(completion)
        return [c for several in (ranked[4], *ranked[:4]) for c in several][:most]


def _bare(text: str) -> str:
    return text.casefold().strip("<>")
