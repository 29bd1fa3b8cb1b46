"""Run a notebook from top to bottom, offline; and, as a command, write all of them with their outputs.

    python -m tests.notebooks.executing FOLDER

The notebooks in the repository hold no outputs: those would differ with every release of a library, and a reader could not
tell an old one from a new one. What they show is made again wherever it is wanted, and a test looks for it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbformat import NotebookNode

CHECKOUT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((CHECKOUT / "notebooks").glob("*.ipynb"))
_JUPYTER = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "TMPDIR")

# Put before the first cell: whoever tries to reach another machine is told so by an error.
NO_NETWORK = """
import sys


def _refuse(event, arguments):
    if event == "socket.getaddrinfo" and arguments[0] not in (None, "localhost", "127.0.0.1", "::1"):
        raise RuntimeError(f"the notebook looks for {arguments[0]}")
    if event == "socket.connect" and isinstance(arguments[1], tuple) and arguments[1][0] not in ("127.0.0.1", "::1"):
        raise RuntimeError(f"the notebook connects to {arguments[1][0]}")


sys.addaudithook(_refuse)
"""


def read(path: Path) -> NotebookNode:
    """A notebook as it is kept."""
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    return notebook


def executed(path: Path, folder: Path, store: Path) -> NotebookNode:
    """A notebook with its outputs.

    Parameters
    ----------
    folder : empty; the notebook works in it, and leaves its files there.
    store : the store that it opens; one that is not there is built.
    """
    from nbclient import NotebookClient

    notebook = read(path)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(NO_NETWORK))
    with _apart(folder, store):
        client = NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": folder}})
        client.execute()
    del notebook.cells[0]
    return notebook


@contextmanager
def _apart(folder: Path, store: Path) -> Iterator[None]:
    """Settings of Jupyter and of the caller do not matter, nor do those of other notebooks."""
    before = dict(os.environ)
    try:
        for name in _JUPYTER:
            own = folder / f".{name.lower()}"
            own.mkdir()
            os.environ[name] = str(own)
        os.environ["TARGETGRAPH_STORE"] = str(store)
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def write_all(output: Path) -> None:
    """Write every notebook, executed, into a folder."""
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="targetgraph-") as scratch:
        for path in NOTEBOOKS:
            folder = Path(scratch) / path.stem
            folder.mkdir()
            nbformat.write(executed(path, folder, Path(scratch) / "store"), output / path.name)
            print(output / path.name)


if __name__ == "__main__":
    write_all(Path(sys.argv[1]) if len(sys.argv) > 1 else CHECKOUT / "build" / "notebooks")
