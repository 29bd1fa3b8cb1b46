"""Reasoning over a built graph: whether it holds together, what follows, why."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rdflib import OWL, RDF, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from targetgraph import iris
from targetgraph.errors import TargetGraphError
from targetgraph.modelling import ontology
from targetgraph.namespaces import TG
from targetgraph.pipeline.contradiction_explaining import RULES, Contradiction, why_inconsistent
from targetgraph.pipeline.inference_explaining import as_graph, why_empty
from targetgraph.pipeline.reasoning_by_rules import followed
from targetgraph.reasoning import rules
from targetgraph.reasoning.axioms import Theory, Triple3, term_axioms, theory
from targetgraph.reasoning.closing import COVERAGE_CLASSES, closed_part, targets
from targetgraph.reasoning.derivation import INFERRED
from targetgraph.reasoning.description_logic import (
    Limits,
    ReasonerMissing,
    classify,
    consistent,
    name_and_version,
    require,
)
from targetgraph.reasoning.inconsistency import names_in
from targetgraph.store import StoreFolder
from targetgraph.store.asserted import merged
from targetgraph.store.inferences import graph_name
from targetgraph.store.layout import DEFAULT_FOLDER

_SEMANTICS = "https://www.w3.org/TR/2012/REC-owl2-direct-semantics-20121211/"
RULE_SETS = {
    "rl": "https://www.w3.org/TR/2012/REC-owl2-profiles-20121211/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules",
    "hermit": _SEMANTICS,
    "pellet": _SEMANTICS,
}
"""By engine, the specification of what follows from what."""
_AT_ONCE = 4
_NOTHING = URIRef(OWL.Nothing)


@dataclass
class Conclusions:
    """What a reasoner concluded.

    Parameters
    ----------
    engine : the reasoner and its version.
    version : data version of the graph.
    consistent : whether all statements can be true together.
    unsatisfiable : classes that can have no member.
    why_unsatisfiable : for each of them a smallest set of axioms from which that follows, in sentences.
    members : members of the classes that are questions about coverage, by the class; empty by the rules alone.
    inferred : statements that follow.
    contradiction : why not all statements can be true together; None where they can.
    left_out : statements that no reasoner can read: years and dates, and what is said of things without names.
    terms : by the rules alone: a hash of the axioms about terms, with which what follows can be carried on after a change
        (`targetgraph.pipeline.carrying_inferences`); empty where it cannot.
    """

    engine: str
    version: str
    consistent: bool
    unsatisfiable: list[str] = field(default_factory=list)
    why_unsatisfiable: dict[str, list[str]] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)
    inferred: list[Triple3] = field(default_factory=list)
    contradiction: Contradiction | None = None
    left_out: int = 0
    terms: str = ""

    def told(self, asked: bool = False) -> Iterator[str]:
        """All of it but the statements, line by line, for people.

        Parameters
        ----------
        asked : all smallest sets of axioms that contradict each other were asked for.
        """
        by_rules = self.engine == rules.name_and_version()
        yield f"{self.engine}, data version {self.version}"
        if self.left_out:
            yield f"{self.left_out} statements left out: years and dates, which OWL 2 DL does not know, and nameless things"
        if self.contradiction:
            yield from self.contradiction.lines(asked)
            return
        yield "no contradiction that the rules see" if by_rules else "consistent"
        if not by_rules:
            yield f"classes that can have no member: {', '.join(self.unsatisfiable) or 'none'}"
        for kind, told in self.why_unsatisfiable.items():
            yield f"{kind.rpartition('#')[2]} can have no member:"
            yield from (f"- {sentence}" for sentence in told)
        for kind, things in self.members.items():
            names = ", ".join(sorted(thing.rpartition("/")[2] for thing in things)) or "none"
            yield f"{kind.rpartition('#')[2]} ({len(things)}): {names}"
        yield f"{len(self.inferred)} statements follow"


def statements_of(store: object, more: Sequence[Path] = ()) -> tuple[set[Triple3], str]:
    """What is asserted in the current version of a store, and in further RDF files, with the data version.

    Raises
    ------
    StoreError : nothing has been built there.
    TargetGraphError : a file is no RDF.
    """
    if store is not None and not isinstance(store, Path):
        raise TargetGraphError("reasoning reads a built folder, not a service", str(store), "give --store FOLDER")
    version = StoreFolder(store or DEFAULT_FOLDER).current()
    return asserted_in(version.dataset, more), version.data_version


def asserted_in(path: Path, more: Sequence[Path] = ()) -> set[Triple3]:
    """What canonical N-Quads assert, and further RDF files (errors: see `statements_of`)."""
    found = merged(path, (INFERRED,))
    for further in more:
        found.update(_read(further))
    return found


def _read(path: Path) -> Graph:
    try:
        return Graph().parse(path)
    except Exception as error:
        raise TargetGraphError(
            f"this is no RDF that can be read: {error}", str(path), "give Turtle or N-Triples"
        ) from error


def names_told(more: Sequence[Path]) -> set[Node]:
    """What further RDF files are about (errors: see `statements_of`)."""
    return {name for path in more for name in names_in(_read(path))}


def reason(
    statements: Collection[Triple3],
    version: str,
    engine: str = "hermit",
    limits: Limits | None = None,
    progress: Callable[[str], None] | None = None,
    most: int = 1,
    near: Collection[Node] = (),
) -> Conclusions:
    """Reason over the ontology and statements.

    Parameters
    ----------
    statements : what is asserted.
    version : its data version.
    engine : ``hermit``, ``pellet`` or ``rl``.
    limits : of each call of a reasoner, and of finding why there is a contradiction as a whole.
    progress : called with a short sentence before each step.
    most : where there is a contradiction: smallest sets of axioms to look for.
    near : where a mistake is likely (`names_told`): an explanation is looked for from there outwards.

    Raises
    ------
    ReasonerMissing, ReasonerStopped : the engine cannot run, or did not end.
    """
    say = progress or (lambda _: None)
    if engine != RULES:
        require()
    model = ontology.read("targetgraph.ttl")
    name = rules.name_and_version() if engine == RULES else name_and_version(engine)
    by_rules = followed(model, statements, say)
    found = Conclusions(name, version, by_rules.around is None, left_out=by_rules.left_out)
    everything = None
    if engine != RULES and found.consistent:
        say("HermiT: whether all statements can be true together")
        everything = theory(model, statements)
        found.consistent = consistent(without_chains(everything).ntriples(), limits)
    if not found.consistent:
        say("looking for a smallest set of axioms that contradict each other")
        # A single set lies around a contradiction that the rules found; others may lie anywhere.
        whole = theory(model, by_rules.around if by_rules.around is not None and most == 1 else statements)
        found.contradiction = why_inconsistent(whole, engine, limits, near, most, by_rules.around is not None)
        return found
    if everything is None:
        found.inferred, found.terms = by_rules.inferred, by_rules.terms
        return found
    _classify_terms(found, everything, engine, limits, say)
    _answer_questions(found, as_graph(statements), engine, limits, say)
    return found


def without_chains(whole: Theory) -> Theory:
    """A theory without property chains and self-restrictions, which the rules work out and tableaux take minutes for."""
    kept = tuple(axiom for axiom in whole.axioms if not axiom.is_hard())
    return Theory(whole.declarations, kept, whole.left_out)


def _classify_terms(
    found: Conclusions, whole: Theory, engine: str, limits: Limits | None, say: Callable[[str], None]
) -> None:
    say(f"{engine}: classifying the ontology")
    terms = without_chains(Theory(whole.declarations, tuple(term_axioms(whole))))
    inferred = classify(terms.ntriples(), engine, limits)
    assert inferred is not None, "the ontology contradicts itself although it is part of what does not"
    found.unsatisfiable = sorted(str(s) for s in inferred.subjects(OWL.equivalentClass, _NOTHING))
    found.inferred += sorted(t for t in inferred if t[2] != OWL.Thing)
    for kind in found.unsatisfiable:
        say(f"looking for a smallest set of axioms by which {kind} can have no member")
        found.why_unsatisfiable[kind] = why_empty(whole, kind, limits)


def _answer_questions(
    found: Conclusions, graph: Graph, engine: str, limits: Limits | None, say: Callable[[str], None]
) -> None:
    found.members = members(graph, list(targets(graph)), engine, limits, say)
    for kind, things in found.members.items():
        found.inferred += [(URIRef(thing), RDF.type, URIRef(kind)) for thing in things]


def members(
    graph: Graph,
    asked: Sequence[Node],
    engine: str = "hermit",
    limits: Limits | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> dict[str, list[str]]:
    """Which targets are in the classes that are questions about coverage, their links taken as all there are.

    Raises
    ------
    TargetGraphError : the links of some targets contradict the ontology.
    """
    model = ontology.read("targetgraph.ttl")
    found: dict[str, list[str]] = {str(kind): [] for kind in COVERAGE_CLASSES}
    for start in range(0, len(asked), _AT_ONCE):
        say(
            f"{engine}: questions of coverage, targets {start + 1} to {min(start + _AT_ONCE, len(asked))} of {len(asked)}"
        )
        inferred = classify(closed_part(model, graph, asked[start : start + _AT_ONCE]).ntriples(), engine, limits)
        if inferred is None:
            raise TargetGraphError(
                "the links of these targets contradict the ontology", remedy="run `targetgraph check`"
            )
        for kind in COVERAGE_CLASSES:
            found[str(kind)] += sorted(str(s) for s in inferred.subjects(RDF.type, kind))
    return found


def as_nquads(found: Conclusions, engine: str, moment: str) -> str:
    """Inferred statements in their own graph, which says what computed it from what, by which rules (PROV-O); sorted lines."""
    name = URIRef(graph_name(engine))
    prov, dct = "http://www.w3.org/ns/prov#", "http://purl.org/dc/terms/"
    graph = Graph()
    graph.add((name, RDF.type, URIRef(prov + "Entity")))
    graph.add((name, URIRef(TG.method), Literal(found.engine)))
    graph.add((name, URIRef(dct + "conformsTo"), URIRef(RULE_SETS[engine])))
    graph.add((name, URIRef(prov + "wasDerivedFrom"), URIRef(iris.whole())))
    graph.add((name, URIRef(TG.dataVersion), Literal(found.version)))
    graph.add((name, URIRef(prov + "generatedAtTime"), Literal(moment, datatype=XSD.dateTime, normalize=False)))
    graph.add((name, URIRef(dct + "description"), Literal("Inferred; nobody asserted it.", lang="en")))
    lines = {f"{s.n3()} {p.n3()} {o.n3()} <{name}> .\n" for s, p, o in (*found.inferred, *graph)}
    return "".join(sorted(lines))


__all__ = [
    "Conclusions",
    "ReasonerMissing",
    "as_graph",
    "as_nquads",
    "graph_name",
    "members",
    "reason",
    "statements_of",
]
