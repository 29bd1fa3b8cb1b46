"""``targetgraph build``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from targetgraph.cli import options


@click.command("build")
@options.folders
@options.store
@click.option("--quiet", "-q", is_flag=True, help="No progress.")
def command(folders: Sequence[Path], store: Path, quiet: bool) -> None:
    """Build the graph from the curated tables, and from your own.

    The new graph takes the place of the old one at the very end and all at once: a build that fails, or is killed, leaves the
    old one as it was.
    """
    from targetgraph.pipeline import build

    try:
        result = build(folders, store, None if quiet else options.steps())
    finally:
        options.steps_done()
    for name in result.changed_tables:
        click.echo(f"note: {name} differs from what its manifest recorded", err=True)
    if result.warnings:
        click.echo(f"note: {result.warnings} pieces of advice; `targetgraph check` lists them", err=True)
    for iri in result.unknown_acceptances:
        click.echo(f"note: acceptances.csv accepts {iri}, which is no gap and never was one", err=True)
    click.echo(f"built {result.quads:,} statements, data version {result.version.data_version}, in {store}")
