"""The current version of a store as files for others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from targetgraph.analysis.gaps.history import read_history
from targetgraph.errors import TargetGraphError
from targetgraph.pipeline.opening import HISTORY
from targetgraph.publish.exports.delivery import Delivered, deliver_all, deliver_file
from targetgraph.publish.exports.dumps import DUMPS
from targetgraph.publish.exports.products import (
    NAMES,
    OF_EVERYTHING,
    OF_ONE_FRAMEWORK,
    Product,
    of_format,
    products,
)
from targetgraph.publish.exports.selection import chosen_graphs
from targetgraph.publish.exports.source import Source
from targetgraph.store import StoreFolder, Version
from targetgraph.store.layout import DEFAULT_FOLDER

ALL = "all"
FORMATS = (*NAMES, ALL)
_DEFAULT = "gfc"


def source_of(version: Version) -> Source:
    """A published version as what exports are written from."""
    return Source(version, read_history(version.path / HISTORY))


def open_source(store: Path | None = None) -> Source:
    """The current version of a store as what exports are written from.

    Raises
    ------
    StoreError : nothing has been built there, or it is damaged.
    """
    return source_of(StoreFolder(store or DEFAULT_FOLDER).current())


def export(
    form: str,
    output: Path,
    store: Path | None = None,
    framework: str = "",
    graphs: Sequence[str] = (),
    *,
    inline_context: bool = False,
    gzip: bool = False,
    progress: Callable[[str], None] | None = None,
) -> list[Delivered]:
    """Write the graph in a format, or in all.

    Parameters
    ----------
    form : one of `FORMATS`.
    output : a file; a folder for ``csvw`` (unless it ends in ``.zip``) and for ``all``.
    framework : code of a framework; without it, files of one framework are about ``gfc``, others about everything.
    graphs : which named graphs dumps hold (see `targetgraph.publish.exports.selection`); everything by default.
    inline_context : write the JSON-LD context into documents.
    gzip : with ``all``, compress the dumps.

    Returns
    -------
    For ``all`` what was written; otherwise nothing.

    Raises
    ------
    TargetGraphError : an unknown format, framework or graph, a choice the format has no use for, or the output cannot be
        written.
    StoreError : nothing has been built there, or it is damaged.
    """
    source = open_source(store)
    chosen = chosen_graphs(graphs, source.graph_names) if graphs else ()
    if form == ALL:
        return deliver_all(source, products(source, chosen, framework, inline_context), output, gzip, progress)
    if form in OF_ONE_FRAMEWORK:
        framework = framework or _DEFAULT
    _refuse_useless(form, framework, chosen)
    found = of_format(products(source, chosen, framework, inline_context), form)
    deliver_file(_one(found, output), output)
    return []


def _refuse_useless(form: str, framework: str, graphs: Sequence[str]) -> None:
    if graphs and form not in DUMPS:
        raise TargetGraphError(f"{form} does not choose among graphs", "--graph", "leave --graph out, or export a dump")
    if framework and form not in (*DUMPS, *OF_ONE_FRAMEWORK):
        raise TargetGraphError(f"{form} holds all frameworks", "--framework", "leave --framework out")


def _one(found: list[Product], output: Path) -> Product:
    """The tables as a folder, or in an archive where the name of the output asks for one."""
    return next((p for p in found if output.suffix == ".zip" and p.name.endswith(".zip")), found[0])


__all__ = ["ALL", "FORMATS", "OF_EVERYTHING", "OF_ONE_FRAMEWORK", "export", "open_source", "source_of"]
