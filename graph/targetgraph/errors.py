"""What can go wrong for a user, said so that the user can mend it.

Every error carries *what* was wrong, *where* (file, row, column, IRI) and *what to do*. The command line
prints these and leaves with exit code 2; a traceback is always our mistake, never the user's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where in somebody's input a problem lies.

    Parameters
    ----------
    file : path or name of the input, as the user would recognise it.
    row : 1-based line in the file; the header of a table is row 1.
    column : the header of the column.
    iri : the resource concerned, for problems in a graph.
    """

    file: str = ""
    row: int | None = None
    column: str = ""
    iri: str = ""

    def __str__(self) -> str:
        parts = [self.file] if self.file else []
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column:
            parts.append(f"column {self.column!r}")
        if self.iri:
            parts.append(f"<{self.iri}>")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: the fact, the place and the remedy."""

    what: str
    where: Place = Place()
    remedy: str = ""

    def __str__(self) -> str:
        where = f"{self.where}: " if str(self.where) else ""
        remedy = f"\n  what to do: {self.remedy}" if self.remedy else ""
        return f"{where}{self.what}{remedy}"


class TargetGraphError(Exception):
    """Base of every error a user can cause and mend.

    Parameters
    ----------
    what : the fact, in one sentence.
    where : the place it was found.
    remedy : what to do about it.
    """

    exit_code = 2

    def __init__(self, what: str, where: Place | str = "", remedy: str = "") -> None:
        place = where if isinstance(where, Place) else Place(file=where)
        self.problems: tuple[Problem, ...] = (Problem(what, place, remedy),)
        super().__init__(str(self.problems[0]))

    def _render_traceback_(self) -> list[str]:
        # What IPython asks an exception for: a notebook shows what to mend, and no traceback.
        return [f"{type(self).__name__}: {problem}" for problem in self.problems]


class InputError(TargetGraphError):
    """One or more problems in what the user handed us (tables, documents, parameters)."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        if not problems:
            raise ValueError("an InputError needs at least one problem")
        Exception.__init__(self, "\n".join(str(p) for p in problems))
        self.problems = tuple(problems)


class StoreError(TargetGraphError):
    """The store on disk is absent, busy, damaged or of another version."""


class QueryError(TargetGraphError):
    """A SPARQL query or one of its parameters cannot be used."""


class LimitExceeded(TargetGraphError):
    """A query ran into its time, row or size limit and was stopped."""


class ResourceMissing(TargetGraphError):
    """A file of the installation, an optional package or a program (Java) is not there."""
