"""Look-ups: queries of one triple pattern, answered where they arrive and not by a process of their own.

A query process costs two messages and two changes of context, more than the look-up itself. What is answered here
cannot run away: one pattern that an index finds at once (its subject is given, or its property and value), no variable twice,
nothing that passes matches over without writing them (no FILTER, no OFFSET), and an end as soon as so many bytes are
written. Whatever is larger, or wrong, is left to a query process.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from targetgraph.errors import StoreError
from targetgraph.store.documents import Refused
from targetgraph.store.protocol_answers import Asked, answered

if TYPE_CHECKING:
    import pyoxigraph as ox

MOST_CHARACTERS: Final = 600
MOST_BYTES: Final = 64 * 1024

# Possessive throughout: the expression never goes back, so its time is linear in the query.
_SPACE: Final = r"[ \t\r\n]"
_IRI: Final = r"<[^<>\"{}|^`\\\x00-\x20]*+>"
_NAME: Final = r"(?:[A-Za-z][A-Za-z0-9_-]*+)?+:[A-Za-z0-9_][A-Za-z0-9_-]*+"
_THING: Final = rf"(?:{_IRI}|{_NAME})"
_VARIABLE: Final = r"\?[A-Za-z_][A-Za-z0-9_]*+"
_PROPERTY: Final = rf"(?:{_THING}|a(?={_SPACE}))"
_TEXT: Final = r"\"[^\"\\\r\n]*+\"(?:@[A-Za-z]++(?:-[A-Za-z0-9]++)*+)?+"
_S: Final = rf"{_SPACE}*+"
_S1: Final = rf"{_SPACE}++"
_PATTERN: Final = re.compile(
    rf"{_S}(?:(?i:PREFIX){_S1}(?:[A-Za-z][A-Za-z0-9_-]*+)?+:{_S}{_IRI}{_S})*+"
    rf"(?:(?i:SELECT){_S1}(?:\*{_S}|(?:{_VARIABLE}{_S})++)(?:(?i:WHERE){_S})?+|(?i:ASK){_S}(?:(?i:WHERE){_S})?+)"
    rf"\{{{_S}"
    rf"(?:{_THING}{_S1}(?:(?P<property>{_VARIABLE})|{_PROPERTY}){_S1}(?:(?P<value>{_VARIABLE})|{_THING}|{_TEXT})"
    rf"|{_VARIABLE}{_S1}{_PROPERTY}{_S1}(?:{_THING}|{_TEXT}))"
    rf"{_S}(?:\.{_S})?+\}}{_S}(?:(?i:LIMIT){_S1}[0-9]++{_S})?+(?:\#[^\r\n]*+{_S})?+"
)


def is_lookup(text: str) -> bool:
    """Whether a query is one that cannot run away.

    >>> is_lookup("SELECT ?p ?o { <https://w3id.org/targetgraph/gfc/target/A1> ?p ?o }")
    True
    >>> is_lookup("SELECT * { ?s ?p ?o }") or is_lookup("SELECT * { <x:y> ?p ?o FILTER(?o > 1) }")
    False
    """
    if len(text) > MOST_CHARACTERS:
        return False
    match = _PATTERN.fullmatch(text)
    return match is not None and (match["value"] is None or match["property"] != match["value"])


class LookupStore:
    """A store opened for look-ups alone. Make one with `open`."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    @classmethod
    def open(cls, path: Path, resident: int = 0) -> LookupStore:
        """Open the Oxigraph store in a folder for reading.

        Parameters
        ----------
        resident : see `targetgraph.store.resident.opened`.

        Raises
        ------
        StoreError
            when it cannot be opened.
        """
        from targetgraph.store.resident import opened

        try:
            return cls(opened(path, resident))
        except (OSError, RuntimeError, ValueError) as error:
            raise StoreError(f"the store cannot be opened: {error}", str(path), "run `targetgraph build`") from error

    def replied(self, asked: Asked) -> tuple[Any, ...] | None:
        """The answer to a look-up (see `targetgraph.store.protocol_answers.replied`); None where it is not for here to give.

        Parameters
        ----------
        asked : its text is one of which `is_lookup` says yes.
        """
        if asked.bytes is None or asked.bytes > MOST_BYTES:
            asked = asked._replace(bytes=MOST_BYTES)
        try:
            body = answered(self._store, asked)
        except Refused:
            return None
        return (200, *(body.compressed() if asked.gzip else body))
