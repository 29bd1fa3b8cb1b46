"""Which places that make an error were reached by tests: a pytest plugin, and a report.

    TARGETGRAPH_ERROR_SITES=sites.txt python -m pytest -p tests.error_sites -n0 …
    python -m tests.error_sites sites.txt

What happens in child processes (most tests of commands) is not seen, so that the numbers are lower bounds.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from tests.packaging.sources import PACKAGE, error_calls, trees

SETTING = "TARGETGRAPH_ERROR_SITES"
_reached: set[str] = set()


def pytest_configure() -> None:
    """Take down who makes errors and problems."""
    from targetgraph import errors

    for cls in (errors.TargetGraphError, errors.InputError, errors.Problem):
        _watch(cls)


def _watch(cls: type) -> None:
    made = cls.__init__  # type: ignore[misc]

    def noted(self: Any, *arguments: Any, **named: Any) -> None:
        frame = sys._getframe(1)
        _reached.add(f"{frame.f_code.co_filename}:{frame.f_lineno}")
        made(self, *arguments, **named)

    cls.__init__ = noted  # type: ignore[misc]


def pytest_sessionfinish() -> None:
    """Add what was seen to the file."""
    with Path(os.environ[SETTING]).open("a", encoding="utf-8") as out:
        out.writelines(f"{place}\n" for place in sorted(_reached))


def unreached(places: set[tuple[str, int]]) -> tuple[int, list[str]]:
    """How many places make errors, and those of them that no line of ``places`` (path below the package, line) falls into."""
    every = [(path, c.lineno, c.end_lineno or c.lineno) for path, tree in trees().items() for c in error_calls(tree)]
    missed = [f"{p}:{a}" for p, a, b in every if not any((p, line) in places for line in range(a, b + 1))]
    return len(every), missed


def main(recorded: Path) -> None:
    """Print how many places were reached, and which were not."""
    places = set()
    for line in recorded.read_text(encoding="utf-8").splitlines():
        file, _, number = line.rpartition(":")
        if Path(file).is_relative_to(PACKAGE):
            places.add((str(Path(file).relative_to(PACKAGE)), int(number)))
    total, missed = unreached(places)
    print(f"{total - len(missed)} of {total} places that make an error were reached by tests in this process")
    print("\n".join(missed))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
