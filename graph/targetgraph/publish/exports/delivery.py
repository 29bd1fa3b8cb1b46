"""Putting exports in place: whole or not at all, with a manifest of what there is."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from targetgraph import __version__
from targetgraph.errors import TargetGraphError
from targetgraph.publish.exports.archives import compress
from targetgraph.publish.exports.dumps import DUMPS
from targetgraph.publish.exports.products import Product, media_type
from targetgraph.publish.exports.source import Source

MANIFEST: Final = "manifest.json"
LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Delivered:
    """A file that was written.

    Parameters
    ----------
    path : below the folder of the export.
    size : in bytes.
    sha256 : hexadecimal digest.
    """

    path: str
    media_type: str
    size: int
    sha256: str
    title: str


def deliver_file(product: Product, output: Path) -> None:
    """Write one product to a file, or to a folder that does not exist or is empty.

    A name that ends in ``.gz`` is compressed.

    Raises
    ------
    TargetGraphError
        when it cannot be written there; nothing is left half-written.
    """
    with _written_beside(output) as beside:
        if product.is_folder:
            _refuse_full(output)
            product.write(beside)
        elif output.is_dir():
            raise TargetGraphError("this is a folder", str(output), "give --output the name of a file")
        elif output.suffix == ".gz":
            plain = beside.with_name(beside.name + ".plain")
            try:
                product.write(plain)
                compress(plain, beside)
            finally:
                plain.unlink(missing_ok=True)
        else:
            product.write(beside)


def deliver_all(
    source: Source, wanted: Sequence[Product], folder: Path, gzip: bool = False, progress: Progress | None = None
) -> list[Delivered]:
    """Write products and their manifest into a folder that does not exist, is empty, or holds an earlier export.

    Parameters
    ----------
    gzip : compress the dumps.
    progress : called with the name of each product.

    Raises
    ------
    TargetGraphError
        when the folder holds other things or cannot be written; an earlier export stays as it was.
    """
    say = progress or (lambda _: None)
    _refuse_full(folder, but_export=True)
    with _written_beside(folder) as beside:
        beside.mkdir()
        for product in wanted:
            say(f"writing {product.name}")
            product.write(beside / product.name)
            if gzip and product.format in DUMPS:
                compress(beside / product.name, beside / f"{product.name}.gz")
                (beside / product.name).unlink()
        titles = {p.name: p.title for p in wanted}
        found = [delivered(beside, path, titles) for path in sorted(beside.rglob("*")) if path.is_file()]
        text = json.dumps(manifest(source, found), ensure_ascii=False, indent=1)
        (beside / MANIFEST).write_text(text + "\n", encoding="utf-8")
    return found


def delivered(folder: Path, path: Path, titles: dict[str, str]) -> Delivered:
    """What the manifest says of a file."""
    name = path.relative_to(folder).as_posix()
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    title = titles.get(name.removesuffix(".gz")) or titles.get(name.partition("/")[0], "")
    return Delivered(name, media_type(name), path.stat().st_size, digest, title)


def manifest(source: Source, files: Sequence[Delivered]) -> dict[str, Any]:
    """The manifest of an export."""
    return {
        "data_version": source.data_version,
        "package_version": __version__,
        "license": LICENCE,
        "credit": "TargetGraph contributors, CC BY 4.0",
        "files": {
            f.path: {"title": f.title, "media_type": f.media_type, "size": f.size, "sha256": f.sha256} for f in files
        },
    }


def _refuse_full(folder: Path, but_export: bool = False) -> None:
    """Never put an export in the place of something else."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise TargetGraphError("this is a file", str(folder), "give --output the name of a folder")
    if any(folder.iterdir()) and not (but_export and _is_export(folder)):
        raise TargetGraphError("the folder holds other things", str(folder), "give --output a new folder")


def _is_export(folder: Path) -> bool:
    """Whether the folder holds an export and nothing else: what its manifest lists."""
    try:
        files = json.loads((folder / MANIFEST).read_bytes())["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    return there <= {*files, MANIFEST}


@contextlib.contextmanager
def _written_beside(output: Path) -> Iterator[Path]:
    """A path beside the output to write to; it takes the place of the output when the block ends well."""
    beside = output.with_name(f".{output.name}-{os.getpid()}-{secrets.token_hex(4)}.part")
    try:
        if not output.parent.is_dir():
            output.parent.mkdir(parents=True)
        yield beside
        _replace(beside, output)
    except OSError as error:
        what = f"the export cannot be written: {error.strerror or error}"
        raise TargetGraphError(what, str(output), "give another --output") from error
    finally:
        if beside.is_dir():
            shutil.rmtree(beside, ignore_errors=True)
        else:
            beside.unlink(missing_ok=True)


def _replace(beside: Path, output: Path) -> None:
    if not output.is_dir():
        beside.replace(output)
        return
    with tempfile.TemporaryDirectory(dir=output.parent, prefix=f".{output.name}-old-") as aside:
        earlier = Path(aside) / "earlier"
        output.rename(earlier)
        try:
            beside.rename(output)
        except OSError:
            earlier.rename(output)
            raise
