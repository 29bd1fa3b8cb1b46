"""``python -m tests.soak --minutes 10``: good and hostile requests to a server of its own, then the numbers."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.soak.soak import Soak


def main() -> int:
    """Run and tell; exit code 1 when something was not as it must be."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="how long (10)")
    parser.add_argument("--store", type=Path, help="a store of the bundled graph (default: one is built)")
    parser.add_argument("--seed", type=int, default=1, help="of all that is left to chance (1)")
    options = parser.parse_args()
    if not options.minutes > 0:
        parser.error("--minutes must be positive")
    with tempfile.TemporaryDirectory(prefix="targetgraph-soak-") as scratch:
        store = options.store or Path(scratch) / "store"
        if options.store is None:
            command = [sys.executable, "-m", "targetgraph", "build", "--store", str(store)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        findings = Soak(store, options.minutes * 60, options.seed).run()
    print(findings.report())
    return 1 if findings.problems() else 0


if __name__ == "__main__":
    sys.exit(main())
