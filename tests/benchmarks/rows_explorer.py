"""Pages of the explorer: the network of a framework of 3,000 nodes in a real browser, and what each page costs the server.

``TARGETGRAPH_BENCH_NODES`` is how many targets the large framework has (2650, which makes some 3,000 nodes), and
``TARGETGRAPH_BENCH_PAGES`` how large the registry is for the pages at size (1e6). Registries are kept in
``TARGETGRAPH_BENCH_CACHE`` as those of the other rows are.
"""

from __future__ import annotations

import atexit
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from targetgraph.analysis.coded_network import coded_network
from targetgraph.pipeline import build_from_dataset, open_coded_graph
from targetgraph.pipeline.generating import generate
from tests.benchmarks.harness import BenchError, Contender, Sample, Workbench, call, row
from tests.benchmarks.rows_registries import Registry
from tests.web.servers import client, serving

TARGETS = int(os.environ.get("TARGETGRAPH_BENCH_NODES", "2650"))
SIZE = int(float(os.environ.get("TARGETGRAPH_BENCH_PAGES", "1e6")))
TIMEOUT_SECONDS = 120
"""A default pyvis page is given up after this long."""
PAGES = {
    "overview": "/explore?",
    "coverage map": "/explore/map?",
    "matrix, targets by actors": "/explore/matrix?columns=actors",
    "matrix, sectors by stages by SDGs": "/explore/matrix?rows=sectors&columns=stages&third=goals",
    "matrix, two frameworks": "/explore/matrix?columns=actors&against=beyond2020",
    "network": "/explore/network?",
    "scenario": "/explore/scenario?scenario=without%3Dgovernments",
    "gaps": "/explore/gaps?",
    "targets": "/explore/targets?",
    "actors": "/explore/actors?",
    "lineage": "/explore/lineage?",
}
_open = ExitStack()
atexit.register(_open.close)


@cache
def _large(bench: Workbench) -> Path:
    """The store of one framework of many targets."""
    folder = Path(os.environ.get("TARGETGRAPH_BENCH_CACHE") or bench.folder).resolve()
    nquads, store = folder / f"one-framework-{TARGETS}.nq", folder / f"one-framework-{TARGETS}"
    if not nquads.exists():
        generate(200_000, 1, nquads, targets=TARGETS)
    if not (store / "CURRENT").exists():
        build_from_dataset(nquads, store, infer=False)
    return store


@cache
def kept_server(store: Path) -> str:
    """The address of a server of a store, kept until the end."""
    return _open.enter_context(serving(store, "--processes", "1")).url.rstrip("/")


@cache
def browser() -> Any:
    from playwright.sync_api import sync_playwright

    from tests.browser import ARGUMENTS
    from tests.components import need

    running = _open.enter_context(sync_playwright())
    return running.chromium.launch(executable_path=need("chromium"), args=list(ARGUMENTS))


def _drawn(address: str, ready: str, nodes: str) -> Callable[[], Sample]:
    """Open an address in a fresh context and wait until ``ready`` holds; the answer is how many nodes there are."""

    def turn() -> Sample:
        context = browser().new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        cpu, wall = time.process_time(), time.perf_counter()
        page.goto(address, timeout=TIMEOUT_SECONDS * 1000, wait_until="commit")
        try:
            page.wait_for_function(ready, timeout=TIMEOUT_SECONDS * 1000)
        except Exception as error:  # the time-out of Playwright: the page is given up, which is the figure
            if "Timeout" not in str(error):
                raise
        wall = time.perf_counter() - wall
        try:
            context.set_default_timeout(5000)
            found = page.evaluate(nodes) if wall < TIMEOUT_SECONDS else None
        finally:
            context.close()
        return Sample(time.process_time() - cpu, wall, found)

    return turn


def _stock_page(bench: Workbench, store: Path) -> Path:
    """The same nodes and edges by pyvis as it comes: physics on, every edge an object."""
    import pyvis.network

    graph = open_coded_graph(store)
    network = coded_network(graph, graph.frameworks[0].code)
    model = pyvis.network.Network(directed=True, cdn_resources="in_line", height="800px", width="100%")
    for n in range(len(network)):
        model.add_node(n, label=network.label[n])
    for one, other in zip(network.source.tolist(), network.goal.tolist(), strict=True):
        model.add_edge(one, other)
    path = bench.folder / "stock.html"
    path.write_text(model.generate_html(notebook=False), encoding="utf-8")
    return path


def _answer(found: object) -> object:
    """Pages that were given up have no answer; all others hold the same nodes."""
    return "nodes" if found is None or isinstance(found, int) else found


@row("A framework of 3,000 nodes and its links as a network, opened in Chromium until it is drawn", rounds=1, by="wall",
     answer=_answer, warm=False)  # fmt: skip
def network_opened(bench: Workbench) -> Sequence[Contender]:
    """Chromium without a head, a fresh context each time, the server's positions kept from an earlier request. The default
    page is pyvis 0.3.2 as it comes, until its layout is stable, given up after 120 s: a figure of 120 s means that it was not
    done by then."""
    store = _large(bench)
    address = kept_server(store) + "/explore/network"
    answer = client().request("GET", address)  # what is worked out once for a version
    if answer.status != 200:
        raise BenchError(f"the network page answers {answer.status}")
    stock = _stock_page(bench, store)
    # Asked of vis-network itself: its event may have come before anybody could listen.
    stable = "() => window.network?.physics?.stabilized === true"
    drawn, count_ours = "() => document.documentElement.dataset.drawn", "() => TG.picture.body.nodeIndices.length"
    return [
        Contender("explorer", _drawn(address, drawn, count_ours)),
        Contender("pyvis, default page", _drawn(stock.as_uri(), stable, "() => network.body.nodeIndices.length")),
    ]


@row("Dragging that network across the screen: a frame", rounds=3, by="wall")
def network_dragged(bench: Workbench) -> Sequence[Contender]:
    """The middle of the times between frames while the picture is dragged with the mouse for 60 steps; on a machine with a
    screen a frame takes 17 ms. Chromium here draws with the processor."""
    address = kept_server(_large(bench)) + "/explore/network"

    def turn() -> Sample:
        context = browser().new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.goto(address)
        page.wait_for_function("() => document.documentElement.dataset.drawn")
        box = page.locator("#picture").bounding_box()
        page.evaluate(
            """() => {
                window.times = [];
                const tick = t => { times.push(t); requestAnimationFrame(tick); };
                requestAnimationFrame(tick);
            }"""
        )
        x, y = box["x"] + 60, box["y"] + 60
        page.mouse.move(x, y)
        page.mouse.down()
        for step in range(60):
            page.mouse.move(x + 4 * step, y + 3 * step)
        page.mouse.up()
        times = np.diff(page.evaluate("() => times"))
        context.close()
        return Sample(0.0, float(np.median(times)) / 1000, "dragged")

    return [Contender("explorer", turn)]


def _asked(base: str, addresses: Iterator[str]) -> Callable[[], object]:
    """Ask for the next address; the answer is the status."""
    pool = client()

    def ask() -> object:
        return pool.request("GET", base + next(addresses)).status

    return ask


def _variants(path: str) -> Iterator[str]:
    """A page with a state that no turn has asked for before, so that no finished page is handed out."""
    joint = "" if path.endswith("?") else "&"
    yield f"{path}"
    languages = [f"ui={ui}&lang={lang}" for ui in ("en", "fr") for lang in ("en", "fr", "es", "ar", "zh", "ru")]
    for n in count():
        yield f"{path}{joint}{languages[n % len(languages)]}"


@row("A page of the explorer on the bundled graph", rounds=7, by="wall")
def explorer_pages(bench: Workbench) -> Sequence[Contender]:
    """One request over a kept connection, each turn in another pair of languages, so that the page is made anew; what is
    worked out once for a data version has been. Each page has to be under 0.1 s."""
    base = kept_server(bench.built_store())
    return [call(name, _asked(base, _variants(path))) for name, path in PAGES.items()]


@row("Matrix and gaps at 10^6 statements", rounds=7, by="wall")
def explorer_at_size(bench: Workbench) -> Sequence[Contender]:
    """One request over a kept connection, each turn for another framework of the registry, the largest first, of which nothing
    has been worked out before. Each has to be under 1 s."""
    registry = Registry(bench, SIZE)
    base, graph = kept_server(registry.store), registry.coded()
    sizes = np.bincount(graph.targets.framework, minlength=len(graph.frameworks))
    codes = [graph.frameworks[int(n)].code for n in np.argsort(-sizes, kind="stable")]

    def each(path: str) -> Iterator[str]:
        return (path.format(code) for code in codes)

    return [
        call("matrix, targets by actors", _asked(base, each("/explore/matrix?framework={}&columns=actors"))),
        call(
            "matrix, sectors by stages", _asked(base, each("/explore/matrix?framework={}&rows=sectors&columns=stages"))
        ),
        call("gaps", _asked(base, each("/explore/gaps?framework={}"))),
    ]
