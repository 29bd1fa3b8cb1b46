"""Collecting what is wrong with somebody's input, so that it can be mended in one go."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from targetgraph.errors import InputError, Place, Problem, TargetGraphError

REPORTED_AT_MOST = 50
_SHOWN_AT_MOST = 60
_GUESSED_UP_TO = 80


class Problems:
    """Problems found so far; the first fifty are kept, the others counted."""

    def __init__(self) -> None:
        self._kept: list[Problem] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def full(self) -> bool:
        """Whether further problems will only be counted (so that nobody spends time on their wording)."""
        return len(self._kept) >= REPORTED_AT_MOST

    def add(self, what: str, where: Place, remedy: str) -> None:
        """Note a problem: the fact, the place, and what to do about it."""
        self._count += 1
        if not self.full:
            self._kept.append(Problem(what, where, remedy))

    def absorb(self, error: TargetGraphError) -> None:
        """Note the problems of an error, and go on."""
        for problem in error.problems:
            self.add(problem.what, problem.where, problem.remedy)

    def raise_if_any(self) -> None:
        """Raise everything noted as one error.

        Raises
        ------
        InputError
            If there is any problem; beyond fifty, the last one tells how many more there are.
        """
        if not self._kept:
            return
        more = self._count - len(self._kept)
        last = Problem(f"and {more} more problems", remedy="mend the ones listed and read again") if more else None
        raise InputError([*self._kept, last] if last else self._kept)


def shown(value: str) -> str:
    """A value for a message: quoted, control characters escaped, long ones cut."""
    cut = value if len(value) <= _SHOWN_AT_MOST else value[: _SHOWN_AT_MOST - 1] + "…"
    escaped = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in cut)
    return f"'{escaped}'"


def closest(value: str, candidates: Iterable[str]) -> str:
    """The candidate most like a misspelt value, or an empty string when none is near."""
    if len(value) > _GUESSED_UP_TO:
        return ""
    by_folded = {candidate.casefold(): candidate for candidate in candidates}
    found = difflib.get_close_matches(value.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else ""


def suggestion(value: str, candidates: Iterable[str]) -> str:
    """A sentence that names the closest candidate (``did you mean 'water'? ``), or an empty string."""
    near = closest(value, candidates)
    return f"did you mean {shown(near)}? " if near else ""
