"""Read, model, derive, check, publish: the only room that knows the order."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from targetgraph.pipeline.building import BuildResult, build
    from targetgraph.pipeline.checking import check_ontology, check_skos, check_tables
    from targetgraph.pipeline.dataset_building import build_from_dataset
    from targetgraph.pipeline.opening import (
        OpenedVersion,
        open_coded_graph,
        open_history,
        open_store,
        open_version,
    )
    from targetgraph.pipeline.remote_building import build_remote, publish_dataset

_HOME_OF = {
    "BuildResult": "building",
    "OpenedVersion": "opening",
    "build": "building",
    "build_from_dataset": "dataset_building",
    "build_remote": "remote_building",
    "check_ontology": "checking",
    "check_skos": "checking",
    "check_tables": "checking",
    "open_coded_graph": "opening",
    "open_history": "opening",
    "open_store": "opening",
    "open_version": "opening",
    "publish_dataset": "remote_building",
}

__all__ = [
    "BuildResult",
    "OpenedVersion",
    "build",
    "build_from_dataset",
    "build_remote",
    "check_ontology",
    "check_skos",
    "check_tables",
    "open_coded_graph",
    "open_history",
    "open_store",
    "open_version",
    "publish_dataset",
]


def __getattr__(name: str) -> Any:
    # Reading a report must not pay for the rooms a build needs.
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
