"""``docs/cli.md``: every command with its arguments and options, as click knows them."""

from __future__ import annotations

import inspect
import re

import click

from targetgraph.cli import COMMANDS, group

_HEAD = """# Commands

<!-- Made by `python -m tests.docs.reference` from the commands themselves; do not edit. -->

Each command's `--help` prints the same. A user's mistake ends with what is wrong, where and what to do, and exit code 2;
`check` ends with exit code 1 when something has to be mended. Results go to standard output, everything else to standard error.

| command | what it does |
|---|---|
"""


def page() -> str:
    """The whole page."""
    rows = [f"| [`{name}`](#{name}) | {_cell(summary)} |" for name, summary in COMMANDS.items()]
    return _HEAD + "\n".join(rows) + "\n\n" + "\n".join(_command(name) for name in COMMANDS)


def _command(name: str) -> str:
    command = group.get_command(click.Context(group), name)
    assert command is not None
    context = click.Context(command, info_name=name, parent=click.Context(group, **group.context_settings))
    usage = " ".join(command.collect_usage_pieces(context))
    lines = [f"## {name}", "", f"`{name} {usage}`", "", *_paragraphs(command.help or "")]
    options = [record for p in command.params if (record := p.get_help_record(context))]
    # Said by the names, not by click's own option: click keeps the one it made for whoever asked first in the process.
    options.append((", ".join(context.help_option_names), "Show this message and exit."))
    lines += ["| option | meaning |", "|---|---|"]
    lines += [f"| `{_plain(option)}` | {_cell(meaning)} |" for option, meaning in options]
    return "\n".join(lines) + "\n"


def _paragraphs(text: str) -> list[str]:
    """Paragraphs as they are; those whose lines click is told to keep become blocks."""
    found = []
    for part in inspect.cleandoc(text).split("\n\n"):
        if part.startswith("\b"):
            found += ["```text", part.lstrip("\b\n"), "```", ""]
        else:
            found += [" ".join(part.split()), ""]
    return found


def _plain(option: str) -> str:
    return re.sub(r"\s+", " ", option).replace("|", "\\|")


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;")
