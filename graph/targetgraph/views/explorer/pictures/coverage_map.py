"""The coverage map as a picture: columns of boxes, and quiet curves between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import escape

from targetgraph.analysis.states import State
from targetgraph.views.coverage_map import TARGETS, Column, Curve, Item
from targetgraph.views.explorer.names import Label, sdg
from targetgraph.views.explorer.pictures import drawing as draw

WIDTH = 1240.0
_WIDTHS = {"actors": 178.0, TARGETS: 286.0, "sectors": 178.0, "stages": 160.0, "goals": 196.0}
_OTHER, _TOP, _LINE, _PAD, _GAP, _SIZE = 170.0, 34.0, 14.0, 5.0, 4.0, 11.5
_MARK = 20.0
_CURVES = {
    "named": ("#5f7f9b", 1.2, "", 0.6),
    "implied": ("#9db4c7", 1.1, "1.5 3", 0.6),
    "missing": (draw.GAP, 1.2, "6 4", 0.6),
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A box with its place: left, top, width, height, and its lines of text."""

    item: Item
    name: Label
    x: float
    y: float
    wide: float
    high: float
    lines: tuple[str, ...]

    @property
    def middle(self) -> float:
        """Where curves meet it."""
        return self.y + self.high / 2


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything placed: boxes by key, headings, and how high it is."""

    boxes: dict[str, Placed]
    headings: tuple[tuple[Label, float, int], ...]
    high: float


def drawing(columns: Sequence[Column], name: Callable[[Item], Label], title: Callable[[Column], Label]) -> Drawing:
    """Place the boxes: what is reached from the top, holes at the bottom, all columns equally high.

    Parameters
    ----------
    columns : with the boxes that are to be drawn.
    name, title : what boxes and columns are called.
    """
    widths = [_WIDTHS.get(c.code, _OTHER) for c in columns]
    between = (WIDTH - sum(widths)) / max(len(columns) - 1, 1)
    stacks = [[_measured(item, name(item), wide) for item in c.items] for c, wide in zip(columns, widths, strict=True)]
    high = max((sum(h for *_, h in s) + _GAP * len(s) for s in stacks), default=0.0)
    boxes: dict[str, Placed] = {}
    x, headings = 0.0, []
    for column, wide, stack in zip(columns, widths, stacks, strict=True):
        headings.append((title(column), x, column.size))
        reached = [s for s in stack if not _is_hole(s[0])]
        holes = [s for s in stack if _is_hole(s[0])]
        below = sum(h + _GAP for *_, h in holes)
        spare = high - below - sum(h for *_, h in reached)
        step = min(spare / max(len(reached), 1), 22.0) if len(reached) else 0.0
        y = _TOP
        for item, label, lines, tall in reached:
            boxes[item.key] = Placed(item, label, x, y, wide, tall, lines)
            y += tall + max(step, _GAP)
        y = _TOP + high - below + _GAP
        for item, label, lines, tall in holes:
            boxes[item.key] = Placed(item, label, x, y, wide, tall, lines)
            y += tall + _GAP
        x += wide + between
    return Drawing(boxes, tuple(headings), _TOP + high + 8)


def _is_hole(item: Item) -> bool:
    return item.ghost or item.state >= State.UMBRELLA


def _measured(item: Item, label: Label, wide: float) -> tuple[Item, Label, tuple[str, ...], float]:
    lines = draw.folded(_prefixed(item, label), wide - 2 * _PAD - _MARK, _SIZE)
    return item, label, tuple(lines), len(lines) * _LINE + 9


def _prefixed(item: Item, label: Label) -> str:
    sign = (
        "⌀ "
        if item.ghost
        else "☂ "
        if item.umbrella
        else f"{item.state.symbol} "
        if item.state >= State.IMPLIED
        else ""
    )
    name = label.text
    if item.key.startswith("t-"):
        name = f"{item.code} {name}"
    elif item.code and not item.ghost:
        name = sdg(item.code, label).text
    # The number first: it is what the box is about, and a long name is cut at its end.
    number = f"{item.count}: " if item.ghost else ""
    return f"{sign}{number}{name}{' ?' if item.recalled else ''}"


def coverage_map_picture(
    plan: Drawing,
    curves: Sequence[Curve],
    title: str,
    said: str,
    *,
    focus: str = "",
    address: Callable[[Item], str] | None = None,
    focusing: Callable[[Item], str] | None = None,
    focus_words: str = "",
    alone: bool = True,
    told: Callable[[str], str] = str,
) -> str:
    """Draw the map.

    Parameters
    ----------
    plan, curves : what is drawn; curves to boxes that are not are left out.
    title, said : what it shows.
    focus : key of the box that is looked at; others fade.
    address, focusing : where a box leads, and where its mark leads, which makes it the one looked at.
    focus_words : what the mark says.
    alone : whether it is a file of its own; otherwise a part of a page, whose boxes can be reached.
    told : tells words of ours in the language of the page.
    """
    near = {focus, *(c.item for c in curves if c.target == focus), *(c.target for c in curves if c.item == focus)}
    lit = bool(focus) and focus in plan.boxes
    parts = [f'<rect class="ground" width="{WIDTH:g}" height="{plan.high:g}" fill="{draw.GROUND}"/>'] if alone else []
    order = ("implied", "named", "missing")
    drawn = sorted(
        (c for c in curves if c.target in plan.boxes and c.item in plan.boxes), key=lambda c: order.index(_kind(c))
    )
    for curve in drawn:
        on = not lit or focus in (curve.target, curve.item)
        parts.append(_curve(plan, curve, on, lit))
    for label, x, size in plan.headings:
        parts.append(
            draw.text(x, 16, Label(f"{label.text} ({size})", label.language), size=13, weight=600, fill=draw.QUIET)
        )
    for key, placed in plan.boxes.items():
        faded = lit and key not in near
        parts.append(_box(placed, faded, key == focus, address, focusing, focus_words, told))
    whole = draw.picture(WIDTH, plan.high, title, parts, said)
    # Within a page its links are reached one by one: it is a group, not one picture.
    return whole if alone else whole.replace('role="img"', 'role="group" class="map-picture" id="map-picture"', 1)


def _kind(curve: Curve) -> str:
    return "missing" if curve.missing else "implied" if curve.state == State.IMPLIED else "named"


def _curve(plan: Drawing, curve: Curve, on: bool, lit: bool) -> str:
    one, other = plan.boxes[curve.target], plan.boxes[curve.item]
    left, right = (one, other) if one.x < other.x else (other, one)
    x1, x2 = left.x + left.wide, right.x
    bend = max((x2 - x1) / 2, 24)
    colour, stroke, dashes, opacity = _CURVES[_kind(curve)]
    opacity = 0.05 if not on else 1 if lit else opacity
    more = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<path class="{_kind(curve)}" data-t="{escape(curve.target)}" data-i="{escape(curve.item)}" fill="none" '
        f'd="M{x1:.1f} {left.middle:.1f}C{x1 + bend:.1f} {left.middle:.1f} {x2 - bend:.1f} {right.middle:.1f} {x2:.1f} '
        f'{right.middle:.1f}" stroke="{colour}" stroke-width="{1.8 if on and lit else stroke}" opacity="{opacity}"{more}/>'
    )


def _box(
    placed: Placed, faded: bool, centre: bool, address: Callable[[Item], str] | None,
    focusing: Callable[[Item], str] | None, focus_words: str, told: Callable[[str], str],
) -> str:  # fmt: skip
    item, label = placed.item, placed.name
    target = item.key.startswith("t-")
    state = State.UMBRELLA if item.umbrella else State.GAP if item.ghost else item.state
    dress = draw.Dress("#08426f", "#ffffff", "#08426f") if target else draw.DRESSES[state]
    kind = "box-target" if target else draw.state_class(state)
    dashes = f' stroke-dasharray="{dress.dashes}"' if dress.dashes else ""
    rect = (
        f'<rect class="{kind}" x="{placed.x:.1f}" y="{placed.y:.1f}" width="{placed.wide:g}" height="{placed.high:g}" rx="4" '
        f'fill="{dress.ground}" stroke="{dress.line}"{dashes}/>'
    )
    weight = 600 if state == State.GAP and not target else 400
    lines = "".join(
        draw.text(
            placed.x + _PAD, placed.y + 14.5 + n * _LINE, Label(line, label.language), size=_SIZE, fill=dress.ink,
            weight=weight, kind=f"on-{kind}", room=placed.wide - 2 * _PAD - _MARK,
        )
        for n, line in enumerate(placed.lines)
    )  # fmt: skip
    whole = _prefixed(item, label)
    inside = f"<title>{escape(whole)}: {escape(told('target' if target else state.word))}</title>{rect}{lines}"
    if address is not None and (leads := address(item)):
        inside = f'<a class="thing" href="{escape(leads)}">{inside}</a>'
    mark = ""
    if focusing is not None:
        x, y = placed.x + placed.wide - 12, placed.middle
        mark = (
            f'<a class="mark" href="{escape(focusing(item))}" aria-label="{escape(focus_words)} {escape(whole)}">'
            f'<rect class="hit" x="{x - 12:.1f}" y="{placed.y:.1f}" width="24" height="{placed.high:g}" fill="transparent"/>'
            f'<circle class="on-{kind}" cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="none" stroke="{dress.ink}"/>'
            f'<circle class="dot on-{kind}" cx="{x:.1f}" cy="{y:.1f}" r="1.6" fill="{dress.ink}"/></a>'
        )
    fade = ' opacity="0.28"' if faded else ""
    ring = ""
    if centre:
        ring = (
            f'<rect class="ring" x="{placed.x - 2:.1f}" y="{placed.y - 2:.1f}" width="{placed.wide + 4:g}" '
            f'height="{placed.high + 4:g}" rx="5" fill="none" stroke="#7a2fc2" stroke-width="2.5"/>'
        )
    return f'<g class="node" data-key="{escape(item.key)}"{fade}>{inside}{mark}{ring}</g>'
