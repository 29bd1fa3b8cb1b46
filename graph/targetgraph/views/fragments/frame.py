"""What every piece shares: its style sheet, its templates, and a whole page set into a frame of its own."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from targetgraph import resources
from targetgraph.analysis.description.addresses import web_safe
from targetgraph.views.page import environment

HEIGHT = 720


@cache
def _environment() -> Environment:
    env = environment()
    env.tests["web_safe"] = web_safe
    return env


@cache
def _style() -> Markup:
    # Ours, from the installation: it holds no markup.
    return Markup((resources.templates() / "fragments" / "fragment.css").read_text(encoding="utf-8").strip())


def fragment(template: str, **context: Any) -> str:
    """Render a template of the folder ``fragments``.

    Parameters
    ----------
    template : its name without ``.html``.
    context : what it needs; every text in it is escaped.
    """
    return _environment().get_template(f"fragments/{template}.html").render(style=_style(), **context)


def framed(page: str, title: str, height: int = HEIGHT) -> str:
    """A self-contained page in a frame that lets it run its own scripts and nothing else.

    Parameters
    ----------
    page : the whole HTML document.
    title : what the frame is called for those who cannot see it.
    height : in CSS pixels.
    """
    return fragment("framed", page=page, title=title, height=height)
