"""A real Chromium for tests, and a watch on what the pages in it do."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, WebError, WebSocket

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


def leaves_the_page(url: str) -> bool:
    """Whether a request for ``url`` goes beyond the page itself and a server of the test on 127.0.0.1."""
    parts = urlsplit(url)
    return parts.scheme not in _INSIDE and parts.hostname != "127.0.0.1"


class Watch:
    """Takes down what no page of ours may do: reach out, complain on the console, throw, break its policy."""

    def __init__(self, context: BrowserContext) -> None:
        self.problems: list[str] = []
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
