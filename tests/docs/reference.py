"""The tables in the documentation that follow the project: made from schemas and ontology, between markers.

``python -m tests.docs.reference`` writes them anew. Of the tables of columns only the meanings are written by hand;
they are kept, and a new column waits for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from rdflib import RDFS, SKOS, Graph, Namespace
from rdflib.term import Node

from targetgraph import resources
from targetgraph.reading import columns
from targetgraph.reading.columns import CellError, Column
from targetgraph.reading.schema import TableSchema
from targetgraph.reading.schemas import FRAMEWORK_TABLES, ROOT_TABLES
from tests import competency
from tests.docs import commands_page, interface_page
from tests.docs.markdown import CHECKOUT

WHOLE = {
    CHECKOUT / "docs" / "cli.md": commands_page.page,
    CHECKOUT / "docs" / "api.md": interface_page.page,
    CHECKOUT / "docs" / "competency-questions.md": competency.page,
}
"""Pages of which every word is made."""
FILES = (CHECKOUT / "docs" / "states.md", CHECKOUT / "docs" / "tables.md")
TG = Namespace("https://w3id.org/targetgraph/ontology#")
_MARKED = re.compile(r"(<!-- table: (?P<name>[\w .-]+) -->\n)(?P<table>.*?)(<!-- end -->)", re.DOTALL)
_ROW = re.compile(r"^\| `(?P<column>\w+)` \|(?:[^|]*\|){2} ?(?P<meaning>.*?) ?\|$", re.MULTILINE)

_TYPES = {
    id(columns.TEXT): "text",
    id(columns.IDENTIFIER): "identifier",
    id(columns.IDENTIFIERS): "identifiers, separated by `;`",
    id(columns.NAME): "name",
    id(columns.WIKIDATA): "Wikidata number, such as `Q7817`",
    id(columns.LANGUAGE): "language tag",
    id(columns.YEAR): "year",
    id(columns.DATE): "date",
    id(columns.INTEGER): "whole number",
    id(columns.YES_NO): "`yes` or `no`",
    id(columns.IRI): "web address",
    id(columns.SOURCES): "sources, separated by ` ; `",
}


def rewritten(text: str) -> str:
    """A document with every marked table made anew."""

    def table(match: re.Match[str]) -> str:
        return f"{match[1]}{made(match['name'], match['table'])}\n{match[4]}"

    return _MARKED.sub(table, text)


def marked(text: str) -> list[str]:
    """Names of the tables a document has markers for."""
    return [match["name"] for match in _MARKED.finditer(text)]


def made(name: str, before: str) -> str:
    """One table in Markdown; ``before`` is what stands there now, for the meanings."""
    if name.endswith(".csv"):
        meanings = {match["column"]: match["meaning"] for match in _ROW.finditer(before)}
        (schema,) = (s for s in (*ROOT_TABLES, *FRAMEWORK_TABLES) if s.file == name)
        return _columns(schema, meanings)
    return {"states": _states, "dimensions": _dimensions, "obligations": _obligations, "kinds of gap": _kinds}[name]()


def meanings(text: str) -> list[tuple[str, str]]:
    """Column and meaning of every row of the tables of columns."""
    return [(match["column"], match["meaning"]) for match in _ROW.finditer(text)]


# --- tables of columns ---------------------------------------------------------------------------------------


def _columns(schema: TableSchema, meanings: Mapping[str, str]) -> str:
    lines = ["| column | cells | values | meaning |", "|---|---|---|---|"]
    for column in schema.columns:
        meaning = meanings.get(column.name, "")
        lines.append(f"| `{column.name}` | {_cells(column)} | {_values(column)} | {meaning} |")
    key = ", ".join(f"`{name}`" for name in schema.key if name in {c.name for c in schema.columns})
    notes = [f"One row for each {key}."]
    if schema.also_unique:
        notes.append(f"No value of {', '.join(f'`{name}`' for name in schema.also_unique)} may occur twice.")
    if schema.translated:
        notes.append("Further columns `label_fr`, `label_pt-BR` … hold labels in other languages.")
    return "\n".join([*lines, "", " ".join(notes)])


def _cells(column: Column) -> str:
    if column.may_be_absent:
        return "column may be left out"
    return "always filled" if column.required else "may be empty"


def _values(column: Column) -> str:
    options = _options(column)
    value = ", ".join(f"`{o}`" for o in options) if options else _TYPES[id(column.type)]
    refers = column.refers
    if refers is None:
        return value
    if refers.chosen_by:
        return f"{value}: of the table that `{refers.chosen_by}` names"
    files = {s.register: s.file for s in (*ROOT_TABLES, *FRAMEWORK_TABLES)}
    there = " or ".join(f"`{files[register]}`" for register in refers.registers)
    return f"{value}: in {there}" + (", or web addresses" if refers.or_iri else "")


def _options(column: Column) -> list[str]:
    """The words a column allows, as its own complaint tells them; none for other columns."""
    if id(column.type) in _TYPES:
        return []
    try:
        column.type.parse("§")
    except CellError as error:
        return error.remedy.rpartition("use one of: ")[2].split(", ")
    raise AssertionError(f"{column.name} is of a kind that nobody has described here")


# --- tables from the ontology --------------------------------------------------------------------------------


def _ontology() -> Graph:
    graph = Graph()
    for path in resources.ontology().glob("*.ttl"):
        graph.parse(path)
    return graph


def _rows(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    names = list(head)
    lines = [f"| {' | '.join(names)} |", "|" + "---|" * len(names)]
    return "\n".join([*lines, *(f"| {' | '.join(map(str, row))} |" for row in rows)])


def _states() -> str:
    from targetgraph.analysis.states import State

    graph = _ontology()
    found = {int(str(graph.value(s, TG.order))): s for s in graph.subjects(SKOS.inScheme, TG.StateScheme)}
    return _rows(
        ("sign", "state", "meaning"),
        ((f"`{s.symbol}`", f"**{s.word}**", graph.value(found[s], SKOS.definition)) for s in State),
    )


def _dimensions() -> str:
    graph = _ontology()
    things = sorted(graph.subjects(TG.evidencePath), key=lambda s: int(str(graph.value(s, TG.order))))
    return _rows(
        ("code", "asks", "what counts"),
        ((f"`{graph.value(s, TG.code)}`", graph.value(s, RDFS.label), graph.value(s, SKOS.definition)) for s in things),
    )


def _by_severity(graph: Graph, things: Iterable[Node]) -> list[Node]:
    return sorted(things, key=lambda s: (-float(str(graph.value(s, TG.severity))), str(graph.value(s, TG.code))))


def _obligations() -> str:
    graph = _ontology()
    return _rows(
        ("code", "what must be", "dimension", "severity"),
        (
            (
                f"`{graph.value(s, TG.code)}`",
                graph.value(s, SKOS.definition),
                f"`{graph.value(graph.value(s, TG.onDimension), TG.code)}`",
                graph.value(s, TG.severity),
            )
            for s in _by_severity(graph, graph.subjects(TG.appliesTo))
        ),
    )


def _kinds() -> str:
    graph = _ontology()
    return _rows(
        ("kind", "what it is", "why it counts", "severity", "shown by the query"),
        (
            (
                f"`{graph.value(s, TG.code)}`",
                graph.value(s, SKOS.definition),
                graph.value(s, TG.because),
                graph.value(s, TG.severity),
                f"`{str(graph.value(s, TG.shownBy)).partition('/query/')[2]}`",
            )
            for s in _by_severity(graph, graph.subjects(TG.shownBy))
        ),
    )


def main(files: Iterable[Path] = FILES) -> None:
    """Write the tables of all documents anew, and the pages that are made as a whole."""
    for path in files:
        path.write_text(rewritten(path.read_text(encoding="utf-8")), encoding="utf-8")
    for path, page in WHOLE.items():
        path.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
