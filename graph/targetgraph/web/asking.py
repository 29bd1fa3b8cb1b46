"""Questions of the package itself, asked from a thread of a front and answered by its query processes."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from targetgraph.errors import StoreError
from targetgraph.library.terms import RDF_LANG_STRING, XSD_STRING, BlankNode, Iri, Literal, Term
from targetgraph.store.limits import DEFAULT_LIMITS, Limits
from targetgraph.store.results import Solutions
from targetgraph.web.answers import Answer
from targetgraph.web.context import WebContext


class PoolAsker:
    """Asks SELECTs of the pool of a context, from another thread than that of its event loop.

    So they keep to the limits of the server and see what its endpoint sees.

    Parameters
    ----------
    context, loop : of the front.
    """

    def __init__(self, context: WebContext, loop: asyncio.AbstractEventLoop) -> None:
        self._context, self._loop = context, loop

    def select(self, text: str, limits: Limits | None = DEFAULT_LIMITS) -> Solutions:
        """Answer a SELECT; the limits are those of the server, whatever is given.

        Raises
        ------
        StoreError
            when it could not be answered, with what the pool says.
        """
        answer = self.answered(text)
        if answer.status != 200:
            said = answer.body.decode(errors="replace").strip()
            raise StoreError(f"the page could not be made: {said}", "", "try again in a moment")
        return solutions(answer.body, bool(answer.header(b"targetgraph-truncated")))

    def answered(self, text: str) -> Answer:
        """The answer to a query of any form: JSON for tables, Turtle for graphs, or what is wrong with it (it never raises)."""
        asked = self._context.ask(text, forms=("json", "turtle"), union=True)
        return asyncio.run_coroutine_threadsafe(asked, self._loop).result()


def solutions(body: bytes, truncated: bool = False) -> Solutions:
    """A table in SPARQL 1.1 Query Results JSON Format (W3C Recommendation of 21 March 2013)."""
    document = json.loads(body)
    variables = tuple(document["head"]["vars"])
    rows = tuple(tuple(_term(row.get(v)) for v in variables) for row in document["results"]["bindings"])
    return Solutions(variables, rows, truncated)


def _term(written: dict[str, Any] | None) -> Term | None:
    if written is None:
        return None
    kind, value = written["type"], written["value"]
    if kind == "uri":
        return Iri(value)
    if kind == "bnode":
        return BlankNode(value)
    language = written.get("xml:lang", "").lower()
    if language:
        return Literal(value, RDF_LANG_STRING, language)
    return Literal(value, written.get("datatype", XSD_STRING))
