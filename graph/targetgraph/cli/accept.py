"""``targetgraph accept``."""

from __future__ import annotations

from pathlib import Path

import click

from targetgraph.errors import TargetGraphError


@click.command("accept")
@click.argument("gap")
@click.option("--reason", help="Why it may stay. Needed, unless --withdraw is given.")
@click.option(
    "--into",
    "folder",
    required=True,
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Folder of tables.",
)
@click.option("--by", "accepted_by", default="", help="Who decided.")
@click.option("--date", default="", help="When, as 2026-11-26; today by default.")
@click.option("--replace", is_flag=True, help="Put this in the place of an acceptance that is there.")
@click.option("--withdraw", is_flag=True, help="Take the acceptance out instead.")
def command(
    gap: str, reason: str | None, folder: Path, accepted_by: str, date: str, replace: bool, withdraw: bool
) -> None:
    """Write that a GAP is one to live with, and why, into acceptances.csv of a folder of tables.

    GAP is its IRI as `targetgraph gaps --format json` tells it, or what follows the base of it (gfc/gap/no-deadline/C1). The
    next `build --tables FOLDER` takes the decision up: the gap is then told as accepted, with the reason. Other rows of the
    file stay as they are, byte by byte.
    """
    from targetgraph.pipeline.accepting import accept_gap, withdraw_acceptance

    if withdraw:
        said = withdraw_acceptance(gap, folder)
        click.echo(f"withdrawn: {said.gap} ({said.reason})")
        return
    if not reason:
        raise TargetGraphError("a gap is accepted for a reason", "", "give --reason, or --withdraw")
    said = accept_gap(gap, reason, folder, accepted_by=accepted_by, date=date, replace=replace)
    click.echo(f"accepted: {said.gap} ({said.date})")
