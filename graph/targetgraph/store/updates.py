"""SPARQL 1.1 Update, restricted to the store itself."""

from __future__ import annotations

import re
from typing import Final

import pyoxigraph as ox

from targetgraph.errors import QueryError
from targetgraph.library.tokens import Token, position, tokenize
from targetgraph.namespaces import PREFIXES
from targetgraph.store.documents import GRAPH_FORMS, Refused
from targetgraph.store.protocol_answers import BASE

# Without one of these words, and without an escape that could hide one, an update cannot reach anything outside.
_SUSPECT: Final = re.compile(r"load|service|\\", re.IGNORECASE)
_LONGEST: Final = 16_000_000


def updated(store: ox.Store, text: str, using: tuple[str, ...], using_named: tuple[str, ...]) -> None:
    """Apply an update: all of it or, if anything is wrong, nothing.

    Parameters
    ----------
    using, using_named : graphs that the protocol asks ``WHERE`` to look at (SPARQL 1.1 Protocol, 2.2.3).

    Raises
    ------
    Refused
        for what is no update, reaches outside, or says twice where to look.
    """
    if len(text) > _LONGEST:
        raise Refused(413, f"the update has {len(text):,} characters", f"at most {_LONGEST:,} are read")
    try:
        if _SUSPECT.search(text):
            _refuse_outside(text)
        if using or using_named:
            text = with_using(text, using, using_named)
        store.update(text, base_iri=BASE, prefixes=PREFIXES)
    except SyntaxError as error:
        raise Refused(
            400, f"the update is not valid SPARQL 1.1 Update: {error}", "correct it; nothing was written"
        ) from error
    except QueryError as error:
        problem = error.problems[0]
        raise Refused(400, problem.what, problem.remedy) from error
    except MemoryError as error:
        raise Refused(503, "the update ran out of memory", "write less at once") from error
    except (ValueError, RuntimeError) as error:
        raise Refused(400, f"the update failed: {error}", "correct it; nothing was written") from error
    except OSError as error:
        raise Refused(500, f"the update failed: {error}", "see that there is space, and try again") from error


def _refuse_outside(text: str) -> None:
    for token in tokenize(text, "the update"):
        if token.keyword in ("LOAD", "SERVICE"):
            line, column = position(text, token.start)
            raise QueryError(
                f"line {line}, column {column}: {token.keyword} is refused; updates reach nothing outside this store",
                remedy="send the statements themselves, by INSERT DATA or the Graph Store Protocol",
            )


def with_using(text: str, using: tuple[str, ...], using_named: tuple[str, ...]) -> str:
    """The update with ``USING`` clauses before each of its outer ``WHERE``.

    Raises
    ------
    Refused
        when a graph is no IRI, or the update has ``USING`` or ``WITH`` itself.
    """
    for iri in (*using, *using_named):
        try:
            ox.NamedNode(iri)
            if "\\" in iri:  # an escape, wherever it is written into the text of an update
                raise ValueError(iri)
        except ValueError as error:
            raise Refused(400, f"<{iri}> is no IRI", "give the whole address of a graph") from error
    clauses = "".join(f" USING <{g}>" for g in using) + "".join(f" USING NAMED <{g}>" for g in using_named)
    loud = [token for token in tokenize(text, "the update") if not token.silent]
    out, end, depth = [], 0, 0
    for i, token in enumerate(loud):
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0 and token.keyword in ("USING", "WITH"):
            raise Refused(400, f"{token.keyword} in the update and using-graph-uri exclude each other", "leave one out")
        if depth == 0 and token.keyword == "WHERE":
            out.append(text[end : token.start])
            if i and loud[i - 1].keyword == "DELETE":  # the short form has no place for USING: write it out
                out.append(_group(text, loud, i + 1))
            out.append(f"{clauses} WHERE")
            end = token.start + len(token.text)
    return "".join(out) + text[end:]


def _group(text: str, loud: list[Token], first: int) -> str:
    """The text of the group that begins with the token ``first``."""
    depth = 0
    for token in loud[first:]:
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0:
            return " " + text[loud[first].start : token.start + 1]
    return ""


def graph_put(store: ox.Store, graphs: tuple[str, ...], documents: list[tuple[bytes, str]], base: str) -> int:
    """Give a graph new content, or make it; all of it or nothing. Returns 201 or 204.

    Parameters
    ----------
    graphs : IRIs it may be meant by: the first that is there, or else the last; none for the graph without a name.
    documents : contents and forms (`documents.GRAPH_FORMS`).
    base : base IRI of the documents.
    """
    graph = _meant(store, graphs)
    existed = not graph or store.contains_named_graph(ox.NamedNode(graph))
    triples = "".join(f"{quad.triple} .\n" for quad in _parsed(documents, base))
    name = f"GRAPH <{graph}>" if graph else "DEFAULT"
    create = f"CREATE SILENT {name} ;\n" if graph else ""
    data = f"GRAPH <{graph}> {{\n{triples}}}" if graph else triples
    _applied(store, f"DROP SILENT {name} ;\n{create}INSERT DATA {{\n{data}\n}}")
    return 204 if existed else 201


def graph_post(store: ox.Store, graphs: tuple[str, ...], documents: list[tuple[bytes, str]], base: str) -> int:
    """Add statements to a graph, all of them or none (parameters and result: see `graph_put`)."""
    graph = _meant(store, graphs)
    existed = not graph or store.contains_named_graph(ox.NamedNode(graph))
    name = ox.NamedNode(graph) if graph else ox.DefaultGraph()
    quads = [ox.Quad(q.subject, q.predicate, q.object, name) for q in _parsed(documents, base)]
    if graph and not existed:
        store.add_graph(ox.NamedNode(graph))
    store.extend(quads)
    return 204 if existed else 201


def graph_deleted(store: ox.Store, graphs: tuple[str, ...]) -> int:
    """Remove a graph (the one without a name is emptied). Returns 204.

    Raises
    ------
    Refused
        404 when it is not there.
    """
    graph = _meant(store, graphs)
    if graph and not store.contains_named_graph(ox.NamedNode(graph)):
        raise Refused(404, f"there is no graph <{graph}>", "the service description at /sparql lists the graphs")
    _applied(store, f"DROP GRAPH <{graph}>" if graph else "DROP DEFAULT")
    return 204


def _meant(store: ox.Store, graphs: tuple[str, ...]) -> str:
    for graph in graphs:
        try:
            if store.contains_named_graph(ox.NamedNode(graph)):
                return graph
        except ValueError as error:
            raise Refused(400, f"<{graph}> is no IRI", "give the whole address of a graph") from error
    return graphs[-1] if graphs else ""


def _parsed(documents: list[tuple[bytes, str]], base: str) -> list[ox.Quad]:
    quads: list[ox.Quad] = []
    for content, form in documents:
        try:
            quads += ox.parse(
                content, GRAPH_FORMS[form], base_iri=base or BASE, without_named_graphs=True, rename_blank_nodes=True
            )
        except (SyntaxError, ValueError) as error:
            raise Refused(
                400, f"the document cannot be read as {form}: {error}", "correct it; nothing was written"
            ) from error
    return quads


def _applied(store: ox.Store, text: str) -> None:
    try:
        store.update(text)
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        raise Refused(
            500, f"the store could not be written: {error}", "see that there is space, and try again"
        ) from error
