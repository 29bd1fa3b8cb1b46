"""Virtuoso (open-source edition 7) holding a registry, asked over HTTP."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import urllib.parse
import urllib.request
from pathlib import Path

from tests import virtuoso
from tests.benchmarks.registry_questions import Answers, by_queries
from tests.virtuoso import reason_to_skip

__all__ = ["Virtuoso", "reason_to_skip"]

_BUFFERS = 340_000  # 2.7 GB: what its makers advise for 4 GB of memory
_PARTS, _LOADERS = 8, max(1, min(4, os.cpu_count() or 1))

_RUNNING: dict[Path, Virtuoso] = {}


class Virtuoso(virtuoso.Virtuoso):
    """A running server; its database stays in the folder, so that a registry is loaded once."""

    def __init__(self, nquads: Path, folder: Path) -> None:
        home = folder / f"virtuoso-{nquads.stem}"
        loaded = home / "loaded"
        if home.exists() and not loaded.exists():
            shutil.rmtree(home)  # a load that was broken off
        home.mkdir(exist_ok=True)
        (home / "v.lck").unlink(missing_ok=True)
        super().__init__(home, buffers=_BUFFERS, threads=2, connections=16)
        if not loaded.exists():
            self._load(nquads, home)
            loaded.touch()

    def stop(self) -> None:
        """End it in peace, so that what it has loaded is whole on disk."""
        self._process.terminate()
        self._process.wait(120)

    def _load(self, nquads: Path, home: Path) -> None:
        """Load a file in parts, several at a time: one loader reads one file."""
        command = ["split", "-n", f"l/{_PARTS}", "--additional-suffix=.nq", str(nquads), str(home / "part-")]
        subprocess.run(command, check=True)
        self.run(f"ld_dir('{home}', 'part-*.nq', 'urn:x');")
        loaders = [subprocess.Popen(self.isql("rdf_loader_run();"), stdout=subprocess.DEVNULL) for _ in range(_LOADERS)]
        codes = [loader.wait() for loader in loaders]
        if any(codes):
            raise RuntimeError("virtuoso's loader failed")
        self._load_what_failed()
        self.run("checkpoint;")
        for part in home.glob("part-*.nq"):
            part.unlink()

    def _load_what_failed(self) -> None:
        """Load again, one after another, what a loader gave up.

        Two loaders that meet the same new language tag at once collide ("Non unique primary key on DB.DBA.RDF_LANGUAGE"); one
        of them leaves out the rest of its file and says so in its list only.
        """
        for _ in range(3):
            if not self._failed_parts():
                return
            self.run("UPDATE DB.DBA.LOAD_LIST SET ll_state = 0, ll_error = NULL WHERE ll_error IS NOT NULL;")
            self.run("rdf_loader_run();")
        if failed := self._failed_parts():
            raise RuntimeError(f"virtuoso did not load everything: {failed}")

    def _failed_parts(self) -> str:
        query = "SELECT ll_file, ll_error FROM DB.DBA.LOAD_LIST WHERE ll_error IS NOT NULL;"
        said = subprocess.run(self.isql(query), capture_output=True, text=True, check=True).stdout
        return "\n".join(line for line in said.splitlines() if "part-" in line)

    @classmethod
    def serving(cls, nquads: Path, folder: Path) -> Virtuoso:
        """The server of a file, started when it is first asked for."""
        if nquads not in _RUNNING:
            _RUNNING[nquads] = cls(nquads, folder)
        return _RUNNING[nquads]

    def ask(self, text: str) -> int:
        """The single number a query counts."""
        arguments = urllib.parse.urlencode({"query": text, "format": "application/sparql-results+json"})
        with urllib.request.urlopen(f"{self.sparql}?{arguments}", timeout=600) as answer:
            return int(json.load(answer)["results"]["bindings"][0]["n"]["value"])

    def answers(self) -> Answers:
        """All answers."""
        return by_queries(self.ask)
