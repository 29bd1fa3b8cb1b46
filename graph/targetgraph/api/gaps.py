"""Gaps, one and many."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, overload

from targetgraph.analysis.gaps.record import Evidence
from targetgraph.api.answers import Answer
from targetgraph.api.result import Result
from targetgraph.api.tabular import Tabular, Value

if TYPE_CHECKING:
    import rdflib

    from targetgraph.analysis.gaps import Gap as GapRecord
    from targetgraph.analysis.gaps import GapReport
    from targetgraph.api.graph import Graph


class Gap(Result):
    """Something that is expected and not there, with why it counts, how sure that is and what it rests on."""

    def __init__(self, record: GapRecord, graph: Graph) -> None:
        self._record, self._graph = record, graph

    @property
    def iri(self) -> str:
        """Its name; the same gap has the same in every build."""
        return self._record.iri

    @property
    def kind(self) -> str:
        """Short name of its kind, such as ``no-deadline``."""
        return self._record.kind

    @property
    def dimension(self) -> str:
        """Short name of the dimension it is in, or empty."""
        return self._record.dimension

    @property
    def framework(self) -> str:
        """Code of the framework."""
        return self._record.framework

    @property
    def subject(self) -> str:
        """Code of the target, objective or concept that lacks something."""
        return self._record.subject

    @property
    def label(self) -> str:
        """What that is called."""
        return self._record.subject_label

    @property
    def subject_iri(self) -> str:
        """Its IRI."""
        return self._record.subject_iri

    @property
    def missing(self) -> str:
        """What is missing, in a few words."""
        return self._record.missing

    @property
    def sentence(self) -> str:
        """What is missing, in a sentence."""
        return self._record.sentence

    @property
    def because(self) -> str:
        """Why it counts."""
        return self._record.because

    @property
    def severity(self) -> float:
        """Gravity by kind and obligation, from 0 to 1."""
        return self._record.severity

    @property
    def certainty(self) -> float:
        """How sure it is, from 0 to 1: as sure as the weakest thing it rests on."""
        return self._record.certainty.weight

    @property
    def how_sure(self) -> str:
        """The certainty in words: ``high``, ``medium`` or ``low``, and the reason."""
        return f"{self._record.certainty.level}: {self._record.certainty.reason}"

    @property
    def rank(self) -> float:
        """Severity times certainty: what lists are sorted by."""
        return self._record.rank

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What it rests on: each with ``text``, ``iri`` and ``status`` (how it is known)."""
        return self._record.evidence

    @property
    def status(self) -> str:
        """``open`` or ``accepted``."""
        return self._record.status

    @property
    def first_seen(self) -> str:
        """ISO date of the first build that found it."""
        return self._record.first_seen

    @property
    def accepted_because(self) -> str:
        """The reason why it was accepted; empty while it is open."""
        return self._record.accepted_because

    @property
    def shown_by(self) -> str:
        """Name of the query of the library that shows it; its parameters are in :attr:`parameters`."""
        return self._record.query

    @property
    def parameters(self) -> dict[str, str]:
        """Parameters of that query."""
        return dict(self._record.parameters)

    def ask(self) -> Answer:
        """Run the query that shows it (errors: see :meth:`Graph.query`)."""
        return self._graph._asked(self.shown_by, self.parameters)

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values."""
        return self._record.to_json()

    def __str__(self) -> str:
        lines = [self.sentence, f"  why it counts: {self.because}", f"  how sure: {self.how_sure}"]
        lines += [f"  evidence: {e.text}{f' [{e.status}]' if e.status else ''}" for e in self.evidence]
        return "\n".join(lines)

    def _summary(self) -> str:
        return f"{self.kind}: {self.sentence}"

    def _repr_html_(self) -> str:
        from targetgraph.views.fragments.gaps import gap

        return gap(self._record)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Gap) and self._record == other._record

    def __hash__(self) -> int:
        return hash(self.iri)


COLUMNS = (
    "kind", "dimension", "subject", "label", "missing", "sentence", "because", "severity", "certainty", "how_sure", "rank",
    "status", "first_seen", "accepted_because", "shown_by", "iri", "data_version",
)  # fmt: skip


class Gaps(Result, Tabular, Sequence[Gap]):
    """The gaps of a framework, gravest and surest first."""

    def __init__(self, report: GapReport, graph: Graph) -> None:
        self._report, self._graph = report, graph

    @overload
    def __getitem__(self, index: int) -> Gap: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Gap]: ...

    def __getitem__(self, index: int | slice) -> Gap | Sequence[Gap]:
        if isinstance(index, slice):
            return [Gap(record, self._graph) for record in self._report.gaps[index]]
        return Gap(self._report.gaps[index], self._graph)

    def __len__(self) -> int:
        return len(self._report.gaps)

    def __iter__(self) -> Iterator[Gap]:
        return (Gap(record, self._graph) for record in self._report.gaps)

    @property
    def headlines(self) -> tuple[str, ...]:
        """One sentence for each kind and dimension, in the same order."""
        return tuple(h.sentence for h in self._report.headlines)

    @property
    def counts(self) -> dict[tuple[str, str], int]:
        """How many there are by kind and dimension."""
        return {(h.kind, h.dimension): h.count for h in self._report.headlines}

    @property
    def unverified(self) -> int:
        """How many wordings of the framework's targets nobody has checked against the official text."""
        return self._report.unverified

    @property
    def accepted(self) -> int:
        """How many gaps of this sort somebody decided to live with."""
        return self._report.accepted

    def where(self, predicate: Callable[[Gap], bool]) -> Gaps:
        """The gaps for which ``predicate(gap)`` is true, in the same order."""
        kept = tuple(g for g in self._report.gaps if predicate(Gap(g, self._graph)))
        counts: dict[tuple[str, str], list[GapRecord]] = {}
        for gap in kept:
            counts.setdefault((gap.kind, gap.dimension), []).append(gap)
        headlines = []
        for h in self._report.headlines:
            mine = counts.get((h.kind, h.dimension), [])
            if len(mine) == h.count:
                headlines.append(h)
            elif mine:
                # The sentence of the whole names gaps that are left out here.
                told = mine[0].sentence if len(mine) == 1 else f"{h.label}: {', '.join(g.subject for g in mine[:30])}"
                headlines.append(replace(h, count=len(mine), rank=mine[0].rank, sentence=told))
        return Gaps(replace(self._report, gaps=kept, headlines=tuple(headlines)), self._graph)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, those of the properties of a gap."""
        return COLUMNS

    def rows(self) -> Iterator[tuple[Value, ...]]:
        """One row a gap."""
        version = self._report.version
        for gap in self:
            yield (*(getattr(gap, name) for name in COLUMNS[:-1]), version)

    def to_rdflib(self) -> rdflib.Graph:
        """The gaps as linked data (``tg:Gap``, and the run that found them as ``prov:Activity``), in an rdflib ``Graph``."""
        from rdflib import Dataset, Graph

        from targetgraph.namespaces import PREFIXES
        from targetgraph.publish.gap_graph import gap_quads

        coded = self._graph._opened.coded
        declared = coded.declarations
        lines = gap_quads(
            [self._report],
            {g.iri: e for g in self._report.gaps if (e := self._graph._opened.history.get(g.iri))},
            {k.code: k.iri for k in declared.kinds},
            {f.code: f.iri for f in coded.frameworks},
            {d.code: d.iri for d in declared.dimensions},
        )
        quads = Dataset()
        quads.parse(data="".join(lines), format="nquads")
        graph = Graph()
        for prefix, namespace in PREFIXES.items():
            graph.bind(prefix, namespace)
        for subject, predicate, value, _ in quads.quads():
            graph.add((subject, predicate, value))
        return graph

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values, every gap with its evidence."""
        return self._report.to_json()

    def __str__(self) -> str:
        from targetgraph.publish.gaps import as_text

        return as_text(self._report, full=False)

    def _summary(self) -> str:
        report = self._report
        return f"{len(self)} of {report.framework} in {len(report.headlines)} kinds, data version {report.version}"

    def _repr_html_(self) -> str:
        from targetgraph.views.fragments.gaps import gaps

        return gaps(self._report, standing_notes(self._report))


def standing_notes(report: GapReport) -> list[str]:
    """What to know of a report before relying on it, in sentences."""
    notes = [
        f"{report.unverified} of {report.targets} wordings not verified against the official text."
        if report.unverified
        else "Every wording was seen in its source."
    ]
    if report.accepted:
        notes.append(f"{report.accepted} of this sort were accepted by somebody.")
    return [*notes, f"Bars show severity times certainty. Data version {report.version}."]
