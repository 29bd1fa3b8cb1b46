"""A request for a page of the explorer: what is asked for, checked, and what the page is made from."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np

from targetgraph.analysis.coding import RECALLED, CodedGraph
from targetgraph.analysis.gaps import GapReport
from targetgraph.analysis.standing import Standing
from targetgraph.errors import TargetGraphError
from targetgraph.phrases import Telling, say
from targetgraph.views.explorer.frame import Frame, FrameworkChoice
from targetgraph.views.explorer.names import Names
from targetgraph.views.explorer.urls import COMMON, INTERFACE_LANGUAGES, LABEL_LANGUAGES, Urls
from targetgraph.web.explorer.edition import Edition

T = TypeVar("T")
_FRAMEWORKS = 200
_PREFERRED = "gfc"


class Refused(TargetGraphError):
    """An address that asks for what there is not (404), or in words that mean nothing (400)."""

    def __init__(self, what: str, remedy: str, status: int = 400) -> None:
        super().__init__(what, "", remedy)
        self.status = status


@dataclass(frozen=True, slots=True)
class House:
    """What there is around a page.

    Parameters
    ----------
    pages : names of the pages in the navigation.
    own : the user's own stores: name and title.
    editing : whether gaps can be accepted here.
    unconfirmed : since when the copy that is served could not be confirmed (ISO); empty where it could, or is no copy.
    """

    pages: tuple[str, ...] = ()
    own: tuple[tuple[str, str], ...] = ()
    editing: bool = False
    unconfirmed: str = ""


class Visit:
    """One request. Used in a thread of its own, never in the loop of the front.

    Values of the query string are read by `text`, `choice`, `number`, `flag` and `several`; a name that a page does not read is
    refused.

    Parameters
    ----------
    house : what there is around the page.
    edition : the version of the store that is asked for.
    page : name of the page.
    path : of the request.
    inside : values in the path.
    given : the query string, values by name.
    form : fields of a form that was sent (POST), by name.
    origin : scheme and host of the server, as the client wrote them; only for pages that are not kept.
    """

    def __init__(
        self,
        house: House,
        edition: Edition,
        page: str,
        path: str,
        inside: Mapping[str, str],
        given: Mapping[str, Sequence[str]],
        form: Mapping[str, str] | None = None,
        origin: str = "",
    ) -> None:
        self.house, self.edition, self.page, self.path = house, edition, page, path
        self.inside, self._given, self.form, self.origin = inside, given, form or {}, origin
        self._read: set[str] = set(COMMON)

    # -- what is asked for -----------------------------------------------------------------------------------------

    def text(self, name: str, default: str = "", most: int = 500) -> str:
        """A value as it is (Refused when it is given twice, or longer than ``most`` characters)."""
        values = self.several(name, most)
        if len(values) > 1:
            raise Refused(say("“{name}” is given {n} times", name=name, n=len(values)), "give it once")
        return values[0] if values else default

    def several(self, name: str, most: int = 500) -> tuple[str, ...]:
        """All values of a name, in order."""
        self._read.add(name)
        values = tuple(v for v in self._given.get(name, ()) if v)
        if any(len(v) > most for v in values):
            raise Refused(say("“{name}” is longer than {most} characters", name=name, most=most), "shorten it")
        return values

    def is_given(self, name: str) -> bool:
        """Whether a name stands in the address, be it without a value."""
        return name in self._given

    def choice(self, name: str, allowed: Sequence[str], default: str = "") -> str:
        """A value out of some (Refused, with a list, when it is another)."""
        value = self.text(name, default)
        if value != default and value not in allowed:
            raise Refused(
                say("“{name}” cannot be “{value}”", name=name, value=value[:80]),
                say("use one of: {allowed}", allowed=", ".join(allowed)),
            )
        return value

    def number(self, name: str, default: float, low: float, high: float) -> float:
        """A number between bounds (Refused when it is none, or beyond them)."""
        value = self.text(name)
        if not value:
            return default
        try:
            found = float(value)
        except ValueError:
            found = float("nan")
        if not low <= found <= high:
            raise Refused(
                say(
                    "“{name}” is no number from {low:g} to {high:g}: “{value}”",
                    name=name,
                    low=low,
                    high=high,
                    value=value[:40],
                ),
                say("as {name}={default:g}", name=name, default=default),
            )
        return found

    def flag(self, name: str) -> bool:
        """Whether ``name=yes`` is given."""
        return self.choice(name, ("yes",)) == "yes"

    def finish(self) -> None:
        """Refuse names that the page has not read."""
        unknown = sorted(set(self._given) - self._read)
        if unknown:
            known = ", ".join(sorted(self._read))
            raise Refused(
                say("this page knows no “{unknown}” in its address", unknown=unknown[0][:80]),
                say("it knows {known}", known=known),
            )

    # -- the common state ------------------------------------------------------------------------------------------

    @cached_property
    def urls(self) -> Urls:
        """Makes addresses that keep the common state (Refused when that is wrong)."""
        return Urls(
            framework=self.framework,
            lang=self.choice("lang", LABEL_LANGUAGES, "en"),
            ui=self.interface,
            own=self.text("own"),
        )

    @property
    def interface(self) -> str:
        """Language of the interface."""
        return self.choice("ui", INTERFACE_LANGUAGES, "en")

    @cached_property
    def framework(self) -> str:
        """Code of the framework looked at: of the path, else of the query string, else the bundled one, or the largest.

        Empty in a graph without any.
        """
        codes = [f.code for f in self.graph.frameworks]
        asked = self.inside.get("framework") or self.text("framework")
        if asked and asked not in codes:
            shown = ", ".join(codes[:20])
            raise Refused(
                say("there is no framework “{asked}”", asked=asked[:80]), say("use one of: {shown}", shown=shown), 404
            )
        if asked or not codes:
            return asked
        if _PREFERRED in codes:
            return _PREFERRED
        sizes = np.bincount(np.maximum(self.graph.targets.framework, 0), minlength=len(codes))
        return codes[int(sizes.argmax())]

    # -- what pages are made from ----------------------------------------------------------------------------------

    @property
    def graph(self) -> CodedGraph:
        """The coded links."""
        return self.edition.graph

    @property
    def report(self) -> GapReport:
        """The gaps of the framework, open and accepted."""
        return self.edition.report(self.framework)

    @property
    def standing(self) -> Standing:
        """How the framework stands."""
        return self.edition.standing(self.framework)

    @property
    def names(self) -> Names:
        """Names in the language of the labels."""
        return self.edition.names(self.urls.lang)

    @property
    def telling(self) -> Telling:
        """Tells sentences of the analysis in the language of the interface."""
        return self.edition.telling(self.interface)

    def compute(self, key: Hashable, function: Callable[[], T]) -> T:
        """The result of a function of the data version and ``key``, kept (see `Edition.compute`)."""
        return self.edition.compute((self.page, key), function)

    def frame(self, switch: str = "", **state: object) -> Frame:
        """The frame of the page.

        Parameters
        ----------
        switch : where the switch of framework and languages leads, when it is not the page itself.
        state : the page's own state, in the form its address has it; by default what was given.
        """
        own = {k: tuple(v) for k, v in self._given.items() if k not in COMMON}
        if state:
            own = {k: tuple(map(str, v)) if isinstance(v, (list, tuple)) else (str(v),) for k, v in state.items() if v}
        return Frame(
            page=self.page,
            path=self.path,
            urls=self.urls,
            names=self.names,
            version=self.edition.name,
            frameworks=self._frameworks(),
            pages=self.house.pages,
            state=own,
            switch=switch,
            own=self.house.own,
            editing=self.house.editing,
            unconfirmed=self.house.unconfirmed,
            telling=self.telling,
        )

    def _frameworks(self) -> tuple[FrameworkChoice, ...]:
        return self.edition.compute(("frameworks", self.urls.lang, self.framework), self._choices)

    def _choices(self) -> tuple[FrameworkChoice, ...]:
        graph, count = self.graph, len(self.graph.frameworks)
        known = np.asarray(graph.targets.framework)
        inside = known >= 0
        sizes = np.bincount(known[inside], minlength=count)
        recalled = np.bincount(known[inside & (graph.targets.verification == RECALLED)], minlength=count)
        shown = [i for i, f in enumerate(graph.frameworks) if i < _FRAMEWORKS or f.code == self.framework]
        return tuple(
            FrameworkChoice(
                code=graph.frameworks[i].code,
                label=self.names.of(graph.frameworks[i].iri, graph.frameworks[i].label),
                targets=int(sizes[i]),
                unverified=int(recalled[i]),
            )
            for i in shown
        )
