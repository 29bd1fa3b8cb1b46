"""What is supposed otherwise than it is, as keywords of Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from targetgraph.analysis.scenarios import Addition, Dating, Scenario

Names = str | Iterable[str]


def scenario_of(
    text: str = "",
    *,
    without: Names = (),
    without_links: Names = (),
    without_basis: Names = (),
    without_status: Names = (),
    min_confidence: float = 0.0,
    only_sources: Names = (),
    brackets: str = "as-is",
    umbrella: str = "as-is",
    as_named: Names = (),
    add: Names = (),
    date: Mapping[str, int | None] | None = None,
    hedges: str = "as-is",
) -> Scenario:
    """A scenario from keywords, joined with one in its text form (meanings: see :meth:`Framework.simulate`).

    Raises
    ------
    TargetGraphError : a value is unknown, or two parts contradict each other.
    """
    return Scenario(
        without=_set(without),
        without_links=_set(without_links),
        without_basis=_set(without_basis),
        without_status=_set(without_status),
        min_confidence=min_confidence,
        only_sources=_set(only_sources),
        brackets=brackets,
        umbrella=umbrella,
        as_named=_set(as_named),
        add=frozenset(Addition.parse(a) for a in _set(add)),
        date=frozenset(Dating(target, year or 0) for target, year in (date or {}).items()),
        hedges=hedges,
    ).joined(Scenario.parse(text))


def _set(names: Names) -> frozenset[str]:
    return frozenset([names] if isinstance(names, str) else names)


def listed(names: Names) -> tuple[str, ...]:
    """One name, or several, as a tuple."""
    return (names,) if isinstance(names, str) else tuple(names)
