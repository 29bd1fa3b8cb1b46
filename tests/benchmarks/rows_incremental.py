"""Building again after one target has changed: carrying on from the current version, and in full.

``TARGETGRAPH_BENCH_CARRIED_ON=1e6,1e7`` chooses the sizes (10^6 by default; a full build of 10^7 statements takes some
minutes), and ``TARGETGRAPH_BENCH_CACHE=DIR`` keeps the registries from run to run.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

from targetgraph.pipeline import build_from_dataset
from targetgraph.pipeline.generating import generate
from targetgraph.store import StoreFolder
from tests.benchmarks.harness import Contender, Sample, Workbench, call, row

SIZES = tuple(int(float(s)) for s in os.environ.get("TARGETGRAPH_BENCH_CARRIED_ON", "1e6").split(","))
_LABEL = b'<https://w3id.org/targetgraph/framework-00000/target/T5> <http://www.w3.org/2000/01/rdf-schema#label> "'


class Edited:
    """A registry of which one target is called otherwise each time it is built."""

    def __init__(self, bench: Workbench, size: int) -> None:
        cache = Path(os.environ.get("TARGETGRAPH_BENCH_CACHE") or bench.folder)
        self._given, self.changed = cache / f"registry-{size}.nq", bench.folder / f"changed-{size}.nq"
        self._folder, self._size, self._names = bench.folder, size, count()
        if not self._given.exists():
            generate(size, 1, self._given)

    def change(self) -> None:
        """Write the file with a label that no earlier build has seen."""
        name = f"{_LABEL.decode()}Renamed {next(self._names)}: ".encode()
        with self._given.open("rb") as given, self.changed.open("wb") as out:
            out.writelines(name + line.removeprefix(_LABEL) if line.startswith(_LABEL) else line for line in given)

    def store(self, name: str) -> Path:
        """A store built from the file as it was generated."""
        store = self._folder / f"{name}-{self._size}"
        if not store.exists():
            build_from_dataset(self._given, store)
        return store

    def built(self, store: Path, full: bool) -> str:
        """Build the changed file; the first characters of the data version."""
        before = StoreFolder(store).current().data_version
        version = build_from_dataset(self.changed, store, full=full).version.data_version
        assert version != before
        return version

    def read(self) -> str:
        """Read and hash the changed file once: what no build can do without."""
        with self.changed.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def _after(prepare: Callable[[], None], contender: Contender) -> Contender:
    def turn() -> Sample:
        prepare()
        return contender.turn()

    return Contender(contender.name, turn)


def _carried_on(size: int) -> Callable[[Workbench], Sequence[Contender]]:
    def setup(bench: Workbench) -> Sequence[Contender]:
        edited = Edited(bench, size)
        little, full = edited.store("carried-on"), bench.folder / f"full-{size}"
        edited.store(full.name.removesuffix(f"-{size}"))
        return [
            _after(edited.change, call("carry on from the current version", lambda: edited.built(little, full=False))),
            _after(edited.change, call("build in full", lambda: edited.built(full, full=True))),
            call("read and hash the file once", edited.read),
        ]

    return setup


for _size in SIZES:
    _setup = _carried_on(_size)
    _setup.__name__ = f"carried_on_{_size:.0e}".replace("+0", "")
    _setup.__doc__ = (
        "One target is called otherwise. Both builds end on the disk, with canonical statements, store and coded columns. "
        "Answers are not compared here: each turn has a label of its own. tests/pipeline/test_carrying_on.py compares both "
        "builds byte for byte."
    )
    row(f"Building again after one target has changed, {_size:,} statements", rounds=1, answer=lambda _: None)(_setup)
