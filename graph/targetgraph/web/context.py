"""What the modules of the server share: its settings, the version it serves, and the way to ask queries."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import re
import sys
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import Any, Final

from targetgraph.errors import StoreError
from targetgraph.store import StoreFolder, Version, wire
from targetgraph.store.lookups import LookupStore, is_lookup
from targetgraph.store.protocol_answers import Asked
from targetgraph.web.answers import SHARED, Answer, Headers, problem
from targetgraph.web.bells import Bell
from targetgraph.web.copying import unconfirmed_since
from targetgraph.web.lines import Receive
from targetgraph.web.negotiation import MEDIA, answer_forms
from targetgraph.web.settings import Settings
from targetgraph.web.workers import Pool
from targetgraph.web.writing import Writing

_FOLLOW_SECONDS: Final = 0.5
# Answers of these functions differ from time to time: they are neither kept nor given an entity tag. An escape can hide one.
# First looked for as they are, since this is done for every request; then as calls, for "rand" is in "brands" too.
_FICKLE: Final = ("now", "rand", "uuid", "bnode", "\\")
_FICKLE_CALL: Final = re.compile(r"(?<![a-z])(?:now|rand|(?:str)?uuid|bnode)\s*[(#]|\\")
Key = tuple[Any, ...]


class WebContext:
    """One front's view of the graph.

    Attributes
    ----------
    settings : what the server was told.
    version : the published version that is served.
    data_version : its name; while changes are not yet published, a name of their own. Whatever is kept (pages, answers) must be
        kept under this name.
    unconfirmed : where a copy of a remote store is served: since when it could not be seen to be of what is published there
        (ISO); otherwise empty.
    pool : the query processes.
    inferred : what reasoners inferred and is kept with the version: by IRI of its graph, how many statements.
    writing : how changes are made; None without a token.
    bell : rings at the other fronts.
    helpers : what modules have to do beside answering; each is started with the front and cancelled with it.
    """

    def __init__(self, settings: Settings, pool: Pool, bell: Bell | None = None) -> None:
        self.settings, self.pool, self.bell = settings, pool, bell or Bell()
        self.folder = StoreFolder(settings.store)
        self.version: Version | None = None
        self.data_version = ""
        self.unconfirmed = ""
        self.inferred: dict[str, int] = {}
        self.writing: Writing | None = None
        self.helpers: list[Callable[[], Coroutine[Any, Any, None]]] = []
        self._current_file = Path(settings.store) / "CURRENT"
        self._seen: tuple[int, int] | None = None
        self._lookups: LookupStore | None = None
        self._bounds: tuple[Any, ...] = (settings.rows, settings.bytes, settings.seconds)
        self._kept: OrderedDict[Key, Answer] = OrderedDict()
        self._kept_bytes = 0
        self._tags = self._tags_of({})

    async def start(self) -> None:
        """Open the current version.

        Raises
        ------
        StoreError
            when there is none and nothing may be written, or it is damaged.
        """
        self._seen = self._stamp()
        if self._seen is not None or not self.settings.token:
            version = self.folder.current()
            await self._open(version)
        if self.settings.token:
            self.writing = Writing(self)
            await self.writing.start()

    async def _open(self, version: Version) -> None:
        """Serve a version from now on."""
        lookups = None
        if not self.settings.token:  # what is written is seen by the query processes alone
            lookups = await asyncio.to_thread(LookupStore.open, version.oxigraph, self.settings.resident_bytes)
        await self.pool.open(version.oxigraph, self.settings.resident_bytes)
        self._lookups, self.version = lookups, version
        self.inferred = {str(i["graph"]): int(i["statements"]) for i in version.inferred.values()}
        self._tags = self._tags_of(version.inferred)
        self.renamed(version.data_version)

    async def follow(self) -> None:
        """Take up each version that a build publishes; never ends."""
        while True:
            await asyncio.sleep(_FOLLOW_SECONDS)
            await self.take_up()
            if self.settings.origin:
                self.unconfirmed = unconfirmed_since(self.settings)

    async def take_up(self) -> None:
        """Change to the current version if it is another one than the one served."""
        stamp = self._stamp()
        if stamp == self._seen or (self.writing is not None and self.writing.dirty):
            return
        with contextlib.suppress(OSError):
            try:
                version = self.folder.current()
                if self.version is None or version.path != self.version.path:
                    await self._open(version)
                self._seen = stamp
            except StoreError as error:
                print(f"warning: the new version cannot be served: {error}", file=sys.stderr, flush=True)
                self._seen = stamp

    def rebased(self) -> None:
        """Know the current version, while what is served has changes beyond it."""
        with contextlib.suppress(StoreError):
            self.version = self.folder.current()

    def renamed(self, data_version: str) -> None:
        """The statements served have changed: forget kept answers."""
        self.data_version = data_version
        if self.version is None or data_version != self.version.data_version:
            self.inferred = {}  # what is written since may have taken away what it follows from
        self._kept.clear()
        self._kept_bytes = 0

    def let_go(self, path: Path | None) -> None:
        """Nobody reads the store in this folder any more."""
        if self.writing is not None:
            self.writing.let_go(path)

    def _stamp(self) -> tuple[int, int] | None:
        try:
            status = self._current_file.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino

    async def ask(
        self,
        text: str,
        accept: str = "",
        *,
        default_graphs: tuple[str, ...] | None = None,
        named_graphs: tuple[str, ...] | None = None,
        forms: tuple[str, str] | None = None,
        gzip: bool = False,
        union: bool | None = None,
        if_none_match: str = "",
        scope: Any = None,
        receive: Receive | None = None,
    ) -> Answer:
        """Have a query answered by a query process, within the limits of the server.

        Parameters
        ----------
        text : SPARQL 1.1; our own prefixes need no declaration, relative IRIs are taken below ``https://w3id.org/targetgraph/``.
        accept : an ``Accept`` header for the answer; empty gives JSON for tables, Turtle for graphs.
        default_graphs, named_graphs : the dataset; None for both: the query's own, or everything.
        forms : instead of `accept`, the names of forms for tables and for graphs, as ``("csv", "ntriples")``.
        gzip : the answer may be compressed (its headers then say so).
        union : the default graph is the union of all; None: as the server is set.
        if_none_match : the client's ``If-None-Match``; a match gives 304.
        scope : of the request, for errors in the client's format; None gives them as text.
        receive : the request's channel, so that a query whose client leaves is stopped. Only when its body has been read.

        Returns
        -------
        Answer
            200 or 304 with ``ETag``; 400, 406, 413, 500, 503 with a sentence. It never raises for what a query does.
        """
        results, graphs = forms or answer_forms(accept)
        everything = self.settings.union_default_graph if union is None else union
        key = ("query", text, results, graphs, default_graphs, named_graphs, everything, gzip)
        return await self._delivered(key, self._bounds, _is_fickle(text), if_none_match, scope, receive)

    def looked_up(self, text: str, accept: str, gzip: bool) -> Answer | None:
        """The answer to a look-up, at once; None where a query process is to be asked (`ask`, whose answer is the same).

        Parameters
        ----------
        text, accept, gzip : of a query that says nothing of its dataset.
        """
        if self._lookups is None or not is_lookup(text) or _is_fickle(text):
            return None
        results, graphs = answer_forms(accept)
        key = ("query", text, results, graphs, None, None, self.settings.union_default_graph, gzip)
        return self._kept.get(key) or self._looked_up(key)

    def _looked_up(self, key: Key) -> Answer | None:
        values = None if self._lookups is None else self._lookups.replied(Asked(*key[1:], *self._bounds))
        if values is None:
            return None
        answer = self._answer(values, self._tag(self.data_version, key), self.data_version)
        self._keep(key, answer)
        return answer

    async def graph(
        self,
        graphs: tuple[str, ...],
        form: str,
        *,
        gzip: bool = False,
        if_none_match: str = "",
        scope: Any = None,
        receive: Receive | None = None,
    ) -> Answer:
        """A whole graph as a document (parameters and answer otherwise: see `ask`).

        Parameters
        ----------
        graphs : IRIs it may be meant by, the first that is there counts; ``()`` for the graph without a name.
        form : name of a form for graphs, as ``"turtle"``.

        Returns
        -------
        Answer
            404 when there is none of them.
        """
        key = ("graph", graphs, form, self.settings.bytes, gzip)
        return await self._delivered(key, (self.settings.seconds,), False, if_none_match, scope, receive)

    async def _delivered(
        self, key: Key, bounds: tuple[Any, ...], fickle: bool, if_none_match: str, scope: Any, receive: Receive | None
    ) -> Answer:
        version = self.data_version
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            if if_none_match and kept.header(b"etag").decode() in if_none_match:
                return Answer(304, kept.headers)
            return kept
        tag = "" if fickle else self._tag(version, key)
        if tag and if_none_match and tag in if_none_match:
            return Answer(304, [(b"etag", tag.encode()), (b"vary", b"Accept, Accept-Encoding"), *SHARED])
        if key[0] == "query" and not fickle and is_lookup(key[1]) and (found := self._looked_up(key)) is not None:
            return found
        values = await self.pool.ask(wire.packed(*key, *bounds), self.settings.seconds, receive)
        if values[0] != 200:
            return problem(scope, *values)
        answer = self._answer(values, tag, version)
        if tag and version == self.data_version:
            self._keep(key, answer)
        return answer

    def _tags_of(self, inferred: Mapping[str, Mapping[str, Any]]) -> bytes:
        """What entity tags depend on beside data version and query: settings, and what is kept with the version."""
        kept = sorted((str(i["graph"]), str(i["made"])) for i in inferred.values())
        return hashlib.sha256(repr((self.settings.rows, self.settings.union_default_graph, kept)).encode()).digest()

    def _tag(self, version: str, key: Key) -> str:
        digest = hashlib.blake2b(repr(key).encode(errors="surrogatepass"), digest_size=12, key=self._tags)
        digest.update(version.encode())
        return f'"{digest.hexdigest()}"'

    def _answer(self, values: tuple[Any, ...], tag: str, version: str) -> Answer:
        _, form, cut, content, gzipped = values
        headers: Headers = [
            (b"content-type", MEDIA[form].encode()),
            (b"vary", b"Accept, Accept-Encoding"),
            (b"targetgraph-data-version", version.encode()),
            *SHARED,
        ]
        if tag:
            headers += [(b"etag", tag.encode()), (b"cache-control", b"no-cache")]
        else:
            headers.append((b"cache-control", b"no-store"))
        if cut:
            headers.append((b"targetgraph-truncated", b"rows=%d" % cut))
        if gzipped:
            headers.append((b"content-encoding", b"gzip"))
        return Answer(200, headers, content)

    def _keep(self, key: Key, answer: Answer) -> None:
        size = _cost(key, answer)
        if size * 8 > self.settings.cache_bytes or key in self._kept:
            return
        self._kept[key] = answer
        self._kept_bytes += size
        while self._kept_bytes > self.settings.cache_bytes:
            self._kept_bytes -= _cost(*self._kept.popitem(last=False))


def _is_fickle(text: str) -> bool:
    lowered = text.lower()
    return any(word in lowered for word in _FICKLE) and _FICKLE_CALL.search(lowered) is not None


def _cost(key: Key, answer: Answer) -> int:
    """Bytes that a kept answer takes, about."""
    return len(answer.body) + len(key[1]) + 1000
