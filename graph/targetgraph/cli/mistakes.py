"""What is wrong with a command line, in our words: what, where, and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import click

from targetgraph.errors import Place, TargetGraphError


def of_the_command_line(error: click.UsageError) -> TargetGraphError:
    """The error for what click finds wrong before a command is run: an option, its value, an argument."""
    path = error.ctx.command_path if error.ctx else "targetgraph"
    shown, said = f"as `{path} --help` shows", error.message.rstrip(".")
    what, remedy = said[:1].lower() + said[1:], f"write it {shown}"
    if isinstance(error, click.NoSuchOption):
        near = f"did you mean {' or '.join(error.possibilities)}? " if error.possibilities else ""
        what, remedy = f"there is no option {error.option_name}", f"{near}`{path} --help` lists the options"
    elif isinstance(error, click.MissingParameter):
        what, remedy = f"{_name(error)} is missing", f"give it {shown}"
    elif isinstance(error, click.BadParameter):
        what, remedy = f"the value of {_name(error)} cannot be used: {said}", _remedy(error.param, shown)
    return TargetGraphError(what, Place(file=path), remedy)


def no_such_command(name: str, commands: Iterable[str]) -> TargetGraphError:
    """The error for the name of a command that there is not."""
    near = difflib.get_close_matches(name, commands, 1)
    guess = f"did you mean {near[0]}? " if near else ""
    return TargetGraphError(
        f"there is no command {name!r}", "targetgraph", f"{guess}`targetgraph --help` lists the commands"
    )


def _name(error: click.BadParameter) -> str:
    param = error.param
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return (param.human_readable_name if param else "") or "the argument"


def _remedy(param: click.Parameter | None, shown: str) -> str:
    kind = param.type if param else None
    if isinstance(kind, click.Choice):
        return f"use one of: {', '.join(map(str, kind.choices))}"
    if isinstance(kind, (click.IntRange, click.FloatRange)):
        number = "a whole number" if isinstance(kind, click.IntRange) else "a number"
        low, high = (
            f" {word} {end:g}" if end is not None else "" for word, end in (("from", kind.min), ("to", kind.max))
        )
        return f"give {number}{low}{high}"
    if isinstance(kind, click.Path):
        return "check the path"
    return f"write it {shown}"
