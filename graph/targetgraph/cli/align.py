"""``targetgraph align``."""

from __future__ import annotations

from pathlib import Path

import click

from targetgraph.cli import options
from targetgraph.store.remote_address import StorePlace


@click.command("align")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--language", default="", help="Language of files, such as fr; by default what they say, else English.")
@options.terms
@options.folders
@options.form("text", "json", "markdown")
@options.output
@options.store
def command(
    old: str,
    new: str,
    language: str,
    terms: tuple[Path, ...],
    folders: tuple[Path, ...],
    form: str,
    output: Path | None,
    store: StorePlace,
) -> None:
    """Say which target of an old list is which of a new one, word for word, and whether it asks for less.

    OLD and NEW are documents with targets, or codes of frameworks, such as beyond2020. Where the official wording is not
    held, the paraphrase is compared, and that is said.
    """
    from targetgraph.analysis.comparison.texts import align
    from targetgraph.pipeline.texts import reader, texts
    from targetgraph.publish import alignment as written

    found = align(texts(old, store, language), texts(new, store, language), reader(folders, terms))
    text = {"text": written.as_text, "json": written.as_json, "markdown": written.as_markdown}[form](old, new, found)
    options.deliver(text, output)
