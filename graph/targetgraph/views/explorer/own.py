"""The user's own data: giving a file, how far its build is, what was read, and where to explore it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from targetgraph.views.explorer.frame import Frame, render


class OwnStatus(Protocol):
    """How far a store is (see `targetgraph.pipeline.own_data.Status`)."""

    @property
    def state(self) -> str:
        """``running``, ``done``, ``failed`` or ``cancelled``."""

    @property
    def step(self) -> str:
        """What is being done."""

    @property
    def problems(self) -> tuple[tuple[str, str, str], ...]:
        """Sentence, place, remedy."""

    @property
    def read(self) -> tuple[tuple[str, int], ...]:
        """Files and their rows."""

    @property
    def version(self) -> str:
        """Data version."""

    @property
    def statements(self) -> int:
        """How many statements."""


@dataclass(frozen=True, slots=True)
class OwnView:
    """What the page of all shows: name, title and status of each; whether files are taken, and how large (bytes)."""

    stores: tuple[tuple[str, str, OwnStatus], ...]
    takes_files: bool
    most: int


@dataclass(frozen=True, slots=True)
class OwnItemView:
    """What the page of one shows."""

    name: str
    title: str
    status: OwnStatus


def own_page(frame: Frame, stores: Sequence[tuple[str, str, OwnStatus]], takes_files: bool, most: int) -> str:
    """The page on all of them."""
    return render(frame, OwnView(tuple(stores), takes_files, most))


def own_item_page(frame: Frame, name: str, title: str, status: OwnStatus) -> str:
    """The page on one of them."""
    return render(frame, OwnItemView(name, title, status), "own_item")
