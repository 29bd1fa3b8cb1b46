"""A short soak, and what a finding must be to fail one."""

from __future__ import annotations

from pathlib import Path

from tests.soak.findings import MIB, Findings, percentile
from tests.soak.hostility import ACTS
from tests.soak.soak import Soak


def test_a_server_between_good_and_hostile_clients(built_store: Path) -> None:
    soak = Soak(built_store, seconds=12)
    found = soak.run()
    assert not found.problems(), found.report()
    assert sum(map(len, found.latencies.values())) >= 20, found.report()
    assert sum(found.acts.values()) >= 10 and set(found.acts) <= set(ACTS)
    assert found.kills >= 1 and len(found.memory) >= 10 and len(found.kept) == 3
    assert "Passed" in found.report()


def _findings(minutes: int, megabytes: list[int]) -> Findings:
    found = Findings(seconds=60.0 * minutes)
    found.kept = [((i + 1) * found.seconds / len(megabytes), size * MIB) for i, size in enumerate(megabytes)]
    found.latencies["look-up"] = [0.001] * 99 + [0.5]
    return found


def test_memory_that_grows_is_a_problem() -> None:
    steady = _findings(10, [20, 150, 180, 200, 190, 210, 200, 900, 195, 205, 200, 199])
    assert not steady.problems()
    growing = _findings(10, [100 + 10 * n for n in range(30)])
    assert any("memory grew" in problem for problem in growing.problems())
    # 300 MiB in 10 minutes
    assert round(growing.slope() / MIB) == 30


def test_what_goes_wrong_is_a_problem() -> None:
    found = _findings(10, [200] * 12)
    found.kills, found.asked_again = 2, 2
    assert not found.problems()
    found.asked_again = 3
    found.wrong.append("look-up: other rows")
    found.misbehaviour.append("SERVICE: status 200")
    found.stop.append("the server left with exit code 1")
    assert len(found.problems()) == 4
    assert "look-up | 100 | 1.0 ms | 1.0 ms | 1.0 ms | 500.0 ms" in found.report()


def test_percentiles_by_nearest_rank() -> None:
    values = [float(n) for n in range(1, 101)]
    assert [percentile(values, p) for p in (50, 99, 100)] == [50, 99, 100]
    assert percentile([], 50) == 0
    assert percentile([7.0], 99) == 7
