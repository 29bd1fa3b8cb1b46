"""The frame of every page of the explorer, and how a page is rendered in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from jinja2 import Environment

from targetgraph import __version__
from targetgraph.analysis.description.words import LANGUAGES
from targetgraph.analysis.states import State
from targetgraph.phrases import Telling
from targetgraph.views.explorer import urls as places
from targetgraph.views.explorer.assets import asset_path
from targetgraph.views.explorer.names import Label, Names
from targetgraph.views.explorer.urls import Urls
from targetgraph.views.explorer.words import Words
from targetgraph.views.page import environment

#: The policy of every page: nothing from elsewhere, nothing written into the page.
POLICY: Final = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class FrameworkChoice:
    """A framework that can be looked at: its code, label, and how many of its wordings are recalled."""

    code: str
    label: Label
    targets: int
    unverified: int


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What every page needs.

    Parameters
    ----------
    page : name of the page, as its template and words are called.
    path : of the request.
    urls : makes addresses that keep the common state.
    names : of things in the language of the labels.
    version : data version.
    frameworks : that can be looked at; the page's own is ``framework``, None where it is on none.
    pages : names of the pages there are, for the navigation.
    state : the page's own state, by name; the common one is in ``urls``.
    switch : address that the switch of frameworks and languages leads to; by default the page itself.
    own : the user's own stores: name and title.
    editing : whether gaps can be accepted here.
    unconfirmed : since when the copy that is shown could not be confirmed (ISO); empty where it could, or is no copy.
    telling : tells sentences of the analysis in the language of the interface.
    """

    page: str
    path: str
    urls: Urls
    names: Names
    version: str
    frameworks: tuple[FrameworkChoice, ...]
    pages: tuple[str, ...]
    state: Mapping[str, Sequence[str]] = field(default_factory=dict)
    switch: str = ""
    own: tuple[tuple[str, str], ...] = ()
    editing: bool = False
    unconfirmed: str = ""
    telling: Telling = field(default_factory=lambda: Telling("en"))
    software: str = __version__

    @property
    def framework(self) -> FrameworkChoice | None:
        """The framework looked at."""
        return next((f for f in self.frameworks if f.code == self.urls.framework), None)

    @property
    def words(self) -> Words:
        """The words of the page."""
        return Words(self.page, self.urls.ui, self.telling)

    @property
    def here(self) -> str:
        """The address of this very view."""
        return self.with_state()

    def with_state(self, **changes: object) -> str:
        """The address of this page with some of its own state changed (None or empty: taken out)."""
        return self.urls.at(self.path, **{**self.state, **changes})

    def keeping(self, **changes: str) -> str:
        """The address of this view with other common state, as ``keeping(lang="ar")``."""
        return self.urls.keeping(**changes).at(self.path, **self.state)


#: Where long lists stop on paper, gravest first; on the screen and in files they go on.
PAPER: Final = {"things": 36, "claims": 12, "gaps": 30}


@cache
def _environment() -> Environment:
    env = environment()
    env.globals |= {
        "asset": asset_path,
        "PAGES": places.PAGES,
        "TOUR": places.TOUR,
        "LANGUAGES": LANGUAGES,
        "INTERFACES": places.INTERFACE_LANGUAGES,
        "STATES": tuple(State),
        "PAPER": PAPER,
    }
    env.filters["state_class"] = lambda state: "s-" + state.word.replace(" ", "-")
    return env


def render(frame: Frame, view: Any, template: str = "") -> str:
    """The page as HTML.

    Parameters
    ----------
    view : what the page shows, the dataclass of its module; in the template it is ``view``, beside ``frame``, ``w`` (the words)
        and ``to`` (addresses).
    template : below ``templates/explorer``; by default that of the page's name.
    """
    found = _environment().get_template(f"explorer/{template or frame.page}.html")
    return found.render(frame=frame, view=view, w=frame.words, to=frame.urls)
