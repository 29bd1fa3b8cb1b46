"""A scenario as RDF (PROV-O), and back."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from targetgraph import __version__, iris
from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.scenarios.adding import role_name
from targetgraph.analysis.scenarios.references import concept_called, concept_iri, target_called
from targetgraph.analysis.scenarios.scenario import Scenario
from targetgraph.analysis.scenarios.simulation import Simulation
from targetgraph.errors import TargetGraphError
from targetgraph.namespaces import TG

if TYPE_CHECKING:
    from rdflib import Graph, URIRef

LARGEST_FILE = 4_000_000
"""Bytes of a scenario file that are read; a scenario takes a few thousand."""

_TERMS = iris.TERMS
_BASES = {"named": TG.NamedInText, "implied": TG.Implied, "judged": TG.CuratorJudgement}
_STATUSES = {"sourced": TG.Sourced, "recalled": TG.Recalled, "judged": TG.Judged}


def as_turtle(graph: CodedGraph, simulation: Simulation) -> str:
    """A scenario with what it does to the gaps.

    The scenario is a ``tg:Scenario``; the simulation a ``prov:Activity`` that used it and the data version.

    Parameters
    ----------
    graph : the graph as it is, for what the references in the scenario mean.
    simulation : of the scenario.
    """
    from rdflib import PROV, RDF, RDFS, Graph, Literal, URIRef

    found = Graph()
    for prefix, namespace in (("tg", _TERMS), ("prov", str(PROV)), ("tgr", iris.BASE)):
        found.bind(prefix, namespace)
    node = _describe(found, graph, simulation.framework, simulation.scenario)
    run = URIRef(f"{node}/run/{simulation.version}")
    found.add((run, RDF.type, PROV.Activity))
    found.add((run, RDFS.label, Literal(f"Simulation of {simulation.scenario}", lang="en")))
    found.add((run, PROV.used, node))
    found.add((run, _term("dataVersion"), Literal(simulation.version)))
    found.add((run, _term("softwareVersion"), Literal(__version__)))
    for name, gaps in (("opensGap", simulation.opened), ("closesGap", simulation.closed)):
        for gap in gaps:
            found.add((run, _term(name), URIRef(gap.iri)))
    for change in simulation.changed:
        found.add((run, _term("closesGap"), URIRef(change.before.iri)))
        found.add((run, _term("opensGap"), URIRef(change.after.iri)))
    return str(found.serialize(format="turtle"))


def _term(name: str) -> URIRef:
    from rdflib import URIRef

    return URIRef(_TERMS + name)


def _describe(found: Graph, graph: CodedGraph, framework: str, scenario: Scenario) -> URIRef:
    """Write what is supposed; returns the node of the scenario."""
    from rdflib import PROV, RDF, RDFS, XSD, Literal, URIRef

    node = URIRef(iris.scenario(framework, str(scenario)))
    for kind in (_term("Scenario"), PROV.Entity):
        found.add((node, RDF.type, kind))
    found.add((node, RDFS.label, Literal(f"{framework}: {scenario}", lang="en")))
    found.add((node, _term("canonicalForm"), Literal(str(scenario))))
    found.add((node, _term("supposedOf"), URIRef(iris.framework(framework))))
    for name, values in _references(graph, scenario):
        for value in values:
            found.add((node, _term(name), URIRef(value)))
    if scenario.min_confidence:
        found.add((node, _term("minimumConfidence"), Literal(_decimal(scenario.min_confidence), datatype=XSD.decimal)))
    for name, value in (("bracketTreatment", scenario.brackets), ("umbrellaTreatment", scenario.umbrella),
                        ("hedgeTreatment", scenario.hedges)):  # fmt: skip
        if value != "as-is":
            found.add((node, _term(name), Literal(value)))
    for source in sorted(scenario.only_sources):
        found.add((node, _term("onlySource"), Literal(source)))
    number = graph.framework_number(framework)
    for place, addition in enumerate(sorted(scenario.add), 1):
        link = URIRef(f"{node}/link/{place}")
        dimension = graph.dimension(addition.dimension)
        target = graph.targets.iri[target_called(graph, addition.target, number)]
        concept = dimension.concepts.iri[concept_called(dimension, addition.concept)]
        found.add((node, _term("supposesLink"), link))
        found.add((link, RDF.type, _term("SupposedLink")))
        found.add((link, _term("supposedSubject"), URIRef(target)))
        found.add((link, _term("onDimension"), URIRef(dimension.declaration.iri)))
        found.add((link, _term("supposedConcept"), URIRef(concept)))
        for role in (r for r in graph.roles if addition.role == role_name(r)):
            found.add((link, _term("supposedRole"), URIRef(role)))
    for place, dating in enumerate(sorted(scenario.date), 1):
        date = URIRef(f"{node}/date/{place}")
        target = graph.targets.iri[target_called(graph, dating.target, number)]
        found.add((node, _term("supposesDate"), date))
        found.add((date, RDF.type, _term("SupposedDate")))
        found.add((date, _term("redatedTarget"), URIRef(target)))
        if dating.year:
            found.add((date, _term("supposedYear"), Literal(str(dating.year), datatype=XSD.gYear)))
    return node


def _decimal(number: float) -> str:
    """The shortest decimal that reads back as the number, without an exponent, which xsd:decimal does not know."""
    return format(Decimal(repr(number)), "f")


def _references(graph: CodedGraph, scenario: Scenario) -> list[tuple[str, list[str]]]:
    def links(values: frozenset[str]) -> list[str]:
        return sorted(v if "://" in v else iris.BASE + v for v in values)

    return [
        ("withoutConcept", [concept_iri(graph, reference) for reference in sorted(scenario.without)]),
        ("withoutBasis", [_BASES[b] for b in sorted(scenario.without_basis)]),
        ("withoutStatus", [_STATUSES[s] for s in sorted(scenario.without_status)]),
        ("countsAsNamed", [_BASES[b] for b in sorted(scenario.as_named)]),
        ("withoutLink", links(scenario.without_links)),
        ("namesLink", links(scenario.name)),
        ("liftsBracketsOf", links(scenario.lift)),
        ("renewsLink", links(scenario.renew)),
    ]


def read_turtle(path: Path, graph: CodedGraph) -> tuple[Scenario, str]:
    """The scenario in a Turtle file, and the code of its framework.

    Parameters
    ----------
    path : a file that :func:`as_turtle` has written.
    graph : the graph as it is.

    Raises
    ------
    TargetGraphError : the file cannot be read, holds no scenario or several, or its parts and its canonical form do not
        say the same (somebody changed one of them).
    """
    from rdflib import RDF, Graph, URIRef

    text = _text(path)
    found = Graph()
    try:
        found.parse(data=text, format="turtle")
    except Exception as error:  # rdflib's parser raises many kinds, some of them its own slips
        detail = str(error).strip().splitlines()[:1]
        raise TargetGraphError(
            f"this is no Turtle ({detail[0][:160] if detail else type(error).__name__})",
            str(path),
            "give a file that `simulate --save` has written",
        ) from None
    nodes = sorted(set(found.subjects(RDF.type, _term("Scenario"))), key=str)
    if len(nodes) != 1:
        raise TargetGraphError(
            f"the file holds {len(nodes) or 'no'} scenario{'s' if len(nodes) > 1 else ''}",
            str(path),
            "give a file with one",
        )
    node = nodes[0]
    forms, frameworks = (list(found.objects(node, _term(t))) for t in ("canonicalForm", "supposedOf"))
    if len(forms) != 1 or len(frameworks) != 1:
        raise TargetGraphError("the scenario lacks its canonical form or framework", str(path), "save it again")
    scenario = Scenario.parse(str(forms[0]))
    code = graph.frameworks[graph.framework_number(str(frameworks[0]))].code
    expected = Graph()
    if str(_describe(expected, graph, code, scenario)) != str(node):
        raise TargetGraphError(
            "the IRI of the scenario does not belong to its canonical form", str(path), "save the scenario again"
        )
    parts = (f"{node}/link/", f"{node}/date/")
    said = {t for t in found if str(t[0]) == str(node) or str(t[0]).startswith(parts)}
    if said != set(expected):
        odd = sorted(said ^ set(expected), key=str)[0]
        name = str(odd[1]).rpartition("#")[2] if isinstance(odd[1], URIRef) else str(odd[1])
        raise TargetGraphError(
            f"the parts of the scenario do not say what its canonical form says (look at {name})",
            str(path),
            "change the scenario on the command line and save it again",
        )
    return scenario, code


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise TargetGraphError("the file is too large for a scenario", str(path), "give one that --save wrote")
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise TargetGraphError(f"the file cannot be read: {error.strerror}", str(path), "give another path") from None
    except UnicodeDecodeError:
        raise TargetGraphError("the file is no UTF-8 text", str(path), "give one that `--save` has written") from None
