"""One dimension in all frameworks: which targets and concepts are reached, and how well."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from targetgraph.analysis.coding import NAMED, CodedDimension, CodedGraph
from targetgraph.analysis.columnar import Array, distinct
from targetgraph.analysis.declarations import Obligation
from targetgraph.analysis.rows import among, obliged_classes
from targetgraph.analysis.states import CLASSES, LinkClass, State, link_classes
from targetgraph.analysis.survey.grouping import Frameworks, Groups
from targetgraph.analysis.survey.looked import EmptyStates, empty_states

_NONE = np.iinfo(np.int32).max


@dataclass(frozen=True)
class DimensionSurvey:
    """A dimension with what several questions need of it, computed once.

    Parameters
    ----------
    graph, dimension, frameworks : what is surveyed.
    """

    graph: CodedGraph
    dimension: CodedDimension
    frameworks: Frameworks

    @cached_property
    def classes(self) -> Array:
        """Class of each link, int8."""
        return link_classes(self.dimension)

    @cached_property
    def targets(self) -> Groups:
        """Links by target."""
        return Groups.of(self.dimension.links.target, self.graph.targets.rows())

    @cached_property
    def empty(self) -> EmptyStates:
        """What cells without links mean."""
        return empty_states(self.graph, self.dimension, self.frameworks)

    @cached_property
    def _keys(self) -> Array:
        """Concept and framework of each link as one number; links of no framework come last."""
        frameworks, links = self.frameworks.count, self.dimension.links
        wide = np.int64 if frameworks * self.dimension.concepts.rows() >= _NONE else np.int32
        framework = self.frameworks.of_target[links.target]
        key = np.asarray(links.concept).astype(wide) * frameworks + framework
        if (framework < 0).any():
            key[framework < 0] = frameworks * self.dimension.concepts.rows()
        return np.asarray(key)

    @property
    def _size(self) -> int:
        """How many keys there are, that of links without a framework included."""
        return self.frameworks.count * self.dimension.concepts.rows() + 1

    def _by_concept(self, flat: Array) -> Array:
        """From one value a key to (concepts, frameworks)."""
        return flat[:-1].reshape(self.dimension.concepts.rows(), self.frameworks.count)

    def rolled(self, operation: np.ufunc, direct: Array, up_only: bool = False) -> Array:
        """Values by concept and framework, carried to all that a link reaches: broader concepts, and from a catch-all
        those below it.

        Parameters
        ----------
        operation : an associative and commutative operation.
        direct : shape (concepts, frameworks).
        """
        found = direct.copy()
        # Most concepts have none below them.
        broader = np.flatnonzero(np.diff(self.dimension.closure["down_pointers"]) > 1).tolist()
        for concept in broader:
            operation.reduce(direct[self.dimension.descendants(concept)], axis=0, out=found[concept])
        for concept in () if up_only else broader:
            if self.dimension.concepts.umbrella[concept]:
                below = self.dimension.descendants(concept)[1:]
                found[below] = operation(found[below], direct[concept])
        return found

    # -- targets ---------------------------------------------------------------------------------------------------

    def row_states(self, obligation: Obligation) -> Array:
        """State of every target under an obligation, uint8, shape (targets,)."""
        classes = obliged_classes(self.dimension, obligation) if obligation.required_value else self.classes
        counted = among(self.dimension, obligation) if obligation.among else None
        if counted is not None:
            classes = np.where(counted[self.dimension.links.concept], classes, CLASSES).astype(np.int8)
        best = self.targets.reduced(np.minimum, classes, CLASSES)
        # Classes from IMPLIED on are one below their states; NAMED is COVERED.
        states = np.where(best == CLASSES, self.empty.rows, best + (best > LinkClass.NAMED)).astype(np.uint8)
        if obligation.minimum > 1:
            states[(best == LinkClass.NAMED) & (self._named_concepts(classes) < obligation.minimum)] = State.THIN
        if obligation.where_path:
            states[~np.asarray(self.graph.tables["bound"][obligation.code])] = State.NOT_APPLICABLE
        return states

    def _named_concepts(self, classes: Array) -> Array:
        """Distinct concepts each target names, int64, shape (targets,)."""
        links, n_concepts = self.dimension.links, self.dimension.concepts.rows()
        named = np.flatnonzero(classes == LinkClass.NAMED)
        pairs = distinct(links.target[named].astype(np.int64) * n_concepts + links.concept[named])
        return np.bincount(pairs // n_concepts, minlength=self.graph.targets.rows())

    @cached_property
    def named_pairs(self) -> tuple[Array, Array]:
        """Target and concept of what the text names, each pair once, ascending; targets of no framework left out."""
        links, n_concepts = self.dimension.links, self.dimension.concepts.rows()
        mine = (self.classes == LinkClass.NAMED) & (self.frameworks.of_target[links.target] >= 0)
        chosen = np.flatnonzero(mine)
        pairs = distinct(links.target[chosen].astype(np.int64) * n_concepts + links.concept[chosen])
        return pairs // max(n_concepts, 1), pairs % max(n_concepts, 1)

    @cached_property
    def names_catch_all(self) -> Array:
        """Targets whose text names a catch-all, bool, shape (targets,)."""
        caught = np.zeros(self.graph.targets.rows(), dtype=bool)
        links = self.dimension.links
        caught[links.target[(self.classes == LinkClass.UMBRELLA) & (links.basis == NAMED)]] = True
        return caught

    @cached_property
    def single_named(self) -> Array:
        """Targets that name exactly one concept, bool, shape (targets,)."""
        named = self.classes == LinkClass.NAMED
        low = self.targets.reduced(np.minimum, np.where(named, self.dimension.links.concept, _NONE), _NONE)
        high = self.targets.reduced(np.maximum, np.where(named, self.dimension.links.concept, -1), -1)
        return np.asarray((low == high) & (high >= 0))

    # -- columns ---------------------------------------------------------------------------------------------------

    @cached_property
    def column_states(self) -> Array:
        """Best state in which any target reaches each concept, uint8, shape (frameworks, concepts).

        Whether a column named by too few links is thin is not told apart here: no kind of gap does.
        """
        best = np.full(self._size, CLASSES, dtype=np.int8)
        # From the worst class to the best, so that the best is written last.
        for found in range(CLASSES - 1, -1, -1):
            best[self._keys[self.classes == found]] = found
        rolled = self.rolled(np.minimum, self._by_concept(best)).T
        states = np.where(
            rolled == CLASSES, self.empty.best(self.frameworks), rolled + (rolled > LinkClass.NAMED)
        ).astype(np.uint8)
        states[self.frameworks.sizes == 0] = State.NOT_ASSESSED
        return states

    def held_by_one(self, worst: LinkClass) -> Array:
        """Concepts that links up to a class reach from exactly one target, bool, shape (frameworks, concepts)."""
        chosen = np.flatnonzero(self.classes <= worst)
        keys, targets = self._keys[chosen], self.dimension.links.target[chosen].astype(np.int32)
        first, last = np.full(self._size, _NONE, dtype=np.int32), np.full(self._size, -1, dtype=np.int32)
        # Links are sorted by target and the last one written stays: forwards the last target, backwards the first.
        last[keys] = targets
        first[keys[::-1]] = targets[::-1]
        low = self.rolled(np.minimum, self._by_concept(first))
        high = self.rolled(np.maximum, self._by_concept(last))
        return np.asarray((low == high) & (high >= 0)).T

    def named_directly(self) -> Array:
        """Concepts that some link names, whatever its class, bool, shape (concepts, frameworks)."""
        found = np.zeros(self._size, dtype=bool)
        found[self._keys[self.dimension.links.basis == NAMED]] = True
        return self._by_concept(found)

    def shared_by(self, share: float) -> Array:
        """Concepts that at least a share of the targets reach, bool, shape (frameworks, concepts)."""
        links = self.rolled(np.add, self._by_concept(np.bincount(self._keys, minlength=self._size))).T
        needed = share * self.frameworks.sizes
        # A target may count twice among links: they only tell which few columns to look at.
        likely = (links >= needed[:, None]) & (self.frameworks.sizes > 0)[:, None]
        found = np.zeros(likely.shape, dtype=bool)
        for framework, concept in np.argwhere(likely).tolist():
            found[framework, concept] = self._targets_reaching(framework, concept) >= needed[framework]
        return found

    def _targets_reaching(self, framework: int, concept: int) -> int:
        """Distinct targets of a framework that reach a concept."""
        mine = np.flatnonzero(self.frameworks.of_target == framework)
        low, high = np.searchsorted(self.dimension.links.target, (mine[0], mine[-1] + 1))
        below = np.zeros(self.dimension.concepts.rows(), dtype=bool)
        below[self.dimension.descendants(concept)] = True
        above = self.dimension.ancestors(concept)[1:]
        below[above[self.dimension.concepts.umbrella[above]]] = True
        targets = self.dimension.links.target[low:high][below[self.dimension.links.concept[low:high]]]
        chosen = distinct(targets)
        return int((self.frameworks.of_target[chosen] == framework).sum())
