"""``targetgraph surprise``."""

from __future__ import annotations

from pathlib import Path

import click

from targetgraph.cli import options
from targetgraph.store.remote_address import StorePlace


@click.command("surprise")
@click.argument("rows", metavar="ROWS")
@click.argument("columns", metavar="COLS")
@options.framework
@click.option("--draws", default=4999, show_default=True, help="Random tables to compare with.")
@click.option("--thinning", default=5, show_default=True, help="Trades of all rows between two draws.")
@click.option("--seed", default=1, show_default=True, help="Seed of the chance; the same gives the same result.")
@click.option(
    "--side",
    type=click.Choice(("both", "fewer", "more")),
    default="both",
    show_default=True,
    help="What would surprise.",
)
@click.option("--level", default=0.05, show_default=True, help="False discovery rate wanted.")
@click.option(
    "--totals", type=click.Choice(("links", "reached")), default="links", show_default=True,
    help="Keep the totals of links and roll up after each shuffle, or those of the rolled-up table.",
)  # fmt: skip
@click.option("--named", is_flag=True, help="Count only links named in the text.")
@click.option("--all", "everything", is_flag=True, help="Every test, not only what surprises.")
@options.form("text", "json", "csv", "markdown")
@options.output
@options.store
def command(
    rows: str,
    columns: str,
    framework: str,
    draws: int,
    thinning: int,
    seed: int,
    side: str,
    level: float,
    totals: str,
    named: bool,
    everything: bool,
    form: str,
    output: Path | None,
    store: StorePlace,
) -> None:
    """Tell whether emptiness is more than chance.

    ROWS is `targets` or a dimension, COLS a dimension. The table is compared with random ones that have the same totals in
    every row and column; catch-alls do not count.
    """
    from targetgraph.analysis.surprise import surprise
    from targetgraph.pipeline import open_coded_graph
    from targetgraph.publish import surprise as written

    result = surprise(
        open_coded_graph(store), rows, columns, framework,
        draws=draws, thinning=thinning, seed=seed, side=side, level=level, totals=totals, implied=not named,
    )  # fmt: skip
    text = {
        "text": lambda: written.as_text(result, everything),
        "json": lambda: written.as_json(result),
        "csv": lambda: written.as_csv(result),
        "markdown": lambda: written.as_markdown(result, everything),
    }[form]()
    options.deliver(text, output)
