"""Emptiness and togetherness against chance with the same totals."""

from __future__ import annotations

import math

import numpy as np

from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.coverage import OBJECTIVES, TARGETS, concept_heading, target_heading
from targetgraph.analysis.surprise.incidence import LINKS, REACHED, Incidence, incidence, related
from targetgraph.analysis.surprise.record import Surprise
from targetgraph.analysis.surprise.run import Family, Run, crossed, everything, of_targets
from targetgraph.errors import TargetGraphError

_COUNTED = "pairs of columns that no target reaches together"
SIDES = ("both", "fewer", "more")
LARGEST = 3_000_000_000
"""Cells times draws times trades up to which a run is started: some minutes."""


def surprise(
    graph: CodedGraph,
    rows: str,
    columns: str,
    framework: str,
    *,
    draws: int = 4999,
    thinning: int = 5,
    seed: int = 1,
    side: str = "both",
    level: float = 0.05,
    totals: str = LINKS,
    implied: bool = True,
) -> Surprise:
    """Compare a coverage table with random ones that keep the totals of its rows and columns.

    With targets as rows, single cells are judged, pairs of columns (targets that reach both) and pairs of targets (columns that
    both reach). With two dimensions both incidences with the targets are shuffled, each for itself, and crossed anew.

    Parameters
    ----------
    graph : the coded graph.
    rows : ``targets`` or the code of a dimension.
    columns : the code of a dimension.
    framework : code of the framework.
    draws : random tables.
    thinning : global trades between neighbouring draws.
    seed : of the chance; the same seed gives the same result.
    side : ``both``, ``fewer`` or ``more``.
    level : false discovery rate wanted.
    totals : ``links`` or ``reached`` (see :func:`incidence`).
    implied : count links held to be implied, too.

    Raises
    ------
    TargetGraphError : unknown names, the same dimension twice, parameters out of range, a table without a single link, or one
        too large for that many draws.
    """
    _check(rows, columns, draws, thinning, seed, side, level, totals)
    number = graph.framework_number(framework)
    targets = graph.targets_of(number)
    names = [columns] if rows == TARGETS else [rows, columns]
    parts = [incidence(graph.dimension(n), targets, totals, implied) for n in names]
    for name, part in zip(names, parts, strict=True):
        _refuse(graph, framework, name, part, implied, draws, thinning)
    across = graph.dimension(columns)
    headings = tuple(concept_heading(across, int(c)) for c in parts[-1].columns)
    if rows == TARGETS:
        down = tuple(target_heading(graph, int(t)) for t in targets)
        families = of_targets(down, headings, related(across, parts[-1].columns))
    else:
        other = graph.dimension(rows)
        down = tuple(concept_heading(other, int(c)) for c in parts[0].columns)
        families = [Family("cell", down, headings, lambda tables: crossed(*tables), everything)]
    run = Run(families, parts)
    run.draw(np.random.default_rng(seed), draws, thinning)
    findings, tests = run.findings(side, level)
    return Surprise(
        framework=graph.frameworks[number].code,
        version=graph.version,
        rows=rows,
        columns=columns,
        title=f"{names[0] if len(names) == 2 else TARGETS} by {columns}",
        overall=run.overall(side, level, _COUNTED if rows == TARGETS else "empty cells"),
        findings=tuple(findings),
        tests=tests,
        draws=draws,
        thinning=thinning,
        seed=seed,
        side=side,
        level=level,
        totals=totals,
        implied=implied,
        distinct=len(run.seen),
        method=_method(draws, thinning, seed, level),
        notes=tuple(_notes(run, draws, side, level, tests)),
    )


def _method(draws: int, thinning: int, seed: int, level: float) -> str:
    return (
        f"Curveball randomisation (Strona and others 2014), {draws} draws, {thinning} global trades apart, seed {seed}; the "
        "table itself stands at a random place of the chain (Besag and Clifford 1989), so no burn-in is needed. "
        f"p = (r + 1)/(n + 1); false discovery rate {level:g} after Benjamini and Hochberg (1995) among the tests that could "
        "have spoken."
    )


def _notes(run: Run, draws: int, side: str, level: float, tests: dict[str, tuple[int, int]]) -> list[str]:
    notes = []
    if run.few(level):
        notes.append(
            f"Too small to tell: only {len(run.seen)} different tables with these totals turned up in {draws} draws."
        )
        return notes
    smallest = (2 if side == "both" else 1) / (draws + 1)
    for name, (_, able) in tests.items():
        if able and smallest * able > level:
            needed = math.ceil((2 if side == "both" else 1) * able / level)
            notes.append(
                f"With {draws} draws a single surprise among the {able} tests of “{name}” cannot pass the correction, only "
                f"{math.ceil(smallest * able / level)} or more together; --draws {needed} would let one pass."
            )
    return notes


def _check(rows: str, columns: str, draws: int, thinning: int, seed: int, side: str, level: float, totals: str) -> None:
    wrong = ""
    if rows == columns:
        wrong = f"rows and columns are both {rows!r}; choose two different ones"
    elif rows == OBJECTIVES:
        wrong = "objectives cannot be shuffled; take targets or a dimension for the rows"
    elif not 19 <= draws <= 1_000_000:
        wrong = f"{draws} draws are out of range; take from 19 to 1000000"
    elif not 1 <= thinning <= 1000:
        wrong = f"thinning {thinning} is out of range; take from 1 to 1000"
    elif seed < 0:
        wrong = f"the seed {seed} is negative; take a number from 0 up"
    elif side not in SIDES:
        wrong = f"there is no side {side!r}; use one of: {', '.join(SIDES)}"
    elif not 0 < level < 1:
        wrong = f"the level {level:g} is out of range; take one between 0 and 1"
    elif totals not in (LINKS, REACHED):
        wrong = f"there are no totals {totals!r}; use links or reached"
    if wrong:
        fact, _, remedy = wrong.partition("; ")
        raise TargetGraphError(fact, "", remedy)


def _refuse(
    graph: CodedGraph, framework: str, name: str, part: Incidence, implied: bool, draws: int, thinning: int
) -> None:
    if not part.matrix.any():
        words = graph.dimension(name).declaration
        counted = "names or implies" if implied else "names"
        raise TargetGraphError(
            f"no target of {framework} {counted} a {words.singular}: an empty table cannot surprise", "",
            "choose another dimension or framework",
        )  # fmt: skip
    if part.matrix.size * draws * thinning > LARGEST:
        raise TargetGraphError(
            f"{draws} draws of a table of {part.matrix.size} cells would take too long", "",
            f"take at most --draws {max(19, LARGEST // (part.matrix.size * thinning))}",
        )  # fmt: skip
