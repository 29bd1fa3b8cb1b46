"""Tables of pages as files: CSV, and a workbook with a sheet on how it was made. No cell is run by a spreadsheet."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from targetgraph import __version__
from targetgraph.analysis.comparison import Comparison
from targetgraph.analysis.comparison.record import Differences
from targetgraph.analysis.duties import ActorInBrief, Duty
from targetgraph.analysis.gaps import Gap, GapReport
from targetgraph.publish.exports.xml_text import xml_text
from targetgraph.publish.gaps import command
from targetgraph.publish.spreadsheets import csv_text

CellValue: TypeAlias = str | int | float | None
_LONGEST: Final = 32_767  # characters that a cell of a workbook holds
_WIDEST: Final = 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that can be taken away.

    Parameters
    ----------
    title : what it holds.
    columns : headings.
    rows : cells; numbers stay numbers.
    method : how it was made, in sentences.
    version : data version.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[CellValue, ...], ...]
    version: str
    method: tuple[str, ...] = field(default=())


def as_csv(sheet: Sheet) -> bytes:
    """The table as CSV in UTF-8 with a byte order mark, so that spreadsheets read it as such."""
    rows = [["" if cell is None else cell for cell in row] for row in sheet.rows]
    return csv_text(sheet.columns, rows).encode("utf-8-sig")


def as_xlsx(sheet: Sheet, about: Iterable[tuple[str, str]] = ()) -> bytes:
    """The table as a workbook, with a second sheet that says what it is and how it was made.

    Parameters
    ----------
    about : further things to say of it, as what was chosen: words and value.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    book = Workbook()
    table = book.active
    assert table is not None
    table.title = "".join(c for c in sheet.title if c not in "[]:*?/\\")[:31] or "Table"
    for number, row in enumerate([sheet.columns, *sheet.rows], 1):
        for position, value in enumerate(row, 1):
            cell = table.cell(row=number, column=position)
            _fill(cell, value)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if number == 1:
                cell.font = Font(bold=True)
    for position, width in enumerate(_widths(sheet), 1):
        table.column_dimensions[get_column_letter(position)].width = width
    table.freeze_panes = "A2"
    table.auto_filter.ref = f"A1:{get_column_letter(max(1, len(sheet.columns)))}{len(sheet.rows) + 1}"
    table.page_setup.orientation = "landscape"
    table.page_setup.paperSize = 9  # A4
    table.page_setup.fitToWidth, table.page_setup.fitToHeight = 1, 0
    table.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    table.print_title_rows = "1:1"
    made = book.create_sheet("About")
    facts = [("Title", sheet.title), ("Data version", sheet.version), ("Made by", f"TargetGraph {__version__}")]
    facts += [("Method", sentence) for sentence in sheet.method]
    for number, (words, said) in enumerate([*facts, *about], 1):
        _fill(made.cell(row=number, column=1), words)
        _fill(made.cell(row=number, column=2), said)
    made.column_dimensions["A"].width, made.column_dimensions["B"].width = 20, 100
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _fill(cell: Any, value: CellValue) -> None:
    if isinstance(value, str):
        cell.value = xml_text(value)[:_LONGEST]
        cell.data_type = "s"  # never a formula, whatever it begins with
    elif value is not None:
        cell.value = value


def _widths(sheet: Sheet) -> list[float]:
    found = []
    for position, heading in enumerate(sheet.columns):
        longest = max((len(str(row[position] or "")) for row in sheet.rows[:500]), default=0)
        found.append(float(min(_WIDEST, max(8, len(heading) + 2, longest + 1))))
    return found


def gap_sheet(report: GapReport, gaps: Sequence[Gap]) -> Sheet:
    """Gaps, one a row."""
    columns = (
        "rank", "kind", "dimension", "subject", "subject label", "missing", "sentence", "why it counts", "severity",
        "certainty", "certainty weight", "why that sure", "evidence", "shown by", "status", "first seen",
        "accepted because", "address",
    )  # fmt: skip
    rows = tuple(
        (
            round(gap.rank, 4), gap.kind, gap.dimension, gap.subject, gap.subject_label, gap.missing, gap.sentence,
            gap.because, round(gap.severity, 4), gap.certainty.level, gap.certainty.weight, gap.certainty.reason,
            " | ".join(_said(e.text, e.status, e.iri) for e in gap.evidence), command(gap), gap.status,
            gap.first_seen, gap.accepted_because, gap.iri,
        )
        for gap in gaps
    )  # fmt: skip
    return Sheet(
        f"Gaps of {report.framework_label}",
        columns,
        rows,
        report.version,
        (
            "Ranked by severity of kind and obligation times certainty; see docs/states.md.",
            f"{report.unverified} of {report.targets} wordings are recalled, not checked against the official text.",
        ),
    )


def _said(text: str, status: str, iri: str) -> str:
    return text + (f" [{status}]" if status else "") + (f" <{iri}>" if iri else "")


def actors_sheet(framework: str, version: str, actors: Iterable[ActorInBrief]) -> Sheet:
    """Actors, one a row, with how much is asked of each."""
    rows = tuple(
        (a.actor.code, a.actor.label, ", ".join(a.broader), "yes" if a.actor.umbrella else "", a.named, a.implied,
         a.other, a.first or None, a.last or None, a.undated, a.actor.iri)
        for a in actors
    )  # fmt: skip
    return Sheet(
        f"Actors of {framework}",
        ("code", "actor", "below", "catch-all", "must act: named", "must act: implied only", "another part",
         "first deadline", "last deadline", "without deadline", "address"),
        rows,
        version,
        ("Targets are counted; those of narrower actors count for the broader ones as well.",),
    )  # fmt: skip


def duties_sheet(actor: str, version: str, duties: Iterable[Duty]) -> Sheet:
    """What one actor has to do, a part in a target a row."""
    rows = tuple(
        (d.target.code, d.target.label, d.deadline or None, d.actor.label, d.role, "yes" if d.must_act else "no", d.basis,
         d.verification, d.confidence, d.weakness, d.quote, d.rationale, "recalled" if d.recalled else "sourced", d.link)
        for d in duties
    )  # fmt: skip
    return Sheet(
        f"What {actor} must do",
        ("target", "target label", "deadline", "linked actor", "role", "must act", "basis", "verification", "confidence",
         "weakness", "rests on the words", "rationale", "wording of the target", "claim"),
        rows,
        version,
        ("Links to narrower actors are included.",),
    )  # fmt: skip


def lineage_sheet(comparison: Comparison) -> Sheet:
    """What became of each target, one row a target it went into; then the targets that nothing went into."""
    rows: list[tuple[CellValue, ...]] = []
    for fate in comparison.fates:
        said = " ".join(fate.sentences)
        ends: list[tuple[CellValue, ...]] = [
            (p.relation, p.after.code, p.after.label, _told(p.differences, "softened"), _told(p.differences, "firmer"),
             p.certainty.weight, p.rationale, p.after.iri)
            for p in fate.pairs
        ]  # fmt: skip
        if fate.dropped:
            ends.insert(0, ("dropped", "", "", "", "", fate.certainty.weight, "", ""))
        rows += [(fate.target.code, fate.target.label, *end, said, fate.target.iri) for end in ends]
    rows += [
        ("", "", "added", h.code, h.label, "", "", None, "", h.iri, "nothing went into it", "")
        for h in comparison.added
    ]
    return Sheet(
        f"Lineage {comparison.before.name} to {comparison.after.name}",
        ("target", "label", "became", "successor", "successor label", "softened", "firmer", "confidence", "rationale",
         "successor address", "in words", "address"),
        tuple(rows),
        comparison.after.graph.version,
        comparison.notes,
    )  # fmt: skip


def _told(differences: Differences | None, which: str) -> str:
    if differences is None:
        return ""
    return "; ".join(differences.softened if which == "softened" else differences.firmer)
