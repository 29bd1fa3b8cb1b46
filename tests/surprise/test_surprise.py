"""Surprise on the bundled graph, on planted patterns, and on the command line."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from targetgraph import cli
from targetgraph.analysis.closing.applying import with_links
from targetgraph.analysis.coding import CodedDimension, CodedGraph
from targetgraph.analysis.columnar import Table
from targetgraph.analysis.coverage import coverage
from targetgraph.analysis.states import State
from targetgraph.analysis.surprise import Verdict, surprise
from targetgraph.analysis.surprise.incidence import incidence
from targetgraph.errors import TargetGraphError
from targetgraph.pipeline import open_coded_graph


@pytest.fixture(scope="module")
def coded(built_store: Path) -> CodedGraph:
    return open_coded_graph(built_store)


@pytest.mark.parametrize("totals", ["links", "reached"])
@pytest.mark.parametrize("dimension", ["actors", "sectors", "stages", "goals", "sdgs"])
def test_incidence_is_what_coverage_says(coded: CodedGraph, dimension: str, totals: str) -> None:
    """Reached here is covered, thin or implied there."""
    number = coded.framework_number("gfc")
    made = incidence(coded.dimension(dimension), coded.targets_of(number), totals, implied=True)
    table = coverage(coded, "targets", dimension, "gfc")
    kept = [i for i, heading in enumerate(table.columns) if not heading.umbrella]
    assert (made.reached(made.matrix) == (table.states[:, kept] <= State.IMPLIED)).all()
    assert made.matrix.any()


def test_counts_are_those_of_the_table(coded: CodedGraph) -> None:
    result = surprise(coded, "sectors", "stages", "gfc", draws=99)
    left = coverage(coded, "targets", "sectors", "gfc")
    right = coverage(coded, "targets", "stages", "gfc")
    for finding in result.findings:
        a = [h.code for h in left.columns].index(finding.first.code)
        b = [h.code for h in right.columns].index(finding.second.code)
        both = (left.states[:, a] <= State.IMPLIED) & (right.states[:, b] <= State.IMPLIED)
        assert finding.found == both.sum()
    assert len(result.findings) == result.overall.of > 400
    assert result.overall.found == sum(f.found == 0 for f in result.findings)


def test_the_seed_decides(coded: CodedGraph) -> None:
    first, again, other = (surprise(coded, "targets", "stages", "gfc", draws=99, seed=s) for s in (4, 4, 5))
    assert first.to_json() == again.to_json()
    assert first.findings != other.findings
    assert first.to_json()["seed"] == 4


def bare(coded: CodedGraph) -> CodedGraph:
    """The graph without a link to sectors or stages."""

    def emptied(dimension: CodedDimension) -> CodedDimension:
        none = np.zeros(0, dtype=np.int64)
        links = Table({n: c[none] if isinstance(c, np.ndarray) else type(c).of([]) for n, c in dimension.links.items()})
        return CodedDimension(dimension.declaration, dimension.concepts, dimension.closure, links, dimension.qualifying)

    changed = {c: emptied(d) if c in ("sectors", "stages") else d for c, d in coded.dimensions.items()}
    return replace(coded, dimensions=changed)


def leaves(dimension: CodedDimension) -> list[int]:
    """Columns that no other is broader or narrower than, catch-alls apart."""
    columns = [c for c in dimension.columns.tolist() if not dimension.concepts.umbrella[c]]
    alone = [c for c in columns if sum(a in columns for a in dimension.ancestors(c).tolist()) == 1]
    return [c for c in alone if len(dimension.descendants(c)) == 1]


def test_a_planted_pattern_is_found(coded: CodedGraph) -> None:
    """One half of the targets has one sector and one stage, the other half another: they never cross."""
    targets = coded.targets_of(coded.framework_number("gfc")).tolist()
    sectors, stages = leaves(coded.dimension("sectors"))[:6], leaves(coded.dimension("stages"))[:6]
    half = len(targets) // 2
    links = [("sectors", t, sectors[i >= half]) for i, t in enumerate(targets)]
    links += [("stages", t, stages[i >= half]) for i, t in enumerate(targets)]
    result = surprise(with_links(bare(coded), links), "sectors", "stages", "gfc", draws=999)
    told = {(f.first.code, f.second.code): f for f in result.surprising}
    names = [
        [coded.dimension(d).concepts.notation[c] for c in pair]
        for d, pair in (("sectors", sectors), ("stages", stages))
    ]
    for i in (0, 1):
        for j in (0, 1):
            finding = told[names[0][i], names[1][j]]
            assert finding.verdict == (Verdict.MORE if i == j else Verdict.FEWER)
            assert finding.chance_empty < 0.01
            # With totals of 14 of 28 on both sides 7 are expected.
            assert finding.expected == pytest.approx(7, abs=0.4)
    assert len(told) == 4


def test_too_small_to_tell(coded: CodedGraph) -> None:
    """Two targets with one link each: there are two such tables."""
    targets = coded.targets_of(coded.framework_number("gfc")).tolist()
    stages = leaves(coded.dimension("stages"))
    graph = with_links(bare(coded), [("stages", targets[0], stages[0]), ("stages", targets[1], stages[1])])
    result = surprise(graph, "targets", "stages", "gfc", draws=199)
    assert result.overall.verdict == Verdict.TOO_SMALL or result.distinct > 20
    everywhere = with_links(bare(coded), [("stages", t, stages[0]) for t in targets])
    result = surprise(everywhere, "targets", "stages", "gfc", draws=199)
    assert result.distinct == 1
    assert {f.verdict for f in result.findings} == {Verdict.TOO_SMALL}
    assert "Too small to tell" in result.notes[0]


@pytest.mark.parametrize(
    ("rows", "columns", "options", "message"),
    [
        ("stages", "stages", {}, "choose two different"),
        ("objectives", "stages", {}, "cannot be shuffled"),
        ("targets", "nothing", {}, "no dimension"),
        ("targets", "stages", {"draws": 1}, "draws"),
        ("targets", "stages", {"thinning": 0}, "thinning"),
        ("targets", "stages", {"level": 1.5}, "level"),
        ("targets", "stages", {"seed": -1}, "seed"),
        ("targets", "stages", {"side": "left"}, "side"),
        ("targets", "stages", {"totals": "none"}, "totals"),
        ("targets", "goals", {"implied": False}, "empty table"),
        ("targets", "stages", {"draws": 1_000_000, "thinning": 1000}, "too long"),
    ],
)
def test_what_cannot_be_asked(coded: CodedGraph, rows: str, columns: str, options: dict, message: str) -> None:
    with pytest.raises(TargetGraphError, match=message):
        surprise(coded, rows, columns, "gfc", **options)


def test_command(built_store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(cli.COMMANDS, "surprise", "")

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            cli.main(["surprise", "--store", str(built_store), *arguments])
        out, err = capsys.readouterr()
        return int(left.value.code or 0), out, err

    asked = ("sectors", "stages", "--draws", "99")
    code, text, _ = run(*asked)
    assert code == 0
    assert "empty cells; chance with the same totals gives" in text
    assert "seed 1" in text
    data = json.loads(run(*asked, "-f", "json")[1])
    rows = list(csv.DictReader(io.StringIO(run(*asked, "-f", "csv")[1])))
    assert len(rows) == len(data["findings"]) > 400
    assert run(*asked, "-f", "markdown", "--all")[1].startswith("# Surprise: sectors by stages")
    for wrong in (("stages", "stages"), ("targets", "none"), ("targets", "stages", "--draws", "2"), ("targets",),
                  ("targets", "stages", "--side", "x"), ("targets", "stages", "-F", "none")):  # fmt: skip
        code, out, err = run(*wrong)
        assert (code, out) == (2, "")
        assert "rror: " in err
        assert "Traceback" not in err
