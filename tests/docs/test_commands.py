"""Every command the documentation mentions exists, with the options it is mentioned with."""

from __future__ import annotations

import re
import shlex

import click
import pytest

from targetgraph.cli import COMMANDS, group
from tests.docs.markdown import blocks, markdown_files, spans


def _spoken(text: str) -> list[str]:
    """Mentions of our command in a text: in sentences and in blocks, continuation lines left out."""
    code = [line.removeprefix("$ ").strip() for b in blocks(text) for line in b.text.splitlines()]
    found = []
    for line in [*spans(text), *code]:
        match = re.match(r"(?:\S*/bin/|python -m )?targetgraph (?P<rest>[^|>#;&<]*)", line)
        if match and not line.endswith("…"):
            found.append(match["rest"].strip())
    return found


def _complaint(spoken: str) -> str:
    """Why a mention is no valid call; empty if it is one. ``targetgraph build`` names a command, and that is all."""
    words = shlex.split(spoken)
    if words[0].startswith("-"):
        return "" if words[0] in ("--help", "-h", "--version") else f"no option {words[0]}"
    if words[0] not in COMMANDS:
        return f"no command {words[0]}"
    command = group.get_command(click.Context(group), words[0])
    assert command is not None
    if len(words) == 1 or set(words[1:]) & {"--help", "-h"}:
        return ""
    try:
        # Paths need not exist where a document speaks of them.
        for parameter in command.params:
            if isinstance(parameter.type, click.Path):
                parameter.type.exists = False
        command.make_context(words[0], words[1:], parent=click.Context(group, **group.context_settings))
    except click.ClickException as error:
        return error.format_message()
    return ""


def test_commands_and_options_exist() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in markdown_files()}
    spoken = [(path.name, line) for path, text in texts.items() for line in _spoken(text)]
    assert len(spoken) > 25
    assert {"build", "check", "gaps", "coverage", "query", "view"} <= {line.split()[0] for _, line in spoken}
    assert not [(where, line, why) for where, line in spoken if (why := _complaint(line))]


def test_named_questions_exist() -> None:
    from targetgraph.library import Library

    library = Library()
    asked = [
        words[1]
        for path in markdown_files()
        for line in _spoken(path.read_text(encoding="utf-8"))
        if (words := shlex.split(line))[0] == "query" and len(words) > 1 and re.match("[a-z]", words[1])
    ]
    assert len(asked) >= 3
    for name in asked:
        if path_like := name.endswith((".rq", ".sparql")):
            assert path_like
        # The README of the library speaks of the file it takes as an example.
        elif name not in ("gaps/no-deadline", "no-deadline"):
            library.find(name)


@pytest.mark.parametrize(
    "spoken", ["bild", "--nonsense", "gaps --sort", "gaps --format yaml", "coverage targets", "query --limit-rows many"]
)
def test_wrong_commands_are_noticed(spoken: str) -> None:
    assert _complaint(spoken)


def test_right_commands_pass() -> None:
    assert not _complaint("gaps --framework ncap --all")
    assert _spoken("`targetgraph check --tables x | head` and\n```console\n$ .venv/bin/targetgraph build\n```\n") == [
        "check --tables x",
        "build",
    ]
