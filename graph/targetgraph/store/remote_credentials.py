"""Credentials for a remote store: from the environment, shown to nobody, answered to challenges (RFC 7616, 7617, 6750)."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from targetgraph.errors import StoreError
from targetgraph.store.remote_address import is_loopback

PLAIN_SETTING: Final = "TARGETGRAPH_STORE_PLAIN_HTTP"
_USER, _PASSWORD, _TOKEN = (f"TARGETGRAPH_STORE_{name}" for name in ("USER", "PASSWORD", "TOKEN"))
_PARAMETER: Final = re.compile(r'([A-Za-z0-9_-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))')
_SCHEME: Final = re.compile(r"(?:^|,\s*)(Basic|Digest|Bearer)(?=\s|,|$)", re.IGNORECASE)
_HASHES: Final = {"MD5": "md5", "SHA-256": "sha256"}


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user and a password, or a token; all empty for none."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls) -> Credentials:
        """What ``TARGETGRAPH_STORE_USER``, ``…_PASSWORD`` and ``…_TOKEN`` say.

        Raises
        ------
        StoreError
            when there is a password without a user, or a character that no header can carry.
        """
        user, password, token = (os.environ.get(name, "") for name in (_USER, _PASSWORD, _TOKEN))
        if password and not user:
            raise StoreError("there is a password and no user", _USER, f"set {_USER} too")
        for name, value in ((_USER, user), (_PASSWORD, password), (_TOKEN, token)):
            if any(ord(c) < 32 or ord(c) == 127 for c in value):
                raise StoreError("it holds a control character, such as the end of a line", name, "set it anew")
        return cls(user, password, token)

    def __bool__(self) -> bool:
        return bool(self.user or self.token)

    def refuse_plain(self, url: str) -> None:
        """Refuse to send credentials in clear over a network.

        Raises
        ------
        StoreError
            for http to another machine, unless ``TARGETGRAPH_STORE_PLAIN_HTTP=allow``.
        """
        safe = urlsplit(url).scheme == "https" or is_loopback(url)
        if self and not safe and os.environ.get(PLAIN_SETTING, "") != "allow":
            raise StoreError(
                "credentials would travel to another machine without encryption",
                url,
                f"use https; or, in a network where nobody else listens, set {PLAIN_SETTING}=allow",
            )


class Authorisation:
    """Answers the challenges of a service, and remembers them so that later requests need no second trip."""

    def __init__(self, credentials: Credentials) -> None:
        self.credentials = credentials
        self._digests: dict[str, _Digest] = {}
        self._basic: set[str] = set()

    def header(self, method: str, url: str) -> Mapping[str, str]:
        """The header ``Authorization`` for a request, as far as the service has told what it wants."""
        held = self.credentials
        if held.token:
            return {"Authorization": f"Bearer {held.token}"}
        path = urlsplit(url).path
        if path in self._digests:
            return {"Authorization": self._digests[path].answer(held, method, url)}
        if path in self._basic:
            return {"Authorization": "Basic " + base64.b64encode(f"{held.user}:{held.password}".encode()).decode()}
        return {}

    def challenged(self, url: str, challenge: str, attempt: int) -> bool:
        """Take in ``WWW-Authenticate``; whether another attempt makes sense.

        Parameters
        ----------
        attempt : how many have been refused so far, from 1. A second one only if the service says that nothing
            was wrong but the age of its nonce.
        """
        if not self.credentials.user or self.credentials.token:
            return False
        offers = _challenges(challenge)
        path = urlsplit(url).path
        digest = next((p for s, p in offers if s == "digest" and p.get("algorithm", "MD5").upper() in _HASHES), None)
        if digest is not None and "nonce" in digest:
            known = path in self._digests
            self._digests[path] = _Digest(digest)
            return attempt == 1 or (known and digest.get("stale", "").lower() == "true" and attempt < 4)
        if any(s == "basic" for s, _ in offers) and attempt == 1:
            self._basic.add(path)
            return True
        return False


class _Digest:
    """A challenge of Digest access authentication, RFC 7616; with ``qop=auth`` or as in RFC 2069."""

    def __init__(self, parameters: Mapping[str, str]) -> None:
        self._given = parameters
        self._count = 0

    def answer(self, held: Credentials, method: str, url: str) -> str:
        given = self._given
        parts = urlsplit(url)
        uri = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        algorithm = given.get("algorithm", "MD5").upper()

        def hashed(text: str) -> str:
            return hashlib.new(_HASHES[algorithm], text.encode(), usedforsecurity=False).hexdigest()

        realm, nonce = given.get("realm", ""), given["nonce"]
        secret, request = hashed(f"{held.user}:{realm}:{held.password}"), hashed(f"{method}:{uri}")
        fields = {"username": held.user, "realm": realm, "nonce": nonce, "uri": uri}
        bare = {"algorithm": algorithm}
        if "auth" in [q.strip() for q in given.get("qop", "").split(",")]:
            self._count += 1
            count, own = f"{self._count:08x}", secrets.token_hex(8)
            fields["cnonce"], bare["nc"], bare["qop"] = own, count, "auth"
            fields["response"] = hashed(f"{secret}:{nonce}:{count}:{own}:auth:{request}")
        else:
            fields["response"] = hashed(f"{secret}:{nonce}:{request}")
        if "opaque" in given:
            fields["opaque"] = given["opaque"]
        quoted = [f'{k}="{v}"'.replace("\\", "\\\\") if k == "username" else f'{k}="{v}"' for k, v in fields.items()]
        return "Digest " + ", ".join(quoted + [f"{k}={v}" for k, v in bare.items()])


def _challenges(text: str) -> list[tuple[str, dict[str, str]]]:
    """Schemes (in small letters) and parameters of a header ``WWW-Authenticate``, which may hold several."""
    found = list(_SCHEME.finditer(text))
    ends = [m.start() for m in found[1:]] + [len(text)]
    return [
        (
            m[1].lower(),
            {p[1].lower(): p[2] if p[2] is not None else p[3] for p in _PARAMETER.finditer(text, m.end(), e)},
        )
        for m, e in zip(found, ends, strict=True)
    ]
