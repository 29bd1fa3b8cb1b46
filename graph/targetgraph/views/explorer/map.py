"""The coverage map: where the holes are, at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from targetgraph.analysis.scenarios import Scenario
from targetgraph.analysis.states import State
from targetgraph.phrases import joined
from targetgraph.views.coverage_map import TARGETS, Column, Curve, Item
from targetgraph.views.evidence import GapRecord, LinkRecord, Shelf
from targetgraph.views.explorer.frame import Frame, render
from targetgraph.views.explorer.names import Label
from targetgraph.views.explorer.pictures.coverage_map import coverage_map_picture, drawing

TARGETS_DRAWN = 60
LINKS_SHOWN = 120


@dataclass(frozen=True, slots=True)
class MapModel:
    """The map of a framework, whatever language it is told in."""

    columns: tuple[Column, ...]
    curves: tuple[Curve, ...]
    shelf: Shelf
    lead: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A box as the lists tell it."""

    item: Item
    name: Label
    address: str
    focusing: str
    tied: tuple[tuple[str, Label], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    """What the page shows.

    Parameters
    ----------
    picture : SVG.
    columns : lists of all boxes that are drawn, by title.
    focus : the box looked at, with its links.
    folded : how many boxes stay in until asked for; ``cut`` how many targets are not drawn.
    """

    picture: Markup
    columns: tuple[tuple[Label, str, tuple[Row, ...]], ...]
    focus: Row | None
    links: tuple[LinkRecord, ...]
    gaps: tuple[GapRecord, ...]
    found: int
    lead: tuple[str, ...]
    folded: int
    drawn: int
    targets: int
    everything: bool
    scenario: Scenario
    choices: tuple[tuple[Label, tuple[tuple[str, str], ...]], ...]


def map_view(frame: Frame, model: MapModel, focus: str, everything: bool, scenario: Scenario) -> MapView:
    """Put the page together.

    Parameters
    ----------
    focus : key of the box looked at, or empty.
    everything : whether to draw what is only implied and stands under something broader.
    scenario : that the model is under.
    """
    columns, curves = shown(model, focus, everything)
    plan = drawing(columns, lambda item: name_of(frame, item), lambda column: title_of(frame, column))
    picture = coverage_map_picture(
        plan,
        curves,
        str(frame.words("picture")),
        frame.telling(joined(model.lead)),
        focus=focus,
        address=lambda item: address_of(frame, item),
        focusing=lambda item: frame.with_state(focus=item.key if item.key != focus else None) + "#focus",
        focus_words=str(frame.words("look_at")),
        alone=False,
        told=frame.telling,
    )
    items = {item.key: item for column in columns for item in column.items}
    rows = tuple(
        (title_of(frame, c), c.code, tuple(_row(frame, item, items, curves) for item in c.items)) for c in columns
    )
    chosen = items.get(focus)
    mine = [c for c in curves if focus in (c.target, c.item)] if chosen else []
    numbers = list(dict.fromkeys(n for c in mine for n in c.links))
    targets = next((c for c in model.columns if c.code == TARGETS), None)
    return MapView(
        picture=Markup(picture),
        columns=rows,
        focus=_row(frame, chosen, items, curves) if chosen else None,
        links=tuple(model.shelf.told_link(n) for n in numbers[:LINKS_SHOWN]),
        gaps=tuple(model.shelf.told_gap(n) for n in chosen.gaps) if chosen else (),
        found=len(numbers),
        lead=model.lead,
        folded=sum(len(c.folded) for c in model.columns),
        drawn=sum(len(c.items) for c in columns if c.code == TARGETS),
        targets=len(targets.items) if targets else 0,
        everything=everything,
        scenario=scenario,
        choices=tuple(
            (label, tuple((row.item.key, f"{row.item.code} {row.name.text}".strip()) for row in rows))
            for label, _, rows in rows
        ),
    )


def map_page(frame: Frame, view: MapView) -> str:
    """The page."""
    return render(frame, view)


def shown(model: MapModel, focus: str, everything: bool) -> tuple[list[Column], list[Curve]]:
    """Columns and curves that are drawn: of many targets those that lack most, of folded boxes the one looked at."""
    lacking: dict[str, int] = {}
    for curve in model.curves:
        if curve.missing:
            lacking[curve.target] = lacking.get(curve.target, 0) + 1
    columns = []
    for column in model.columns:
        items: Sequence[Item] = [i for i in column.items if everything or not i.folded or i.key == focus]
        if column.code == TARGETS and len(items) > TARGETS_DRAWN:
            worst = sorted(items, key=lambda i: (i.key != focus, -lacking.get(i.key, 0)))[:TARGETS_DRAWN]
            kept = {i.key for i in worst}
            items = [i for i in items if i.key in kept]
        columns.append(replace(column, items=tuple(items)))
    there = {item.key for column in columns for item in column.items}
    return columns, [c for c in model.curves if c.target in there and c.item in there]


def name_of(frame: Frame, item: Item) -> Label:
    """What a box is called."""
    if item.ghost:
        # The kind of lack, as "actors-ghost-8" says it.
        dimension = item.key.partition("-ghost-")[0]
        key = f"ghost_{dimension}_{item.state.name.lower()}"
        if frame.words.has(key):
            return Label(str(frame.words(key)), frame.urls.ui)
        known = frame.telling.knows(item.label)
        return Label(frame.telling(item.label), frame.urls.ui) if known else Label(item.label)
    return frame.names.of(item.iri, item.label)


def title_of(frame: Frame, column: Column) -> Label:
    """What a column is called."""
    key = f"column_{column.code}"
    return Label(str(frame.words(key)), frame.urls.ui) if frame.words.has(key) else Label(column.title)


def address_of(frame: Frame, item: Item) -> str:
    """Where a box leads: to the page of the thing; a ghost to the targets that lack it."""
    if item.ghost:
        dimension = item.key.partition("-ghost-")[0]
        return frame.urls.targets(dimension=dimension, state=item.state.word.replace(" ", "-"))
    return frame.urls.thing(item.iri)


def _row(frame: Frame, item: Item, items: dict[str, Item], curves: Sequence[Curve]) -> Row:
    ends = [c.item if c.target == item.key else c.target for c in curves if item.key in (c.target, c.item)]
    tied = [(key, items[key]) for key in ends]
    return Row(
        item=item,
        name=name_of(frame, item),
        address=address_of(frame, item),
        focusing=frame.with_state(focus=item.key) + "#focus",
        tied=tuple(
            (address_of(frame, other), Label(other.code, "en") if key.startswith("t-") else name_of(frame, other))
            for key, other in tied
        ),
    )


def state_of(item: Item) -> State:
    """The state that a box is drawn in."""
    return State.UMBRELLA if item.umbrella else State.GAP if item.ghost else item.state
