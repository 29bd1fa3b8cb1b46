"""What a copy in files says to web servers and crawlers."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urljoin
from xml.sax.saxutils import escape

#: For Apache: the addresses of things without a suffix lead to their documents, by what the client accepts.
HTACCESS = """\
# Written by `targetgraph site`. Other servers need nothing: every page links to files.
Options +MultiViews -Indexes
MultiviewsMatch Any
AddType "text/html; charset=utf-8" .html
AddType "text/turtle; charset=utf-8" .ttl
AddType application/ld+json .jsonld
AddType application/n-quads .nq
DirectoryIndex index.html
DirectorySlash Off
ErrorDocument 404 {root}404.html
<IfModule mod_headers.c>
  Header always set Access-Control-Allow-Origin "*"
  Header always set X-Content-Type-Options nosniff
  Header merge Vary Accept
</IfModule>
"""


def htaccess(root: str) -> bytes:
    """The file ``.htaccess`` for a copy whose address path is ``root`` (ends in a slash)."""
    return HTACCESS.format(root=root).encode()


def sitemap(base: str, paths: Iterable[str]) -> bytes:
    """A sitemap (sitemaps.org, protocol 0.9) of pages below an address; at most the 50,000 that it allows."""
    lines = [f" <url><loc>{escape(urljoin(base, path))}</loc></url>" for path in paths][:50_000]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return "\n".join([head, *lines, "</urlset>", ""]).encode()


def robots(base: str) -> bytes:
    """``robots.txt``: everything may be read; where the sitemap is."""
    return f"User-agent: *\nAllow: /\nSitemap: {urljoin(base, 'sitemap.xml')}\n".encode()
