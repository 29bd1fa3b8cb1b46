"""RDF terms as light values, and how they are written in SPARQL and N-Triples.

Deliberately not those of rdflib (its import alone costs a third of a second) nor those of a store, so that
everything above the store speaks of terms without loading an engine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
XSD_STRING: Final = XSD + "string"
RDF_LANG_STRING: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"

_FORBIDDEN_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ESCAPES: Final = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
}
_TO_ESCAPE = re.compile(r'[\\"\n\r\t\b\f]')


@dataclass(frozen=True, slots=True)
class Iri:
    """An absolute IRI, without angle brackets."""

    value: str

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class BlankNode:
    """A blank node; ``value`` is its label, without ``_:``, valid inside one answer only."""

    value: str

    def __str__(self) -> str:
        return f"_:{self.value}"


@dataclass(frozen=True, slots=True)
class Literal:
    """A literal: lexical form, datatype IRI, and for language-tagged text its tag (and base direction)."""

    value: str
    datatype: str = XSD_STRING
    language: str = ""
    direction: str = ""

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Triple:
    """A statement; in RDF 1.2 also a term."""

    subject: Term
    predicate: Term
    object: Term

    def __str__(self) -> str:
        return f"<<( {self.subject} {self.predicate} {self.object} )>>"


Term = Iri | BlankNode | Literal | Triple


def is_absolute_iri(text: str) -> bool:
    """Whether ``text`` has a scheme and no character that an IRI must not contain (RFC 3987, loosely)."""
    return bool(_ABSOLUTE.match(text)) and not _FORBIDDEN_IN_IRI.search(text)


def written(term: Term) -> str:
    """A term in the syntax that SPARQL, Turtle and N-Triples share.

    Raises
    ------
    ValueError
        for an IRI with characters that could end it early.
    """
    if isinstance(term, Iri):
        if _FORBIDDEN_IN_IRI.search(term.value):
            raise ValueError(f"not an IRI: {term.value!r}")
        return f"<{term.value}>"
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    if isinstance(term, Triple):
        return f"<<( {written(term.subject)} {written(term.predicate)} {written(term.object)} )>>"
    quoted = quoted_string(term.value)
    if term.language:
        return f"{quoted}@{term.language}" + (f"--{term.direction}" if term.direction else "")
    return quoted if term.datatype == XSD_STRING else f"{quoted}^^{written(Iri(term.datatype))}"


def quoted_string(value: str) -> str:
    r"""A string between double quotes, escaped for SPARQL.

    A backslash before ``u`` needs care: rdflib expands ``\uXXXX`` over the whole query before it looks at
    strings, so that the (correct) ``"\\u0041"`` would lose a backslash. There the ``u`` is written as an
    escape itself, which every engine reads alike. The tabulator is escaped because rdflib's parser expands
    raw ones.
    """
    escaped = _TO_ESCAPE.sub(lambda m: _ESCAPES[m.group()], value)
    return '"' + re.sub(r"(?<=\\\\)[uU]", lambda m: f"\\U{ord(m.group()):08X}", escaped) + '"'


@lru_cache(maxsize=4)
def _namespaces(prefixes: frozenset[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(((ns, prefix) for prefix, ns in prefixes), key=lambda pair: -len(pair[0])))


_LOCAL = re.compile(r"[A-Za-z0-9_](?:[\w.-]*[\w-])?")


def shortened(iri: str, prefixes: dict[str, str]) -> str:
    """``prefix:local`` where a prefix fits and the rest needs no escaping, else ``<iri>``.

    >>> shortened("https://w3id.org/targetgraph/ontology#Target", {"tg":
    "https://w3id.org/targetgraph/ontology#"}) 'tg:Target'
    """
    for namespace, prefix in _namespaces(frozenset(prefixes.items())):
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return f"<{iri}>"
