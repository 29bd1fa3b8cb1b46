"""Random scenarios about a random framework, naming things by IRI."""

from __future__ import annotations

from hypothesis import strategies as st
from rdflib import SKOS, Graph

from targetgraph.analysis.scenarios import Addition, Dating, Scenario
from tests.oracle.frameworks import TG, dimension, ordered, targets
from tests.scenarios.rewriting import SOURCE, dimensions, links_of


def some(draw: st.DrawFn, values: list[str], most: int = 2) -> frozenset[str]:
    return frozenset(draw(st.lists(st.sampled_from(values), max_size=most))) if values else frozenset()


@st.composite
def scenarios(draw: st.DrawFn, graph: Graph, framework: str) -> Scenario:
    """One to four suppositions that do not contradict each other in themselves."""
    links = [str(link) for link in links_of(graph, framework)]
    schemes = {dimension(graph, iri).column_scheme for iri in dimensions(graph).values()}
    concepts = [str(c) for s in ordered(schemes) for c in ordered(graph.subjects(SKOS.inScheme, s))]
    sources = sorted({str(s) for t in targets(graph, framework) for s in graph.objects(t, SOURCE)})
    parts = draw(
        st.sets(
            st.sampled_from(
                ("without", "links", "basis", "status", "confidence", "sources", "brackets", "umbrella", "as_named",
                 "add", "name", "lift", "renew", "date", "hedges")
            ),
            min_size=1,
            max_size=4,
        )
    )  # fmt: skip
    found: dict[str, object] = {}
    if "without" in parts:
        found["without"] = some(draw, concepts)
    if "basis" in parts:
        found["without_basis"] = some(draw, ["named", "implied", "judged"])
    if "status" in parts:
        found["without_status"] = some(draw, ["sourced", "recalled", "judged"])
    if "confidence" in parts:
        found["min_confidence"] = draw(st.sampled_from((0.3, 0.5, 0.6, 0.61, 0.9, 1.0)))
    if "sources" in parts:
        found["only_sources"] = some(draw, sources)
    if "brackets" in parts:
        found["brackets"] = draw(st.sampled_from(("kept", "deleted")))
    if "umbrella" in parts:
        found["umbrella"] = "dropped"
    if "as_named" in parts:
        allowed = {"implied", "judged"} - set(found.get("without_basis", ()))  # type: ignore[call-overload]
        found["as_named"] = some(draw, sorted(allowed))
    for part in ("name", "lift", "renew"):
        if part in parts:
            found[part] = some(draw, links)
    if "links" in parts:
        changed = {link for part in ("name", "lift", "renew") for link in found.get(part, ())}  # type: ignore[attr-defined]
        found["without_links"] = some(draw, [link for link in links if link not in changed])
    if "add" in parts and "named" not in found.get("without_basis", ()):  # type: ignore[operator]
        found["add"] = frozenset(draw(st.lists(additions(graph, framework), max_size=2)))
    if "date" in parts:
        given = st.sampled_from((0, 2030, 2033, 2035))
        mine = [str(t) for t in targets(graph, framework)]
        dates = draw(st.dictionaries(st.sampled_from(mine), given, min_size=1, max_size=len(mine)))
        found["date"] = frozenset(Dating(target, year) for target, year in dates.items())
    if "hedges" in parts:
        found["hedges"] = "dropped"
    return Scenario(**found)  # type: ignore[arg-type]


@st.composite
def additions(draw: st.DrawFn, graph: Graph, framework: str) -> Addition:
    code = draw(st.sampled_from(("actors", "mentions", "sectors", "stages", "sdgs")))
    scheme = dimension(graph, dimensions(graph)[code]).column_scheme
    members = [str(c) for c in ordered(graph.subjects(SKOS.inScheme, scheme)) if (c, SKOS.prefLabel, None) in graph]
    target = draw(st.sampled_from([str(t) for t in targets(graph, framework)]))
    role = draw(st.sampled_from(("", "provider"))) if code == "actors" else ""
    return Addition(target, code, draw(st.sampled_from(members)), role)


def has_named(graph: Graph, addition: Addition) -> bool:
    """Whether some link named in the text ties the target to the concept already."""
    from rdflib import URIRef

    return any(
        (link, TG.basis, TG.NamedInText) in graph and (link, None, URIRef(addition.concept)) in graph
        for link in graph.subjects(TG.linkSubject, URIRef(addition.target))
    )
