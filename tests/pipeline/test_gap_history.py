"""Gaps from build to build: the same gap keeps its IRI and the day it was first seen; acceptances and closures are kept."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from targetgraph import iris
from targetgraph.analysis.gaps import gap_report
from targetgraph.namespaces import TG
from targetgraph.pipeline import build, open_coded_graph, open_history, open_store
from tests.own_tables import FRAMEWORK, write_own_tables

NO_DATE = iris.gap(FRAMEWORK, "no-deadline", "N2")


def day(monkeypatch: pytest.MonkeyPatch, epoch: int) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(epoch))


def test_a_gap_is_seen_accepted_closed_and_seen_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables, store = write_own_tables(tmp_path / "tables"), tmp_path / "store"
    targets = tables / "plan" / "targets.csv"
    undated = targets.read_text(encoding="utf-8")

    day(monkeypatch, 1_700_000_000)  # 2023-11-14
    build([tables], store)
    first = open_history(store)[NO_DATE]
    assert (first.status, first.first_seen) == ("open", "2023-11-14")

    day(monkeypatch, 1_700_086_400)
    decision = "gap,reason,accepted_by,date\nplan/gap/no-deadline/N2,Water has no last day,Bureau,2023-11-15\n"
    (tables / "acceptances.csv").write_text(decision, encoding="utf-8")
    assert build([tables], store).unknown_acceptances == ()
    accepted = open_history(store)[NO_DATE]
    assert (accepted.status, accepted.first_seen, accepted.reason) == (
        "accepted",
        "2023-11-14",
        "Water has no last day",
    )
    graph, history = open_coded_graph(store), open_history(store)
    assert NO_DATE not in {g.iri for g in gap_report(graph, FRAMEWORK, history=history, status="open").gaps}
    assert NO_DATE in {g.iri for g in gap_report(graph, FRAMEWORK, history=history, status="accepted").gaps}

    day(monkeypatch, 1_700_172_800)
    targets.write_text(undated.replace("N2,1,adopted,,", "N2,1,adopted,2032,"), encoding="utf-8")
    build([tables], store)
    closed = open_history(store)[NO_DATE]
    assert (closed.status, closed.first_seen, closed.closed) == ("closed", "2023-11-14", "2023-11-16")
    assert closed.closed_version == open_coded_graph(store).version

    day(monkeypatch, 1_700_259_200)
    (tables / "acceptances.csv").unlink()
    targets.write_text(undated, encoding="utf-8")
    build([tables], store)
    again = open_history(store)[NO_DATE]
    assert (again.status, again.first_seen, again.closed, again.reason) == ("open", "2023-11-14", "", "")


def test_the_gaps_of_the_report_are_those_of_the_graph(built_store: Path) -> None:
    store = open_store(built_store)
    for framework in ("gfc", "beyond2020"):
        report = gap_report(open_coded_graph(built_store), framework)
        answer = store.select(
            f"SELECT ?gap ?kind ?sentence WHERE {{ GRAPH graph:computed {{ ?gap a tg:Gap, ?kind ; rdfs:label ?sentence ; "
            f"tg:inFramework <{iris.framework(framework)}> . FILTER(?kind != tg:Gap) }} }}",
            limits=None,
        )
        kinds = {k.code: k.iri for k in open_coded_graph(built_store).declarations.kinds}
        assert set(answer.values()) == {(g.iri, kinds[g.kind], g.sentence) for g in report.gaps}


def test_the_search_is_a_prov_activity_with_method_parameters_and_data(built_store: Path) -> None:
    version = open_coded_graph(built_store).version
    assert open_store(built_store).ask(
        f'ASK {{ GRAPH graph:computed {{ <{iris.gap_run(version)}> a prov:Activity ; tg:dataVersion "{version}" ; '
        f"tg:method ?method ; tg:parameters ?parameters ; tg:softwareVersion ?software ; "
        f"prov:used <{iris.dataset(version)}> }} }}"
    )


def test_every_gap_leads_to_evidence_that_is_there(built_store: Path) -> None:
    """Evidence is a resource of the graph or a page outside it; a dangling one would be a claim without proof."""
    dangling = open_store(built_store).select(
        f"SELECT DISTINCT ?thing WHERE {{ ?gap a tg:Gap ; prov:wasDerivedFrom ?thing . "
        f'FILTER(STRSTARTS(STR(?thing), "{iris.BASE}")) MINUS {{ ?thing a ?type }} }}',
        limits=None,
    )
    assert dangling.rows == ()


def test_acceptances_are_published_with_their_reason(tmp_path: Path) -> None:
    tables, store = write_own_tables(tmp_path / "tables"), tmp_path / "store"
    decision = f"gap,reason,accepted_by,date\n{NO_DATE},Water has no last day,Bureau,2023-11-15\n"
    (tables / "acceptances.csv").write_text(decision, encoding="utf-8")
    build([tables], store)
    assert open_store(store).ask(
        f'ASK {{ <{NO_DATE}> tg:gapStatus <{TG.AcceptedGap}> ; tg:acceptedBecause "Water has no last day"@en ; '
        f'tg:acceptedBy "Bureau"@en }}'
    )


def test_an_acceptance_of_what_is_no_gap_is_pointed_out(tmp_path: Path) -> None:
    tables = write_own_tables(tmp_path / "tables")
    decision = "gap,reason,accepted_by,date\nplan/gap/no-deadlin/N2,A slip of the pen,,\n"
    (tables / "acceptances.csv").write_text(decision, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "targetgraph", "build", "--tables", str(tables), "--store", str(tmp_path / "store")],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert "plan/gap/no-deadlin/N2, which is no gap and never was one" in done.stderr
