"""The manifest of a version: what it consists of, so that a reader sees at once whether it is whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from targetgraph.errors import StoreError

FORMAT: Final = 1
"""Version of the layout on disk. Readers refuse what is newer than they are."""

_REBUILD: Final = "run `targetgraph build`"
_ENGINES: Final = ("oxigraph/", "inferred/oxigraph/")
_INFERRED: Final = "inferred/"


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest of the version folder ``path``.

    Raises
    ------
    StoreError
        when it is missing, unreadable, or of a newer format.
    """
    file = path / "manifest.json"
    try:
        manifest = json.loads(file.read_bytes())
        made_as, named, files = manifest["format"], manifest["data_version"], manifest["files"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"the store is damaged: its manifest cannot be read ({error})", str(file), _REBUILD) from error
    if not isinstance(made_as, int) or not isinstance(named, str) or not isinstance(files, dict):
        raise StoreError("the store is damaged: its manifest makes no sense", str(file), _REBUILD)
    if made_as > FORMAT:
        raise StoreError(
            f"this store was made by a newer targetgraph (format {made_as}; this one reads up to {FORMAT})",
            str(file),
            "upgrade targetgraph, or run `targetgraph build` with another --store",
        )
    return dict(manifest)


def inventory(path: Path, hashed: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Size of every file below ``path``, and SHA-256 of those that are not the engine's own.

    Parameters
    ----------
    hashed : SHA-256 of files where it is known already.
    """
    files: dict[str, dict[str, Any]] = {}
    for file in sorted(p for p in path.rglob("*") if p.is_file()):
        name = file.relative_to(path).as_posix()
        if name == "manifest.json" or (name.startswith(_ENGINES) and _ephemeral(file.name)):
            continue
        entry: dict[str, Any] = {"size": file.stat().st_size}
        if not name.startswith(_ENGINES):
            entry["sha256"] = hashed.get(name) or _sha256(file)
        files[name] = entry
    return files


def _ephemeral(name: str) -> bool:
    """RocksDB's own diary and lock say nothing about the data."""
    return name == "LOCK" or name.startswith("LOG")


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def payload(manifest: Mapping[str, Any], inferred: bool = True) -> dict[str, str]:
    """Hashes of the files that must be equal when two builds are to count as the same.

    Parameters
    ----------
    inferred : with those of what reasoners inferred, which is kept beside a version and is no part of its data.
    """
    return {
        name: entry["sha256"]
        for name, entry in manifest["files"].items()
        if "sha256" in entry and (inferred or not name.startswith(_INFERRED))
    }


def damage(path: Path, manifest: Mapping[str, Any], thorough: bool = False) -> str:
    """What is wrong with the files of a version, or ``""``.

    Parameters
    ----------
    thorough : compare hashes too, not only sizes.
    """
    for name, entry in manifest["files"].items():
        file = path / name
        try:
            size = file.stat().st_size
        except OSError:
            return f"{name} is missing"
        if size != entry.get("size"):
            return f"{name} has {size} bytes instead of {entry.get('size')}"
        if thorough and "sha256" in entry and _sha256(file) != entry["sha256"]:
            return f"{name} has changed"
    return ""
