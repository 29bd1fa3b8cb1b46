"""Every gap of the report is shown by the query it names, and a query shows no gap that the report does not have."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from targetgraph.analysis.gaps import Gap, gap_report
from targetgraph.pipeline import open_coded_graph
from tests.queries.engines import Engines, library_questions

FRAMEWORKS = ("gfc", "beyond2020")

#: Kinds of gap whose query answers more than the gaps, with the test that tells the gaps apart.
WIDER = {
    "hedged-wording": lambda row: int(row["hedges"]) > 0,
    "concentration": lambda row: int(row["percent"]) >= 90,
}
#: The column that holds the subject, where it is not the first.
SUBJECT = {"contingent-column": "concept"}

Case = tuple[str, tuple[tuple[str, str], ...]]


@pytest.fixture(scope="module", params=FRAMEWORKS)
def gaps(request: pytest.FixtureRequest, built_store: Path) -> tuple[Gap, ...]:
    return gap_report(open_coded_graph(built_store), request.param).gaps


def _by_query(gaps: tuple[Gap, ...]) -> dict[Case, list[Gap]]:
    """Gaps by kind and values of the parameters of their query."""
    found: dict[Case, list[Gap]] = defaultdict(list)
    for gap in gaps:
        found[gap.kind, tuple(sorted(gap.parameters.items()))].append(gap)
    return found


def _subjects(engines: Engines, gap: Gap) -> set[str]:
    question = next(q for q in library_questions() if q.name == gap.query)
    column = SUBJECT.get(gap.kind, question.columns[0].name)
    solutions = engines.store.select(engines.text(gap.query, gap.parameters), limits=None)
    shown = WIDER.get(gap.kind, lambda _: True)
    return {str(row[column]) for row in solutions if shown({k: str(v) for k, v in row.items()})}


def test_queries_show_the_gaps_and_only_them(gaps: tuple[Gap, ...], engines: Engines) -> None:
    assert len(gaps) > 80
    cases = _by_query(gaps)
    assert len(cases) >= 15
    for (kind, values), found in cases.items():
        if kind == "empty-crossing":  # two concepts and not one subject: see below
            continue
        if kind == "isolated-component":  # no SPARQL path leaves catch-alls out; tests/structure asks networkx
            assert {g.subject_iri for g in found} <= _subjects(engines, found[0])
            continue
        subjects = {g.subject_iri for g in found}
        assert _subjects(engines, found[0]) == subjects, (kind, values)


def test_crossings_are_the_pairs_that_not_even_a_catch_all_reaches(gaps: tuple[Gap, ...], engines: Engines) -> None:
    framework = gaps[0].framework
    crossings = [gap for gap in gaps if gap.kind == "empty-crossing"]
    assert bool(crossings) is (framework == "gfc"), "in the proposals a catch-all reaches every such pair"
    rows = engines.rows("coverage/sector-stage-cells-nobody-reaches", {"framework": framework})
    # Where nobody reaches the sector at all, that is one gap and not one for each stage.
    unreached = {gap.subject_iri.rsplit("/", 1)[-1] for gap in gaps if gap.kind == "empty-column"}
    pairs = {
        (r["sector"], r["stage"]) for r in rows if r["targets_by_catch_all"] == "0" and r["sector"] not in unreached
    }
    assert {tuple(gap.iri.rsplit("/", 2)[1:]) for gap in crossings} == pairs


def test_questions_that_show_gaps_are_tagged(gaps: tuple[Gap, ...]) -> None:
    tags = {q.name: q.tags for q in library_questions()}
    assert all("gaps" in tags[gap.query] for gap in gaps)
