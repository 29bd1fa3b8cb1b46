"""The whole site as files: pages, documents, pictures, the ontology, dumps and the catalogue."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from targetgraph import __version__, iris
from targetgraph.analysis.description.addresses import file_of, path_of
from targetgraph.analysis.description.neighbourhood import Neighbourhoods
from targetgraph.errors import TargetGraphError
from targetgraph.pipeline.opening import open_coded_graph
from targetgraph.pipeline.site_pages import SitePages
from targetgraph.publish.site.folder import SiteFolder
from targetgraph.publish.site.servers import htaccess, robots, sitemap
from targetgraph.store import DEFAULT_FOLDER, EmbeddedStore, StoreFolder, Version
from targetgraph.views.site.pages import data_page
from targetgraph.views.site.shell import FORMATS, PICTURES, Shell, assets

_NAVIGATION = (("Queries", "queries.html"), ("Ontology", "ontology.html"), ("Data", "data/index.html"))
_SUFFIXES = ("ttl", "jsonld")
_DUMP = "data/targetgraph.nq.gz"


@dataclass(frozen=True, slots=True)
class SiteResult:
    """What was written: how many things have a page, how many files, how many bytes; and the data version."""

    things: int
    files: int
    bytes: int
    version: str


def write_site(
    output: Path, store: Path | None = None, base_url: str = "", progress: Callable[[str], None] | None = None
) -> SiteResult:
    """Write the site of the current version as a folder that any web server can host, or a browser can open.

    Parameters
    ----------
    output : the folder; one that this function has made before is replaced, as a whole.
    store : the store folder; ``.targetgraph`` in the current directory by default.
    base_url : address at which the folder will be hosted, for a sitemap and the catalogue; nothing else needs it.
    progress : called with a short sentence before each step.

    Raises
    ------
    StoreError : nothing has been built, or it is damaged.
    TargetGraphError : the folder holds something else, or cannot be written; the address is none.
    """
    base = _checked(base_url)
    say = progress or (lambda _: None)
    folder = StoreFolder(store or DEFAULT_FOLDER)
    version = folder.current()
    about = {"data_version": version.data_version, "software": __version__}
    with EmbeddedStore.open(version.oxigraph) as opened, SiteFolder(output, about) as site:
        say("reading the graph")
        writer = _Writer(site, _pages(opened, version, folder, store), opened, version, base)
        things = writer.write(say)
    return SiteResult(things, site.files, site.bytes, version.data_version)


def _checked(base_url: str) -> str:
    if not base_url:
        return ""
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise TargetGraphError(
            "this is not the address of a site", base_url, "give it as https://example.org/targetgraph/"
        )
    return base_url if base_url.endswith("/") else base_url + "/"


def _pages(opened: EmbeddedStore, version: Version, folder: StoreFolder, store: Path | None) -> SitePages:
    neighbourhoods = Neighbourhoods(opened, limits=None)
    formats = tuple(f for f in FORMATS if f[0] in _SUFFIXES)
    shell = Shell(version.data_version, _NAVIGATION, formats, complete=False, dump="data/index.html")
    return SitePages(
        neighbourhoods,
        lambda: open_coded_graph(store),
        shell,
        data=(
            ("The whole graph as files", "data/index.html", "N-Quads, with the named graph of each statement"),
            ("Questions that are ready to be asked", "queries.html", "each a SPARQL query, for any engine"),
            ("The ontology", "ontology.html", "every class and property with definition, source and example"),
            ("The catalogue", "catalogue.ttl", "DCAT-AP 3, for harvesters"),
        ),
        everything=neighbourhoods.all(),
    )


class _Writer:
    """Writes all there is into a folder."""

    def __init__(self, site: SiteFolder, pages: SitePages, store: EmbeddedStore, version: Version, base: str) -> None:
        self._site, self._pages, self._store, self._version, self._base = site, pages, store, version, base
        self._html: list[str] = []

    def write(self, say: Callable[[str], None]) -> int:
        """Write everything; returns the number of things that have a page."""
        things = self._pages.things()
        say(f"writing {len(things):,} pages and their data")
        for thing in things:
            self._thing(thing)
        say("drawing pictures")
        for framework in self._pages.frameworks:
            for _, name in PICTURES:
                self._page(f"views/{framework}/{name}", self._pages.picture(framework, name) or "")
        say("documenting the ontology")
        self._ontology()
        say("writing the start page, dumps and the catalogue")
        self._page("index", self._pages.home())
        self._page("queries", self._pages.queries())
        self._data()
        for path, content in assets().items():
            self._site.write(path, content)
        self._for_servers()
        return len(things)

    def _page(self, path: str, text: str) -> None:
        self._site.write(f"{path}.html", text.encode())
        self._html.append(f"{path}.html")

    def _thing(self, thing: str) -> None:
        path = file_of(path_of(thing)[0])
        found = self._pages.thing(thing)
        if found is None:
            return
        self._page(path, found[0])
        for suffix, text in self._pages.documents(thing, _SUFFIXES).items():
            self._site.write(f"{path}.{suffix}", text.encode())

    def _ontology(self) -> None:
        for version in ("", *self._pages.ontology_versions):
            path = f"ontology/{version}" if version else "ontology"
            self._page(path, self._pages.ontology(version) or "")
            for suffix in _SUFFIXES:
                self._site.write(f"{path}.{suffix}", self._pages.ontology_document(suffix).encode())

    def _data(self) -> None:
        dump = b"".join(self._statements())
        self._site.write(_DUMP, gzip.compress(dump, 9, mtime=0))
        catalogue, void = self._described()
        self._site.write("catalogue.ttl", catalogue)
        self._site.write("void.ttl", void)
        lines = [
            (
                "The whole graph, N-Quads, compressed with gzip",
                "data/targetgraph.nq.gz",
                f"{sum(self._pages.graphs.values()):,} statements",
            ),
            ("The catalogue, DCAT-AP 3", "catalogue.ttl", "for harvesters"),
            ("What is in the graph, VoID", "void.ttl", "classes, properties and links, counted"),
        ]
        self._page("data/index", data_page(self._pages.shell, lines))

    def _statements(self) -> Iterator[bytes]:
        for name in ("dataset.nq", "gaps.nq"):
            path = self._version.path / name
            if path.is_file():
                yield path.read_bytes()

    def _described(self) -> tuple[bytes, bytes]:
        from targetgraph.publish.catalogue.dcat import catalogue
        from targetgraph.publish.catalogue.offers import Offer
        from targetgraph.publish.catalogue.void import void_description

        offers = [Offer(iris.whole(), "nquads", _DUMP)]
        base = self._base or iris.BASE
        found = (
            catalogue(self._store, self._version, offers, base),
            void_description(self._store, self._version, offers, base),
        )
        first, second = (graph.serialize(format="turtle", encoding="utf-8") for graph in found)
        return first, second

    def _for_servers(self) -> None:
        shell = self._pages.shell
        self._site.write(".htaccess", htaccess(urlsplit(self._base).path or "/"))
        missing = self._pages.missing(
            "404", "There is nothing here", "The address leads nowhere in this copy.", "Begin at the start page."
        )
        self._site.write("404.html", missing.encode())
        if self._base:
            self._site.write("sitemap.xml", sitemap(self._base, self._html))
            self._site.write("robots.txt", robots(self._base))
        self._site.write("data/version.txt", f"{shell.version}\n".encode())
