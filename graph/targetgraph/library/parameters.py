"""Parameters of a query: their types, and how what a user writes becomes an RDF term."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from targetgraph.errors import QueryError
from targetgraph.library.suggestions import did_you_mean
from targetgraph.library.terms import XSD, Iri, Literal, Term, is_absolute_iri
from targetgraph.namespaces import PREFIXES

Resolver = Callable[[str, str], Iri]
"""Finds the IRI for a code such as ``gfc/A1``, among instances of a class (IRI, or ``""`` for anything)."""

TYPES: Final = ("iri", "string", "integer", "decimal", "year", "boolean", "language")

_LEXICAL: Final = {
    "integer": (re.compile(r"[+-]?[0-9]+"), XSD + "integer", "a whole number such as 3"),
    "decimal": (
        re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"),
        XSD + "decimal",
        "a number such as 0.6",
    ),
    "year": (
        re.compile(r"-?(?:[1-9][0-9]{3,}|0[0-9]{3})"),
        XSD + "gYear",
        "a year of four digits such as 2030",
    ),
    "boolean": (re.compile(r"true|false"), XSD + "boolean", "true or false"),
}
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_OPAQUE_SCHEMES = ("urn:", "tag:", "mailto:", "info:", "doi:", "did:")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A declared parameter.

    Parameters
    ----------
    name : the variable it stands for, without ``?``.
    type : one of `TYPES`.
    meaning : what it does, in plain words.
    among : for ``iri``: prefixed name of the class the thing must be an instance of, when written as a code.
    default : as a user would write it; ``None`` if there is none.
    optional : may be left out, and then stays a free variable.
    example : for a parameter that must be given.
    """

    name: str
    type: str
    meaning: str
    among: str = ""
    default: str | None = None
    optional: bool = False
    example: str | None = None

    def term(self, text: str, resolve: Resolver | None = None) -> Term:
        """The RDF term for what a user wrote.

        Raises
        ------
        QueryError
            when the text does not fit the type; errors of ``resolve`` pass through.
        """
        if self.type == "iri":
            return self._iri(text.strip(), resolve)
        if self.type == "string":
            return Literal(text)
        text = text.strip()
        if self.type == "language":
            if not _LANGUAGE.fullmatch(text):
                raise self._unfit(text, "a language tag such as en or zh-Hans")
            return Literal(text.lower())
        lexical, datatype, wanted = _LEXICAL[self.type]
        if not lexical.fullmatch(text):
            raise self._unfit(text, wanted)
        return Literal(text, datatype)

    def _iri(self, text: str, resolve: Resolver | None) -> Iri:
        if text.startswith("<") and text.endswith(">"):
            text = text[1:-1]
            if not is_absolute_iri(text):
                raise self._unfit(text, "a full IRI between the angle brackets")
            return Iri(text)
        if ":" in text:
            return self._written_iri(text)
        if resolve is None:
            raise self._unfit(text, "a full IRI or a prefixed name here, where no graph is at hand to look a code up")
        if not text or any(c.isspace() or c in '<>"{}|^`\\' for c in text):
            raise self._unfit(text, "an IRI, a prefixed name or a code such as gfc/A1")
        return resolve(text, expanded(self.among) if self.among else "")

    def _written_iri(self, text: str) -> Iri:
        prefix = text.split(":", 1)[0]
        if "://" in text or text.lower().startswith(_OPAQUE_SCHEMES):
            if not is_absolute_iri(text):
                raise self._unfit(text, "an IRI; spaces and brackets cannot be part of one")
            return Iri(text)
        if prefix not in PREFIXES:
            raise QueryError(
                f"the prefix {prefix + ':'!r} is not known",
                f"parameter {self.name}",
                did_you_mean(prefix, PREFIXES, "write the full IRI, or use one of: {all}"),
            )
        if not is_absolute_iri(expanded(text)):
            raise self._unfit(text, "a prefixed name; spaces and brackets cannot be part of one")
        return Iri(expanded(text))

    def _unfit(self, text: str, wanted: str) -> QueryError:
        return QueryError(f"{text!r} does not fit", f"parameter {self.name}", f"write {wanted}")


def expanded(name: str) -> str:
    """The IRI of a prefixed name.

    Raises
    ------
    KeyError
        for a prefix we do not declare.
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def resolved(
    parameters: tuple[Parameter, ...],
    given: Mapping[str, str | Term],
    resolve: Resolver | None = None,
    source: str = "the query",
) -> dict[str, Term]:
    """Terms for all parameters that have a value, given or by default.

    Parameters
    ----------
    given : by parameter name: text as a user writes it, or a term.
    resolve : looks up codes; without it codes are refused.

    Raises
    ------
    QueryError
        for an unknown parameter, one that is missing, or a value that does not fit.
    """
    by_name = {p.name: p for p in parameters}
    for name in given:
        if name not in by_name:
            otherwise = "it takes: {all}" if by_name else "it takes no parameters"
            raise QueryError(f"there is no parameter {name!r}", source, did_you_mean(name, by_name, otherwise))
    terms: dict[str, Term] = {}
    for parameter in parameters:
        value = given.get(parameter.name, parameter.default)
        if isinstance(value, str):
            terms[parameter.name] = parameter.term(value, resolve)
        elif value is not None:
            terms[parameter.name] = value
        elif not parameter.optional:
            raise QueryError(
                f"the parameter {parameter.name!r} has to be given",
                source,
                f"add --param {parameter.name}=VALUE, for example {parameter.name}={parameter.example}",
            )
    return terms
