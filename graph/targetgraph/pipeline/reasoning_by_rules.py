"""What the OWL 2 RL rules conclude from statements: part by part where that gives what the whole gives, and else at once."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field

from rdflib import Graph

from targetgraph.reasoning import clashes, rules
from targetgraph.reasoning.axioms import Triple3, theory
from targetgraph.reasoning.flows import fingerprint, flows
from targetgraph.reasoning.parts import SIZE, Parted
from targetgraph.store.changing import NotProven


@dataclass
class Followed:
    """What the rules conclude.

    Parameters
    ----------
    left_out : how many statements were left out (see `targetgraph.reasoning.axioms.Theory`).
    inferred : statements that follow, sorted; none where something contradicts something.
    terms : see `targetgraph.pipeline.reasoning_run.Conclusions`.
    around : statements among which, with the ontology, there is a contradiction; None where there is none.
    """

    left_out: int
    inferred: list[Triple3] = field(default_factory=list)
    terms: str = ""
    around: Collection[Triple3] | None = None


def followed(
    ontology: Graph, statements: Collection[Triple3], say: Callable[[str], None], size: int = SIZE
) -> Followed:
    """What the rules conclude from an ontology and statements.

    Parameters
    ----------
    ontology : terms and axioms.
    statements : assertions.
    say : called with a short sentence before each step.
    size : statements of a part, about.
    """
    try:
        return _in_parts(ontology, statements, say, size)
    except NotProven as reason:
        say(f"the rules are applied to everything at once: {reason}")
        return _at_once(ontology, statements)


def _in_parts(ontology: Graph, statements: Collection[Triple3], say: Callable[[str], None], size: int) -> Followed:
    parted = Parted(ontology, statements)
    say(f"OWL 2 RL rules over {len(statements):,} statements")
    found = Followed(parted.left_out, terms=fingerprint(parted.terms.alone))
    for number, part in enumerate(parted.parts(size), 1):
        if part.closed.contradictions():
            return Followed(parted.left_out, around=parted.around(part))
        found.inferred += part.closed.derived(part.own)
        if number % 10 == 0:
            say(f"{number} parts done")
    found.inferred.sort(key=str)
    return found


def _at_once(ontology: Graph, statements: Collection[Triple3]) -> Followed:
    whole = theory(ontology, statements)
    closure = rules.materialise(whole)
    if clashes.contradictions(whole, closure):
        return Followed(whole.left_out, around=statements)
    found = Followed(whole.left_out, rules.derived(whole, closure))
    if not rules.equated(closure):
        with suppress(NotProven):
            flows(whole)
            found.terms = fingerprint(whole)
    return found
