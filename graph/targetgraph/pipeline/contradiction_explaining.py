"""Why ontology and graph contradict each other: smallest sets of axioms that cannot all be true, in sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Final

from rdflib.term import Node

from targetgraph.modelling import ontology
from targetgraph.reasoning import clashes, rules, sentences
from targetgraph.reasoning.axioms import Axiom, Theory, distinct
from targetgraph.reasoning.description_logic import Limits, ReasonerStopped
from targetgraph.reasoning.inconsistency import Inquiry, OutOfTime, smallest_contradiction
from targetgraph.reasoning.justification import Justifications, contracted, justification, justifications

RULES: Final = "rl"
_TOLD: Final = 100
"""Axioms up to which a set that is not known to be smallest is told."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Sets of axioms that cannot all be true.

    Parameters
    ----------
    sets : each in sentences; none where the search ended at more axioms than anybody would read.
    complete : there is no other smallest set; False also where no other was looked for.
    unfinished : why the only set is not known to be smallest, or how far the search for one came; empty where each is.
    """

    sets: tuple[tuple[str, ...], ...]
    complete: bool = False
    unfinished: str = ""

    def lines(self, asked: bool = False) -> Iterator[str]:
        """What cannot all be true, line by line.

        Parameters
        ----------
        asked : all smallest sets were asked for: they are numbered, and it is said whether there may be more.
        """
        numbered = asked and not self.unfinished
        for number, told in enumerate(self.sets, 1):
            what = "inconsistent: these cannot all be true" if number == 1 else "nor can these"
            count = f" ({number} of {len(self.sets)}{'' if self.complete else ' found'})" if numbered else ""
            yield what + count
            yield from (f"- {sentence}" for sentence in told)
        if self.unfinished:
            yield self.unfinished if self.sets else f"inconsistent: {self.unfinished}"
        elif asked:
            yield "these are all there are" if self.complete else "there may be others: number or time came to an end"


def why_inconsistent(
    whole: Theory,
    engine: str,
    limits: Limits | None = None,
    near: Collection[Node] = (),
    most: int = 1,
    by_rules: bool = True,
) -> Contradiction:
    """Smallest sets of axioms that cannot all be true, where all of them cannot.

    What the OWL 2 RL rules find is found by them, and HermiT confirms it; it may need even less. Only what they do not see is
    searched for with HermiT alone (`targetgraph.reasoning.inconsistency`).

    Parameters
    ----------
    whole : axioms that contradict each other.
    engine : ``rl``: by the rules alone.
    limits : of the search: the time of all questions to HermiT, after which no further set is looked for either, and the
        memory of Java.
    near : individuals or terms where the mistake is likely to be.
    most : smallest sets to look for.
    by_rules : whether the rules see a contradiction.

    Raises
    ------
    ReasonerMissing : HermiT cannot run. That the limits did not suffice is told, not raised.
    """
    limits = limits or Limits()
    axioms = distinct(whole.axioms)
    found: list[list[Axiom]] = []
    least: Sequence[Axiom] | None = None
    with nullcontext() if engine == RULES else Inquiry(whole, limits) as hermit:
        search = _Search(whole, hermit, near, by_rules)

        def one(part: Sequence[Axiom]) -> list[Axiom] | None:
            made = search.one(part)
            if made is not None:
                found.append(made)
            return made

        stopped = None
        try:
            done = justifications(axioms, one, most, limits.seconds)
        except ReasonerStopped as error:
            stopped = error.problems[0]
            done = Justifications(tuple(map(tuple, found)), complete=False)
            least = search.least()
    names = sentences.labels(ontology.read("targetgraph.ttl"))

    def told(each: Sequence[Axiom]) -> tuple[str, ...]:
        return tuple(sentences.told(axiom, names) for axiom in each)

    if done.found or stopped is None:
        return Contradiction(tuple(map(told, done.found)), done.complete)
    size = len(axioms) if least is None else len(least)
    why = f"{stopped.what} (what to do: {stopped.remedy})"
    if least is None or size > _TOLD:
        what = f"{size:,} of {len(axioms):,} axioms cannot all be true, and no fewer were found"
        return Contradiction((), unfinished=f"{what}: {why}")
    return Contradiction((told(least),), unfinished=f"not known to be smallest: {why}")


class _Search:
    def __init__(self, whole: Theory, hermit: Inquiry | None, near: Collection[Node], by_rules: bool) -> None:
        self._whole, self._hermit, self._near, self._by_rules = whole, hermit, near, by_rules
        self._terms = {s for s, _, _ in whole.declarations}
        self._begun = False
        self._unconfirmed: list[Axiom] | None = None

    def least(self) -> Sequence[Axiom] | None:
        """The smallest set that is known to be contradictory, whether or not it is smallest."""
        known = [self._unconfirmed, self._hermit.least if self._hermit else None]
        return min((each for each in known if each is not None), key=len, default=None)

    def one(self, axioms: Sequence[Axiom]) -> list[Axiom] | None:
        """A smallest set of some axioms; None where these do not contradict each other."""
        first, self._begun = not self._begun, True
        found = self._of_rules(axioms) if self._by_rules else None
        if self._hermit is None:
            return found
        if found is None:
            kept = [axiom for axiom in axioms if not axiom.is_hard()]
            known = first and not self._by_rules
            return smallest_contradiction(kept, self._hermit.contradict, self._terms, self._near, known)
        # The rules are sound, so the set is enough; HermiT may need even less of it.
        self._unconfirmed = found
        try:
            return contracted(found, self._hermit.contradict) if self._hermit.contradict(found) else found
        except OutOfTime:
            raise
        except ReasonerStopped:  # a value that is none of its datatype it cannot read
            return found

    def _of_rules(self, axioms: Sequence[Axiom]) -> list[Axiom] | None:
        whole = self._whole
        found = clashes.contradictions(whole, rules.materialise(whole, axioms))
        if not found:
            return None

        def enough(part: Sequence[Axiom]) -> bool:
            return bool(clashes.contradictions(whole, rules.materialise(whole, part)))

        return justification(axioms, enough, [found[0][0]], self._terms)
