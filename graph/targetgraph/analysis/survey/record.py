"""What a survey of a registry finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from targetgraph.analysis.columnar import Array
from targetgraph.analysis.states import State

Kind = tuple[str, str]
"""Short names of a kind of gap and of a dimension (or crossing); the latter empty where none has a part."""


@dataclass(frozen=True)
class Figures:
    """Coverage of one dimension in every framework.

    Parameters
    ----------
    rows : how many targets are in each state, int64, shape (frameworks, 9 states).
    columns : best state in which any target reaches each concept, uint8, shape (frameworks, concepts); a framework
        without targets is *not assessed*.
    """

    rows: Array
    columns: Array


@dataclass(frozen=True)
class Survey:
    """Numbers of every framework.

    Parameters
    ----------
    frameworks : their short names.
    targets : how many each has, int64, shape (frameworks,).
    figures : coverage by dimension.
    gaps : how many gaps of each kind, int64, shape (frameworks,).
    version : data version.
    """

    frameworks: tuple[str, ...]
    targets: Array
    figures: Mapping[str, Figures]
    gaps: Mapping[Kind, Array]
    version: str

    def total(self, kind: Kind) -> int:
        """Gaps of a kind in all frameworks together."""
        return int(self.gaps[kind].sum())

    def of(self, framework: int) -> dict[Kind, int]:
        """Gaps of one framework by kind, without the kinds it has none of."""
        return {kind: int(counts[framework]) for kind, counts in self.gaps.items() if counts[framework]}

    def to_json(self) -> dict[str, Any]:
        """Plain values: totals, and how many frameworks and targets stand behind them."""
        return {
            "data_version": self.version,
            "frameworks": len(self.frameworks),
            "targets": int(self.targets.sum()),
            "rows": {
                code: {state.word: int(f.rows[:, state].sum()) for state in State} for code, f in self.figures.items()
            },
            "gaps": [
                {
                    "kind": kind,
                    "dimension": dimension,
                    "count": int(counts.sum()),
                    "frameworks": int((counts > 0).sum()),
                }
                for (kind, dimension), counts in self.gaps.items()
                if np.any(counts)
            ],
        }
