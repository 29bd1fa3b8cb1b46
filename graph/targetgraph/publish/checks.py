"""What a check found, for people and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from targetgraph.checking import CheckReport


def as_text(report: CheckReport) -> str:
    """Each result with its place and remedy, then a closing line with the numbers."""
    lines = [f"{v.severity}: {v.problem()}" for v in report.found]
    lines += [f"waived: {v.focus} ({v.rule}): {v.waived}" for v in report.waived]
    lines += [f"note: {name} differs from what its manifest recorded" for name in report.changed_tables]
    violations = len(report.violations)
    advice = len(report.found) - violations
    lines.append(f"{violations} to mend, {advice} to consider, {len(report.waived)} waived")
    return "\n".join(lines)


def as_json(report: CheckReport) -> str:
    """The same as JSON."""
    return json.dumps(
        {
            "violations": len(report.violations),
            "results": [
                {
                    "severity": v.severity,
                    "message": v.message,
                    "file": v.place.file,
                    "row": v.place.row,
                    "resource": v.focus,
                    "path": v.path,
                    "value": v.value,
                    "rule": v.rule,
                    "waived": v.waived,
                }
                for v in (*report.found, *report.waived)
            ],
            "changed_tables": list(report.changed_tables),
        },
        ensure_ascii=False,
        indent=2,
    )
