"""Templates kept compiled, as Python keeps its modules: in ``__pycache__`` beside them, where that can be written.

Compiling takes longer than everything else about the first page of a process.
"""

from __future__ import annotations

import contextlib
import os
import sys
from importlib.metadata import version
from pathlib import Path

from jinja2 import BytecodeCache, FileSystemBytecodeCache
from jinja2.bccache import Bucket

from targetgraph import resources


class _Beside(FileSystemBytecodeCache):
    """Compiled templates as files. A template whose text has changed is compiled anew (Jinja compares a checksum)."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), f"%s.{sys.implementation.cache_tag}.jinja-{version('jinja2')}")
        self._mine = os.access(folder, os.W_OK)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write a compiled template whole; a folder that is full or not ours is no reason to fail."""
        if self._mine:
            with contextlib.suppress(OSError):
                super().dump_bytecode(bucket)


def compiled_templates() -> BytecodeCache | None:
    """Where compiled templates are kept; None where Python was told to write no compiled code, or cannot."""
    if sys.dont_write_bytecode or sys.pycache_prefix:
        return None
    folder = resources.templates() / "__pycache__"
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        return None
    return _Beside(folder)
