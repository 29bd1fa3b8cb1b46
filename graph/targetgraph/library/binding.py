"""Terms put in the place of variables.

Every occurrence of the variable token is replaced, whichever group it stands in; so a parameter means the
same in every scope and on every engine. The reasons, and what was wrong with the other ways, are in
``queries/README.md``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from targetgraph.errors import QueryError
from targetgraph.library.structure import Role, Select, Site, Structure
from targetgraph.library.terms import Term, written
from targetgraph.library.tokens import Token, position


def bound_text(tokens: Sequence[Token], shape: Structure, terms: Mapping[str, Term], source: str = "the query") -> str:
    """The text of the query with each variable named in ``terms`` replaced by its term.

    Raises
    ------
    QueryError
        where the query assigns one of these variables, or projects ``*`` at the outermost level.
    """
    taken = {site.name for site in shape.sites}
    aliases: dict[tuple[int, str], str] = {}
    texts = [token.text for token in tokens]
    for site in shape.sites:
        if site.name in terms:
            if site.role is Role.ASSIGNED:
                raise _assigned(tokens, site, source)
            replacement = _replacement(site, written(terms[site.name]), aliases, taken)
            texts[site.index] = _apart(tokens, site.index, replacement)
            if site.role is Role.BOUND:  # BOUND takes nothing but a variable: leave "(true)"
                texts[_previous_word(tokens, site.index)] = ""
    return "".join(texts)


def _replacement(site: Site, term: str, aliases: dict[tuple[int, str], str], taken: set[str]) -> str:
    if site.role is Role.BOUND:
        return "true"
    if site.role is Role.ORDERED:
        return f"({term})"
    if site.role is Role.GROUPED:
        return f"({term} AS ?{_alias(site, aliases, taken)})"
    if site.role is Role.PROJECTED and site.select is not None:
        alias = _alias(site, aliases, taken)
        # a grouped variable gets its alias in GROUP BY: rdflib cannot group by an unnamed expression
        return f"?{alias}" if site.name in site.select.grouped else f"({term} AS ?{alias})"
    return term


def _apart(tokens: Sequence[Token], index: int, text: str) -> str:
    """The text with spaces where another token would touch it: ``?x<?p`` must not become ``?x<<``."""
    before = tokens[index - 1] if index else None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    left = "" if before is None or before.silent or before.text in "({" else " "
    right = "" if after is None or after.silent or after.text in ")}" else " "
    return left + text + right


def _previous_word(tokens: Sequence[Token], index: int) -> int:
    return next(i for i in range(index - 1, -1, -1) if tokens[i].kind == "word")


def _alias(site: Site, aliases: dict[tuple[int, str], str], taken: set[str]) -> str:
    """The name under which a SELECT gives the parameter out: its own if outermost, else one used nowhere."""
    select: Select | None = site.select
    if select is None or select.outermost:
        return site.name
    key = (id(select), site.name)
    if key not in aliases:
        number = 1
        while f"{site.name}_{number}" in taken:
            number += 1
        aliases[key] = f"{site.name}_{number}"
        taken.add(aliases[key])
    return aliases[key]


def _assigned(tokens: Sequence[Token], site: Site, source: str) -> QueryError:
    text = "".join(t.text for t in tokens[: site.index])
    line, column = position(text, len(text))
    return QueryError(
        f"line {line}, column {column}: the query gives ?{site.name} a value, but it is a parameter",
        source,
        "use another variable there (AS ?other, VALUES ?other)",
    )
