"""All records as one RDF dataset, each kind of statement in its own named graph."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from rdflib import XSD, Dataset, Graph, Literal, URIRef
from rdflib.term import Node

from targetgraph import iris
from targetgraph.errors import Place
from targetgraph.modelling import alignments, documents, frameworks, links, ontology, sdgs, vocabularies
from targetgraph.modelling.collecting import Collected
from targetgraph.modelling.writer import GraphWriter
from targetgraph.namespaces import TG
from targetgraph.records import Collection, Wording


@dataclass
class Model:
    """A modelled collection.

    Parameters
    ----------
    graphs : the statements of each named graph, by its IRI.
    origins : file and row of each subject that came from a table.
    agents : whoever keeps each table that is not bundled, by the table's name.
    """

    graphs: dict[str, Collected] = field(default_factory=dict)
    origins: dict[str, Place] = field(default_factory=dict)
    agents: dict[str, str] = field(default_factory=dict)

    @cached_property
    def dataset(self) -> Dataset:
        """All statements to ask, as they are when first asked; the default graph is their union."""
        dataset = Dataset(default_union=True)
        dataset.parse(data=self.nquads(), format="nquads")
        return dataset

    def graph(self, *name: str) -> Graph:
        """The named graph ``…/graph/<name>`` of `dataset`."""
        return self.dataset.graph(URIRef(iris.graph(*name)))

    def collected(self, *name: str) -> Collected:
        """The statements of the named graph ``…/graph/<name>``, to which more can be added; made when it is not there."""
        iri = iris.graph(*name)
        return self.graphs.setdefault(iri, Collected(iri))

    def writer(self, *name: str) -> GraphWriter:
        """A writer into the named graph ``…/graph/<name>``."""
        return GraphWriter(iris.graph(*name), self.collected(*name), self.origins, self.agents)

    def nquads(self) -> bytes:
        """All statements as N-Quads, in no order."""
        return "".join(line for graph in self.graphs.values() for line in graph.nquads()).encode()


def model(collection: Collection, terms: Graph, progress: Callable[[str], None] | None = None) -> Model:
    """Model a collection as RDF.

    Parameters
    ----------
    collection : records whose references have been checked.
    terms : the ontology, as `ontology.read` gives it.
    progress : called with a short sentence before each step.
    """
    say = progress or (lambda _: None)
    result = Model(agents=_keepers(collection))
    say("modelling the ontology")
    _write_ontology(result, terms)
    say("modelling vocabularies")
    concepts = _write_vocabularies(result, collection)
    say("modelling frameworks and links")
    _write_frameworks(result, collection, concepts)
    documents.write_documents(result.writer("documents"), collection.documents)
    documents.write_tables(result.writer("provenance"), collection.tables)
    return result


def _keepers(collection: Collection) -> dict[str, str]:
    """Tables of folders laid beside the bundled ones carry the folder's name before their own."""
    return {t.name: iris.keeper(t.folder) for t in collection.tables if t.folder}


def _write_ontology(result: Model, terms: Graph) -> None:
    graph = result.collected("ontology")
    for subject, predicate, value in terms:
        graph.add((subject, predicate, _as_stored(value)))


def _as_stored(value: Node) -> Node:
    """A cardinality as an integer without further type.

    OWL 2 wants xsd:nonNegativeInteger, and so the files have it. Oxigraph keeps integers of all derived types as
    xsd:integer; written so from the start, a build's statements and what its store tells of them are the same.
    """
    if isinstance(value, Literal) and value.datatype == XSD.nonNegativeInteger:
        return Literal(str(value), datatype=XSD.integer)
    return value


def _write_vocabularies(result: Model, collection: Collection) -> dict[str, dict[str, str]]:
    """Write every vocabulary; returns IRI by kind of link and identifier."""
    out, mapped, un = result.writer("vocabularies"), result.writer("mapped"), result.writer("sdg")
    vocabularies.write_schemes(out)
    sdg = sdgs.write_sdgs(un, mapped, collection.sdgs)
    sdg_indicators = sdgs.write_sdg_indicators(un, collection.sdg_indicators, sdg)
    concepts = {
        "actor": vocabularies.write_actors(out, mapped, collection.actors),
        "sector": vocabularies.write_sectors(out, mapped, collection.sectors),
        "stage": vocabularies.write_stages(out, collection.stages),
        "issue": vocabularies.write_issues(out, collection.issues),
        "indicator": vocabularies.write_indicators(out, collection.indicators, sdg_indicators),
        "sdg": sdg,
    }
    alignments.write_alignments(mapped, (iri for by_id in concepts.values() for iri in by_id.values()))
    context = links.LinkContext(concepts, {}, {})
    links.write_links(out, [link for link in collection.links if not link.framework], context)
    return concepts


def _write_frameworks(result: Model, collection: Collection, concepts: dict[str, dict[str, str]]) -> None:
    context = links.LinkContext(
        concepts,
        {(t.framework, t.id): t.sources for t in collection.targets},
        _wordings_by_target(collection),
    )
    dimensions = _dimension_iris()
    columns = {code: concepts.get(kind, {}) for code, kind in _dimension_kinds().items()}
    for framework in collection.frameworks:
        out = result.writer("framework", framework.id)
        frameworks.write_framework(out, framework)
        frameworks.write_objectives(out, [o for o in collection.objectives if o.framework == framework.id])
        for target in collection.targets:
            if target.framework == framework.id:
                frameworks.write_target(out, target)
        frameworks.write_wordings(out, [w for w in collection.wordings if w.framework == framework.id])
        frameworks.write_passages(out, [p for p in collection.passages if p.framework == framework.id])
        links.write_links(out, [link for link in collection.links if link.framework == framework.id], context)
        links.write_lineage(out, [item for item in collection.lineage if item.framework == framework.id])
        links.write_dependencies(out, [d for d in collection.dependencies if d.framework == framework.id])
        assessed = [a for a in collection.assessments if a.framework == framework.id]
        links.write_assessments(out, assessed, dimensions, columns)


def _wordings_by_target(collection: Collection) -> dict[tuple[str, str], list[Wording]]:
    def key(wording: Wording) -> tuple[str, str]:
        return (wording.framework, wording.target)

    return {k: list(group) for k, group in groupby(sorted(collection.wordings, key=key), key=key)}


def _dimension_iris() -> dict[str, str]:
    graph = ontology.read("dimensions.ttl")
    return {str(code): str(s) for s, code in graph.subject_objects(URIRef(TG.code)) if isinstance(code, Literal)}


def _dimension_kinds() -> dict[str, str]:
    """Kind of link by which each dimension reaches its columns: ``actor`` for the dimension ``actors``."""
    graph = ontology.read("dimensions.ttl")
    return {
        str(graph.value(s, URIRef(TG.code))): str(path).removeprefix(TG.NAMESPACE)
        for s, path in graph.subject_objects(URIRef(TG.columnPath))
    }
