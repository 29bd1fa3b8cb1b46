"""The folder a graph lives in: versions, the name of the current one, and builds in progress.

::

    .targetgraph/CURRENT                     name of a folder below versions/, replaced atomically
    .targetgraph/versions/<version>/         oxigraph/, dataset.nq, arrays/, manifest.json; inferred/ once something is kept
    .targetgraph/building-<pid>-<random>/    a build in progress, renamed into versions/ when whole
    .targetgraph/changes/                    what changed from version to version (`targetgraph.publish.changes`)
    .targetgraph/lock                        held by a build

A build never touches what readers use: it writes beside, makes its files durable, renames its folder, and
last replaces ``CURRENT``. Killed anywhere, it leaves the previous version current. The two newest folders
are kept, and the newest of other data: a reader that has just learnt the current name can open it even if a build ends in that
moment; once open, deleted files stay readable. Readers take no lock.

A version folder is never changed either when a reasoner's inferences are kept: a folder with the same data and the inferences
is published beside it (`targetgraph.pipeline.keeping`).
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from targetgraph.errors import StoreError
from targetgraph.store.canonical import VERSION_LENGTH
from targetgraph.store.durable import replace_durably, sync_folder, sync_tree, write_durably
from targetgraph.store.lock import exclusive
from targetgraph.store.manifest import FORMAT, damage, inventory, payload, read_manifest

DEFAULT_FOLDER: Final = ".targetgraph"
INFERRED: Final = "kept_inferences"
_REBUILD: Final = "run `targetgraph build`"


@dataclass(frozen=True, slots=True)
class Version:
    """A whole, published version: its folder and what its manifest says."""

    path: Path
    manifest: Mapping[str, Any]

    @property
    def data_version(self) -> str:
        """Hash of the canonical statements."""
        return str(self.manifest["data_version"])

    @property
    def oxigraph(self) -> Path:
        """Folder of the Oxigraph store."""
        return self.path / "oxigraph"

    @property
    def dataset(self) -> Path:
        """The canonical N-Quads."""
        return self.path / "dataset.nq"

    @property
    def arrays(self) -> Path:
        """Folder of the coded arrays."""
        return self.path / "arrays"

    @property
    def inferred(self) -> Mapping[str, Mapping[str, Any]]:
        """What reasoners inferred and is kept with it: by reasoner, what the manifest says of that."""
        return self.manifest.get(INFERRED) or {}


class Building:
    """A build in progress. Fill ``oxigraph``, ``dataset`` and ``arrays``; then call `publish` once."""

    def __init__(self, folder: StoreFolder, path: Path) -> None:
        self._folder = folder
        self.path = path
        self.oxigraph = path / "oxigraph"
        self.dataset = path / "dataset.nq"
        self.arrays = path / "arrays"
        self.arrays.mkdir()

    def begin_anew(self) -> None:
        """Throw away what was written."""
        shutil.rmtree(self.path)
        self.arrays.mkdir(parents=True)

    def publish(
        self, manifest: Mapping[str, Any], hashed: Mapping[str, str] | None = None, *, exactly: bool = False
    ) -> Version:
        """Make this build the current version.

        Parameters
        ----------
        manifest : what to record beside format, data version, time and files. All writers must have closed.
        hashed : SHA-256 of files that were hashed as they were written, by their path within the build.
        exactly : a version with the same data is only the same if it has the same inferences. Otherwise what was inferred from
            the same data by the same package stays: nothing it follows from has changed.

        Returns
        -------
        Version
            the new version, or the existing one when it is whole and has the same statements and arrays.
        """
        return self._folder._publish(self, manifest, hashed or {}, exactly)


class StoreFolder:
    """The folder a graph lives in."""

    def __init__(self, root: Path | str = DEFAULT_FOLDER) -> None:
        self.root = Path(root)
        self.versions = self.root / "versions"
        self._current = self.root / "CURRENT"

    def current(self) -> Version:
        """The version readers use.

        Raises
        ------
        StoreError
            when there is none, it is damaged, or it was made by a newer version of the package.
        """
        try:
            name = self._current.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            raise StoreError("no graph has been built here", str(self.root), _REBUILD) from None
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(f"the store is damaged: {error}", str(self._current), _REBUILD) from error
        if not name or Path(name).name != name or name.startswith("."):
            raise StoreError(f"the store is damaged: CURRENT says {name!r}", str(self._current), _REBUILD)
        path = self.versions / name
        if not path.is_dir():
            what = f"the store is damaged: its current version {name} is not there"
            raise StoreError(what, str(self.root), _REBUILD)
        manifest = read_manifest(path)
        wrong = damage(path, manifest)
        if wrong:
            raise StoreError(f"the store is damaged: {wrong}", str(path), _REBUILD)
        return Version(path, manifest)

    def others(self) -> Iterator[Version]:
        """Versions that are there still beside the current one and are whole, the youngest first."""
        current = self.current()
        found = [p for p in self.versions.iterdir() if p.is_dir() and p != current.path]
        for path in sorted(found, key=lambda p: p.stat().st_mtime_ns, reverse=True):
            with contextlib.suppress(StoreError):
                manifest = read_manifest(path)
                if not damage(path, manifest):
                    yield Version(path, manifest)

    @contextlib.contextmanager
    def build(self, *, locked: bool = False) -> Iterator[Building]:
        """Begin a build; what was not published when the block ends is removed.

        Parameters
        ----------
        locked : the caller holds the lock of the folder already.

        Raises
        ------
        StoreError
            when another build is under way, or the folder cannot be written.
        """
        with self._writing():
            self.versions.mkdir(parents=True, exist_ok=True)
        with contextlib.nullcontext() if locked else self.lock():
            self._sweep_leftovers()
            path = self.root / f"building-{os.getpid()}-{secrets.token_hex(4)}"
            with self._writing():
                path.mkdir()
            try:
                yield Building(self, path)
            finally:
                shutil.rmtree(path, ignore_errors=True)

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Keep builds out for the time of a block.

        Raises
        ------
        StoreError
            when one is under way, or the folder cannot be written.
        """
        with contextlib.ExitStack() as stack:
            with self._writing():
                stack.enter_context(exclusive(self.root / "lock"))
            yield

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            what = f"the store cannot be written: {error.strerror}"
            raise StoreError(what, str(self.root), "give another --store") from error

    def _publish(
        self, building: Building, extra: Mapping[str, Any], hashed: Mapping[str, str], exactly: bool
    ) -> Version:
        files = inventory(building.path, hashed)
        version = str(files[building.dataset.name]["sha256"])[:VERSION_LENGTH]
        manifest = {
            "created": datetime.now(UTC).isoformat(timespec="seconds"),
            **extra,
            "format": FORMAT,
            "data_version": version,
            "files": files,
        }
        existing = self._same(version, manifest, exactly)
        if existing is None:
            write_durably(building.path / "manifest.json", _as_json(manifest))
            sync_tree(building.path)
            target = self._free_name(version)
            building.path.rename(target)
            sync_folder(self.versions)
            sync_folder(self.root)
            existing = Version(target, manifest)
        replace_durably(self._current, f"{existing.path.name}\n".encode())
        self._sweep_versions(existing.path)
        return existing

    def _same(self, version: str, manifest: Mapping[str, Any], exactly: bool) -> Version | None:
        """A published version with the same statements and arrays that is still whole, if there is one; first the current."""
        current = ""
        with contextlib.suppress(OSError):
            current = self._current.read_text(encoding="utf-8").strip()
        for path in sorted(self.versions.glob(f"{version}*"), key=lambda p: (p.name != current, p.name)):
            with contextlib.suppress(StoreError):
                found = read_manifest(path)
                alike = _as_made(found, exactly) == _as_made(manifest, exactly)
                alike = alike and payload(found, exactly) == payload(manifest, exactly)
                if alike and not damage(path, found, thorough=True):
                    return Version(path, found)
        return None

    def _free_name(self, version: str) -> Path:
        """``<version>``, or ``<version>.1`` … where that name is taken: a folder in use is never replaced."""
        names = [version, *(f"{version}.{n}" for n in range(1, 1000))]
        return next(self.versions / n for n in names if not (self.versions / n).exists())

    def _sweep_leftovers(self) -> None:
        """Remove builds whose process is gone. We hold the lock: our own number is that of a namesake."""
        for path in self.root.glob("building-*"):
            pid = path.name.split("-")[1]
            if not pid.isdigit() or int(pid) == os.getpid() or not _alive(int(pid)):
                shutil.rmtree(path, ignore_errors=True)
        for path in self.root.glob(".CURRENT.*"):
            path.unlink(missing_ok=True)

    def _sweep_versions(self, current: Path) -> None:
        others = [p for p in self.versions.iterdir() if p.is_dir() and p.name != current.name]
        others.sort(key=lambda p: p.stat().st_mtime_ns, reverse=True)
        other_data = next((p for p in others if p.stem != current.stem), None)
        for path in others[1:]:
            if path != other_data:
                shutil.rmtree(path, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _as_made(manifest: Mapping[str, Any], exactly: bool) -> dict[str, Any]:
    left_out = ("files", "created") if exactly else ("files", "created", INFERRED)
    return {k: v for k, v in json.loads(_as_json(manifest)).items() if k not in left_out}


def _as_json(manifest: Mapping[str, Any]) -> bytes:
    return json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False).encode() + b"\n"
