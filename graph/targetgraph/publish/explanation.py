"""An explanation as text, JSON and Markdown."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator

from targetgraph.analysis.explanation import Counterfactual, Explanation
from targetgraph.publish.folding import folded
from targetgraph.publish.tables import escaped

_COVERED = "covered"


def as_json(explanation: Explanation) -> str:
    """Everything, as plain values."""
    return json.dumps(explanation.to_json(), ensure_ascii=False, indent=2)


def as_text(explanation: Explanation, columns: int | None = None) -> str:
    """The explanation for a terminal (``columns``: its width)."""
    e = explanation
    lines = [f"{e.title}: {e.state.word} {e.state.symbol}", place(e), "", f"Why: {e.rule}"]
    for title, items in sections(e):
        lines += ["", f"{title}:", *(f"  - {item}" for item in items)]
    return folded(lines, columns)


def as_markdown(explanation: Explanation) -> str:
    """The same as a document."""
    e = explanation
    lines = [f"# {escaped(e.title)}: {e.state.word}", "", place(e), "", f"**Why:** {escaped(e.rule)}"]
    for title, items in sections(e):
        lines += ["", f"## {title}", "", *(f"- {escaped(item)}" for item in items)]
    return "\n".join(lines)


def place(e: Explanation) -> str:
    """Framework, dimension and data version."""
    return f"{e.framework}, {e.dimension}; data version {e.version}."


def sections(e: Explanation) -> Iterator[tuple[str, list[str]]]:
    """Headings with their lines; those without a line are left out."""
    parts = (
        ("Links that reach it", [_link(e, n) for n in range(len(e.reaches))]),
        ("Brackets", [e.cases] if e.cases else []),
        ("Who looked", [f"{r.sentence} <{r.iri}>{' (decides)' if r.decides else ''}" for r in e.records]),
        ("The least that would make it covered", _changes(e)),
        ("Near misses", [f"{m.sentence} <{m.iri}>" for m in e.near_misses]),
        ("Gaps told of it", [f"{g.sentence} <{g.iri}>" for g in e.gaps]),
        ("The target", [f"{i.text}{f' [{i.status}]' if i.status else ''} <{i.iri}>" for i in e.evidence]),
        ("Note", [e.note] if e.note else []),
    )
    for title, items in parts:
        if items:
            yield title, items


def _link(e: Explanation, number: int) -> str:
    reach = e.reaches[number]
    return f"{reach.sentence} [{reach.verification}, confidence {reach.confidence:g}] <{reach.iri}>"


def _changes(e: Explanation) -> list[str]:
    if e.state.word == _COVERED:
        return []
    return [_counterfactual(e, c) for c in e.counterfactuals] or [e.obstacle]


def _counterfactual(e: Explanation, change: Counterfactual) -> str:
    command = f"targetgraph simulate --framework {e.framework} --scenario {shlex.quote(str(change.scenario))}"
    return f"{' And: '.join(change.sentences)} Try: {command}"
