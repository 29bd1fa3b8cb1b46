"""The briefing: what was chosen, put together for print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from targetgraph import resources
from targetgraph.analysis.briefing_document import Briefing, Picture
from targetgraph.views.explorer.evidence import place
from targetgraph.views.explorer.frame import Frame, render
from targetgraph.views.page import Inline


@dataclass(frozen=True, slots=True)
class Move:
    """What can be done with a part: addresses of the briefing with the part elsewhere, or without it."""

    up: str
    down: str
    away: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingView:
    """The page.

    Parameters
    ----------
    briefing : the document.
    items : what was chosen, in order.
    moves : one a part.
    offers : what can be added here: item and key of its words.
    added : whether something was added by the address, so that a script joins it with what was chosen before.
    """

    briefing: Briefing
    items: tuple[str, ...]
    moves: tuple[Move, ...]
    offers: tuple[tuple[str, str], ...]
    added: bool
    frame: Frame

    def place(self, iri: str) -> str:
        """Where something named in the briefing is shown."""
        return place(self.frame.urls, iri)


@dataclass(frozen=True, slots=True)
class FileView:
    """The briefing as one HTML file that stands alone.

    Parameters
    ----------
    style : written into it; its policy lets nothing else in.
    """

    briefing: Briefing
    style: Inline

    def web_address(self, iri: str) -> str:
        """Where something named is to be found by who has the file only."""
        return iri if iri.startswith(("http://", "https://")) else ""

    @staticmethod
    def drawn(picture: Picture) -> Markup:
        """A picture, written into the file: it was drawn here, with every text in it escaped."""
        return Markup(picture.svg[picture.svg.index("<svg") :])


def briefing_file(frame: Frame, briefing: Briefing) -> str:
    """The briefing as one HTML file."""
    folder = resources.templates()
    sheets = ("tokens.css", "page.css", "explorer/briefing.css", "explorer/briefing_file.css")
    style = Inline.of("\n".join((folder / sheet).read_text(encoding="utf-8") for sheet in sheets))
    return render(frame, FileView(briefing, style), "briefing_file")


def briefing_view(frame: Frame, briefing: Briefing, items: Sequence[str], added: bool, lineage: str) -> BriefingView:
    """The page of a briefing.

    Parameters
    ----------
    items : what was chosen; one section of the briefing each.
    lineage : item of the lineage of the framework; empty where none is recorded.
    """
    offers = [("overview", "offer_overview"), ("map", "offer_map"), ("gaps:", "offer_gaps"), ("actors", "offer_actors")]
    offers += [
        ("matrix:rows=targets&columns=stages", "offer_stages"),
        ("matrix:rows=targets&columns=sectors", "offer_sectors"),
    ]
    offers += [(lineage, "offer_lineage")] if lineage else []
    return BriefingView(
        briefing=briefing,
        items=tuple(items),
        moves=tuple(_move(frame, list(items), n) for n in range(len(items))),
        offers=tuple((item, key) for item, key in offers if item not in items),
        added=added,
        frame=frame,
    )


def _move(frame: Frame, items: list[str], number: int) -> Move:
    def with_items(changed: list[str]) -> str:
        return frame.with_state(item=changed, add=None)

    def swapped(other: int) -> str:
        changed = list(items)
        changed[number], changed[other] = changed[other], changed[number]
        return with_items(changed)

    return Move(
        up=swapped(number - 1) if number else "",
        down=swapped(number + 1) if number + 1 < len(items) else "",
        away=with_items(items[:number] + items[number + 1 :]),
    )
