"""``targetgraph review``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from targetgraph.cli import options


@click.group("review")
def command() -> None:
    """Bring reviewed readings back: accepted rows into tables, copies into one."""


@command.command("accept")
@click.argument("review", type=click.Path(path_type=Path))
@click.option(
    "--into", "folder", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder of tables."
)
@options.folders
def accept(review: Path, folder: Path, folders: Sequence[Path]) -> None:
    """Bring the accepted rows of REVIEW into a folder of tables, which `build --tables` then takes.

    Accepted are rows with `accept` in the column `decision`; rows with `with target` go with their target. What somebody has
    changed in the tables since the last import stays; where both changed the same cell nothing is written, and both values are
    told (exit code 2).
    """
    from targetgraph.pipeline.document_reading import accept_review

    done = accept_review(review, folder, folders)
    click.echo(f"{done.accepted} rows accepted, {done.rejected} rejected, {done.open} open")
    for name in done.files:
        click.echo(f"  written: {folder / name}")
    if not done.files:
        click.echo("  nothing to write: the tables already say so")


@command.command("merge")
@click.argument("first", type=click.Path(path_type=Path))
@click.argument("second", type=click.Path(path_type=Path))
@click.option(
    "--output", "-o", required=True, type=click.Path(path_type=Path), help="Workbook (.xlsx) or folder to write."
)
def merge(first: Path, second: Path, output: Path) -> None:
    """Merge the edits of two copies of a review.

    The exit code is 1 when both changed a cell in different ways: the first one's value stands, the decision is taken back, and
    the other value is told in the column `changed`.
    """
    from targetgraph.pipeline.document_reading import merge_reviews

    _, conflicts = merge_reviews(first, second, output)
    click.echo(f"merged into {output}; {len(conflicts)} conflicts")
    for conflict in conflicts:
        click.echo(f"  {conflict}")
    sys.exit(1 if conflicts else 0)
