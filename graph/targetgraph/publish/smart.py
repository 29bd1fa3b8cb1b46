"""SMART verdicts as text, JSON and Markdown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from targetgraph.publish.folding import folded
from targetgraph.publish.tables import escaped
from targetgraph.reading.smart import Inconsistency
from targetgraph.records.smart import CRITERIA, PARAPHRASE, WORDING, SmartReading
from targetgraph.records.wordings import TargetText

_SIGNS = {"met": "met", "partly": "partly", "not": "not met", "cannot tell": "cannot tell"}
_PARAPHRASED = "judged on our paraphrase; the official wording is not held"
_NOTHING = "neither wording nor paraphrase is held"


@dataclass(frozen=True, slots=True)
class Report:
    """What was judged, each text with its verdicts, and terms that do not agree."""

    what: str
    judged: Sequence[tuple[TargetText, SmartReading]]
    inconsistencies: Sequence[Inconsistency] = ()

    @property
    def summary(self) -> str:
        """How many targets meet each criterion, in a sentence."""
        parts = []
        for criterion in CRITERIA:
            met = sum(reading.of(criterion).verdict == "met" for _, reading in self.judged)
            parts.append(f"{criterion} {met}")
        paraphrased = sum(reading.basis == PARAPHRASE for _, reading in self.judged)
        rest = f" {paraphrased} were judged on a paraphrase, which says little of the wording." if paraphrased else ""
        return f"Of {len(self.judged)} targets, met: {', '.join(parts)}.{rest}"


def _basis(reading: SmartReading) -> str:
    return "" if reading.basis == WORDING else _PARAPHRASED if reading.basis == PARAPHRASE else _NOTHING


def _hints(reading: SmartReading, criterion: str) -> list[str]:
    return list(dict.fromkeys(f.hint for f in reading.of(criterion).findings if f.hint))[:3]


def as_text(report: Report, columns: int | None = None) -> str:
    """For a terminal (``columns``: its width)."""
    lines = [f"{report.what}: how SMART", report.summary]
    for text, reading in report.judged:
        lines += ["", f"{text.code}  {text.label if text.label != text.text[:60] else ''}".rstrip()]
        if _basis(reading):
            lines.append(f"  ({_basis(reading)})")
        lines.append(f"  “{reading.text}”")
        for verdict in reading.verdicts:
            lines.append(f"  - {verdict.criterion}: {_SIGNS[verdict.verdict]}. {verdict.because}")
            if verdict.verdict in ("partly", "not"):
                lines += [f"    > {hint}" for hint in _hints(reading, verdict.criterion)]
    if report.inconsistencies:
        lines += ["", "Terms that do not agree:", *(f"  - {i.sentence}" for i in report.inconsistencies)]
    return folded(lines, columns)


def as_markdown(report: Report) -> str:
    """The same as a document."""
    lines = [f"# {escaped(report.what)}: how SMART", "", escaped(report.summary)]
    for text, reading in report.judged:
        lines += ["", f"## {escaped(text.code)}", "", f"> {escaped(reading.text)}", ""]
        if _basis(reading):
            lines += [f"*{_basis(reading)}*", ""]
        lines += ["| criterion | verdict | because | better |", "|---|---|---|---|"]
        for verdict in reading.verdicts:
            hints = " ".join(_hints(reading, verdict.criterion)) if verdict.verdict in ("partly", "not") else ""
            cells = (verdict.criterion, _SIGNS[verdict.verdict], verdict.because, hints)
            lines.append("| " + " | ".join(escaped(cell) for cell in cells) + " |")
    if report.inconsistencies:
        lines += ["", "## Terms that do not agree", "", *(f"- {escaped(i.sentence)}" for i in report.inconsistencies)]
    return "\n".join(lines)


def as_json(report: Report) -> str:
    """Everything, as plain values."""
    targets: list[dict[str, Any]] = [
        {"code": text.code, "label": text.label, **asdict(reading)} for text, reading in report.judged
    ]
    told = [{**asdict(i), "sentence": i.sentence} for i in report.inconsistencies]
    return json.dumps(
        {"what": report.what, "summary": report.summary, "targets": targets, "inconsistencies": told},
        ensure_ascii=False,
        indent=2,
    )
