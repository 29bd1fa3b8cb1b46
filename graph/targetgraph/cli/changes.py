"""``targetgraph changes``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from targetgraph.cli import options

if TYPE_CHECKING:
    from targetgraph.publish.changes.steps import Feed, Step
    from targetgraph.store.remote_address import StorePlace


@click.command("changes")
@click.option("--since", default="", metavar="VERSION", help="Only what changed after this data version.")
@click.option("--versions", is_flag=True, help="List the versions that were recorded.")
@click.option("--restore", "restored", default="", metavar="VERSION", help="Write the statements of this version.")
@options.form("text", "markdown", "json", "patch", "trig")
@options.output
@options.store
def command(since: str, versions: bool, restored: str, form: str, output: Path | None, store: StorePlace) -> None:
    """Say what was added, changed and withdrawn between builds.

    `text` and `markdown` are for people. `patch` (RDF Patch) and `trig` (members of the Linked Data Event Stream) bring a copy
    of the given version up to date, statement by statement. Each build records what it changed, and nothing recorded is
    thrown away.

    The gaps that a build computes are told in the note; patch and stream hold the statements that the data version names.
    """
    from targetgraph.publish.changes.steps import Feed

    feed = Feed.at(store)
    if restored:
        _restore(feed, restored, output)
        return
    steps = feed.since(since)
    if versions:
        listed = [f"{name}  {moment}" for name, moment in feed.versions()]
        options.deliver("\n".join(listed), output)
    elif form in ("patch", "trig"):
        _deliver_lines(_patch(steps) if form == "patch" else _trig(steps), output)
    else:
        options.deliver(_note(steps, form), output)


def _note(steps: Iterable[Step], form: str) -> str:
    from targetgraph.publish.changes import notes

    told = [(step.record, step.note()) for step in steps]
    if form == "json":
        import json

        return json.dumps(notes.as_data(told), ensure_ascii=False, indent=2)
    return notes.as_markdown(told) if form == "markdown" else notes.as_text(told)


def _patch(steps: tuple[Step, ...]) -> Iterator[bytes]:
    from targetgraph.publish.changes.patches import patch

    return patch(steps)


def _trig(steps: tuple[Step, ...]) -> Iterator[bytes]:
    from targetgraph.publish.changes.stream import whole

    return whole(steps)


def _restore(feed: Feed, version: str, output: Path | None) -> None:
    from targetgraph.publish.changes.patches import restore

    if output is None:
        raise click.UsageError("--restore goes with --output FILE")
    restore(feed, feed.step_of(version), output)


def _deliver_lines(lines: Iterator[bytes], path: Path | None) -> None:
    """Print, or write to a file whole or not at all, without holding it in memory."""
    import sys

    from targetgraph.store.durable import write_whole

    if path is None:
        sys.stdout.buffer.writelines(lines)
        return
    write_whole(path, lines)
