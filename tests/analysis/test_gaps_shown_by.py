"""The query that a gap names, run with the parameters it names, shows the very thing the gap is about."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from targetgraph.analysis.gaps import Gap, gap_report
from targetgraph.library import Library
from targetgraph.pipeline import open_coded_graph, open_store
from targetgraph.store import resolver


@pytest.mark.parametrize(("framework", "queries"), [("gfc", 18), ("beyond2020", 12)])
def test_the_query_of_every_gap_shows_it(framework: str, queries: int, built_store: Path) -> None:
    store, library = open_store(built_store), Library()
    asked: dict[tuple[str, tuple[tuple[str, str], ...]], list[Gap]] = defaultdict(list)
    for gap in gap_report(open_coded_graph(built_store), framework).gaps:
        asked[gap.query, tuple(gap.parameters.items())].append(gap)
    assert len({query for query, _ in asked}) >= queries
    for (query, parameters), gaps in asked.items():
        text = library.find(query).text(dict(parameters), resolver(store))
        shown = {str(term) for row in store.select(text, limits=None).rows for term in row if term is not None}
        missing = {g.subject_iri for g in gaps} - shown
        assert not missing, (query, parameters, missing)
