"""``python -m tests.benchmarks [ROW ...]``: all rows go into README.md, chosen rows only to the screen."""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tests.benchmarks.goals import goals
from tests.benchmarks.harness import ROWS, BenchError, Result, Row, Workbench, measure
from tests.benchmarks.kept import Kept
from tests.benchmarks.report import page, table

FOLDER = Path(__file__).resolve().parent


def load_rows() -> None:
    """Import every ``rows_*.py`` of this folder; they register themselves."""
    for module in sorted(FOLDER.glob("rows_*.py")):
        importlib.import_module(f"tests.benchmarks.{module.stem}")


def main() -> int:
    """Measure, print, and write README.md where all rows were measured as they stand."""
    load_rows()
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW", help="rows to measure (default: all, and write README.md)")
    parser.add_argument("--list", action="store_true", help="list the rows")
    parser.add_argument("--rounds", type=int, help="turns of each contender, instead of the row's own number")
    parser.add_argument("--kept", type=Path, metavar="FILE", help="take rows measured earlier from here, and add to it")
    parser.add_argument("--said", default="", metavar="TEXT", help="what README.md has to say of how it was measured")
    options = parser.parse_args()
    if options.list:
        for row in ROWS.values():
            print(f"{row.name:30} {row.question}")
        return 0
    unknown = sorted(set(options.rows) - set(ROWS))
    if unknown or not ROWS:
        print(f"no such row: {', '.join(unknown)}" if unknown else "there are no rows yet", file=sys.stderr)
        return 2
    if options.rounds is not None and options.rounds < 1:
        parser.error("--rounds must be at least 1")
    chosen = [ROWS[name] for name in options.rows or ROWS]
    if options.rounds is not None:
        chosen = [replace(row, rounds=options.rounds) for row in chosen]
    results, failed = _measured(chosen, Kept(options.kept))
    print("\n".join(part for part in (goals(results), table(results)) if part))
    if not failed and not options.rows and options.rounds is None:
        (FOLDER / "README.md").write_text(page(results, options.said), encoding="utf-8")
    return 1 if failed else 0


def _measured(rows: Sequence[Row], kept: Kept) -> tuple[list[Result], bool]:
    """Results of rows, and whether one could not be measured; the others are measured all the same."""
    results: list[Result] = []
    failed = False
    with tempfile.TemporaryDirectory(prefix="targetgraph-bench-") as scratch:
        bench = Workbench(Path(scratch))
        for row in rows:
            result = kept.get(row)
            if result is None:
                print(f"{row.name} ...", file=sys.stderr, flush=True)
                try:
                    result = measure(row, bench)
                except BenchError as error:
                    print(error, file=sys.stderr, flush=True)
                    failed = True
                    continue
                kept.add(result)
            results.append(result)
    return results, failed


if __name__ == "__main__":
    sys.exit(main())
