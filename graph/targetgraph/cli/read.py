"""``targetgraph read``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from targetgraph.cli import options


@click.command("read")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    help="A workbook (.xlsx), or a folder for CSV files; .ttl goes beside.",
)
@click.option("--framework", "-F", default="", help="Identifier of the framework the targets will belong to.")
@click.option("--document", default="", help="Identifier of the document in documents.csv.")
@click.option("--language", default="", help="Language of the document, such as en or fr.")
@click.option(
    "--review",
    "earlier",
    type=click.Path(path_type=Path),
    help="A review of an earlier version: ask only what changed.",
)
@options.folders
@options.terms
@click.option("--no-mentions", is_flag=True, help="Do not look for actors, sectors, stages and goals in the text.")
def command(
    files: Sequence[Path],
    output: Path | None,
    framework: str,
    document: str,
    language: str,
    earlier: Path | None,
    folders: Sequence[Path],
    terms: Sequence[Path],
    no_mentions: bool,
) -> None:
    """Read targets out of documents, for review.

    DOCX, PDF with a text layer, HTML, Markdown, plain text, CSV, XLSX and ODS. Without --output a summary is printed: targets,
    brackets, what the text names, what was left out and why, each with its place. With --output the same becomes rows to accept
    or reject, and Turtle; `targetgraph review accept` brings accepted rows into tables. Nothing that is read is taken for true
    before somebody accepts it. See docs/reading.md.
    """
    from targetgraph.pipeline.document_reading import DocumentReading

    if len(files) > 1 and (document or earlier):
        raise click.UsageError("--document and --review go with a single file")
    if len(files) > 1 and output and output.suffix.lower() == ".xlsx":
        raise click.UsageError("with several files --output is a folder")
    reading = DocumentReading(folders, mentions=not no_mentions, terms=terms)
    names: set[str] = set()
    for path in files:
        read = reading.read(path, framework=framework, document=document, language=language, earlier=earlier)
        for line in read.summary():
            click.echo(line)
        if output:
            target = output
            if len(files) > 1:
                name = path.stem if path.stem not in names else path.name
                names.add(path.stem)
                target = output / name
            turtle = reading.write(read.review, target)
            click.echo(f"review in {target}, Turtle in {turtle}")
