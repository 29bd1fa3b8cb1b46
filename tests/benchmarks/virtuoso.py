"""Virtuoso (open-source edition 7), started on a loopback port over a scratch folder, asked over HTTP."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.parse
import urllib.request
from pathlib import Path

from tests.benchmarks.registry_questions import Answers, by_queries

_SETTINGS = """[Database]
DatabaseFile = {folder}/v.db
ErrorLogFile = {folder}/v.log
LockFile = {folder}/v.lck
TransactionFile = {folder}/v.trx
xa_persistent_file = {folder}/v.pxa
[TempDatabase]
DatabaseFile = {folder}/t.db
TransactionFile = {folder}/t.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {allowed}
NumberOfBuffers = 340000
MaxDirtyBuffers = 250000
ThreadsPerQuery = 2
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 16
[SPARQL]
ResultSetMaxRows = 1000000
"""


def reason_to_skip() -> str:
    """Why Virtuoso cannot take part; empty when it can."""
    missing = [program for program in ("virtuoso-t", "isql-vt") if not shutil.which(program)]
    return f"{', '.join(missing)} not installed (Debian: virtuoso-opensource-7)" if missing else ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


_PARTS, _LOADERS = 8, max(1, min(4, os.cpu_count() or 1))

_RUNNING: dict[Path, Virtuoso] = {}


class Virtuoso:
    """A running server; it ends with this process."""

    def __init__(self, nquads: Path, folder: Path) -> None:
        self._sql, self._http = _free_port(), _free_port()
        self.root = f"http://127.0.0.1:{self._http}"
        home = folder / f"virtuoso-{nquads.stem}"
        loaded = home / "loaded"
        if home.exists() and not loaded.exists():
            shutil.rmtree(home)  # a load that was broken off
        home.mkdir(exist_ok=True)
        (home / "v.lck").unlink(missing_ok=True)
        settings = home / "virtuoso.ini"
        settings.write_text(_SETTINGS.format(folder=home, allowed=home, sql=self._sql, http=self._http))
        self._process = subprocess.Popen(
            ["virtuoso-t", "+foreground", "+configfile", str(settings)],
            cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.pid = self._process.pid
        atexit.register(self._stop)
        self._wait()
        if not loaded.exists():
            self._load(nquads, home)
            loaded.touch()

    def _stop(self) -> None:
        self._process.terminate()
        self._process.wait(120)

    def _load(self, nquads: Path, home: Path) -> None:
        """Load a file in parts, several at a time: one loader reads one file."""
        command = ["split", "-n", f"l/{_PARTS}", "--additional-suffix=.nq", str(nquads), str(home / "part-")]
        subprocess.run(command, check=True)
        self._run(f"ld_dir('{home}', 'part-*.nq', 'urn:x');")
        loaders = [
            subprocess.Popen(self._isql("rdf_loader_run();"), stdout=subprocess.DEVNULL) for _ in range(_LOADERS)
        ]
        codes = [loader.wait() for loader in loaders]
        if any(codes):
            raise RuntimeError("virtuoso's loader failed")
        self._run("checkpoint;")
        for part in home.glob("part-*.nq"):
            part.unlink()

    @classmethod
    def serving(cls, nquads: Path, folder: Path) -> Virtuoso:
        """The server of a file, started when it is first asked for."""
        if nquads not in _RUNNING:
            _RUNNING[nquads] = cls(nquads, folder)
        return _RUNNING[nquads]

    def _isql(self, statements: str) -> list[str]:
        return ["isql-vt", f"127.0.0.1:{self._sql}", "dba", "dba", f"exec={statements}"]

    def _run(self, statements: str) -> None:
        subprocess.run(self._isql(statements), check=True, stdout=subprocess.DEVNULL)

    def _wait(self, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", self._http), 1).close()
                socket.create_connection(("127.0.0.1", self._sql), 1).close()
            except OSError:
                time.sleep(0.3)
            else:
                return
        raise TimeoutError("virtuoso does not answer")

    def ask(self, text: str) -> int:
        """The single number a query counts."""
        arguments = urllib.parse.urlencode({"query": text, "format": "application/sparql-results+json"})
        with urllib.request.urlopen(f"{self.root}/sparql?{arguments}", timeout=600) as answer:
            return int(json.load(answer)["results"]["bindings"][0]["n"]["value"])

    def answers(self) -> Answers:
        """All answers."""
        return by_queries(self.ask)
