"""A coverage matrix as text, JSON, CSV and Markdown."""

from __future__ import annotations

import csv
import io
import json
import shutil
import textwrap

from targetgraph.analysis.coverage import Coverage, Heading
from targetgraph.analysis.states import State
from targetgraph.publish.cells import harmless, width
from targetgraph.publish.tables import escaped

_LABEL_WIDTH = 40
_CELL_WIDTH = 4


def as_json(matrix: Coverage) -> str:
    """Headings, and each cell with its state and count."""
    return json.dumps(
        {
            "framework": matrix.framework,
            "title": matrix.title,
            "counted": matrix.counted,
            "data_version": matrix.version,
            "tally": {state.word: number for state, number in matrix.tally().items()},
            "rows": [_heading(h) for h in matrix.rows],
            "columns": [_heading(h) for h in matrix.columns],
            "cells": [
                [{"state": State(int(s)).word, "count": int(c)} for s, c in zip(states, counts, strict=True)]
                for states, counts in zip(matrix.states, matrix.counts, strict=True)
            ],
        },
        ensure_ascii=False,
        indent=1,
    )


def _heading(heading: Heading) -> dict[str, object]:
    return {"iri": heading.iri, "code": heading.code, "label": heading.label, "umbrella": heading.umbrella}


def _name(heading: Heading) -> str:
    """Label, led by the code where that is a number people know (``A1``, ``12.4``) and no mere identifier."""
    known = heading.code.isupper() or any(c.isdigit() for c in heading.code)
    return f"{heading.code} {heading.label}" if known and not heading.label.startswith(heading.code) else heading.label


def summary(matrix: Coverage) -> list[str]:
    """What the matrix says, in sentences."""
    tally, cells = matrix.tally(), max(1, matrix.states.size)
    parts = [f"{number} {state.word} ({number / cells:.0%})" for state, number in tally.items() if number]
    lines = [f"{matrix.states.size} cells: {', '.join(parts)}."]
    for name, empty in (("Rows", matrix.empty_rows()), ("Columns", matrix.empty_columns())):
        if empty:
            lines.append(f"{name} that nothing reaches: {', '.join(_name(h) for h in empty)}.")
    return lines


def as_text(matrix: Coverage, columns: int | None = None) -> str:
    """The matrix for a terminal: a symbol a cell, columns numbered and listed below.

    Parameters
    ----------
    columns : width to wrap sentences at; that of the terminal by default.
    """
    wide = columns or shutil.get_terminal_size((100, 24)).columns
    names = [textwrap.shorten(harmless(_name(h)), _LABEL_WIDTH, placeholder="…") for h in matrix.rows]
    label = max((width(n) for n in names), default=0)
    lines = [f"{matrix.title} ({matrix.framework}, data version {matrix.version})", ""]
    at_once = max(1, (wide - label - 2) // _CELL_WIDTH)
    for first in range(0, max(1, len(matrix.columns)), at_once):
        lines += [*_block(matrix, names, label, slice(first, first + at_once)), ""]
    lines += ["  ".join(f"{s.symbol} {s.word}" for s, n in matrix.tally().items() if n), ""]
    lines += [
        f"{i:>3}. {harmless(_name(h))}{' (catch-all)' if h.umbrella else ''}" for i, h in enumerate(matrix.columns, 1)
    ]
    lines.append("")
    lines += [line for sentence in summary(matrix) for line in textwrap.wrap(sentence, wide)]
    return "\n".join(line.rstrip() for line in lines)


def _block(matrix: Coverage, names: list[str], label: int, part: slice) -> list[str]:
    """Some columns of the matrix, as many as fit beside the row names."""
    numbers = range(1, len(matrix.columns) + 1)[part]
    lines = [" " * label + "  " + "".join(f"{number:>{_CELL_WIDTH}}" for number in numbers)]
    for name, states in zip(names, matrix.states, strict=True):
        cells = "".join(f"{State(int(s)).symbol:>{_CELL_WIDTH}}" for s in states[part])
        lines.append(name + " " * (label - width(name)) + "  " + cells)
    return lines


def as_csv(matrix: Coverage) -> str:
    """One line a cell, so that a spreadsheet can pivot it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        [
            "framework",
            "row_iri",
            "row",
            "row_label",
            "column_iri",
            "column",
            "column_label",
            "state",
            "count",
            "counted",
        ]
    )
    for row, states, counts in zip(matrix.rows, matrix.states, matrix.counts, strict=True):
        for column, state, count in zip(matrix.columns, states, counts, strict=True):
            writer.writerow(
                [matrix.framework, row.iri, row.code, row.label, column.iri, column.code, column.label,
                 State(int(state)).word, int(count), matrix.counted]
            )  # fmt: skip
    return out.getvalue()


def as_markdown(matrix: Coverage) -> str:
    """A table: symbol and count in each cell, the legend above."""
    legend = ", ".join(f"{s.symbol} {s.word}" for s, n in matrix.tally().items() if n)
    lines = [f"# {escaped(matrix.title)}", "", *summary(matrix), "", f"{legend}; numbers count {matrix.counted}.", ""]
    lines.append("| | " + " | ".join(escaped(_name(h)) for h in matrix.columns) + " |")
    lines.append("|---|" + ":-:|" * len(matrix.columns))
    for row, states, counts in zip(matrix.rows, matrix.states, matrix.counts, strict=True):
        cells = [f"{State(int(s)).symbol} {int(c) or ''}".strip() for s, c in zip(states, counts, strict=True)]
        lines.append(f"| {escaped(_name(row))} | " + " | ".join(cells) + " |")
    return "\n".join(lines)
