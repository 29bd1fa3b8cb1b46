"""``targetgraph explain``."""

from __future__ import annotations

from pathlib import Path

import click

from targetgraph.cli import options
from targetgraph.store.remote_address import StorePlace


@click.command("explain")
@click.argument("target")
@click.argument("column")
@options.framework
@click.option("--dimension", default="", help="Where a name is a column of several dimensions: which one is meant.")
@click.option("--minimum", default=0, help="Named links that are needed; by default one, or what is obliged.")
@options.form("text", "json", "markdown")
@options.output
@options.store
def command(
    target: str,
    column: str,
    framework: str,
    dimension: str,
    minimum: int,
    form: str,
    output: Path | None,
    store: StorePlace,
) -> None:
    """Say why a cell is in its state, and what would make it covered.

    TARGET is a code, label or IRI; COLUMN that of a concept, or a dimension for the row as a whole. Each change that is
    proposed has been tried out on the data.
    """
    from targetgraph.analysis.explanation import explain
    from targetgraph.pipeline import open_coded_graph
    from targetgraph.publish import explanation as written

    found = explain(open_coded_graph(store), target, column, dimension, framework, minimum)
    text = {"text": written.as_text, "json": written.as_json, "markdown": written.as_markdown}[form](found)
    options.deliver(text, output)
