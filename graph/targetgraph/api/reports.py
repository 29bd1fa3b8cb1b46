"""Findings in sentences: explanations, simulations, robustness, closing sets, comparisons, structure, chance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from targetgraph.api.report import Report, Section
from targetgraph.api.tabular import Tabular, Value

if TYPE_CHECKING:
    import rdflib

    from targetgraph.analysis.closing import ClosingSet as ClosingRecord
    from targetgraph.analysis.coding import CodedGraph
    from targetgraph.analysis.comparison import Comparison as ComparisonRecord
    from targetgraph.analysis.explanation import Explanation as ExplanationRecord
    from targetgraph.analysis.gaps import Gap as GapRecord
    from targetgraph.analysis.scenarios import Robustness as RobustnessRecord
    from targetgraph.analysis.scenarios import Simulation as SimulationRecord
    from targetgraph.analysis.structure import Structure as StructureRecord
    from targetgraph.analysis.surprise import Surprise as SurpriseRecord
    from targetgraph.api.gaps import Gap


class Explanation(Report):
    """Why a cell, or the row of a target, is in its state, and the least that would make it covered."""

    _record: ExplanationRecord

    @property
    def title(self) -> str:
        """Row, column and state."""
        return f"{self._record.title}: {self._record.state.word} {self._record.state.symbol}"

    @property
    def state(self) -> str:
        """The state in words."""
        return self._record.state.word

    @property
    def sentences(self) -> tuple[str, ...]:
        """The rule that decided, and where."""
        from targetgraph.publish.explanation import place

        return self._record.rule, place(self._record)

    @property
    def changes(self) -> tuple[tuple[str, ...], ...]:
        """Alternatives, each the smallest set of changes that makes the cell covered, tried out on the data."""
        return tuple(c.sentences for c in self._record.counterfactuals)

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The same as scenarios, fit for :meth:`Framework.simulate`."""
        return tuple(str(c.scenario) for c in self._record.counterfactuals)

    def _sections(self) -> Iterator[Section]:
        from targetgraph.publish.explanation import sections

        return sections(self._record)

    def __str__(self) -> str:
        from targetgraph.publish.explanation import as_text

        return as_text(self._record)


class Simulation(Report):
    """Which gaps a scenario opens, closes and changes."""

    _record: SimulationRecord

    def __init__(self, record: SimulationRecord, coded: CodedGraph, made: Callable[[GapRecord], Gap]) -> None:
        super().__init__(record)
        self._coded, self._made = coded, made

    @property
    def title(self) -> str:
        """Framework and scenario."""
        return f"{self._record.framework_label}, supposing {self._record.scenario}"

    @property
    def scenario(self) -> str:
        """What is supposed, in the form that can be passed on."""
        return str(self._record.scenario)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What the scenario does to links, gaps and cells."""
        return (*self._record.effects, *self._record.sentences)

    @property
    def opened(self) -> tuple[Gap, ...]:
        """Gaps that are there only under the scenario."""
        return tuple(map(self._made, self._record.opened))

    @property
    def closed(self) -> tuple[Gap, ...]:
        """Gaps of today that are gone under it."""
        return tuple(map(self._made, self._record.closed))

    @property
    def changed(self) -> tuple[tuple[Gap, Gap], ...]:
        """Gaps that take another form: as they are, and as they would be."""
        return tuple((self._made(c.before), self._made(c.after)) for c in self._record.changed)

    def to_rdflib(self) -> rdflib.Graph:
        """Scenario and outcome as linked data (PROV-O), in an rdflib ``Graph``."""
        from rdflib import Graph

        from targetgraph.analysis.scenarios.rdf import as_turtle

        return Graph().parse(data=as_turtle(self._coded, self._record), format="turtle")

    def _sections(self) -> Iterator[Section]:
        for name, gaps in (("Opens", self._record.opened), ("Closes", self._record.closed)):
            yield name, [f"{g.sentence} <{g.iri}>" for g in gaps]
        yield "Changes its form", [c.sentence for c in self._record.changed]

    def __str__(self) -> str:
        from targetgraph.publish.scenarios import as_text

        return as_text(self._record)


class Robustness(Report):
    """Which gaps stay under other reasonable assumptions, and how many links covered cells can lose."""

    _record: RobustnessRecord

    @property
    def title(self) -> str:
        """The framework."""
        return f"{self._record.framework_label}: how robust"

    @property
    def sentences(self) -> tuple[str, ...]:
        """How many gaps stay, what each assumption does, and how fragile cells are."""
        return tuple(self._record.sentences)

    def _sections(self) -> Iterator[Section]:
        hanging = [(g, self._record.hangs_on(g)) for g in self._record.gaps]
        yield (
            "Gaps that disappear under an assumption",
            [f"{g.sentence} Gone if {'; '.join(a.sentence for a in on)}." for g, on in hanging if on],
        )

    def __str__(self) -> str:
        from targetgraph.publish.scenarios import robustness_as_text

        return robustness_as_text(self._record)


class ClosingSet(Report, Tabular):
    """The fewest, or cheapest, new links that close gaps. As a table it has one row a link, the one that buys most first."""

    _record: ClosingRecord

    @property
    def title(self) -> str:
        """The framework."""
        return f"Closing set of {self._record.framework}"

    @property
    def links(self) -> tuple[str, ...]:
        """The links as ``TARGET:DIMENSION:CONCEPT``, fit for ``add`` of :meth:`Framework.simulate`."""
        return tuple(step.link.code for step in self._record.steps)

    @property
    def cost(self) -> float:
        """Sum of their prices; a link costs 1 unless it was priced."""
        return self._record.cost

    @property
    def proved(self) -> bool:
        """Whether it is proved that no other set does better."""
        return self._record.solution.optimal

    @property
    def sentences(self) -> tuple[str, ...]:
        """The answer, its proof, and what the gap report says with the links in place."""
        from targetgraph.publish.closing import summary

        return tuple(summary(self._record))

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return (
            "link",
            "target",
            "dimension",
            "concept",
            "label",
            "cost",
            "implied",
            "closes",
            "closed",
            "alternatives",
        )

    def rows(self) -> Iterator[tuple[Value, ...]]:
        """Each link with its price, whether curators hold it to be implied, the gaps it closes, and the sum closed so far."""
        for step in self._record.steps:
            link = step.link
            yield (
                link.code, link.target, link.dimension, link.concept, link.concept_label, link.cost, link.implied,
                len(step.closes), step.closed, link.tied,
            )  # fmt: skip

    def _sections(self) -> Iterator[Section]:
        from targetgraph.publish.closing import sentence

        of = len(self._record.chosen)
        yield (
            "Link by link, what each buys",
            [f"{sentence(s)}: closes {len(s.closes)}; {s.closed} of {of} closed so far" for s in self._record.steps],
        )
        yield "Gaps that appear with these links", [g.sentence for g in self._record.opened]
        yield (
            "Gaps that links cannot close",
            [f"{i.gap.sentence.rstrip('.')}: {i.reason}." for i in self._record.impossible],
        )

    def __str__(self) -> str:
        from targetgraph.publish.closing import as_text

        return as_text(self._record)


class Comparison(Report):
    """What was lost, added and softened between two frameworks, versions or scenarios."""

    _record: ComparisonRecord

    @property
    def title(self) -> str:
        """What is compared with what."""
        from targetgraph.publish.comparison import title

        return title(self._record)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The data version, and what limits the comparison."""
        from targetgraph.publish.comparison import versions

        return (versions(self._record), *self._record.notes)

    def _sections(self) -> Iterator[Section]:
        from targetgraph.publish.comparison import sections

        return ((name, lines) for name, lines in sections(self._record) if name != "To keep in mind")

    def __str__(self) -> str:
        from targetgraph.publish.comparison import as_text

        return as_text(self._record)


class Structure(Report):
    """Who carries a framework, and where it would break."""

    _record: StructureRecord

    @property
    def title(self) -> str:
        """Framework and what its targets are linked to."""
        return f"Structure of {self._record.framework}: targets and {self._record.plural}"

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was looked at, and what counts."""
        from targetgraph.publish.structure import opening

        return (opening(self._record),)

    @property
    def single_points(self) -> dict[str, tuple[str, ...]]:
        """By code of a concept: codes of the targets that would have none left if it withdrew."""
        return {w.actor.code: tuple(t.code for t in w.orphaned) for w in self._record.single_points}

    def _sections(self) -> Iterator[Section]:
        from targetgraph.publish.structure import sections

        return iter(sections(self._record))

    def __str__(self) -> str:
        from targetgraph.publish.structure import as_text

        return as_text(self._record)


class Surprise(Report):
    """Whether emptiness is more than chance: a table against random ones with the same totals."""

    _record: SurpriseRecord

    @property
    def title(self) -> str:
        """What was compared with chance."""
        return f"{self._record.title} ({self._record.framework}) against chance"

    @property
    def sentences(self) -> tuple[str, ...]:
        """The answer as a whole, and how it was found."""
        from targetgraph.publish.surprise import summary

        return (*summary(self._record), self._record.method)

    def _sections(self) -> Iterator[Section]:
        from targetgraph.publish.surprise import lead, sentence, shown

        yield lead(self._record, False).rstrip(".:"), [sentence(f) for f in shown(self._record, False)]

    def __str__(self) -> str:
        from targetgraph.publish.surprise import as_text

        return as_text(self._record)
