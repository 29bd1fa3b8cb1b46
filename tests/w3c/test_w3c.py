"""The W3C suite over HTTP: run once, then looked at from all sides."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.components import need
from tests.once import once
from tests.w3c.__main__ import PAGE
from tests.w3c.causes import ENGINE, OURS
from tests.w3c.engine import wrong_alone
from tests.w3c.examination import Examination
from tests.w3c.manifests import Suite
from tests.w3c.outcomes import Outcome, Verdict, read, written
from tests.w3c.page import page

CASES = {
    "add": 8, "aggregates": 47, "basic-update": 13, "bind": 10, "bindings": 11, "cast": 6, "clear": 4, "construct": 7,
    "copy": 6, "csv-tsv-res": 6, "delete": 19, "delete-data": 6, "delete-insert": 17, "delete-where": 6, "drop": 4,
    "entailment": 70, "exists": 6, "functions": 75, "graph-store-protocol": 13, "grouping": 6, "http-rdf-update": 18,
    "json-res": 4, "move": 6, "negation": 12, "project-expression": 7, "property-path": 33, "protocol": 34, "service": 7,
    "service-description": 3, "subquery": 14, "syntax-fed": 3, "syntax-query": 94, "syntax-update-1": 54,
    "syntax-update-2": 1, "update-silent": 13,
}  # fmt: skip


@pytest.fixture(scope="module")
def suite() -> Suite:
    return Suite(need("w3c") / "sparql11")


@pytest.fixture(scope="module")
def outcomes(suite: Suite, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Outcome]]:
    def run(folder: Path) -> None:
        with Examination(suite.root, folder) as examination:
            (folder / "outcomes.json").write_text(written(examination.outcomes()), encoding="utf-8")

    return read((once(tmp_path_factory, "w3c", run) / "outcomes.json").read_text(encoding="utf-8"))


def _failed(outcomes: dict[str, list[Outcome]]) -> dict[str, str]:
    return {o.iri: o.detail for found in outcomes.values() for o in found if o.verdict is Verdict.FAILED}


def test_every_case_was_run(outcomes: dict[str, list[Outcome]]) -> None:
    assert {folder: len(found) for folder, found in outcomes.items()} == CASES
    assert sum(CASES.values()) == 643


def test_nothing_fails_unexpectedly(outcomes: dict[str, list[Outcome]]) -> None:
    unexpected = {iri: detail for iri, detail in _failed(outcomes).items() if iri not in ENGINE | OURS}
    assert not unexpected, "\n".join(f"{iri}: {detail}" for iri, detail in unexpected.items())


def test_what_is_listed_still_fails(outcomes: dict[str, list[Outcome]]) -> None:
    repaired = (ENGINE | OURS).keys() - _failed(outcomes)
    assert not repaired, "these pass now; take them off the list of known failures"


def test_no_failure_is_ours() -> None:
    assert not OURS


def test_failures_of_the_engine_are_its_own(suite: Suite) -> None:
    """The engine alone, over the data of the case alone, fails too."""
    cases = {case.iri: case for folder in {iri.partition("/")[0] for iri in ENGINE} for case in suite.cases(folder)}
    right = [iri for iri in ENGINE if not wrong_alone(suite, cases[iri])]
    assert not right, "the engine answers these rightly, so the failures are the server's"


def test_the_page_is_fresh(outcomes: dict[str, list[Outcome]]) -> None:
    assert PAGE.read_text(encoding="utf-8") == page(outcomes), "run python -m tests.w3c"
