"""What a process and its children take: memory and processor time, from /proc."""

from __future__ import annotations

import contextlib
import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a tree of processes takes.

    Parameters
    ----------
    processes : how many they are.
    pss : bytes of memory, a page that several share counted in parts ("proportional set size").
    rss : the same with shared pages counted for each.
    cpu : seconds of processor time so far of those that run, and of those that have ended below them.
    """

    processes: int
    pss: int
    rss: int
    cpu: float


def tree(root: int) -> list[int]:
    """A process and all below it."""
    children = defaultdict(list)
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                children[int(_fields(entry)[1])].append(int(entry.name))
    found, todo = [], [root]
    while todo:
        pid = todo.pop()
        found.append(pid)
        todo += children[pid]
    return found


def taken(root: int) -> Taken:
    """What a process and all below it take now; those that end meanwhile are left out."""
    count, pss, rss, cpu = 0, 0, 0, 0.0
    for pid in tree(root):
        with contextlib.suppress(OSError):
            folder = Path("/proc") / str(pid)
            rollup = (folder / "smaps_rollup").read_text().splitlines()
            sizes = {line.split(":")[0]: int(line.split()[1]) for line in rollup[1:]}
            user, system, child_user, child_system = (int(n) for n in _fields(folder)[11:15])
            count, pss, rss = count + 1, pss + sizes["Pss"] * 1024, rss + sizes["Rss"] * 1024
            cpu += (user + system + child_user + child_system) / _TICKS
    return Taken(count, pss, rss, cpu)


def _fields(folder: Path) -> list[str]:
    """Fields of /proc/PID/stat behind the name, which may hold anything."""
    return (folder / "stat").read_text().rpartition(")")[2].split()
