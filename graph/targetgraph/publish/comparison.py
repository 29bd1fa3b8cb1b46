"""A comparison as text, JSON and Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator

from targetgraph.analysis.comparison import Comparison, Fate
from targetgraph.phrases import listed
from targetgraph.publish.folding import folded
from targetgraph.publish.tables import escaped

_SHOWN = 30


def as_json(comparison: Comparison) -> str:
    """Everything, as plain values."""
    return json.dumps(comparison.to_json(), ensure_ascii=False, indent=2)


def as_text(comparison: Comparison, columns: int | None = None) -> str:
    """The comparison for a terminal (``columns``: its width)."""
    lines = [title(comparison), versions(comparison)]
    for heading, items in sections(comparison):
        lines += ["", f"{heading}:", *(f"  - {item}" for item in items)]
    return folded(lines, columns)


def as_markdown(comparison: Comparison) -> str:
    """The same as a document."""
    lines = [f"# {escaped(title(comparison))}", "", escaped(versions(comparison))]
    for heading, items in sections(comparison):
        lines += ["", f"## {heading}", "", *(f"- {escaped(item)}" for item in items)]
    return "\n".join(lines)


def title(c: Comparison) -> str:
    """What is compared with what."""
    return f"{c.before.name} → {c.after.name}"


def versions(c: Comparison) -> str:
    """The data version, or both."""
    found = list(dict.fromkeys((c.before.graph.version, c.after.graph.version)))
    return f"Data version{'s' if len(found) > 1 else ''} {' → '.join(found)}."


def sections(c: Comparison) -> Iterator[tuple[str, list[str]]]:
    """Headings with their lines. Between versions and scenarios only targets that differ are told of."""
    told = [f for f in c.fates if f.dropped or any(p.differences and not p.differences.nothing for p in f.pairs)]
    alike = len(c.fates) - len(told)
    fates = [_fate(f) for f in told]
    if alike:
        fates.append(f"{alike} targets do not differ in what they name, their date and their hedges.")
    yield "What became of the targets", fates
    if c.added:
        yield (
            "Without a forerunner, in whole or in part",
            [f"{len(c.added)}: {listed([h.code for h in c.added], _SHOWN)}."],
        )
    yield "Coverage before and after", [s.sentence for s in c.shifts]
    if c.columns:
        yield "Columns in another state", [f"{d}: {'; '.join(names)}." for d, names in _columns(c).items()]
    if c.cells:
        yield (
            "Cells of matched targets in another state",
            _cut(
                [
                    f"{x.before.code}{'' if x.before.code == x.after.code else f' → {x.after.code}'} × {x.concept.label} "
                    f"({x.dimension}): {x.states[0].word} → {x.states[1].word}"
                    for x in c.cells
                ]
            ),
        )
    yield "Gaps that opened", _cut([f"{g.sentence} <{g.iri}>" for g in c.opened]) or ["none"]
    yield "Gaps that closed", _cut([f"{g.sentence} <{g.iri}>" for g in c.closed]) or ["none"]
    if any(c.unmatched_gaps):
        before, after = c.unmatched_gaps
        yield "Gaps of what is on one side only", [f"{before} before, {after} after; they are not compared."]
    yield "To keep in mind", list(c.notes)


def _fate(fate: Fate) -> str:
    sure = f"{fate.certainty.level} certainty: {fate.certainty.reason}"
    return f"{' '.join(fate.sentences)} ({fate.basis}; {sure}.)"


def _columns(c: Comparison) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for change in c.columns:
        found.setdefault(change.dimension, []).append(change.sentence)
    return found


def _cut(items: list[str]) -> list[str]:
    more = len(items) - _SHOWN
    return [*items[:_SHOWN], f"and {more} more (all in --format json)"] if more > 0 else items
