"""Catalogue, VoID and examples of the current version, as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from targetgraph.errors import TargetGraphError
from targetgraph.store import StoreFolder
from targetgraph.store.layout import DEFAULT_FOLDER

_FORM_OF: Final = {".ttl": "turtle", ".nt": "ntriples", ".rdf": "rdfxml", ".xml": "rdfxml", ".jsonld": "jsonld"}


def describe(kind: str, output: Path, store: Path | None = None, base: str = "") -> None:
    """Write a description of the current version.

    Parameters
    ----------
    kind : ``dcat``, ``void`` or ``examples``.
    output : the file; its name's end chooses the format, Turtle where it says nothing.
    store : the store folder.
    base : address of the site that serves the data.

    Raises
    ------
    StoreError : nothing has been built there, or it is damaged.
    TargetGraphError : the base is no web address, or the file cannot be written.
    """
    from targetgraph.publish.catalogue.documents import described, written

    if not base.startswith(("http://", "https://")) or any(c in base for c in ' <>"{}|^`'):
        raise TargetGraphError(f"{base!r} is no address of a site", "--base", "write it as https://example.org/")
    place = StoreFolder(store or DEFAULT_FOLDER)
    graph = described(kind, place.current(), place.root, base if base.endswith("/") else base + "/")
    beside = output.with_name(f".{output.name}.part")
    try:
        beside.write_bytes(written(graph, _FORM_OF.get(output.suffix.lower(), "turtle")))
        beside.replace(output)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise TargetGraphError(
            f"the file cannot be written: {error.strerror}", str(output), "give another --output"
        ) from error
