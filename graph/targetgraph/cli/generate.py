"""``targetgraph generate``."""

from __future__ import annotations

from pathlib import Path

import click

from targetgraph.cli import options


def _whole(ctx: click.Context, parameter: click.Parameter, value: str) -> int:
    """A number of statements; ``1e6`` is as good as ``1000000``."""
    try:
        number = float(value.replace(",", "").replace("_", ""))
        if number != int(number):
            raise ValueError(value)
    except (ValueError, OverflowError):
        raise click.BadParameter(f"{value!r} is not a whole number") from None
    return int(number)


@click.command("generate")
@click.option("--triples", default="1e6", show_default=True, callback=_whole, help="About how many statements.")
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="The same seed gives the same file.")
@click.option(
    "--output",
    "-o",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="N-Quads file, .nq or .nq.gz.",
)
@click.option("--quiet", "-q", is_flag=True, help="No progress.")
def command(triples: int, seed: int, output: Path, quiet: bool) -> None:
    """Write a registry of made-up frameworks, for trying things at size.

    The frameworks are drawn at random over the bundled vocabularies and are true of nothing. Load the file with
    `targetgraph build --dataset FILE`.
    """
    from targetgraph.pipeline.generating import generate

    try:
        made = generate(triples, seed, output, None if quiet else options.steps())
    finally:
        options.steps_done()
    click.echo(
        f"wrote {made.statements:,} statements: {made.targets:,} targets in {made.frameworks:,} frameworks, {output}"
    )
