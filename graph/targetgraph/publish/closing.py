"""A closing set as text, JSON, CSV and Markdown."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections import Counter
from collections.abc import Sequence

from targetgraph.analysis.closing import ClosingSet, Step
from targetgraph.analysis.gaps import Gap
from targetgraph.publish.cells import harmless
from targetgraph.publish.spreadsheets import csv_text
from targetgraph.publish.tables import escaped

COLUMNS = (
    "step", "link", "target", "target_label", "dimension", "concept", "concept_label", "cost", "already_implied", "spent",
    "closes", "closed_so_far", "of", "alternatives", "gaps", "method", "proved_optimal", "data_version",
)  # fmt: skip
_SHOWN = 12


def as_json(found: ClosingSet) -> str:
    """Everything: links with what each closes, the proof, and what the gap report says afterwards."""
    return json.dumps(found.to_json(), ensure_ascii=False, indent=2, allow_nan=False)


def summary(found: ClosingSet) -> list[str]:
    """The answer, its proof and its check, in sentences."""
    closed = len(found.chosen) - len(found.left)
    price = "" if found.cost == len(found.steps) else f", together at a cost of {found.cost:g}"
    new = sum(not s.link.implied for s in found.steps)
    lines = [
        f"{_count(len(found.steps), 'new link')} close{'s' if len(found.steps) == 1 else ''} {closed} of the "
        f"{_count(len(found.chosen), 'chosen gap')} of {found.framework}{price}.",
        f"{found.solution.statement} {found.candidates} links could have been taken.",
        f"Curators hold {len(found.steps) - new} of these links to be implied already: there the text only has to say it.",
    ]
    if found.left:
        lines.append(f"Left open within the budget of {found.budget:g}: {len(found.left)}.")
    if found.also_closed:
        lines.append(f"Closed besides: {_kinds(found.also_closed)}.")
    opened = _kinds(found.opened) if found.opened else "none"
    lines.append(f"The gap report was computed again with these links in place. Gaps that only then appear: {opened}.")
    if found.impossible:
        lines.append(
            f"Proposed links cannot close {len(found.impossible)} others that were asked for: {_reasons(found)}."
        )
    return lines


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _kinds(gaps: Sequence[Gap]) -> str:
    counted = Counter(f"{g.kind}{f' ({g.dimension})' if g.dimension else ''}" for g in gaps)
    return ", ".join(f"{number} {name}" for name, number in sorted(counted.items()))


def _reasons(found: ClosingSet) -> str:
    counted = Counter((i.gap.kind, i.reason) for i in found.impossible)
    return "; ".join(f"{number} {kind}, because {reason}" for (kind, reason), number in sorted(counted.items()))


def sentence(step: Step) -> str:
    """A proposed link in words."""
    link = step.link
    told = " (curators hold it to be implied)" if link.implied else ""
    return f"{link.target} ({link.target_label}) names {link.concept_label} [{link.dimension}]{told}"


def as_text(found: ClosingSet, full: bool = False) -> str:
    """For a terminal: the links in the order of what they buy, with what could stand in for each.

    Parameters
    ----------
    full : name every gap that a link closes; otherwise only count them.
    """
    width = min(110, shutil.get_terminal_size((100, 24)).columns)
    lines = [*summary(found), "", "Link by link, what each buys:"]
    total = len(found.chosen)
    for number, step in enumerate(found.steps, 1):
        price = "" if step.link.cost == 1 else f", cost {step.link.cost:g}"
        lines.append(
            f"{number:>3}. {sentence(step)}: closes {len(step.closes)}{price}; {step.closed} of {total} closed so far"
        )
        if step.link.tied:
            more = f" and {step.link.tied - 3} more" if step.link.tied > 3 else ""
            lines.append(f"     as good: {', '.join(step.link.alternatives[:3])}{more}")
        if full:
            lines += [f"     closes: {gap.sentence}" for gap in step.closes]
    if full or len(found.opened) <= _SHOWN:
        lines += [f"  opens: {gap.sentence}" for gap in found.opened]
    lines += ["", f"Data version {found.version}."]
    return "\n".join(_wrapped(harmless(line), width) for line in lines)


def _wrapped(line: str, width: int) -> str:
    indent = len(line) - len(line.lstrip())
    return "\n".join(
        textwrap.wrap(line, width, subsequent_indent=" " * (indent + 3 if indent else 0), break_on_hyphens=False)
    )


def as_csv(found: ClosingSet) -> str:
    """One row a link."""
    return csv_text(
        COLUMNS,
        (
            [number, s.link.code, s.link.target, s.link.target_label, s.link.dimension, s.link.concept,
             s.link.concept_label, s.link.cost, "yes" if s.link.implied else "no", s.spent, len(s.closes), s.closed,
             len(found.chosen), s.link.tied, " ".join(g.iri for g in s.closes), found.solution.method,
             "yes" if found.solution.optimal else "no", found.version]
            for number, s in enumerate(found.steps, 1)
        ),
    )  # fmt: skip


def as_markdown(found: ClosingSet) -> str:
    """The answer and the curve as a document."""
    lines = [f"# Closing set: {escaped(found.framework)}", "", *(escaped(line) for line in summary(found)), ""]
    lines += ["| | link | cost | closes | closed so far | as good |", "|---:|---|---:|---:|---:|---:|"]
    lines += [
        f"| {n} | {escaped(sentence(s))} | {s.link.cost:g} | {len(s.closes)} | {s.closed} of {len(found.chosen)} "
        f"| {s.link.tied} |"
        for n, s in enumerate(found.steps, 1)
    ]
    if found.opened:
        lines += ["", "## Gaps that appear with these links", "", *(f"- {escaped(g.sentence)}" for g in found.opened)]
    if found.impossible:
        lines += ["", "## Gaps that proposed links cannot close", ""]
        lines += [f"- {escaped(i.gap.sentence)} ({escaped(i.reason)})" for i in found.impossible]
    return "\n".join([*lines, "", f"Data version {found.version}."])
