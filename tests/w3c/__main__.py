"""``python -m tests.w3c``: run the suite, write docs/conformance.md, tell what failed without a known cause."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.components import CHECKOUT, COMPONENTS
from tests.w3c.causes import ENGINE, OURS
from tests.w3c.examination import Examination
from tests.w3c.outcomes import Verdict
from tests.w3c.page import page

PAGE = CHECKOUT / "docs" / "conformance.md"


def main() -> int:
    """Run, write, tell."""
    suite = COMPONENTS["w3c"].found()
    if suite is None:
        print(COMPONENTS["w3c"].remedy, file=sys.stderr)
        return 2
    with (
        tempfile.TemporaryDirectory(prefix="targetgraph-w3c-") as scratch,
        Examination(suite / "sparql11", Path(scratch)) as examination,
    ):
        outcomes = examination.outcomes()
    PAGE.write_text(page(outcomes), encoding="utf-8")
    unexplained = 0
    for found in outcomes.values():
        for outcome in found:
            if outcome.verdict is Verdict.FAILED and outcome.iri not in ENGINE | OURS:
                unexplained += 1
                print(f"{outcome.iri} ({outcome.name}): {outcome.detail}")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
