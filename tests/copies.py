"""Copies of a store that other tests read and serve meanwhile."""

from __future__ import annotations

import shutil
from pathlib import Path


def copy_of(store: Path, to: Path) -> Path:
    """A store of one's own, without the exports: a server may be writing one into the original at this moment.

    Parameters
    ----------
    store : the folder to copy; symbolic links stay links.
    to : where to; it must not be there.

    Returns
    -------
    The copy.
    """
    return Path(shutil.copytree(store, to, symlinks=True, ignore=shutil.ignore_patterns("exports")))
