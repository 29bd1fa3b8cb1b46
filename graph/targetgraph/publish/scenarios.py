"""A simulation, and a report on robustness, as text, JSON and Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator

from targetgraph.analysis.scenarios import Robustness, Simulation
from targetgraph.analysis.scenarios.robustness import FragileCell
from targetgraph.publish.folding import folded
from targetgraph.publish.tables import escaped

_OTHERS = "Other than targets"
_SHOWN = 12


def as_json(result: Simulation | Robustness) -> str:
    """Everything, as plain values."""
    return json.dumps(result.to_json(), ensure_ascii=False, indent=2)


def as_text(simulation: Simulation, columns: int | None = None) -> str:
    """What opens and closes, target by target, for a terminal (``columns``: its width)."""
    s = simulation
    lines = [f"{s.framework_label}, supposing {s.scenario}", f"Data version {s.version}.", ""]
    lines += [*s.effects, *s.sentences, ""]
    for code, (opened, closed, changed) in s.by_target.items():
        lines.append(f"{code or _OTHERS}:")
        lines += [f"  + opens: {g.sentence} <{g.iri}>" for g in opened]
        lines += [f"  - closes: {g.sentence} <{g.iri}>" for g in closed]
        lines += [f"  ~ changes: {c.sentence} <{c.before.iri}> <{c.after.iri}>" for c in changed]
    return folded(lines, columns)


def as_markdown(simulation: Simulation) -> str:
    """The same as a document."""
    s = simulation
    lines = [f"# {escaped(s.framework_label)}: what if", "", f"Scenario `{s.scenario}`; data version {s.version}.", ""]
    lines += [f"- {escaped(sentence)}" for sentence in (*s.effects, *s.sentences)]
    for code, (opened, closed, changed) in s.by_target.items():
        lines += ["", f"## {escaped(code) or _OTHERS}", ""]
        lines += [f"- **opens:** {escaped(g.sentence)} (<{g.iri}>)" for g in opened]
        lines += [f"- **closes:** {escaped(g.sentence)} (<{g.iri}>)" for g in closed]
        lines += [f"- **changes:** {escaped(c.sentence)} (<{c.before.iri}>, <{c.after.iri}>)" for c in changed]
    return "\n".join(lines)


def robustness_as_text(report: Robustness, columns: int | None = None) -> str:
    """Assumptions, gaps that hang on them, and the most fragile cells, for a terminal."""
    opening = [f"{report.framework_label}: how robust", f"Data version {report.version}.", ""]
    return folded([*opening, *_body(report)], columns)


def _body(report: Robustness) -> Iterator[str]:
    yield from report.sentences
    yield ""
    yield "Gaps that disappear under an assumption:"
    hanging = [gap for gap in report.gaps if report.hangs_on(gap)]
    for gap in hanging:
        reasons = "; ".join(a.sentence for a in report.hangs_on(gap))
        yield f"  {gap.sentence} Gone if {reasons}."
    if not hanging:
        yield "  none"
    yield ""
    yield f"Covered cells that open when one link goes (removals needed below {report.minimum} named):"
    for part in report.fragility:
        single = [cell for cell in part.cells if cell.removals == 1]
        for cell in single[:_SHOWN]:
            yield f"  {_cell(cell)}"
        if len(single) > _SHOWN:
            yield f"  and {len(single) - _SHOWN} more {part.plural} (all in --format json)"


def _cell(cell: FragileCell) -> str:
    rest = f"; {cell.to_empty} links until it is empty" if cell.to_empty > 1 else "; then it is empty"
    return f"{cell.target.code} × {cell.concept.label}: {', '.join(cell.links)}{rest}"


def robustness_as_markdown(report: Robustness) -> str:
    """Assumptions as a table, and every gap with what it hangs on."""
    lines = [f"# {escaped(report.framework_label)}: how robust", "", f"Data version {report.version}.", ""]
    lines += [f"- {escaped(sentence)}" for sentence in report.sentences]
    lines += ["", "| gap | disappears if |", "|---|---|"]
    for gap in report.gaps:
        reasons = "; ".join(a.sentence for a in report.hangs_on(gap)) or "never"
        lines.append(f"| {escaped(gap.sentence)} | {escaped(reasons)} |")
    return "\n".join(lines)
