"""A survey of a whole registry as text and JSON."""

from __future__ import annotations

import json

from targetgraph.analysis.declarations import Declarations
from targetgraph.analysis.survey import Survey


def as_json(survey: Survey) -> str:
    """Totals by kind of gap and by dimension."""
    return json.dumps(survey.to_json(), ensure_ascii=False, indent=2)


def as_text(survey: Survey, declarations: Declarations) -> str:
    """One line a kind of gap and dimension, the most severe kinds first."""
    severity = {kind.code: kind.severity for kind in declarations.kinds}
    labels = {kind.code: kind.label for kind in declarations.kinds}
    found = [
        (kind, dimension, int(counts.sum()), int((counts > 0).sum()))
        for (kind, dimension), counts in survey.gaps.items()
        if counts.any()
    ]
    found.sort(key=lambda f: (-severity[f[0]], f[0], -f[2], f[1]))
    frameworks, targets = len(survey.frameworks), int(survey.targets.sum())
    lines = [
        f"All {frameworks:,} frameworks: {sum(f[2] for f in found):,} gaps in {targets:,} targets",
        f"Data version {survey.version}.",
        "",
        f"{'gaps':>9}  {'frameworks':>10}  kind",
    ]
    lines += [
        f"{count:>9,}  {among:>10,}  {labels[kind]}{f' ({dimension})' if dimension else ''}"
        for kind, dimension, count, among in found
    ]
    lines += ["", "Each gap with its evidence, one framework at a time: targetgraph gaps --framework CODE"]
    return "\n".join(lines)
