"""What was found against chance."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from targetgraph.analysis.coverage import Heading


class Verdict(StrEnum):
    """What can be said of a finding."""

    FEWER = "less than chance"
    MORE = "more than chance"
    CHANCE = "as chance would have it"
    TOO_SMALL = "too small to tell"


@dataclass(frozen=True, slots=True)
class Finding:
    """A number that was found, against what chance gives.

    Parameters
    ----------
    family : what sort of number; corrections are made within a family.
    first, second : what it is about.
    found, expected, spread : the number, and mean and standard deviation of the draws.
    effect : (found − expected) / spread, infinite where no draw varies.
    chance_empty : share of the draws in which the number is 0.
    p, adjusted : empirical p-value; corrected for the false discovery rate (not a number where too small to tell).
    verdict : in words.
    """

    family: str
    first: Heading
    second: Heading
    found: int
    expected: float
    spread: float
    effect: float
    chance_empty: float
    p: float
    adjusted: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Overall:
    """The number of empty cells as a whole."""

    what: str
    found: int
    of: int
    expected: float
    spread: float
    effect: float
    p: float
    verdict: Verdict


@dataclass(frozen=True)
class Surprise:
    """A table against random ones with the same totals.

    Parameters
    ----------
    framework, version, rows, columns, title : of what.
    overall : empty cells in number.
    findings : single cells and pairs, the most significant first.
    tests : how many of each family were made, and of how many something could have been said.
    draws, thinning, seed, side, level, totals, implied : how it was made.
    distinct : how many different tables were drawn, no more than ``draws``.
    method, notes : in sentences.
    """

    framework: str
    version: str
    rows: str
    columns: str
    title: str
    overall: Overall
    findings: tuple[Finding, ...]
    tests: dict[str, tuple[int, int]]
    draws: int
    thinning: int
    seed: int
    side: str
    level: float
    totals: str
    implied: bool
    distinct: int
    method: str
    notes: tuple[str, ...]

    @property
    def surprising(self) -> tuple[Finding, ...]:
        """Findings that chance does not account for."""
        return tuple(f for f in self.findings if f.verdict in (Verdict.FEWER, Verdict.MORE))

    def to_json(self) -> dict[str, Any]:
        """Plain values; infinite and undefined ones are null."""
        cleaned = _plain(asdict(self))
        assert isinstance(cleaned, dict)
        return cleaned


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
