"""CSV on the Web: a table a kind of thing, with metadata that says what each column means.

Cells are exact: what a cell holds is what the graph holds, and the metadata turns the tables back into statements (CSV on the
Web, W3C Recommendations of 17 December 2015: Metadata Vocabulary, and Generating RDF). A text that begins with ``=`` stays as
it is, so a spreadsheet may take it for a formula; the workbook and ``targetgraph query --format csv --safe`` are for those.

Every statement about a thing that has a row is in the tables, but for derived ones (graph ``inferred``): the first value of a
property in its column, what does not fit there in ``further_links`` or ``further_values``. One pass over the sorted
statements writes all tables, so that memory does not grow with them.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any, Final, Protocol

from targetgraph import iris
from targetgraph.analysis.coverage import TARGETS as TARGET_ROWS
from targetgraph.analysis.coverage import coverage
from targetgraph.analysis.states import State
from targetgraph.library.terms import RDF_LANG_STRING, XSD, Iri, Literal
from targetgraph.namespaces import PREFIXES
from targetgraph.publish.exports.source import Source
from targetgraph.publish.exports.statements import Node, Thing
from targetgraph.publish.exports.table_schemas import IRI, ISSUE_LINKS, LINKS, TABLES, Column, TableSchema

METADATA: Final = "csv-metadata.json"
FURTHER_LINKS: Final = "further_links"
FURTHER_VALUES: Final = "further_values"
COVERAGE: Final = "coverage"
NAMES: Final = (*(t.name for t in TABLES), FURTHER_LINKS, FURTHER_VALUES, COVERAGE)
_TYPE: Final = PREFIXES["rdf"] + "type"
_LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
_COVERAGE_COLUMNS: Final = ("framework", "dimension", "target", "concept", "state", "links")
_TABLE_OF: Final = {kind: table for table in TABLES for kind in table.types}


class RowWriter(Protocol):
    """What ``csv.writer`` gives."""

    def writerow(self, row: Iterable[object], /) -> object:
        """Write one row."""


def write_tables(source: Source, folder: Path) -> None:
    """Write all tables and their metadata into a folder.

    Raises
    ------
    StoreError
        when the version cannot be read.
    """
    with ExitStack() as files:
        writers: dict[str, RowWriter] = {
            name: csv.writer(files.enter_context(_opened(folder / f"{name}.csv"))) for name in NAMES
        }
        for table in TABLES:
            writers[table.name].writerow(header(table))
        writers[FURTHER_LINKS].writerow(("thing", "property", "value"))
        writers[FURTHER_VALUES].writerow(("thing", "property", "value", "datatype", "language"))
        writers[COVERAGE].writerow(_COVERAGE_COLUMNS)
        kept = [g for g in source.graph_names if g != iris.graph("inferred")]
        for thing in source.things(kept):
            write_thing(thing, writers)
        for code in () if source.holds_gaps else source.codes:
            for thing in source.gap_things(code):
                write_thing(thing, writers)
        for cell in _cells(source):
            writers[COVERAGE].writerow(cell)
    metadata = json.dumps(metadata_of(source), ensure_ascii=False, indent=1)
    (folder / METADATA).write_text(metadata + "\n", encoding="utf-8")


def _opened(path: Path) -> IO[str]:
    return path.open("w", encoding="utf-8", newline="")


def header(table: TableSchema) -> list[str]:
    """The names of the columns of a table."""
    return ["iri", *([table.kind] if table.kind else []), *(c.name for c in table.columns)]


def table_of(thing: Thing) -> TableSchema | None:
    """The table in which a thing has its row, if it has one."""
    for kind in thing.iris(_TYPE):
        table = _TABLE_OF.get(kind)
        if table is LINKS and iris.graph("vocabularies") in thing.graphs:
            return ISSUE_LINKS  # its subject is an issue of concern, not a target
        if table is not None:
            return table
    return None


def write_thing(thing: Thing, writers: dict[str, RowWriter]) -> None:
    """Write the row of a thing, and what does not fit into it, each into its table; nothing for what has no table."""
    table = table_of(thing)
    if table is None:
        return
    left = {prop: list(values) for prop, values in thing.values.items()}
    left[_TYPE] = [v for v in left[_TYPE] if str(v) not in table.implied]
    row = [thing.iri]
    if table.kind:
        row.append(str(left[_TYPE].pop(0)) if left[_TYPE] else "")
    for column in table.columns:
        value = next((v for v in left.get(column.prop, ()) if fits(column, v)), None)
        if value is not None:
            left[column.prop].remove(value)
        row.append("" if value is None else str(value))
    writers[table.name].writerow(row)
    for prop, values in left.items():
        for value in values:
            if isinstance(value, Literal):
                row = [thing.iri, prop, value.value, value.datatype, value.language]
                writers[FURTHER_VALUES].writerow(row)
            else:
                writers[FURTHER_LINKS].writerow((thing.iri, prop, value.value))


def fits(column: Column, value: Node) -> bool:
    """Whether a column can hold a value without losing anything of it; an empty text would be read as no value."""
    if column.datatype == IRI:
        return isinstance(value, Iri)
    datatype = RDF_LANG_STRING if column.language else XSD + column.datatype
    if not isinstance(value, Literal) or value.datatype != datatype or not value.value:
        return False
    return value.language == column.language


def _cells(source: Source) -> Iterator[Sequence[object]]:
    """Every cell of targets by each dimension: what ``targetgraph coverage targets DIMENSION`` prints."""
    graph = source.coded
    for framework in graph.frameworks:
        for dimension in graph.declarations.dimensions:
            matrix = coverage(graph, TARGET_ROWS, dimension.code, framework.code)
            for row, states, counts in zip(matrix.rows, matrix.states.tolist(), matrix.counts.tolist(), strict=True):
                for column, state, count in zip(matrix.columns, states, counts, strict=True):
                    yield (framework.iri, dimension.iri, row.iri, column.iri, State(state).word, count)


def metadata_of(source: Source) -> dict[str, Any]:
    """The metadata document of the tables (Metadata Vocabulary for Tabular Data, 5.3)."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": "TargetGraph as tables",
        "dc:license": {"@id": _LICENCE},
        "dc:identifier": source.data_version,
        "dc:source": {"@id": iris.dataset(source.data_version)},
        # Cells are exact, spaces at their ends included.
        "dialect": {"encoding": "utf-8", "header": True, "trim": False, "lineTerminators": ["\r\n"]},
        "tables": [*(_table(t) for t in TABLES), *_further_tables(), _coverage_table()],
    }


def _table(table: TableSchema) -> dict[str, Any]:
    columns: list[dict[str, Any]] = [_resource("iri", "Address", "", required=True)]
    if table.kind:
        columns.append(_resource(table.kind, "Class", _TYPE))
    columns += [_column(c) for c in table.columns]
    columns += [
        {"name": f"type_{n}", "virtual": True, "propertyUrl": _TYPE, "valueUrl": kind}
        for n, kind in enumerate(table.implied)
    ]
    keys = [(c.name, c.table) for c in table.columns if c.table]
    return _described(table.name, table.title, columns, "{+iri}", ["iri"], keys)


def _described(
    name: str,
    title: str,
    columns: Iterable[dict[str, Any]],
    about: str,
    primary: Sequence[str],
    keys: Iterable[tuple[str, str]],
) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": list(columns)}
    if about:
        schema["aboutUrl"] = about
    if primary:
        schema["primaryKey"] = list(primary)
    foreign = [
        {"columnReference": column, "reference": {"resource": f"{table}.csv", "columnReference": "iri"}}
        for column, table in keys
    ]
    return {
        "url": f"{name}.csv",
        "dc:title": title,
        "tableSchema": schema | ({"foreignKeys": foreign} if foreign else {}),
    }


def _resource(name: str, title: str, prop: str, required: bool = False) -> dict[str, Any]:
    """A column of IRIs; without a property it makes no statement of its own."""
    column: dict[str, Any] = {"name": name, "titles": title, "datatype": IRI, "required": required}
    if prop:
        return column | {"propertyUrl": prop, "valueUrl": f"{{+{name}}}"}
    return column | {"suppressOutput": True}


def _column(column: Column) -> dict[str, Any]:
    if column.datatype == IRI:
        return _resource(column.name, column.title, column.prop)
    found = {"name": column.name, "titles": column.title, "datatype": column.datatype, "propertyUrl": column.prop}
    return found | ({"lang": column.language} if column.language else {})


def _further_tables() -> list[dict[str, Any]]:
    links = [
        _resource("thing", "Thing", "", required=True),
        _resource("property", "Property", "", required=True),
        {"name": "value", "titles": "Value", "datatype": IRI, "propertyUrl": "{+property}", "valueUrl": "{+value}"},
    ]
    values = [
        _resource("thing", "Thing", "", required=True),
        _resource("property", "Property", "", required=True),
        {"name": "value", "titles": "Value", "datatype": "string"},
        {"name": "datatype", "titles": "Datatype", "datatype": IRI},
        {"name": "language", "titles": "Language", "datatype": "string"},
    ]
    # The metadata vocabulary has no way to take a datatype or a language from a cell.
    plain = _described(FURTHER_VALUES, "Texts and numbers that fit no column", values, "", (), ())
    title = "Statements between things that fit no column"
    return [_described(FURTHER_LINKS, title, links, "{+thing}", (), ()), plain | {"suppressOutput": True}]


def _coverage_table() -> dict[str, Any]:
    columns = [
        _resource("framework", "Framework", "", required=True),
        _resource("dimension", "Dimension", "", required=True),
        _resource("target", "Target", "", required=True),
        _resource("concept", "What may be covered", "", required=True),
        {"name": "state", "titles": "State", "required": True,
         "datatype": {"base": "string", "format": "|".join(s.word for s in State)}},
        {"name": "links", "titles": "Links that reach it", "datatype": "nonNegativeInteger", "required": True},
    ]  # fmt: skip
    keys = (("framework", "frameworks"), ("target", "targets"))
    primary = ("dimension", "target", "concept")
    table = _described(COVERAGE, "A cell of a coverage matrix, computed", columns, "", primary, keys)
    # Computed, and no statement of the graph.
    return table | {"suppressOutput": True}
