"""Every page and document of the site, for a server that makes one at a time and for a copy in files that makes all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final
from urllib.parse import unquote

from targetgraph import iris
from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.description.addresses import path_of
from targetgraph.analysis.description.beyond import ABOUT, said_beyond
from targetgraph.analysis.description.describing import Describer
from targetgraph.analysis.description.neighbourhood import PAGE, Neighbourhoods
from targetgraph.analysis.description.record import Description
from targetgraph.analysis.description.statements import Statements
from targetgraph.analysis.description.words import Name, Words, has_page
from targetgraph.analysis.standing import Standing
from targetgraph.library import Library
from targetgraph.library.terms import Triple
from targetgraph.modelling import ontology as model
from targetgraph.publish import documents, ontology_docs
from targetgraph.views.site.ontology import ontology_page, ontology_versions
from targetgraph.views.site.pages import framework_card, home_page, missing_page, queries_page
from targetgraph.views.site.shell import PICTURES, Shell
from targetgraph.views.site.thing import thing_page

ONTOLOGY_GRAPH: Final = iris.graph("ontology")
ALL_IN_FILES: Final = 1000
"""How many things a page of the copy in files lists for each way of pointing: it cannot go on to a next page."""


@dataclass
class SitePages:
    """The pages of one data version.

    Parameters
    ----------
    neighbourhoods : asks the graph.
    coded : the coded links, for gaps and pictures; called when they are first needed.
    shell : the frame of the pages.
    data : ways of getting at the data, for the home page: words, path and a note.
    everything : the whole graph, where all pages are made; otherwise each is made from a neighbourhood.
    """

    neighbourhoods: Neighbourhoods
    coded: Callable[[], CodedGraph]
    shell: Shell
    data: Sequence[tuple[str, str, str]] = ()
    everything: Statements | None = None
    library: Library = field(default_factory=Library)

    @cached_property
    def graphs(self) -> dict[str, int]:
        """The named graphs and how many statements each holds."""
        return self.neighbourhoods.graphs()

    @cached_property
    def terms(self) -> Statements:
        """What is at hand for every page: the terms of the ontology, and what the graph does not say of itself."""
        terms = self.neighbourhoods.terms()
        terms.add(said_beyond(self.shell.version, self.graphs, self.library))
        return terms

    @cached_property
    def _ontology(self) -> Statements:
        """The statements of the ontology's own graph."""
        return self.neighbourhoods.graph(ONTOLOGY_GRAPH)

    @cached_property
    def _whole_describer(self) -> Describer | None:
        if self.everything is None:
            return None
        self.everything.add(said_beyond(self.shell.version, self.graphs, self.library))
        return Describer(self.everything, self.terms, ALL_IN_FILES)

    def _describer(self, thing: str, by: str = "", after: str = "") -> Describer | None:
        """What describes a thing; None when nothing is known of it."""
        whole = self._whole_describer
        if whole is not None:
            return whole if thing in whole.statements else None
        found = self.neighbourhoods.around(thing, by, after)
        beyond = [said for said in self.terms.said(thing) if said.graph == ABOUT]
        found.add((thing, said.property, said.value, said.graph) for said in beyond)
        return Describer(found, self.terms, PAGE) if has_page(found, thing) else None

    def knows(self, thing: str) -> bool:
        """Whether anything is said of a thing, so that it has a page."""
        if self.terms.said(thing) and "#" not in thing:
            return True
        return has_page(self.neighbourhoods.own(thing), thing)

    def things(self) -> list[str]:
        """Every thing that has a page of its own; only where the whole graph is at hand."""
        whole = self._whole_describer
        if whole is None:
            return []
        own = (t for t in whole.statements if not t.startswith("_:") and "#" not in t and t != iris.ONTOLOGY)
        return sorted(t for t in own if has_page(whole.statements, t))

    def description(self, thing: str, by: str = "", after: str = "") -> Description | None:
        """What is said of a thing; None when nothing is known of it.

        Parameters
        ----------
        by, after : of what points to the thing by this property, that after this IRI.
        """
        describer = self._describer(thing, by, after)
        return describer.describe(thing) if describer else None

    def thing(self, thing: str, by: str = "", after: str = "") -> tuple[str, Description] | None:
        """The page on a thing, and what it was made from; None when nothing is known of it."""
        described = self.description(thing, by, after)
        return (thing_page(described, self.shell, path_of(thing)[0]), described) if described else None

    def triples(self, thing: str) -> list[Triple]:
        """The statements of the document on a thing; none when nothing is known of it."""
        describer = self._describer(thing)
        return describer.triples(thing) if describer else []

    def documents(self, thing: str, suffixes: Iterable[str]) -> dict[str, str]:
        """The documents on a thing in RDF formats, by suffix; none when nothing is known of it."""
        triples = self.triples(thing)
        if not triples:
            return {}
        return {s: documents.document(thing, triples, s, self.shell.version) for s in suffixes}

    def ontology(self, version: str = "") -> str | None:
        """The page on the ontology; None for a version that is not there."""
        if version and version not in self.ontology_versions:
            return None
        return ontology_page(self._ontology, self.shell, version, self._generated)

    @cached_property
    def ontology_versions(self) -> list[str]:
        """Numbers of the versions of the ontology that can be had."""
        return ontology_versions(self._ontology)

    @cached_property
    def _generated(self) -> str | None:
        return ontology_docs.documentation(model.bind_prefixes(model.read()))

    def ontology_document(self, suffix: str) -> str:
        """The ontology in an RDF format."""
        triples = [t for subject in self._ontology for t in self._ontology.closure(subject)]
        return documents.document(iris.ONTOLOGY, triples, suffix, self.shell.version)

    def home(self) -> str:
        """The home page."""
        cards = []
        for iri, objectives, claims, named in self.neighbourhoods.frameworks():
            standing = self._standing(iri.removeprefix(iris.BASE))
            name = Name(iri, standing.report.framework_label, paged=True)
            cards.append(framework_card(name, standing, objectives, claims, named))
        schemes = [(Name(iri, label, paged=True), count) for iri, label, count in self.neighbourhoods.schemes()]
        words = Words(self.terms, self.terms)
        graphs = [(words.name(graph), count) for graph, count in self.graphs.items()]
        cards.sort(key=lambda card: (-card.targets, card.name.text))
        return home_page(self.shell, cards, schemes, graphs, self.data)

    def _standing(self, framework: str) -> Standing:
        if framework not in self._standings:
            self._standings[framework] = Standing.of(self._coded, framework)
        return self._standings[framework]

    @cached_property
    def _standings(self) -> dict[str, Standing]:
        return {}

    @cached_property
    def _coded(self) -> CodedGraph:
        return self.coded()

    @cached_property
    def frameworks(self) -> list[str]:
        """Codes of the frameworks."""
        return [iri.removeprefix(iris.BASE) for iri, *_ in self.neighbourhoods.frameworks()]

    def picture(self, framework: str, name: str) -> str | None:
        """A picture of a framework, a page that stands alone; None when there is no such framework or picture."""
        if framework not in self.frameworks or name not in {file for _, file in PICTURES}:
            return None
        standing = self._standing(framework)
        if name == "network":
            from targetgraph.views.network import network_page

            return network_page(self._coded, framework, standing)
        if name == "matrix":
            from targetgraph.views.matrix import matrix_page

            return matrix_page(self._coded, framework, "", "", standing)
        from targetgraph.views.coverage_map import coverage_map_page

        return coverage_map_page(self._coded, framework, standing)

    def queries(self) -> str:
        """The list of the query library, without the questions that the package asks itself."""
        return queries_page(self.shell, (q for q in self.library if q.theme not in OWN_THEMES))

    def missing(self, path: str, title: str, sentence: str, remedy: str, address: str = "") -> str:
        """A page for what is not there, with things that may have been meant."""
        before, _, last = address.removeprefix(iris.BASE).rpartition("/")
        wanted = [text for text in (unquote(last), f"{before}/" if before else "") if len(text) > 1]
        alike = next(filter(None, map(self.neighbourhoods.alike, wanted)), [])
        return missing_page(self.shell, path, title, sentence, remedy, alike, address)


OWN_THEMES: Final = frozenset({"derivation", "description", "extraction"})
