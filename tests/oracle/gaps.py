"""Which gaps a framework must show, as (code of the kind, subject, code of the dimension).

A subject is the IRI of a target, objective or concept; for an order that cannot work it is the IRIs of the
target and of what it needs, with a space between. The code of the dimension is empty for kinds in which none
has a part.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from tests.oracle.coverage import REACHED, cell_states, column_states, row_states
from tests.oracle.frameworks import (
    RDF,
    TG,
    Dimension,
    broader,
    columns,
    dimension,
    is_umbrella,
    link_class,
    links,
    objectives,
    ordered,
    targets,
    targets_under,
    union,
)
from tests.oracle.triples import Terms, remembered

Expected = tuple[str, str, str]

OA = Terms("http://www.w3.org/ns/oa#")

ROW_KINDS = {
    "gap": "empty-row",
    "thin": "thin-row",
    "implied": "implied-only-row",
    "umbrella": "umbrella-only-row",
    "contingent": "contingent-row",
    "stale": "stale-row",
}
# A column reached by words in brackets or by a wording since revised is not settled: one kind for both.
COLUMN_KINDS = {
    "gap": "empty-column",
    "implied": "implied-only-column",
    "umbrella": "umbrella-only-column",
    "contingent": "contingent-column",
    "stale": "contingent-column",
}
SHARE_OF_A_CONCENTRATION = Fraction(9, 10)


@remembered
def expected_gaps(graph: Graph, framework: str) -> set[Expected]:
    """Every gap of the framework, of every kind this module knows."""
    graph = union(graph)
    return {gap for find in FINDERS for gap in find(graph, framework)}


@remembered
def obligations(graph: Graph, framework: str) -> list[tuple[Node, Dimension, int, str | None]]:
    """Obligations that bind the framework, as (class bound, dimension, minimum, required value)."""
    found = []
    for obligation in ordered(graph.subjects(RDF.type, TG.Obligation)):
        bound_frameworks = {str(f) for f in graph.objects(obligation, TG.bindsFramework)}
        if bound_frameworks and framework not in bound_frameworks:
            continue
        required = graph.value(obligation, TG.requiredValue)
        minimum = graph.value(obligation, TG.minimum)
        for bound in graph.objects(obligation, TG.appliesTo):
            for dim in graph.objects(obligation, TG.onDimension):
                found.append(
                    (
                        bound,
                        dimension(graph, str(dim)),
                        int(minimum.toPython()) if isinstance(minimum, Literal) else 1,
                        str(required) if required is not None else None,
                    )
                )
    return found


def rows(graph: Graph, framework: str) -> set[Expected]:
    """Targets that lack what every target must have."""
    found = set()
    for bound, dim, minimum, required in obligations(graph, framework):
        if bound != TG.Target:
            continue
        for target, row in row_states(graph, framework, str(dim.iri), minimum, required).items():
            if row.state not in ROW_KINDS or (row.state == "implied" and dim.accepts_judgement):
                continue
            kind = ROW_KINDS[row.state]
            if row.state == "implied" and _names_a_catch_all(graph, dim, target):
                kind = "umbrella-only-row"
            if dim.iri == TG.IndicatorDimension:
                kind = "no-adopted-indicator"
            found.add((kind, target, dim.code))
    return found


def _names_a_catch_all(graph: Graph, dim: Dimension, target: str) -> bool:
    """Whether the text itself names a catch-all; what is implied beside it does not make it particular."""
    for link, concept in links(graph, dim, URIRef(target)):
        named = (link, TG.basis, TG.NamedInText) in graph
        if named and link_class(graph, link, concept) == "umbrella":
            return True
    return False


def columns_missed(graph: Graph, framework: str) -> set[Expected]:
    """Concepts that no target reaches as an obligation asks, or that hang on one target."""
    found = set()
    for bound, dim, minimum, _ in obligations(graph, framework):
        if bound != dim.column_class:
            continue
        good = {"covered", "thin", "implied"} if dim.accepts_judgement else {"covered", "thin"}
        cells = cell_states(graph, framework, str(dim.iri), minimum)
        for concept, state in column_states(graph, framework, str(dim.iri), minimum).items():
            if is_umbrella(graph, URIRef(concept)):
                continue
            reaching = {target for (target, c), cell in cells.items() if c == concept and cell.state in good}
            if state in good and len(reaching) == 1:
                found.add(("single-target-column", concept, dim.code))
            if state not in good and state in COLUMN_KINDS:
                found.add((COLUMN_KINDS[state], concept, dim.code))
    return found


def _deadline(graph: Graph, target: Node) -> int | None:
    years = [int(str(year)) for year in graph.objects(target, TG.deadlineYear)]
    return years[0] if years else None


def undated(graph: Graph, framework: str) -> set[Expected]:
    """Targets without a date, and objectives with none.

    Settled: an objective without any target is not reported; it lacks more than a date.
    """
    found = {("no-deadline", str(t), "") for t in targets(graph, framework) if _deadline(graph, t) is None}
    for objective in objectives(graph, framework):
        dates = [_deadline(graph, target) for target in targets_under(graph, objective)]
        if dates and all(date is None for date in dates):
            found.add(("objective-without-deadline", str(objective), ""))
    return found


def unmeasurable(graph: Graph, framework: str) -> set[Expected]:
    """Targets without an end state."""
    endless = [t for t in targets(graph, framework) if (t, TG.measurability, TG.NotMeasurable) in graph]
    return {("no-end-state", str(target), "") for target in endless}


def hedged(graph: Graph, framework: str) -> set[Expected]:
    """Targets with a hedge in a wording. Settled: any wording, even one since revised."""
    found = set()
    for target in targets(graph, framework):
        for wording in graph.subjects(TG.wordingOf, target):
            for passage in graph.subjects(OA.hasSource, wording):
                if (passage, RDF.type, TG.Hedge) in graph:
                    found.add(("hedged-wording", str(target), ""))
    return found


def scope_phrases(graph: Graph, framework: str) -> set[tuple[str, str]]:
    """(target, concept) where the concept stands in the set phrase of the title alone.

    Settled: "named" is the class of the link, so a link that is stale, contingent or to a catch-all does not
    help; the concepts are stages, hence the dimension of stages is looked at.
    """
    dim = dimension(graph, str(TG.StageDimension))
    found = set()
    for target in targets(graph, framework):
        named = {c for link, c in links(graph, dim, target) if link_class(graph, link, c) == "named"}
        treated = named | {above for concept in named for above in broader(graph, dim, concept)}
        found |= {(str(target), str(c)) for c in graph.objects(target, TG.scopePhrase) if c not in treated}
    return found


def in_the_phrase_only(graph: Graph, framework: str) -> set[Expected]:
    """Targets with such a concept; one gap a target, whatever the number of concepts."""
    return {("scope-phrase-only", target, "") for target, _ in scope_phrases(graph, framework)}


def unverified(graph: Graph, framework: str) -> set[Expected]:
    """Targets whose wording nobody has seen."""
    recalled = [t for t in targets(graph, framework) if (t, TG.verification, TG.Recalled) in graph]
    return {("unverified-wording", str(target), "") for target in recalled}


def carried_by_one(graph: Graph, framework: str) -> set[Expected]:
    """Targets that name one acting actor, as the dimension says who acts.

    Settled: a catch-all named beside that actor does not relieve it (it is ignored like an implied actor).
    """
    dim = dimension(graph, str(TG.ActorDimension))
    found = set()
    for target in targets(graph, framework):
        acting = {a for link, a in links(graph, dim, target) if link_class(graph, link, a) == "named"}
        if len(acting) == 1:
            found.add(("single-actor", str(target), dim.code))
    return found


def out_of_order(graph: Graph, framework: str) -> set[Expected]:
    """Dated targets that need another one with a later date or none."""
    found = set()
    for target in targets(graph, framework):
        due = _deadline(graph, target)
        for link in graph.subjects(TG.linkSubject, target):
            if (link, RDF.type, TG.DependencyLink) not in graph or due is None:
                continue
            for needed in graph.objects(link, TG.prerequisite):
                ready = _deadline(graph, needed)
                if ready is None or ready > due:
                    found.add(("order-cannot-work", f"{target} {needed}", ""))
    return found


def _predecessors(graph: Graph, framework: str) -> set[str]:
    """Frameworks of which some target has a successor in this one."""
    found = set()
    for target in targets(graph, framework):
        for link in graph.subjects(TG.successor, target):
            for proposal in graph.objects(link, TG.linkSubject):
                if (link, RDF.type, TG.LineageLink) in graph:
                    found |= {str(f) for f in graph.objects(proposal, TG.inFramework)}
    return found - {framework}  # Settled: lineage inside one framework loses nothing.


def _actors_named(graph: Graph, framework: str) -> set[Node]:
    """Actors that a target names in whatever role.

    Settled: "named" is the basis here and not the class, so catch-alls count, and so do words in brackets or
    since revised.
    """
    found = set()
    for target in targets(graph, framework):
        for link in graph.subjects(TG.linkSubject, target):
            if (link, TG.basis, TG.NamedInText) in graph:
                found |= set(graph.objects(link, TG.actor))
    return found


def lost(graph: Graph, framework: str) -> set[Expected]:
    """Proposals that were dropped, and actors that nobody names any more."""
    dim = dimension(graph, str(TG.MentionDimension))
    still_named = _actors_named(graph, framework)
    still_named |= {above for actor in still_named for above in broader(graph, dim, actor)}
    found = set()
    for earlier in _predecessors(graph, framework):
        for target in targets(graph, earlier):
            for link in graph.subjects(TG.linkSubject, target):
                if (link, TG.lineageRelation, TG.DroppedAsTarget) in graph:
                    found.add(("lineage-loss", str(target), ""))
        found |= {("lost-actor", str(a), dim.code) for a in _actors_named(graph, earlier) - still_named}
    return found


def concentrated(graph: Graph, framework: str) -> set[Expected]:
    """SDG targets that nearly every target is linked to.

    Settled: reached in whatever state that rests on links, roll-up included.
    """
    dim = dimension(graph, str(TG.SdgTargetDimension))
    all_targets = targets(graph, framework)
    cells = cell_states(graph, framework, str(dim.iri))
    found = set()
    for concept in columns(graph, dim):
        linked = [t for t in all_targets if cells[str(t), str(concept)].state in REACHED]
        if all_targets and Fraction(len(linked), len(all_targets)) >= SHARE_OF_A_CONCENTRATION:
            found.add(("concentration", str(concept), dim.code))
    return found


FINDERS: tuple[Callable[[Graph, str], set[Expected]], ...] = (
    rows,
    columns_missed,
    undated,
    unmeasurable,
    hedged,
    in_the_phrase_only,
    unverified,
    carried_by_one,
    out_of_order,
    lost,
    concentrated,
)
