"""Shapes and OWL 2 RL rules at 10^4 to 10^6 statements, side by side with pySHACL and owlrl.

What takes too long for a table is cut short: pySHACL at 10^6 after two minutes, owlrl after one from 10^5 statements on, the
rules over everything after two at 10^6 where they are compared with carrying on.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from rdflib import RDF, URIRef

from targetgraph.checking.engines import by_pyshacl, by_shacl
from targetgraph.modelling import ontology
from targetgraph.pipeline import build_from_dataset
from targetgraph.pipeline.carrying_inferences import carried_on
from targetgraph.pipeline.generating import generate
from targetgraph.pipeline.keeping import keep
from targetgraph.pipeline.reasoning_run import Conclusions, as_graph, as_nquads, reason, statements_of
from targetgraph.reasoning.axioms import Triple3
from targetgraph.reasoning.parts import Parted
from targetgraph.store.asserted import merged
from tests.benchmarks.harness import Contender, Workbench, call, row

_MEMORY = 16_000_000_000
"""Bytes that a machine must have for the rules over a million statements at once."""
_ENTITY = URIRef("http://www.w3.org/ns/prov#Entity")


def _registry(bench: Workbench, size: int) -> Path:
    path = bench.folder / f"reasoned-{size}.nq"
    if not path.exists():
        generate(size, 1, path)
    return path


def _shapes(bench: Workbench, size: int, patience: float | None = None) -> Sequence[Contender]:
    path, shapes = _registry(bench, size), ontology.read("shapes/data.ttl")
    ours = call("targetgraph (shacl)", lambda: len(list(by_shacl(path.read_bytes(), shapes))))
    theirs = call("pySHACL", lambda: len(list(by_pyshacl(path.read_bytes(), shapes))), patience)
    return [ours, theirs]


@row("Checking 10^4 statements against the shapes, reading included", rounds=3)
def shapes_1e4(bench: Workbench) -> Sequence[Contender]:
    """The smallest registry."""
    return _shapes(bench, 10_000)


@row("Checking 10^5 statements against the shapes, reading included", rounds=1, warm=False)
def shapes_1e5(bench: Workbench) -> Sequence[Contender]:
    """A middling registry."""
    return _shapes(bench, 100_000)


@row("Checking 10^6 statements against the shapes, reading included", rounds=1, warm=False)
def shapes_1e6(bench: Workbench) -> Sequence[Contender]:
    """A large registry; pySHACL is cut short after two minutes."""
    return _shapes(bench, 1_000_000, 120)


def _entities(statements: Iterable[Triple3]) -> int:
    """How many things are entities: none is said to be, all follow from subclasses."""
    return len({s for s, p, o in statements if o == _ENTITY and p == RDF.type})


def _by_owlrl(statements: Iterable[Triple3]) -> int:
    import owlrl

    graph = as_graph(statements)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return _entities(graph)


def _memory() -> int:
    """Bytes of memory that this machine has."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _rules(bench: Workbench, size: int, patience: float | None = None) -> Sequence[Contender]:
    import reasonable

    statements, model = merged(_registry(bench, size), ()), ontology.read("targetgraph.ttl")

    def in_parts() -> int:
        parts = Parted(model, statements)
        return sum(
            len({s for s, p, o in part.closed.closure if o == _ENTITY and p == RDF.type and s in part.own})
            for part in parts
        )

    def alone() -> int:
        reasoner = reasonable.PyReasoner()
        reasoner.from_graph(list(statements))
        return _entities(reasoner.reason())

    found = [call("targetgraph (reasonable in parts, chains)", in_parts)]
    if size < 1_000_000 or _memory() >= _MEMORY:
        found.append(call("reasonable alone", alone))
    return [*found, call("owlrl", lambda: _by_owlrl(statements), patience)]


@row("OWL 2 RL closure of 10^4 statements in memory", rounds=1, warm=False)
def rules_1e4(bench: Workbench) -> Sequence[Contender]:
    """The smallest registry."""
    return _rules(bench, 10_000)


@row("OWL 2 RL closure of 10^5 statements in memory", rounds=1, warm=False)
def rules_1e5(bench: Workbench) -> Sequence[Contender]:
    """A middling registry; owlrl is cut short after a minute."""
    return _rules(bench, 100_000, 60)


@row("OWL 2 RL closure of 10^6 statements in memory", rounds=1, warm=False)
def rules_1e6(bench: Workbench) -> Sequence[Contender]:
    """Reasonable alone takes more than 11 GB of memory, and is left out below 16; owlrl is cut short after a minute."""
    return _rules(bench, 1_000_000, 60)


def _kept(size: int) -> Path:
    """A store of a registry from which something was taken away since its inferences were kept; made once for all runs."""
    cache = Path(os.environ.get("TARGETGRAPH_BENCH_CACHE") or tempfile.mkdtemp(prefix="targetgraph-kept-"))
    given, store = cache / f"registry-{size}.nq", cache / f"inferred-{size}"
    if not store.exists():
        if not given.exists():
            generate(size, 1, given)
        making = cache / f"inferred-{size}.making"
        shutil.rmtree(making, ignore_errors=True)
        build_from_dataset(given, making)
        keep(reason(*statements_of(making), "rl"), "rl", making)
        link = b"<https://w3id.org/targetgraph/framework-00000/link/T5/"
        changed = cache / f"inferred-{size}.nq"
        with given.open("rb") as lines, changed.open("wb") as out:
            out.writelines(line for line in lines if not (line.startswith(link) and b"/stage/" in line))
        build_from_dataset(changed, making)
        changed.unlink()
        making.rename(store)
    return store


def _digest(found: Conclusions | None) -> str:
    assert found is not None
    return hashlib.sha256(as_nquads(found, "rl", "2026-11-26T10:00:00Z").encode()).hexdigest()


def _again(size: int, patience: float | None = None) -> Sequence[Contender]:
    store = _kept(size)
    return [
        call("carry on from what is kept", lambda: _digest(carried_on(store))),
        call("the rules over everything", lambda: _digest(reason(*statements_of(store), "rl")), patience),
    ]


@row("Inferring again after the stages of a target are gone, 10^4 statements", rounds=1)
def inferred_again_1e4(_: Workbench) -> Sequence[Contender]:
    """From the files of a store on; the statements that follow are compared one by one."""
    return _again(10_000)


@row("Inferring again after the stages of a target are gone, 10^5 statements", rounds=1, warm=False)
def inferred_again_1e5(_: Workbench) -> Sequence[Contender]:
    """The same of a middling registry."""
    return _again(100_000)


@row("Inferring again after the stages of a target are gone, 10^6 statements", rounds=1, warm=False)
def inferred_again_1e6(_: Workbench) -> Sequence[Contender]:
    """The same of a large registry; the rules over everything are cut short after two minutes."""
    return _again(1_000_000, 120)
