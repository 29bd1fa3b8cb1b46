"""What is called something like this: results of a search over all names in all languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from targetgraph.analysis.description.name_index import KINDS, Found
from targetgraph.views.explorer.frame import Frame, render
from targetgraph.views.explorer.names import Label
from targetgraph.views.explorer.urls import Urls

SHOWN = 100
SUGGESTED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A thing that was found.

    Parameters
    ----------
    name : in the language of the labels.
    matched : the name that was found, where it is another.
    code : short code, as ``A1``.
    sentence : of a gap, which is told in the language of the interface.
    """

    iri: str
    kind: str
    name: Label
    matched: Label | None
    code: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """What the page shows.

    Parameters
    ----------
    q : what was asked for; empty before anything is.
    kind : only this kind; empty for all.
    kinds : how many results there are of each kind.
    results : as many as are shown, best first; ``found`` is how many there are.
    partial : whether the graph has more names than were searched.
    """

    q: str
    kind: str
    kinds: tuple[tuple[str, int], ...]
    results: tuple[Result, ...]
    found: int
    partial: bool


def counted_by_kind(found: Sequence[Found]) -> tuple[tuple[str, int], ...]:
    """How many there are of each kind, in the order of `KINDS`."""
    return tuple((kind, n) for kind in KINDS if (n := sum(f.kind == kind for f in found)))


def search_page(frame: Frame, view: SearchView) -> str:
    """The page."""
    return render(frame, view)


def suggestions(results: Sequence[Result], urls: Urls, frame: Frame) -> list[dict[str, Any]]:
    """Results as the script of the search field takes them."""
    return [
        {
            "text": r.name.text,
            "lang": r.name.language,
            "dir": r.name.direction,
            "code": r.code,
            "matched": r.matched.text if r.matched else "",
            "kind": str(frame.words(f"kind_{r.kind}")),
            "href": urls.thing(r.iri),
        }
        for r in results
    ]
