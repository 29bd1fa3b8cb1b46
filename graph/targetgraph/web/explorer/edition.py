"""One version of the graph as the explorer needs it: coded links, gap reports, names; each found once and kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from contextlib import suppress
from functools import cached_property
from typing import Any, Final, TypeVar, cast

from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.gaps import GapReport, gap_report
from targetgraph.analysis.gaps.history import History, read_history
from targetgraph.analysis.standing import Standing
from targetgraph.errors import StoreError
from targetgraph.library import Library
from targetgraph.library.terms import Literal, Term
from targetgraph.phrases import Telling, say
from targetgraph.pipeline.opening import HISTORY
from targetgraph.store import Version
from targetgraph.store.manifest import read_manifest
from targetgraph.store.results import Solutions
from targetgraph.views.explorer.names import Names
from targetgraph.web.answers import Answer
from targetgraph.web.asking import PoolAsker

T = TypeVar("T")
_KEPT: Final = 256


class Edition:
    """A published version, and what was computed from it. Its methods may be called from any thread.

    Parameters
    ----------
    version : the published version.
    name : data version that is served; while changes are not published yet it is another than that of `version`.
    asker : asks queries of what is served.
    """

    def __init__(self, version: Version, name: str, asker: PoolAsker) -> None:
        self.version, self.name, self._asker = version, name, asker
        self._kept: OrderedDict[Hashable, Future[Any]] = OrderedDict()
        self._lock = threading.Lock()

    def compute(self, key: Hashable, function: Callable[[], T]) -> T:
        """The result of a function, computed once for a key while it is kept.

        Who asks while another thread computes the same waits for that. A function that raises is asked anew the next time.
        """
        with self._lock:
            found = self._kept.get(key)
            mine = found is None
            if found is None:
                found = self._kept[key] = Future()
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            else:
                self._kept.move_to_end(key)
        if mine:
            try:
                found.set_result(function())
            except BaseException as error:
                with self._lock:
                    self._kept.pop(key, None)
                found.set_exception(error)
        return cast(T, found.result())

    @cached_property
    def graph(self) -> CodedGraph:
        """The coded links (StoreError when they do not belong to the version)."""
        return CodedGraph.load(self.version.arrays, self.version.data_version)

    def others(self) -> tuple[Version, ...]:
        """Versions with other data that lie beside this one, newest first: builds keep the one before."""
        found: dict[str, Version] = {}
        for path in self.version.path.parent.iterdir():
            if path != self.version.path and not path.name.startswith("."):
                with suppress(StoreError, OSError):  # half of it is gone, or another program made it
                    version = Version(path, read_manifest(path))
                    found[version.data_version] = version
        found.pop(self.version.data_version, None)
        return tuple(sorted(found.values(), key=lambda v: str(v.manifest.get("created", "")), reverse=True))

    def earlier(self, data_version: str) -> CodedGraph:
        """The coded links of another version (StoreError when it is there no more)."""

        def opened() -> CodedGraph:
            found = next((v for v in self.others() if v.data_version == data_version), None)
            if found is None:
                raise StoreError(
                    say("the version {version} is not on this machine", version=data_version),
                    "",
                    "compare with another",
                )
            return CodedGraph.load(found.arrays, found.data_version)

        return self.compute(("earlier", data_version), opened)

    @cached_property
    def history(self) -> History:
        """What became of each gap up to this version."""
        return read_history(self.version.path / HISTORY)

    @cached_property
    def library(self) -> Library:
        """The query library."""
        return Library()

    def report(self, framework: str) -> GapReport:
        """The gaps of a framework, open and accepted (TargetGraphError when there is no such framework)."""
        return self.compute(("report", framework), lambda: gap_report(self.graph, framework, history=self.history))

    def standing(self, framework: str) -> Standing:
        """How a framework stands."""
        return self.compute(("standing", framework), lambda: Standing(self.graph, self.report(framework)))

    def names(self, language: str) -> Names:
        """Names of things in a language."""
        if language == "en":
            return Names()
        return self.compute(("names", language), lambda: self._names(language))

    def _names(self, language: str) -> Names:
        found = self.ask("description/names-in-a-language", language=Literal(language))
        return Names(language, {str(thing): str(label) for thing, label in found.values() if thing and label})

    def telling(self, language: str) -> Telling:
        """Tells sentences in a language, with the names that things have in it."""
        return self.compute(("telling", language), lambda: Telling(language, self._named(language)))

    def _named(self, language: str) -> dict[str, str]:
        """Names in a language by the English ones that the coded graph has, and by codes."""
        translated = {} if language == "en" else self.names(language).translated
        found: dict[str, str] = {}
        for dimension in self.graph.dimensions.values():
            table = dimension.concepts
            for iri, label, code in zip(table.iri, table.label, table.notation, strict=True):
                if iri in translated:
                    found[label] = translated[iri]
                    if not code.isdigit():  # scenarios name things by their code; a number can be anything
                        found.setdefault(code, translated[iri])
        return found

    def ask(self, name: str, **parameters: Term) -> Solutions:
        """The answer to a question of the library, within the limits of the server (StoreError when it cannot be answered)."""
        return self._asker.select(self.library.find(name).text(parameters))

    def answer(self, text: str) -> Answer:
        """The answer to any query, or what is wrong with it (see `PoolAsker.answered`)."""
        return self._asker.answered(text)

    def select(self, text: str) -> Solutions:
        """The answer to any SELECT, within the limits of the server."""
        return self._asker.select(text)
