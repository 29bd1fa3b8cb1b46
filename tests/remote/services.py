"""SPARQL services for tests: Oxigraph's own server, and the bundled graph published to a service among other people's."""

from __future__ import annotations

import contextlib
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from targetgraph.pipeline.remote_building import publish_version
from targetgraph.store import Publisher, RemoteAddress, RemoteStore, StoreFolder
from tests.components import CHECKOUT
from tests.virtuoso import free_port

FOREIGN = "https://example.org/other-peoples-graph"
_TERMS, _THINGS = "https://w3id.org/targetgraph/ontology#", "https://w3id.org/targetgraph/"
_RDF, _SKOS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2004/02/skos/core#"
#: Statements of other people that would change many answers if they were taken for ours.
_Z9 = f"<{_THINGS}gfc/target/Z9>"
FOREIGN_STATEMENTS = f"""{_Z9} <{_RDF}type> <{_TERMS}Target> .
{_Z9} <{_TERMS}inFramework> <{_THINGS}gfc> .
{_Z9} <http://www.w3.org/2000/01/rdf-schema#label> "Somebody else's target"@en .
{_Z9} <{_SKOS}notation> "Z9" .
<{_THINGS}gfc/target/A1> <{_TERMS}responsibleActor> <{_THINGS}scheme/actor/smes> .
<{_THINGS}scheme/sector/water> <{_SKOS}broader> <{_THINGS}scheme/sector/mining> .
"""


@dataclass(frozen=True)
class Service:
    """A service: its address, what the environment must say to write to it, and its process where it is ours alone."""

    url: str
    graph_store: str
    login: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> RemoteAddress:
        return RemoteAddress.parse(self.url)


@contextlib.contextmanager
def oxigraph() -> Iterator[Service]:
    """Oxigraph's own server: strict, with a default graph of its own that is empty.

    It keeps its data in memory, as it does when it is told no folder: to publish to it takes a tenth of the time,
    and none of these tests asks what it finds again after a restart.
    """
    port = free_port()
    command = [str(CHECKOUT / ".venv/bin/oxigraph"), "serve", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        url = f"http://127.0.0.1:{port}"
        for _ in range(200):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{url}/", timeout=5).close()
                break
            time.sleep(0.1)
        yield Service(f"{url}/query", f"{url}/store", process=process)
    finally:
        process.kill()
        process.wait(30)


def publish(service: Service, store: Path, piece: int = 2_000) -> int:
    """Publish the current version of a store folder; returns how many statements were sent."""
    with Publisher.open(service.address, piece) as publisher:
        return publish_version(publisher, StoreFolder(store).current(), lambda _: None).sent


def put_foreign(service: Service) -> None:
    """Have the service hold a graph of somebody else's."""
    with Publisher.open(service.address) as publisher:
        publisher._put(FOREIGN, FOREIGN_STATEMENTS.encode())


def foreign_is_whole(service: Service) -> bool:
    """Whether that graph is as it was."""
    with RemoteStore.open(service.address) as store:
        return store.count(FOREIGN) == len(FOREIGN_STATEMENTS.splitlines())
