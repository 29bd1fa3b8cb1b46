"""How to read the pages: states, bases, keys."""

from __future__ import annotations

from targetgraph.views.explorer.frame import Frame, render


def help_page(frame: Frame) -> str:
    """The page."""
    return render(frame, None, "help")
