"""Small Turtle files read fast: labels and lists of words, which a command needs at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from targetgraph.errors import InputError, Place, Problem


class LiteralStatement(NamedTuple):
    """A statement whose object is a literal; ``language`` is a lower-case tag or empty."""

    subject: str
    predicate: str
    text: str
    language: str


def literal_statements(path: Path) -> Iterator[LiteralStatement]:
    """The statements of a Turtle file that have an IRI as subject and a literal as object, in the order of the file.

    Raises
    ------
    InputError
        If the file cannot be read or is not Turtle.
    """
    try:
        with path.open("rb") as file:
            for quad in ox.parse(file, format=ox.RdfFormat.TURTLE):
                if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                    language = (quad.object.language or "").lower()
                    yield LiteralStatement(quad.subject.value, quad.predicate.value, quad.object.value, language)
    except SyntaxError as error:
        what = f"this is not Turtle: {error.msg}"
        raise InputError([Problem(what, Place(str(path), error.lineno), "correct the file at that line")]) from error
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        raise InputError([Problem(what, Place(str(path)), "give the path of a Turtle file")]) from error
