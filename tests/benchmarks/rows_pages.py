"""Pages of the explorer as people meet them: opened in a browser, and asked for by somebody for the first time.

``TARGETGRAPH_BENCH_LINKED`` is how many of the pages that those of the navigation lead to are asked for (120).
"""

from __future__ import annotations

import html
import os
import random
import re
import statistics
import time
from collections.abc import Callable, Sequence

import numpy as np

from tests.benchmarks.harness import Contender, Sample, Workbench, row
from tests.benchmarks.processes import taken
from tests.benchmarks.rows_explorer import PAGES, browser, kept_server
from tests.web.servers import client, serving

LINKED = int(os.environ.get("TARGETGRAPH_BENCH_LINKED", "120"))
_LINK = re.compile(r'href="(/explore[^"#]*)')
#: Files to take away are no pages.
_FILES = re.compile(r"\.(?:csv|xlsx|html|svg|png|docx|ttl|json)(?:\?|$)")


def _usable(address: str) -> Callable[[], Sample]:
    """Open an address in a fresh context; until its scripts have run, and whoever clicks or types is answered at once."""

    def turn() -> Sample:
        context = browser().new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.goto(address, wait_until="load")
        milliseconds = page.evaluate("() => new Promise(done => requestIdleCallback(() => done(performance.now())))")
        context.close()
        return Sample(0.0, float(milliseconds) / 1000, "usable")

    return turn


@row("A page of the explorer on the bundled graph, opened in Chromium until it can be used", rounds=5, by="wall")
def pages_opened(bench: Workbench) -> Sequence[Contender]:
    """Chromium without a head, a fresh context each time, so that nothing comes from its cache; until the page is loaded and
    the browser has nothing more to do for it. Each has to be under 1 s."""
    base = kept_server(bench.built_store())
    return [Contender(name, _usable(base + path)) for name, path in PAGES.items()]


@row("Pages that nobody has asked for, once the server has made its own ready", rounds=3, by="wall", warm=False)
def pages_first(bench: Workbench) -> Sequence[Contender]:
    """A server of two processes on the bundled graph is started and one page is opened; when it has come to rest, each page of
    the navigation and a sample of those they lead to is asked for once, each over a connection of its own, so that either
    process may get it. Files to take away are left out. Each has to be under 0.1 s."""
    store = bench.built_store()
    found: dict[str, Sample] = {}

    def turn(name: str) -> Callable[[], Sample]:
        def handed() -> Sample:
            if name not in found or found[name].wall < 0:
                found.update(_first_requests(store, random.Random(LINKED)))
            sample, found[name] = found[name], Sample(0.0, -1.0, None)
            return sample

        return handed

    return [Contender(name, turn(name)) for name in _FIGURES]


_FIGURES: dict[str, Callable[[Sequence[float]], float]] = {
    "half of them within": statistics.median,
    "95 of 100 within": lambda seconds: float(np.percentile(seconds, 95)),
    "the slowest": max,
}


def _first_requests(store: object, chance: random.Random) -> dict[str, Sample]:
    with serving(str(store), "--prepare", "--processes", "2") as server:
        seconds: list[float] = []

        def ask(address: str, counts: bool = True) -> set[str]:
            pool, began = client(), time.perf_counter()
            answer = pool.request("GET", server.url.rstrip("/") + address)
            if counts:
                seconds.append(time.perf_counter() - began)
            pool.clear()
            assert answer.status == 200, address
            links = _LINK.findall(answer.data.decode())
            return {link for found in links if not _FILES.search(link := html.unescape(found))}

        ask("/explore/help", counts=False)
        _come_to_rest(server.process.pid)
        navigation = sorted(ask("/explore"))
        led_to = set().union(*(ask(address) for address in navigation)) - set(navigation)
        for address in chance.sample(sorted(led_to), min(LINKED, len(led_to))):
            ask(address)
    return {name: Sample(0.0, figure(seconds), "asked") for name, figure in _FIGURES.items()}


def _come_to_rest(process: int, patience: float = 180) -> None:
    """Wait until a server does nothing for two seconds."""
    before, since, until = taken(process).cpu, time.monotonic(), time.monotonic() + patience
    while time.monotonic() - since < 2 and time.monotonic() < until:
        time.sleep(0.25)
        now = taken(process).cpu
        if now - before > 0.02:
            before, since = now, time.monotonic()
