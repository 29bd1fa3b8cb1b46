"""Targets of a framework."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, overload

from targetgraph.analysis.coverage import Heading, concept_heading, target_heading
from targetgraph.api.result import Result
from targetgraph.api.tabular import Tabular, Value

if TYPE_CHECKING:
    from targetgraph.api.framework import Framework
    from targetgraph.api.gaps import Gaps
    from targetgraph.api.reports import Explanation
    from targetgraph.api.table import Table

_MEASURABLE = ("not judged", "yes", "partly", "no")
_VERIFIED = ("sourced", "recalled", "judged")
COLUMNS = (
    "code", "label", "objective", "deadline", "measurable", "verification", "confidence", "status", "summary", "iri",
)  # fmt: skip


class Target(Result):
    """A target, with what it says of itself and how that is known."""

    def __init__(self, framework: Framework, number: int) -> None:
        self._framework, self._number = framework, number

    def _cell(self, column: str) -> Any:
        return getattr(self._framework._coded.targets, column)[self._number]

    @property
    def heading(self) -> Heading:
        """``iri``, ``code`` and ``label`` in one."""
        return target_heading(self._framework._coded, self._number)

    @property
    def iri(self) -> str:
        """Its IRI."""
        return self.heading.iri

    @property
    def code(self) -> str:
        """Its number, such as ``A4``."""
        return self.heading.code

    @property
    def label(self) -> str:
        """What it is about."""
        return self.heading.label

    @property
    def summary(self) -> str:
        """A paraphrase; the official text is not reproduced."""
        return str(self._cell("summary"))

    @property
    def objective(self) -> str:
        """Code of the objective it is under, or empty."""
        number = int(self._cell("objective"))
        return str(self._framework._coded.tables["objectives"].notation[number]) if number >= 0 else ""

    @property
    def deadline(self) -> int | None:
        """The year it is due in; ``None`` where it has no date."""
        return int(self._cell("deadline")) or None

    @property
    def measurable(self) -> str:
        """Whether an end state can be checked: ``yes``, ``partly``, ``no`` or ``not judged``."""
        return _MEASURABLE[int(self._cell("measurability"))]

    @property
    def verification(self) -> str:
        """How its wording is known: ``sourced``, ``recalled`` (nobody checked it) or ``judged``."""
        return _VERIFIED[int(self._cell("verification"))]

    @property
    def confidence(self) -> float:
        """How sure its author is of the wording, from 0 to 1."""
        return round(float(self._cell("confidence")), 3)

    @property
    def status(self) -> str:
        """Proposed, adopted and so on, as the graph says."""
        return str(self._cell("status")).rpartition("#")[2]

    def states(self) -> dict[str, str]:
        """Its state in each dimension, by short name of the dimension; what its gaps are told from."""
        standing = self._framework._standing
        return {
            code: standing.row_state(self._number, dimension).word
            for code, dimension in self._framework._coded.dimensions.items()
        }

    def concepts(self, dimension: str) -> tuple[Heading, ...]:
        """What its links in a dimension concern, each once.

        Raises
        ------
        TargetGraphError : there is no such dimension.
        """
        coded = self._framework._coded.dimension(dimension)
        mine = [int(c) for c, t in zip(coded.links.concept, coded.links.target, strict=True) if t == self._number]
        return tuple(concept_heading(coded, c) for c in dict.fromkeys(mine))

    def links(self, dimension: str = "") -> Table:
        """Its links with basis, role, confidence and the words they rest on (see :meth:`Framework.links`)."""
        return self._framework._links(dimension, [self._number], f"Links of {self.code} {self.label}")

    def gaps(self) -> Gaps:
        """Its open gaps, gravest and surest first."""
        return self._framework.gaps().where(lambda gap: gap.subject_iri == self.iri)

    def explain(self, column: str, dimension: str = "") -> Explanation:
        """Why a cell of its row is in its state (parameters: see :meth:`Framework.explain`)."""
        return self._framework.explain(self.iri, column, dimension)

    def to_dict(self) -> dict[str, Any]:
        """Everything above as plain values, its links and gaps included."""
        return {
            **{name: getattr(self, name) for name in COLUMNS},
            "states": self.states(),
            "links": self.links().to_dicts(),
            "gaps": [gap.to_dict() for gap in self.gaps()],
        }

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Target) and (self.iri, self._framework) == (other.iri, other._framework)

    def __hash__(self) -> int:
        return hash(self.iri)

    def __str__(self) -> str:
        return "\n".join([f"{self.code} {self.label}", *(f"  {name}: {told}" for name, told in self._facts())])

    def _facts(self) -> Iterator[tuple[str, str]]:
        yield "summary", self.summary
        yield "due", str(self.deadline) if self.deadline else "no date"
        yield "can be checked", self.measurable
        unchecked = " (not checked against the official text)" if self.verification == "recalled" else ""
        yield "wording", f"{self.verification}{unchecked}"

    def _summary(self) -> str:
        return f"{self.code} {self.label}, {self.verification}"

    def _repr_html_(self) -> str:
        from targetgraph.views.fragments.report import report

        links = self.links().to_dicts()
        by_dimension: dict[str, list[str]] = {}
        for link in links:
            quote = f" “{link['quote']}”" if link["quote"] else ""
            role = f" as {link['role']}" if link["role"] else ""
            sure = f"{link['basis']}, {link['verification']}, confidence {link['confidence']:g}"
            by_dimension.setdefault(str(link["dimension"]), []).append(f"{link['concept']}{role}: {sure}.{quote}")
        gaps = [f"{gap.sentence} <{gap.iri}>" for gap in self.gaps()]
        facts = [f"{name[:1].upper()}{name[1:]}: {told}" for name, told in self._facts()]
        return report(f"{self.code} {self.label}", facts, [("Gaps", gaps), *by_dimension.items()])


class Targets(Result, Tabular, Sequence[Target]):
    """The targets of a framework in its order; ``targets["A4"]`` is one of them, ``"A4" in targets`` asks for it."""

    def __init__(self, framework: Framework) -> None:
        self._framework = framework
        self._numbers = [int(n) for n in framework._coded.targets_of(framework._number)]

    @overload
    def __getitem__(self, index: int | str) -> Target: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Target]: ...

    def __getitem__(self, index: int | str | slice) -> Target | Sequence[Target]:
        """By position, by slice, or by code, label or IRI (errors: see :meth:`Framework.target`)."""
        if isinstance(index, str):
            return self._framework.target(index)
        if isinstance(index, slice):
            return [Target(self._framework, n) for n in self._numbers[index]]
        return Target(self._framework, self._numbers[index])

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[Target]:
        return (Target(self._framework, n) for n in self._numbers)

    def __contains__(self, item: object) -> bool:
        return any(item in (target, target.code, target.iri) for target in self)

    @property
    def codes(self) -> tuple[str, ...]:
        """Their codes."""
        return tuple(target.code for target in self)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, those of the properties of a target."""
        return COLUMNS

    def rows(self) -> Iterator[tuple[Value, ...]]:
        """One row a target."""
        return (tuple(getattr(target, name) for name in COLUMNS) for target in self)

    def to_dict(self) -> dict[str, Any]:
        """``framework`` and ``targets`` (dictionaries, without links and gaps)."""
        return {"framework": self._framework.code, "targets": self.to_dicts()}

    def __str__(self) -> str:
        return "\n".join(f"{target.code} {target.label}" for target in self)

    def _summary(self) -> str:
        return f"{len(self)} of {self._framework.code}: {', '.join(self.codes[:8])}{', …' if len(self) > 8 else ''}"

    def _repr_html_(self) -> str:
        from targetgraph.api.table import Table

        shown = ("code", "label", "deadline", "measurable", "verification", "summary")
        rows = [[getattr(target, name) for name in shown] for target in self]
        caption = f"{len(self)} targets of {self._framework.label}"
        return Table(caption, shown, rows, [self._framework.standing])._repr_html_()
