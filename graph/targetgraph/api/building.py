"""Building and checking."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from targetgraph.api.graph import Graph
from targetgraph.api.opening import place_of
from targetgraph.api.result import Result
from targetgraph.api.tabular import Tabular, Value
from targetgraph.errors import TargetGraphError
from targetgraph.pipeline.opening import open_version
from targetgraph.store.remote_address import RemoteAddress

if TYPE_CHECKING:
    from targetgraph.checking import CheckReport
    from targetgraph.pipeline import BuildResult

Folders = str | Path | Iterable[str | Path]
Progress = Callable[[str], None]


def build(
    tables: Folders = (),
    store: str | Path | None = None,
    *,
    dataset: str | Path | None = None,
    shapes: bool = False,
    derive: bool = True,
    full: bool = False,
    progress: Progress | None = None,
) -> Graph:
    """Build the graph and open it. The new one takes the place of the old at the very end and all at once.

    Parameters
    ----------
    tables : folders with tables of your own, one or several, laid beside the bundled ones (``docs/tables.md``).
    store : the store folder, or the address of a service to publish to (default: see :func:`open_graph`).
    dataset : build from this N-Quads file instead of tables; the options that follow go with it.
    shapes : check the statements against the shapes first.
    derive : make the plain properties that queries use.
    full : do everything again, even if little has changed.
    progress : called with a short sentence before each step; ``print`` will do.

    Raises
    ------
    InputError : tables or statements are wrong, or break a shape: every mistake with file, row, column and what to do. The
        graph stays as it was.
    StoreError : the store cannot be written, or another build is under way.
    TargetGraphError : options that exclude each other.
    """
    folders, place = folders_of(tables), place_of(store)
    if dataset is not None and folders:
        raise TargetGraphError("a dataset and tables exclude each other", str(dataset), "leave one of them out")
    if dataset is None and (shapes or full or not derive):
        raise TargetGraphError("shapes, derive and full go with a dataset", "", "leave them out, or give a dataset")
    if isinstance(place, RemoteAddress):
        from targetgraph.pipeline import build_remote, publish_dataset

        result = (
            build_remote(folders, place, progress)[0]
            if dataset is None
            else publish_dataset(Path(dataset), place, progress, check=shapes, infer=derive, full=full)[0]
        )
    else:
        from targetgraph.pipeline import build, build_from_dataset

        result = (
            build(folders, place, progress)
            if dataset is None
            else build_from_dataset(Path(dataset), place, progress, check=shapes, infer=derive, full=full)
        )
    return Graph(open_version(place), _notes(result, dataset is not None and not shapes))


def _notes(result: BuildResult, unchecked: bool) -> Iterator[str]:
    yield f"Built {result.quads:,} statements."
    for name in result.changed_tables:
        yield f"{name} differs from what its manifest recorded."
    if result.warnings:
        yield f"{result.warnings} pieces of advice; targetgraph.check() lists them."
    for iri in result.unknown_acceptances:
        yield f"acceptances.csv accepts {iri}, which is no gap and never was one."
    if unchecked:
        yield "The statements were not checked against the shapes; shapes=True does that."


def check(tables: Folders = (), *, vocabularies: bool = False) -> Checked:
    """Check tables against the rules, without building.

    Parameters
    ----------
    tables : folders with tables of your own, one or several, checked with the bundled ones.
    vocabularies : check the concept schemes against SKOS instead.

    Raises
    ------
    InputError : the tables cannot even be read as records.
    """
    from targetgraph.pipeline import check_skos, check_tables

    return Checked((check_skos if vocabularies else check_tables)(folders_of(tables)))


def folders_of(tables: Folders) -> list[Path]:
    """Folders as a user gives them: none, one or several."""
    return [Path(tables)] if isinstance(tables, (str, Path)) else [Path(t) for t in tables]


class Checked(Result, Tabular):
    """What a check found: each result with its place and what to do. True where nothing has to be mended."""

    def __init__(self, report: CheckReport) -> None:
        self._report = report

    @property
    def to_mend(self) -> int:
        """How many results have to be mended."""
        return len(self._report.violations)

    @property
    def to_consider(self) -> int:
        """How many pieces of advice there are."""
        return len(self._report.found) - self.to_mend

    def __bool__(self) -> bool:
        return self.to_mend == 0

    def __len__(self) -> int:
        return len(self._report.found)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return ("severity", "what", "file", "row", "column", "resource", "remedy", "rule")

    def rows(self) -> Iterator[tuple[Value, ...]]:
        """One row a result in force, gravest first; those that a waiver covers are in :meth:`to_dict`."""
        for v in self._report.found:
            told = v.problem()
            yield v.severity, told.what, v.place.file, v.place.row, v.place.column, v.focus, told.remedy, v.rule

    def to_dict(self) -> dict[str, Any]:
        """``violations``, ``results`` (the waived ones too, with the reason) and ``changed_tables``."""
        import json

        from targetgraph.publish.checks import as_json

        found: dict[str, Any] = json.loads(as_json(self._report))
        return found

    def __str__(self) -> str:
        from targetgraph.publish.checks import as_text

        return as_text(self._report)

    def _summary(self) -> str:
        return f"{self.to_mend} to mend, {self.to_consider} to consider, {len(self._report.waived)} waived"

    def _repr_html_(self) -> str:
        from targetgraph.api.table import Table

        return Table(self._summary(), self.columns, list(self.rows()))._repr_html_()
