"""The search for gaps that ends a build: their history, and the graph of computed statements."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from targetgraph import iris
from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.gaps import gap_report
from targetgraph.analysis.gaps.history import (
    Decision,
    History,
    carried_forward,
    read_history,
    undecidable,
    write_history,
)
from targetgraph.errors import StoreError
from targetgraph.pipeline.opening import HISTORY
from targetgraph.publish.gap_graph import gap_quads
from targetgraph.records import Acceptance
from targetgraph.store import StoreFolder

GAPS = "gaps.nq"


@dataclass(frozen=True, slots=True)
class GapRun:
    """What a search left: the file of statements, and acceptances of gaps that nobody ever saw."""

    statements: Path
    unknown_acceptances: tuple[str, ...]


def today() -> str:
    """The day of the build, ISO; ``SOURCE_DATE_EPOCH`` sets it for reproducible builds."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return moment.date().isoformat()


def history_of(store: StoreFolder) -> History:
    """The history that the current version of a store carries; empty where there is none."""
    with suppress(StoreError):
        return read_history(store.current().path / HISTORY)
    return {}


def run(coded: CodedGraph, acceptances: Sequence[Acceptance], previous: History, folder: Path) -> GapRun:
    """Search every framework for gaps and write what was found below ``folder``.

    Parameters
    ----------
    coded : the coded graph of the build.
    acceptances : decisions to live with a gap.
    previous : history of the version before.
    folder : the build in progress.
    """
    reports = [gap_report(coded, framework.code) for framework in coded.frameworks]
    gaps = [gap for report in reports for gap in report.gaps]
    decisions = {iris.expand(a.gap): Decision(a.reason, a.accepted_by, a.date) for a in acceptances}
    history = carried_forward(previous, gaps, decisions, coded.version, today())
    write_history(folder / HISTORY, history)
    statements = folder / GAPS
    with statements.open("w", encoding="utf-8", newline="") as out:
        lines = gap_quads(
            reports,
            history,
            {k.code: k.iri for k in coded.declarations.kinds},
            {f.code: f.iri for f in coded.frameworks},
            {d.code: d.iri for d in coded.declarations.dimensions},
        )
        out.writelines(sorted(set(lines)))
    return GapRun(statements, tuple(undecidable(previous, gaps, decisions)))
