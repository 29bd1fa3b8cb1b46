"""Where a remote store is: the address of its SPARQL endpoint, and of the two that a build writes to."""

from __future__ import annotations

import hashlib
import ipaddress
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from targetgraph.errors import StoreError

GRAPH_STORE_SETTING: Final = "TARGETGRAPH_STORE_GSP"
UPDATE_SETTING: Final = "TARGETGRAPH_STORE_UPDATE"
_SCHEMES: Final = ("http", "https")


@dataclass(frozen=True, slots=True)
class RemoteAddress:
    """The address of a SPARQL 1.1 endpoint; make one by `parse`."""

    url: str

    def __str__(self) -> str:
        return self.url

    @classmethod
    def parse(cls, text: str) -> RemoteAddress:
        """An address as a user writes it.

        Raises
        ------
        StoreError
            for another scheme than http and https, no host, or credentials within the address.
        """
        return cls(_checked(text, "--store"))

    @property
    def key(self) -> str:
        """A short name for what is kept of this store on this machine."""
        return hashlib.sha256(self.url.encode()).hexdigest()[:16]

    def writing(self, server: str, with_user: bool) -> WriteAddresses:
        """Where to write: as the settings say, or as it is usual for the kind of service.

        Parameters
        ----------
        server : what the service calls itself in the header ``Server``.
        with_user : whether there are a user and a password.

        Raises
        ------
        StoreError
            for a setting that is no address.
        """
        graphs, update = _usual(urlsplit(self.url).path, "virtuoso" in server.lower(), with_user)
        parts = urlsplit(self.url)
        usual = {name: urlunsplit((parts.scheme, parts.netloc, path, "", "")) for name, path in
                 ((GRAPH_STORE_SETTING, graphs), (UPDATE_SETTING, update))}  # fmt: skip
        for name in usual:
            if given := os.environ.get(name, ""):
                usual[name] = _checked(given, name)
        return WriteAddresses(usual[GRAPH_STORE_SETTING], usual[UPDATE_SETTING])


@dataclass(frozen=True, slots=True)
class WriteAddresses:
    """Endpoints of the Graph Store Protocol and of SPARQL Update."""

    graph_store: str
    update: str


StorePlace = Path | RemoteAddress
"""Where a store is: a folder, or a service."""


def _usual(path: str, virtuoso: bool, with_user: bool) -> tuple[str, str]:
    """Paths of the Graph Store Protocol and of Update beside the path of a query endpoint."""
    head, _, last = path.rstrip("/").rpartition("/")
    if virtuoso:
        return ("/sparql-graph-crud-auth", "/sparql-auth") if with_user else ("/sparql-graph-crud", "/sparql")
    if head.endswith("/repositories"):  # RDF4J, GraphDB
        return f"{path}/rdf-graphs/service", f"{path}/statements"
    if last == "query" and not head:  # Oxigraph
        return "/store", "/update"
    if last in ("query", "sparql") and head:  # Fuseki
        return f"{head}/data", f"{head}/update"
    return f"{head}/rdf-graph-store", f"{head}/{last}"  # TargetGraph itself


def _checked(text: str, setting: str) -> str:
    example = "write it like https://example.org/sparql"
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError as error:
        raise StoreError(f"this is no address: {error}", setting, example) from error
    if parts.username is not None or parts.password is not None:
        raise StoreError(
            "an address with user and password in it ends up in histories and logs",
            setting,
            "leave them out and set TARGETGRAPH_STORE_USER and TARGETGRAPH_STORE_PASSWORD",
        )
    if parts.scheme.lower() not in _SCHEMES:
        raise StoreError(f"{parts.scheme!r} is no way to a SPARQL service", setting, "use http or https, or a folder")
    host = parts.hostname or ""
    if not host or any(c.isspace() or ord(c) < 33 for c in text.strip()):
        raise StoreError("this address names no host", setting, example)
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if port is None else f"{shown}:{port}"
    return urlunsplit((parts.scheme.lower(), netloc, parts.path or "/sparql", parts.query, ""))


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port: what two addresses share if they are of one service."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


def is_loopback(url: str) -> bool:
    """Whether what is sent there stays on this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
