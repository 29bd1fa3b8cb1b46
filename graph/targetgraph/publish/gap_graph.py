"""Gaps as linked data: each a resource with its evidence, and the run that found them a PROV activity."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from targetgraph import __version__, iris
from targetgraph.analysis.gaps.history import Entry
from targetgraph.analysis.gaps.record import Gap
from targetgraph.analysis.gaps.report import GapReport
from targetgraph.library.terms import XSD, Iri, Literal, Term, written
from targetgraph.namespaces import PREFIXES, TG

COMPUTED = iris.graph("computed")
_RDF_TYPE = Iri(PREFIXES["rdf"] + "type")
_STATUS = {"open": TG.OpenGap, "accepted": TG.AcceptedGap, "closed": TG.ClosedGap}


def _pairs(*statements: tuple[str, Term | str | None]) -> list[tuple[Iri, Term]]:
    """(property, value) with empty values left out; a plain string is an English sentence."""
    kept: list[tuple[Iri, Term]] = []
    for prop, value in statements:
        if isinstance(value, str):
            value = Literal(value, PREFIXES["rdf"] + "langString", "en") if value else None
        if value is not None:
            kept.append((Iri(prop), value))
    return kept


def _dated(day: str) -> Term | None:
    return Literal(day, XSD + "date") if day else None


def _number(value: float) -> Term:
    # In the canonical form of XSD 1.1 (1, not 1.0), which engines that keep values instead of texts give back as it is.
    return Literal(f"{value:.4f}".rstrip("0").rstrip("."), XSD + "decimal")


def gap_quads(
    reports: Sequence[GapReport],
    history: Mapping[str, Entry],
    kinds: Mapping[str, str],
    frameworks: Mapping[str, str],
    dimensions: Mapping[str, str],
) -> Iterator[str]:
    """N-Quads lines of the graph of computed statements.

    Parameters
    ----------
    reports : one a framework, all of one data version.
    history : what became of each gap, the closed ones included.
    kinds, frameworks, dimensions : IRI by code.
    """
    if not reports:
        return
    run = iris.gap_run(reports[0].version)
    yield from _lines(run, _run(reports))
    for report in reports:
        for gap in report.gaps:
            yield from _lines(gap.iri, _gap(gap, run, history.get(gap.iri), kinds, frameworks, dimensions))
    for entry in history.values():
        if entry.status == "closed" and entry.kind in kinds and entry.framework in frameworks:
            yield from _lines(entry.iri, _closed(entry, kinds, frameworks))


def _lines(subject: str, pairs: Sequence[tuple[Iri, Term]]) -> Iterator[str]:
    lead, graph = written(Iri(subject)), written(Iri(COMPUTED))
    for prop, value in pairs:
        yield f"{lead} {written(prop)} {written(value)} {graph} .\n"


def _run(reports: Sequence[GapReport]) -> list[tuple[Iri, Term]]:
    version = reports[0].version
    parameters = json.dumps({"frameworks": [r.framework for r in reports]})
    return [
        (_RDF_TYPE, Iri(PREFIXES["prov"] + "Activity")),
        (_RDF_TYPE, Iri(TG.GapRun)),
        *_pairs(
            (PREFIXES["rdfs"] + "label", f"Search for gaps in data version {version}"),
            (TG.dataVersion, Literal(version)),
            (TG.method, "Coded incidence of links, rolled up; severity of kind and obligation times certainty"),
            (TG.parameters, Literal(parameters)),
            (TG.softwareVersion, Literal(f"targetgraph {__version__}")),
            (PREFIXES["prov"] + "used", Iri(iris.dataset(version))),
        ),
    ]


def _gap(
    gap: Gap,
    run: str,
    entry: Entry | None,
    kinds: Mapping[str, str],
    frameworks: Mapping[str, str],
    dimensions: Mapping[str, str],
) -> list[tuple[Iri, Term]]:
    dimension = dimensions.get(gap.dimension)
    evidence = dict.fromkeys(e.iri for e in gap.evidence if e.iri)
    return [
        (_RDF_TYPE, Iri(TG.Gap)),
        (_RDF_TYPE, Iri(kinds[gap.kind])),
        *_pairs(
            (PREFIXES["rdfs"] + "label", gap.sentence),
            (TG.inFramework, Iri(frameworks[gap.framework])),
            (TG.gapSubject, Iri(gap.subject_iri)),
            (TG.onDimension, Iri(dimension) if dimension else None),
            (TG.missing, gap.missing),
            (TG.because, gap.because),
            (TG.severity, _number(gap.severity)),
            (TG.confidence, _number(gap.certainty.weight)),
            (TG.certaintyReason, gap.certainty.reason),
            (TG.shownBy, Iri(iris.BASE + "query/" + gap.query)),
            (TG.parameters, Literal(json.dumps(dict(gap.parameters), sort_keys=True))),
            (PREFIXES["prov"] + "wasGeneratedBy", Iri(run)),
            (TG.gapStatus, Iri(_STATUS[entry.status if entry else "open"])),
        ),
        *_life(entry),
        *((Iri(PREFIXES["prov"] + "wasDerivedFrom"), Iri(iri)) for iri in evidence),
    ]


def _life(entry: Entry | None) -> list[tuple[Iri, Term]]:
    if entry is None:
        return []
    return _pairs(
        (TG.firstSeen, _dated(entry.first_seen)),
        (TG.acceptedBecause, entry.reason),
        (TG.acceptedBy, entry.accepted_by),
        (TG.acceptedOn, _dated(entry.accepted_on)),
        (TG.closedOn, _dated(entry.closed)),
    )


def _closed(entry: Entry, kinds: Mapping[str, str], frameworks: Mapping[str, str]) -> list[tuple[Iri, Term]]:
    return [
        (_RDF_TYPE, Iri(TG.Gap)),
        (_RDF_TYPE, Iri(kinds[entry.kind])),
        *_pairs(
            (PREFIXES["rdfs"] + "label", entry.sentence),
            (TG.inFramework, Iri(frameworks[entry.framework])),
            (TG.gapStatus, Iri(TG.ClosedGap)),
        ),
        *_life(entry),
    ]
