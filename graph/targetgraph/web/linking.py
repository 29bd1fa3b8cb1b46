"""``Link`` headers of documents on things (RFC 8288; relations as signposting.org and IANA's registry have them)."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from targetgraph import iris
from targetgraph.analysis.description.addresses import path_of
from targetgraph.analysis.description.beyond import LICENCE
from targetgraph.analysis.description.record import Description
from targetgraph.namespaces import PREFIXES, TG
from targetgraph.views.site.schema_org import schema_org
from targetgraph.views.site.shell import FORMATS

Headers = list[tuple[bytes, bytes]]
_SAFE = "%/:=&?~#+!$,;'@()*[]-._"
_COLLECTIONS = (PREFIXES["skos"] + "inScheme", TG.inFramework, PREFIXES["dct"] + "isPartOf")
_MOST_ITEMS = 40
_ITEM_GROUPS = (PREFIXES["skos"] + "inScheme", TG.underObjective)


def link_headers(thing: str, suffix: str = "", described: Description | None = None) -> Headers:
    """The links of the document on a thing.

    Parameters
    ----------
    thing : its IRI.
    suffix : of the document that is answered; empty for the redirection from the thing.
    described : what is said of it, for what it belongs to and what belongs to it.
    """
    links = list(_formats(thing, suffix))
    links.append(_link(LICENCE, "license"))
    if described is not None:
        links.append(_link("https://schema.org/" + str(schema_org(described)["@type"]), "type"))
        links += [_link(iri, "collection") for iri in _collections(described)]
        items = _items(described)
        if len(items) <= _MOST_ITEMS:
            links += [_link(iri, "item") for iri in items]
    return [(b"link", ", ".join(links).encode("ascii"))]


def _formats(thing: str, suffix: str) -> Iterator[str]:
    """The thing itself, this document, and its other formats, which are data on it."""
    name = path_of(thing)[0].rpartition("/")[2]
    if suffix:
        yield _link(thing, "cite-as")
        yield _link(f"{iris.BASE}{path_of(thing)[0]}.{suffix}", "canonical")
    for other, media, _ in FORMATS:
        if other != suffix:
            yield _link(f"./{name}.{other}", "describedby" if suffix in ("", "html") else "alternate", media)
    if suffix != "html":
        yield _link(f"./{name}.html", "alternate", "text/html")


def _link(target: str, relation: str, media: str = "") -> str:
    kind = f'; type="{media}"' if media else ""
    return f'<{quote(target, safe=_SAFE)}>; rel="{relation}"{kind}'


def _collections(described: Description) -> list[str]:
    values = [v for f in described.facts if f.property in _COLLECTIONS for v in f.values]
    return [value.name.iri for value in values if value.name]


def _items(described: Description) -> list[str]:
    members = [target.iri for _, targets in described.members for target in targets]
    return members + [n.iri for g in described.groups if g.by in _ITEM_GROUPS and not g.after for n in g.names]
