"""``python -m tests.benchmarks.registry_script FILE.nq``: the questions by sets and dictionaries, reading included."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.benchmarks.registry_questions import PlainRegistry

if __name__ == "__main__":
    print(json.dumps(PlainRegistry(Path(sys.argv[1])).answers()))
