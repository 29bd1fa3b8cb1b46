"""Policy targets as a graph with evidence, and the gaps in it.

>>> import targetgraph as tg
>>> with tg.open() as graph:
...     gfc = graph.framework("gfc")
...     gfc.gaps(), gfc.coverage("targets", "stages"), graph.query("who-must-act", framework="gfc")

Importing this package loads nothing else: the names below are loaded when one of them is used (``docs/api.md``).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from targetgraph.api.accepting import accept, withdraw
    from targetgraph.api.answers import Answer
    from targetgraph.api.building import Checked, build, check
    from targetgraph.api.documents import Reading, read
    from targetgraph.api.framework import Framework
    from targetgraph.api.frameworks import Frameworks
    from targetgraph.api.gaps import Gap, Gaps
    from targetgraph.api.graph import Graph
    from targetgraph.api.matrix import Cell, Matrix
    from targetgraph.api.opening import open_graph as open
    from targetgraph.api.pictures import Network, Picture
    from targetgraph.api.reasoning import Conclusions, Inference, reason
    from targetgraph.api.reports import (
        ClosingSet,
        Comparison,
        Explanation,
        Robustness,
        Simulation,
        Structure,
        Surprise,
    )
    from targetgraph.api.table import Table
    from targetgraph.api.targets import Target, Targets
    from targetgraph.api.versions import Changes, changes
    from targetgraph.errors import (
        InputError,
        LimitExceeded,
        QueryError,
        ResourceMissing,
        StoreError,
        TargetGraphError,
    )

_HOMES = {
    "api.accepting": ("accept", "withdraw"),
    "api.answers": ("Answer",),
    "api.building": ("Checked", "build", "check"),
    "api.documents": ("Reading", "read"),
    "api.framework": ("Framework",),
    "api.gaps": ("Gap", "Gaps"),
    "api.frameworks": ("Frameworks",),
    "api.graph": ("Graph",),
    "api.matrix": ("Cell", "Matrix"),
    "api.pictures": ("Network", "Picture"),
    "api.reasoning": ("Conclusions", "Inference", "reason"),
    "api.reports": (
        "ClosingSet", "Comparison", "Explanation", "Robustness", "Simulation", "Structure", "Surprise",
    ),
    "api.table": ("Table",),
    "api.targets": ("Target", "Targets"),
    "api.versions": ("Changes", "changes"),
    "errors": (
        "InputError", "LimitExceeded", "QueryError", "ResourceMissing", "StoreError", "TargetGraphError",
    ),
}  # fmt: skip
_HOME_OF = {name: (home, name) for home, names in _HOMES.items() for name in names}
_HOME_OF["open"] = ("api.opening", "open_graph")

__all__ = [
    "Answer",
    "Cell",
    "Changes",
    "Checked",
    "ClosingSet",
    "Comparison",
    "Conclusions",
    "Explanation",
    "Framework",
    "Frameworks",
    "Gap",
    "Gaps",
    "Graph",
    "Inference",
    "InputError",
    "LimitExceeded",
    "Matrix",
    "Network",
    "Picture",
    "QueryError",
    "Reading",
    "ResourceMissing",
    "Robustness",
    "Simulation",
    "StoreError",
    "Structure",
    "Surprise",
    "Table",
    "Target",
    "TargetGraphError",
    "Targets",
    "__version__",
    "accept",
    "build",
    "changes",
    "check",
    "open",
    "read",
    "reason",
    "withdraw",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home, attribute = _HOME_OF[name]
    return getattr(import_module(f"{__name__}.{home}"), attribute)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
