"""The cells of a matrix, as they are shown: thousands, at times, so that they are put into words here and not by a template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from markupsafe import Markup

from targetgraph.analysis.comparison.matrices import Delta
from targetgraph.analysis.states import State
from targetgraph.views.explorer.matrix_layers import Layers
from targetgraph.views.explorer.words import Words
from targetgraph.views.matrix import bounds_of

SEPARATOR: Final = "~"


@dataclass(frozen=True, slots=True)
class Box:
    """A cell as it is shown.

    Parameters
    ----------
    value : what its address holds.
    css : its classes.
    words : what it says to those who do not see it.
    inside : what is drawn in it.
    """

    value: str
    css: str
    words: str
    inside: Markup


class Boxes:
    """Makes cells.

    Parameters
    ----------
    words : of the page.
    layers : what is shown.
    crowded : whether most cells are empty, which then are not hatched one by one.
    down, across : how each row and column stands as a whole.
    """

    def __init__(
        self, words: Words, layers: Layers, crowded: bool, down: Mapping[int, State], across: list[State]
    ) -> None:
        self._layers, self._crowded, self._down, self._across = layers, crowded, down, across
        self._bounds = bounds_of(layers.found)
        self._most = int(layers.third.counts.max(initial=1)) if layers.third else 1
        self._codes = [heading.code for heading in layers.column_headings]

        @cache
        def state_word(state: State | None) -> str:
            return str(words("absent") if state is None else words(f"state_{state.word.replace(' ', '_')}"))

        @cache
        def delta_words(before: State | None, state: State | None, delta: Delta) -> str:
            said = words(f"delta_{delta.word.replace(' ', '_')}")
            return f"{state_word(before)} → {state_word(state)}: {said}"

        self._state_word, self._delta_words = state_word, delta_words

    def at(self, i: int, j: int) -> Box:
        """The cell at a position."""
        layers = self._layers
        row, column = layers.row_of[i], layers.column_of[j]
        there = row >= 0 and column >= 0
        value = f"{layers.row_headings[i].code}{SEPARATOR}{self._codes[j]}"
        state = State(int(layers.states[i, j])) if there else None
        count = int(layers.found.counts[row, column]) if there else 0
        css = self._css(i, j, state, count)
        if layers.delta is not None and layers.deltas is not None:
            before, delta = layers.delta.states(i, j)[0], Delta(int(layers.deltas[i, j]))
            if delta:
                css += f" d-{delta.word.replace(' ', '-')}"
            return Box(value, css, self._delta_words(before, state, delta), _changed(before, state, delta))
        bars, parts = self._segments(row, column) if there else ("", "")
        words = self._state_word(state) + (f", {count}" if count else "") + (f": {parts}" if parts else "")
        return Box(value, css, words, Markup(_BARS.format(bars) if bars else "") + _counted(state, count))

    def _css(self, i: int, j: int, state: State | None, count: int) -> str:
        if state is None:
            return "absent"
        css = "s-" + state.word.replace(" ", "-")
        if state <= State.THIN:
            css += f" b{1 + sum(count > b for b in self._bounds)}"
        elif state == State.GAP and self._crowded and max(self._down[i], self._across[j]) < State.UMBRELLA:
            css += " still"
        return css

    def _segments(self, row: int, column: int) -> tuple[str, str]:
        """The third dimension within a cell of 100 by 20: a path of bars, and the same in words."""
        third = self._layers.third
        if third is None:
            return "", ""
        counts = third.counts[row, column].tolist()
        wide = 100 / max(len(counts), 1)
        path, words = [], []
        for n, count in enumerate(counts):
            if count:
                high = 3 + 17 * count / self._most
                path.append(f"M{n * wide + 0.1 * wide:.1f} 20v-{high:.1f}h{wide * 0.8:.1f}v{high:.1f}z")
                words.append(f"{third.headings[n].label} {count}")
        return "".join(path), ", ".join(words)


_BARS: Final = '<svg viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true"><path d="{}"/></svg>'
_ABSENT: Final = "−"


@cache
def _changed(before: State | None, state: State | None, delta: Delta) -> Markup:
    """A cell of a comparison: from what, how, to what."""
    if not delta:
        return Markup('<span class="same">{}</span>').format(_ABSENT if state is None else state.symbol)
    first, last = ("" if s is None else s.symbol for s in (before, state))
    return Markup("{}<b>{}</b>{}").format(first, delta.symbol, last)


@cache
def _counted(state: State | None, count: int) -> Markup:
    """A cell of a matrix alone: its symbol, and how many links or targets there are."""
    if state is None or state == State.NOT_APPLICABLE:
        return Markup("")
    if state == State.COVERED:
        return Markup(count)
    return Markup("{}{}").format(state.symbol, count or "")
