"""Coded columns after a change that touches few targets: their rows are coded again, all others are taken over."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from targetgraph.analysis.coded_rows import Numbers, Row, hedges_table, pairs_table, sorted_rows, targets_table
from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.columnar import Array, Table
from targetgraph.analysis.declarations import Declarations
from targetgraph.analysis.extraction import Asker, Frame, bound_columns, link_tables, target_rows, whole_graph
from targetgraph.analysis.splicing import spliced
from targetgraph.store.changing import NotProven

_STEP = r"\(?\^?<[^<>]*>\)?"
_SEQUENCE = re.compile(rf"{_STEP}(?:/{_STEP})*")


def steps_of(declarations: Declarations) -> tuple[set[str], set[str]]:
    """Properties by which the declared paths lead from targets and links to further things whose statements they read.

    Returns
    -------
    Those followed from object to subject, and those followed from subject to object. A last step to an object is not among
    them: nothing more is read there.
    """
    inverse: set[str] = set()
    forward: set[str] = set()
    onward = [d.evidence_path for d in declarations.dimensions]
    ending = [path for d in declarations.dimensions for path in (d.column_path, d.filter_path)]
    ending += [o.where_path for o in declarations.obligations]
    for path, ends in [*((p, False) for p in onward), *((p, True) for p in ending)]:
        steps = re.findall(r"(\^?)<([^<>]*)>", path)
        if path and not _SEQUENCE.fullmatch(path):  # alternatives and repetitions: every step may come anywhere
            inverse.update(iri for _, iri in steps)
            forward.update(iri for _, iri in steps)
            continue
        inverse.update(iri for sign, iri in steps if sign)
        forward.update(iri for sign, iri in (steps[:-1] if ends else steps) if not sign)
    return inverse, forward


def recode(
    old: CodedGraph,
    frame: Frame,
    whole: Asker,
    part: Asker,
    touched: Collection[str],
    frameworks: Collection[str],
    version: str,
) -> CodedGraph:
    """Code a graph again after a change.

    Parameters
    ----------
    old : the columns before.
    frame : what is numbered now.
    whole : asks the whole store: whatever is not a matter of single targets is coded again in full.
    part : asks a store with the neighbourhoods of what is touched, and the statements about all targets of ``frameworks``.
    touched : IRIs of everything whose rows may differ.
    frameworks : IRIs of all frameworks that touched targets belong to now or belonged to before.
    version : data version of the store.

    Returns
    -------
    Exactly what :func:`~targetgraph.analysis.extraction.code_graph` gives.

    Raises
    ------
    NotProven : that cannot be shown.
    """
    if old.tables["targets"]["framework"].min(initial=0) < 0:
        raise NotProven("a target belongs to no known framework")
    renewal = _Renewal(old, frame, set(touched), set(frameworks), target_rows(part))
    target = renewal.target
    touched_numbers = {iri: n for iri, n in target.by_iri.items() if iri in renewal.touched}
    fresh = link_tables(part, old.declarations, frame, touched_numbers)
    links = {d.code: renewal.links(d.code, fresh[d.code]) for d in old.declarations.dimensions}
    tables = {
        "targets": renewal.targets,
        "sources": renewal.by_iri("sources", pairs_table(renewal.about(part("target-sources")), target, "source")),
        "hedges": renewal.by_iri("hedges", hedges_table(renewal.about(part("hedges")), target)),
        "bound": Table(
            {
                code: renewal.bound(old.tables["bound"][code], column)
                for code, column in bound_columns(part, old.declarations, target).items()
            }
        ),
    }
    return whole_graph(whole, old.declarations, frame, target, tables, links, version)


@dataclass
class _Renewal:
    """What becomes of the rows of the old columns.

    Parameters
    ----------
    old, frame, touched : as for :func:`recode`.
    redone : IRIs of the frameworks whose targets are put in order again.
    rows : of the query ``targets``, at least of all targets of these frameworks.
    """

    old: CodedGraph
    frame: Frame
    touched: set[str]
    redone: set[str]
    rows: Sequence[Row]

    @cached_property
    def targets(self) -> Table:
        """The targets in their new order."""
        before = self.old.targets
        moved = {n: self.frame.framework(f.iri) for n, f in enumerate(self.old.frameworks)}
        is_redone = {n: f.iri in self.redone for n, f in enumerate(self.old.frameworks)}
        numbers = before["framework"].tolist()
        kept = np.flatnonzero(~np.array([is_redone[n] for n in numbers], dtype=bool))
        rows = [r for r in self.rows if (r[1] or "") in self.redone]
        fresh = targets_table(rows, self.frame.framework, self.frame.objective)
        framework = np.concatenate(
            [np.array([moved[n] for n in numbers], dtype=np.int64)[kept], fresh["framework"].astype(np.int64)]
        )
        if framework.min(initial=0) < 0:
            raise NotProven("a target belongs to no known framework")
        ranks = np.argsort(np.argsort(np.array(self.frame.framework.iris, dtype=object), kind="stable"), kind="stable")
        order = np.argsort(ranks[framework], kind="stable") if len(framework) else np.zeros(0, dtype=np.int64)
        positions = np.concatenate([kept, before.rows() + np.arange(len(rows))])[order]
        joined = dict(spliced(before, fresh, positions))
        objective = np.concatenate([self._objectives[before["objective"]], fresh["objective"]])
        joined["objective"] = objective[positions].astype(np.int32)
        joined["framework"] = framework[order].astype(np.int32)
        return Table(joined)

    @cached_property
    def _objectives(self) -> Array:
        """New numbers of the objectives by their old ones; the last, for -1, is -1."""
        return _renumbered(list(self.old.tables["objectives"]["iri"]), self.frame.objective)

    @cached_property
    def target(self) -> Numbers:
        """New numbers of the targets."""
        return Numbers(list(self.targets["iri"]))

    @cached_property
    def _old_iris(self) -> list[str]:
        return list(self.old.targets["iri"])

    @cached_property
    def _new_number(self) -> Array:
        """New numbers of the targets by their old ones; the last, for -1, is -1."""
        return _renumbered(self._old_iris, self.target)

    @cached_property
    def _untouched(self) -> Array:
        """Which old targets keep their rows (bool)."""
        return np.array([iri not in self.touched for iri in self._old_iris], dtype=bool)

    def links(self, code: str, fresh: Table) -> Table:
        """Links of a dimension."""
        before = self.old.dimensions[code]
        concept = _renumbered(list(before.concepts["iri"]), self.frame.concept[code])
        if (np.diff(concept[concept >= 0]) <= 0).any():
            raise NotProven("concepts have changed places")
        columns = dict(before.links)
        columns["concept"] = concept[before.links["concept"]].astype(np.int32)
        kept = np.flatnonzero(self._untouched[columns["target"]] & (columns["concept"] >= 0))
        columns["target"] = self._new_number[columns["target"]].astype(np.int32)
        return self._merged(Table(columns), kept, fresh, np.arange(len(self.target.iris)))

    def by_iri(self, name: str, fresh: Table) -> Table:
        """A table sorted by the IRIs of the targets."""
        before = self.old.tables[name]
        if before["target"].min(initial=0) < 0:
            raise NotProven("something is said of a target that is none")
        columns = dict(before)
        kept = np.flatnonzero(self._untouched[columns["target"]])
        columns["target"] = self._new_number[columns["target"]].astype(np.int32)
        iris = np.array(self.target.iris, dtype=object)
        return self._merged(Table(columns), kept, fresh, np.argsort(np.argsort(iris, kind="stable"), kind="stable"))

    def _merged(self, before: Table, kept: Array, fresh: Table, ranks: Array) -> Table:
        """Kept and fresh rows by the ranks of their targets; rows of one target come from one of the two."""
        target = np.concatenate([before["target"][kept], fresh["target"]])
        if target.min(initial=0) < 0:
            raise NotProven("something is said of a target that is none")
        positions = np.concatenate([kept, before.rows() + np.arange(fresh.rows())])
        return spliced(before, fresh, positions[np.argsort(ranks[target], kind="stable")])

    def about(self, rows: list[tuple[str | None, ...]]) -> list[tuple[str | None, ...]]:
        """Those rows, sorted, that begin with what is touched."""
        return sorted_rows([row for row in rows if row[0] in self.touched])

    def bound(self, before: Array, fresh: Array) -> Array:
        """Which targets an obligation binds."""
        found = fresh.copy()
        kept = np.flatnonzero(self._untouched)
        if (self._new_number[kept] < 0).any():
            raise NotProven("a target is gone, and nothing said so")
        found[self._new_number[kept]] = before[kept]
        return found


def _renumbered(before: Sequence[str], now: Numbers) -> Array:
    """New numbers by old ones, and -1 for -1."""
    return np.array([*(now(iri) for iri in before), -1], dtype=np.int64)
