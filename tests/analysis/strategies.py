"""Random small frameworks for property tests, written by the same code that writes the real graph.

:func:`small_frameworks` draws records and hands them to :mod:`targetgraph.modelling`, so a sample has the
shape of a built graph; of the ontology only what people may edit is varied: what has been assessed, how many
links are obliged. Each target has a *mood* for each kind of link: all named, all implied, to catch-alls,
in brackets, stale, mixed, or none. Left to plain chance, one named link would nearly always hide the rarer
states.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from hypothesis import strategies as st
from rdflib import RDF, Literal, URIRef
from rdflib.term import Node

from targetgraph import iris, records
from targetgraph.modelling import frameworks, links, ontology
from targetgraph.modelling.writer import GraphWriter
from targetgraph.namespaces import TG
from tests.analysis.vocabulary_strategies import KINDS, Concepts, writer, written_vocabularies
from tests.oracle.triples import Quads, Triples

_MOODS = ("none", "named", "implied", "umbrella", "contingent", "stale", "mixed")
_BASES = ("named", "implied", "judged")
# Passage a link rests on and document it was read from; no document means the first wording, here the final.
_PLAIN_READINGS = (("", ""), ("", "final"), ("stress", "final"))
_READINGS = {
    "contingent": (("bracket", ""), ("bracket", "final")),
    "stale": (("", "draft"), ("bracket", "draft")),
    "mixed": (("", ""), ("stress", ""), ("bracket", ""), ("", "draft")),
}
_ROLES = ("responsible", "responsible", "provider", "unstated", "beneficiary", "participant", "owner")
_KIND_OF_DIMENSION = {
    "actors": "actor",
    "mentions": "actor",
    "sectors": "sector",
    "stages": "stage",
    "goals": "sdg",
    "sdgs": "sdg",
    "indicators": "indicator",
    "issues": "issue",
}
_RESULTS = tuple(links.ASSESSMENT)
_SOURCES = ("sample",)
# Worth reading in a failing example. The ends of a link and the scope of a record stand in their IRIs.
_SHOWN = {
    *("adoptionStatus", "assessed", "assessmentResult", "basis", "broader", "deadlineYear", "hasSource"),
    *("isUmbrella", "lineageRelation", "madeAgainst", "measurability", "minimum", "restsOn", "scopePhrase"),
    *("underObjective", "verification", "wasRevisionOf"),
}


@dataclass(repr=False)
class Sample:
    """A drawn dataset with the IRIs of its framework and of an earlier one (empty: there is none)."""

    dataset: Quads
    framework: str
    earlier: str = ""

    def nquads(self) -> str:
        """The sample as N-Quads."""
        return self.dataset.nquads()

    def __repr__(self) -> str:
        """One line a subject, with what decides its state; statements that say no are left out."""
        known: dict[str, list[str]] = defaultdict(list)
        for subject, predicate, value, _ in self.dataset.quads():
            name = str(predicate).replace("/", "#").rsplit("#", 1)[-1]
            if name in _SHOWN and value != Literal(False):
                known[_short(subject)].append(f"{name} {_short(value)}")
        lines = [f"  {subject}: {', '.join(sorted(facts))}" for subject, facts in sorted(known.items())]
        return "Sample(\n" + "\n".join(lines) + "\n)"


def _short(node: Node) -> str:
    return iris.shorten(str(node)).removeprefix("ontology#")


@cache
def _ontology() -> Triples:
    return Triples(ontology.read())


@cache
def _declared(kind: str) -> dict[str, str]:
    """IRI by code of the dimensions or obligations that the ontology declares."""
    declared = _ontology().subjects(RDF.type, URIRef(kind))
    return {str(_ontology().value(subject, URIRef(TG.code))): str(subject) for subject in declared}


@cache
def _undecided() -> Triples:
    """The ontology without what :func:`_declarations` draws."""
    left = _ontology().copy()
    for kind, prop in ((TG.Dimension, TG.assessed), (TG.Obligation, TG.minimum)):
        for iri in _declared(kind).values():
            left.remove((URIRef(iri), URIRef(prop), None))
    # Obligations of the bundled data name the frameworks they bind; here they bind whatever is drawn.
    left.remove((None, URIRef(TG.bindsFramework), None))
    return left


@st.composite
def _declarations(draw: st.DrawFn) -> Triples:
    """The ontology, with other dimensions assessed and other numbers obliged."""
    dimensions, obligations = _declared(TG.Dimension), _declared(TG.Obligation)
    found = _undecided().copy()
    assessed = draw(st.sets(st.sampled_from(sorted(dimensions))))
    for code, iri in dimensions.items():
        found.add((URIRef(iri), URIRef(TG.assessed), Literal(code in assessed)))
    for _, iri in sorted(obligations.items()):
        found.add((URIRef(iri), URIRef(TG.minimum), Literal(draw(st.sampled_from((1, 1, 2, 3))))))
    return found


@st.composite
def _targets(
    draw: st.DrawFn, framework: str, number: int, objectives: Sequence[str], stages: Sequence[str]
) -> records.Target:
    return records.Target(
        framework=framework,
        id=f"T{number}",
        order=number,
        objective=draw(st.sampled_from(objectives)),
        status=draw(st.sampled_from(("adopted", "adopted", "adopted", "superseded"))),
        label=f"Target {number}",
        summary=f"What target {number} asks for",
        deadline=draw(st.sampled_from((None, 2030, 2035))),
        measurable=draw(st.sampled_from(("yes", "partly", "no", ""))),
        scope_phrases=tuple(sorted(draw(st.sets(st.sampled_from(stages), max_size=2)))),
        verification=draw(st.sampled_from(("sourced", "recalled"))),
        sources=_SOURCES,
    )


def _wording(target: records.Target, document: str, text: str, revises: str = "") -> records.Wording:
    return records.Wording(
        framework=target.framework,
        target=target.id,
        language="en",
        document=document,
        text=text,
        revises=revises,
    )


def _passage(target: records.Target, name: str, kind: str, quote: str, document: str) -> records.Passage:
    return records.Passage(
        framework=target.framework, target=target.id, id=name, kind=kind, quote=quote, document=document
    )


@st.composite
def _write_texts(draw: st.DrawFn, out: GraphWriter, target: records.Target) -> list[records.Wording]:
    """A draft and the final text that replaces it: what was read from the draft is stale."""
    wordings = [
        _wording(target, "final", "Do [it] as far as possible.", revises="draft"),
        _wording(target, "draft", "Do [it] if you can."),
    ]
    passages = [
        _passage(target, "bracket", "bracket", "[it]", "final"),
        _passage(target, "stress", "emphasis", "Do", "final"),
    ]
    hedges = {"final": "as far as possible", "draft": "if you can"}
    for document in sorted(draw(st.sets(st.sampled_from(sorted(hedges))))):
        passages.append(_passage(target, f"hedge-{document}", "hedge", hedges[document], document))
    frameworks.write_wordings(out, wordings)
    frameworks.write_passages(out, passages)
    return wordings


@st.composite
def _links(draw: st.DrawFn, target: records.Target, kind: str, concepts: Concepts) -> list[records.Link]:
    """Links of one kind of one target, all in the target's mood for that kind."""
    mood = draw(st.sampled_from(_MOODS))
    ids = concepts.umbrellas[kind] if mood == "umbrella" else concepts.ids[kind]
    if mood == "none" or not ids:
        return []
    roles = st.sampled_from(_ROLES) if kind == "actor" else st.just("")
    # Concept and role make the IRI of a link, so they must not repeat.
    ends = draw(st.lists(st.tuples(st.sampled_from(ids), roles), min_size=1, max_size=3, unique=True))
    found = []
    for concept, role in ends:
        basis = mood if mood in _BASES else draw(st.sampled_from(_BASES))
        rests_on, made_against = draw(st.sampled_from(_READINGS.get(mood, _PLAIN_READINGS)))
        found.append(
            records.Link(
                framework=target.framework,
                subject=target.id,
                kind=kind,
                concept=concept,
                basis=basis,
                role=role,
                rests_on=rests_on,
                made_against=made_against,
                verification="sourced" if basis == "named" else "judged",
                sources=_SOURCES,
            )
        )
    return found


@st.composite
def _write_targets(draw: st.DrawFn, out: GraphWriter, framework: str, most: int, concepts: Concepts) -> list[str]:
    """Write a framework with its objectives, targets, texts and links; returns identifiers of targets."""
    described = records.Framework(id=framework, label=framework, short_label=framework, status="adopted")
    frameworks.write_framework(out, described)
    size = draw(st.integers(2, most))
    headings = [f"O{n}" for n in range(draw(st.integers(1, min(3, size))))]
    objectives = [records.Objective(framework=framework, id=name, label=name) for name in headings]
    frameworks.write_objectives(out, objectives)
    shared = draw(st.sampled_from(("", "", "12.4")))
    for number in range(1, size + 1):
        # Every objective has a target; beyond those, a target may stand under any or none.
        choice = headings[number - 1 : number] or ["", *headings]
        target = draw(_targets(framework, number, choice, concepts.ids["stage"]))
        frameworks.write_target(out, target)
        wordings = draw(_write_texts(out, target))
        claims = [link for kind in KINDS for link in draw(_links(target, kind, concepts))]
        if shared and not any(link.concept == shared for link in claims):
            link = records.Link(framework=framework, subject=target.id, kind="sdg", concept=shared, basis="judged")
            claims.append(link)
        context = links.LinkContext(concepts.iris, {}, {(framework, target.id): wordings})
        links.write_links(out, claims, context)
    return [f"T{n}" for n in range(1, size + 1)]


@st.composite
def _write_assessments(
    draw: st.DrawFn, out: GraphWriter, framework: str, targets: Iterable[str], concepts: Concepts
) -> None:
    """Records of every scope and result, at most one a scope: often the whole framework, at times less."""
    dimensions = _declared(TG.Dimension)
    for code, kind in _KIND_OF_DIMENSION.items():
        whole = draw(st.sampled_from(("", *_RESULTS)))
        scopes = st.tuples(st.sampled_from(["", *targets]), st.sampled_from(["", *concepts.ids[kind]]))
        results = draw(st.dictionaries(scopes, st.sampled_from(_RESULTS), max_size=3))
        if whole:
            results[("", "")] = whole
        items = [
            records.Assessment(framework=framework, dimension=code, target=target, concept=concept, result=result)
            for (target, concept), result in results.items()
        ]
        links.write_assessments(out, items, dimensions, {code: concepts.iris[kind]})


@st.composite
def _lineage(draw: st.DrawFn, framework: str, proposal: str, into: str, new: Sequence[str]) -> records.Lineage:
    relation = draw(st.sampled_from(("became", "content-in", "dropped")))
    successor = "" if relation == "dropped" else draw(st.sampled_from(new))
    return records.Lineage(
        framework=framework,
        proposal=proposal,
        relation=relation,
        successor_framework=into if successor else "",
        successor=successor,
    )


@st.composite
def small_frameworks(draw: st.DrawFn, most_targets: int = 8) -> Sample:
    """A framework of 2 to ``most_targets`` targets, often with an earlier one that it grew out of."""
    dataset, concepts = draw(_ground())
    earlier = draw(_write_family(dataset, concepts, "new", "old", most_targets))
    if draw(st.booleans()):
        # The subject of this link is an issue of concern and in no framework, so it is evidence for no row.
        claim = records.Link(framework="", subject="issue0", kind="sdg", concept="12.4", basis="judged")
        links.write_links(writer(dataset, "vocabularies"), [claim], links.LinkContext(concepts.iris, {}, {}))
    return Sample(dataset, iris.framework("new"), iris.framework("old") if earlier else "")


@st.composite
def registries(draw: st.DrawFn, families: int = 4, most_targets: int = 5) -> tuple[Quads, list[str]]:
    """Several frameworks in one dataset, some with an earlier one, over the same vocabularies; with the IRIs of all."""
    dataset, concepts = draw(_ground())
    found = []
    for number in range(families):
        new, old = f"new{number}", f"old{number}"
        earlier = draw(_write_family(dataset, concepts, new, old, most_targets))
        found += [iris.framework(new), *([iris.framework(old)] if earlier else [])]
    return dataset, found


@st.composite
def _ground(draw: st.DrawFn) -> tuple[Quads, Concepts]:
    """A dataset with declarations and vocabularies."""
    dataset = Quads()
    dataset.graphs[URIRef(iris.graph("ontology"))] = draw(_declarations())
    return dataset, draw(written_vocabularies(dataset))


@st.composite
def _write_family(draw: st.DrawFn, dataset: Quads, concepts: Concepts, new: str, old: str, most_targets: int) -> bool:
    """Write a framework, and perhaps the earlier one that it grew out of; returns whether there is one."""
    out = writer(dataset, "framework", new)
    targets = draw(_write_targets(out, new, most_targets, concepts))
    draw(_write_assessments(out, new, targets, concepts))
    pairs = st.tuples(st.sampled_from(targets), st.sampled_from(targets)).filter(lambda pair: pair[0] != pair[1])
    needs = draw(st.lists(pairs, max_size=3, unique=True))
    links.write_dependencies(out, [records.Dependency(framework=new, target=t, needs=n) for t, n in needs])
    if not draw(st.booleans()):
        return False
    before = writer(dataset, "framework", old)
    for proposal in draw(_write_targets(before, old, 3, concepts)):
        fates = draw(st.lists(_lineage(old, proposal, new, targets), max_size=2, unique_by=lambda f: f.successor))
        links.write_lineage(before, fates)
    return True
