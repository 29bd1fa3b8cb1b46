"""Links that a scenario supposes the text to name."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from targetgraph import iris
from targetgraph.analysis.coding import NAMED, CodedDimension, CodedGraph
from targetgraph.analysis.columnar import Array
from targetgraph.analysis.coverage import concept_heading
from targetgraph.analysis.scenarios.columns import with_link
from targetgraph.analysis.scenarios.references import concept_called, link_rows, target_called
from targetgraph.analysis.scenarios.scenario import Addition, Scenario
from targetgraph.analysis.states import LinkClass, link_classes
from targetgraph.errors import TargetGraphError
from targetgraph.namespaces import TG
from targetgraph.phrases import say

_ROLE_PATH = f"<{TG.role}>"
_UNSTATED = "unstated"


@dataclass
class Additions:
    """The links that a scenario adds to a framework.

    Parameters
    ----------
    graph : the graph as it is.
    framework : number of the framework.
    scenario : what is supposed.
    removed : references of the concepts whose links are taken away, with their IRIs.
    effects : what was added, in sentences.
    """

    graph: CodedGraph
    framework: int
    scenario: Scenario
    removed: dict[str, str]
    effects: list[str] = field(default_factory=list)

    def to(self, dimensions: dict[str, CodedDimension]) -> dict[str, CodedDimension]:
        """The dimensions with the links added, each in every dimension that would count it."""
        for addition in sorted(self.scenario.add):
            target = target_called(self.graph, addition.target, self.framework)
            asked = self.graph.dimension(addition.dimension)
            concept = concept_called(asked, addition.concept)
            self._refuse_removed(addition, asked, concept)
            role = self._role(addition, asked)
            self._refuse_taken_away(addition, asked, target, concept, role)
            iri = self._iri(target, asked, concept, role)
            self._refuse_known(addition, dimensions[addition.dimension], target, concept, role)
            for code, dimension in dimensions.items():
                if counts_in(dimension, asked, self.graph.roles[role]):
                    dimensions = {**dimensions, code: with_link(dimension, target, concept, role, iri)}
            label = concept_heading(asked, concept).label
            code = self.graph.targets.notation[target]
            self.effects.append(say("{code} is supposed to name {name}.", code=code, name=label))
        return dimensions

    def _refuse_removed(self, addition: Addition, dimension: CodedDimension, concept: int) -> None:
        above = {dimension.concepts.iri[int(a)] for a in dimension.ancestors(concept)}
        for reference, iri in self.removed.items():
            if iri in above:
                raise TargetGraphError(
                    f"the scenario adds the link {addition} and takes all links to {reference} away, narrower ones too",
                    "",
                    "drop one of the two",
                )

    def _role(self, addition: Addition, dimension: CodedDimension) -> int:
        roles = {role_name(iri): n for n, iri in enumerate(self.graph.roles)}
        accepted = dimension.declaration.filter_values if dimension.declaration.filter_path == _ROLE_PATH else ()
        name = addition.role or (role_name(accepted[0]) if accepted else _UNSTATED)
        if name not in roles:
            raise TargetGraphError(f"there is no role {name!r}", "", f"use one of: {', '.join(roles)}")
        if accepted and self.graph.roles[roles[name]] not in accepted:
            counted = ", ".join(role_name(r) for r in accepted)
            raise TargetGraphError(
                f"the dimension {addition.dimension} does not count the role {name!r}", "", f"it counts {counted}"
            )
        return roles[name]

    def _iri(self, target: int, dimension: CodedDimension, concept: int, role: int) -> str:
        parts = dimension.declaration.code, dimension.concepts.notation[concept], role_name(self.graph.roles[role])
        return iris.link(self.graph.frameworks[self.framework].code, self.graph.targets.notation[target], *parts)

    def _refuse_taken_away(
        self, addition: Addition, dimension: CodedDimension, target: int, concept: int, role: int
    ) -> None:
        """A link between the same two in the same role is the same link, whatever it is called."""
        same = self._same(dimension, target, concept, role)
        if not same.any():
            return
        taken = same & link_rows(dimension, sorted(self.scenario.without_links))
        if taken.any():
            iri = dimension.links.iri[int(np.flatnonzero(taken)[0])]
            raise TargetGraphError(
                f"the scenario adds the link {addition} and takes it away as <{iri}>", "", "drop one of the two"
            )

    def _refuse_known(
        self, addition: Addition, dimension: CodedDimension, target: int, concept: int, role: int
    ) -> None:
        settled = (dimension.links.basis == NAMED) & (link_classes(dimension) <= LinkClass.UMBRELLA)
        if (self._same(dimension, target, concept, role) & settled).any():
            raise TargetGraphError(
                f"the link {addition} is already there, named in the text", "", "leave it out, or give another role"
            )

    def _same(self, dimension: CodedDimension, target: int, concept: int, role: int) -> Array:
        """Links between a target and a concept in a role, bool, shape (links,)."""
        links = dimension.links
        in_role = links.role == role
        if role_name(self.graph.roles[role]) == _UNSTATED:
            in_role |= links.role < 0  # kinds of link that have no roles at all
        same: Array = (links.target == target) & (links.concept == concept) & in_role
        return same


def role_name(iri: str) -> str:
    """``responsible`` for ``tg:Responsible``, ``unstated`` for ``tg:RoleUnstated``."""
    return iri.rpartition("#")[2].removeprefix("Role").lower()


def counts_in(dimension: CodedDimension, asked: CodedDimension, role: str) -> bool:
    """Whether a link made in one dimension is evidence in another too: same path to it, and a role it accepts."""
    here, there = dimension.declaration, asked.declaration
    if (here.scheme, here.evidence_path, here.column_path) != (there.scheme, there.evidence_path, there.column_path):
        return False
    if here.filter_path == _ROLE_PATH:
        return role in here.filter_values
    return not here.filter_path or here.code == there.code
