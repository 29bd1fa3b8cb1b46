"""What the rows on made-up registries were meant to show, beside what they showed: computed from the results, not typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tests.benchmarks.harness import Measured, Result

OURS = "survey, opening the arrays included"
COMMAND = "targetgraph gaps --framework all"
DRAIN, CODE, SUM = "drain the link SELECT once", "code everything", "sum every column of the links once"
RDFLIB = "SPARQL, rdflib, parsed already"
ENGINES = "SPARQL, "

_NAME = re.compile(r"(extraction|numbers|rdflib|floor|commands|memory)_(\d+)e(\d+)")


@dataclass(frozen=True)
class Size:
    """The rows of one size.

    Parameters
    ----------
    statements : how many.
    rows : results by the kind of row.
    """

    statements: int
    rows: dict[str, Result]

    def measured(self, kind: str, name: str) -> Measured | None:
        """A contender, if it took part."""
        row = self.rows.get(kind)
        return next((m for m in row.contenders if m.name == name), None) if row else None

    def wall(self, kind: str, name: str) -> float | None:
        """Median seconds on the clock."""
        found = self.measured(kind, name)
        return found.median("wall") if found else None

    def memory(self, name: str) -> float | None:
        """Peak bytes a statement."""
        found = self.measured("memory", name)
        peaks = [a["peak"] for s in found.samples if isinstance(a := s.answer, dict)] if found else []
        return max(peaks) / self.statements if peaks else None

    def best_engine(self) -> float | None:
        """Seconds on the clock of the fastest engine asked in SPARQL."""
        row = self.rows.get("numbers")
        found = [m.median("wall") for m in row.contenders if m.name.startswith(ENGINES)] if row else []
        return min(found, default=None)


Figure = Callable[[Size, Size | None], float | None]


@dataclass(frozen=True)
class Goal:
    """A goal: what is looked at, its bound, and how it is written."""

    what: str
    figure: Figure
    most: float | None = None
    least: float | None = None
    unit: str = "×"
    since: int = 10_000_000
    cut: tuple[str, str] = ("", "")
    """Row and contender that may have been cut short: the figure is then the least there can be."""

    def cell(self, size: Size, smaller: Size | None) -> str:
        """The figure and, at sizes the goal is set for, whether it is within the bound; a dash where it was not measured."""
        value = self.figure(size, smaller)
        if value is None:
            return "–"
        found = size.measured(*self.cut)
        least = "more than " if found is not None and found.cut else ""
        figure = f"{value:,.0f}" if value >= 1000 else f"{value:#.3g}".rstrip(".")
        text = f"{least}{figure} {self.unit}"
        if size.statements < self.since:
            return text
        met = value <= self.most if self.most is not None else value >= (self.least or 0)
        return f"{text}: {'met' if met else 'not met'}"


def _over(one: float | None, other: float | None) -> float | None:
    return one / other if one is not None and other else None


def _growth(kind: str, name: str) -> Figure:
    """By what a time grows from the next smaller size, over what the statements grow by."""

    def figure(size: Size, smaller: Size | None) -> float | None:
        if smaller is None:
            return None
        times = _over(size.wall(kind, name), smaller.wall(kind, name))
        return times / (size.statements / smaller.statements) if times else None

    return figure


GOALS = (
    Goal("(i) extraction, over draining the link SELECT once: at most 1.3",
         lambda s, _: _over(s.wall("extraction", CODE), s.wall("extraction", DRAIN)), most=1.3),
    Goal("(ii) all numbers from the arrays: at most 0.3 s", lambda s, _: s.wall("floor", OURS), most=0.3, unit="s"),
    Goal("(ii) over summing the arrays once: at most 100",
         lambda s, _: _over(s.wall("floor", OURS), s.wall("floor", SUM)), most=100),
    Goal("(iii) the whole command, cold: at most 0.8 s", lambda s, _: s.wall("commands", COMMAND), most=0.8, unit="s"),
    Goal("best engine asked in SPARQL, over (ii): at least 10",
         lambda s, _: _over(s.best_engine(), s.wall("numbers", OURS)), least=10),
    Goal("rdflib, over (ii): at least 1,000",
         lambda s, _: _over(s.wall("rdflib", RDFLIB), s.wall("rdflib", OURS)), least=1000, since=100_000,
         cut=("rdflib", RDFLIB)),
    Goal("memory of (ii): at most 30 bytes a statement", lambda s, _: s.memory("survey"), most=30, unit="B"),
    Goal("memory of (iii): at most 30 bytes a statement", lambda s, _: s.memory("command"), most=30, unit="B"),
    Goal("(i) grows no faster than the statements: at most 1", _growth("extraction", CODE), most=1, since=0),
    Goal("(ii) grows no faster: at most 1", _growth("floor", OURS), most=1, since=0),
    Goal("(iii) grows no faster: at most 1", _growth("commands", COMMAND), most=1, since=0),
)  # fmt: skip


def sizes(results: Sequence[Result]) -> list[Size]:
    """The rows on registries, by size, the smallest first."""
    found: dict[int, dict[str, Result]] = {}
    for result in results:
        name = _NAME.fullmatch(result.row.name)
        if name:
            found.setdefault(int(name[2]) * 10 ** int(name[3]), {})[name[1]] = result
    return [Size(statements, found[statements]) for statements in sorted(found)]


def goals(results: Sequence[Result]) -> str:
    """The table of goals; empty where no registry was measured."""
    measured = sizes(results)
    if not measured:
        return ""
    return "\n".join(_lines(measured)) + "\n"


def _lines(measured: Sequence[Size]) -> Iterator[str]:
    yield "## Goals"
    yield ""
    yield (
        "They are set for 10,000,000 statements (growth for every step; rdflib for 100,000, the most it was tried on); what "
        "smaller registries gave stands beside it, without a verdict. By the clock, medians; a dash: not measured. Memory is "
        "the highest resident size beyond that of a process with the same imports, pages of the mapped columns included."
    )
    yield ""
    yield "| goal | " + " | ".join(f"{s.statements:,}" for s in measured) + " |"
    yield "|---|" + "--:|" * len(measured)
    for goal in GOALS:
        cells = [goal.cell(s, measured[n - 1] if n else None) for n, s in enumerate(measured)]
        yield f"| {goal.what} | " + " | ".join(cells) + " |"
