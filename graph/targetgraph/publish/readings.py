"""A reading of a document in short, for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from targetgraph.reading.brackets import number_of_readings, share_in_brackets
from targetgraph.reading.review.proposing import SMART_NOTE, ReadTarget, amount
from targetgraph.records.documents import Document, Recognition
from targetgraph.records.review import Rerun, Review

_SHOWN = 12


def named_by_target(review: Review) -> dict[str, list[str]]:
    """By number of a target: the concepts it is proposed to name, with the role where there is one."""
    named: dict[str, list[str]] = {}
    for cells in review.sheets["links"].values():
        role = f" ({cells['role']})" if cells["role"] else ""
        named.setdefault(cells["target"], []).append(cells["concept"] + role)
    return named


def summary(
    document: Document,
    recognition: Recognition,
    targets: Sequence[ReadTarget],
    review: Review,
    rerun: Rerun | None = None,
) -> Iterator[str]:
    """Line by line: targets, brackets, what the text names, what was left out and why, each with its place.

    Parameters
    ----------
    document, recognition, targets, review : what was read.
    rerun : what became of the review of an earlier version.
    """
    named = named_by_target(review)
    yield f"{document.file}: {document.format}, {len(targets)} targets"
    for target in targets:
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
    for column in recognition.columns:
        yield f"  column {column.heading[:60]!r} was taken for {column.role} ({column.score:.2f})"
    if rerun:
        yield (
            f"  since the review: {rerun.unchanged} rows unchanged, {len(rerun.changed)} changed, {len(rerun.new)} new, "
            f"{len(rerun.gone)} gone"
        )
        for kind, rows in (("changed", rerun.changed), ("new", rerun.new), ("gone", rerun.gone)):
            yield from (f"    {kind}: {row}" for row in rows[:_SHOWN])
    notes = [note for note in review.notes if note["kind"] != SMART_NOTE]
    for note in notes[:_SHOWN]:
        yield f"  {note['kind']}: {note['what']}" + (f" [{note['where']}]" if note["where"] else "")
    if len(notes) > _SHOWN:
        yield f"  and {len(notes) - _SHOWN} more notes, in the review"
