"""Pictures, and the network behind one of them."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from targetgraph.api.result import Result
from targetgraph.store.durable import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from targetgraph.analysis.network import Network as Drawn
    from targetgraph.analysis.network import Structure as Measures


class Picture:
    """A self-contained page: it works offline, asks nobody for anything, and is shown in notebooks in a frame of its own."""

    def __init__(self, html: str, title: str) -> None:
        self._html, self._title = html, title

    @property
    def title(self) -> str:
        """What it shows."""
        return self._title

    @property
    def html(self) -> str:
        """The whole page."""
        return self._html

    def save(self, path: str | Path) -> Path:
        """Write the page to a file, whole or not at all, and return its path.

        Raises
        ------
        TargetGraphError : the file cannot be written.
        """
        write_whole(Path(path), self._html.encode(), "give another path")
        return Path(path)

    def show(self, height: int = 720) -> Frame:
        """The same at another height, in CSS pixels, for notebooks."""
        return Frame(self, height)

    def __repr__(self) -> str:
        return f"<Picture: {self._title}, {len(self._html) / 1000:,.0f} kB>"

    def _repr_html_(self) -> str:
        return self.show()._repr_html_()


class Frame:
    """A picture as a notebook shows it, at a height of one's own."""

    def __init__(self, picture: Picture, height: int) -> None:
        self._picture, self._height = picture, height

    def __repr__(self) -> str:
        return repr(self._picture)

    def _repr_html_(self) -> str:
        from targetgraph.views.fragments.frame import framed

        return framed(self._picture.html, self._picture.title, self._height)


class Network(Result):
    """A framework as a network: targets, and what they are tied to. Notebooks show it as the interactive picture."""

    def __init__(self, drawn: Drawn, draw: Callable[[], Picture]) -> None:
        self._drawn, self._draw = drawn, draw

    @cached_property
    def picture(self) -> Picture:
        """The network as a page to explore."""
        return self._draw()

    def to_networkx(self) -> Drawn:
        """A networkx ``MultiDiGraph`` of one's own, with plain attributes, fit for any writer of networkx.

        Returns
        -------
        Nodes are IRIs with ``kind`` (target, objective, actor, sector, stage, goal, indicator), ``code``, ``label``, ``state``,
        ``umbrella``, ``recalled``, ``summary``, ``gaps`` (how many) and for targets ``state_<dimension>``. Edges are keyed by
        the IRI of the link, with ``relation``, ``basis``, ``role``, ``confidence``, ``verification``, ``contingent``,
        ``stale``, ``rationale``, ``quote``, ``dimension`` and, where a narrower concept was rolled up, ``concept`` and
        ``concept_label``.
        """
        import networkx as nx

        copy: Drawn = nx.MultiDiGraph(**self._drawn.graph)
        for node, data in self._drawn.nodes(data=True):
            states = {f"state_{code}": state.word for code, state in data["states"].items()}
            kept = {k: v for k, v in data.items() if k not in ("states", "state", "gaps")}
            copy.add_node(node, **kept, state=data["state"].word, gaps=len(data["gaps"]), **states)
        for start, end, key, data in self._drawn.edges(keys=True, data=True):
            copy.add_edge(start, end, key=key, **{k: v for k, v in data.items() if k != "number"})
        return copy

    @cached_property
    def measures(self) -> Measures:
        """Numbers of its shape: ``nodes``, ``edges``, ``degree``, ``betweenness`` (Freeman 1977, normalised to 0 to 1),
        ``components``, ``isolated``, ``cut_nodes`` (articulation points), parallel links counted once except in the degree.
        """
        from targetgraph.analysis.network import structure

        return structure(self._drawn)

    def to_dict(self) -> dict[str, Any]:
        """Nodes and links as plain values, as networkx' ``node_link_data`` gives them."""
        import networkx as nx

        found: dict[str, Any] = nx.node_link_data(self.to_networkx(), edges="links")
        return found

    def __str__(self) -> str:
        kinds: dict[str, int] = {}
        for _, data in self._drawn.nodes(data=True):
            kinds[data["kind"]] = kinds.get(data["kind"], 0) + 1
        told = ", ".join(f"{number} of kind {kind}" for kind, number in kinds.items())
        return f"{self._summary()}\nnodes: {told}"

    def _summary(self) -> str:
        return (
            f"{self._drawn.graph['label']}: {self._drawn.number_of_nodes()} nodes, "
            f"{self._drawn.number_of_edges()} edges, data version {self._drawn.graph['version']}"
        )

    def _repr_html_(self) -> str:
        return self.picture._repr_html_()
