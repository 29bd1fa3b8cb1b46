"""The page on one thing."""

from __future__ import annotations

from targetgraph.analysis.description.record import Description
from targetgraph.namespaces import PREFIXES, TG
from targetgraph.views.site.schema_org import schema_org
from targetgraph.views.site.shell import PICTURES, Shell, page

# Groups whose members are of several kinds, so that each says what it is.
_MIXED = frozenset({PREFIXES["prov"] + "wasDerivedFrom", PREFIXES["dct"] + "source", TG.inDocument})


def thing_page(described: Description, shell: Shell, path: str) -> str:
    """The page on a thing, as HTML.

    Parameters
    ----------
    described : what is said of it.
    shell : the frame.
    path : of the document, without suffix.
    """
    name = described.name
    title = f"{name.number} {name.text}" if name.number and name.number != name.text else name.text
    views: tuple[tuple[str, str], ...] = ()
    if TG.Framework in described.types:
        views = tuple((words, f"views/{path}/{file}.html") for words, file in PICTURES)
    return page(
        "thing.html",
        shell,
        shell.place(path),
        title,
        d=described,
        views=views,
        mixed=_MIXED,
        cite_as=described.iri,
        formats=shell.formats,
        schema_org=schema_org(described),
    )
