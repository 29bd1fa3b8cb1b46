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
from typing import TypeVar

from hypothesis import strategies as st
from rdflib import RDF, Literal, URIRef
from rdflib.term import Node

from targetgraph import iris, records
from targetgraph.modelling import frameworks, links, ontology
from targetgraph.modelling.writer import GraphWriter
from targetgraph.namespaces import TG
from tests.analysis.vocabulary_strategies import KINDS, Concepts, writer, written_vocabularies
from tests.oracle.triples import Quads, Triples

T = TypeVar("T")

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
_STATUSES = ("adopted", "adopted", "adopted", "superseded")
_DEADLINES = (None, 2030, 2035)
_MEASURABLE = ("yes", "partly", "no", "")
_VERIFICATIONS = ("sourced", "recalled")
_MINIMUMS = (1, 1, 2, 3)
_SHARED = ("", "", "12.4")
_RELATIONS = ("became", "content-in", "dropped")
_EITHER = st.booleans()
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
    assessed = draw(_some_of(tuple(sorted(dimensions))))
    for code, iri in dimensions.items():
        found.add((URIRef(iri), URIRef(TG.assessed), Literal(code in assessed)))
    for _, iri in sorted(obligations.items()):
        found.add((URIRef(iri), URIRef(TG.minimum), Literal(draw(_one_of(_MINIMUMS)))))
    return found


# What is drawn thousands of times in a test is drawn from strategies that are made once for the values they choose from:
# to make and check one takes Hypothesis longer than to draw from it.


@cache
def _one_of(values: tuple[T, ...]) -> st.SearchStrategy[T]:
    return st.sampled_from(values)


@cache
def _some_of(values: tuple[str, ...], most: int | None = None) -> st.SearchStrategy[set[str]]:
    return st.sets(st.sampled_from(values), max_size=most)


@cache
def _between(least: int, most: int) -> st.SearchStrategy[int]:
    return st.integers(least, most)


def _target(
    draw: st.DrawFn, framework: str, number: int, objectives: Sequence[str], stages: Sequence[str]
) -> records.Target:
    return records.Target(
        framework=framework,
        id=f"T{number}",
        order=number,
        objective=draw(_one_of(tuple(objectives))),
        status=draw(_one_of(_STATUSES)),
        label=f"Target {number}",
        summary=f"What target {number} asks for",
        deadline=draw(_one_of(_DEADLINES)),
        measurable=draw(_one_of(_MEASURABLE)),
        scope_phrases=tuple(sorted(draw(_some_of(tuple(stages), 2)))),
        verification=draw(_one_of(_VERIFICATIONS)),
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
    for document in sorted(draw(_some_of(tuple(sorted(hedges))))):
        passages.append(_passage(target, f"hedge-{document}", "hedge", hedges[document], document))
    frameworks.write_wordings(out, wordings)
    frameworks.write_passages(out, passages)
    return wordings


@dataclass(frozen=True, slots=True)
class _Claim:
    """What is drawn of a link."""

    concept: str
    role: str
    basis: str
    rests_on: str
    made_against: str


@cache
@st.composite
def _claims(draw: st.DrawFn, with_role: bool, ids: tuple[str, ...], umbrellas: tuple[str, ...]) -> list[_Claim]:
    """Links of one kind of one target, all in the target's mood for that kind."""
    mood = draw(_one_of(_MOODS))
    chosen = umbrellas if mood == "umbrella" else ids
    if mood == "none" or not chosen:
        return []
    found = []
    for concept, role in draw(_ends(chosen, with_role)):
        basis = mood if mood in _BASES else draw(_one_of(_BASES))
        rests_on, made_against = draw(_one_of(_READINGS.get(mood, _PLAIN_READINGS)))
        found.append(_Claim(concept, role, basis, rests_on, made_against))
    return found


@cache
def _ends(ids: tuple[str, ...], with_role: bool) -> st.SearchStrategy[list[tuple[str, str]]]:
    """Concept and role make the IRI of a link, so they must not repeat."""
    roles = st.sampled_from(_ROLES) if with_role else st.just("")
    return st.lists(st.tuples(st.sampled_from(ids), roles), min_size=1, max_size=3, unique=True)


def _links(draw: st.DrawFn, target: records.Target, kind: str, concepts: Concepts) -> list[records.Link]:
    """Links of one kind of one target."""
    ids, umbrellas = tuple(concepts.ids[kind]), tuple(concepts.umbrellas[kind])
    return [
        records.Link(
            framework=target.framework,
            subject=target.id,
            kind=kind,
            concept=claim.concept,
            basis=claim.basis,
            role=claim.role,
            rests_on=claim.rests_on,
            made_against=claim.made_against,
            verification="sourced" if claim.basis == "named" else "judged",
            sources=_SOURCES,
        )
        for claim in draw(_claims(kind == "actor", ids, umbrellas))
    ]


def _write_targets(draw: st.DrawFn, out: GraphWriter, framework: str, most: int, concepts: Concepts) -> list[str]:
    """Write a framework with its objectives, targets, texts and links; returns identifiers of targets."""
    described = records.Framework(id=framework, label=framework, short_label=framework, status="adopted")
    frameworks.write_framework(out, described)
    size = draw(_between(2, most))
    headings = [f"O{n}" for n in range(draw(_between(1, min(3, size))))]
    objectives = [records.Objective(framework=framework, id=name, label=name) for name in headings]
    frameworks.write_objectives(out, objectives)
    shared = draw(_one_of(_SHARED))
    for number in range(1, size + 1):
        # Every objective has a target; beyond those, a target may stand under any or none.
        choice = headings[number - 1 : number] or ["", *headings]
        target = _target(draw, framework, number, choice, concepts.ids["stage"])
        frameworks.write_target(out, target)
        wordings = _write_texts(draw, out, target)
        claims = [link for kind in KINDS for link in _links(draw, target, kind, concepts)]
        if shared and not any(link.concept == shared for link in claims):
            link = records.Link(framework=framework, subject=target.id, kind="sdg", concept=shared, basis="judged")
            claims.append(link)
        context = links.LinkContext(concepts.iris, {}, {(framework, target.id): wordings})
        links.write_links(out, claims, context)
    return [f"T{n}" for n in range(1, size + 1)]


@cache
def _scoped(targets: tuple[str, ...], ids: tuple[str, ...]) -> st.SearchStrategy[dict[tuple[str, str], str]]:
    """Results by target and concept; empty: all of them."""
    scopes = st.tuples(st.sampled_from(("", *targets)), st.sampled_from(("", *ids)))
    return st.dictionaries(scopes, st.sampled_from(_RESULTS), max_size=3)


def _write_assessments(
    draw: st.DrawFn, out: GraphWriter, framework: str, targets: Iterable[str], concepts: Concepts
) -> None:
    """Records of every scope and result, at most one a scope: often the whole framework, at times less."""
    dimensions = _declared(TG.Dimension)
    for code, kind in _KIND_OF_DIMENSION.items():
        whole = draw(_one_of(("", *_RESULTS)))
        results = draw(_scoped(tuple(targets), tuple(concepts.ids[kind])))
        if whole:
            results[("", "")] = whole
        items = [
            records.Assessment(framework=framework, dimension=code, target=target, concept=concept, result=result)
            for (target, concept), result in results.items()
        ]
        links.write_assessments(out, items, dimensions, {code: concepts.iris[kind]})


@cache
@st.composite
def _fate(draw: st.DrawFn, new: tuple[str, ...]) -> tuple[str, str]:
    """How a proposal ended, and in which target."""
    relation = draw(_one_of(_RELATIONS))
    return relation, "" if relation == "dropped" else draw(_one_of(new))


@cache
def _fates(new: tuple[str, ...]) -> st.SearchStrategy[list[tuple[str, str]]]:
    return st.lists(_fate(new), max_size=2, unique_by=lambda fate: fate[1])


def _lineage(framework: str, proposal: str, into: str, relation: str, successor: str) -> records.Lineage:
    return records.Lineage(
        framework=framework,
        proposal=proposal,
        relation=relation,
        successor_framework=into if successor else "",
        successor=successor,
    )


@cache
def _needs(targets: tuple[str, ...]) -> st.SearchStrategy[list[tuple[str, str]]]:
    pairs = st.tuples(st.sampled_from(targets), st.sampled_from(targets)).filter(lambda pair: pair[0] != pair[1])
    return st.lists(pairs, max_size=3, unique=True)


@st.composite
def small_frameworks(draw: st.DrawFn, most_targets: int = 8) -> Sample:
    """A framework of 2 to ``most_targets`` targets, often with an earlier one that it grew out of."""
    dataset, concepts = draw(_ground())
    earlier = _write_family(draw, dataset, concepts, "new", "old", most_targets)
    if draw(_EITHER):
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
        earlier = _write_family(draw, dataset, concepts, new, old, most_targets)
        found += [iris.framework(new), *([iris.framework(old)] if earlier else [])]
    return dataset, found


@st.composite
def _ground(draw: st.DrawFn) -> tuple[Quads, Concepts]:
    """A dataset with declarations and vocabularies."""
    dataset = Quads()
    dataset.graphs[URIRef(iris.graph("ontology"))] = draw(_declarations())
    return dataset, draw(written_vocabularies(dataset))


def _write_family(draw: st.DrawFn, dataset: Quads, concepts: Concepts, new: str, old: str, most_targets: int) -> bool:
    """Write a framework, and perhaps the earlier one that it grew out of; returns whether there is one."""
    out = writer(dataset, "framework", new)
    targets = tuple(_write_targets(draw, out, new, most_targets, concepts))
    _write_assessments(draw, out, new, targets, concepts)
    needs = draw(_needs(targets))
    links.write_dependencies(out, [records.Dependency(framework=new, target=t, needs=n) for t, n in needs])
    if not draw(_EITHER):
        return False
    before = writer(dataset, "framework", old)
    for proposal in _write_targets(draw, before, old, 3, concepts):
        links.write_lineage(before, [_lineage(old, proposal, new, *fate) for fate in draw(_fates(targets))])
    return True
