"""What a soak found: right and wrong answers, latencies, memory, the stop."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from dataclasses import dataclass, field

MIB = 2**20


@dataclass(slots=True)
class Findings:
    """Filled by all threads of a soak; every addition is one operation on a list or counter under its lock."""

    seconds: float = 0.0
    latencies: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)
    asked_again: int = 0
    kills: int = 0
    acts: Counter[str] = field(default_factory=Counter)
    misbehaviour: list[str] = field(default_factory=list)
    memory: list[tuple[float, int, int]] = field(default_factory=list)
    """Seconds since the start, bytes of memory (PSS), processes; all there are, whatever they work on."""
    kept: list[tuple[float, int]] = field(default_factory=list)
    """Seconds since the start and bytes of memory (PSS) at each rest: no client asks anything, and no query runs."""
    stop: list[str] = field(default_factory=list)
    """What went wrong when the server was stopped."""
    stopped_after: float = 0.0

    def growth(self) -> tuple[float, float]:
        """Memory (bytes) the server keeps at the first rest, when it has warmed up, and at the end of all.

        With more than three rests it is the median of those in the second third of the time, and of those in the last.
        """
        if len(self.kept) <= 3:
            return (float(self.kept[0][1]), float(self.kept[-1][1])) if self.kept else (0.0, 0.0)
        third = self.seconds / 3
        middle = [pss for at, pss in self.kept if third <= at < 2 * third]
        last = [pss for at, pss in self.kept if at >= 2 * third]
        return statistics.median(middle or [0]), statistics.median(last or [0])

    def slope(self) -> float:
        """Bytes a minute by which the memory kept changed after the first third, by least squares."""
        later = [(at / 60, float(pss)) for at, pss in self.kept if at >= self.seconds / 3]
        if len({at for at, _ in later}) < 2:
            return 0.0
        return statistics.linear_regression(*zip(*later, strict=True)).slope

    def allowed_growth(self) -> float:
        """Bytes by which the end may exceed what was before: a tenth and 24 MiB; in a run of under two minutes, in which a
        server is still warming up, 96 MiB."""
        before, _ = self.growth()
        return 96 * MIB if self.seconds < 120 else before / 10 + 24 * MIB

    def problems(self) -> list[str]:
        """Why the soak is not passed; nothing if it is."""
        found = [f"{len(self.wrong)} good requests went wrong, such as {self.wrong[:3]}"] if self.wrong else []
        if self.asked_again > self.kills:
            found.append(f"{self.asked_again} good requests had to be asked again, after {self.kills} kills")
        if self.misbehaviour:
            found.append(f"{len(self.misbehaviour)} hostile requests were met wrongly, such as {self.misbehaviour[:3]}")
        before, after = self.growth()
        if after - before > self.allowed_growth():
            found.append(f"memory grew from {before / MIB:.0f} to {after / MIB:.0f} MiB")
        return found + self.stop

    def report(self) -> str:
        """The numbers, as Markdown."""
        good = sum(map(len, self.latencies.values()))
        lines = [
            f"{self.seconds / 60:.1f} minutes: {good:,} good requests, {len(self.wrong)} wrong, "
            f"{self.asked_again} asked again; {sum(self.acts.values()):,} hostile acts, "
            f"{len(self.misbehaviour)} met wrongly; {self.kills} processes killed.",
            "",
            "| good requests | count | half within | 90 % | 99 % | slowest |",
            "|---|--:|--:|--:|--:|--:|",
        ]
        for kind, taken in sorted(self.latencies.items()):
            lines.append(
                f"| {kind} | {len(taken):,} | {' | '.join(_milliseconds(taken, q) for q in (50, 90, 99, 100))} |"
            )
        everything = [s for taken in self.latencies.values() for s in taken]
        lines.append(f"| **all** | {good:,} | {' | '.join(_milliseconds(everything, q) for q in (50, 90, 99, 100))} |")
        before, after = self.growth()
        lines += [
            "",
            f"Memory kept (PSS at {len(self.kept)} rests): {before / MIB:.0f} MiB before, {after / MIB:.0f} MiB at the end; "
            f"at work at most {max((pss for _, pss, _ in self.memory), default=0) / MIB:.0f} MiB; "
            f"{self.slope() / MIB:+.2f} MiB a minute; allowed growth {self.allowed_growth() / MIB:.0f} MiB. "
            f"Processes: at most {max((n for _, _, n in self.memory), default=0)}.",
            "",
            f"Hostile: {', '.join(f'{act} {count:,}' for act, count in sorted(self.acts.items()))}.",
            "",
            f"Stopped {self.stopped_after:.1f} s after SIGTERM. {'; '.join(self.problems()) or 'Passed'}.",
        ]
        return "\n".join(lines)


def percentile(values: list[float], percent: float) -> float:
    """The value below which so many percent of the values lie (nearest rank)."""
    ordered = sorted(values)
    return (
        ordered[max(0, min(len(ordered) - 1, round(percent / 100 * len(ordered)) - (percent < 100)))]
        if ordered
        else 0.0
    )


def _milliseconds(values: list[float], percent: float) -> str:
    return f"{percentile(values, percent) * 1e3:,.1f} ms"
