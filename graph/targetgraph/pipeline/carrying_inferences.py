"""What the rules infer from the current version, out of what is kept of a version that differs little from it.

The result is that of reasoning over everything. What cannot be shown to be so is not tried: the reason is told, and the rules
are applied to everything (`targetgraph.pipeline.reasoning_run.reason`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from rdflib import RDF, BNode, URIRef
from rdflib.term import Node

from targetgraph import __version__, iris
from targetgraph.modelling import ontology
from targetgraph.pipeline.contradiction_explaining import RULES
from targetgraph.pipeline.gap_run import GAPS
from targetgraph.pipeline.reasoning_run import Conclusions
from targetgraph.publish.gap_graph import COMPUTED
from targetgraph.reasoning import INFERRED, rules
from targetgraph.reasoning.axioms import Triple3, is_about_terms
from targetgraph.reasoning.carrying import Difference, difference
from targetgraph.reasoning.flows import fingerprint
from targetgraph.reasoning.modules import Terms
from targetgraph.store import StoreFolder, Version
from targetgraph.store.asserted import Asserted, statements_in
from targetgraph.store.changing import NotProven
from targetgraph.store.difference import difference as lines_that_differ
from targetgraph.store.difference import ending
from targetgraph.store.inferences import FOLDER, graph_name
from targetgraph.store.layout import DEFAULT_FOLDER

MOST: Final = 5_000
"""Changed statements from which on everything is reasoned over again."""
_ONTOLOGY: Final = iris.graph("ontology")


def carried_on(store: Path | None = None, progress: Callable[[str], None] | None = None) -> Conclusions | None:
    """What the rules infer from the current version, if something is kept that can be carried on.

    Parameters
    ----------
    store : the store folder; ``.targetgraph`` in the current directory by default.
    progress : called with a short sentence that says which way is taken, and why.

    Returns
    -------
    What `reason` would return; None where it has to be asked.

    Raises
    ------
    StoreError : nothing has been built there, or it is damaged.
    """
    say = progress or (lambda _: None)
    place = StoreFolder(store or DEFAULT_FOLDER)
    version = place.current()
    try:
        base, kept = _base(place, version)
        return _from(base, kept, version, say)
    except NotProven as reason:
        say(f"reasoning over everything: {reason}")
        return None


def _base(place: StoreFolder, current: Version) -> tuple[Version, dict[str, Any]]:
    """The version to carry on from, the current one first, and what it says of the inferences kept with it."""
    why = "nothing is kept that could be carried on"
    for version in (current, *place.others()):
        kept = dict(version.inferred.get(RULES) or {})
        if not kept:
            continue
        if kept.get("reasoner") != rules.name_and_version() or kept.get("package_version") != __version__:
            why = "what is kept was made by another version"
        elif not kept.get("terms"):
            why = "what is kept does not say that it can be carried on"
        else:
            return version, kept
    raise NotProven(why)


def _from(base: Version, kept: dict[str, Any], current: Version, say: Callable[[str], None]) -> Conclusions:
    changed = _changed(base, current)
    found = Conclusions(str(kept["reasoner"]), current.data_version, True, terms=str(kept["terms"]))
    found.left_out = int(kept["left_out"])
    inferred = _inferred(base)
    if changed:
        with _asserted(base) as before, _asserted(current) as after:
            terms = Terms(ontology.read("targetgraph.ttl"), after.graph(_ONTOLOGY))
            if fingerprint(terms.alone) != kept["terms"]:
                raise NotProven("axioms about terms have changed, or stand outside of the ontology graph")
            touched = _touched(changed, terms)
            differs = difference(terms, before, after, touched)
            for sign, side in ((-1, before), (1, after)):
                about = {t for s in {t[0] for t in changed} for t in side.about(s)}
                found.left_out += sign * terms.left_out(about)
        inferred = _replaced(inferred, differs)
        say(
            f"carrying on from what is kept of version {base.data_version}: {_counted(len(changed), 'statement')} changed, "
            f"{_counted(len(differs.looked_at), 'individual')} looked at"
        )
    else:
        say("nothing has changed since what is kept was inferred")
    found.inferred = sorted(inferred, key=str)
    return found


def _changed(base: Version, current: Version) -> set[Triple3]:
    """Statements that only one of two versions asserts in some graph.

    Raises
    ------
    NotProven : there are too many, or some about which nothing local can be said.
    """
    inferred, ontology_end = ending(INFERRED), ending(_ONTOLOGY)
    lines: list[bytes] = []
    for _, line in lines_that_differ(base.dataset, current.dataset) if base.path != current.path else ():
        if line.endswith(inferred):
            continue
        if line.endswith(ontology_end):
            raise NotProven("the ontology has changed")
        lines.append(line)
        if len(lines) > MOST:
            raise NotProven("much has changed")
    return statements_in(lines)


def _touched(changed: Iterable[Triple3], terms: Terms) -> set[Node]:
    """Individuals that changed statements are about; statements in which no rule has a part left out.

    Raises
    ------
    NotProven : one of the statements is about terms, or about a blank node.
    """
    named = {s for s, _, _ in terms.alone.declarations}
    found: set[Node] = set()
    for s, p, o in changed:
        if isinstance(s, BNode) or isinstance(o, BNode):
            raise NotProven("a statement with a blank node has changed")
        if s in named or is_about_terms(p, o):
            raise NotProven("a statement about terms has changed")
    for s, p, o in terms.read(changed):
        found.add(s)
        if isinstance(o, URIRef) and p != RDF.type:
            found.add(o)
    return found


def _asserted(version: Version) -> Asserted:
    gaps = (COMPUTED,) if (version.path / GAPS).exists() else ()
    return Asserted(version.oxigraph, (INFERRED, *gaps))


def _inferred(version: Version) -> list[Triple3]:
    """The statements that are kept; those in which the graph speaks of itself left out."""
    name = graph_name(RULES)
    own, end = f"<{name}> ", f"> <{name}> ."
    found: list[Triple3] = []
    with (version.path / FOLDER / f"{RULES}.nq").open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith(own):
                s, p, o = line.rstrip("\n").removesuffix(end)[1:].split("> <")
                found.append((URIRef(s), URIRef(p), URIRef(o)))
    return found


def _replaced(inferred: Iterable[Triple3], differs: Difference) -> list[Triple3]:
    """What follows now.

    Raises
    ------
    NotProven : what was kept is not what follows from the statements before.
    """
    other: list[Triple3] = []
    mine: set[Triple3] = set()
    for triple in inferred:
        if triple[0] in differs.looked_at:
            mine.add(triple)
        else:
            other.append(triple)
    if mine != differs.before:
        raise NotProven("what is kept is not what follows from the version that it was kept with")
    return [*other, *differs.after]


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
