"""The network as a picture."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from targetgraph.analysis.coded_network import NODE_KINDS
from targetgraph.analysis.columnar import Array
from targetgraph.analysis.network import OBJECTIVE, TARGET
from targetgraph.analysis.states import State
from targetgraph.views.explorer.names import Label
from targetgraph.views.explorer.network import Placed
from targetgraph.views.explorer.pictures import drawing as draw

_MARGIN = 70.0
_LABELLED = 400
_FORMS = {
    "sector": "M-9 -9h18v18h-18z",
    "stage": "M0 -11L11 0 0 11 -11 0z",
    "goal": "M0 -11L10 7-10 7z",
    "indicator": "M0 11L10 -7-10 -7z",
}


def network_picture(placed: Placed, seen: Array, without: list[int], title: str, name: Callable[[int], Label]) -> str:
    """Draw the nodes that are seen, and the edges between them.

    Parameters
    ----------
    seen : bool, shape (nodes,).
    without : numbers of dimensions whose edges are left out.
    name : what a node is called.
    """
    network, numbers = placed.network, np.flatnonzero(seen)
    points = placed.points[numbers] if len(numbers) else np.zeros((1, 2))
    low, high = points.min(axis=0) - _MARGIN, points.max(axis=0) + _MARGIN
    places = placed.points - low
    there = seen[network.source] & seen[network.goal] & ~np.isin(network.dimension, without)
    parts = [
        f'<rect class="ground" width="{high[0] - low[0]:.0f}" height="{high[1] - low[1]:.0f}" fill="{draw.GROUND}"/>'
    ]
    for basis, (colour, dashes) in enumerate((("#5f7f9b", ""), ("#9db4c7", "4 3"), ("#9db4c7", "4 3"))):
        mine = np.flatnonzero(there & (network.basis == basis))
        ways = [
            f"M{places[a, 0]:.0f} {places[a, 1]:.0f}L{places[b, 0]:.0f} {places[b, 1]:.0f}"
            for a, b in zip(network.source[mine].tolist(), network.goal[mine].tolist(), strict=True)
        ]
        if ways:
            more = f' stroke-dasharray="{dashes}"' if dashes else ""
            parts.append(
                f'<path fill="none" stroke="{colour}" stroke-width="0.8" opacity="0.55"{more} d="{"".join(ways)}"/>'
            )
    for n in numbers.tolist():
        parts.append(_node(placed, n, places[n, 0], places[n, 1], name(n), len(numbers) <= _LABELLED))
    return draw.picture(float(high[0] - low[0]), float(high[1] - low[1]), title, parts)


def _node(placed: Placed, node: int, x: float, y: float, label: Label, labelled: bool) -> str:
    network, state = placed.network, placed.state(node)
    kind = NODE_KINDS[int(network.kind[node])]
    dress = draw.DRESSES[state]
    if kind == TARGET and state <= State.THIN:
        dress = draw.Dress("#08426f", "#ffffff", "#08426f")
    dashes = f' stroke-dasharray="{dress.dashes}"' if dress.dashes else ""
    look = f'fill="{dress.ground}" stroke="{dress.line}" stroke-width="1.3"{dashes}'
    if kind in (TARGET, OBJECTIVE):
        form = f'<rect x="{x - 20:.1f}" y="{y - 12:.1f}" width="40" height="24" rx="{2 if kind == TARGET else 12}" {look}/>'
    elif kind in _FORMS:
        form = f'<path transform="translate({x:.1f} {y:.1f})" d="{_FORMS[kind]}" {look}/>'
    else:
        form = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9" {look}/>'
    if kind in (TARGET, OBJECTIVE):
        return form + draw.text(x, y + 4, network.code[node], size=11, fill=dress.ink, anchor="middle", weight=600)
    sign = draw.text(x, y + 4, state.symbol, size=10, fill=dress.ink, anchor="middle") if state >= State.IMPLIED else ""
    said = (
        draw.text(x, y + 21, Label(draw.fitted(label.text, 110, 9), label.language), size=9, anchor="middle")
        if labelled
        else ""
    )
    return form + sign + said
