"""The matrix as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from targetgraph.analysis.comparison.matrices import Delta
from targetgraph.analysis.states import State
from targetgraph.views.explorer.names import Label, Names
from targetgraph.views.explorer.pictures import drawing as draw
from targetgraph.views.matrix import bounds_of

if TYPE_CHECKING:
    from targetgraph.views.explorer.matrix_layers import Layers

_CELL, _ROW, _NAMES, _HEAD, _EDGE = 30.0, 22.0, 300.0, 170.0, 12.0
_DELTAS = {Delta.BETTER: "#08426f", Delta.WORSE: draw.GAP}


def matrix_picture(layers: Layers, names: Names, version: str) -> str:
    """Draw all rows and columns that are shown, on however many pages."""
    from targetgraph.views.explorer.matrix import named

    found, top = layers.found, _HEAD + 46
    parts = []
    for place, j in enumerate(layers.columns):
        x = _NAMES + (place + 0.62) * _CELL
        label = named(names, layers.column_headings[j], found.column_name)
        parts.append(draw.text(x, top - 8, label, turned=-90, room=_HEAD))
    bounds = bounds_of(found)
    for line, i in enumerate(layers.rows):
        y = top + line * _ROW
        heading = layers.row_headings[i]
        label = named(names, heading, found.row_name)
        if found.row_name in ("targets", "objectives"):
            label = Label(f"{heading.code} {label.text}", label.language)
        parts.append(draw.text(_EDGE, y + 15, label, room=_NAMES - 2 * _EDGE))
        parts += [_cell(layers, i, j, _NAMES + place * _CELL, y, bounds) for place, j in enumerate(layers.columns)]
    end = top + len(layers.rows) * _ROW
    legend = [s for s in State if (layers.states == s).any()]
    x = _EDGE
    for state in legend:
        dress = draw.DRESSES[state]
        parts.append(_box(x, end + 14, 24, 16, dress, draw.state_class(state)))
        parts.append(draw.text(x + 12, end + 26, state.symbol, size=11, fill=dress.ink, anchor="middle"))
        parts.append(draw.text(x + 30, end + 26, state.word, fill=draw.QUIET))
        x += 44 + draw.width(state.word, 12)
    wide = max(_NAMES + len(layers.columns) * _CELL + _EDGE, x, 640)
    title = (
        found.title
        if layers.delta is None
        else f"{found.title}: {layers.delta.before_name} → {layers.delta.after_name}"
    )
    head = [draw.text(_EDGE, 24, f"{title} ({found.framework})", size=16, weight=600, room=wide - 2 * _EDGE)]
    head.append(
        draw.text(_EDGE, end + 52, f"Numbers count {found.counted}. Data version {version}.", fill=draw.QUIET, size=11)
    )
    ground = f'<rect class="ground" width="{wide:g}" height="{end + 64:g}" fill="{draw.GROUND}"/>'
    return draw.picture(wide, end + 64, title, [ground, *head, *parts])


def _cell(layers: Layers, i: int, j: int, x: float, y: float, bounds: tuple[int, int, int]) -> str:
    row, column = layers.row_of[i], layers.column_of[j]
    delta = Delta(int(layers.deltas[i, j])) if layers.deltas is not None else None
    if row < 0 or column < 0:
        return draw.text(x + _CELL / 2, y + 15, Delta.ONLY_BEFORE.symbol, fill=draw.QUIET, anchor="middle")
    state, count = State(int(layers.states[i, j])), int(layers.found.counts[row, column])
    dress = draw.DRESSES[state]
    if state <= State.THIN:
        ground, ink = draw.SHADES[min(sum(count > b for b in bounds), 3)]
        dress = draw.Dress(ground, ink, dress.line, dress.dashes)
    said = str(count) if state == State.COVERED else "" if state == State.NOT_APPLICABLE else state.symbol
    if state in (State.THIN, State.IMPLIED, State.UMBRELLA, State.CONTINGENT, State.STALE):
        said += str(count)
    parts = [_box(x + 1, y + 1, _CELL - 2, _ROW - 2, dress, draw.state_class(state))]
    parts.append(draw.text(x + _CELL / 2, y + 15, said, size=11, fill=dress.ink, anchor="middle"))
    if delta is not None and delta != Delta.SAME:
        parts.append(
            draw.text(x + _CELL - 3, y + 9, delta.symbol, size=9, fill=_DELTAS.get(delta, draw.INK), anchor="end")
        )
    return "".join(parts)


def _box(x: float, y: float, wide: float, high: float, dress: draw.Dress, kind: str) -> str:
    dashes = f' stroke-dasharray="{dress.dashes}"' if dress.dashes else ""
    return (
        f'<rect class="{kind}" x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}" rx="2" fill="{dress.ground}" '
        f'stroke="{dress.line}"{dashes}/>'
    )
