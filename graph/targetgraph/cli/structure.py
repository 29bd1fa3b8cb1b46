"""``targetgraph structure``."""

from __future__ import annotations

from pathlib import Path

import click

from targetgraph.cli import options
from targetgraph.store.remote_address import StorePlace


@click.command("structure")
@options.framework
@click.option("--dimension", default="actors", show_default=True, help="What targets are linked to.")
@click.option("--implied", is_flag=True, help="Count links that curators hold to be implied, too.")
@options.form("text", "json", "markdown", "csv")
@options.output
@options.store
def command(framework: str, dimension: str, implied: bool, form: str, output: Path | None, store: StorePlace) -> None:
    """Show who carries a framework, and where it would break.

    Actors whose withdrawal leaves targets without anybody, links and actors that hold the network together, whether every
    target can have an actor of its own, communities without a link between them, and who is central.
    """
    from targetgraph.analysis.structure import structure
    from targetgraph.pipeline import open_coded_graph
    from targetgraph.publish import structure as written

    found = structure(open_coded_graph(store), framework, dimension, implied)
    text = {
        "text": written.as_text,
        "json": written.as_json,
        "markdown": written.as_markdown,
        "csv": written.as_csv,
    }[form](found)
    options.deliver(text, output)
