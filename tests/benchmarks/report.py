"""Results as a Markdown table."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Iterator, Sequence
from importlib.metadata import version

from tests.benchmarks.goals import goals
from tests.benchmarks.harness import CONNECTIONS, Measured, Result

HEAD = """# Benchmarks

Written by `make bench`; do not edit. Each contender ran {rounds} after a turn that does not count, taking
turns with its rivals; the table gives medians and, behind ±, half the distance between the quartiles. *CPU*
counts all threads of the process, a command's start included. *Times* compares with the first contender
of the row, by CPU unless it says *clock*. All contenders of a row gave the same answer, or there would be
no row; one that was cut short gave none, and what it took until then is written with ">".
Servers are in a table of their own: each was asked over {connections} kept connections by `wrk`, on
the same cores; *CPU* is the server's for one request, *memory* that of all its processes (shared pages counted once),
*times* compares requests per second.

Measured on {cores} cores ({machine}), {system}, Python {python}, rdflib {rdflib}, pyoxigraph {pyoxigraph}.{said}

"""


def seconds(value: float) -> str:
    """A duration with three significant digits, in the unit that suits it."""
    for unit, factor in (("s", 1.0), ("ms", 1e3)):
        if value * factor >= 1:
            return f"{value * factor:#.3g}".rstrip(".") + f" {unit}"
    return f"{value * 1e6:.0f} µs"


def spread(values: Sequence[float]) -> float:
    """Half the distance between the quartiles; zero for a single value."""
    ordered = sorted(values)
    quarter = (len(ordered) - 1) / 4

    def at(place: float) -> float:
        low = int(place)
        high = min(low + 1, len(ordered) - 1)
        return ordered[low] + (ordered[high] - ordered[low]) * (place - low)

    return (at(3 * quarter) - at(quarter)) / 2


def _cells(result: Result, measured: Measured) -> list[str]:
    first = measured is result.contenders[0]
    clock = " (clock)" if result.row.by == "wall" else ""
    return [
        result.row.question if first else "",
        measured.name,
        *_costs(result, measured),
        "" if result.row.by == "memory" else "1" if first else f"{_least(measured)}{result.ratio(measured):.2g}{clock}",
    ]


def _costs(result: Result, measured: Measured) -> Iterator[str]:
    """Processor and clock; where memory is measured, its peak and the mapped part of it instead."""
    answers = [answer for sample in measured.samples if isinstance(answer := sample.answer, dict)]
    if result.row.by == "memory" and answers:
        peak, mapped = (max(int(a[name]) for a in answers) / 1e6 for name in ("peak", "mapped"))
        yield f"{peak:.1f} MB"
        yield f"{mapped:.1f} MB mapped"
        return
    for by in ("cpu", "wall"):
        yield f"{_least(measured)}{seconds(measured.median(by))} ± {seconds(spread(measured.seconds(by)))}"


def _least(measured: Measured) -> str:
    return "> " if measured.cut else ""


def _rate(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == 0 else f"{value:.3g}"


def _load_cells(result: Result, measured: Measured) -> list[str]:
    first = measured is result.contenders[0]

    def middle(figure: str) -> float:
        return statistics.median(measured.loads(figure))

    return [
        result.row.question if first else "",
        measured.name,
        f"{_rate(middle('rate'))} ± {_rate(spread(measured.loads('rate')))}",
        seconds(middle("p50")),
        seconds(middle("p99")),
        seconds(middle("cpu")),
        f"{middle('memory') / 2**20:,.0f} MiB",
        "1" if first else f"{result.ratio(measured):.2g}",
    ]


_TIMES = ("| question | contender | CPU | clock | times |", "|---|---|--:|--:|--:|")
_LOADS = (
    "| question | server | requests/s | half within | 99 % within | CPU | memory | times |",
    "|---|---|--:|--:|--:|--:|--:|--:|",
)


def table(results: Sequence[Result]) -> str:
    """The Markdown tables of all rows, servers apart, then what their authors noted."""
    lines: list[str] = []
    for head, cells_of, chosen in (
        (_TIMES, _cells, [r for r in results if r.row.by != "rate"]),
        (_LOADS, _load_cells, [r for r in results if r.row.by == "rate"]),
    ):
        if not chosen:
            continue
        lines += [*([""] if lines else []), *head]
        for result in chosen:
            for measured in result.contenders:
                cells = (cell.replace("|", "\\|") for cell in cells_of(result, measured))
                lines.append("| " + " | ".join(cells) + " |")
    notes = [f"- *{result.row.question}*: {result.row.note}" for result in results if result.row.note]
    return "\n".join([*lines, *([""] if notes else []), *notes]) + "\n"


def page(results: Sequence[Result], said: str = "") -> str:
    """The whole of README.md."""
    rounds = sorted({result.row.rounds for result in results})
    turns = f"{rounds[0]} times" if len(rounds) == 1 else f"{rounds[0]} to {rounds[-1]} times"
    return HEAD.format(
        rounds=turns,
        cores=os.cpu_count(),
        connections=CONNECTIONS,
        machine=platform.machine(),
        system=platform.system(),
        python=platform.python_version(),
        rdflib=version("rdflib"),
        pyoxigraph=version("pyoxigraph"),
        said=f"\n\n{said}" if said else "",
    ) + "\n".join(part for part in (goals(results), table(results)) if part)
