"""The command line: parse, call, print. Each command lives in its own module and is loaded when it is used."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module

# numpy's linear algebra would start a thread a core at import; nothing here needs them, and a report is faster without.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import click

from targetgraph import __version__
from targetgraph.errors import TargetGraphError

COMMANDS = {
    "read": "Read targets out of documents, for review.",
    "review": "Bring reviewed readings back: accepted rows into tables, copies into one.",
    "build": "Build the graph from the curated tables, and from your own.",
    "accept": "Write that a gap is one to live with, and why.",
    "check": "Check tables against the rules, without building.",
    "gaps": "List the gaps of a framework, ranked, with evidence.",
    "coverage": "Print a coverage matrix.",
    "query": "Ask a question of the library, or any SPARQL query.",
    "explain": "Say why a cell is in its state, and what would make it covered.",
    "simulate": "Say which gaps open and close if things were otherwise.",
    "changes": "Say what was added, changed and withdrawn between builds.",
    "compare": "Say what was lost, added and softened between frameworks, versions or scenarios.",
    "align": "Say which target of an old list is which of a new one, word for word, and whether it asks for less.",
    "smart": "Say how specific, measurable, achievable, relevant and time-bound targets are, and why.",
    "close": "Propose the fewest, or cheapest, new links that close gaps.",
    "structure": "Show who carries a framework, and where it would break.",
    "surprise": "Tell whether emptiness is more than chance.",
    "site": "Write the whole site as a folder: pages, data, pictures.",
    "view": "Draw the graph as pages to open in a browser.",
    "serve": "Answer SPARQL and serve the graph over HTTP.",
    "export": "Write the graph as files for others: RDF, JSON-LD, tables, workbook, networks, mappings.",
    "generate": "Write a registry of made-up frameworks, for trying things at size.",
    "reason": "Say whether ontology and graph hold together, and what follows.",
    "ontology": "Check the ontology files and regenerate what is made from them.",
}


class _LateGroup(click.Group):
    """Commands by name; a module is imported only when its command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"targetgraph.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            from targetgraph.cli.mistakes import no_such_command

            raise no_such_command(args[0], COMMANDS)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        # From the table above, so that --help imports no command.
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group("targetgraph", cls=_LateGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="targetgraph")
def group() -> None:
    """Policy targets as a graph: who must act, where, when, towards which SDG, and where nobody, nowhere, nothing."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; a user's mistake ends with a message on standard error and exit code 2.

    Parameters
    ----------
    arguments : command-line arguments without the program's name; those of the process by default.
    """
    # Importing and reading tables make many objects and hardly any rings of them: at Python's usual 700 objects the search for
    # rings takes a tenth of the time of a short command.
    gc.set_threshold(max(50_000, gc.get_threshold()[0]), 10, 10)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Symbols must print on a terminal that knows only ASCII too: as question marks, not as a traceback.
            stream.reconfigure(errors="replace")
    try:
        sys.exit(_exit_code(arguments))
    except TargetGraphError as error:
        for problem in error.problems:
            click.echo(f"error: {problem}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of a pipe left (`| head`): nobody is there to be told.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _exit_code(arguments: list[str] | None) -> int:
    try:
        code = group.main(args=arguments, prog_name="targetgraph", standalone_mode=False)
    except click.UsageError as error:
        if isinstance(error, getattr(click.exceptions, "NoArgsIsHelpError", ())):
            error.show()
            return error.exit_code
        from targetgraph.cli.mistakes import of_the_command_line

        raise of_the_command_line(error) from None
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        click.echo("stopped", err=True)
        return 1
    return code if isinstance(code, int) else 0
