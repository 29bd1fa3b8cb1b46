"""Numbers that Word draws before paragraphs and that stand nowhere in the text (ISO/IEC 29500-1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

_DEEPEST = 9
_LONGEST = 60
_PLACE = re.compile("%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def roman(number: int) -> str:
    """A number from 1 to 3,999 in small Roman letters; another number in Arabic digits."""
    if not 0 < number < 4_000:
        return str(number)
    written = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written


def letters(number: int) -> str:
    """a, b, … z, aa, bb, … zz, aaa: the letter repeats, as Word has it (17.18.59); nothing below 1."""
    if not 0 < number <= 26 * _LONGEST:
        return ""
    turns, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (turns + 1)


#: By the name of the format; any other is drawn as decimal.
_FORMATS: dict[str, Callable[[int], str]] = {
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "lowerLetter": letters,
    "upperLetter": lambda number: letters(number).upper(),
    "decimalZero": lambda number: f"{number:02d}",
    "none": lambda number: "",
}


@dataclass(frozen=True, slots=True)
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    """After which level (from 1), or one above that, it begins again; ``None``: after any above it; 0: never."""
    legal: bool = False
    style: str = ""


class Numbering:
    """The lists of a document and how far each has counted.

    Parameters
    ----------
    part : ``word/numbering.xml``, or ``None`` for a document without lists.
    """

    def __init__(self, part: Element | None) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, _Level], dict[int, int]]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        if part is None:
            return
        for element in part.iterfind("w_abstractNum"):
            levels = {_whole(level, "w_ilvl", 0): _level(level) for level in element.iterfind("w_lvl")}
            self._abstract[element.get("w_abstractNumId", "")] = levels
        for element in part.iterfind("w_num"):
            self._add(element)

    def _add(self, element: Element) -> None:
        pointer = element.find("w_abstractNumId")
        abstract = pointer.get("w_val", "") if pointer is not None else ""
        levels, starts = dict(self._abstract.get(abstract, {})), {}
        for override in element.iterfind("w_lvlOverride"):
            deep = _whole(override, "w_ilvl", 0)
            own, start = override.find("w_lvl"), override.find("w_startOverride")
            if own is not None:
                levels[deep] = _level(own)
            if start is not None:
                starts[deep] = _whole(start, "w_val", 1)
        self._lists[element.get("w_numId", "")] = (abstract, levels, starts)

    def depth_of_style(self, number: str, style: str) -> int:
        """The level (from 0) of a list that belongs to a paragraph style; 0 where none says so."""
        _, levels, _ = self._lists.get(number, ("", {}, {}))
        return next((deep for deep, level in levels.items() if level.style == style), 0)

    def next(self, number: str, deep: int) -> str:
        """What is drawn before the next paragraph of a list; a bullet is ``•``, a list nobody describes has none.

        Parameters
        ----------
        number : of the list (``w:numId``).
        deep : level in it, from 0.
        """
        abstract, levels, starts = self._lists.get(number, ("", {}, {}))
        level = levels.get(deep)
        if level is None or not 0 <= deep < _DEEPEST:
            return "•"
        counts = self._counts.setdefault(abstract, [None] * _DEEPEST)
        # Lists of one description count on together, but for the first paragraph of a list that starts anew (17.9.26).
        if deep in starts and (number, deep) not in self._begun:
            counts[deep] = None
            first = starts[deep]
        else:
            first = level.start
        self._begun.add((number, deep))
        before = counts[deep]
        counts[deep] = first if before is None else before + 1
        self._begin_below(counts, levels, deep)
        if level.form == "bullet":
            return "•"
        return _PLACE.sub(lambda place: self._drawn(counts, levels, int(place[1]) - 1, level.legal), level.text).strip()

    def _begin_below(self, counts: list[int | None], levels: dict[int, _Level], deep: int) -> None:
        for below in range(deep + 1, _DEEPEST):
            restart = levels[below].restart if below in levels else None
            if restart is None or deep < restart:
                counts[below] = None

    def _drawn(self, counts: list[int | None], levels: dict[int, _Level], deep: int, legal: bool) -> str:
        level = levels.get(deep, _Level())
        count = counts[deep]
        number = level.start if count is None else count
        return str(number) if legal else _FORMATS.get(level.form, str)(number)


def _level(element: Element) -> _Level:
    def value(tag: str, default: str) -> str:
        child = element.find(tag)
        return child.get("w_val", default) if child is not None else default

    restart, legal = element.find("w_lvlRestart"), element.find("w_isLgl")
    start = element.find("w_start")
    return _Level(
        form=value("w_numFmt", "decimal"),
        text=value("w_lvlText", "")[:_LONGEST],
        start=_whole(start, "w_val", 1) if start is not None else 0,
        restart=_whole(restart, "w_val", 0) if restart is not None else None,
        legal=legal is not None and legal.get("w_val", "1") not in ("0", "false", "off"),
        style=value("w_pStyle", ""),
    )


def _whole(element: Element, name: str, default: int) -> int:
    text = element.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else default
