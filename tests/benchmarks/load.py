"""Load on an HTTP server, made by wrk: a fixed number of kept connections, each asking again as soon as it is answered."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.harness import CONNECTIONS, BenchError, Load
from tests.benchmarks.processes import taken

SCRIPT = Path(__file__).with_suffix(".lua")
_NUMBERS = itertools.count(0, 10_000_000)


def reason_to_skip() -> str:
    """Why no load can be made; empty when it can."""
    return "" if shutil.which("wrk") else "wrk is not installed (Debian: wrk)"


def put_load(
    root: str, paths: Sequence[str], accept: str, *, pid: int, seconds: int, numbered: bool, scratch: Path
) -> Load:
    """Ask for some seconds.

    Parameters
    ----------
    root : address of the server.
    paths : what to GET, in turn.
    pid : process of the server, for its memory and processor time.
    numbered : put a number that never comes again at the end of every path.

    Raises
    ------
    BenchError
        when a request was refused or broke off.
    """
    listed = scratch / f"paths-{os.getpid()}.txt"
    listed.write_text("".join(f"{path}\n" for path in paths), encoding="utf-8")
    arguments = [str(listed), accept, str(next(_NUMBERS)), "numbered" if numbered else "as it is"]
    before = taken(pid)
    figures = _asked(root, arguments, seconds)
    if not figures["requests"]:  # a slow one on a busy machine: nothing was whole when the time was over
        before = taken(pid)
        figures = _asked(root, arguments, 12 * seconds)
    after = taken(pid)
    if figures["refused"] or figures["broken"] or not figures["requests"]:
        wrong = f"{figures['refused']} were refused, {figures['broken']} broke off"
        raise BenchError(f"{root}: of {figures['requests']} requests {wrong}")
    return Load(
        rate=figures["requests"] / (figures["microseconds"] / 1e6),
        p50=figures["p50"] / 1e6,
        p99=figures["p99"] / 1e6,
        cpu=(after.cpu - before.cpu) / figures["requests"],
        memory=after.pss,
    )


def _asked(root: str, arguments: Sequence[str], seconds: int) -> dict[str, float]:
    command = [
        "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "60s", "-s", str(SCRIPT), root, "--", *arguments,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=seconds + 90)
    if done.returncode or not done.stdout:
        raise BenchError(f"wrk failed: {done.stderr or done.stdout}")
    figures: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return figures
