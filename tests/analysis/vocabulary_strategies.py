"""Random small vocabularies: trees of actors, sectors and stages with catch-alls, bodies and diamonds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st
from rdflib import SKOS, URIRef

from targetgraph import iris, records
from targetgraph.modelling import sdgs, vocabularies
from targetgraph.modelling.writer import GraphWriter
from tests.oracle.triples import Quads

#: Kinds of links to concepts.
KINDS = ("actor", "sector", "stage", "sdg", "indicator", "issue")

_SDGS = ("3", "3.4", "3.9", "12", "12.4", "12.5", "14", "14.1")
_ADOPTION = ("adopted", "proposed", "candidate-proxy")


@dataclass
class Concepts:
    """Vocabularies of a sample: by kind, the identifiers, those of catch-alls, and IRI by identifier."""

    ids: dict[str, list[str]]
    umbrellas: dict[str, list[str]]
    iris: dict[str, dict[str, str]]


def writer(dataset: Quads, *name: str) -> GraphWriter:
    """A writer into the named graph ``…/graph/<name>`` of the dataset."""
    iri = iris.graph(*name)
    return GraphWriter(iri, dataset.graph(URIRef(iri)))


def _labels(name: str) -> dict[str, str]:
    return {"en": name}


@st.composite
def _tree(draw: st.DrawFn, prefix: str, most: int) -> list[tuple[str, str, bool]]:
    """Concepts as (identifier, broader or empty, catch-all or not); a parent always comes earlier."""
    entries: list[tuple[str, str, bool]] = []
    for number in range(draw(st.integers(2, most))):
        parent = draw(st.integers(-1, number - 1))
        umbrella = draw(st.sampled_from((False, False, True)))
        entries.append((f"{prefix}{number}", f"{prefix}{parent}" if parent >= 0 else "", umbrella))
    return entries


@st.composite
def _actors(draw: st.DrawFn) -> list[records.Actor]:
    """Categories in a tree, and bodies below a category, below another body, or on their own."""
    actors = [
        records.Actor(id=i, labels=_labels(i), kind="category", broader=above, umbrella=umbrella)
        for i, above, umbrella in draw(_tree("actor", 5))
    ]
    for number in range(draw(st.integers(0, 2))):
        name, above = f"body{number}", draw(st.sampled_from(["", *(a.id for a in actors)]))
        actors.append(records.Actor(id=name, labels=_labels(name), kind="organisation", broader=above))
    return actors


@st.composite
def _sectors(draw: st.DrawFn) -> list[records.Sector]:
    return [
        records.Sector(id=i, labels=_labels(i), broader=above, umbrella=umbrella)
        for i, above, umbrella in draw(_tree("sector", 4))
    ]


@st.composite
def _stages(draw: st.DrawFn) -> list[records.Stage]:
    return [
        records.Stage(id=i, labels=_labels(i), broader=above, umbrella=umbrella, order=order)
        for order, (i, above, umbrella) in enumerate(draw(_tree("stage", 4)), 1)
    ]


@st.composite
def _indicators(draw: st.DrawFn) -> list[records.Indicator]:
    statuses = draw(st.lists(st.sampled_from(_ADOPTION), min_size=1, max_size=3))
    return [
        records.Indicator(id=f"indicator{n}", labels=_labels(f"indicator{n}"), adoption=status)
        for n, status in enumerate(statuses)
    ]


@st.composite
def written_vocabularies(draw: st.DrawFn, dataset: Quads) -> Concepts:
    """Draw small vocabularies of every kind and write them into the dataset."""
    out, mapped, un = (writer(dataset, name) for name in ("vocabularies", "mapped", "sdg"))
    actors, sectors, stages = draw(_actors()), draw(_sectors()), draw(_stages())
    issues = [records.Issue(id=name, labels=_labels(name)) for name in ("issue0", "issue1")]
    vocabularies.write_schemes(out)
    by_id = {
        "actor": vocabularies.write_actors(out, mapped, actors),
        "sector": vocabularies.write_sectors(out, mapped, sectors),
        "stage": vocabularies.write_stages(out, stages),
        "issue": vocabularies.write_issues(out, issues),
        "indicator": vocabularies.write_indicators(out, draw(_indicators()), {}),
        "sdg": _write_sdgs(un, mapped),
    }
    _second_parent(draw, out, sectors, by_id["sector"])
    trees: dict[str, Sequence[records.Concept]] = {"actor": actors, "sector": sectors, "stage": stages}
    return Concepts(
        ids={kind: sorted(by_id[kind]) for kind in KINDS},
        umbrellas={kind: [c.id for c in trees.get(kind, ()) if c.umbrella] for kind in KINDS},
        iris=by_id,
    )


def _second_parent(draw: st.DrawFn, out: GraphWriter, sectors: Sequence[records.Sector], by_id: dict[str, str]) -> None:
    """Sometimes make the tree of sectors a diamond: SKOS allows it, and a link still counts once a cell."""
    if len(sectors) > 2 and draw(st.booleans()):
        below = draw(st.integers(2, len(sectors) - 1))
        above = draw(st.integers(0, below - 1))
        out.add(by_id[sectors[below].id], str(SKOS.broader), by_id[sectors[above].id])


def _write_sdgs(out: GraphWriter, mapped: GraphWriter) -> dict[str, str]:
    """Three goals with their targets; the indicator is in the scheme, yet a column of no dimension."""
    entries = [
        records.SdgEntry(
            id=code,
            labels=_labels(code),
            level="target" if "." in code else "goal",
            goal=code.split(".")[0],
            iri=f"{iris.SDG_SCHEME}/{code}",
        )
        for code in _SDGS
    ]
    by_id = sdgs.write_sdgs(out, mapped, entries)
    indicator = records.SdgIndicator(code="12.4.1", target="12.4", label="12.4.1")
    sdgs.write_sdg_indicators(out, [indicator], by_id)
    return by_id
