"""The outcome of a check."""

from __future__ import annotations

from dataclasses import dataclass

from targetgraph.checking.shapes import Violation


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found: results in force, and those that a waiver covers."""

    found: tuple[Violation, ...]
    waived: tuple[Violation, ...]
    changed_tables: tuple[str, ...] = ()

    @property
    def violations(self) -> tuple[Violation, ...]:
        """Results that have to be mended."""
        return tuple(v for v in self.found if v.severity == "violation")
