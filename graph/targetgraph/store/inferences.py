"""What reasoners inferred for a version, kept beside its store: seen by queries that name its graph, and by no other.

::

    versions/<version>/inferred/hermit.nq   what HermiT inferred, one file a reasoner, sorted
    versions/<version>/inferred/oxigraph/   a store of everything: the version's statements, its gaps, and these

The store that everything else reads does not hold the inferences at all: no query without their name, no count and no gap
can come to see them, and nothing is slower for their being there. A query that names such a graph (an IRI in it, wherever it
stands, or the protocol's ``named-graph-uri``) is put to the second store, with this dataset: its default graph is what it
is for every other query; its named graphs are those of every other query, and the inferences that it names. ``FROM`` chooses
as always.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyoxigraph as ox

from targetgraph import iris
from targetgraph.errors import QueryError, StoreError
from targetgraph.store.limits import named_iris

FOLDER: Final = "inferred"
_STORE: Final = "oxigraph"


def graph_name(engine: str) -> str:
    """The named graph for what an engine infers, ``…/graph/inferred/hermit``."""
    return iris.graph(FOLDER, engine)


class Dataset(NamedTuple):
    """A dataset to evaluate a query over: IRIs of the graphs that its default graph is made of, and of its named graphs.

    Parameters
    ----------
    default : IRIs; ``""`` is the graph without a name.
    named : IRIs.
    """

    default: tuple[str, ...]
    named: tuple[str, ...]

    def arguments(self) -> dict[str, Any]:
        """The same for the engine."""
        default = [ox.NamedNode(iri) if iri else ox.DefaultGraph() for iri in self.default]
        return {"default_graph": default, "named_graphs": [ox.NamedNode(iri) for iri in self.named]}


class KeptInferences:
    """The inferences kept for a version. Find them with `beside`."""

    def __init__(self, folder: Path, names: Sequence[str]) -> None:
        self.folder, self.names = folder, tuple(names)

    @classmethod
    def beside(cls, oxigraph: Path) -> KeptInferences | None:
        """Those kept beside the ``oxigraph`` folder of a version; None where there are none."""
        folder = oxigraph.parent / FOLDER
        names = sorted(graph_name(file.stem) for file in folder.glob("*.nq"))
        return cls(folder, names) if names and (folder / _STORE).is_dir() else None

    @property
    def oxigraph(self) -> Path:
        """Folder of the store that holds everything."""
        return self.folder / _STORE

    @cached_property
    def store(self) -> ox.Store:
        """That store, opened for reading when first needed.

        Raises
        ------
        StoreError
            when it is damaged.
        """
        try:
            return ox.Store.read_only(str(self.oxigraph))
        except (OSError, RuntimeError, ValueError) as error:
            what = f"the inferences kept here cannot be read: {error}"
            raise StoreError(what, str(self.folder), "run `targetgraph reason --keep` again") from error

    def named_in(self, text: str, base: str = "") -> tuple[str, ...]:
        """The graphs of inferences that a query names; none where it cannot be read.

        Parameters
        ----------
        base : what a relative IRI is relative to, if the query has no ``BASE``.
        """
        try:
            found = named_iris(text, base)
        except QueryError:  # whoever answers it says what is wrong
            return ()
        return tuple(name for name in self.names if name in found)

    def dataset(self, named: Collection[str], union: bool = True) -> Dataset:
        """The dataset of a query that names some of the graphs and chooses no dataset itself.

        Parameters
        ----------
        union : the default graph is the union of the graphs of every other query; otherwise the one without a name.
        """
        others = [g.value for g in self.store.named_graphs() if isinstance(g, ox.NamedNode)]
        others = sorted(name for name in others if name not in self.names)
        return Dataset(("", *others) if union else ("",), (*others, *sorted(named)))
