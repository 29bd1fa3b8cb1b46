"""What every page of the site shares: its frame, its style sheet, and how it links."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from jinja2 import Environment

from targetgraph import __version__, iris, resources
from targetgraph.analysis.description.addresses import Place, web_safe
from targetgraph.analysis.description.beyond import LICENCE
from targetgraph.analysis.description.record import GapLine
from targetgraph.analysis.description.words import LANGUAGES, RIGHT_TO_LEFT
from targetgraph.namespaces import TG
from targetgraph.views.page import environment

#: Suffix, media type and name of each format a thing is described in, the preferred first.
FORMATS: Final = (
    ("ttl", "text/turtle", "Turtle"),
    ("jsonld", "application/ld+json", "JSON-LD"),
    ("nt", "application/n-triples", "N-Triples"),
    ("rdf", "application/rdf+xml", "RDF/XML"),
)
#: Pictures of a framework: title, name of the page.
PICTURES: Final = (("Coverage map", "coverage-map"), ("Matrix", "matrix"), ("Network", "network"))


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame of all pages of one site.

    Parameters
    ----------
    version : the data version.
    navigation : words and path of each entry.
    formats : the formats that things are described in here, as in `FORMATS`.
    complete : whether a server answers, so that lists go on and queries can be asked; False for a copy in files.
    dump : path of the whole data set.
    explorer : the address of the explorer's page on a thing by its IRI; empty where there is none.
    """

    version: str
    navigation: tuple[tuple[str, str], ...]
    formats: tuple[tuple[str, str, str], ...] = FORMATS
    complete: bool = True
    dump: str = ""
    explorer: Callable[[str], str] = lambda iri: ""
    software: str = __version__
    licence: str = LICENCE

    @property
    def as_files(self) -> bool:
        """Whether the pages are files."""
        return not self.complete

    def place(self, path: str) -> Place:
        """The place of a page, by its path without suffix."""
        return Place(path, self.as_files)


@cache
def _environment() -> Environment:
    env = environment()
    env.filters["right_to_left"] = lambda tag: tag.partition("-")[0] in RIGHT_TO_LEFT
    env.filters["language"] = lambda tag: LANGUAGES.get(tag, tag)
    env.filters["web_safe"] = web_safe
    env.filters["short"] = iris.shorten
    env.filters["by_kind"] = _by_kind
    env.globals["tg"] = TG
    return env


def _by_kind(gaps: Sequence[GapLine]) -> list[tuple[str, list[GapLine]]]:
    """Gaps by kind, the kind of the gravest first; they come ranked."""
    found: dict[str, list[GapLine]] = {}
    for gap in gaps:
        found.setdefault(gap.kind, []).append(gap)
    return list(found.items())


def page(template: str, shell: Shell, place: Place, title: str, **context: Any) -> str:
    """Render a page of the site.

    Parameters
    ----------
    template : file name below ``templates/site``.
    place : where the page lies.
    title : title of the page; the frame adds the name of the site.
    context : what the template itself needs.
    """
    given: dict[str, Any] = {"cite_as": "", "formats": (), "schema_org": None, **context}
    return _environment().get_template(f"site/{template}").render(shell=shell, place=place, title=title, **given)


def assets() -> dict[str, bytes]:
    """The files that pages link to, by their path in the site."""
    folder = resources.templates()
    sheets = ("tokens.css", "page.css", "site/site.css")
    style = b"\n".join((folder / sheet).read_bytes() for sheet in sheets)
    return {"static/site.css": style, "static/icon.svg": (folder / "site/icon.svg").read_bytes()}
