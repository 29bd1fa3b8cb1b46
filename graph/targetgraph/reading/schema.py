"""What can be said of a table, and the columns that many tables share."""

from __future__ import annotations

from dataclasses import dataclass

from targetgraph.reading.columns import (
    IDENTIFIER,
    NAME,
    SOURCES,
    TEXT,
    YES_NO,
    CellType,
    Column,
    Reference,
    choice,
)

CONCEPTS = ("actor", "sector", "stage", "sdg", "indicator", "issue")
LABEL_PREFIX = "label_"


@dataclass(frozen=True, slots=True)
class TableSchema:
    """One table.

    Parameters
    ----------
    register : name under which its identifiers are known to references.
    file : its file name.
    title : what it holds, in words.
    columns : its columns, in their usual order.
    key : columns that together may occur once only; in the tables of a framework the framework comes first.
    also_unique : further columns none of whose values may occur twice.
    needs_rows : a table with a header only is a mistake.
    tree : its ``broader`` column must not lead in a circle.
    translated : any ``label_<language>`` column is welcome.
    in_framework : it lies in the folder of a framework, which is the value of ``framework`` in all its rows.
    """

    register: str
    file: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("id",)
    also_unique: tuple[str, ...] = ()
    needs_rows: bool = False
    tree: bool = False
    translated: bool = False
    in_framework: bool = False

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)


def must(name: str, kind: CellType = TEXT, refers: Reference | None = None) -> Column:
    """A column without empty cells."""
    return Column(name, kind, required=True, refers=refers)


def may(name: str, kind: CellType = TEXT, refers: Reference | None = None) -> Column:
    """A column that has to be there, though its cells may be empty: emptiness says something."""
    return Column(name, kind, refers=refers)


def extra(name: str, kind: CellType = TEXT, refers: Reference | None = None) -> Column:
    """A column that may be left out."""
    return Column(name, kind, may_be_absent=True, refers=refers)


KNOWN = choice("sourced", "recalled")
CLAIMED = choice("sourced", "recalled", "judged")
CONFIDENCE = choice("high", "medium", "low")
STATE = choice("proposed", "under-negotiation", "adopted", "superseded", "dropped")
BASIS = choice("named", "implied", "judged")
ROLE = choice("responsible", "provider", "beneficiary", "object", "channel", "participant", "owner", "unstated")

SOURCE = extra("source", SOURCES, Reference(("document",), or_iri=True))
NOTE = extra("note")
STATUS = must("status", KNOWN)
LABEL_EN = must(LABEL_PREFIX + "en")
UMBRELLA = extra("umbrella", YES_NO)
FRAMEWORK = must("framework", IDENTIFIER, Reference(("framework",)))
TARGET_HERE = Reference(("target",), scope=("framework",))
TARGET = must("target", NAME, TARGET_HERE)
DOCUMENT = Reference(("document",))
CONCEPT = must("concept", IDENTIFIER, Reference(chosen_by="dimension"))


def broader(register: str) -> Column:
    """The column that makes a tree of a table."""
    return may("broader", IDENTIFIER, Reference((register,)))
