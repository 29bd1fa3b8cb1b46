"""Generating RDF from Tabular Data on the Web (W3C Recommendation, 17 December 2015), minimal mode, from the specification.

Written for the tests on the csv module and uritemplate; it shares nothing with the export.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from uritemplate import expand

XSD = "http://www.w3.org/2001/XMLSchema#"


def statements(metadata: Path) -> Iterator[ox.Triple]:
    """Section 4.6.2: for each cell of each row of each table whose output is not suppressed, a triple."""
    group = json.loads(metadata.read_text(encoding="utf-8"))
    for table in group["tables"]:
        if not table.get("suppressOutput"):
            yield from _of_table(table, metadata.parent / table["url"])


def _of_table(table: dict[str, Any], path: Path) -> Iterator[ox.Triple]:
    schema = table["tableSchema"]
    columns = schema["columns"]
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, strict=True)
        assert next(rows) == [c["name"] for c in columns if not c.get("virtual")]
        for row in rows:
            cells = dict(zip([c["name"] for c in columns if not c.get("virtual")], row, strict=True))
            variables: dict[str, Any] = {name: value for name, value in cells.items() if value}  # "" is null
            for column in columns:
                if column.get("suppressOutput") or (not column.get("virtual") and not cells[column["name"]]):
                    continue
                yield ox.Triple(
                    ox.NamedNode(expand(schema["aboutUrl"], variables)),
                    ox.NamedNode(expand(column["propertyUrl"], variables)),
                    _value(column, variables),
                )


def _value(column: dict[str, Any], variables: dict[str, Any]) -> ox.NamedNode | ox.Literal:
    if "valueUrl" in column:
        return ox.NamedNode(expand(column["valueUrl"], variables))
    text, datatype = variables[column["name"]], column["datatype"]
    if datatype == "string" and "lang" in column:
        return ox.Literal(text, language=column["lang"])
    return ox.Literal(text) if datatype == "string" else ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))
