"""Documents that were read: targets, and rows for tables that somebody has to decide on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from targetgraph.api.building import Folders, folders_of
from targetgraph.api.result import Result
from targetgraph.api.table import Table
from targetgraph.api.tabular import Tabular, Value
from targetgraph.errors import TargetGraphError
from targetgraph.pipeline.document_reading import DocumentReading
from targetgraph.publish.readings import named_by_target
from targetgraph.reading.brackets import number_of_readings, share_in_brackets
from targetgraph.reading.review.proposing import SHEETS, amount
from targetgraph.records.smart import CRITERIA

if TYPE_CHECKING:
    import rdflib

    from targetgraph.pipeline.document_reading import Read
    from targetgraph.reading.review.proposing import ReadTarget


def read(
    path: str | Path,
    *,
    framework: str = "",
    document: str = "",
    language: str = "",
    review: str | Path | None = None,
    tables: Folders = (),
    terms: Folders = (),
    mentions: bool = True,
) -> Reading:
    """Read targets out of a document, for review. Nothing that is read is taken for true before somebody accepts it.

    Parameters
    ----------
    path : DOCX, PDF with a text layer, HTML, Markdown, plain text, CSV, XLSX or ODS (``docs/reading.md``).
    framework, document : identifiers of the framework and of the document; made of the file's name by default.
    language : its language, such as ``fr``; what the file says, else English, by default.
    review : a review of an earlier version, whose decisions are kept where nothing changed.
    tables : folders with tables of your own, whose vocabularies are looked for beside the bundled ones.
    terms : Turtle files with labels and listed words of your own.
    mentions : whether to look for actors, sectors, stages and goals in the text, and to judge how SMART it is.

    Raises
    ------
    InputError : the file is no document that can be read, is encrypted or larger than is allowed; a name does not fit.
    TargetGraphError : there is no such file.
    """
    files = [Path(terms)] if isinstance(terms, (str, Path)) else [Path(term) for term in terms]
    reading = DocumentReading(folders_of(tables), mentions=mentions, terms=files)
    earlier = Path(review) if review is not None else None
    found = reading.read(Path(path), framework=framework, document=document, language=language, earlier=earlier)
    return Reading(reading, found)


class Reading(Result, Tabular):
    """A document read. As a table it has one row a target; :meth:`sheet` gives the rows to decide on."""

    def __init__(self, reading: DocumentReading, read: Read) -> None:
        self._reading, self._read = reading, read

    @property
    def about(self) -> dict[str, str]:
        """``file``, ``sha256``, ``framework``, ``document``, ``language`` and ``title``."""
        return dict(self._read.review.about)

    @property
    def format(self) -> str:
        """``docx``, ``pdf``, ``html``, ``markdown``, ``text``, ``csv``, ``xlsx`` or ``ods``, by its content."""
        return self._read.document.format

    @property
    def notes(self) -> Table:
        """What was left out, passed over or doubtful, and verdicts with their reasons: kind, where, what, remedy."""
        columns = ("kind", "where", "what", "remedy")
        return Table("Notes", columns, [[n.get(c, "") for c in columns] for n in self._read.review.notes])

    def sheet(self, name: str = "targets") -> Table:
        """The proposed rows of a table, as the review has them.

        Parameters
        ----------
        name : ``targets``, ``wordings``, ``passages``, ``links``, or ``columns`` for how columns of tables were understood.

        Raises
        ------
        TargetGraphError : there is no such sheet.
        """
        if name not in SHEETS:
            raise TargetGraphError(f"a review has no sheet {name!r}", "", f"use one of: {', '.join(SHEETS)}")
        rows = self._read.review.sheets.get(name, {})
        columns = tuple(dict.fromkeys(("row", "decision", *(c for cells in rows.values() for c in cells))))
        caption = f"Proposed {name} of {self.about['file']}; nobody has accepted them"
        return Table(caption, columns, [[key, *(cells.get(c, "") for c in columns[1:])] for key, cells in rows.items()])

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns; the last five are the SMART criteria."""
        return (
            "id", "text", "where", "objective", "why", "confidence", "in_brackets", "readings", "emphasised", "names",
            *CRITERIA,
        )  # fmt: skip

    def rows(self) -> Iterator[tuple[Value, ...]]:
        """One row a target: its number, text and place; why it was taken for one and how sure that is (0 to 1); the share of
        its words in brackets (0 to 1) and how many readings these allow; words set off; what it names; a verdict a criterion
        (``met``, ``partly``, ``not``, ``cannot tell``), ``None`` without mentions.
        """
        named = named_by_target(self._read.review)
        return (self._row(target, named.get(target.found.id, [])) for target in self._read.targets)

    def _row(self, target: ReadTarget, named: list[str]) -> tuple[Value, ...]:
        found = target.found
        verdicts = {v.criterion: v.verdict for v in target.smart.verdicts} if target.smart else {}
        return (
            found.id, found.text, found.location.within, found.objective, found.rule, found.confidence,
            share_in_brackets(target.negotiation).ratio, amount(number_of_readings(target.negotiation)),
            ", ".join(mark.words for mark in found.emphases), ", ".join(named),
            *(verdicts.get(criterion) for criterion in CRITERIA),
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self._read.targets)

    def save(self, path: str | Path) -> Path:
        """Write the review to be edited, and its candidates as Turtle beside it; ``targetgraph review accept`` brings accepted
        rows into tables.

        Parameters
        ----------
        path : a workbook (``.xlsx``), or a folder for CSV files.

        Returns
        -------
        The path.

        Raises
        ------
        TargetGraphError : it cannot be written.
        """
        self._reading.write(self._read.review, Path(path))
        return Path(path)

    def to_rdflib(self) -> rdflib.Graph:
        """The candidates as Web Annotations (W3C 2017) in an rdflib ``Graph``; they claim nothing of the targets."""
        from rdflib import Graph

        return Graph().parse(data=self._reading.turtle(self._read.review), format="turtle")

    def to_dict(self) -> dict[str, Any]:
        """``about``, ``format``, ``targets`` (as the rows), ``sheets`` (rows by table) and ``notes``; after a review of an
        earlier version also ``rerun``: rows ``unchanged`` (how many), ``changed``, ``new`` and ``gone``.
        """
        again = self._read.rerun
        rerun = (
            {
                "unchanged": again.unchanged,
                "changed": list(again.changed),
                "new": list(again.new),
                "gone": list(again.gone),
            }
            if again
            else None
        )
        return {
            "about": self.about,
            "format": self.format,
            "targets": self.to_dicts(),
            "sheets": {name: self.sheet(name).to_dicts() for name in SHEETS},
            "notes": self.notes.to_dicts(),
            **({"rerun": rerun} if rerun else {}),
        }

    def __str__(self) -> str:
        return "\n".join(self._read.summary())

    def _summary(self) -> str:
        return f"{self.about['file']}, {self.format}, {len(self)} targets, to be reviewed"

    def _repr_html_(self) -> str:
        shown = ("id", "text", "where", "in_brackets", "readings", "names", *CRITERIA)
        rows = [[row[name] for name in shown] for row in self.to_dicts()]
        links = len(self._read.review.sheets["links"])
        notes = [
            "Proposals of a program: nobody has accepted them.",
            f"{links} proposed links and {len(self._read.review.notes)} notes.",
        ]
        return Table(f"{len(self)} targets read in {self.about['file']}", shown, rows, notes)._repr_html_()
