"""What a server is told when it is started."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path


def _more_than_cores() -> int:
    return max(8, 2 * (os.cpu_count() or 1))


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the graph is, who may speak to the server, and what a request may cost.

    Parameters
    ----------
    store : the store folder.
    origin : address of the service that the store folder is a copy of; empty where it is none.
    origin_seconds : between one look whether something else is published there and the next.
    host, port : address to listen on; port 0 takes any that is free.
    host_names : names besides ``localhost`` and the address that a request may call this server by; asked only where it
        listens on a loopback address (a page of somebody else could otherwise reach it by a name of its own: DNS rebinding).
    union_default_graph : the default graph of queries is the union of all graphs; otherwise the unnamed graph alone.
    token : secret that permits writing; without it nothing can be written.
    edit : folder of tables whose acceptances may be edited in the explorer; None: they cannot be.
    publish_after : seconds without a write after which what was written becomes a version of its own.
    processes : front processes.
    workers, most_workers : query processes a front starts with, and may come to have.
    waiting : queries that may wait for a worker in each front; more are refused (503).
    wait_seconds : how long one may wait.
    resident_bytes : size of a version's N-Quads up to which it is read into memory; 0 for never.
    seconds, rows, bytes, memory_bytes : limits of a query.
    body_bytes, upload_bytes : largest request body, and largest body of a write (bytes).
    own_memory_bytes : memory (of addresses) that a build of a user's own data may take.
    url_bytes, header_bytes : longest request target, and all header lines together (bytes).
    header_seconds, body_seconds : time in which a client must have sent the head, and each 64 KiB of the body.
    idle_seconds : how long a connection may stay open between requests.
    connections : open connections a front accepts.
    grace_seconds : time that running queries have to end when the server is stopped.
    cache_bytes : memory a front may keep answers in.
    prepare : make descriptions of a version, and pages of the explorer, before somebody asks for them.
    access_log : write a line a request to standard error.
    """

    store: Path
    origin: str = ""
    origin_seconds: float = 10.0
    host: str = "127.0.0.1"
    port: int = 0
    host_names: tuple[str, ...] = ()
    union_default_graph: bool = True
    token: str = field(default="", repr=False)
    edit: Path | None = None
    publish_after: float = 2.0
    processes: int = 2
    workers: int = 2
    most_workers: int = field(default_factory=_more_than_cores)
    waiting: int = 512
    wait_seconds: float = 20.0
    resident_bytes: int = 32 * 1024 * 1024
    seconds: float = 30.0
    rows: int | None = 100_000
    bytes: int = 64 * 1024 * 1024
    memory_bytes: int = 1024 * 1024 * 1024
    body_bytes: int = 1024 * 1024
    upload_bytes: int = 64 * 1024 * 1024
    own_memory_bytes: int = 4 * 1024**3
    url_bytes: int = 64 * 1024
    header_bytes: int = 96 * 1024
    header_seconds: float = 10.0
    body_seconds: float = 10.0
    idle_seconds: float = 30.0
    connections: int = 2000
    grace_seconds: float = 10.0
    cache_bytes: int = 32 * 1024 * 1024
    prepare: bool = True
    access_log: bool = False
