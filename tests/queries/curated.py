"""The curated tables, read with nothing but the csv module: the independent path to what a query should answer."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache

from targetgraph import resources

Row = dict[str, str]

ACTING = ("responsible", "provider")


@cache
def table(name: str) -> tuple[Row, ...]:
    """Rows of a table such as ``gfc/links``."""
    with (resources.tables() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def targets(framework: str = "gfc") -> dict[str, Row]:
    """Targets by number."""
    return {row["id"]: row for row in table(f"{framework}/targets")}


def in_brackets(row: Row) -> bool:
    """Whether a link rests on words in brackets."""
    return row["rests_on"].startswith("bracket")


def links(dimension: str, basis: str = "", framework: str = "gfc", acting: bool = False) -> list[tuple[str, str]]:
    """Pairs of target and concept.

    Parameters
    ----------
    dimension : ``actor``, ``sector``, ``stage``, ``sdg``, ``indicator`` or ``issue``.
    basis : ``named`` (then without words in brackets), ``implied``, ``judged``, or anything.
    acting : only actors that have to act or to give.
    """
    return [
        (row["target"], row["concept"])
        for row in table(f"{framework}/links")
        if row["dimension"] == dimension
        and basis in ("", row["basis"])
        and not (basis == "named" and in_brackets(row))
        and (not acting or row["role"] in ACTING)
    ]


class Grouped(dict[str, set[str]]):
    """Sets by key; a key that is not there gives the empty set and stays absent."""

    def __missing__(self, key: str) -> set[str]:
        return set()


def by_target(pairs: Iterable[tuple[str, str]]) -> Grouped:
    """Concepts by target."""
    found = Grouped()
    for target, concept in pairs:
        found.setdefault(target, set()).add(concept)
    return found


def by_concept(pairs: Iterable[tuple[str, str]]) -> Grouped:
    """Targets by concept."""
    return by_target((concept, target) for target, concept in pairs)


def umbrellas(vocabulary: str) -> set[str]:
    """Catch-alls of ``actors``, ``sectors`` or ``stages``."""
    return {row["id"] for row in table(vocabulary) if row["umbrella"] == "yes"}


def upward(vocabulary: str, concept: str) -> set[str]:
    """The concept and everything above it."""
    broader = {row["id"]: row["broader"] for row in table(vocabulary)}
    found = set()
    while concept:
        found.add(concept)
        concept = broader[concept]
    return found


def rolled_up(vocabulary: str, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Every pair, and the pairs with what lies above its concept."""
    return [(target, above) for target, concept in pairs for above in upward(vocabulary, concept)]


def caught(vocabulary: str, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Pairs with all that lies below the catch-alls among the concepts."""
    catch_alls = umbrellas(vocabulary)
    return [
        (target, row["id"])
        for target, concept in pairs
        if concept in catch_alls
        for row in table(vocabulary)
        if concept in upward(vocabulary, row["id"])
    ]


def deadline(target: str) -> int | None:
    """The year a target of the framework is due."""
    year = targets()[target]["deadline"]
    return int(year) if year.isdigit() else None
