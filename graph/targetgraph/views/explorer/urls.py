"""Addresses of the explorer: the one place where they are made.

The state of a view is its address: the path says which page, the query string what of it. Four names are common to all pages:
``framework``, ``lang`` (of labels), ``ui`` (of the interface) and ``own`` (a store of the user's own data); every link carries
them along. A value that is the default and cannot change its meaning (``lang=en``, ``ui=en``, no ``own``) is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote, urlencode

from targetgraph import iris
from targetgraph.analysis.description.addresses import path_of
from targetgraph.analysis.description.words import LANGUAGES

ROOT: Final = "/explore"
LABEL_LANGUAGES: Final = tuple(LANGUAGES)
INTERFACE_LANGUAGES: Final = ("en", "fr")
COMMON: Final = ("framework", "lang", "ui", "own")

#: Pages in the order of the navigation, with the key that follows ``g`` to go there.
PAGES: Final = {
    "overview": "o",
    "map": "m",
    "matrix": "x",
    "network": "n",
    "targets": "t",
    "gaps": "g",
    "actors": "a",
    "lineage": "l",
    "scenario": "s",
    "query": "q",
    "briefing": "b",
    "data": "d",
    "own": "u",
}
#: Pages of the guided tour, in its order.
TOUR: Final = ("overview", "map", "matrix", "gaps", "targets", "data")


@dataclass(frozen=True, slots=True)
class Urls:
    """Makes addresses that keep the common state.

    Parameters
    ----------
    framework : code of the framework, or empty where a page is on none.
    lang, ui : languages of labels and of the interface.
    own : name of a store of the user's own data; empty for the bundled one.
    """

    framework: str = ""
    lang: str = "en"
    ui: str = "en"
    own: str = ""

    def keeping(self, **changes: str) -> Urls:
        """The same with other common state."""
        return replace(self, **changes)

    @property
    def common(self) -> dict[str, str]:
        """The common state, defaults left out."""
        given = {"framework": self.framework, "lang": self.lang, "ui": self.ui, "own": self.own}
        return {k: v for k, v in given.items() if v and not (v == "en" and k in ("lang", "ui"))}

    def at(self, path: str, fragment: str = "", /, **state: object) -> str:
        """The address of a path with this state; empty values and None are left out, sequences repeat their name."""
        values = {k: v for k, v in state.items() if v not in ("", None, (), [])} | self.common
        query = urlencode({k: _plain(v) for k, v in values.items()}, doseq=True)
        return path + (f"?{query}" if query else "") + (f"#{quote(fragment)}" if fragment else "")

    def page(self, name: str, /, **state: object) -> str:
        """A page by its name in `PAGES`."""
        return self.at(ROOT if name == "overview" else f"{ROOT}/{name}", **state)

    @staticmethod
    def path(name: str, *inside: str) -> str:
        """The path of a page without any state, as forms need it that have the state in their fields."""
        return "/".join((ROOT, name, *inside))

    def overview(self) -> str:
        """The framework at a glance."""
        return self.page("overview")

    def map(self, **state: object) -> str:
        """The coverage map."""
        return self.page("map", **state)

    def matrix(self, rows: str = "", columns: str = "", **state: object) -> str:
        """The matrix of two dimensions (``targets``, ``objectives`` or codes of dimensions)."""
        return self.page("matrix", rows=rows, columns=columns, **state)

    def network(self, focus: str = "", **state: object) -> str:
        """The network; ``focus`` is the IRI of a thing in it."""
        return self.page("network", focus=focus, **state)

    def targets(self, dimension: str = "", state: str = "", **more: object) -> str:
        """Targets of the framework; those in a state (as ``umbrella``) in a dimension."""
        return self.page("targets", dimension=dimension, state=state, **more)

    def target(self, iri: str) -> str:
        """The fact sheet of a target."""
        code, _, name = iri.removeprefix(iris.BASE).partition("/target/")
        return self.keeping(framework="").at(f"{ROOT}/targets/{code}/{name}")

    def gaps(self, kind: str = "", dimension: str = "", **state: object) -> str:
        """Gaps of the framework, of a kind and dimension."""
        return self.page("gaps", kind=kind, dimension=dimension, **state)

    def gap(self, iri: str) -> str:
        """The page of one gap: its IRI below the base is its path."""
        return self.keeping(framework="").at(f"{ROOT}/gaps/{iri.removeprefix(iris.BASE)}")

    def lineage(self, **state: object) -> str:
        """What became of each proposal."""
        return self.page("lineage", **state)

    def actors(self, **state: object) -> str:
        """What each actor must do."""
        return self.page("actors", **state)

    def actor(self, iri: str) -> str:
        """The page of one actor (a category or an organisation)."""
        return self.at(f"{ROOT}/actors/{iri.removeprefix(iris.BASE).removeprefix('scheme/actor/')}")

    def scenario(self, **state: object) -> str:
        """What if."""
        return self.page("scenario", **state)

    def versions(self, before: str = "") -> str:
        """The data version that is served compared with another."""
        return self.page("versions", before=before)

    def duties(self, iri: str, form: str) -> str:
        """What an actor must do, as a file (``csv`` or ``xlsx``)."""
        path, _, query = self.actor(iri).partition("?")
        return f"{path}/duties.{form}" + (f"?{query}" if query else "")

    def file(self, page: str, form: str, /, **state: object) -> str:
        """What a page shows, as a file: ``csv``, ``xlsx``, ``docx``, ``html``."""
        return self.at(f"{ROOT}/{page}.{form}", **state)

    def completions(self) -> str:
        """What may follow in a query."""
        return self.at(f"{ROOT}/query/complete")

    def query(self, name: str = "", **state: object) -> str:
        """The query page; ``name`` of a question of the library."""
        return self.page("query", name=name, **state)

    def data(self) -> str:
        """Exports, feeds, version, provenance, licence."""
        return self.page("data")

    def alive(self) -> str:
        """Whether the server answers, and which version it serves; of all state it needs only whose data."""
        return Urls(own=self.own).at(f"{ROOT}/alive")

    def search(self, q: str = "", **state: object) -> str:
        """What is called something like this."""
        return self.page("search", q=q, **state)

    def briefing(self, **state: object) -> str:
        """Views and gaps put together for print."""
        return self.page("briefing", **state)

    def own_data(self, name: str = "", what: str = "", **state: object) -> str:
        """The user's own data: all, one, or what is asked of one (``status``, ``decide``, ``review``,
        ``review.xlsx``, ``cancel``, ``remove``).
        """
        return self.at("/".join(filter(None, (ROOT, "own", name, what))), **state)

    def help(self, fragment: str = "") -> str:
        """States, keys, how to read the pages."""
        return self.at(f"{ROOT}/help", fragment)

    def thing(self, iri: str) -> str:
        """The best page on any thing: of the explorer where there is one, else that of the linked data."""
        path = iri.removeprefix(iris.BASE)
        if path != iri:
            if "/target/" in path:
                return self.target(iri)
            if "/gap/" in path:
                return self.gap(iri)
            if path.startswith("query/"):
                return self.query(path.removeprefix("query/"))
            if path.startswith(("scheme/actor/", "organisation/")):
                return self.actor(iri)
            if "/" not in path and "#" not in path and path != "ontology":
                return self.keeping(framework=path).overview()
        return self.document(iri)

    def inside_target(self, iri: str, fragment: str) -> str:
        """A part of a fact sheet."""
        return f"{self.target(iri)}#{quote(fragment)}"

    def document(self, iri: str) -> str:
        """The page of the linked data on a thing."""
        path, fragment = path_of(iri)
        return f"/{path}" + (f"#{fragment}" if fragment else "")


def _plain(value: object) -> object:
    if isinstance(value, (list, tuple)):
        return [str(v) for v in value]
    return str(value)


def explorer_page(iri: str) -> str:
    """The address of the explorer's page on a thing; empty where it has none."""
    found = Urls().thing(iri)
    return found if found.startswith(ROOT) else ""
