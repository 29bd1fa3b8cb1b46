"""What every finder of gaps needs: the targets of one framework, how sure they are, and how to make a gap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from targetgraph import iris
from targetgraph.analysis import assessments
from targetgraph.analysis.coding import RECALLED, SOURCED, CodedDimension, CodedGraph, FrameworkEntry
from targetgraph.analysis.columnar import Array
from targetgraph.analysis.coverage import Heading, concept_heading, target_heading, target_headings
from targetgraph.analysis.declarations import Crossing, Obligation
from targetgraph.analysis.gaps.record import Certainty, Evidence, Gap, Told
from targetgraph.phrases import counted, declared, say

STATUS_WORDS = ("sourced", "recalled", "judged")
LINK_SENTENCES = ("{code} names {name}", "{code} is held to imply {name}", "{code} is linked by a curator to {name}")
"""What a link says, by its basis."""
_SEEN = Certainty(1.0, say("the wording was seen in its source"))


@dataclass(frozen=True)
class Context:
    """One framework under analysis.

    Parameters
    ----------
    graph : the coded graph.
    framework : number of the framework in it.
    only : numbers of targets that are looked at; all of the framework when empty.
    """

    graph: CodedGraph
    framework: int
    only: tuple[int, ...] = ()
    _headings: dict[int, Heading] = field(default_factory=dict, init=False, repr=False)
    _bounds: dict[str, list[int]] = field(default_factory=dict, init=False, repr=False)
    _certainties: dict[int, Certainty] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def entry(self) -> FrameworkEntry:
        """The framework itself."""
        return self.graph.frameworks[self.framework]

    @cached_property
    def targets(self) -> Array:
        """Numbers of the targets that are looked at, in its order."""
        targets = self.graph.targets_of(self.framework)
        return targets[np.isin(targets, self.only)] if self.only else targets

    def bound_by(self, obligation: Obligation | Crossing) -> bool:
        """Whether an obligation or a crossing binds this framework."""
        return not obligation.frameworks or self.entry.iri in obligation.frameworks

    def heading(self, target: int) -> Heading:
        """Code and label of a target."""
        if not self._headings:  # all at once
            self._headings.update(zip(self.targets.tolist(), target_headings(self.graph, self.targets), strict=True))
        found = self._headings.get(target)
        if found is None:  # of another framework
            found = self._headings[target] = target_heading(self.graph, target)
        return found

    def name(self, target: int) -> str:
        """A target as sentences call it: ``A1 (Chemicals laws …)``."""
        heading = self.heading(target)
        return say("{code} ({name})", code=heading.code, name=heading.label)

    def target_certainty(self, target: int) -> Certainty:
        """How sure anything is that is read off a target's wording."""
        if target not in self._certainties:
            self._certainties[target] = self._certainty_of(target)
        return self._certainties[target]

    def _certainty_of(self, target: int) -> Certainty:
        table = self.graph.targets
        if table.verification[target] == SOURCED:
            return _SEEN
        confidence = float(table.confidence[target])
        weight = 0.7 if confidence >= 0.85 else 0.4
        word = "high" if confidence >= 0.85 else "medium" if confidence >= 0.5 else "low"
        return Certainty(
            weight,
            say(
                "the wording is recalled with {level} confidence, not checked against the official text",
                level=word,
            ),
        )

    @cached_property
    def framework_certainty(self) -> Certainty:
        """How sure anything is that is read off all wordings together."""
        table = self.graph.targets
        recalled = int((table.verification[self.targets] == RECALLED).sum())
        total = len(self.targets)
        if not recalled:
            return Certainty(1.0, say("all {total} wordings were seen", total=total))
        weight = 0.4 + 0.6 * (total - recalled) / total
        return Certainty(
            round(weight, 3),
            say(
                "{recalled} of {total} wordings are recalled, not checked against the official text",
                recalled=recalled,
                total=total,
            ),
        )

    def target_evidence(self, target: int) -> list[Evidence]:
        """What a target is, how it is known, and where it was seen."""
        table, heading = self.graph.targets, self.heading(target)
        status = STATUS_WORDS[int(table.verification[target])]
        found = [
            Evidence(
                say("{code}: {said}", code=heading.code, said=table.summary[target] or heading.label),
                heading.iri,
                status,
            )
        ]
        sources = self.graph.tables["sources"]
        found += [
            Evidence(say("seen here"), sources.source[int(i)], "sourced")
            for i in np.flatnonzero(sources.target == target)
        ]
        return found

    def assessment_evidence(self, dimension: CodedDimension) -> list[Evidence]:
        """The record that somebody looked at the framework for a dimension."""
        return [Evidence(note, iri, "judged") for iri, note in assessments.notes(self.graph, dimension, self.framework)]

    def link_evidence(self, dimension: CodedDimension, numbers: Iterable[int], limit: int = 12) -> list[Evidence]:
        """Links in words, at most ``limit`` of them and then how many more there are."""
        chosen = [int(n) for n in numbers]
        found = [self._link_in_words(dimension, number) for number in chosen[:limit]]
        if len(chosen) > limit:
            found.append(Evidence(counted("and {n} more link", "and {n} more links", len(chosen) - limit)))
        return found

    def _link_in_words(self, dimension: CodedDimension, number: int) -> Evidence:
        links = dimension.links

        def words() -> str:
            target = self.heading(int(links.target[number]))
            concept = concept_heading(dimension, int(links.concept[number]))
            said = declared(LINK_SENTENCES[int(links.basis[number])], {"code": target.code, "name": concept.label})
            why, quote = links.rationale[number], links.quote[number]
            if why:
                said = say("{said} ({why})", said=said, why=why)
            return say("{said} (rests on “{quote}”)", said=said, quote=quote) if quote else said

        return Evidence(words, links.iri[number], STATUS_WORDS[int(links.verification[number])])

    def links_of(self, dimension: CodedDimension, target: int) -> range:
        """Numbers of the links of a target in a dimension."""
        code = dimension.declaration.code
        if code not in self._bounds:
            numbers = np.arange(self.graph.targets.rows() + 1)
            self._bounds[code] = np.searchsorted(dimension.links.target, numbers).tolist()
        return range(self._bounds[code][target], self._bounds[code][target + 1])

    def in_dimension(self, dimension: CodedDimension) -> dict[str, str]:
        """Parameters of the queries that take a framework and a dimension."""
        return {"framework": self.entry.code, "dimension": f"<{dimension.declaration.iri}>"}

    def gap(
        self,
        kind: str,
        subject: Heading,
        *,
        missing: str,
        sentence: Callable[[], str],
        evidence: Callable[[], Sequence[Evidence]],
        certainty: Certainty,
        dimension: str = "",
        severity: float = 1.0,
        because: str = "",
        detail: str = "",
        parameters: Mapping[str, str] | None = None,
    ) -> Gap:
        """Make a gap of a declared kind.

        Parameters
        ----------
        sentence, evidence : make the words when they are asked for.
        severity : of the obligation behind it; multiplied with that of the kind.
        because : of the obligation behind it; the kind's own where there is none.
        detail : what tells two gaps of one kind, subject and dimension apart.
        parameters : of the query that shows it; the framework alone by default.
        """
        declared = self.graph.kind(kind)
        parts = [p for p in (dimension, subject.code, detail) if p]
        return Gap(
            iri=iris.gap(self.entry.code, kind, *parts),
            kind=kind,
            framework=self.entry.code,
            subject_iri=subject.iri,
            subject=subject.code,
            subject_label=subject.label,
            dimension=dimension,
            missing=missing,
            told=Told(sentence, evidence),
            because=because or declared.because,
            certainty=certainty,
            severity=round(severity * declared.severity, 4),
            query=declared.shown_by,
            parameters=parameters or {"framework": self.entry.code},
            version=self.graph.version,
        )


def weakest(*certainties: Certainty) -> Certainty:
    """The certainty of something that rests on several things."""
    return min(certainties, key=lambda c: c.weight)
