"""Surprise as text, JSON, CSV and Markdown."""

from __future__ import annotations

import json
import math
import shutil
import textwrap
from collections.abc import Sequence

from targetgraph.analysis.coverage import Heading
from targetgraph.analysis.surprise import Finding, Surprise, Verdict
from targetgraph.publish.cells import harmless
from targetgraph.publish.spreadsheets import csv_text
from targetgraph.publish.tables import escaped

COLUMNS = (
    "family", "first", "first_label", "second", "second_label", "found", "expected", "spread", "effect", "chance_empty",
    "p", "adjusted_p", "verdict", "draws", "thinning", "seed", "data_version",
)  # fmt: skip
_WORDS = {"cell": "cells", "columns": "pairs of columns", "targets": "pairs of targets"}


def as_json(result: Surprise) -> str:
    """Everything, with how it was made."""
    return json.dumps(result.to_json(), ensure_ascii=False, indent=1, allow_nan=False)


def _name(heading: Heading) -> str:
    return heading.code if "/target/" in heading.iri or heading.code[:1].isdigit() else heading.label


def summary(result: Surprise) -> list[str]:
    """The answer as a whole, in sentences."""
    whole = result.overall
    lines = [
        f"{whole.found} of {whole.of} {whole.what}; chance with the same totals gives {whole.expected:.1f} ± "
        f"{whole.spread:.1f} (effect {_effect(whole.effect)}, p = {whole.p:.4f}): {whole.verdict}."
    ]
    for family, (tests, able) in result.tests.items():
        mine = [f for f in result.findings if f.family == family]
        fewer, more = (sum(f.verdict == v for f in mine) for v in (Verdict.FEWER, Verdict.MORE))
        lines.append(
            f"{tests} {_WORDS[family]}: {fewer} less than chance, {more} more than chance, {able - fewer - more} as chance "
            f"would have it, {tests - able} too small to tell."
        )
    return [*lines, *result.notes]


def _effect(value: float) -> str:
    return "none varies" if math.isinf(value) else f"{value:+.1f}"


def sentence(found: Finding) -> str:
    """A finding in words, with its numbers."""
    verb = {"cell": "by", "columns": "with", "targets": "with"}[found.family]
    return (
        f"{_name(found.first)} {verb} {_name(found.second)}: {found.found}, expected {found.expected:.2f} (effect "
        f"{_effect(found.effect)}, p = {found.p:.4f}, corrected {found.adjusted:.3f}): {found.verdict}"
    )


def shown(result: Surprise, full: bool) -> Sequence[Finding]:
    """Findings to tell of: all, or those that chance does not account for (where there is none, the nearest to it)."""
    return (
        result.findings if full else result.surprising or [f for f in result.findings if f.adjusted == f.adjusted][:5]
    )


def lead(result: Surprise, full: bool) -> str:
    """What stands above the findings."""
    if full:
        return "All tests:"
    return "Surprising:" if result.surprising else "No single one is surprising. The nearest to it:"


def as_text(result: Surprise, full: bool = False) -> str:
    """For a terminal.

    Parameters
    ----------
    full : every test; otherwise only what chance does not account for.
    """
    width = min(110, shutil.get_terminal_size((100, 24)).columns)
    counted = "named or implied" if result.implied else "named"
    lines = [f"{result.title} ({result.framework}, links {counted}, data version {result.version})", ""]
    lines += [*summary(result), "", lead(result, full)]
    lines += [f"  {sentence(f)}" for f in shown(result, full)]
    lines += ["", result.method]
    return "\n".join(
        textwrap.fill(
            harmless(line), width, subsequent_indent="    " if line.startswith(" ") else "", break_on_hyphens=False
        )
        for line in lines
    )


def as_markdown(result: Surprise, full: bool = False) -> str:
    """As a document."""
    lines = [f"# Surprise: {escaped(result.title)} ({escaped(result.framework)})", ""]
    lines += [*(f"- {escaped(line)}" for line in summary(result)), "", lead(result, full), ""]
    lines += ["| | found | expected | effect | chance of 0 | p | corrected | verdict |"]
    lines += ["|---|---:|---:|---:|---:|---:|---:|---|"]
    lines += [
        f"| {escaped(_name(f.first))} × {escaped(_name(f.second))} | {f.found} | {f.expected:.2f} | {_effect(f.effect)} "
        f"| {f.chance_empty:.2f} | {f.p:.4f} | {f.adjusted:.3f} | {f.verdict} |"
        for f in shown(result, full)
    ]
    return "\n".join([*lines, "", escaped(result.method), "", f"Data version {result.version}."])


def as_csv(result: Surprise) -> str:
    """One row a test."""
    return csv_text(
        COLUMNS,
        (
            [f.family, f.first.code, f.first.label, f.second.code, f.second.label, f.found, round(f.expected, 6),
             round(f.spread, 6), _plain(f.effect), round(f.chance_empty, 6), round(f.p, 6), _plain(f.adjusted), f.verdict.value,
             result.draws, result.thinning, result.seed, result.version]
            for f in result.findings
        ),
    )  # fmt: skip


def _plain(value: float) -> float | str:
    return round(value, 6) if math.isfinite(value) else ""
