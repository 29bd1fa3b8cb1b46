"""Where a query projects, groups, orders and tests its variables: enough to put terms in their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from targetgraph.library.tokens import Token


class Role(Enum):
    """What an occurrence of a variable does at its place."""

    PROJECTED = "projected"
    GROUPED = "grouped"
    ORDERED = "ordered"
    BOUND = "bound"
    ASSIGNED = "assigned"
    USED = "used"


@dataclass(slots=True, eq=False)
class Select:
    """One SELECT, outermost or nested: the variables it projects in order; ``everything`` for ``*``."""

    outermost: bool
    projected: list[str] = field(default_factory=list)
    grouped: set[str] = field(default_factory=set)
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """An occurrence of a variable: index of the token, role, and the SELECT it belongs to (if any)."""

    index: int
    name: str
    role: Role
    select: Select | None


@dataclass(frozen=True, slots=True)
class Structure:
    """``form`` is SELECT, ASK, CONSTRUCT, DESCRIBE or empty; ``keywords`` are all bare words, in capitals."""

    form: str
    sites: tuple[Site, ...]
    selects: tuple[Select, ...]
    keywords: frozenset[str]

    @property
    def columns(self) -> tuple[str, ...]:
        """The variables the outermost SELECT projects."""
        return tuple(self.selects[0].projected) if self.selects and self.selects[0].outermost else ()


@dataclass(slots=True)
class _Frame:
    """What is open between two braces: clause, depth of parentheses, and the SELECT it belongs to."""

    clause: str = "pattern"
    parentheses: int = 0
    select: Select | None = None


_ENDS_CLAUSE = frozenset({"WHERE", "FROM", "HAVING", "LIMIT", "OFFSET"})
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


class _Walk:
    """One pass over the tokens of a query."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.loud = [(i, t) for i, t in enumerate(tokens) if not t.silent]
        self.frames = [_Frame()]
        self.sites: list[Site] = []
        self.selects: list[Select] = []
        for place in range(len(self.loud)):
            self._step(place)

    def _token(self, place: int) -> Token | None:
        return self.loud[place][1] if 0 <= place < len(self.loud) else None

    def _step(self, place: int) -> None:
        index, token = self.loud[place]
        frame = self.frames[-1]
        if token.kind == "mark":
            self._mark(token.text, frame)
        elif token.kind == "word":
            self._word(token.keyword, frame)
        elif token.kind == "variable":
            role = self._role(place, frame)
            self._record(token.variable, role, frame)
            self.sites.append(Site(index, token.variable, role, frame.select))

    def _mark(self, text: str, frame: _Frame) -> None:
        if text == "(":
            frame.parentheses += 1
        elif text == ")":
            frame.parentheses -= 1
        elif text == "*" and frame.clause == "select" and frame.parentheses == 0 and frame.select:
            frame.select.everything = True
        elif text == "{":
            if frame.parentheses == 0:
                frame.clause = "pattern"
            self.frames.append(_Frame())
        elif text == "}" and len(self.frames) > 1:
            self.frames.pop()

    def _word(self, keyword: str, frame: _Frame) -> None:
        if frame.parentheses:
            return
        if keyword == "SELECT":
            frame.select = Select(outermost=len(self.frames) == 1)
            frame.clause = "select"
            self.selects.append(frame.select)
        elif keyword in ("GROUP", "ORDER", "VALUES"):
            frame.clause = keyword.lower()
        elif keyword in _ENDS_CLAUSE:
            frame.clause = "pattern"

    def _role(self, place: int, frame: _Frame) -> Role:
        before, after = self._token(place - 1), self._token(place + 1)
        if before is not None and before.keyword == "AS":
            return Role.ASSIGNED
        if frame.clause == "values":
            return Role.ASSIGNED
        if before is not None and before.text == "(" and after is not None and after.text == ")":
            opener = self._token(place - 2)
            if opener is not None and opener.keyword == "BOUND":
                return Role.BOUND
        if frame.parentheses == 0:
            return {"select": Role.PROJECTED, "group": Role.GROUPED, "order": Role.ORDERED}.get(frame.clause, Role.USED)
        return Role.USED

    @staticmethod
    def _record(name: str, role: Role, frame: _Frame) -> None:
        if frame.select is None:
            return
        if role is Role.PROJECTED or (role is Role.ASSIGNED and frame.clause == "select"):
            frame.select.projected.append(name)
        elif role is Role.GROUPED:
            frame.select.grouped.add(name)


def structure(tokens: Sequence[Token]) -> Structure:
    """Look through the tokens of a query once."""
    walk = _Walk(tokens)
    keywords = [t.keyword for t in tokens if t.kind == "word"]
    form = next((k for k in keywords if k in _FORMS), "")
    return Structure(form, tuple(walk.sites), tuple(walk.selects), frozenset(keywords))
