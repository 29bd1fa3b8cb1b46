"""The competency questions of the ontology, and the page that shows them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field

from rdflib import OWL, RDF, RDFS, Graph, URIRef

from targetgraph import resources
from targetgraph.modelling import ontology
from targetgraph.namespaces import PREFIXES, TG

ARROW = " → "
_HEAD = """# Competency questions

<!-- Made by `python -m tests.docs.reference` from ontology/competency-questions.toml; do not edit. -->

What the ontology must be able to answer (M. Grüninger, M. Fox, *Methodology for the Design and Evaluation of Ontologies*,
1995). Each question is a query of the library. Its answer over the bundled tables is known beforehand, and
`tests/queries/test_competency_questions.py` compares it with loops over the CSV files that know nothing of RDF.

"""


@dataclass(frozen=True)
class CompetencyQuestion:
    """A question, the query that answers it, and what has to come out.

    Parameters
    ----------
    answers : rows, in words joined by arrows; some of them where there is a `count`.
    count : how many rows there are.
    needs : terms without which it could not be asked.
    values : values of the query's parameters.
    """

    code: str
    asks: str
    query: str
    columns: tuple[str, ...]
    answers: tuple[str, ...]
    count: int
    needs: tuple[str, ...]
    values: dict[str, str] = field(default_factory=dict)


def questions() -> list[CompetencyQuestion]:
    """All of them, in their order."""
    text = (resources.ontology() / "competency-questions.toml").read_text(encoding="utf-8")
    return [
        CompetencyQuestion(
            q["code"], q["asks"], q["query"], tuple(q["columns"]), tuple(q["answers"]), q.get("count", len(q["answers"])),
            tuple(q["needs"]), q.get("with", {}),
        )
        for q in tomllib.loads(text)["question"]
    ]  # fmt: skip


def full(term: str) -> URIRef:
    """The IRI of a prefixed name."""
    prefix, _, local = term.partition(":")
    return URIRef(PREFIXES.get(prefix, prefix + ":") + local)


def classes_not_asked_about() -> list[str]:
    """Our classes that no question needs, kinds of gap apart: those have queries and tests of their own."""
    graph = ontology.read("targetgraph.ttl")
    asked = {full(term) for q in questions() for term in q.needs}
    gaps = set(graph.transitive_subjects(RDFS.subClassOf, URIRef(TG.Gap)))
    ours = {c for c in graph.subjects(RDF.type, OWL.Class) if str(c).startswith(TG.NAMESPACE)}
    return sorted(_short(graph, c) for c in ours - asked - gaps)


def _short(graph: Graph, term: object) -> str:
    return "tg:" + str(term).removeprefix(TG.NAMESPACE)


def page() -> str:
    """``docs/competency-questions.md``."""
    parts = [_HEAD]
    for q in questions():
        given = "".join(f" -p {name}={value}" for name, value in q.values.items())
        rows = [re.sub(r"→ $", "→ –", row) for row in q.answers]
        more = f", among them {'; '.join(rows)}" if q.count != len(rows) else f": {'; '.join(rows)}"
        parts.append(f"## {q.code}: {q.asks}\n\n```sh\ntargetgraph query {q.query}{given}\n```\n\n")
        parts.append(f"{q.count} {'answer' if q.count == 1 else 'answers'} ({ARROW.join(q.columns)}){more}.\n\n")
        parts.append(f"Needs {', '.join(f'`{term}`' for term in q.needs)}.\n\n")
    left = ", ".join(f"`{name}`" for name in classes_not_asked_about())
    parts.append(
        f"## Classes that no question needs\n\nKinds of gap have queries and tests of their own. The others: {left}.\n"
    )
    return "".join(parts)
