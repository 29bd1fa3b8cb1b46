"""The only place that knows where the files that travel with the package lie.

A built wheel carries them below ``targetgraph/_resources``; a source checkout keeps them where people edit
them (``ontology/``, ``queries/``, ``graph/tables/``). No other module builds such a path.
"""

from __future__ import annotations

from pathlib import Path

from targetgraph.errors import ResourceMissing

_PACKAGE = Path(__file__).resolve().parent
_IN_WHEEL = _PACKAGE / "_resources"
_CHECKOUT = _PACKAGE.parent.parent

_IN_CHECKOUT = {
    "ontology": _CHECKOUT / "ontology",
    "queries": _CHECKOUT / "queries",
    "tables": _CHECKOUT / "graph" / "tables",
    "templates": _PACKAGE / "templates",
}


def _folder(kind: str) -> Path:
    candidates = (_IN_WHEEL / kind, _IN_CHECKOUT[kind])
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    raise ResourceMissing(
        f"the folder of {kind} that belongs to targetgraph is not there",
        " or ".join(str(c) for c in candidates),
        "reinstall the package, or run from a complete checkout",
    )


def ontology() -> Path:
    """Folder of the ontology, its shapes, dimensions and obligations (Turtle)."""
    return _folder("ontology")


def queries() -> Path:
    """Folder of the query library (one ``.rq`` file a question, in a folder a theme)."""
    return _folder("queries")


def tables() -> Path:
    """Folder of the curated tables the bundled graph is built from."""
    return _folder("tables")


def templates() -> Path:
    """Folder of the page templates."""
    return _folder("templates")
