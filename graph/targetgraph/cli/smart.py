"""``targetgraph smart``."""

from __future__ import annotations

from pathlib import Path

import click

from targetgraph.cli import options
from targetgraph.store.remote_address import StorePlace


@click.command("smart")
@click.argument("what", metavar="FRAMEWORK|FILE")
@click.option("--language", default="", help="Language of a file, such as fr; by default what it says, else English.")
@options.terms
@options.folders
@options.form("text", "json", "markdown")
@options.output
@options.store
def command(
    what: str,
    language: str,
    terms: tuple[Path, ...],
    folders: tuple[Path, ...],
    form: str,
    output: Path | None,
    store: StorePlace,
) -> None:
    """Say how specific, measurable, achievable, relevant and time-bound targets are, and which words it rests on.

    FRAMEWORK is a code such as beyond2020; FILE a document with targets. Where the official wording is not held, the
    paraphrase is judged, and that is said.
    """
    from targetgraph.pipeline.texts import reader, texts
    from targetgraph.publish import smart as written
    from targetgraph.reading.smart import inconsistencies, judge

    found = texts(what, store, language)
    reads = reader(folders, terms)
    judged = [(text, judge(reads, text.text, text.language, text.basis)) for text in found]
    terms_used = inconsistencies({t.code: reads.read(t.text, t.language) for t in found if t.basis == "wording"})
    report = written.Report(what, judged, terms_used)
    text = {"text": written.as_text, "json": written.as_json, "markdown": written.as_markdown}[form](report)
    options.deliver(text, output)
