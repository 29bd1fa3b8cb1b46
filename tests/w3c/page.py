"""The outcomes as a page of the documentation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from tests.w3c.causes import ENGINE, OURS
from tests.w3c.outcomes import Outcome, Outcomes, Verdict

HEAD = """# Conformance to SPARQL 1.1

Written by `python -m tests.w3c`; do not edit. A test runs all of it again and compares.

The W3C's SPARQL 1.1 test suite is put to a running `targetgraph serve` over HTTP, case by case. For queries, all data files of
the suite stand in one store as named graphs, and the dataset of each test is chosen by `default-graph-uri` and
`named-graph-uri`; requests go in turn as GET, form and direct POST, and ask in turn for each format that can carry
the answer. Updates and the graph store go to a second server, started with a token. Answers are compared by readers of
their own: rows as multisets under one renaming of blank nodes, numbers by value, graphs by isomorphism.

*Refused by policy* means that the server answered with an error where the suite would have it reach other servers or
files: `SERVICE`, `LOAD`, and `FROM` of a graph it does not have. *Out of scope* is what the service does not claim; the
reasons are given below.

"""
_COLUMNS = (Verdict.PASSED, Verdict.FAILED, Verdict.REFUSED, Verdict.OUTSIDE)


def page(outcomes: Outcomes) -> str:
    """The whole page: counts by folder, failures with causes, what was not passed and why."""
    lines = [f"| folder | cases | {' | '.join(_COLUMNS)} |", "|---|--:|--:|--:|--:|--:|"]
    total: Counter[Verdict] = Counter()
    for folder, found in outcomes.items():
        counts = Counter(outcome.verdict for outcome in found)
        total += counts
        lines.append(_row(folder, counts))
    lines.append(_row("**all**", total))
    everything = [outcome for found in outcomes.values() for outcome in found]
    engine = _listed([o for o in everything if o.verdict is Verdict.FAILED and o.iri in ENGINE], ENGINE)
    ours = _listed([o for o in everything if o.verdict is Verdict.FAILED and o.iri not in ENGINE], OURS)
    outside = sorted({(o.iri.partition("/")[0], o.detail) for o in everything if o.verdict is Verdict.OUTSIDE})
    return HEAD + "\n".join(
        [
            *lines,
            "",
            "## Failures of the engine",
            "",
            "The same queries fail when Oxigraph is asked alone, without our server; a test looks.",
            "",
            *(engine or ["None."]),
            "",
            "## Failures of the server",
            "",
            *(ours or ["None."]),
            "",
            "## Out of scope",
            "",
            *(f"- `{folder}`: {why}" for folder, why in outside),
            "",
        ]
    )


def _row(name: str, counts: Counter[Verdict]) -> str:
    return f"| {name} | {counts.total()} | {' | '.join(str(counts[v] or '') for v in _COLUMNS)} |"


def _listed(failed: Sequence[Outcome], causes: Mapping[str, str]) -> list[str]:
    return [f"- `{o.iri}` ({o.name}): {causes.get(o.iri, 'unexplained')}" for o in failed]
