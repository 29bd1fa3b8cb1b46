"""``python -m tests.reading.endless``: texts that repeat one thing, each judged in a process that may take so much and no more.

What grows with the text takes a second at most for 100,000 characters. What grew with its square, and took half a second for
24,000, would take 9 and be killed by its limit on processor time: no clock is read, and a busy machine changes little.
"""

from __future__ import annotations

import os
import resource

from targetgraph.reading.smart import judge
from tests.reading.quality import reader

UNITS = ["[", "[2030] or ", "by the end of the ", "d’ici à la fin de ", "к концу 2030 ", "Governments and industry ",
         "1 000 ",
         "40 per cent of ", "By 2030, Governments protect farmers as appropriate. ", "SDG 12.4, 3 and ", "والحكومات ",
         "各国政府和", "\u200d", "A/", "by ", "within the next "]  # fmt: skip
SIZE, SECONDS = 100_000, 6


def judged(unit: str) -> bool:
    """Whether a text of one thing again and again is judged within the limit."""
    pid = os.fork()
    if pid == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        status = 1
        try:
            judge(reader(), (unit * SIZE)[:SIZE], "en")
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


if __name__ == "__main__":
    judge(reader(), "Governments act.", "en")  # reads the vocabularies once, for all
    for unit in UNITS:
        print(f"{'within' if judged(unit) else 'beyond'} {unit!r}", flush=True)
