"""From a store to coded columns, once a build: everything that numbers are later computed from."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from targetgraph.analysis.closure import closure_of
from targetgraph.analysis.coded_rows import (
    Numbers,
    Row,
    codes_of,
    dependencies_table,
    first_of_each,
    framework_entry,
    hedges_table,
    lineage_table,
    numbers,
    objectives_table,
    pairs_table,
    place_in_framework,
    sorted_rows,
    targets_table,
    texts,
    truths,
)
from targetgraph.analysis.coding import CodedDimension, CodedGraph
from targetgraph.analysis.columnar import Array, Table, Texts
from targetgraph.analysis.declarations import Declarations, Dimension
from targetgraph.analysis.link_columns import BASIS, VERIFICATION, Drainer, LinkReader
from targetgraph.namespaces import TG


class Asker(Drainer, Protocol):
    """Runs a query of the folder ``extraction``; rows hold lexical forms, ``None`` where a variable is free."""

    def __call__(
        self, name: str, rewrite: Callable[[str], str] | None = None, **parameters: str
    ) -> list[tuple[str | None, ...]]:
        """Run the query."""


ROLES = (
    TG.Responsible,
    TG.Provider,
    TG.Beneficiary,
    TG.Object,
    TG.Channel,
    TG.Participant,
    TG.Owner,
    TG.RoleUnstated,
)
"""Roles in the order of their codes."""

_RESULT = {TG.Covered: 0, TG.NotAssessed: 1, TG.NotApplicable: 2}
_PLACEHOLDERS = re.compile(r"tg:(evidencePath|columnPath|rollUp)\b")


@dataclass(frozen=True)
class Frame:
    """What is numbered and belongs to no target.

    Parameters
    ----------
    frameworks, objectives : rows of the queries of these names.
    concepts : rows of the concepts of each dimension, in the order of their numbers, by the dimension's code.
    """

    frameworks: Sequence[Row]
    objectives: Sequence[Row]
    concepts: Mapping[str, Sequence[Row]]

    @cached_property
    def framework(self) -> Numbers:
        """Numbers of the frameworks."""
        return Numbers([r[0] or "" for r in self.frameworks])

    @cached_property
    def objective(self) -> Numbers:
        """Numbers of the objectives."""
        return Numbers([r[0] or "" for r in self.objectives])

    @cached_property
    def concept(self) -> dict[str, Numbers]:
        """Numbers of the concepts, by the dimension's code."""
        return {code: Numbers([r[0] or "" for r in rows]) for code, rows in self.concepts.items()}


def code_graph(ask: Asker, declarations: Declarations, version: str) -> CodedGraph:
    """Take everything the analysis needs out of a store.

    Parameters
    ----------
    ask : runs the extraction queries.
    declarations : dimensions, obligations and kinds of gap.
    version : data version of the store.
    """
    frame = read_frame(ask, declarations)
    rows = target_rows(ask)
    target = Numbers([r[0] or "" for r in rows])
    tables = {
        "targets": targets_table(rows, frame.framework, frame.objective),
        "sources": pairs_table(sorted_rows(ask("target-sources")), target, "source"),
        "hedges": hedges_table(sorted_rows(ask("hedges")), target),
        "bound": Table(bound_columns(ask, declarations, target)),
    }
    links = link_tables(ask, declarations, frame, target.by_iri)
    return whole_graph(ask, declarations, frame, target, tables, links, version)


def read_frame(ask: Asker, declarations: Declarations) -> Frame:
    """Read frameworks, objectives and concepts."""
    return Frame(
        ask("frameworks"),
        ask("objectives"),
        {
            d.code: sorted(first_of_each(ask("concepts", scheme=d.scheme)), key=_place_in_scheme)
            for d in declarations.dimensions
        },
    )


def target_rows(ask: Asker) -> list[Row]:
    """Rows of the targets in the order of their numbers."""
    return list(first_of_each(sorted(ask("targets"), key=place_in_framework)))


def link_tables(ask: Asker, declarations: Declarations, frame: Frame, target: Mapping[str, int]) -> dict[str, Table]:
    """Links by dimension.

    Parameters
    ----------
    target : numbers of the targets whose links are wanted, by IRI.
    """
    reader = LinkReader(ask, target, {iri: n for n, iri in enumerate(ROLES)})
    for d in declarations.dimensions:
        if d.evidence_path:
            reader.add(_key(d), _rewriter(d), frame.concept[d.code].by_iri)
    return {d.code: _links_of(ask, d, reader, target, frame.concept[d.code]) for d in declarations.dimensions}


def whole_graph(
    ask: Asker,
    declarations: Declarations,
    frame: Frame,
    target: Numbers,
    tables: Mapping[str, Table],
    links: Mapping[str, Table],
    version: str,
) -> CodedGraph:
    """Put the tables of targets and of their links together with all others, which are read here.

    Parameters
    ----------
    tables : targets, sources, hedges, bound.
    links : by dimension.
    """
    entries = {r[0]: r for r in reversed(frame.frameworks)}
    dimensions = {d.code: _dimension(ask, d, declarations, frame, links[d.code]) for d in declarations.dimensions}
    return CodedGraph(
        version=version,
        declarations=declarations,
        frameworks=tuple(framework_entry(entries[iri]) for iri in frame.framework.iris),
        roles=ROLES,
        tables={
            **tables,
            "objectives": objectives_table(frame.objectives, frame.framework),
            "scope": pairs_table(ask("phrase-mentions"), target, "concept"),
            "dependencies": dependencies_table(ask("dependencies"), target),
            "lineage": lineage_table(ask("lineage"), target),
            "assessments": _assessments(
                ask("assessments"), frame.framework, target, tables["targets"], declarations, dimensions
            ),
        },
        dimensions=dimensions,
    )


def _assessments(
    rows: Sequence[Row],
    framework: Numbers,
    target: Numbers,
    targets: Table,
    declarations: Declarations,
    dimensions: dict[str, CodedDimension],
) -> Table:
    """Records with numbers for what they are about; a record about a target belongs to that target's framework."""
    by_iri = {d.iri: i for i, d in enumerate(declarations.dimensions)}
    concepts = [Numbers(list(dimensions[d.code].concepts.iri)) for d in declarations.dimensions]
    scope_framework: dict[str | None, int] = dict(zip(target.iris, targets["framework"].tolist(), strict=True))
    scope_framework.update(framework.by_iri)
    known = [r for r in rows if (r[2] or "") in by_iri and scope_framework.get(r[1], -1) >= 0]
    numbers = [by_iri[r[2] or ""] for r in known]
    return Table(
        {
            "iri": texts(known, 0),
            "framework": np.array([scope_framework[r[1]] for r in known], dtype=np.int32),
            "target": target.column([r[1] for r in known]),
            "dimension": np.array(numbers, dtype=np.int32),
            "concept": np.array([concepts[n](r[3]) for n, r in zip(numbers, known, strict=True)], dtype=np.int32),
            "result": codes_of(known, 4, _RESULT, 1),
            "note": texts(known, 5),
        }
    )


def bound_columns(ask: Asker, declarations: Declarations, target: Numbers) -> dict[str, Array]:
    """For each obligation with a condition, which targets it binds (bool), by the obligation's code."""
    columns = {}
    for obligation in declarations.obligations:
        if obligation.where_path:
            bound = {
                r[0] for r in ask("bound-rows", _narrowing("onlyWhere", obligation.where_path, obligation.where_values))
            }
            columns[obligation.code] = np.array([iri in bound for iri in target.iris], dtype=bool)
    return columns


def _narrowing(name: str, path: str, values: Sequence[str]) -> Callable[[str], str]:
    """Puts a declared path and its values in the place of the property that stands for them; drops it where none is."""
    pattern = re.compile(rf"(\?\w+) tg:{name} \?accepted \.")
    allowed = ", ".join(f"<{v}>" for v in values)

    def rewrite(text: str) -> str:
        kept = rf"\1 {path} ?accepted . FILTER(?accepted IN ({allowed}))" if path else ""
        return pattern.sub(lambda match: match.expand(kept) if kept else "", text)

    return rewrite


def _place_in_scheme(row: Row) -> tuple[int, list[tuple[int, str]]]:
    """Sort key: the declared order, then the code with its numbers read as numbers, so that 12.10 follows 12.9."""
    parts = re.findall(r"\d+|\D+", row[1] or row[0] or "")
    return int(row[4] or 0), [(int(p), "") if p.isdigit() else (-1, p) for p in parts]


def _key(declaration: Dimension) -> tuple[str, str, str]:
    """Equal for dimensions that read the same links."""
    return declaration.evidence_path, declaration.column_path, declaration.scheme


def _dimension(
    ask: Asker,
    declaration: Dimension,
    declarations: Declarations,
    frame: Frame,
    links: Table,
) -> CodedDimension:
    concept_rows, concept = frame.concepts[declaration.code], frame.concept[declaration.code]
    members = {r[0] for r in ask("members", None, **{"scheme": declaration.scheme, "class": declaration.column_class})}
    steps = ask("roll-up", _rewriter(declaration), scheme=declaration.scheme) if declaration.roll_up else []
    values = dict.fromkeys(
        o.required_value for o in declarations.obligations if o.required_value and o.dimension == declaration.code
    )
    return CodedDimension(
        declaration=declaration,
        concepts=Table(
            {
                "iri": texts(concept_rows, 0),
                "notation": Texts.of([r[1] or (r[0] or "").rpartition("/")[2] for r in concept_rows]),
                "label": texts(concept_rows, 2),
                "umbrella": truths(concept_rows, 3),
                "column": np.array([r[0] in members for r in concept_rows], dtype=bool),
            }
        ),
        closure=closure_of(
            len(concept.iris),
            concept.column([s[0] for s in steps]),
            concept.column([s[1] for s in steps]),
            concept.iris,
        ),
        links=links,
        qualifying={v: _qualifying(ask, declaration.scheme, v, concept) for v in values},
    )


def _qualifying(ask: Asker, scheme: str, value: str, concept: Numbers) -> Array:
    found = {r[0] for r in ask("qualifying", scheme=scheme, value=value)}
    return np.array([iri in found for iri in concept.iris], dtype=bool)


def _links_of(
    ask: Asker, declaration: Dimension, reader: LinkReader, target: Mapping[str, int], concept: Numbers
) -> Table:
    """Links by claims, or by a plain path where the dimension declares no path to claims."""
    if not declaration.evidence_path:
        return _direct_links(ask("direct-links", _rewriter(declaration)), target, concept)
    accepted = None
    if declaration.filter_path:
        accepted = _narrowing("evidenceFilter", declaration.filter_path, declaration.filter_values)
    return reader.links(_key(declaration), accepted)


def _direct_links(rows: list[tuple[str | None, ...]], target: Mapping[str, int], concept: Numbers) -> Table:
    """Links sorted by target; one row a link and column, whatever else was said twice of it."""
    roles = Numbers(ROLES)
    unique: dict[tuple[str | None, ...], tuple[str | None, ...]] = {}
    for row in sorted_rows(rows):
        if row[0] in target and concept(row[2]) >= 0:
            unique.setdefault(row[:3], row)
    kept = sorted(unique.values(), key=lambda r: (target[r[0] or ""], r[1] or "", r[2] or ""))
    return Table(
        {
            "target": np.array([target[r[0] or ""] for r in kept], dtype=np.int32),
            "iri": texts(kept, 1),
            "concept": concept.column([r[2] for r in kept]),
            "basis": codes_of(kept, 3, BASIS, 2),
            "confidence": numbers(kept, 4, 0, np.float32),
            "verification": codes_of(kept, 5, VERIFICATION, 2),
            "role": roles.column([r[6] for r in kept]).astype(np.int8),
            "quote": texts(kept, 7),
            "contingent": truths(kept, 8),
            "stale": truths(kept, 9),
            "rationale": texts(kept, 10),
        }
    )


def _rewriter(declaration: Dimension) -> Callable[[str], str]:
    """Puts the declared paths in the place of the properties that stand for them.

    The paths were made by :func:`targetgraph.analysis.paths.sparql_path` from checked IRIs, so nothing a user typed
    reaches the text of a query.
    """
    paths = {
        "evidencePath": declaration.evidence_path,
        "columnPath": declaration.column_path,
        "rollUp": declaration.roll_up,
    }

    def rewrite(text: str) -> str:
        return _PLACEHOLDERS.sub(lambda match: paths[match.group(1)], text)

    return rewrite
