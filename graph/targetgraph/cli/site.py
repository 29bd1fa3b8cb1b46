"""``targetgraph site``."""

from __future__ import annotations

from pathlib import Path

import click

from targetgraph.cli import options


@click.command("site")
@click.option(
    "--output", "-o", required=True, type=click.Path(path_type=Path), help="The folder to write; replaced as a whole."
)
@click.option("--base-url", default="", help="Where it will be hosted; adds a sitemap and addresses to the catalogue.")
@options.store
def command(output: Path, base_url: str, store: Path) -> None:
    """Write the whole site as a folder: pages, data, pictures.

    A page and Turtle and JSON-LD for everything in the graph, the pictures, the ontology, dumps and the catalogue. Any web
    server can host the folder, at any path; it also works when opened from disk, and asks nobody for anything.
    """
    from targetgraph.pipeline.site import write_site

    done = write_site(output, store, base_url, options.steps())
    options.steps_done()
    size = f"{done.bytes / 1e6:,.1f} MB"
    click.echo(f"{done.things:,} things in {done.files:,} files, {size}, data version {done.version}: {output}")
