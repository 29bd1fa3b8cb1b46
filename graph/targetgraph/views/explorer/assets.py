"""Style sheets and scripts of the explorer, each under an address with its digest, so that browsers keep them for good."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from targetgraph import resources

MEDIA: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
#: Files made of several, or that lie elsewhere than in ``templates/explorer``: name and the parts below ``templates``.
COMPOSED: Final = {
    "yasqe.js": ("explorer/editor/yasqe.js",),
    "yasqe.css": ("explorer/editor/yasqe.css",),
    "shell.css": ("tokens.css", "page.css", "explorer/shell.css"),
    "icon.svg": ("site/icon.svg",),
    "matrix.css": ("matrix.css", "explorer/matrix.css"),
    "network.js": ("page.js", "network_shapes.js", "network_labels.js", "explorer/network.js"),
}
#: Scripts of installed packages: name and what gives the bytes, called when the file is first asked for.
LIBRARIES: dict[str, Callable[[], bytes]] = {"vis-network.js": lambda: _vis_network()}


#: The SPARQL editor, which ``hatch_build.py`` fetches: it may be missing.
EDITOR: Final = ("yasqe.js", "yasqe.css")


def has_editor() -> bool:
    """Whether the SPARQL editor is installed."""
    return all((resources.templates() / "explorer" / "editor" / name).is_file() for name in EDITOR)


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is served.

    Parameters
    ----------
    path : ``/assets/<digest>/<name>``.
    """

    path: str
    media: str
    content: bytes


@cache
def asset(name: str) -> Asset:
    """A file by its name.

    Raises
    ------
    FileNotFoundError : there is none.
    """
    suffix = name[name.rfind(".") :]
    if name in LIBRARIES:
        content = LIBRARIES[name]()
    else:
        folder = resources.templates()
        parts = COMPOSED.get(name, (f"explorer/{name}",))
        if suffix not in MEDIA or "/" in name or name.startswith("."):
            raise FileNotFoundError(name)
        content = b"\n".join((folder / part).read_bytes() for part in parts)
    digest = hashlib.blake2b(content, digest_size=8).hexdigest()
    return Asset(f"/assets/{digest}/{name}", MEDIA[suffix], content)


def asset_path(name: str) -> str:
    """The address of a file, for templates."""
    return asset(name).path


def _vis_network() -> bytes:
    """vis-network, which comes with pyvis."""
    from targetgraph.views.network import LIBRARY

    return LIBRARY.read_bytes()
