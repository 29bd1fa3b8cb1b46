"""Named exceptions from a rule, each with its reason: nothing is silenced without somebody saying why."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import RDF, Graph, URIRef

from targetgraph.namespaces import TG


@dataclass(frozen=True, slots=True)
class Waiver:
    """An exception: which rule, for which resource, and why."""

    rule: str
    resource: str
    reason: str

    def covers(self, rule: str, focus: str) -> bool:
        """Whether the waiver is about this result."""
        return self.rule == rule and self.resource == focus


def read_waivers(graph: Graph) -> list[Waiver]:
    """Waivers of the ontology folder (``tg:Waiver``), by resource."""
    found = []
    for node in graph.subjects(RDF.type, URIRef(TG.Waiver)):
        rule = str(graph.value(node, URIRef(TG.waivesRule)) or "").rpartition("/")[2]
        reason = str(graph.value(node, URIRef(TG.rationale)) or "")
        found += [Waiver(rule, str(thing), reason) for thing in graph.objects(node, URIRef(TG.waivedFor))]
    return sorted(found, key=lambda w: (w.rule, w.resource))
