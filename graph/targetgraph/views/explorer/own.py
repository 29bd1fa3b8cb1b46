"""The user's own data: giving a file, how far its build is, what was read, and where to explore it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from targetgraph.views.explorer.frame import Frame, render
from targetgraph.views.explorer.own_review import ReviewView


class OwnStatus(Protocol):
    """How far a store is (see `targetgraph.pipeline.own_data.Status`)."""

    @property
    def state(self) -> str:
        """``running``, ``review``, ``done``, ``failed`` or ``cancelled``."""

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
    """What the page of all shows: name, title and status of each; whether files are taken, how large (bytes), and
    the endings of documents.
    """

    stores: tuple[tuple[str, str, OwnStatus], ...]
    takes_files: bool
    most: int
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnItemView:
    """What the page of one shows."""

    name: str
    title: str
    status: OwnStatus
    review: ReviewView | None = None


def own_page(
    frame: Frame, stores: Sequence[tuple[str, str, OwnStatus]], takes_files: bool, most: int, documents: Sequence[str]
) -> str:
    """The page on all of them."""
    return render(frame, OwnView(tuple(stores), takes_files, most, tuple(documents)))


def own_item_page(frame: Frame, name: str, title: str, status: OwnStatus, review: ReviewView | None = None) -> str:
    """The page on one of them; with a document, what there is to decide on."""
    return render(frame, OwnItemView(name, title, status, review), "own_item")
