"""HermiT asked one question after another in a single run of Java, each question made when the former is answered.

HermiT's command line takes addresses of ontologies and reads each when it comes to it, and it tells of each whether a class
can have a member before it reads the next. So it is given addresses of a small server of ours, on the loopback address and
below a name that nobody can guess, which hands out the next set of statements as soon as there is one. Starting Java takes a
second; a question over a hundred axioms some twenty to fifty milliseconds.
"""

from __future__ import annotations

import contextlib
import os
import queue
import secrets
import signal
import subprocess
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import IO, Any, Final, Self

from targetgraph.reasoning.description_logic import Limits, ReasonerStopped, failure, hermit_command

_SETTLED_SECONDS: Final = 1.0
_POSSIBLE, _IMPOSSIBLE, _ENDED = b" is satisfiable.", b" is not satisfiable.", b""


class Dialogue:
    """A run of HermiT that is asked whether a class can have a member. Use it in a ``with`` block.

    Parameters
    ----------
    kind : IRI of the class.
    limits : of each question, and the memory of Java.
    questions : that a run of Java is prepared for; when they are used up the next begins.
    """

    def __init__(self, kind: str, limits: Limits | None = None, questions: int = 400) -> None:
        self._kind, self._limits, self._questions = kind, limits or Limits(), questions
        self._run: _Run | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def possible(self, ntriples: bytes, seconds: float | None = None) -> bool:
        """Whether the class can have a member where these statements (N-Triples) are true.

        Where they contradict each other it cannot.

        Parameters
        ----------
        ntriples : the statements.
        seconds : less time than the limits give.

        Raises
        ------
        ReasonerMissing, ReasonerStopped
        """
        if self._run is None or self._run.asked == self._questions:
            self._end()
            self._run = _Run(self._kind, self._limits, self._questions)
        try:
            answer = self._run.ask(ntriples, min(self._limits.seconds, seconds or self._limits.seconds))
        except ReasonerStopped:  # the next question finds HermiT anew
            self._end()
            raise
        if answer is None:  # HermiT ends at a contradiction
            self._end()
        return answer or False

    def _end(self) -> None:
        if self._run is not None:
            self._run.end()
            self._run = None


class _Run:
    """One process, and the server that it reads its questions from."""

    def __init__(self, kind: str, limits: Limits, questions: int) -> None:
        self.asked = 0
        self._limits = limits
        self._theories: dict[int, bytes] = {}
        self._changed = threading.Condition()
        self._closed = False
        self._secret = secrets.token_urlsafe(16)
        run = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                run._hand_out(self)

            def log_message(self, format: str, *args: Any) -> None:
                """Nothing is written down."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `_close`
        base = f"http://127.0.0.1:{self._server.server_address[1]}/{self._secret}"
        try:
            self._process = subprocess.Popen(
                [*hermit_command(limits), f"-k<{kind}>", *(f"{base}/{n}" for n in range(questions))],
                stdout=subprocess.PIPE,
                stderr=self._errors,
                start_new_session=os.name == "posix",
            )
        except BaseException:
            self._close()
            raise
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def ask(self, ntriples: bytes, patience: float) -> bool | None:
        """The answer to the next question; None where the statements contradict each other, which ends the run."""
        with self._changed:
            self._theories = {self.asked: ntriples}
            self.asked += 1
            self._changed.notify_all()
        settled, end = False, time.monotonic() + patience
        while True:
            try:
                line = self._lines.get(timeout=_SETTLED_SECONDS if settled else max(0.0, end - time.monotonic()))
            except queue.Empty:
                if settled:
                    raise failure(self._told()) from None
                raise ReasonerStopped(
                    f"hermit was stopped after {patience:g} seconds",
                    remedy="raise --time-limit, or use --engine rl",
                ) from None
            if line.endswith((_POSSIBLE, _IMPOSSIBLE)):
                return line.endswith(_POSSIBLE)
            if line == b"?%d" % self.asked:  # it has gone on without an answer, or that is still on its way to us
                settled = True
            elif line == _ENDED:
                told = self._told()
                if b"InconsistentOntologyException" not in told:
                    raise failure(told)
                return None

    def _told(self) -> bytes:
        self._errors.seek(0)
        return self._errors.read()

    def _read(self) -> None:
        stdout = self._process.stdout
        assert stdout is not None
        for line in stdout:
            if line.strip():
                self._lines.put(line.rstrip())
        self._process.wait()
        self._lines.put(_ENDED)

    def _hand_out(self, request: BaseHTTPRequestHandler) -> None:
        secret, _, number = request.path.lstrip("/").partition("/")
        theory = None
        if secrets.compare_digest(secret.encode(), self._secret.encode()) and number.isdigit():
            with self._changed:
                if int(number) not in self._theories:
                    self._lines.put(b"?%d" % int(number))
                self._changed.wait_for(lambda: self._closed or int(number) in self._theories)
                theory = self._theories.get(int(number))
        with contextlib.suppress(OSError):  # Java was ended meanwhile
            if theory is None:
                request.send_error(404)
                return
            request.send_response(200)
            request.send_header("Content-Type", "application/n-triples")
            request.send_header("Content-Length", str(len(theory)))
            request.end_headers()
            request.wfile.write(theory)

    def end(self) -> None:
        """Stop the process and the server."""
        with contextlib.suppress(OSError):
            if os.name == "posix":
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.kill()
        self._process.wait()
        self._reader.join()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._close()

    def _close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._server.shutdown()
        self._server.server_close()
        self._errors.close()
