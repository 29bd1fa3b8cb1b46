"""``python -m tests.reading.fuzz ENTRY --seconds 60``: fuzz an entry, guided by coverage, beginning with its kept inputs.

Needs atheris (Apache-2.0, https://github.com/google/atheris), which brings libFuzzer. Exit code 0: nothing was found. What
breaks an entry is written to the folder given with ``--found``; put it, made small and named for what it shows, into the corpus
with the mend, so that it is replayed for ever.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
import tempfile
from pathlib import Path


def main() -> None:
    """Instrument, then hand over to libFuzzer, which ends the process."""
    parser = argparse.ArgumentParser(prog="python -m tests.reading.fuzz", description=__doc__)
    parser.add_argument("entry")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--found", type=Path, default=Path("build/fuzz"))
    options = parser.parse_args()
    import atheris

    with atheris.instrument_imports(include=["targetgraph.reading", "targetgraph.analysis.comparison.texts"]):
        for package in ("targetgraph.reading", "targetgraph.analysis.comparison.texts"):
            for module in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
                if not module.name.endswith("__main__"):
                    importlib.import_module(module.name)
        from tests.reading.fuzz import entries
    known = {**entries.ENTRIES, "anything": entries.anything}
    if options.entry not in known:
        parser.error(f"there is no entry {options.entry!r}; there are {', '.join(known)}")
    options.found.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, data in entries.seeds(options.entry).items():
            (Path(folder) / name).write_bytes(data)
        bounds = [f"-max_total_time={options.seconds}", "-timeout=20", "-rss_limit_mb=2500", "-max_len=2000"]
        quiet = ["-print_final_stats=1", "-verbosity=1", f"-artifact_prefix={options.found}/"]
        atheris.Setup([sys.argv[0], *bounds, *quiet, folder], known[options.entry])
        atheris.Fuzz()


if __name__ == "__main__":
    main()
