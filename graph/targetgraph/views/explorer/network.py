"""The network: everything and its links, placed beforehand; grown step by step, or cut to a way between two things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from targetgraph.analysis.coded_network import NODE_KINDS, CodedNetwork
from targetgraph.analysis.columnar import Array
from targetgraph.analysis.network import OBJECTIVE, TARGET
from targetgraph.analysis.scenarios import Scenario
from targetgraph.analysis.states import State
from targetgraph.views.evidence import LinkRecord
from targetgraph.views.explorer.frame import Frame, render
from targetgraph.views.explorer.names import Label, sdg

ROWS_SHOWN = 200
LINKS_SHOWN = 80
_NUMBERED = (TARGET, OBJECTIVE, "goal")


@dataclass(frozen=True, eq=False)
class Placed:
    """A network with its places and the names of its nodes in addresses.

    Parameters
    ----------
    points : float64, shape (nodes, 2).
    keys : ``kind:code`` of each node, each once.
    """

    network: CodedNetwork
    points: Array
    keys: tuple[str, ...]
    numbers: dict[str, int]

    @classmethod
    def of(cls, network: CodedNetwork, points: Array) -> Placed:
        """Name the nodes."""
        keys: list[str] = []
        numbers: dict[str, int] = {}
        for n, kind in enumerate(network.kind.tolist()):
            key = f"{NODE_KINDS[kind]}:{network.code[n]}"
            while key in numbers:
                key += "'"
            numbers[key] = n
            keys.append(key)
        return cls(network, points, tuple(keys), numbers)

    def state(self, node: int) -> State:
        """State a node is drawn in: where judgement is all there can be, a judged tie counts as covered."""
        state = State(int(self.network.state[node]))
        judged = NODE_KINDS[int(self.network.kind[node])] in ("goal", "indicator")
        return State.COVERED if judged and state == State.IMPLIED else state


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be seen.

    Parameters
    ----------
    focus, start, end : nodes, -1 for none; a way from ``start`` to ``end``.
    opened : nodes whose neighbours are seen; everything where there is none.
    hidden, without : kinds of nodes and dimensions of edges that are not seen.
    search : words that the list is cut to.
    only : whether only nodes that lack something are seen.
    """

    focus: int = -1
    start: int = -1
    end: int = -1
    opened: tuple[int, ...] = ()
    hidden: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    search: str = ""
    only: bool = False
    scenario: Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A node as the list tells it."""

    key: str
    kind: str
    name: Label
    code: str
    state: State
    degree: int
    recalled: bool
    address: str
    looking: str
    opening: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkView:
    """What the page shows.

    Parameters
    ----------
    wanted : what is to be seen.
    nodes : rows of the list, ``found`` how many there are.
    focus : the node looked at, ``links`` its links of ``of`` altogether.
    way : nodes of the way asked for; empty where there is none.
    shown : numbers of the nodes that are seen, for the script.
    data : places and names, for the script.
    """

    wanted: Wanted
    nodes: tuple[Node, ...]
    found: int
    total: int
    edges: int
    focus: Node | None
    links: tuple[LinkRecord, ...]
    of: int
    way: tuple[Node, ...]
    shown: dict[str, Any]
    data: dict[str, Any] | None
    kinds: tuple[str, ...]
    dimensions: tuple[str, ...]
    start: str
    end: str
    choices: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def visible(placed: Placed, wanted: Wanted) -> tuple[Array, list[int]]:
    """Which nodes are seen, bool, shape (nodes,), and the way asked for."""
    network = placed.network
    seen = np.ones(len(network), dtype=bool)
    hidden = [NODE_KINDS.index(kind) for kind in wanted.hidden]
    allowed = ~np.isin(network.kind, hidden)
    way: list[int] = []
    if wanted.start >= 0 and wanted.end >= 0:
        way = network.path(wanted.start, wanted.end, allowed)
    if wanted.opened:
        seen[:] = False
        for node in wanted.opened:
            seen[node] = True
            seen[network.neighbours(node)] = True
    elif way:
        seen[:] = False
        for node in way:
            seen[node] = True
    seen &= allowed
    if wanted.only:
        lacks = np.array([placed.state(n) >= State.UMBRELLA and not network.umbrella[n] for n in range(len(network))])
        seen &= lacks
    if wanted.search:
        text = wanted.search.casefold()
        seen &= np.array(
            [text in f"{c} {label}".casefold() for c, label in zip(network.code, network.label, strict=True)]
        )
    for node in (wanted.focus, wanted.start, wanted.end, *wanted.opened):
        if node >= 0:
            seen[node] = True
    return seen, way


def network_view(
    frame: Frame, placed: Placed, wanted: Wanted, links: Sequence[LinkRecord], *, whole: bool
) -> NetworkView:
    """Put the page together.

    Parameters
    ----------
    links : of the focus, already cut.
    whole : whether the script needs places and names too.
    """
    network = placed.network
    seen, way = visible(placed, wanted)
    numbers = np.flatnonzero(seen)

    def place(n: int) -> tuple[bool, bool, int, int]:
        return n not in (wanted.focus, *way), placed.state(n) < State.UMBRELLA, -int(network.degree[n]), n

    order = sorted(numbers.tolist(), key=place)
    hidden = [network.dimensions.index(d) for d in wanted.without if d in network.dimensions]
    there = seen[network.source] & seen[network.goal] & ~np.isin(network.dimension, hidden)
    everything = len(numbers) == len(network)
    kinds = tuple(k for n, k in enumerate(NODE_KINDS) if (network.kind == n).any())
    focus = _node(frame, placed, wanted.focus) if wanted.focus >= 0 else None
    return NetworkView(
        wanted=wanted,
        nodes=tuple(_node(frame, placed, n) for n in order[:ROWS_SHOWN]),
        found=len(numbers),
        total=len(network),
        edges=int(there.sum()),
        focus=focus,
        links=tuple(links),
        of=int(network.degree[wanted.focus]) if focus else 0,
        way=tuple(_node(frame, placed, n) for n in way),
        shown={"nodes": None if everything else numbers.tolist(), "way": way, "focus": wanted.focus, "without": hidden},
        data=_data(frame, placed) if whole else None,
        kinds=kinds,
        dimensions=network.dimensions,
        start=placed.keys[wanted.start] if wanted.start >= 0 else "",
        end=placed.keys[wanted.end] if wanted.end >= 0 else "",
        choices=_choices(frame, placed, kinds),
    )


def network_page(frame: Frame, view: NetworkView) -> str:
    """The page."""
    return render(frame, view)


def network_part(frame: Frame, view: NetworkView) -> str:
    """What changes when something else is looked at, for the script of the page."""
    return render(frame, view, "network_part")


def name_of(frame: Frame, network: CodedNetwork, node: int) -> Label:
    """What a node is called."""
    found = frame.names.of(network.iri[node], network.label[node])
    kind = NODE_KINDS[int(network.kind[node])]
    if kind == "goal":
        return sdg(network.code[node], found)
    return Label(f"{network.code[node]} {found.text}", found.language) if kind in _NUMBERED else found


def _node(frame: Frame, placed: Placed, node: int) -> Node:
    network, key = placed.network, placed.keys[node]
    opened = [k for k in frame.state.get("open", ()) if k != key]
    return Node(
        key=key,
        kind=NODE_KINDS[int(network.kind[node])],
        name=name_of(frame, network, node),
        code=network.code[node],
        state=placed.state(node),
        degree=int(network.degree[node]),
        recalled=bool(network.recalled[node]),
        address=frame.urls.thing(network.iri[node]),
        looking=frame.urls.page("network", **{**frame.state, "focus": key}),
        opening=frame.urls.page("network", **{**frame.state, "focus": key, "open": [*opened, key]}),
    )


def _choices(frame: Frame, placed: Placed, kinds: Sequence[str]) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Ends that a way can have; in a large network they are typed, not chosen."""
    if len(placed.keys) > 600:
        return ()
    network = placed.network
    groups: dict[str, list[tuple[str, str]]] = {kind: [] for kind in kinds}
    for n, key in enumerate(placed.keys):
        groups[NODE_KINDS[int(network.kind[n])]].append((key, name_of(frame, network, n).text))
    return tuple((kind, tuple(items)) for kind, items in groups.items())


def _data(frame: Frame, placed: Placed) -> dict[str, Any]:
    """Columns of nodes and edges."""
    network = placed.network
    names = [name_of(frame, network, n).text for n in range(len(network))]
    return {
        "kinds": NODE_KINDS,
        "keys": placed.keys,
        "names": names,
        "codes": [
            (f"SDG {c}" if NODE_KINDS[k] == "goal" else c) if NODE_KINDS[k] in _NUMBERED else ""
            for c, k in zip(network.code, network.kind.tolist(), strict=True)
        ],
        "kind": network.kind.tolist(),
        "x": placed.points[:, 0].tolist(),
        "y": placed.points[:, 1].tolist(),
        "state": [int(placed.state(n)) for n in range(len(network))],
        "degree": network.degree.tolist(),
        "recalled": np.flatnonzero(network.recalled).tolist(),
        "source": network.source.tolist(),
        "goal": network.goal.tolist(),
        "basis": network.basis.tolist(),
        "dimension": network.dimension.tolist(),
    }
