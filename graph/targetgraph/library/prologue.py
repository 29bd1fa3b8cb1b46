"""The prologue of a query: which prefixes it uses, and the declarations of those it does not make itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from targetgraph.errors import QueryError
from targetgraph.library.suggestions import did_you_mean
from targetgraph.library.tokens import Token, position


def declared_prefixes(tokens: Iterable[Token]) -> dict[str, str]:
    """Prefixes a query declares itself, with their namespaces as written."""
    declared: dict[str, str] = {}
    loud = [t for t in tokens if not t.silent]
    for i, token in enumerate(loud[:-2]):
        if token.keyword == "PREFIX" and loud[i + 1].kind == "name" and loud[i + 2].kind == "iri":
            declared[loud[i + 1].text.rstrip(":")] = loud[i + 2].text[1:-1]
    return declared


def missing_prefixes(
    tokens: Sequence[Token], known: Mapping[str, str], text: str = "", source: str = "the query"
) -> dict[str, str]:
    """Prefixes that a query uses and does not declare, with the namespaces we know for them, sorted.

    Raises
    ------
    QueryError
        for a prefix that neither the query nor we know.
    """
    declared = declared_prefixes(tokens)
    missing: dict[str, str] = {}
    for token in tokens:
        if token.kind != "name":
            continue
        prefix = token.text.split(":", 1)[0]
        if prefix in declared or prefix in missing:
            continue
        if prefix not in known:
            line, column = position(text, token.start)
            raise QueryError(
                f"line {line}, column {column}: the prefix {prefix + ':'!r} is not declared",
                source,
                did_you_mean(prefix, known, "declare it with PREFIX, or use one of: {all}"),
            )
        missing[prefix] = known[prefix]
    return dict(sorted(missing.items()))


def declarations(prefixes: Mapping[str, str]) -> str:
    """``PREFIX`` lines, one a prefix, each ended by a line feed."""
    return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in prefixes.items())
