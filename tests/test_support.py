"""The tests' own tools must be able to fail, or they prove nothing."""

from __future__ import annotations

import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import components
from tests.browser import Tab, leaves_the_page
from tests.once import once, running_once

MISBEHAVIOUR = {
    "picture": ('<img src="https://example.org/a.png">', "left the page: https://example.org/a.png"),
    "script": ('<script src="https://example.org/a.js"></script>', "left the page: https://example.org/a.js"),
    "fetch": (
        "<script>fetch('http://example.org/x').catch(() => 0)</script>",
        "left the page: http://example.org/x",
    ),
    "socket": ("<script>new WebSocket('ws://example.org/s')</script>", "left the page: ws://example.org/s"),
    "console": ("<script>console.error('broken')</script>", "console error: broken"),
    "throw": ("<script>throw new Error('lost')</script>", "uncaught error"),
    "policy": (
        '<meta http-equiv="Content-Security-Policy" content="script-src \'none\'"><script>1</script>',
        "content security policy script-src",
    ),
}


def test_every_misbehaviour_has_a_case() -> None:
    assert len(MISBEHAVIOUR) == 7


@pytest.mark.parametrize("case", MISBEHAVIOUR)
def test_watch_notices(case: str, watched_page, tmp_path: Path) -> None:
    markup, expected = MISBEHAVIOUR[case]
    page, watch = watched_page
    file = tmp_path / "page.html"
    file.write_text(f"<!doctype html><title>t</title>{markup}<p>end</p>", encoding="utf-8")
    page.goto(file.as_uri())
    page.wait_for_load_state("load")
    assert any(expected in problem for problem in watch.finish()), watch.problems


def test_a_tab_is_like_new_for_the_next_test(browser, page_of_a_server) -> None:
    tab = Tab(browser)
    page, watch = tab.open()
    page.goto(page_of_a_server)
    page.evaluate("""() => {
        localStorage.a = sessionStorage.a = document.cookie = 'a=1'; window.name = 'a'; indexedDB.open('a');
        document.documentElement.addEventListener('mousemove', () => { document.title = 'moved'; });
    }""")
    page.mouse.move(50, 50)
    page.set_viewport_size({"width": 300, "height": 300})
    page.emulate_media(color_scheme="dark", media="print", reduced_motion="no-preference")
    page.context.new_page().goto(page_of_a_server)
    page.route("**/*", lambda route: route.abort())
    assert watch.finish() == []
    tab.leave()
    again, watch = tab.open()
    assert again == page and again.url == "about:blank" and again.context.pages == [again]
    assert (watch.problems, watch.origins) == ([], set())
    again.goto(page_of_a_server)
    assert again.evaluate("""async () => [
        localStorage.length, sessionStorage.length, document.cookie, window.name, (await indexedDB.databases()).length,
        innerWidth, innerHeight, matchMedia('screen').matches, matchMedia('(prefers-color-scheme: light)').matches,
        matchMedia('(prefers-reduced-motion: reduce)').matches, document.querySelectorAll('html:hover').length,
    ]""") == [0, 0, "", "", 0, 1280, 800, True, True, True, 0]
    tab.close()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda page: page.add_init_script("window.here = 1"),
        lambda page: page.on("dialog", lambda dialog: dialog.accept()),
        lambda page: page.evaluate("console.error('broken')"),
        lambda page: page.close(),
    ],
    ids=["script", "handler", "trouble", "closed"],
)
def test_a_tab_that_cannot_be_made_like_new_is_replaced(spoil, browser) -> None:
    tab = Tab(browser)
    page, watch = tab.open()
    spoil(page)
    watch.finish()
    tab.leave()
    other, watch = tab.open()
    assert other != page and page.is_closed() and watch.problems == []
    tab.close()


def test_quiet_page_passes(page, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text('<!doctype html><title>t</title><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">', "utf-8")
    page.goto(file.as_uri())
    assert page.title() == "t"


@pytest.fixture
def page_of_a_server(tmp_path: Path) -> Iterator[str]:
    # With an icon of its own, or the browser asks the server for one just as the server goes away.
    markup = '<!doctype html><link rel="icon" href="data:,"><title>served</title>'
    (tmp_path / "index.html").write_text(markup, encoding="utf-8")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args, **kwargs) -> None:
            super().__init__(*args, directory=str(tmp_path), **kwargs)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/index.html"
        server.shutdown()


def test_page_of_a_local_server_passes(page, page_of_a_server) -> None:
    page.goto(page_of_a_server)
    assert page.title() == "served"


@pytest.mark.parametrize(
    ("url", "outside"),
    [
        ("file:///tmp/a.html", False),
        ("data:text/plain,x", False),
        ("blob:null/1", False),
        ("http://127.0.0.1:8000/", False),
        ("http://127.0.0.1.example.org/", True),
        ("https://cdn.example.org/x.js", True),
        ("ws://example.org/", True),
        ("ftp://example.org/", True),
    ],
)
def test_what_counts_as_outside(url: str, outside: bool) -> None:
    assert leaves_the_page(url) is outside


def test_missing_component_skips_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("TARGETGRAPH_REQUIRE", raising=False)
    with pytest.raises(pytest.skip.Exception, match="needs chromium: apt-get install chromium"):
        components.need("chromium")


def test_missing_component_fails_where_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("TARGETGRAPH_REQUIRE", "java, chromium")
    with pytest.raises(pytest.fail.Exception, match="needs chromium"):
        components.need("chromium")


def test_once_makes_once(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> None:
    calls: list[Path] = []

    def make(folder: Path) -> None:
        calls.append(folder)
        (folder / "thing").write_text("made", encoding="utf-8")

    name = "once-" + request.node.name
    first, second = once(tmp_path_factory, name, make), once(tmp_path_factory, name, make)
    assert first == second
    assert (second / "thing").read_text(encoding="utf-8") == "made"
    assert len(calls) == 1


def test_what_runs_once_is_stopped_when_the_last_worker_has_left(tmp_path_factory: pytest.TempPathFactory) -> None:
    told: list[str] = []

    class Factory:
        """A run of its own, or the marks would be those of this run's workers."""

        def getbasetemp(self) -> Path:
            return base / "popen-gw0"

    def start(folder: Path) -> Callable[[], object]:
        told.append("started")
        return lambda: told.append("stopped")

    def kill() -> None:
        told.append("killed")
        other.kill()
        other.wait()

    base = tmp_path_factory.mktemp("workers")
    (base / "popen-gw0").mkdir()
    factory, shared = Factory(), (base if "PYTEST_XDIST_WORKER" in os.environ else base / "popen-gw0")
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with running_once(factory, "server", start) as first:  # type: ignore[arg-type]
        with running_once(factory, "server", start) as second:  # type: ignore[arg-type]
            assert first == second
        assert told == ["started"]
        (shared / "users" / str(other.pid)).touch()  # another worker has come, and is killed while it is waited for
        threading.Timer(0.5, kill).start()
    assert told == ["started", "killed", "stopped"]
    with running_once(factory, "server", start):  # type: ignore[arg-type]
        assert told[3:] == ["started"], "who comes late starts another"
    assert told[4:] == ["stopped"]
    assert other.stdin is not None
    other.stdin.close()
