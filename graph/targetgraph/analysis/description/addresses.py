"""Where the document on a thing lies: the path of its IRI, below ``external/`` for things that others named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from targetgraph import iris

EXTERNAL = "external/"
_SAFE = "-._~"
# Percent-escapes of what must not stand in a file name, anywhere.
_NO_FILE_NAME = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]|[. ]$')


def path_of(iri: str) -> tuple[str, str]:
    """Path of the document on a thing, percent-encoded, without suffix or leading slash; and the fragment.

    >>> path_of("https://w3id.org/targetgraph/gfc/target/A1")
    ('gfc/target/A1', '')
    >>> path_of("http://metadata.un.org/sdg/12.4")
    ('external/metadata.un.org/sdg/12.4', '')
    """
    whole, _, fragment = iri.partition("#")
    if whole.startswith(iris.BASE):
        return whole.removeprefix(iris.BASE), fragment
    rest = whole.partition("://")[2].rstrip("/")
    return EXTERNAL + "/".join(quote(unquote(part), safe=_SAFE) for part in rest.split("/")), fragment


def iris_at(path: str) -> Iterator[str]:
    """The IRIs whose document may lie at a path, the likeliest first: the inverse of :func:`path_of`.

    Parameters
    ----------
    path : as it stands in a request, percent-encoded, without leading slash.
    """
    parts = [quote(unquote(part), safe=_SAFE) for part in path.split("/")]
    if path.startswith(EXTERNAL):
        rest = "/".join(quote(unquote(part), safe=_SAFE + "?=&:,") for part in path.split("/")[1:])
        yield from (f"{scheme}://{rest}{end}" for scheme in ("http", "https") for end in ("", "/"))
    else:
        yield iris.BASE + "/".join(parts)


def file_of(path: str) -> str:
    """The name of the file for a document path, as a folder on any system can hold it.

    Escapes are resolved, so that a web server that resolves them finds the file; those of characters that no
    file name can hold stay as they are.
    """
    return "/".join(_file_part(part) for part in path.split("/"))


def _file_part(part: str) -> str:
    plain = unquote(part)
    if not plain.strip("."):
        return part.replace(".", "%2E")  # neither this folder nor the one above
    return part if _NO_FILE_NAME.search(plain) else plain


def web_safe(url: str) -> bool:
    """Whether a link may lead there: a web address, and no script."""
    try:
        parts = urlsplit(url)
    except ValueError:  # an unfinished IPv6 address, for one
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page lies, and with that how it refers to others: always relatively.

    Parameters
    ----------
    path : path of the document, without suffix.
    as_files : whether the pages are files, so that what is not plain in a path has to be escaped twice.
    """

    path: str
    as_files: bool = False

    def to(self, target: str) -> str:
        """A relative reference to a path of the site, such as ``static/site.css`` or ``gfc.html``."""
        here, there = self.path.split("/")[:-1], target.split("/")
        shared = 0
        while shared < len(here) and shared < len(there) - 1 and here[shared] == there[shared]:
            shared += 1
        relative = "../" * (len(here) - shared) + "/".join(there[shared:])
        return relative if ":" not in relative.partition("/")[0] else f"./{relative}"

    def page(self, iri: str) -> str:
        """A relative reference to the page on a thing."""
        return self.document(iri, "html")

    def document(self, iri: str, suffix: str) -> str:
        """A relative reference to the document on a thing in a format."""
        path, fragment = path_of(iri)
        if self.as_files:
            path = quote(file_of(path), safe="/" + _SAFE)
        return self.to(f"{path or 'index'}.{suffix}") + (f"#{quote(fragment, safe=_SAFE)}" if fragment else "")
