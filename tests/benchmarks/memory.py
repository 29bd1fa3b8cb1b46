"""How much memory a survey or a whole command takes beyond what its imports take.

``python -m tests.benchmarks.memory survey STORE`` and ``… command STORE``: prints bytes as JSON. ``peak`` is the highest
resident size less that of the same process (the same interpreter, the same imports) before it opens anything; ``mapped`` is the
part of it that is pages of the memory-mapped columns on disk, which the system takes back when it needs them and which
processes share. Read from ``/proc``, Linux only.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

_IMPORTS = (
    "import targetgraph.cli.gaps, targetgraph.pipeline.opening, targetgraph.analysis.survey.report, "
    "targetgraph.publish.survey, json, numpy; "
)
_REPORT = "print(open('/proc/self/status').read())"


def _status(text: str) -> dict[str, int]:
    """Sizes in bytes by their names in ``/proc/PID/status``."""
    lines = (line.split() for line in text.splitlines() if line.startswith(("VmHWM", "VmRSS", "RssFile")))
    return {parts[0].rstrip(":"): int(parts[1]) * 1024 for parts in lines}


def of_survey(store: Path) -> dict[str, int]:
    """The survey of all frameworks, opening the coded arrays included, in this process."""
    from targetgraph.analysis.survey import survey
    from targetgraph.pipeline import open_coded_graph

    own = Path("/proc/self/status")
    Path("/proc/self/clear_refs").write_text("5")  # sets the highest size back to the present one
    before = _status(own.read_text())
    found = survey(open_coded_graph(store))
    after = _status(own.read_text())
    assert found.targets.sum()
    return {"peak": after["VmHWM"] - before["VmRSS"], "mapped": max(0, after["RssFile"] - before["RssFile"])}


def of_command(store: Path) -> dict[str, int]:
    """``targetgraph gaps --framework all`` as a process of its own, against one that only imports what it uses."""
    bare = subprocess.run([sys.executable, "-c", _IMPORTS + _REPORT], capture_output=True, text=True, check=True)
    before = _status(bare.stdout)
    command = [sys.executable, "-m", "targetgraph", "gaps", "--store", str(store), "--framework", "all", "-f", "json"]
    highest: dict[str, int] = {}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            try:
                now = _status(Path(f"/proc/{process.pid}/status").read_text())
            except OSError:
                break
            highest |= {name: max(size, highest.get(name, 0)) for name, size in now.items()}
            time.sleep(0.002)
    if process.returncode:
        raise SystemExit(process.returncode)
    return {"peak": highest["VmHWM"] - before["VmHWM"], "mapped": max(0, highest["RssFile"] - before["RssFile"])}


def main() -> None:
    """Measure and print."""
    what, store = sys.argv[1], Path(sys.argv[2])
    if what == "survey":
        exec(_IMPORTS)
    print(json.dumps({"survey": of_survey, "command": of_command}[what](store)))


if __name__ == "__main__":
    main()
