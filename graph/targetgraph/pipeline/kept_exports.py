"""Exports of a version that are made once, when somebody first asks for them, and kept beside the store.

::

    .targetgraph/exports/<version folder>-<package version>/<file>          a file of an export
    .targetgraph/exports/<version folder>-<package version>/<file>.sha256   its digest, written last

With a version that has kept inferences, which its descriptions tell of, a hash of what is kept ends the name of the folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from targetgraph import __version__
from targetgraph.errors import StoreError, TargetGraphError
from targetgraph.pipeline.exporting import source_of
from targetgraph.publish.exports.csvw import METADATA, NAMES
from targetgraph.publish.exports.delivery import deliver_file
from targetgraph.publish.exports.dumps import DUMPS
from targetgraph.publish.exports.products import CSVW_FOLDER, Product, product_named
from targetgraph.publish.exports.source import Source
from targetgraph.store import Version
from targetgraph.store.lock import in_turn
from targetgraph.store.manifest import read_manifest

FOLDER: Final = "exports"
_DIGEST: Final = ".sha256"
_TABLES: Final = frozenset({METADATA, *(f"{name}.csv" for name in NAMES)})


def kept_folder(version: Version) -> Path:
    """Where the exports of a version are kept: beside the store, or in a temporary folder where that cannot be written.

    Exports of versions that are gone are removed.
    """
    root = version.path.parent.parent / FOLDER
    # The name of a version folder comes again when inferences are kept and forgotten; the descriptions tell of them.
    inferred = json.dumps(version.inferred, sort_keys=True).encode() if version.inferred else b""
    sign = f"-{hashlib.sha256(inferred).hexdigest()[:8]}" if inferred else ""
    folder = root / f"{version.path.name}-{__version__}{sign}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.mkdtemp(prefix="targetgraph-exports-"))
    there = {path.name for path in version.path.parent.iterdir()}
    for old in root.iterdir():
        name = old.name.partition(f"-{__version__}")[0]
        if name not in there or (name == version.path.name and old != folder):
            shutil.rmtree(old, ignore_errors=True)
    return folder


def kept(folder: Path, name: str) -> tuple[Path, str] | None:
    """A file that was made, and its SHA-256; nothing while it has not been.

    Parameters
    ----------
    name : as in the list of products, or a table below ``csvw/``; anything else is nothing.
    """
    path = folder / name
    with contextlib.suppress(OSError):
        digest = path.with_name(path.name + _DIGEST).read_text(encoding="ascii").strip()
        if path.is_file():
            return path, digest
    return None


def plain_name(name: str) -> str:
    """The name of the product that a file belongs to; empty where a name can be none."""
    inside, _, table = name.partition("/")
    if table:
        return CSVW_FOLDER if inside == CSVW_FOLDER and table in _TABLES else ""
    plain = name.removesuffix(".gz")
    return "" if plain.startswith(".") or plain != Path(plain).name else plain


def product_of(source: Source, name: str) -> Product | None:
    """What has to be made for a file to be there; nothing when there is no such file."""
    product = product_named(source, plain_name(name)) if plain_name(name) else None
    if product is None or (name.endswith(".gz") and product.format not in DUMPS):
        return None
    return None if product.is_folder and "/" not in name else product


def make(version: Version, folder: Path, name: str) -> bool:
    """Make a file (and those made with it) unless it is there; says whether there is such a file.

    Servers on one store, and the fronts of one server, may ask for the same at the same time: one makes it, the others
    wait and find it there.

    Raises
    ------
    TargetGraphError
        when it cannot be made.
    """
    product = product_of(source_of(version), name)
    if product is None:
        return False
    output = folder / (product.name if product.is_folder else name)
    with in_turn(folder / f".{output.name}.lock"):
        if kept(folder, name) is None:
            if product.is_folder:
                shutil.rmtree(output, ignore_errors=True)
            deliver_file(product, output)
            _sign(sorted(output.iterdir()) if product.is_folder else [output])
    return True


def _sign(files: Iterable[Path]) -> None:
    for path in files:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        path.with_name(path.name + _DIGEST).write_text(digest, encoding="ascii")


def main() -> None:
    """Make one file in a process of its own: ``python -m targetgraph.pipeline.kept_exports VERSION FOLDER NAME``.

    Exit code 0: made; 1: there is no such file; 2: it cannot be made, and standard error says why.
    """
    version, folder, name = sys.argv[1:]
    try:
        path = Path(version)
        if not path.is_dir():
            raise StoreError("the version is gone", version, "ask again")
        made = make(Version(path, read_manifest(path)), Path(folder), name)
    except TargetGraphError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    sys.exit(0 if made else 1)


if __name__ == "__main__":
    main()
