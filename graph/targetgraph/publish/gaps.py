"""A gap report as text, JSON, CSV and Markdown."""

from __future__ import annotations

import csv
import io
import json
import shutil
import textwrap
from collections.abc import Mapping

from targetgraph.analysis.gaps.history import Entry
from targetgraph.analysis.gaps.record import Evidence, Gap
from targetgraph.analysis.gaps.report import GapReport
from targetgraph.publish.cells import harmless
from targetgraph.publish.tables import escaped

COLUMNS = (
    "rank", "kind", "dimension", "subject", "subject_label", "missing", "sentence", "because", "severity", "certainty",
    "certainty_reason", "evidence", "query", "status", "first_seen",
    "accepted_because", "iri", "data_version",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_json(report: GapReport) -> str:
    """The whole report, every gap with its evidence."""
    return json.dumps(report.to_json(), ensure_ascii=False, indent=2)


def as_text(report: GapReport, full: bool, columns: int | None = None) -> str:
    """The report for a terminal.

    Parameters
    ----------
    full : every gap with its evidence; otherwise a headline for each kind.
    columns : width to wrap at; that of the terminal by default, at most 110.
    """
    width = columns or min(110, shutil.get_terminal_size((100, 24)).columns)
    lines = [*_opening(report), ""]
    if not report.gaps:
        lines.append("No gap of this sort.")
    elif full:
        for gap in report.gaps:
            lines += [*_gap_lines(gap), ""]
    else:
        for number, headline in enumerate(report.headlines, 1):
            lines.append(f"{number:>2}. {_bar(headline.rank)} {headline.sentence}")
        lines += ["", "Bars show severity times certainty. In full, with evidence and the query that shows each gap:"]
        lines.append(f"  targetgraph gaps --framework {report.framework} --all   (or --kind, --dimension)")
    return "\n".join(_wrapped(harmless(line), width) for line in lines)


def _opening(report: GapReport) -> list[str]:
    accepted = f"; {report.accepted} more accepted (--status accepted)" if report.accepted else ""
    return [
        f"{report.framework_label}: {counted(len(report.gaps), 'gap')} in {counted(report.targets, 'target')}{accepted}",
        f"{report.unverified} of {counted(report.targets, 'wording')} not verified against the official text."
        if report.unverified
        else "Every wording was seen in its source.",
        f"Data version {report.version}.",
    ]


def counted(number: int, thing: str) -> str:
    """A number and its noun: ``1 gap``, ``2 gaps``."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def closed_as_text(history: Mapping[str, Entry], framework: str) -> str:
    """Gaps of a framework that an earlier build found and a later one did not."""
    closed = [e for e in history.values() if e.status == "closed" and e.framework == framework]
    lines = [f"closed {e.closed} (first seen {e.first_seen}): {e.sentence}\n  {e.iri}" for e in closed]
    return "\n".join(harmless(line) for line in lines) or "No gap has been closed since the first build of this store."


def _bar(rank: float) -> str:
    return ("█" * max(1, round(rank * 5))).ljust(5, "░")


def _wrapped(line: str, width: int) -> str:
    """A line folded below its own indent, so that lists stay lists."""
    indent = len(line) - len(line.lstrip())
    hanging = indent + (4 if line.lstrip()[:1].isdigit() and line.lstrip()[1:3].strip(" .0123456789") == "" else 2)
    folded = textwrap.wrap(
        line, width, subsequent_indent=" " * hanging, break_long_words=False, break_on_hyphens=False,
        drop_whitespace=True, replace_whitespace=False,
    )  # fmt: skip
    return "\n".join(folded)


def _gap_lines(gap: Gap) -> list[str]:
    return [
        f"{_bar(gap.rank)} {gap.sentence}",
        *([f"    accepted: {gap.accepted_because}"] if gap.accepted_because else []),
        f"    kind: {gap.kind}{f', dimension {gap.dimension}' if gap.dimension else ''}; missing: {gap.missing}",
        f"    why it counts: {gap.because}",
        f"    how sure: {gap.certainty.level}; {gap.certainty.reason}",
        *(f"    evidence: {_evidence(e)}" for e in gap.evidence),
        f"    shown by: {command(gap)}",
        f"    {gap.iri}",
    ]


def _evidence(item: Evidence) -> str:
    return item.text + (f" [{item.status}]" if item.status else "") + (f" <{item.iri}>" if item.iri else "")


def command(gap: Gap) -> str:
    """The command that shows a gap."""
    parameters = "".join(f" --param '{name}={value}'" for name, value in gap.parameters.items())
    return f"targetgraph query {gap.query}{parameters}"


def _row(gap: Gap) -> list[str]:
    return [
        f"{gap.rank:.4f}", gap.kind, gap.dimension, gap.subject, gap.subject_label, gap.missing, gap.sentence,
        gap.because, f"{gap.severity:.4f}", gap.certainty.level, gap.certainty.reason,
        " | ".join(_evidence(e) for e in gap.evidence), command(gap), gap.status, gap.first_seen,
        gap.accepted_because, gap.iri, gap.version,
    ]  # fmt: skip


def as_csv(report: GapReport) -> str:
    """One row a gap. A cell that a spreadsheet would take for a formula is led by an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_inert(cell) for cell in _row(gap)] for gap in report.gaps)
    return out.getvalue()


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def as_markdown(report: GapReport, full: bool) -> str:
    """The report as a document: headlines, and on request every gap as a section of its own."""
    lines = [f"# Gaps: {escaped(report.framework_label)}", "", *(escaped(line) for line in _opening(report)[1:]), ""]
    if not full:
        lines += ["| | gaps | finding |", "|---|---:|---|"]
        lines += [f"| {_bar(h.rank)} | {h.count} | {escaped(h.sentence)} |" for h in report.headlines]
        return "\n".join(lines)
    for gap in report.gaps:
        lines += [
            f"## {escaped(gap.sentence)}",
            "",
            f"- **Why it counts:** {escaped(gap.because)}",
            f"- **How sure:** {gap.certainty.level}; {escaped(gap.certainty.reason)}",
            *(f"- **Evidence:** {escaped(_evidence(e))}" for e in gap.evidence),
            f"- **Shown by:** `{command(gap)}`",
            "",
        ]
    return "\n".join(lines)
