"""Made-up frameworks of realistic shape, as sorted N-Quads: for trying things at sizes no real registry has yet.

What is drawn follows what the bundled frameworks look like: a few concepts take most of the links (Zipf), catch-alls are
popular, much is implied and little is named, some targets have no date, some words stand in brackets, some wordings have been
revised. Everything hangs on the seed: the same seed gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from targetgraph import iris
from targetgraph.modelling import synthetic_text as text

Numbers = NDArray[np.int64]

LINES_PER_TARGET = 182
"""Statements that come with a target on average, its links and their passages included."""

# Links a target has on average, by kind.
_LINKS = {"actor": 5.0, "sector": 3.2, "stage": 2.6, "sdg": 3.0, "indicator": 0.9, "issue": 0.25}
_BASIS = {
    "actor": (0.45, 0.5, 0.05),
    "sector": (0.3, 0.6, 0.1),
    "stage": (0.35, 0.6, 0.05),
    "sdg": (0.0, 0.0, 1.0),
    "indicator": (0.1, 0.0, 0.9),
    "issue": (0.6, 0.3, 0.1),
}
_ROLES = (0.45, 0.1, 0.12, 0.06, 0.05, 0.1, 0.02, 0.1)
_SMALLEST, _LARGEST = 6, 1200


@dataclass(frozen=True)
class Pool:
    """Concepts that links of a kind can go to.

    Parameters
    ----------
    iris, codes : of the concepts.
    umbrella : which of them are catch-alls.
    """

    iris: Sequence[str]
    codes: Sequence[str]
    umbrella: NDArray[np.bool_]
    _cumulated: NDArray[np.float64] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        # Which concepts are popular follows from their codes, not from their order in a file.
        ranks = np.empty(len(self.codes))
        ranks[np.argsort([code[::-1] for code in self.codes])] = np.arange(1, len(self.codes) + 1)
        weights = ranks**-1.1
        weights[self.umbrella] *= 3
        object.__setattr__(self, "_cumulated", np.cumsum(weights / weights.sum()))

    def draw(self, rng: Generator, size: int) -> Numbers:
        """Numbers of ``size`` concepts, popular ones more often."""
        return np.minimum(np.searchsorted(self._cumulated, rng.random(size)), len(self.iris) - 1)


@dataclass(frozen=True)
class Plan:
    """Which frameworks there will be, and how large.

    Parameters
    ----------
    seed : everything is drawn from it.
    sizes : number of targets of each framework, int64.
    """

    seed: int
    sizes: Numbers

    @classmethod
    def of(cls, seed: int, statements: int) -> Plan:
        """Frameworks enough for about so many statements: many small ones, few large ones."""
        rng = np.random.default_rng([seed, 0])
        wanted = max(round(statements / LINES_PER_TARGET), _SMALLEST)
        sizes: list[int] = []
        while wanted > 0:
            size = int(np.clip(_SMALLEST + 25 * rng.pareto(1.2), _SMALLEST, _LARGEST))
            size = min(size, wanted)
            if sizes and size < _SMALLEST:
                sizes[-1] += size
            else:
                sizes.append(size)
            wanted -= size
        return cls(seed, np.array(sizes, dtype=np.int64))

    def code(self, number: int) -> str:
        """Short name of a framework."""
        return f"framework-{number:05d}"

    def succeeded(self, number: int) -> bool:
        """Whether the framework lives on in the next one: every fourth does."""
        return number % 4 == 1 and number + 1 < len(self.sizes)


def shared_lines(plan: Plan, categories: Sequence[str]) -> Iterator[str]:
    """Statements of what lies outside the frameworks: their documents, their indicators, the bodies that act in them."""
    for number in range(len(plan.sizes)):
        rng = np.random.default_rng([plan.seed, 1, number])
        code = plan.code(number)
        yield from text.document(code, number)
        for n in range(indicators_of(plan, number)):
            yield from text.indicator(code, n, int(rng.choice(6, p=(0.25, 0.1, 0.2, 0.15, 0.25, 0.05))))
        for n in range(bodies_of(plan, number)):
            yield from text.body(code, n, categories[int(rng.integers(len(categories)))])


def indicators_of(plan: Plan, number: int) -> int:
    """How many indicators a framework brings."""
    return 2 + int(plan.sizes[number]) // 15


def bodies_of(plan: Plan, number: int) -> int:
    """How many organisations a framework brings."""
    return 1 + int(plan.sizes[number]) // 40


def framework_lines(plan: Plan, number: int, pools: dict[str, Pool]) -> list[str]:
    """All statements in the graph of one framework, in blocks of one subject each, sorted.

    Parameters
    ----------
    pools : concepts for each kind of link; indicators and bodies of the framework's own are added here.
    """
    rng = np.random.default_rng([plan.seed, 2, number])
    writer = text.FrameworkText(plan.code(number), number)
    size = int(plan.sizes[number])
    blocks = list(writer.framework(size, successor=plan.succeeded(number)))
    revised = rng.random(size) < 0.12
    brackets = rng.poisson(0.35, size)
    hedges = rng.poisson(0.7, size)
    blocks += _targets(rng, writer, size, hedges)
    blocks += _wordings(writer, revised, brackets, hedges)
    for kind, pool in {**pools, "indicator": _own_indicators(plan, number)}.items():
        chosen = _with_bodies(plan, number, pool) if kind == "actor" else pool
        blocks += _links(rng, writer, kind, chosen, size, revised, brackets)
    blocks += _dependencies(rng, writer, size)
    if plan.succeeded(number):
        blocks += _lineage(rng, writer, size, plan.code(number + 1), int(plan.sizes[number + 1]))
    blocks += _assessments(rng, writer, size)
    return sorted(blocks)


def _own_indicators(plan: Plan, number: int) -> Pool:
    codes = [f"{plan.code(number)}-{n}" for n in range(indicators_of(plan, number))]
    return Pool([iris.indicator(c) for c in codes], codes, np.zeros(len(codes), dtype=bool))


def _with_bodies(plan: Plan, number: int, pool: Pool) -> Pool:
    codes = [f"{plan.code(number)}-body-{n}" for n in range(bodies_of(plan, number))]
    return Pool(
        [*pool.iris, *(iris.organisation(c) for c in codes)],
        [*pool.codes, *codes],
        np.concatenate([pool.umbrella, np.zeros(len(codes), dtype=bool)]),
    )


def _targets(rng: Generator, writer: text.FrameworkText, size: int, hedges: Numbers) -> Iterator[str]:
    year = rng.choice([0, 2027, 2028, 2030, 2030, 2032, 2035, 2040], size)
    measurable = rng.choice(3, size, p=(0.45, 0.4, 0.15))
    sourced = rng.random(size) < 0.4
    confidence = rng.choice(3, size, p=(0.4, 0.45, 0.15))
    phrase = rng.random(size) < 0.25
    for t in range(size):
        yield writer.target(
            t, int(year[t]), int(measurable[t]), bool(sourced[t]), int(confidence[t]), bool(phrase[t]), int(hedges[t])
        )


def _wordings(
    writer: text.FrameworkText, revised: NDArray[np.bool_], brackets: Numbers, hedges: Numbers
) -> Iterator[str]:
    for t in range(len(revised)):
        yield from writer.wordings(t, bool(revised[t]), int(brackets[t]), int(hedges[t]))


def _links(
    rng: Generator,
    writer: text.FrameworkText,
    kind: str,
    pool: Pool,
    size: int,
    revised: NDArray[np.bool_],
    brackets: Numbers,
) -> Iterator[str]:
    counts = rng.poisson(_LINKS[kind] * rng.gamma(4.0, 0.25, size))
    drawn = np.repeat(np.arange(size), counts) * len(pool.iris) + pool.draw(rng, int(counts.sum()))
    pairs = np.unique(drawn)  # a target is tied to a thing once
    targets, concepts = pairs // len(pool.iris), pairs % len(pool.iris)
    n = len(pairs)
    columns: dict[str, Any] = {
        "basis": rng.choice(3, n, p=_BASIS[kind]),
        "confidence": rng.choice(3, n, p=(0.4, 0.4, 0.2)),
        "role": rng.choice(8, n, p=_ROLES) if kind == "actor" else np.full(n, -1),
        "sourced": rng.random(n) < 0.5,
        "bracket": np.where((brackets[targets] > 0) & (rng.random(n) < 0.3), rng.integers(0, 9, n), -1),
        "stale": revised[targets] & (rng.random(n) < 0.4),
        "reasoned": rng.random(n) < 0.3,
    }
    rows = zip(targets.tolist(), concepts.tolist(), *(c.tolist() for c in columns.values()), strict=True)
    for t, c, basis, confidence, role, sourced, bracket, stale, reasoned in rows:
        passage = bracket % int(brackets[t]) if bracket >= 0 else -1
        version = 2 if revised[t] and not stale else 1
        yield writer.link(
            t, kind, pool.codes[c], pool.iris[c], basis, confidence, role, sourced, passage, version, reasoned
        )


def _dependencies(rng: Generator, writer: text.FrameworkText, size: int) -> Iterator[str]:
    """Every fourth target needs another one; never in a circle, since only what comes earlier in the list is needed."""
    for t in np.flatnonzero(rng.random(size) < 0.25).tolist():
        if t:
            yield writer.dependency(t, int(rng.integers(t)), int(rng.integers(3)))


def _lineage(rng: Generator, writer: text.FrameworkText, size: int, successor: str, other: int) -> Iterator[str]:
    for t in np.flatnonzero(rng.random(size) < 0.5).tolist():
        dropped = rng.random() < 0.4
        yield writer.lineage(t, "" if dropped else successor, int(rng.integers(other)), int(rng.integers(3)))


def _assessments(rng: Generator, writer: text.FrameworkText, size: int) -> Iterator[str]:
    for dimension in text.DIMENSIONS:
        if rng.random() < 0.85:
            yield writer.assessment(dimension)
    for t in np.flatnonzero(rng.random(size) < 0.02).tolist():
        yield writer.assessment("sectors" if rng.random() < 0.5 else "stages", t, applicable=False)
