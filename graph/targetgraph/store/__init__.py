"""One protocol for the graph: its embedded store (Oxigraph, read-only, with limits on every query), and any SPARQL service.

The names below are loaded when first used: importing this package loads no engine.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from targetgraph.store.canonical import (
        canonical_nquads,
        data_version,
        repeated_statements,
        write_canonical,
    )
    from targetgraph.store.codes import find, resolver
    from targetgraph.store.embedded import EmbeddedStore
    from targetgraph.store.layout import DEFAULT_FOLDER, Building, StoreFolder, Version
    from targetgraph.store.limits import DEFAULT_LIMITS, Limits
    from targetgraph.store.loading import extend_folder, load_folder, load_memory
    from targetgraph.store.protocol import Store
    from targetgraph.store.rdf_api import rdflib_dataset, rdflib_graph
    from targetgraph.store.remote_address import RemoteAddress, StorePlace
    from targetgraph.store.remote_cache import RemoteCache
    from targetgraph.store.remote_publishing import Publisher
    from targetgraph.store.remote_store import RemoteStore
    from targetgraph.store.results import Result, Solutions, Statements, Truth
    from targetgraph.store.serialising import serialised
    from targetgraph.store.sorting import write_sorted
    from targetgraph.store.transcribing import transcribe

_HOMES = {
    "canonical": ("canonical_nquads", "data_version", "repeated_statements", "write_canonical"),
    "codes": ("find", "resolver"),
    "embedded": ("EmbeddedStore",),
    "layout": ("DEFAULT_FOLDER", "Building", "StoreFolder", "Version"),
    "limits": ("DEFAULT_LIMITS", "Limits"),
    "loading": ("extend_folder", "load_folder", "load_memory"),
    "protocol": ("Store",),
    "rdf_api": ("rdflib_dataset", "rdflib_graph"),
    "remote_address": ("RemoteAddress", "StorePlace"),
    "remote_cache": ("RemoteCache",),
    "remote_publishing": ("Publisher",),
    "remote_store": ("RemoteStore",),
    "results": ("Result", "Solutions", "Statements", "Truth"),
    "serialising": ("serialised",),
    "sorting": ("write_sorted",),
    "transcribing": ("transcribe",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "DEFAULT_FOLDER",
    "DEFAULT_LIMITS",
    "Building",
    "EmbeddedStore",
    "Limits",
    "Publisher",
    "RemoteAddress",
    "RemoteCache",
    "RemoteStore",
    "Result",
    "Solutions",
    "Statements",
    "Store",
    "StoreFolder",
    "StorePlace",
    "Truth",
    "Version",
    "canonical_nquads",
    "data_version",
    "extend_folder",
    "find",
    "load_folder",
    "load_memory",
    "rdflib_dataset",
    "rdflib_graph",
    "repeated_statements",
    "resolver",
    "serialised",
    "transcribe",
    "write_canonical",
    "write_sorted",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
