"""What this machine keeps of remote stores: the coded columns and the history of gaps, as long as they match.

::

    $TARGETGRAPH_CACHE, or $XDG_CACHE_HOME/targetgraph, or ~/.cache/targetgraph
        remote/<hash of the address>/<identity of the publication>/   arrays/, gap-history.jsonl, manifest.json
        remote/<hash of the address>/scratch/                          builds before they are published
        remote/<hash of the address>/copy/                             the store folder that `targetgraph serve` serves
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from targetgraph.errors import StoreError
from targetgraph.store.manifest import FORMAT, damage, inventory, read_manifest
from targetgraph.store.remote_address import RemoteAddress

SETTING: Final = "TARGETGRAPH_CACHE"
_KEPT: Final = 2


def cache_folder() -> Path:
    """Where caches of this user live; nothing is made."""
    if given := os.environ.get(SETTING, ""):
        return Path(given)
    base = os.environ.get("XDG_CACHE_HOME", "") or os.environ.get("LOCALAPPDATA", "")
    return (Path(base) if base else Path.home() / ".cache") / "targetgraph"


class RemoteCache:
    """The cache of one remote store."""

    def __init__(self, address: RemoteAddress) -> None:
        self.root = cache_folder() / "remote" / address.key
        self.scratch = self.root / "scratch"
        self.copy = self.root / "copy"

    def kept(self, identity: str) -> Path | None:
        """The folder kept for a publication, when it is there and whole."""
        folder = self.root / identity
        try:
            manifest = read_manifest(folder)
        except StoreError:
            return None
        return folder if manifest["data_version"] == identity and not damage(folder, manifest) else None

    def keep(self, identity: str, fill: Callable[[Path], None]) -> Path:
        """Make the folder for a publication: filled beside, renamed when whole.

        Parameters
        ----------
        fill : writes into the folder it is given.

        Raises
        ------
        StoreError
            when it cannot be written.
        """
        beside = self.root / f".{identity}.{os.getpid()}-{secrets.token_hex(4)}"
        try:
            beside.mkdir(parents=True)
            fill(beside)
            manifest = {"format": FORMAT, "data_version": identity, "files": inventory(beside, {})}
            (beside / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
            folder = self.root / identity
            if folder.exists():  # damaged, or another process was as fast
                shutil.rmtree(folder, ignore_errors=True)
            with contextlib.suppress(OSError):
                beside.rename(folder)
            self._sweep(identity)
            return folder
        except OSError as error:
            raise StoreError(
                f"what was fetched cannot be kept: {error.strerror}", str(self.root), f"set {SETTING} to another folder"
            ) from error
        finally:
            shutil.rmtree(beside, ignore_errors=True)

    def _sweep(self, identity: str) -> None:
        spared = (identity, self.scratch.name, self.copy.name)
        others = [p for p in self.root.iterdir() if p.name not in spared and p.name[0] != "."]
        others.sort(key=lambda p: p.stat().st_mtime_ns, reverse=True)
        for path in others[_KEPT - 1 :]:
            shutil.rmtree(path, ignore_errors=True)
