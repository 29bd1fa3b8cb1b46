"""Accepting gaps in the browser: who may, what is known of the file, and how a decision is written.

A server that was started with ``--edit FOLDER`` writes into ``acceptances.csv`` of that folder. It has either a token, which
the form asks for, or listens on a loopback address only; in both cases a form counts only when it comes from a page of this
very server (`targetgraph.web.explorer.desk.foreign`), and the names it may be called by are checked (`targetgraph.web.hosts`).
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from targetgraph.errors import InputError
from targetgraph.reading.acceptance_file import ABSENT, AcceptanceFile, EditConflict, Entry
from targetgraph.views.explorer.gaps import Acceptance
from targetgraph.web.settings import Settings


class Acceptances:
    """The decisions about gaps, as a server lets them be made.

    Parameters
    ----------
    folder : of the tables that are edited.
    token : that must be typed; empty where the loopback address is protection enough.
    """

    def __init__(self, folder: Path, token: str) -> None:
        self._file, self._token = AcceptanceFile(folder), token
        self._read: tuple[tuple[int, int, int] | None, Mapping[str, Entry]] = (None, {})

    @classmethod
    def of(cls, settings: Settings) -> Acceptances | None:
        """Those of a server; None where it was started without editing."""
        return cls(settings.edit, settings.token) if settings.edit is not None else None

    def entries(self) -> Mapping[str, Entry]:
        """What the file says now, by the IRI of each gap (InputError when it has mistakes in it)."""
        try:
            status = self._file.path.stat()
        except OSError:
            return {}
        stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
        if self._read[0] != stamp:
            self._read = stamp, self._file.read()
        return self._read[1]

    def told(self, gap: str) -> Acceptance:
        """What the page of a gap says of it."""
        try:
            entry = self.entries().get(gap)
        except InputError as error:
            return self._form(None, error=str(error), seen="")
        return self._form(entry)

    def decide(self, gap: str, form: Mapping[str, str]) -> Acceptance | None:
        """Write what a form asks for.

        Parameters
        ----------
        gap : IRI of the gap.
        form : ``do`` (``accept`` or ``withdraw``), ``seen``, ``reason``, ``accepted_by``, ``token``.

        Returns
        -------
        None when it was written; otherwise the form with what is wrong, and what was typed.
        """
        given = {name: " ".join(form.get(name, "").split()) for name in ("reason", "accepted_by")}
        given["seen"] = form.get("seen", ABSENT)
        if self._token and not hmac.compare_digest(form.get("token", "").encode(), self._token.encode()):
            return self._again(gap, given, "the token is wrong", "it is the one this server was started with")
        try:
            if form.get("do") == "withdraw":
                self._file.withdraw(gap, seen=given["seen"])
            else:
                today = datetime.now(UTC).date().isoformat()
                self._file.accept(gap, given["reason"], given["accepted_by"], today, seen=given["seen"])
        except EditConflict as conflict:
            # What stands there now is shown above the form; sending it once more is a decision on that.
            return self._again(gap, given, conflict.problems[0].what, conflict.problems[0].remedy)
        except InputError as error:
            problem = error.problems[0]
            return self._again(gap, given, problem.what, problem.remedy)
        return None

    def _again(self, gap: str, given: Mapping[str, str], error: str, remedy: str) -> Acceptance:
        try:
            entry = self.entries().get(gap)
        except InputError:
            entry = None
        return self._form(entry, error=error, remedy=remedy, given=given)

    def _form(
        self,
        entry: Entry | None,
        error: str = "",
        remedy: str = "",
        given: Mapping[str, str] | None = None,
        seen: str = ABSENT,
    ) -> Acceptance:
        said = entry.acceptance if entry else None
        return Acceptance(
            file=f"{self._file.folder.resolve().name}/{self._file.path.name}",
            seen=entry.seen if entry else seen,
            reason=said.reason if said else "",
            accepted_by=said.accepted_by if said else "",
            date=said.date if said else "",
            accepted=entry is not None,
            needs_token=bool(self._token),
            error=error,
            remedy=remedy,
            given=given,
        )
