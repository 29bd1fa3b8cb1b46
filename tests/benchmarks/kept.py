"""Measured rows in a file, so that a table that takes an hour need not begin again when its last row fails."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.benchmarks.harness import Load, Measured, Result, Row, Sample


class Kept:
    """Results by the name of their row, in a JSON file that is written anew after each.

    Parameters
    ----------
    path : the file; None keeps nothing.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._rows: dict[str, list[dict[str, Any]]] = {}
        if path is not None and path.exists():
            self._rows = json.loads(path.read_text(encoding="utf-8"))

    def get(self, row: Row) -> Result | None:
        """The result of a row measured earlier."""
        found = self._rows.get(row.name)
        if found is None:
            return None
        return Result(row, tuple(Measured(m["name"], tuple(map(_sample, m["samples"]))) for m in found))

    def add(self, result: Result) -> None:
        """Keep a result. Of the answers only those in which memory is told are kept: they have been compared."""
        self._rows[result.row.name] = [
            {"name": m.name, "samples": [_plain(s, result.row.by == "memory") for s in m.samples]}
            for m in result.contenders
        ]
        if self._path is not None:
            beside = self._path.with_suffix(".new")
            beside.write_text(json.dumps(self._rows, indent=1), encoding="utf-8")
            beside.replace(self._path)


def _plain(sample: Sample, with_answer: bool) -> dict[str, Any]:
    load = asdict(sample.load) if sample.load is not None else None
    return {
        "cpu": sample.cpu,
        "wall": sample.wall,
        "answer": sample.answer if with_answer else None,
        "load": load,
        "cut": sample.cut,
    }


def _sample(kept: dict[str, Any]) -> Sample:
    load = Load(**kept["load"]) if kept["load"] else None
    return Sample(kept["cpu"], kept["wall"], kept["answer"], load, kept.get("cut", False))
