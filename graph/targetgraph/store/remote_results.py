"""Answers as services send them: SPARQL 1.1 Query Results JSON read row by row, triples as N-Triples or Turtle.

What engines do with terms and the specification does not ask for is undone here: Virtuoso writes booleans as 1 and 0,
blank nodes with an address of its own, and the answer of an ASK as a table.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, Final, Protocol

from targetgraph.errors import StoreError
from targetgraph.library.terms import RDF_LANG_STRING, XSD, XSD_STRING, BlankNode, Iri, Literal, Term, Triple
from targetgraph.store.results import Row

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_BOOLEANS: Final = {"1": "true", "0": "false"}
_NO_LABEL: Final = re.compile(r"[^A-Za-z0-9_]")


class Reader(Protocol):
    """Whatever bytes can be read from."""

    def read(self, amount: int = ...) -> bytes:
        """Some bytes; none at the end."""


class JsonAnswer:
    """An answer in SPARQL Query Results JSON, read as it arrives.

    Take `rows` first, then see `variables` and `truth`.

    Raises (while reading)
    ----------------------
    StoreError
        when it is not that.
    """

    def __init__(self, source: Reader, where: str) -> None:
        self._source, self._where = source, where
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._scan = json.JSONDecoder().raw_decode
        self._text, self._at, self._ended = "", 0, False
        self.variables: tuple[str, ...] = ()
        self.truth: bool | None = None

    def rows(self) -> Iterator[Row]:
        """The rows of a table; for an ASK there are none, or the one that Virtuoso sends."""
        waiting: list[dict[str, Any]] = []
        headed = False
        for key, value in self._members():
            if key == "head":
                self.variables = tuple(value.get("vars", ()))
                headed = True
                yield from (self._row(binding) for binding in waiting)
                waiting.clear()
            elif key == "boolean":
                self.truth = bool(value)
            elif headed:
                yield self._row(value)
            else:
                waiting.append(value)
        if not headed:
            raise self._wrong("it has no head")

    def _members(self) -> Iterator[tuple[str, Any]]:
        """Members of the outermost object, each binding of the results as one of its own."""
        for key in self._keys():
            if key == "results":
                for inner in self._keys():
                    if inner == "bindings":
                        yield from (("binding", value) for value in self._items())
                    else:
                        self._value()
            else:
                value = self._value()
                if key == "head" and not isinstance(value, dict):
                    raise self._wrong("its head is no object")
                if key in ("head", "boolean"):
                    yield key, value

    def _keys(self) -> Iterator[str]:
        self._expect("{")
        if self._peek() == "}":
            self._at += 1
            return
        while True:
            key = self._value()
            self._expect(":")
            yield str(key)
            if self._peek() != ",":
                self._expect("}")
                return
            self._at += 1

    def _items(self) -> Iterator[Any]:
        self._expect("[")
        if self._peek() == "]":
            self._at += 1
            return
        while True:
            value = self._value()
            if not isinstance(value, dict):
                raise self._wrong("a row is no object")
            yield value
            if self._peek() != ",":
                self._expect("]")
                return
            self._at += 1

    def _peek(self) -> str:
        while True:
            match = _SPACE.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def _expect(self, sign: str) -> None:
        found = self._peek()
        if found != sign:
            raise self._wrong(f"{sign!r} was expected, not {found!r}" if found else "it ends too early")
        self._at += 1

    def _value(self) -> Any:
        self._peek()
        while True:
            try:
                value, end = self._scan(self._text, self._at)
            except ValueError as error:
                if self._more():
                    continue
                raise self._wrong(str(error) if self._at < len(self._text) else "it ends too early") from error
            except RecursionError as error:
                raise self._wrong("it is nested too deeply") from error
            # A number at the end of what has arrived may go on.
            if end == len(self._text) and self._more():
                continue
            self._at = end
            return value

    def _more(self) -> bool:
        if self._ended:
            return False
        block = self._source.read(1 << 16)
        try:
            text = self._decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            raise self._wrong("it is not UTF-8") from error
        self._ended = not block
        self._text, self._at = self._text[self._at :] + text, 0
        return not self._ended

    def _row(self, binding: dict[str, Any]) -> Row:
        try:
            return tuple(None if (term := binding.get(v)) is None else _term(term) for v in self.variables)
        except (KeyError, TypeError, AttributeError) as error:
            raise self._wrong(f"a term makes no sense ({error!r})") from error

    def _wrong(self, what: str) -> StoreError:
        return StoreError(
            f"the answer is not SPARQL results in JSON: {what}",
            self._where,
            "see that the address is that of a SPARQL 1.1 endpoint",
        )


def _term(found: dict[str, Any]) -> Term:
    kind, value = found["type"], found["value"]
    if not isinstance(value, str):
        raise TypeError("its value is no text")
    if kind == "uri":
        # Virtuoso calls some blank nodes addresses.
        return BlankNode(_NO_LABEL.sub("_", value[9:])) if value.startswith("nodeID://") else Iri(value)
    if kind == "bnode":
        return BlankNode(_NO_LABEL.sub("_", value.removeprefix("nodeID://")))
    if kind not in ("literal", "typed-literal"):
        raise KeyError(kind)
    if language := found.get("xml:lang"):
        return Literal(value, RDF_LANG_STRING, str(language).lower())
    return canonical(Literal(value, str(found.get("datatype") or XSD_STRING)))


def canonical(literal: Literal) -> Literal:
    """A boolean by its canonical name, any other literal as it is."""
    if literal.datatype == XSD + "boolean" and literal.value in _BOOLEANS:
        return Literal(_BOOLEANS[literal.value], literal.datatype)
    return literal


def triples(source: Reader, content_type: str, where: str) -> Iterator[Triple]:
    """The triples of an answer, each once, in the order they arrive.

    Parameters
    ----------
    content_type : as the service says; N-Triples and Turtle are read.

    Raises
    ------
    StoreError
        when it is neither, or damaged.
    """
    import pyoxigraph as ox

    form = ox.RdfFormat.N_TRIPLES if "n-triples" in content_type or "ntriples" in content_type else ox.RdfFormat.TURTLE
    if form is ox.RdfFormat.TURTLE and not any(t in content_type for t in ("turtle", "n3")):
        raise StoreError(
            f"the service answers with {content_type or 'something unnamed'} instead of triples",
            where,
            "see whether the address is that of a SPARQL 1.1 endpoint",
        )
    seen: set[Triple] = set()
    try:
        # Our reader is bytes in and nothing else; the parser asks for no more.
        for found in ox.parse(source, format=form):  # type: ignore[arg-type]
            triple = Triple(*(_from_engine(t) for t in (found.subject, found.predicate, found.object)))
            if triple not in seen:
                seen.add(triple)
                yield triple
    except SyntaxError as error:
        raise StoreError(
            f"the answer cannot be read: {error}", where, "ask again; if it stays so, look into the service's log"
        ) from error


def _from_engine(term: Any) -> Term:
    import pyoxigraph as ox

    if isinstance(term, ox.NamedNode):
        return BlankNode(_NO_LABEL.sub("_", term.value[9:])) if term.value.startswith("nodeID://") else Iri(term.value)
    if isinstance(term, ox.BlankNode):
        return BlankNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, RDF_LANG_STRING, term.language)
        return canonical(Literal(term.value, term.datatype.value))
    return Triple(*(_from_engine(t) for t in (term.subject, term.predicate, term.object)))
