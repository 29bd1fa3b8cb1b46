"""What would be left if an actor withdrew."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from targetgraph.analysis.coverage import Heading, concept_heading, dimension_states
from targetgraph.analysis.states import State
from targetgraph.analysis.structure.acting import Acting
from targetgraph.namespaces import TG


@dataclass(frozen=True, slots=True)
class LostColumn:
    """A concept of another dimension that only orphaned targets reach."""

    dimension: str
    concept: Heading


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An actor, with all narrower ones, does nothing any more.

    Parameters
    ----------
    actor : who.
    targets : how many targets count on it now.
    orphaned : targets that then have none left of those that count.
    deserted : targets among all that then have no link of whatever standing left, not even to a catch-all.
    columns : concepts of other dimensions that are reached only by orphaned targets.
    """

    actor: Heading
    targets: int
    orphaned: tuple[Heading, ...]
    deserted: tuple[Heading, ...]
    columns: tuple[LostColumn, ...]


def withdrawals(acting: Acting) -> list[Withdrawal]:
    """One for each actor that some target counts on, itself or by a narrower one; the gravest first."""
    by_target, all_by_target = defaultdict[int, set[int]](set), defaultdict[int, set[int]](set)
    for target, concept in acting.pairs:
        by_target[target].add(concept)
    for target, concept in acting.any_pairs:
        all_by_target[target].add(concept)
    holders = _holders(acting)
    counted = sorted({int(a) for _, concept in acting.pairs for a in acting.dimension.ancestors(concept)})
    found = []
    for actor in counted:
        if acting.dimension.concepts.umbrella[actor]:
            continue
        gone = {int(d) for d in acting.dimension.descendants(actor)}
        orphaned = {t for t, concepts in by_target.items() if concepts <= gone}
        deserted = sorted(t for t, concepts in all_by_target.items() if concepts <= gone)
        found.append(
            Withdrawal(
                actor=concept_heading(acting.dimension, actor),
                targets=sum(bool(concepts & gone) for concepts in by_target.values()),
                orphaned=tuple(acting.heading(t) for t in sorted(orphaned)),
                deserted=tuple(acting.heading(t) for t in deserted),
                columns=tuple(column for column, targets in holders if targets <= orphaned),
            )
        )
    return sorted(found, key=lambda w: (-len(w.orphaned) - len(w.columns), -w.targets, w.actor.code))


def _holders(acting: Acting) -> list[tuple[LostColumn, frozenset[int]]]:
    """Columns of the other dimensions that bind their columns, each with the positions of the targets that reach it."""
    graph, found = acting.graph, []
    for declared in graph.declarations.dimensions:
        bound = graph.obligations(declared.column_class, declared.code)
        same = (declared.scheme, declared.column_path) == (
            acting.dimension.declaration.scheme, acting.dimension.declaration.column_path,
        )  # fmt: skip
        if same or not bound or declared.column_class == TG.Target or not len(acting.targets):
            continue
        dimension = graph.dimension(declared.code)
        cells, _ = dimension_states(graph, dimension, acting.framework, acting.targets)
        enough = State.IMPLIED if acting.implied or declared.accepts_judgement else State.THIN
        for column in dimension.columns.tolist():
            targets = frozenset((cells[:, column] <= enough).nonzero()[0].tolist())
            if targets and not dimension.concepts.umbrella[column]:
                found.append((LostColumn(declared.code, concept_heading(dimension, column)), targets))
    return found
