"""Deciding to live with a gap."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from targetgraph.api.gaps import Gap


def accept(
    gap: Gap | str,
    reason: str,
    *,
    into: str | Path,
    accepted_by: str = "",
    date: str = "",
    replace: bool = False,
) -> Path:
    """Write that a gap is one to live with, and why, into ``acceptances.csv`` of a folder of tables.

    The next :func:`build` of that folder takes the decision up: the gap is then told as accepted, with the reason. Other rows
    of the file stay as they are. This is what ``targetgraph accept`` and the pages of ``targetgraph serve --edit FOLDER``
    write.

    Parameters
    ----------
    gap : the gap, or its IRI, or what follows the base of that, such as ``gfc/gap/no-deadline/C1``.
    reason : why it may stay.
    into : folder of tables, which is there; the file is made where there is none.
    accepted_by : who decided.
    date : when, ISO 8601 (``2026-11-26``); today by default.
    replace : put this in the place of an acceptance of the gap that is there.

    Returns
    -------
    pathlib.Path
        the file that was written.

    Raises
    ------
    TargetGraphError : this is no name of a gap; it is accepted already, and nothing is to be replaced; or somebody changed the
        row meanwhile.
    InputError : a value is not as the table asks for it, the file has mistakes in it, or cannot be written.
    """
    from targetgraph.pipeline.accepting import accept_gap
    from targetgraph.reading.acceptance_file import FILE

    folder = Path(into)
    accept_gap(_iri(gap), reason, folder, accepted_by=accepted_by, date=date, replace=replace)
    return folder / FILE


def withdraw(gap: Gap | str, *, into: str | Path) -> Path:
    """Take the acceptance of a gap out of ``acceptances.csv`` again.

    Parameters
    ----------
    gap : the gap, or its IRI, or what follows the base of that.
    into : folder of tables.

    Returns
    -------
    pathlib.Path
        the file that was written.

    Raises
    ------
    TargetGraphError : the gap is not accepted there, or somebody changed the row meanwhile.
    InputError : the file has mistakes in it, or cannot be written.
    """
    from targetgraph.pipeline.accepting import withdraw_acceptance
    from targetgraph.reading.acceptance_file import FILE

    folder = Path(into)
    withdraw_acceptance(_iri(gap), folder)
    return folder / FILE


def _iri(gap: Gap | str) -> str:
    return gap if isinstance(gap, str) else gap.iri
