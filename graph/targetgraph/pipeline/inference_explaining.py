"""Why one inferred statement follows, or a class can have no member: a smallest set of axioms, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.term import Node

from targetgraph import iris
from targetgraph.errors import TargetGraphError
from targetgraph.modelling import ontology
from targetgraph.namespaces import PREFIXES, TG
from targetgraph.reasoning import entailment, rules, sentences
from targetgraph.reasoning.axioms import Axiom, Theory, Triple3, distinct, term_axioms, theory
from targetgraph.reasoning.closing import COVERAGE_CLASSES, closed_part
from targetgraph.reasoning.description_logic import Limits, name_and_version, require
from targetgraph.reasoning.flows import module
from targetgraph.reasoning.justification import Justifications, justification, justifications

_UNBRACKETED = "No passage that the link rests on is recorded as bracketed (taken as closed: nothing else is recorded)."


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a statement follows.

    Parameters
    ----------
    statement : it, as a sentence.
    engine : the reasoner and its version; empty where nothing had to be inferred.
    stated : it is stated, and follows from nothing but itself.
    follows : whether it follows.
    why : a smallest set of axioms from which it does, in sentences.
    others : further such sets, as far as they were asked for.
    complete : there is no other smallest set; False also where no other was looked for.
    """

    statement: str
    engine: str
    stated: bool
    follows: bool
    why: tuple[str, ...] = ()
    others: tuple[tuple[str, ...], ...] = ()
    complete: bool = False

    @property
    def all(self) -> tuple[tuple[str, ...], ...]:
        """Every set that was found."""
        return (self.why, *self.others) if self.why else ()

    def lines(self, asked: bool = False) -> Iterator[str]:
        """Whether it follows and why, line by line.

        Parameters
        ----------
        asked : all smallest sets were asked for: they are numbered, and it is said whether there may be more.
        """
        yield self.told()
        for number, sentences_ in enumerate(self.all, 1):
            if asked:
                yield f"because ({number} of {len(self.all)}{'' if self.complete else ' found'}):"
            yield from (f"- {sentence}" for sentence in sentences_)
        if asked and self.all:
            yield "these are all there are" if self.complete else "there may be others: number or time came to an end"

    def told(self) -> str:
        """Whether it follows, by what, in a line."""
        if self.stated:
            return f"stated: {self.statement}"
        return f"{'follows' if self.follows else 'does not follow'}, by {self.engine}: {self.statement}"


def named(name: str) -> Node:
    """What a user's name stands for: an IRI, a prefixed name, ``a``, or a path below the base such as ``gfc/target/A1``.

    Raises
    ------
    TargetGraphError : a prefix is not known.
    """
    if name == "a":
        return RDF.type
    if name.startswith("<") and name.endswith(">"):
        return URIRef(name[1:-1])
    prefix, colon, local = name.partition(":")
    if not colon:
        return URIRef(iris.BASE + name)
    if local.startswith("//") or prefix == "urn":
        return URIRef(name)
    if prefix not in PREFIXES:
        raise TargetGraphError(
            f"the prefix of {name!r} is not known", remedy=f"use one of {', '.join(PREFIXES)}, or a whole IRI"
        )
    return URIRef(PREFIXES[prefix] + local)


def as_graph(statements: Iterable[Triple3]) -> Graph:
    """Statements as a graph of rdflib."""
    graph = Graph(bind_namespaces="none")
    for triple in statements:
        graph.add(triple)
    return graph


def explain(
    statements: Collection[Triple3],
    statement: Sequence[str],
    limits: Limits | None = None,
    progress: Callable[[str], None] | None = None,
    most: int = 1,
) -> Explanation:
    """Why a statement follows from the ontology and what is asserted.

    Membership in a class that is a question of coverage, and whatever is said of classes (``rdfs:subClassOf``, also below
    ``owl:Nothing``), is asked of HermiT; other types and links of the OWL 2 RL rules.

    Parameters
    ----------
    statements : what is asserted.
    statement : subject, property and object as a user writes them (see `named`).
    limits : of each run of HermiT; their seconds are also the time after which no further smallest set is looked for.
    progress : called with a short sentence before each step.
    most : smallest sets to look for.

    Raises
    ------
    TargetGraphError : a name cannot be read.
    ReasonerMissing, ReasonerStopped : HermiT cannot run, or did not end.
    """
    say = progress or (lambda _: None)
    subject, prop, value = (named(name) for name in statement)
    wanted: Triple3 = (subject, prop, value)
    model = ontology.read("targetgraph.ttl")
    names = sentences.labels(model)
    told = sentences.told(Axiom(*wanted, frozenset({wanted})), names)
    if wanted in statements or wanted in model:
        return Explanation(told, "", stated=True, follows=True)
    if (prop == RDF.type and value in COVERAGE_CLASSES) or prop == RDFS.subClassOf:
        require()
        closed = prop == RDF.type
        whole = closed_part(model, as_graph(statements), [subject]) if closed else _terms(theory(model, statements))
        whole = Theory(whole.declarations, distinct(whole.axioms))
        say(f"HermiT over {len(whole.axioms)} axioms")
        found = entailment.every_smallest(whole, wanted, limits, most)
        engine = name_and_version("hermit")
    else:
        whole = theory(model, statements)
        whole = Theory(whole.declarations, distinct(whole.axioms))
        say(f"OWL 2 RL rules over {len(whole.axioms):,} axioms")
        found = _by_rules(whole, wanted, most, (limits or Limits()).seconds)
        engine = rules.name_and_version()
    if not found.found:
        return Explanation(told, engine, stated=False, follows=False)
    sets = []
    for axioms in found.found:
        why = [sentences.told(axiom, names) for axiom in axioms]
        if _rests_on_text(axioms, engine):
            why.append(_UNBRACKETED)
        sets.append(tuple(why))
    return Explanation(told, engine, False, True, sets[0], tuple(sets[1:]), found.complete)


def why_empty(whole: Theory, kind: str, limits: Limits | None = None) -> list[str]:
    """Why a class can have no member, in sentences (errors: see `explain`)."""
    found = entailment.smallest(_terms(whole), (URIRef(kind), RDFS.subClassOf, OWL.Nothing), limits)
    names = sentences.labels(ontology.read("targetgraph.ttl"))
    return [sentences.told(axiom, names) for axiom in found or ()]


def _terms(whole: Theory) -> Theory:
    return Theory(whole.declarations, tuple(axiom for axiom in term_axioms(whole) if not axiom.is_hard()))


def _by_rules(whole: Theory, wanted: Triple3, most: int, seconds: float) -> Justifications:
    terms = {s for s, _, _ in whole.declarations}

    def enough(axioms: Sequence[Axiom]) -> bool:
        return wanted in rules.materialise(whole, axioms)

    def one(axioms: Sequence[Axiom]) -> list[Axiom] | None:
        return justification(axioms, enough, [wanted[0]], terms) if enough(axioms) else None

    return justifications(module(whole, wanted[0]), one, most, seconds)


def _rests_on_text(axioms: Sequence[Axiom], engine: str) -> bool:
    """Whether the rules took a link as named in agreed text, which they read from the graph as closed (`rules.tied`)."""
    chained = any(t[2] == URIRef(TG.isNamedLink) for a in axioms if a.prop == OWL.propertyChainAxiom for t in a.triples)
    return chained and engine == rules.name_and_version()
