"""From a store to coded columns, once a build: everything that numbers are later computed from."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np

from targetgraph.analysis.closure import closure_of
from targetgraph.analysis.coding import CodedDimension, CodedGraph, FrameworkEntry
from targetgraph.analysis.columnar import Array, Table, Texts
from targetgraph.analysis.declarations import Declarations, Dimension
from targetgraph.analysis.link_columns import BASIS, VERIFICATION, Drainer, LinkReader
from targetgraph.namespaces import TG

Row = Sequence[str | None]


class Asker(Drainer, Protocol):
    """Runs a query of the folder ``extraction``; rows hold lexical forms, ``None`` where a variable is free."""

    def __call__(
        self, name: str, rewrite: Callable[[str], str] | None = None, **parameters: str
    ) -> list[tuple[str | None, ...]]: ...


_MEASURABILITY = {TG.Measurable: 1, TG.PartlyMeasurable: 2, TG.NotMeasurable: 3}
_RESULT = {TG.Covered: 0, TG.NotAssessed: 1, TG.NotApplicable: 2}
_PLACEHOLDERS = re.compile(r"tg:(evidencePath|columnPath|rollUp)\b")


class _Numbers:
    """Consecutive numbers for IRIs, and -1 for anything not there."""

    def __init__(self, iris: Sequence[str]) -> None:
        self.iris = list(dict.fromkeys(iris))
        self._number = {iri: i for i, iri in enumerate(self.iris)}

    def __call__(self, iri: str | None) -> int:
        return self._number.get(iri or "", -1)

    @property
    def by_iri(self) -> dict[str, int]:
        return self._number

    def column(self, iris: Sequence[str | None]) -> Array:
        return np.array([self(i) for i in iris], dtype=np.int32)


def _texts(rows: Sequence[Row], position: int) -> Texts:
    return Texts.of([row[position] or "" for row in rows])


def _codes(rows: Sequence[Row], position: int, codes: dict[str, int], absent: int) -> Array:
    return np.array([codes.get(row[position] or "", absent) for row in rows], dtype=np.int8)


def _numbers(rows: Sequence[Row], position: int, absent: float, dtype: Any) -> Array:
    return np.array([row[position] or absent for row in rows], dtype=np.float64).astype(dtype)


def _truths(rows: Sequence[Row], position: int) -> Array:
    return np.array([row[position] == "true" for row in rows], dtype=bool)


def code_graph(ask: Asker, declarations: Declarations, version: str) -> CodedGraph:
    """Take everything the analysis needs out of a store.

    Parameters
    ----------
    ask : runs the extraction queries.
    declarations : dimensions, obligations and kinds of gap.
    version : data version of the store.
    """
    frameworks = ask("frameworks")
    framework = _Numbers([r[0] or "" for r in frameworks])
    entries = {r[0]: r for r in reversed(frameworks)}
    objectives = ask("objectives")
    objective = _Numbers([r[0] or "" for r in objectives])
    target_rows = _first_of_each(ask("targets"))
    target = _Numbers([r[0] or "" for r in target_rows])
    roles = _Numbers([TG.Responsible, TG.Provider, TG.Beneficiary, TG.Object, TG.Channel, TG.Participant, TG.Owner,
                      TG.RoleUnstated])  # fmt: skip
    reader = LinkReader(ask, target.by_iri, roles.by_iri)
    concepts = {d.code: _concepts(ask, d, reader) for d in declarations.dimensions}
    dimensions = {
        d.code: _dimension(ask, d, declarations, concepts[d.code], target, roles, reader) for d in declarations.dimensions
    }
    tables = {
        "targets": _targets(target_rows, framework, objective),
        "objectives": _objectives(objectives, framework),
        "sources": _pairs(ask("target-sources"), target, "source"),
        "hedges": _hedges(ask("hedges"), target),
        "scope": _pairs(ask("phrase-mentions"), target, "concept"),
        "dependencies": _dependencies(ask("dependencies"), target),
        "lineage": _lineage(ask("lineage"), target),
        "bound": _bound(ask, declarations, target),
        "assessments": _assessments(ask("assessments"), framework, target_rows, declarations, dimensions),
    }
    return CodedGraph(
        version=version,
        declarations=declarations,
        frameworks=tuple(_framework(entries[iri]) for iri in framework.iris),
        roles=tuple(roles.iris),
        tables=tables,
        dimensions=dimensions,
    )


def _first_of_each(rows: list[tuple[str | None, ...]]) -> list[tuple[str | None, ...]]:
    """One row a subject: a second label or note of the same thing must not make it two things."""
    seen: dict[str | None, tuple[str | None, ...]] = {}
    for row in rows:
        seen.setdefault(row[0], row)
    return list(seen.values())


def _framework(row: Row) -> FrameworkEntry:
    iri, notation, label, short, verification, note = row
    return FrameworkEntry(
        iri=iri or "",
        code=notation or (iri or "").rpartition("/")[2],
        label=label or "",
        short=short or label or "",
        verification="sourced" if verification == TG.Sourced else "recalled",
        note=note or "",
    )


def _targets(rows: Sequence[Row], framework: _Numbers, objective: _Numbers) -> Table:
    return Table(
        {
            "iri": _texts(rows, 0),
            "framework": framework.column([r[1] for r in rows]),
            "objective": objective.column([r[2] for r in rows]),
            "notation": _texts(rows, 3),
            "label": _texts(rows, 4),
            "summary": _texts(rows, 5),
            "deadline": _numbers(rows, 6, 0, np.int16),
            "measurability": _codes(rows, 7, _MEASURABILITY, 0),
            "measurability_note": _texts(rows, 8),
            "verification": _codes(rows, 9, VERIFICATION, 1),
            "confidence": _numbers(rows, 10, 0, np.float32),
            "status": _texts(rows, 11),
        }
    )


def _objectives(rows: Sequence[Row], framework: _Numbers) -> Table:
    return Table(
        {
            "iri": _texts(rows, 0),
            "framework": framework.column([r[1] for r in rows]),
            "notation": _texts(rows, 2),
            "label": _texts(rows, 3),
        }
    )


def _pairs(rows: Sequence[Row], target: _Numbers, name: str) -> Table:
    return Table({"target": target.column([r[0] for r in rows]), name: _texts(rows, 1)})


def _hedges(rows: Sequence[Row], target: _Numbers) -> Table:
    return Table(
        {"target": target.column([r[0] for r in rows]), "passage": _texts(rows, 1), "quote": _texts(rows, 2)}
    )


def _dependencies(rows: Sequence[Row], target: _Numbers) -> Table:
    return Table(
        {
            "iri": _texts(rows, 0),
            "target": target.column([r[1] for r in rows]),
            "needed": target.column([r[2] for r in rows]),
            "confidence": _numbers(rows, 3, 0, np.float32),
            "rationale": _texts(rows, 4),
        }
    )


def _lineage(rows: Sequence[Row], target: _Numbers) -> Table:
    return Table(
        {
            "iri": _texts(rows, 0),
            "proposal": target.column([r[1] for r in rows]),
            "dropped": np.array([r[2] == TG.DroppedAsTarget for r in rows], dtype=bool),
            "successor": target.column([r[3] for r in rows]),
            "confidence": _numbers(rows, 4, 0, np.float32),
            "rationale": _texts(rows, 5),
        }
    )


def _assessments(
    rows: Sequence[Row],
    framework: _Numbers,
    target_rows: Sequence[Row],
    declarations: Declarations,
    dimensions: dict[str, CodedDimension],
) -> Table:
    """Records with numbers for what they are about; a record about a target belongs to that target's framework."""
    by_iri = {d.iri: i for i, d in enumerate(declarations.dimensions)}
    concepts = [_Numbers(list(dimensions[d.code].concepts.iri)) for d in declarations.dimensions]
    target = _Numbers([r[0] or "" for r in target_rows])
    scope_framework = {r[0]: framework(r[1]) for r in target_rows} | {iri: framework(iri) for iri in framework.iris}
    known = [r for r in rows if (r[2] or "") in by_iri and scope_framework.get(r[1], -1) >= 0]
    numbers = [by_iri[r[2] or ""] for r in known]
    return Table(
        {
            "iri": _texts(known, 0),
            "framework": np.array([scope_framework[r[1]] for r in known], dtype=np.int32),
            "target": target.column([r[1] for r in known]),
            "dimension": np.array(numbers, dtype=np.int32),
            "concept": np.array([concepts[n](r[3]) for n, r in zip(numbers, known, strict=True)], dtype=np.int32),
            "result": _codes(known, 4, _RESULT, 1),
            "note": _texts(known, 5),
        }
    )


def _bound(ask: Asker, declarations: Declarations, target: _Numbers) -> Table:
    """For each obligation with a condition, which targets it binds (bool), by the obligation's code."""
    columns = {}
    for obligation in declarations.obligations:
        if obligation.where_path:
            bound = {r[0] for r in ask("bound-rows", _narrowing("onlyWhere", obligation.where_path, obligation.where_values))}
            columns[obligation.code] = np.array([iri in bound for iri in target.iris], dtype=bool)
    return Table(columns)


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


def _concepts(ask: Asker, declaration: Dimension, reader: LinkReader) -> list[tuple[str | None, ...]]:
    """Rows of the concepts of a dimension's scheme, in their order; announces its links to the reader."""
    rows = sorted(_first_of_each(ask("concepts", scheme=declaration.scheme)), key=_place_in_scheme)
    if declaration.evidence_path:
        reader.add(_key(declaration), _rewriter(declaration), _Numbers([r[0] or "" for r in rows]).by_iri)
    return rows


def _key(declaration: Dimension) -> tuple[str, str, str]:
    """Equal for dimensions that read the same links."""
    return declaration.evidence_path, declaration.column_path, declaration.scheme


def _dimension(
    ask: Asker,
    declaration: Dimension,
    declarations: Declarations,
    concept_rows: list[tuple[str | None, ...]],
    target: _Numbers,
    roles: _Numbers,
    reader: LinkReader,
) -> CodedDimension:
    concept = _Numbers([r[0] or "" for r in concept_rows])
    members = {r[0] for r in ask("members", None, **{"scheme": declaration.scheme, "class": declaration.column_class})}
    steps = ask("roll-up", _rewriter(declaration), scheme=declaration.scheme) if declaration.roll_up else []
    values = dict.fromkeys(
        o.required_value for o in declarations.obligations if o.required_value and o.dimension == declaration.code
    )
    return CodedDimension(
        declaration=declaration,
        concepts=Table(
            {
                "iri": _texts(concept_rows, 0),
                "notation": Texts.of([r[1] or (r[0] or "").rpartition("/")[2] for r in concept_rows]),
                "label": _texts(concept_rows, 2),
                "umbrella": _truths(concept_rows, 3),
                "column": np.array([r[0] in members for r in concept_rows], dtype=bool),
            }
        ),
        closure=closure_of(
            len(concept.iris), concept.column([s[0] for s in steps]), concept.column([s[1] for s in steps]), concept.iris
        ),
        links=_links_of(ask, declaration, reader, target, concept, roles),
        qualifying={v: _qualifying(ask, declaration.scheme, v, concept) for v in values},
    )


def _qualifying(ask: Asker, scheme: str, value: str, concept: _Numbers) -> Array:
    found = {r[0] for r in ask("qualifying", scheme=scheme, value=value)}
    return np.array([iri in found for iri in concept.iris], dtype=bool)


def _links_of(
    ask: Asker, declaration: Dimension, reader: LinkReader, target: _Numbers, concept: _Numbers, roles: _Numbers
) -> Table:
    """Links by claims, or by a plain path where the dimension declares no path to claims."""
    if not declaration.evidence_path:
        return _direct_links(ask("direct-links", _rewriter(declaration)), target, concept, roles)
    accepted = None
    if declaration.filter_path:
        accepted = _narrowing("evidenceFilter", declaration.filter_path, declaration.filter_values)
    return reader.links(_key(declaration), accepted)


def _direct_links(rows: list[tuple[str | None, ...]], target: _Numbers, concept: _Numbers, roles: _Numbers) -> Table:
    """Links sorted by target; one row a link and column, whatever else was said twice of it."""
    unique: dict[tuple[str | None, ...], tuple[str | None, ...]] = {}
    for row in rows:
        if target(row[0]) >= 0 and concept(row[2]) >= 0:
            unique.setdefault(row[:3], row)
    kept = sorted(unique.values(), key=lambda r: (target(r[0]), r[1] or "", r[2] or ""))
    return Table(
        {
            "target": target.column([r[0] for r in kept]),
            "iri": _texts(kept, 1),
            "concept": concept.column([r[2] for r in kept]),
            "basis": _codes(kept, 3, BASIS, 2),
            "confidence": _numbers(kept, 4, 0, np.float32),
            "verification": _codes(kept, 5, VERIFICATION, 2),
            "role": roles.column([r[6] for r in kept]).astype(np.int8),
            "quote": _texts(kept, 7),
            "contingent": _truths(kept, 8),
            "stale": _truths(kept, 9),
            "rationale": _texts(kept, 10),
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
