"""The page for what cannot be shown: an address that means nothing, a graph that is not there, an answer that took too long."""

from __future__ import annotations

from dataclasses import dataclass, replace

from targetgraph.errors import Problem, TargetGraphError
from targetgraph.phrases import recognised
from targetgraph.views.explorer.frame import Frame, render


@dataclass(frozen=True, slots=True)
class StateView:
    """What went wrong, and what to do.

    Parameters
    ----------
    status : of HTTP; the heading is in the words as ``title_<status>``.
    problems : sentences of the error, as phrases where they can be told in French.
    """

    status: int
    problems: tuple[Problem, ...]


def state_page(frame: Frame, error: TargetGraphError, status: int) -> str:
    """The page that says what is wrong."""
    problems = tuple(replace(p, what=recognised(p.what), remedy=recognised(p.remedy)) for p in error.problems)
    return render(frame, StateView(status, problems), "state")
