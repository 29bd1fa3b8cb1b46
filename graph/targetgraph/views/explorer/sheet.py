"""The fact sheet of a target."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from targetgraph.analysis.coding import RECALLED, CodedGraph
from targetgraph.analysis.comparison.matching import Fates
from targetgraph.analysis.coverage import Heading, target_heading
from targetgraph.analysis.description.describing import CLAIM_KINDS
from targetgraph.analysis.description.record import Claim, Description, WordingLine
from targetgraph.analysis.gaps import Gap
from targetgraph.analysis.standing import Standing
from targetgraph.namespaces import TG
from targetgraph.records.smart import SmartReading
from targetgraph.views.explorer.evidence import anchor
from targetgraph.views.explorer.names import Label, Names
from targetgraph.views.explorer.targets import Cell, row_cells


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A claim with the fragment it stands under."""

    claim: Claim
    anchor: str


@dataclass(frozen=True, slots=True)
class Kin:
    """A target that this one came from or went into.

    Parameters
    ----------
    forward : whether this target went into it; otherwise this one took it up.
    shown : the claim, where it is made of this target: a sheet holds what is claimed of the earlier of the two.
    """

    target: Heading
    forward: bool
    relation: str
    confidence: str
    rationale: str
    shown: ShownClaim | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView:
    """A fact sheet.

    Parameters
    ----------
    told : what the graph says of the target.
    deadline : the year; 0 for none.
    wordings : with the fragment each stands under.
    claims : by heading; those of lineage that ``kin`` tells are not among them.
    indicators : the claims among them that name an indicator.
    cells : its state in every dimension that it is looked at in.
    kin : where it came from and what became of it; ``dropped`` when it became no target, which ``dropping`` claims.
    gaps : its own, ranked.
    sources : addresses at which it was seen.
    before, after : neighbours in the framework's order.
    smart : verdicts on its words, or on the paraphrase where they are not held.
    """

    iri: str
    code: str
    label: Label
    english: str
    framework: Label
    objective: str
    objective_code: str
    deadline: int
    recalled: bool
    confidence: float
    summary: str
    status: str
    measurability: str
    measurability_note: str
    told: Description
    wordings: tuple[tuple[WordingLine, str], ...]
    claims: tuple[tuple[str, tuple[ShownClaim, ...]], ...]
    cells: tuple[Cell, ...]
    kin: tuple[Kin, ...]
    dropped: str
    dropping: ShownClaim | None
    gaps: tuple[Gap, ...]
    sources: tuple[str, ...]
    before: Heading | None
    after: Heading | None
    short: str
    smart: SmartReading

    def anchor(self, iri: str) -> str:
        """The fragment that a passage stands under."""
        return anchor(iri)

    @property
    def marks(self) -> list[str]:
        """Kinds of marks in its wordings, for the legend."""
        kinds = {m for w, _ in self.wordings for s in w.stretches for m in s.marks}
        return [m for m in ("bracketed", "hedge", "emphasised") if m in kinds]


_MEASURABILITY: Final = ("", "measurable", "partly", "not")


def sheet_view(
    standing: Standing, names: Names, told: Description, target: int, fates: Fates, smart: SmartReading
) -> SheetView:
    """The fact sheet of a target.

    Parameters
    ----------
    standing : of its framework.
    told : what the graph says of it.
    target : its number.
    fates : what the curators say became of proposals.
    smart : verdicts on its words.
    """
    graph, table = standing.graph, standing.graph.targets
    iri, entry = table.iri[target], graph.frameworks[standing.framework]
    objective, objectives = int(table.objective[target]), graph.tables["objectives"]
    place = standing.targets.tolist().index(target)
    sources = graph.tables["sources"]
    kin, dropped = _kin(graph, target, fates)
    claims = {
        heading: [ShownClaim(c, anchor(c.link.iri)) for c in found] for heading, found in told.sheet.claims.items()
    }
    lineage = claims.pop(CLAIM_KINDS[TG.LineageLink], [])
    of_kin = {shown.claim.other.iri: shown for shown in lineage if shown.claim.other}
    kin = tuple(replace(k, shown=of_kin.pop(k.target.iri, None)) if k.forward else k for k in kin)
    dropping = next((s for s in lineage if not s.claim.other), None) if dropped else None
    if rest := [s for s in lineage if s is not dropping and (not s.claim.other or s.claim.other.iri in of_kin)]:
        claims[CLAIM_KINDS[TG.LineageLink]] = rest
    return SheetView(
        iri=iri,
        code=table.notation[target],
        label=names.of(iri, table.label[target]),
        english=table.label[target],
        framework=names.of(entry.iri, entry.label),
        objective=objectives.label[objective] if objective >= 0 else "",
        objective_code=objectives.notation[objective] if objective >= 0 else "",
        deadline=int(table.deadline[target]),
        recalled=bool(table.verification[target] == RECALLED),
        confidence=round(float(table.confidence[target]), 2),
        summary=table.summary[target],
        status=_last(table.status[target]),
        measurability=_MEASURABILITY[int(table.measurability[target])],
        measurability_note=table.measurability_note[target],
        told=told,
        wordings=tuple((w, anchor(w.wording.iri)) for w in told.sheet.wordings),
        claims=tuple((heading, tuple(found)) for heading, found in claims.items()),
        cells=tuple(row_cells(standing, target, [d.code for d in graph.declarations.dimensions])),
        kin=kin,
        dropped=dropped,
        dropping=dropping,
        gaps=standing.gaps_of.get(iri, ()),
        sources=tuple(sources.source[n] for n in np.flatnonzero(sources.target == target).tolist()),
        before=_neighbour(standing, place - 1),
        after=_neighbour(standing, place + 1),
        short=f"{entry.code}/{table.notation[target]}",
        smart=smart,
    )


def _last(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]


def _neighbour(standing: Standing, place: int) -> Heading | None:
    if not 0 <= place < len(standing.targets):
        return None
    return target_heading(standing.graph, int(standing.targets[place]))


def _kin(graph: CodedGraph, target: int, fates: Fates) -> tuple[tuple[Kin, ...], str]:
    """Targets before and after it, and why it became none if it was dropped."""
    table = graph.tables["lineage"]
    found, dropped = [], ""
    for n in range(table.rows()):
        proposal, successor = int(table.proposal[n]), int(table.successor[n])
        if target not in (proposal, successor):
            continue
        forward = proposal == target
        if bool(table.dropped[n]):
            dropped = (table.rationale[n] or "recorded as dropped") if forward else dropped
            continue
        other = successor if forward else proposal
        if other >= 0:
            relation = fates.get((graph.targets.iri[proposal], graph.targets.iri[successor]), "")
            confidence = f"{float(table.confidence[n]):.2g}"
            found.append(Kin(target_heading(graph, other), forward, relation, confidence, table.rationale[n]))
    return tuple(found), dropped
