"""``targetgraph serve``."""

from __future__ import annotations

import os
from pathlib import Path

import click

from targetgraph.cli import options
from targetgraph.store.remote_address import RemoteAddress, StorePlace


@click.command("serve")
@options.store
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0: any that is free.")
@click.option(
    "--host-name", "host_names", multiple=True, metavar="NAME", help="A name requests may call this server by."
)
@click.option(
    "--processes", type=click.IntRange(1, 64), help="Front processes; by default two, or one that takes writes."
)
@click.option(
    "--limit-seconds", type=click.FloatRange(min=0.1), default=30.0, show_default=True, help="Time of a query."
)
@click.option("--limit-rows", type=click.IntRange(min=0), default=100_000, show_default=True, help="0: no limit.")
@click.option("--limit-megabytes", type=click.IntRange(min=1), default=64, show_default=True, help="Size of an answer.")
@click.option(
    "--limit-memory", type=click.IntRange(min=64), default=1024, show_default=True, help="MiB a query may take."
)
@click.option(
    "--own-memory",
    type=click.IntRange(min=64),
    default=4096,
    show_default=True,
    help="MiB that a build of your own data, given in the explorer, may take.",
)
@click.option(
    "--most-workers", type=click.IntRange(min=1), help="Query processes a front may have; 8, or twice the cores."
)
@click.option(
    "--in-memory",
    type=click.IntRange(min=0),
    default=32,
    show_default=True,
    metavar="MIB",
    help="Read a version into memory whose N-Quads are not larger than so many MiB; 0: never.",
)
@click.option("--grace", type=click.FloatRange(min=0), default=10.0, show_default=True, help="Seconds to end in.")
@click.option("--token-file", type=click.Path(dir_okay=False, path_type=Path), help="File with the secret for writing.")
@click.option(
    "--edit",
    type=click.Path(exists=True, file_okay=False, writable=True, path_type=Path),
    metavar="FOLDER",
    help="Let gaps be accepted in the explorer; decisions go into acceptances.csv in this folder of tables.",
)
@click.option(
    "--default-graph",
    type=click.Choice(["union", "unnamed"]),
    default="union",
    show_default=True,
    help="What a query sees that names no graph: all graphs, or only the one without a name.",
)
@click.option(
    "--follow-seconds",
    type=click.FloatRange(min=0.5),
    default=10.0,
    show_default=True,
    help="With the address of a service as --store: how often to look whether something else is published there.",
)
@click.option(
    "--prepare/--no-prepare",
    default=True,
    show_default=True,
    help="Make catalogue, VoID and pages of the explorer before somebody asks for them.",
)
@click.option("--log", is_flag=True, help="Write a line a request to standard error.")
def command(
    store: StorePlace,
    host: str,
    port: int,
    host_names: tuple[str, ...],
    processes: int | None,
    limit_seconds: float,
    limit_rows: int,
    limit_megabytes: int,
    limit_memory: int,
    own_memory: int,
    most_workers: int | None,
    in_memory: int,
    grace: float,
    token_file: Path | None,
    edit: Path | None,
    default_graph: str,
    follow_seconds: float,
    prepare: bool,
    log: bool,
) -> None:
    """Answer SPARQL and serve the graph over HTTP, until it is stopped (Ctrl-C, SIGTERM).

    The server only reads, and listens on this machine alone, unless told otherwise. A new version that `targetgraph build`
    makes is taken up while it runs. With a token (--token-file, or the environment variable TARGETGRAPH_TOKEN) whoever
    sends it may write: by SPARQL Update and by the Graph Store Protocol.

    With the address of a service as --store what is published there is copied to this machine, checked against the hash of
    the publication, and served; another publication is taken up as soon as it is whole. Credentials come from the environment.

    With --edit gaps can be accepted in the browser: with the token, or without one where the server listens on this
    machine alone.
    """
    import sys

    if not hasattr(os, "fork"):
        raise click.UsageError("the server needs a system that can fork: Linux, macOS, or Windows by WSL")
    from targetgraph.web.hosts import is_loopback
    from targetgraph.web.settings import Settings
    from targetgraph.web.supervision import serve

    token = _token(token_file)
    origin = ""
    if isinstance(store, RemoteAddress):
        from targetgraph.store import RemoteCache

        if token:
            raise click.UsageError(
                "a copy of a remote store takes no writes: write to that store, and leave the token out"
            )
        origin, store = str(store), RemoteCache(store).copy
    if token and processes not in (None, 1):
        raise click.UsageError("a server that takes writes has one front: leave --processes out")
    if edit is not None and not token and not is_loopback(host):
        raise click.UsageError("--edit on an address that others can reach needs a token: give --token-file")
    settings = Settings(
        store=store,
        origin=origin,
        origin_seconds=follow_seconds,
        host=host,
        port=port,
        host_names=host_names,
        union_default_graph=default_graph == "union",
        token=token,
        edit=edit,
        processes=processes or (1 if token else 2),
        seconds=limit_seconds,
        rows=limit_rows or None,
        bytes=limit_megabytes * 2**20,
        memory_bytes=limit_memory * 2**20,
        resident_bytes=in_memory * 2**20,
        own_memory_bytes=own_memory * 2**20,
        grace_seconds=grace,
        prepare=prepare,
        access_log=log,
        **({} if most_workers is None else {"most_workers": most_workers}),
    )
    sys.exit(serve(settings, lambda line: print(line, flush=True)))


def _token(file: Path | None) -> str:
    if file is None:
        return os.environ.get("TARGETGRAPH_TOKEN", "").strip()
    from targetgraph.errors import TargetGraphError

    try:
        token = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise TargetGraphError(f"the token cannot be read: {error}", str(file), "give a file with one line") from error
    if not token:
        raise TargetGraphError("there is no token in this file", str(file), "write one line into it")
    return token
