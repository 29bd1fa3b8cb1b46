"""Catalogue, VoID and examples of a version, made once in a process of their own and kept beside its exports.

Their queries count every statement several times. The address of the site is put in when they are handed out: they are
written for a place that cannot be (RFC 2606), so that one file serves under every name of the server.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from targetgraph.errors import TargetGraphError
from targetgraph.pipeline.describing import description
from targetgraph.store import Version
from targetgraph.store.durable import write_whole
from targetgraph.store.manifest import read_manifest

PLACE: Final = "http://site.invalid/"
FOLDER: Final = "descriptions"


def kept_description(folder: Path, kind: str, form: str, base: str) -> bytes | None:
    """A description that was made, for a site; None while it has not been.

    Parameters
    ----------
    folder : that of the exports of a version (`targetgraph.pipeline.kept_exports.kept_folder`).
    kind : ``dcat``, ``void`` or ``examples``.
    form : as ``turtle``.
    base : address of the site, with a slash at its end.
    """
    try:
        return (folder / FOLDER / f"{kind}.{form}").read_bytes().replace(PLACE.encode(), base.encode())
    except OSError:
        return None


def make_description(version: Version, root: Path, folder: Path, kind: str) -> None:
    """Make a description in every form (parameters: see `kept_description`; ``root`` is the store folder).

    Raises
    ------
    TargetGraphError
        when it cannot be made.
    """
    from targetgraph.publish.catalogue.documents import FORMS, written

    graph = description(kind, version, root, PLACE)
    (folder / FOLDER).mkdir(exist_ok=True)
    for form in FORMS:
        write_whole(folder / FOLDER / f"{kind}.{form}", written(graph, form))


def main() -> None:
    """``python -m targetgraph.pipeline.kept_descriptions VERSION FOLDER KIND``: exit code 2 where it cannot be made."""
    path, folder, kind = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    try:
        make_description(Version(path, read_manifest(path)), path.parent.parent, folder, kind)
    except TargetGraphError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
