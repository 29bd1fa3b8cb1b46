"""``acceptances.csv`` as a file that several people edit: in a browser, in a spreadsheet, in a text editor.

A change touches the row of one gap and leaves every other byte of the file as it is. It is made under a lock, on what the
file holds at that moment and not on what somebody saw earlier; the new file is written beside the old one and renamed.
Whoever edits a gap's row says what they saw of it, and is refused when it is no longer so.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import hashlib
import io
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from targetgraph import iris, records
from targetgraph.errors import InputError, Place, Problem, TargetGraphError
from targetgraph.reading import framework_records
from targetgraph.reading.columns import CellError, read_cell
from targetgraph.reading.files import read_bytes
from targetgraph.reading.files import records as csv_records
from targetgraph.reading.framework_tables import ACCEPTANCES
from targetgraph.reading.identifiers import tidy
from targetgraph.reading.problems import Problems
from targetgraph.reading.tables import import_table

FILE: Final = ACCEPTANCES.file
ABSENT: Final = "none"
"""What somebody saw of a gap that had no row."""
_LOCK: Final = ".acceptances.lock"
_PATIENCE_SECONDS: Final = 5.0
_ATTEMPTS: Final = 5


class EditConflict(TargetGraphError):
    """Somebody else has changed the row meanwhile; nothing was written.

    Parameters
    ----------
    now : the row as it is now; None where there is none any more.
    """

    def __init__(self, now: records.Acceptance | None, place: Place) -> None:
        said = f"it now says: {now.reason}" if now else "it has been taken out"
        super().__init__(
            f"somebody else has changed this acceptance meanwhile; {said}", place, "look at it, and decide again"
        )
        self.now = now


@dataclass(frozen=True, slots=True)
class Entry:
    """An acceptance in the file.

    Parameters
    ----------
    acceptance : what it says.
    seen : stands for its very words; to be given back with an edit.
    """

    acceptance: records.Acceptance
    seen: str


class AcceptanceFile:
    """The acceptances in a folder of tables.

    Parameters
    ----------
    folder : the folder; the file need not be there yet.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / FILE

    def read(self) -> dict[str, Entry]:
        """Every acceptance by the full IRI of its gap; none where there is no file.

        Raises
        ------
        InputError : the file is no table of acceptances, or has mistakes in it.
        """
        return {gap: entry for gap, (entry, _) in _Sheet(self._content(), self.path).rows.items()}

    def accept(
        self, gap: str, reason: str, accepted_by: str = "", date: str = "", *, seen: str = ABSENT
    ) -> records.Acceptance:
        """Write, or rewrite, the acceptance of a gap.

        Parameters
        ----------
        gap : IRI.
        reason, accepted_by, date : as the columns of the table have them; the date is ISO.
        seen : `Entry.seen` of the row that the decision was made on, `ABSENT` where there was none.

        Raises
        ------
        EditConflict : the row is another one than was seen.
        InputError : a value cannot be read as the table asks for it, the file has mistakes in it, or cannot be written.
        """
        cells = {"gap": iris.shorten(gap), "reason": reason, "accepted_by": accepted_by, "date": date}
        values = {c.name: _checked(cells[c.name], c.name, self.path) for c in ACCEPTANCES.columns}
        self._change(gap, seen, values)
        return records.Acceptance(gap=values["gap"], reason=reason, accepted_by=accepted_by, date=date)

    def withdraw(self, gap: str, *, seen: str) -> None:
        """Take the acceptance of a gap out (parameters and errors: see `accept`)."""
        self._change(gap, seen, None)

    def _change(self, gap: str, seen: str, values: dict[str, str] | None) -> None:
        with self._locked():
            for _ in range(_ATTEMPTS):
                content = self._content()
                sheet = _Sheet(content, self.path)
                entry = sheet.rows[gap][0] if gap in sheet.rows else None
                if (entry.seen if entry else ABSENT) != seen:
                    raise EditConflict(entry.acceptance if entry else None, Place(FILE, iri=gap))
                if self._replace(content, sheet.changed(gap, values)):
                    return
        raise InputError(
            [Problem("the file is being changed by somebody else all the time", Place(str(self.path)), "try again")]
        )

    def _content(self) -> bytes | None:
        return read_bytes(self.path, FILE) if os.path.lexists(self.path) else None

    def _replace(self, old: bytes | None, new: bytes) -> bool:
        """Put the new content in the place of the old; False when another hand has changed the file since it was read."""
        beside = self.path.with_name(f".{FILE}.{os.getpid()}.part")
        try:
            with beside.open("wb") as file:
                file.write(new)
                file.flush()
                os.fsync(file.fileno())
            if old is not None:
                beside.chmod(self.path.stat().st_mode & 0o777)
            # An editor that takes no lock may have saved in the meantime: what it wrote must not be lost.
            if self._content() != old:
                return False
            beside.replace(self.path)
        except OSError as error:
            raise InputError(
                [
                    Problem(
                        f"the file cannot be written: {error.strerror}", Place(str(self.path)), "check space and rights"
                    )
                ]
            ) from error
        finally:
            beside.unlink(missing_ok=True)
        return True

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the lock of the folder, so that two servers, or two processes of one, write one after the other."""
        import fcntl

        try:
            file = (self.folder / _LOCK).open("a")
        except OSError as error:
            raise InputError(
                [
                    Problem(
                        f"the folder cannot be written to: {error.strerror}",
                        Place(str(self.folder)),
                        "check its rights",
                    )
                ]
            ) from error
        with file:
            deadline = time.monotonic() + _PATIENCE_SECONDS
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > deadline:
                        raise InputError(
                            [Problem("the acceptances are being written by somebody else", Place(FILE), "try again")]
                        ) from None
                    time.sleep(0.02)
            yield


def _checked(cell: str, column: str, path: Path) -> str:
    declared = next(c for c in ACCEPTANCES.columns if c.name == column)
    try:
        read_cell(declared, cell)
    except CellError as error:
        raise InputError([Problem(error.what, Place(path.name, column=column), error.remedy)]) from error
    return cell


class _Sheet:
    """The text of the file, and where the row of each gap stands in it."""

    def __init__(self, content: bytes | None, path: Path) -> None:
        self._content = content or b""
        self.rows: dict[str, tuple[Entry, tuple[int, int]]] = {}
        self._header: list[str] = []
        if not self._content.strip(codecs.BOM_UTF8 + b"\r\n\t "):
            return
        problems = Problems()
        found = list(csv_records(self._content, FILE))
        table = import_table(ACCEPTANCES, FILE, found, problems)
        problems.raise_if_any()
        self._header = next([tidy(c) for c in cells] for _, cells in found if any(c.strip() for c in cells))
        ends = {line: following for (line, _), (following, _) in zip(found, [*found[1:], (10**9, [])], strict=True)}
        for row in table.rows:
            acceptance = framework_records.acceptance(row)
            told = (acceptance.gap, acceptance.reason, acceptance.accepted_by, acceptance.date)
            seen = hashlib.sha256("\x1f".join(told).encode()).hexdigest()[:16]
            gap = iris.expand(acceptance.gap)
            if gap in self.rows:
                first = self.rows[gap][1][0]
                problems.add(
                    f"the gap is accepted in row {first} already", row.place("gap"), "keep one of the two rows"
                )
            self.rows[gap] = (Entry(acceptance, seen), (row.line, ends[row.line]))
        problems.raise_if_any()

    def changed(self, gap: str, values: dict[str, str] | None) -> bytes:
        """The file with another row for a gap; without one for None."""
        mark, text = (
            (codecs.BOM_UTF8, self._content[3:]) if self._content.startswith(codecs.BOM_UTF8) else (b"", self._content)
        )
        header = self._header or [c.name for c in ACCEPTANCES.columns]
        end = "\r\n" if b"\r\n" in text else "\n"
        if not self._header:
            text = _line(header, end)
        lacking = [name for name, value in (values or {}).items() if value and name not in header]
        if lacking:
            text, header = _widened(text, lacking, end), [*header, *lacking]
        new = _line([(values or {}).get(name, "") for name in header], end) if values else b""
        if gap not in self.rows:
            return mark + text + (b"" if text.endswith((b"\n", b"\r")) else end.encode()) + new
        first, following = self.rows[gap][1]
        if lacking:
            first, following = _Sheet(mark + text, Path(FILE)).rows[gap][1]
        lines = io.BytesIO(text).readlines()
        return mark + b"".join([*lines[: first - 1], new, *lines[following - 1 :]])


def _line(cells: list[str], end: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator=end).writerow(cells)
    return out.getvalue().encode()


def _widened(text: bytes, columns: list[str], end: str) -> bytes:
    """The table with further, empty columns."""
    rows = [cells for _, cells in csv_records(text, FILE)]
    lines = [
        _line([*cells, *(columns if number == 0 else [""] * len(columns))], end) for number, cells in enumerate(rows)
    ]
    return b"".join(lines)
