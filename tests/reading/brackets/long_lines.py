"""``python -m tests.reading.brackets.long_lines``: long lines, each read in a process that may take so much and no more.

No clock is read: a line whose reading takes time out of proportion to its length is killed by its limit on processor time.
"""

from __future__ import annotations

import os
import resource

from targetgraph.reading.brackets import all_deleted, all_kept, number_of_readings, parse_brackets, share_in_brackets

LINES = {
    "opened": "[" * 1_000_000,
    "closed": "]" * 1_000_000,
    "deep": "[a" * 30_000 + "]" * 30_000,
    "many": "[a][b] " * 20_000,
    "spaces": " " * 500_000 + "[" + " " * 500_000,
}
SECONDS = 15


def read_whole(text: str) -> bool:
    """Read ``text`` in every way there is; whether it has a reading, and brackets that lack their counterpart are told."""
    read = parse_brackets(text)
    count = number_of_readings(read)
    all_kept(read), all_deleted(read), share_in_brackets(read)
    return count >= 1 and (set(text) not in ({"["}, {"]"}) or "no counterpart" in read.unread)


def within(text: str) -> bool:
    """Whether a line is read rightly within the limit, which counts from the fork."""
    pid = os.fork()
    if pid == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        status = 1
        try:
            status = 0 if read_whole(text) else 2
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


if __name__ == "__main__":
    for name, line in LINES.items():
        print(f"{'read' if within(line) else 'failed'} {name}", flush=True)
