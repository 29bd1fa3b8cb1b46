"""``targetgraph build``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from targetgraph.cli import options
from targetgraph.store.remote_address import RemoteAddress, StorePlace

if TYPE_CHECKING:
    from targetgraph.pipeline import BuildResult
    from targetgraph.store.remote_publishing import Published


@click.command("build")
@options.folders
@options.store
@click.option(
    "--dataset",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Build from this N-Quads file (.nq or .nq.gz) instead of tables.",
)
@click.option("--shapes", is_flag=True, help="With --dataset: check the statements against the shapes first.")
@click.option("--no-derive", is_flag=True, help="With --dataset: leave out the plain properties that queries use.")
@click.option("--full", is_flag=True, help="With --dataset: do everything again, even if little has changed.")
@click.option("--quiet", "-q", is_flag=True, help="No progress.")
def command(
    folders: Sequence[Path],
    store: StorePlace,
    dataset: Path | None,
    shapes: bool,
    no_derive: bool,
    full: bool,
    quiet: bool,
) -> None:
    """Build the graph from the curated tables, and from your own.

    The new graph takes the place of the old one at the very end and all at once: a build that fails, or is killed, leaves the
    old one as it was.

    With the address of a service as --store it is built on this machine and then published there; a publication that was
    interrupted is gone on with by the next build.

    A dataset must hold its own ontology graph, as those do that `build` and `generate` write. It is not checked against the
    shapes unless --shapes asks for it, and its gaps are computed when they are asked for, not published in the graph. Where it
    is sorted and differs little from what the current graph was built from, only what the changes touch is done again.
    """
    if dataset is not None:
        _from_dataset(dataset, folders, store, shapes, no_derive, full, quiet)
        return
    if shapes or no_derive or full:
        raise click.UsageError("--shapes, --no-derive and --full go with --dataset")
    progress = None if quiet else options.steps()
    published = None
    try:
        if isinstance(store, RemoteAddress):
            from targetgraph.pipeline import build_remote

            result, published = build_remote(folders, store, progress)
        else:
            from targetgraph.pipeline import build

            result = build(folders, store, progress)
    finally:
        options.steps_done()
    for name in result.changed_tables:
        click.echo(f"note: {name} differs from what its manifest recorded", err=True)
    if result.warnings:
        click.echo(f"note: {result.warnings} pieces of advice; `targetgraph check` lists them", err=True)
    for iri in result.unknown_acceptances:
        click.echo(f"note: acceptances.csv accepts {iri}, which is no gap and never was one", err=True)
    _tell(result, published, store)


def _tell(result: BuildResult, published: Published | None, store: StorePlace) -> None:
    if published is None:
        click.echo(f"built {result.quads:,} statements, data version {result.version.data_version}, in {store}")
        return
    kept = f", {published.kept} graphs kept" if published.kept else ""
    click.echo(
        f"published {published.publication.statements:,} statements, data version {result.version.data_version}, "
        f"at {store} ({published.sent:,} sent{kept})"
    )


def _from_dataset(
    dataset: Path, folders: Sequence[Path], store: StorePlace, shapes: bool, no_derive: bool, full: bool, quiet: bool
) -> None:
    if folders:
        raise click.UsageError("--dataset and --tables exclude each other")
    progress = None if quiet else options.steps()
    published = None
    try:
        if isinstance(store, RemoteAddress):
            from targetgraph.pipeline import publish_dataset

            result, published = publish_dataset(dataset, store, progress, check=shapes, infer=not no_derive, full=full)
        else:
            from targetgraph.pipeline import build_from_dataset

            result = build_from_dataset(dataset, store, progress, check=shapes, infer=not no_derive, full=full)
    finally:
        options.steps_done()
    if not shapes:
        click.echo("note: the statements were not checked against the shapes; --shapes does that", err=True)
    if no_derive:
        click.echo("note: queries that use plain properties find nothing in this store", err=True)
    _tell(result, published, store)
