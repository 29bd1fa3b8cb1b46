"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from targetgraph.store.remote_address import RemoteAddress, StorePlace

if TYPE_CHECKING:
    _ParamType = click.ParamType[StorePlace]
else:  # generic only in newer releases of click
    _ParamType = click.ParamType


class _StoreType(_ParamType):
    """A folder, or the address of a SPARQL 1.1 service."""

    name = "folder|url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> StorePlace:
        if isinstance(value, (Path, RemoteAddress)):
            return value
        if "://" in str(value):
            return RemoteAddress.parse(str(value))
        folder: Path = click.Path(file_okay=False, path_type=Path).convert(value, param, ctx)
        return folder


STORE = _StoreType()
store = click.option(
    "--store",
    type=STORE,
    default=Path(".targetgraph"),
    envvar="TARGETGRAPH_STORE",
    show_default=True,
    help="Folder of the built graph, or address of a SPARQL 1.1 service it is published to.",
)
output = click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
framework = click.option(
    "--framework", "-F", default="gfc", show_default=True, help="Code of the framework, such as gfc or beyond2020."
)


def form(*names: str) -> Callable[[Any], Any]:
    """The option ``--format`` with the given choices, the first being the default."""
    return click.option(
        "--format", "-f", "form", type=click.Choice(names), default=names[0], show_default=True, help="Output format."
    )


folders = click.option(
    "--tables",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A folder with tables of your own, laid beside the bundled ones; may be given several times.",
)


terms = click.option(
    "--terms",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A Turtle file with labels and listed words of your own, beside the bundled ones; may be given several times.",
)


def deliver(text: str, path: Path | None) -> None:
    """Print, or write to a file whole or not at all.

    Raises
    ------
    TargetGraphError : the file cannot be written.
    """
    from targetgraph.store.durable import write_whole

    if path is None:
        click.echo(text, nl=not text.endswith("\n"))
        return
    write_whole(path, (text if text.endswith("\n") else text + "\n").encode())


def steps() -> Callable[[str], None]:
    """Progress for people: each step on standard error, on one line of a terminal."""
    import sys

    if not sys.stderr.isatty():
        return lambda sentence: click.echo(f"  {sentence}", err=True)

    def show(sentence: str) -> None:
        click.echo(f"\r\x1b[K  {sentence[:100]}", nl=False, err=True)

    return show


def steps_done() -> None:
    """Clear the line of progress."""
    import sys

    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)
