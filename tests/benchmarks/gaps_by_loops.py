"""The gap report by sets and loops over an rdflib graph: ``python -m tests.benchmarks.gaps_by_loops DATASET.nq CODE``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.oracle.frameworks import read
from tests.oracle.gaps import expected_gaps


def main() -> None:
    """Read, look, print (kind, dimension, subject)."""
    dataset, framework = sys.argv[1:]
    found = expected_gaps(read(Path(dataset)), f"https://w3id.org/targetgraph/{framework}")
    # For an order that cannot work the subject is two targets; the first of them is what lacks something.
    print(json.dumps(sorted((kind, code, subject.split(" ")[0]) for kind, subject, code in found)))


if __name__ == "__main__":
    main()
