"""Coverage matrices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from targetgraph.analysis.coverage import Coverage, Heading
from targetgraph.analysis.states import REACHED, State
from targetgraph.api.result import Result
from targetgraph.api.tabular import Tabular, Value, needed
from targetgraph.errors import TargetGraphError

if TYPE_CHECKING:
    import networkx as nx
    import pandas
    import polars

    from targetgraph.api.framework import Framework
    from targetgraph.api.reports import Explanation

    Network = nx.Graph[str]

What = Literal["state", "symbol", "count"]
COLUMNS = (
    "framework", "row_iri", "row", "row_label", "column_iri", "column", "column_label", "state", "count", "counted",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a matrix.

    Parameters
    ----------
    row, column : headings, each with ``iri``, ``code``, ``label`` and ``umbrella``.
    state : the state in words: ``covered``, ``thin``, ``implied``, ``umbrella``, ``contingent``, ``stale``,
        ``not applicable``, ``not assessed`` or ``gap``.
    symbol : the state as one character.
    count : links, or in a matrix that is not of targets, targets.
    """

    row: Heading
    column: Heading
    state: str
    symbol: str
    count: int

    @property
    def reached(self) -> bool:
        """Whether it rests on links of any sort."""
        return State[self.state.upper().replace(" ", "_")] <= REACHED


class Matrix(Result, Tabular):
    """Rows by columns, each cell in one of nine states (``docs/states.md``). Iterating gives every :class:`Cell`, row by row.

    As a table (:meth:`to_csv`, :meth:`to_dicts`, :meth:`to_xlsx`) it has one row a cell; :meth:`to_pandas` and
    :meth:`to_polars` give rows and columns as drawn.
    """

    def __init__(self, found: Coverage, framework: Framework, minimum: int) -> None:
        self._found, self._framework, self._minimum = found, framework, minimum

    @property
    def title(self) -> str:
        """What it shows."""
        return self._found.title

    @property
    def row_headings(self) -> tuple[Heading, ...]:
        """Headings of the rows, each with ``iri``, ``code``, ``label``."""
        return self._found.rows

    @property
    def column_headings(self) -> tuple[Heading, ...]:
        """Headings of the columns; ``umbrella`` is true for a catch-all."""
        return self._found.columns

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and of columns."""
        return len(self._found.rows), len(self._found.columns)

    def __len__(self) -> int:
        return len(self._found.rows) * len(self._found.columns)

    def __iter__(self) -> Iterator[Cell]:
        for row in range(len(self._found.rows)):
            for column in range(len(self._found.columns)):
                yield self._cell(row, column)

    def _cell(self, row: int, column: int) -> Cell:
        state = State(int(self._found.states[row, column]))
        count = int(self._found.counts[row, column])
        return Cell(self._found.rows[row], self._found.columns[column], state.word, state.symbol, count)

    def __getitem__(self, key: tuple[str, str]) -> Cell:
        """The cell of a row and a column, each by code, label or IRI.

        Raises
        ------
        TargetGraphError : there is no such row or column.
        """
        row, column = key
        return self._cell(_position(self._found.rows, row, "row"), _position(self._found.columns, column, "column"))

    def tally(self) -> dict[str, int]:
        """How many cells are in each state, all nine named."""
        return {state.word: number for state, number in self._found.tally().items()}

    @property
    def empty_rows(self) -> tuple[Heading, ...]:
        """Rows without a single link, somebody having looked."""
        return tuple(self._found.empty_rows())

    @property
    def empty_columns(self) -> tuple[Heading, ...]:
        """Columns without a single link, somebody having looked."""
        return tuple(self._found.empty_columns())

    def explain(self, row: str, column: str) -> Explanation:
        """Why a cell of a matrix of targets is in its state (see :meth:`Framework.explain`).

        Parameters
        ----------
        row, column : code, label or IRI of a heading.

        Raises
        ------
        TargetGraphError : the rows are not targets, or there is no such row or column.
        """
        if self._found.row_name != "targets":
            raise TargetGraphError(
                f"cells of {self._found.row_name} by {self._found.column_name} are not explained one by one", "",
                "ask a matrix of targets, such as framework.coverage('targets', 'stages')",
            )  # fmt: skip
        cell = self[row, column]
        return self._framework.explain(cell.row.iri, cell.column.iri, self._found.column_name, minimum=self._minimum)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns of the table of cells."""
        return COLUMNS

    def rows(self) -> Iterator[tuple[Value, ...]]:
        """One row a cell."""
        for cell in self:
            yield (
                self._found.framework, cell.row.iri, cell.row.code, cell.row.label, cell.column.iri, cell.column.code,
                cell.column.label, cell.state, cell.count, self._found.counted,
            )  # fmt: skip

    def _values(self, what: What) -> list[list[Value]]:
        if what not in ("state", "symbol", "count"):
            raise TargetGraphError(f"a cell has no {what!r}", "", "ask for 'state', 'symbol' or 'count'")
        rows, columns = self.shape
        return [[getattr(self._cell(row, column), what) for column in range(columns)] for row in range(rows)]

    def to_pandas(self, what: What = "state") -> pandas.DataFrame:
        """The matrix as drawn: codes of rows as index, labels as columns.

        Parameters
        ----------
        what : what the cells hold: ``state``, ``symbol`` or ``count``.

        Raises
        ------
        ResourceMissing : pandas is not installed.
        """
        frame = needed("pandas").DataFrame(self._values(what), columns=self._names())
        frame.index = [h.code for h in self._found.rows]
        return frame

    def to_polars(self, what: What = "state") -> polars.DataFrame:
        """The matrix as drawn: codes of rows in the column ``row``, labels as further columns (parameters: see
        :meth:`to_pandas`).

        Raises
        ------
        ResourceMissing : polars is not installed.
        """
        values = self._values(what)
        data: dict[str, list[Value]] = {"row": [h.code for h in self._found.rows]}
        data |= {name: [row[i] for row in values] for i, name in enumerate(self._names())}
        frame: polars.DataFrame = needed("polars").DataFrame(data)
        return frame

    def _names(self) -> list[str]:
        """Labels of the columns; where two are alike, with their codes."""
        labels = [h.label for h in self._found.columns]
        return [f"{h.label} ({h.code})" if labels.count(h.label) > 1 else h.label for h in self._found.columns]

    def to_networkx(self) -> Network:
        """The matrix as a bipartite networkx ``Graph``.

        Returns
        -------
        Rows (``bipartite=0``) and columns (``bipartite=1``) by IRI, with ``code`` and ``label``; an edge for each cell that
        links reach, with ``state`` and ``count``.
        """
        import networkx as nx

        network: Network = nx.Graph(title=self.title, framework=self._found.framework, version=self._found.version)
        for part, headings in enumerate((self._found.rows, self._found.columns)):
            for heading in headings:
                network.add_node(heading.iri, bipartite=part, code=heading.code, label=heading.label)
        network.add_edges_from(
            (cell.row.iri, cell.column.iri, {"state": cell.state, "count": cell.count}) for cell in self if cell.reached
        )
        return network

    def to_dict(self) -> dict[str, Any]:
        """Headings, tally, and each cell with its state and count."""
        import json

        from targetgraph.publish.coverage import as_json

        found: dict[str, Any] = json.loads(as_json(self._found))
        return found

    def __str__(self) -> str:
        from targetgraph.publish.coverage import as_text

        return as_text(self._found)

    def _summary(self) -> str:
        told = ", ".join(f"{number} {word}" for word, number in self.tally().items() if number)
        return f"{self.title}, {self.shape[0]} × {self.shape[1]}: {told}"

    def _repr_html_(self) -> str:
        from targetgraph.views.fragments.matrix import matrix

        return matrix(self._found, [self._framework.standing])


def _position(headings: tuple[Heading, ...], name: str, what: str) -> int:
    for wanted in ((h.iri for h in headings), (h.code for h in headings), (h.label for h in headings)):
        names = list(wanted)
        if name in names:
            return names.index(name)
    lowered = [(h.code.lower(), h.label.lower()) for h in headings]
    found = [i for i, both in enumerate(lowered) if name.lower() in both]
    if len(found) == 1:
        return found[0]
    from targetgraph.library.suggestions import did_you_mean

    remedy = did_you_mean(name, [h.code for h in headings], "use a code, label or IRI; the codes are: {all}")
    raise TargetGraphError(f"the matrix has no {what} {name!r}", "", remedy)
