"""Which named graphs an export holds: everything, or those somebody trusts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from targetgraph import iris
from targetgraph.errors import TargetGraphError
from targetgraph.library.suggestions import did_you_mean

ASSERTED: Final = "asserted"
_OF_KIND: Final = {name: iris.graph(name) for name in ("mapped", "inferred", "computed")}
KINDS: Final = (ASSERTED, *_OF_KIND)
"""Kinds of statement: what tables say; matches to datasets of others; what follows by rule; the gaps that were found."""


def chosen_graphs(wanted: Sequence[str], there: Iterable[str]) -> tuple[str, ...]:
    """IRIs of the named graphs that a choice means, sorted; empty for everything.

    Parameters
    ----------
    wanted : kinds (`KINDS`), IRIs, or the end of an IRI of ours such as ``framework/gfc``; nothing for everything.
    there : IRIs of the graphs there are.

    Raises
    ------
    TargetGraphError
        when a choice means no graph there is.
    """
    known = sorted(there)
    chosen: set[str] = set()
    for name in wanted:
        if name == ASSERTED:
            found = [g for g in known if g not in _OF_KIND.values()]
        else:
            iri = _OF_KIND.get(name) or (name if ":" in name else iris.graph(*name.strip("/").split("/")))
            found = [iri] if iri in known else []
        if not found:
            names = [*KINDS, *(g.removeprefix(iris.graph("")) for g in known)]
            raise TargetGraphError(
                f"there is no graph {name!r}", "--graph", did_you_mean(name, names, "the graphs are: {all}")
            )
        chosen.update(found)
    return tuple(sorted(chosen))
