"""Deciding to live with a gap: a row of ``acceptances.csv`` in a folder of tables, which the next build reads."""

from __future__ import annotations

import re
from pathlib import Path

from targetgraph import iris
from targetgraph.errors import Place, TargetGraphError
from targetgraph.pipeline.gap_run import today
from targetgraph.reading.acceptance_file import ABSENT, AcceptanceFile
from targetgraph.records import Acceptance

_GAP = re.compile(r"[^/\s]+/gap(?:/[^/\s]+){2,}")


def accept_gap(
    gap: str, reason: str, folder: Path, *, accepted_by: str = "", date: str = "", replace: bool = False
) -> Acceptance:
    """Write that a gap is accepted.

    Parameters
    ----------
    gap : its IRI, or that part of it that follows the base IRI, such as ``gfc/gap/no-deadline/C1``.
    reason : why it may stay.
    folder : of tables; its ``acceptances.csv`` is made where there is none.
    accepted_by : who decided.
    date : when, ISO; today by default.
    replace : put this in the place of an acceptance that is there.

    Raises
    ------
    TargetGraphError : this is no name of a gap; or the gap is accepted already, and nothing is to be replaced.
    InputError : a value is not as the table asks for it, the file has mistakes in it, or cannot be written.
    """
    file, name = AcceptanceFile(folder), iris.expand(gap)
    if not _GAP.fullmatch(iris.shorten(name)):
        raise TargetGraphError(
            f"this is no name of a gap: {gap}",
            remedy="take it from `targetgraph gaps --format json`; it reads like gfc/gap/no-deadline/C1",
        )
    entry = file.read().get(name)
    if entry is not None and not replace:
        said = entry.acceptance
        by = f" by {said.accepted_by}" if said.accepted_by else ""
        raise TargetGraphError(
            f"this gap is accepted already{by}: {said.reason}",
            Place(str(file.path), iri=name),
            "leave it, or say that it is to be replaced (--replace, replace=True)",
        )
    seen = ABSENT if entry is None else entry.seen
    return file.accept(name, " ".join(reason.split()), accepted_by.strip(), date or today(), seen=seen)


def withdraw_acceptance(gap: str, folder: Path) -> Acceptance:
    """Take the acceptance of a gap out again (parameters: see `accept_gap`).

    Returns
    -------
    What it said.

    Raises
    ------
    TargetGraphError : the gap is not accepted there.
    InputError : the file has mistakes in it, or cannot be written.
    """
    file, name = AcceptanceFile(folder), iris.expand(gap)
    entry = file.read().get(name)
    if entry is None:
        raise TargetGraphError(
            "this gap is not accepted here",
            Place(str(file.path), iri=name),
            "see which are: `targetgraph gaps --status accepted`",
        )
    file.withdraw(name, seen=entry.seen)
    return entry.acceptance
