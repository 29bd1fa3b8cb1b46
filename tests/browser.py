"""A real Chromium for tests, and a watch on what the pages in it do."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, WebError, WebSocket

# Nothing but this machine can be reached, whatever a page tries; and Chromium's own errands are off.
ARGUMENTS = (
    "--no-sandbox",  # Chromium refuses to run as root with its sandbox
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
)

_INSIDE = frozenset({"about", "blob", "data", "file"})

# Runs in every frame before the page's own scripts; a policy in report-only mode is heard as well.
_HEAR_POLICY = """
document.addEventListener('securitypolicyviolation', event => console.error(
    `content security policy ${event.effectiveDirective} stopped ${event.blockedURI || 'inline code'}`));
"""

_SIZE: Any = {"width": 1280, "height": 800}


def leaves_the_page(url: str) -> bool:
    """Whether a request for ``url`` goes beyond the page itself and a server of the test on 127.0.0.1."""
    parts = urlsplit(url)
    return parts.scheme not in _INSIDE and parts.hostname != "127.0.0.1"


class Watch:
    """Takes down what no page of ours may do: reach out, complain on the console, throw, break its policy."""

    def __init__(self, context: BrowserContext) -> None:
        self.problems: list[str] = []
        self.origins: set[str] = set()
        self._context = context
        context.add_init_script(_HEAR_POLICY)
        context.on("request", lambda request: self._asked_for(request.url))
        context.on("page", self._opened)
        context.on("console", self._said)
        context.on("weberror", self._threw)

    def finish(self) -> list[str]:
        """Let every open page deliver what is still under way, and return all problems."""
        for page in self._context.pages:
            page.evaluate("() => new Promise(done => setTimeout(done, 0))")
        return self.problems

    def _asked_for(self, url: str) -> None:
        if url.startswith(("http:", "https:")):
            self.origins.add(urlsplit(url).netloc)
        if leaves_the_page(url):
            self.problems.append(f"a request left the page: {url[:200]}")

    def _opened(self, page: Page) -> None:
        page.on("websocket", self._connected)

    def _connected(self, socket: WebSocket) -> None:
        self._asked_for(socket.url)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(f"console error: {message.text[:500]}")

    def _threw(self, error: WebError) -> None:
        self.problems.append(f"uncaught error: {error.error}")


class Tab:
    """A page for one test after the other. To open a context and a page in it takes as long as most tests do.

    Between tests it becomes what a new one is: nothing stored, no cookies, permissions, routes or other pages, the first size
    and colours, and the mouse nowhere. What cannot be taken back (scripts added to every page, two servers, trouble) ends
    it, and the next test gets another.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._context: BrowserContext | None = None

    def open(self) -> tuple[Page, Watch]:
        """A page like new, and the record of what it does."""
        if self._context is None:
            self._context = self._browser.new_context(viewport=_SIZE, reduced_motion="reduce")
            self._watch = Watch(self._context)
            self._page = self._context.new_page()
            self._spoilt = False
            self._page.add_init_script = self._spoiling(self._page.add_init_script)  # type: ignore[method-assign]
            self._page.on = self._spoiling(self._page.on)  # type: ignore[method-assign]
        self._context.set_default_timeout(15_000)
        return self._page, self._watch

    def _spoiling(self, method: Any) -> Any:
        def called(*args: Any, **options: Any) -> Any:
            self._spoilt = True
            return method(*args, **options)

        return called

    def leave(self) -> None:
        """Make it like new, or close it where that is not possible."""
        if self._spoilt or self._watch.problems or len(self._watch.origins) > 1 or not self._cleaned():
            self.close()

    def _cleaned(self) -> bool:
        assert self._context is not None
        page, origins = self._page, self._watch.origins
        try:
            for other in self._context.pages:
                if other != page:
                    other.close()
            page.unroute_all()
            self._context.unroute_all()
            page.mouse.move(-10, -10)
            page.evaluate("() => { window.name = ''; if (origin !== 'null') sessionStorage.clear(); }")
            page.goto("about:blank")
            session = self._context.new_cdp_session(page)
            for origin in origins:
                session.send("Storage.clearDataForOrigin", {"origin": f"http://{origin}", "storageTypes": "all"})
            session.detach()
            self._context.clear_cookies()
            self._context.clear_permissions()
            self._context.set_offline(False)
            page.set_viewport_size(_SIZE)
            page.emulate_media(
                media="null", color_scheme="light", reduced_motion="reduce", forced_colors="null", contrast="null"
            )
            self._watch.finish()
        except Error:
            return False
        self._watch.problems.clear()
        self._watch.origins.clear()
        return True

    def close(self) -> None:
        """End it."""
        if self._context is not None:
            self._context.close()
            self._context = None
