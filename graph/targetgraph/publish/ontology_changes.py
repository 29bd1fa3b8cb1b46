"""Changes of the ontology, as text and as Markdown."""

from __future__ import annotations

from itertools import groupby

from targetgraph.namespaces import TG
from targetgraph.publish.folding import folded
from targetgraph.reasoning.ontology_changes import OntologyChange, OntologyChanges

_BREAKS = "breaking: "


def as_text(found: OntologyChanges) -> str:
    """Lines for a terminal: what changed, by term, and how much of it may break data or queries."""
    lines = [summary(found)]
    for term, changes in groupby(found.changes, key=lambda c: c.term):
        lines.append(_name(term))
        lines += [f"  - {_BREAKS if c.breaking else ''}{_plain(c)}" for c in changes]
    return folded(lines)


def as_markdown(found: OntologyChanges, title: str) -> str:
    """A section of a page: title, summary, and a list item a term."""
    lines = [f"## {title}", "", summary(found), ""]
    for term, changes in groupby(found.changes, key=lambda c: c.term):
        lines.append(f"- `{_name(term)}`" if term else f"- {_name(term)}")
        lines += [f"  - {'**breaking** ' if c.breaking else ''}{_plain(c)}" for c in changes]
    return "\n".join(lines).rstrip("\n") + "\n"


def summary(found: OntologyChanges) -> str:
    """One sentence: how many changes of which sort."""
    if not found.changes:
        return "Nothing has changed."
    counts = {sort: sum(c.sort == sort for c in found.changes) for sort in dict.fromkeys(c.sort for c in found.changes)}
    words = {
        "added": "term~ added", "removed": "term~ removed", "kind": "term~ of another kind", "deprecated": "deprecation~",
        "axiom added": "axiom~ added", "axiom removed": "axiom~ removed", "definition": "definition~ changed",
        "label": "label~ changed", "statement added": "statement~ added", "statement removed": "statement~ removed",
    }  # fmt: skip
    told = [
        f"{counts[sort]} {word.replace('~', '' if counts[sort] == 1 else 's')}"
        for sort, word in words.items()
        if sort in counts
    ]
    return f"{', '.join(told)}; {len(found.breaking)} of these changes may break data or queries."


def _plain(change: OntologyChange) -> str:
    return f"{change.sort}: {change.what}" if change.sort.endswith((" added", " removed")) else change.what


def _name(term: str) -> str:
    if not term:
        return "several terms"
    return "tg:" + term.removeprefix(TG.NAMESPACE) if term.startswith(TG.NAMESPACE) else term
