"""``targetgraph view``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from targetgraph.cli import options
from targetgraph.store.remote_address import StorePlace

if TYPE_CHECKING:
    from targetgraph.analysis.coding import CodedGraph
    from targetgraph.analysis.standing import Standing

FOLDER = Path("targetgraph-views")
FILES = {"network": "network.html", "matrix": "matrix.html", "map": "coverage-map.html"}


@click.command("view")
@click.argument("what", type=click.Choice([*FILES, "all"]), default="all", metavar="[network|matrix|map|all]")
@options.framework
@click.option("--rows", default="", help="Rows of the matrix shown first: targets, objectives or a dimension.")
@click.option("--columns", default="", help="Columns of the matrix shown first: a dimension.")
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    help=f"A folder, or for a single page a file that ends in .html.  [default: {FOLDER}]",
)
@click.option("--open", "show", is_flag=True, help="Open the first page in the browser.")
@options.store
def command(
    what: str, framework: str, rows: str, columns: str, output: Path | None, show: bool, store: StorePlace
) -> None:
    """Draw a framework as pages to open in a browser.

    network: everything and its links, to explore. matrix: who, where and when as tables, empty cells marked. map: where
    the holes are, at a glance. Each page is one file that works offline and can be mailed; its path is printed.
    """
    from targetgraph.errors import TargetGraphError
    from targetgraph.pipeline import open_coded_graph

    wanted = list(FILES) if what == "all" else [what]
    if (rows or columns) and "matrix" not in wanted:
        raise TargetGraphError("--rows and --columns belong to the matrix", "", "draw `view matrix` with them")
    paths = _paths(wanted, output)
    graph = open_coded_graph(store)
    from targetgraph.analysis.standing import Standing

    standing = Standing.of(graph, framework)
    draw = _drawers(graph, framework, standing, rows, columns)
    pages = {kind: draw[kind]() for kind in wanted}
    for kind, text in pages.items():
        _write(text, paths[kind])
        click.echo(str(paths[kind]))
    if show:
        click.launch(str(paths[wanted[0]].resolve()))


def _drawers(
    graph: CodedGraph, framework: str, standing: Standing, rows: str, columns: str
) -> dict[str, Callable[[], str]]:
    """What draws each page; its room is entered only when it is asked for."""

    def network() -> str:
        from targetgraph.views.network import network_page

        return network_page(graph, framework, standing)

    def matrix() -> str:
        from targetgraph.views.matrix import matrix_page

        return matrix_page(graph, framework, rows, columns, standing)

    def coverage_map() -> str:
        from targetgraph.views.coverage_map import coverage_map_page

        return coverage_map_page(graph, framework, standing)

    return {"network": network, "matrix": matrix, "map": coverage_map}


def _paths(wanted: list[str], output: Path | None) -> dict[str, Path]:
    """Where each page goes."""
    from targetgraph.errors import TargetGraphError

    if output is not None and output.suffix.lower() in (".html", ".htm") and not output.is_dir():
        if len(wanted) > 1:
            raise TargetGraphError(
                f"there are {len(wanted)} pages and only one file for them",
                str(output),
                "give --output a folder, or name one page: `view network`",
            )
        return {wanted[0]: output}
    return {kind: (output or FOLDER) / FILES[kind] for kind in wanted}


def _write(text: str, path: Path) -> None:
    """Write a page whole or not at all, in UTF-8 whatever the locale."""
    from targetgraph.errors import TargetGraphError

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TargetGraphError(
            f"the folder cannot be made: {error.strerror}", str(path.parent), "give another --output"
        ) from error
    options.deliver(text, path)
