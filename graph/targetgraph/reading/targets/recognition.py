"""Recognising the targets of a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from targetgraph.reading.targets.lists import Finding, find_in_text
from targetgraph.reading.targets.tables import Confirmed, find_in_tables
from targetgraph.records.documents import (
    Block,
    ColumnReading,
    Document,
    Extent,
    FoundTarget,
    Mark,
    Notice,
    Recognition,
)


def recognise(document: Document, confirmed: Confirmed | None = None) -> Recognition:
    """Find the targets of a document.

    In tables by the headings of their columns; in text by numbers such as “Target A1”, by lists that are announced as targets,
    and by what most items of a list say. Nothing is dropped in silence: what was looked at and not taken is in ``left_out``.

    Parameters
    ----------
    document : as it was read.
    confirmed : roles of columns that somebody has confirmed, by sheet, table and column; they go before any guess.
    """
    columns: list[ColumnReading] = []
    left_out: list[Notice] = []
    notices: list[Notice] = []
    findings = [*find_in_text(document, left_out), *find_in_tables(document, confirmed or {}, columns, left_out)]
    findings.sort(key=lambda finding: (finding.extents[0].block, finding.extents[0].start))
    targets = tuple(_numbered(document, findings, notices))
    if not targets:
        what = "no target was found: no table has a column of targets, and no list or paragraph is known as one"
        notices.append(Notice(what=what, where=document.blocks[0].location))
    return Recognition(targets=targets, columns=tuple(columns), left_out=tuple(left_out), notices=tuple(notices))


def _numbered(document: Document, findings: list[Finding], notices: list[Notice]) -> Iterator[FoundTarget]:
    texts = {extent.block: document.blocks[extent.block].text for found in findings for extent in found.extents}
    given = {finding.number for finding in findings if finding.number}
    used: Counter[str] = Counter()
    counter = 0
    for finding in findings:
        number = finding.number
        if not number:
            counter += 1
            while f"T{counter}" in given:
                counter += 1
            number = f"T{counter}"
        used[number] += 1
        location = document.blocks[finding.extents[0].block].location
        if used[number] > 1:
            what = f"the number {number!r} is used again; this one is called {number}-{used[number]}"
            notices.append(Notice(what=what, where=location))
            number = f"{number}-{used[number]}"
        yield FoundTarget(
            id=number,
            numbered=bool(finding.number),
            text="\n".join(texts[extent.block][extent.start : extent.end] for extent in finding.extents),
            extents=tuple(finding.extents),
            location=location,
            marks=tuple(_marks(document.blocks, finding.extents)),
            objective=finding.objective,
            fields=tuple(finding.fields),
            rule=finding.rule,
            confidence=round(finding.confidence, 2),
        )


def _marks(blocks: tuple[Block, ...], extents: list[Extent]) -> Iterator[Mark]:
    """What stands out inside some stretches, with offsets into their joined text and white space left outside."""
    shift = 0
    for extent in extents:
        for mark in blocks[extent.block].marks():
            start, end = max(mark.start, extent.start), min(mark.end, extent.end)
            if mark.kind == "deleted":
                if extent.start <= mark.start <= extent.end:
                    at = mark.start - extent.start + shift
                    yield replace(mark, start=at, end=at)
            elif start < end:
                words = (
                    mark.words[start - mark.start : end - mark.start]
                    if mark.start < start or mark.end > end
                    else mark.words
                )
                lead, trail = len(words) - len(words.lstrip()), len(words) - len(words.rstrip())
                if words.strip():
                    begin, stop = start - extent.start + shift + lead, end - extent.start + shift - trail
                    yield replace(mark, start=begin, end=stop, words=words.strip())
        shift += extent.end - extent.start + 1
