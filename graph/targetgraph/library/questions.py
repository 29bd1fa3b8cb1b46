"""A question of the library: a ``.rq`` file, read, and made into the query that an engine answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from targetgraph.errors import Place, QueryError, TargetGraphError
from targetgraph.library.binding import bound_text
from targetgraph.library.header import Column, Header, parse_header
from targetgraph.library.parameters import Parameter, Resolver, resolved
from targetgraph.library.prologue import declarations, missing_prefixes
from targetgraph.library.structure import Role, Structure, structure
from targetgraph.library.terms import Term
from targetgraph.library.tokens import Token, tokenize
from targetgraph.namespaces import PREFIXES

_REFUSED = ("PREFIX", "BASE", "SERVICE", "FROM")


@dataclass(frozen=True)
class Question:
    """A query file.

    Parameters
    ----------
    theme, short_name : its folder and its file name without ``.rq``.
    source : the file, for messages.
    header : what it says of itself.
    content : the whole file, lines ended by line feeds; the header is a comment to SPARQL too.
    """

    theme: str
    short_name: str
    source: str
    header: Header
    content: str = field(repr=False)

    @property
    def name(self) -> str:
        """``theme/short-name``."""
        return f"{self.theme}/{self.short_name}" if self.theme else self.short_name

    @property
    def summary(self) -> str:
        """One line."""
        return self.header.summary

    @property
    def question(self) -> str:
        """The question in plain words."""
        return self.header.question

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """In the order of the header."""
        return self.header.parameters

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the answer and their meaning, in order; none for CONSTRUCT, DESCRIBE and ASK."""
        return self.header.columns

    @property
    def tags(self) -> tuple[str, ...]:
        """In the order of the header."""
        return self.header.tags

    @cached_property
    def tokens(self) -> list[Token]:
        """The tokens of the file."""
        return tokenize(self.content, self.source)

    @cached_property
    def structure(self) -> Structure:
        """Where the query projects, groups, orders and uses its variables."""
        return structure(self.tokens)

    @property
    def form(self) -> str:
        """SELECT, ASK, CONSTRUCT or DESCRIBE."""
        return self.structure.form

    def text(self, values: Mapping[str, str | Term] | None = None, resolve: Resolver | None = None) -> str:
        """The whole, self-contained query: header, prologue, body, with parameters bound.

        Parameters
        ----------
        values : by parameter name, as a user writes it or as a term; defaults fill in the others.
        resolve : looks up codes such as ``gfc/A1``; without it, codes (also of defaults) are refused.

        Raises
        ------
        QueryError
            for parameters that are unknown, missing or do not fit.
        """
        terms = resolved(self.parameters, values or {}, resolve, self.source)
        prefixes = missing_prefixes(self.tokens, PREFIXES, self.content, self.source)
        bound = bound_text(self.tokens, self.structure, terms, self.source)
        below = sum(len(line) + 1 for line in self.content.split("\n")[: self.header.lines])
        return bound[:below] + "\n" + declarations(prefixes) + bound[below:]

    def complaints(self) -> list[str]:
        """What breaks the rules of ``queries/README.md``; empty for a good file."""
        found: list[str] = []
        try:
            missing_prefixes(self.tokens, PREFIXES, self.content, self.source)
            shape = self.structure
        except TargetGraphError as error:
            return [str(error)]
        found += [f"{word} has no place in a library query" for word in _REFUSED if word in shape.keywords]
        if not shape.form:
            found.append("there is no SELECT, ASK, CONSTRUCT or DESCRIBE")
        if any(s.outermost and s.everything for s in shape.selects):
            found.append("SELECT * in the outermost query: name the columns")
        declared = tuple(c.name for c in self.columns)
        if declared != shape.columns:
            found.append(f"the header declares the columns {declared}, the query projects {shape.columns}")
        return found + self._parameter_complaints()

    def _parameter_complaints(self) -> list[str]:
        found = []
        for parameter in self.parameters:
            roles = {site.role for site in self.structure.sites if site.name == parameter.name}
            if not roles:
                found.append(f"the parameter {parameter.name!r} is not used")
            elif Role.ASSIGNED in roles:
                found.append(f"the query gives its parameter ?{parameter.name} a value")
        return found


def read_question(path: Path, theme: str = "") -> Question:
    """Read a query file.

    Raises
    ------
    QueryError
        when the file cannot be read, is not UTF-8, or its header is wrong (names file and line).
    """
    return question_from_text(read_text(path), str(path), theme, path.stem)


def read_text(path: Path) -> str:
    """The text of a query file, lines ended by line feeds.

    Raises
    ------
    QueryError
        when the file cannot be read or is not UTF-8.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise QueryError(f"the query cannot be read: {error.strerror}", str(path), "check the path") from error
    except UnicodeDecodeError as error:
        raise QueryError("the query is not UTF-8 text", str(path), "save it as UTF-8") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def question_from_text(text: str, source: str, theme: str = "", short_name: str = "") -> Question:
    """A question from the text of its file (errors: see `read_question`)."""
    header = parse_header(text, source)
    if not "".join(text.split("\n")[header.lines :]).strip():
        place = Place(file=source, row=header.lines + 1)
        raise QueryError("there is no query below the header", place, "write one")
    return Question(theme, short_name or source, source, header, text)


def has_header(text: str) -> bool:
    """Whether a query text starts as one of our files does, and not with a comment of any kind or a query."""
    return text.startswith("# summary:")
