"""An rdflib graph on plain dictionaries: the oracle asks a million small questions, and remembers the answers.

rdflib's own store keeps track of named graphs and transactions at every statement. This one has two indexes and
nothing else; ``tests/oracle/test_triples.py`` holds both side by side.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import cache, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.paths import Path as PropertyPath
from rdflib.term import Node

Triple = tuple[Node, Node, Node]
Index = dict[Node, dict[Node, dict[Node, None]]]
P = ParamSpec("P")
T = TypeVar("T")

_TERMS: dict[Node, Node] = {}
"""Every term once, so that a look-up ends with ``is`` and seldom with rdflib's comparison."""

_STATEMENT = re.compile(
    r"(?:<([^>]*)>|_:(\S+)) <([^>]*)> "
    r'(?:<([^>]*)>|_:(\S+)|"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?) (?:<[^>]*> )?\.\n?'
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_SHORT = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def known(term: Node) -> Node:
    """The one object that stands for a term."""
    return _TERMS.setdefault(term, term)


class Terms:
    """A namespace whose terms are made once: ``TG.Target``, ``SH["in"]``."""

    def __init__(self, namespace: str) -> None:
        self._namespace = namespace

    def __getattr__(self, name: str) -> URIRef:
        if name.startswith("__"):
            raise AttributeError(name)
        term = known(URIRef(self._namespace + name))
        setattr(self, name, term)
        assert isinstance(term, URIRef)
        return term

    def __getitem__(self, name: str) -> URIRef:
        term: URIRef = getattr(self, name)
        return term


class Triples(Graph):
    """Statements without named graphs.

    Parameters
    ----------
    statements : what it holds from the start.
    """

    def __init__(self, statements: Iterable[Triple] = ()) -> None:
        super().__init__(bind_namespaces="none")
        self.kept: dict[object, Any] = {}
        self._ahead: Index = {}
        self._back: Index = {}
        for statement in statements:
            self.add(statement)

    def copy(self) -> Triples:
        """The same statements, free to be changed."""
        other = Triples()
        other._ahead = {s: {p: dict(o) for p, o in by.items()} for s, by in self._ahead.items()}
        other._back = {o: {p: dict(s) for p, s in by.items()} for o, by in self._back.items()}
        return other

    def add(self, triple: Any) -> Triples:
        s, p, o = map(known, triple)
        self._ahead.setdefault(s, {}).setdefault(p, {})[o] = None
        self._back.setdefault(o, {}).setdefault(p, {})[s] = None
        self.kept.clear()
        return self

    def addN(self, quads: Iterable[Any]) -> Triples:
        for s, p, o, _ in quads:
            self.add((s, p, o))
        return self

    def remove(self, triple: Any) -> Triples:
        for s, p, o in list(self.triples(triple)):
            del self._ahead[s][p][o]
            del self._back[o][p][s]
        self.kept.clear()
        return self

    def triples(self, triple: Any) -> Generator[Any, None, None]:
        s, p, o = triple
        if isinstance(p, PropertyPath):
            yield from ((one, p, other) for one, other in p.eval(self, s, o))
        elif s is not None:
            by = self._ahead.get(s, {})
            for prop in list(by) if p is None else (p,):
                values = by.get(prop, {})
                yield from ((s, prop, v) for v in (list(values) if o is None else (o,)) if v in values)
        elif o is not None:
            by = self._back.get(o, {})
            for prop in list(by) if p is None else (p,):
                yield from ((subject, prop, o) for subject in list(by.get(prop, ())))
        else:
            for subject in list(self._ahead):
                yield from self.triples((subject, p, None))

    def __contains__(self, triple: Any) -> bool:
        s, p, o = triple
        if s is None or p is None or o is None or isinstance(p, PropertyPath):
            return next(self.triples(triple), None) is not None
        return o in self._ahead.get(s, {}).get(p, ())

    def __len__(self) -> int:
        return sum(len(values) for by in self._ahead.values() for values in by.values())

    def objects(self, subject: Any = None, predicate: Any = None, unique: bool = False) -> Generator[Any, None, None]:
        if subject is None or predicate is None or isinstance(predicate, PropertyPath):
            yield from super().objects(subject, predicate, unique)
        else:
            yield from list(self._ahead.get(subject, {}).get(predicate, ()))

    def subjects(self, predicate: Any = None, object: Any = None, unique: bool = False) -> Generator[Any, None, None]:
        if object is None or predicate is None or isinstance(predicate, PropertyPath):
            yield from super().subjects(predicate, object, unique)
        else:
            yield from list(self._back.get(object, {}).get(predicate, ()))


class Quads:
    """Named graphs, each of them statements by itself."""

    def __init__(self) -> None:
        self.graphs: dict[Node, Triples] = {}

    def graph(self, name: Node) -> Triples:
        """The graph of that name, made when it is not there."""
        return self.graphs.setdefault(known(name), Triples())

    def quads(self) -> Iterator[tuple[Node, Node, Node, Node]]:
        """All statements with the names of their graphs."""
        return ((*triple, name) for name, graph in self.graphs.items() for triple in graph)

    def union(self) -> Triples:
        """All statements without the names of their graphs."""
        largest, *others = sorted(self.graphs.values(), key=len, reverse=True)
        whole = largest.copy()
        for graph in others:
            for triple in graph:
                whole.add(triple)
        return whole

    def nquads(self) -> str:
        """One statement a line, sorted."""
        return "".join(sorted({" ".join(map(_written, quad)) + " .\n" for quad in self.quads()}))


@cache
def _written(term: Node) -> str:
    """A term as N-Quads write it."""
    if not isinstance(term, Literal):
        assert isinstance(term, URIRef | BNode)
        return term.n3()
    text = term.translate(
        {ord(sign): "\\" + short for sign, short in (('"', '"'), ("\\", "\\"), ("\n", "n"), ("\r", "r"))}
    )
    if term.language:
        return f'"{text}"@{term.language}'
    return f'"{text}"^^{term.datatype.n3()}' if term.datatype else f'"{text}"'


def remembered(
    question: Callable[Concatenate[Graph, P], T],
) -> Callable[Concatenate[Graph, P], T]:
    """Ask a question of a graph once; what it answered is forgotten as soon as the graph changes."""

    @wraps(question)
    def answer(graph: Graph, /, *arguments: P.args, **more: P.kwargs) -> T:
        if not isinstance(graph, Triples):
            return question(graph, *arguments, **more)
        key = (question, arguments, *more.items())
        if key not in graph.kept:
            graph.kept[key] = question(graph, *arguments, **more)
        found: T = graph.kept[key]
        return found

    return answer


def _plain(text: str) -> str:
    def meant(match: re.Match[str]) -> str:
        short, long, sign = match.groups()
        return chr(int(short or long, 16)) if short or long else _SHORT.get(sign, sign)

    return _ESCAPE.sub(meant, text) if "\\" in text else text


def read_quads(path: Path) -> Triples:
    """The statements of an N-Quads file without their graphs; a line that is none is an error."""
    found = Triples()
    made: dict[tuple[str | None, ...], Node] = {}

    def term(iri: str | None, blank: str | None, *literal: str | None) -> Node:
        key = (iri, blank, *filter(None, literal)) if iri is None and blank is None else (iri, blank)
        if key not in made:
            if iri is not None:
                made[key] = URIRef(_plain(iri))
            elif blank is not None:
                made[key] = BNode()
            else:
                text, language, datatype = literal
                assert text is not None
                made[key] = Literal(_plain(text), lang=language, datatype=URIRef(datatype) if datatype else None)
        return made[key]

    with path.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            match = _STATEMENT.fullmatch(line)
            assert match, f"{path}: no statement: {line!r}"
            s, b, p, *value = match.groups()
            found.add((term(s, b), term(p, None), term(*value)))
    return found
