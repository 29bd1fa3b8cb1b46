"""What data the pages show: version, provenance, files, feeds, licence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from targetgraph.analysis.description.beyond import LICENCE
from targetgraph.views.explorer.frame import Frame, render
from targetgraph.views.explorer.overview import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class DataView:
    """What the page shows.

    Parameters
    ----------
    version : data version: the beginning of the SHA-256 of the statements in canonical form.
    created, package : when and by which version of the program it was built, as the manifest says; empty where it does not.
    graphs : named graphs of asserted statements: IRI and how many there are.
    tables : source tables: name and SHA-256.
    changes : the last versions.
    own : whether this is a store of the user's own data, of which no files are served.
    """

    version: str
    created: str
    package: str
    graphs: tuple[tuple[str, int], ...]
    tables: tuple[tuple[str, str], ...]
    changes: tuple[Change, ...]
    own: bool
    licence: str = LICENCE


def data_view(version: str, manifest: Mapping[str, Any], changes: tuple[Change, ...], own: bool) -> DataView:
    """Put the page together from the manifest of a version."""
    graphs = manifest.get("asserted_statements") or {}
    tables = manifest.get("tables") or {}
    return DataView(
        version=version,
        created=str(manifest.get("created", "")),
        package=str(manifest.get("package_version", "")),
        graphs=tuple(sorted((str(k), int(v)) for k, v in graphs.items())),
        tables=tuple(sorted((str(k), str(v)) for k, v in tables.items())) if isinstance(tables, dict) else (),
        changes=changes,
        own=own,
    )


def data_page(frame: Frame, view: DataView) -> str:
    """The page."""
    return render(frame, view)
