"""ZIP archives and compressed files whose bytes depend on nothing but their contents."""

from __future__ import annotations

import gzip
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Final, cast

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    return entry


def write_zip(target: Path, files: Iterable[Path]) -> None:
    """Pack files under their names, in the order given."""
    with zipfile.ZipFile(target, "w") as archive:
        for file in files:
            with archive.open(_entry(file.name), "w", force_zip64=True) as packed, file.open("rb") as plain:
                shutil.copyfileobj(plain, packed)


def rewrite_zip(source: IO[bytes], target: Path, changed: dict[str, bytes]) -> None:
    """Copy an archive without its times, with some members replaced."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(_entry(name), changed.get(name) or old.read(name), compresslevel=6)


def compress(plain: Path, target: Path) -> None:
    """Write a gzip file without name and time in its header."""
    with plain.open("rb") as source, target.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed:
        shutil.copyfileobj(source, cast("IO[bytes]", packed))
