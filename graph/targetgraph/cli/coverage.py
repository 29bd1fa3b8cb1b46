"""``targetgraph coverage``."""

from __future__ import annotations

from pathlib import Path

import click

from targetgraph.cli import options
from targetgraph.store.remote_address import StorePlace


@click.command("coverage")
@click.argument("rows", metavar="ROWS")
@click.argument("columns", metavar="COLS")
@options.framework
@click.option("--minimum", default=1, show_default=True, help="Links named in the text that a cell needs.")
@options.form("text", "json", "csv", "markdown")
@options.output
@options.store
def command(
    rows: str, columns: str, framework: str, minimum: int, form: str, output: Path | None, store: StorePlace
) -> None:
    """Print a coverage matrix.

    ROWS is `targets`, `objectives` or a dimension; COLS is a dimension. Dimensions are declared in the graph; `targetgraph
    query what-was-looked-at` lists them, and so does the message about one that is not there.
    """
    from targetgraph.analysis.coverage import coverage
    from targetgraph.pipeline import open_coded_graph
    from targetgraph.publish import coverage as written

    matrix = coverage(open_coded_graph(store), rows, columns, framework, minimum)
    text = {
        "text": written.as_text,
        "json": written.as_json,
        "csv": written.as_csv,
        "markdown": written.as_markdown,
    }[form](matrix)
    options.deliver(text, output)
