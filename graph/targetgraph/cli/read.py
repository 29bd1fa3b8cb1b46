"""``targetgraph read``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from targetgraph.cli import options

if TYPE_CHECKING:
    from targetgraph.pipeline.document_reading import Read

_SHOWN = 12


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
        for line in _summary(read):
            click.echo(line)
        if output:
            target = output
            if len(files) > 1:
                name = path.stem if path.stem not in names else path.name
                names.add(path.stem)
                target = output / name
            _deliver(reading, read, target)


def _deliver(reading: object, read: Read, target: Path) -> None:
    from targetgraph.pipeline.document_reading import DocumentReading
    from targetgraph.reading.review.files import write_review

    assert isinstance(reading, DocumentReading)
    target.parent.mkdir(parents=True, exist_ok=True)
    write_review(read.review, target)
    turtle = target.with_suffix(".ttl") if target.suffix.lower() == ".xlsx" else target / "reading.ttl"
    options.deliver(reading.turtle(read.review), turtle)
    click.echo(f"review in {target}, Turtle in {turtle}")


def _summary(read: Read) -> Iterator[str]:
    from targetgraph.reading.brackets import number_of_readings, share_in_brackets
    from targetgraph.reading.review.proposing import SMART_NOTE, amount

    named: dict[str, list[str]] = {}
    for cells in read.review.sheets["links"].values():
        role = f" ({cells['role']})" if cells["role"] else ""
        named.setdefault(cells["target"], []).append(cells["concept"] + role)
    yield f"{read.document.file}: {read.document.format}, {len(read.targets)} targets"
    for target in read.targets:
        found, share = target.found, share_in_brackets(target.negotiation)
        text = found.text if len(found.text) <= 90 else found.text[:89] + "…"
        yield f"  {found.id}  {text!r}"
        brackets = [
            s for s in target.negotiation.segments if s.form == "bracket" and s.kind in ("negotiated", "placeholder")
        ]
        parts = [f"{found.location.within}"]
        if brackets:
            shown = ", ".join(found.text[s.start : s.end][:40] for s in brackets[:4]) + (
                " …" if len(brackets) > 4 else ""
            )
            readings = amount(number_of_readings(target.negotiation))
            parts.append(f"{len(brackets)} brackets ({shown}), {share.ratio:.0%} of words, {readings} readings")
        if found.emphases:
            parts.append("emphasised: " + ", ".join(mark.words for mark in found.emphases))
        yield "      " + "; ".join(parts)
        if found.id in named:
            yield "      names: " + ", ".join(named[found.id])
        if target.smart:
            verdicts = ", ".join(f"{verdict.criterion} {verdict.verdict}" for verdict in target.smart.verdicts)
            yield f"      SMART: {verdicts}"
    for column in read.recognition.columns:
        yield f"  column {column.heading[:60]!r} was taken for {column.role} ({column.score:.2f})"
    if read.rerun:
        again = read.rerun
        yield (
            f"  since the review: {again.unchanged} rows unchanged, {len(again.changed)} changed, {len(again.new)} new, "
            f"{len(again.gone)} gone"
        )
        for kind, rows in (("changed", again.changed), ("new", again.new), ("gone", again.gone)):
            yield from (f"    {kind}: {row}" for row in rows[:_SHOWN])
    notes = [note for note in read.review.notes if note["kind"] != SMART_NOTE]
    for note in notes[:_SHOWN]:
        yield f"  {note['kind']}: {note['what']}" + (f" [{note['where']}]" if note["where"] else "")
    if len(notes) > _SHOWN:
        yield f"  and {len(notes) - _SHOWN} more notes, in the review"
