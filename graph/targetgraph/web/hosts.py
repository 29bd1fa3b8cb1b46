"""Which names a request may call this server by."""

from __future__ import annotations

import ipaddress

from targetgraph.web.answers import Answer, Scope, problem
from targetgraph.web.settings import Settings


def is_loopback(host: str) -> bool:
    """Whether an address can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class HostCheck:
    """Refuses requests under foreign names where the server listens on a loopback address.

    A page of anybody can make a name of its own resolve to 127.0.0.1 and would then be of the same origin as this server
    (DNS rebinding). The browser still sends that name as ``Host``.
    """

    def __init__(self, settings: Settings) -> None:
        self._open = not is_loopback(settings.host)
        self._names = {"localhost", "127.0.0.1", "[::1]", settings.host.lower()}
        self._names |= {name.lower() for name in settings.host_names}
        self._good: set[bytes] = set()

    def refusal(self, scope: Scope) -> Answer | None:
        """The answer to a request under a foreign name; None for a good one."""
        if self._open:
            return None
        for name, value in scope["headers"]:
            if name == b"host":
                if value in self._good:
                    return None
                host = value.decode("latin-1").strip().lower()
                bare = host.rsplit(":", 1)[0] if host.rpartition(":")[2].isdigit() else host
                if bare in self._names:
                    if len(self._good) < 64:
                        self._good.add(value)
                    return None
                return problem(
                    scope,
                    421,
                    f"this server is not called {host[:200]!r}",
                    "use its address, or start it with --host-name",
                )
        return problem(scope, 400, "the request names no host", "send a Host header")
