"""``targetgraph check``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from targetgraph.cli import options


@click.command("check")
@options.folders
@click.option("--vocabularies", is_flag=True, help="Check the vocabularies against SKOS instead.")
@options.form("text", "json")
@options.output
def command(folders: Sequence[Path], vocabularies: bool, form: str, output: Path | None) -> None:
    """Check tables against the rules, without building.

    Each result says what is wrong, in which row of which file, and what to do. The exit code is 1 if anything has to be
    mended, 2 if the tables cannot be read at all, and 0 otherwise.

    With --vocabularies the concept schemes are checked: the integrity conditions of the SKOS Reference, and usual flaws such as
    concepts nobody reaches, labels used twice or in no language, and circles. Each check is a query of the theme skos-quality.
    """
    from targetgraph.pipeline import check_skos, check_tables
    from targetgraph.publish.checks import as_json, as_text

    report = check_skos(folders) if vocabularies else check_tables(folders)
    options.deliver((as_json if form == "json" else as_text)(report), output)
    sys.exit(1 if report.violations else 0)
