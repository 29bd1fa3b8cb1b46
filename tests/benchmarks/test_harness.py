"""The benchmark runner, on contenders whose cost is given instead of measured."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.benchmarks import harness, report
from tests.benchmarks.harness import BenchError, Contender, Row, Sample, Workbench, call, command, measure


def _scripted(name: str, costs: list[float], log: list[str], answer: object = 42) -> Contender:
    """A contender that takes the given seconds, turn by turn."""
    left = iter(costs)

    def turn() -> Sample:
        log.append(name)
        cost = next(left)
        return Sample(cpu=cost, wall=10 * cost, answer=answer)

    return Contender(name, turn)


def _row(contenders: list[Contender], rounds: int = 3, by: str = "cpu", answer=lambda answer: answer) -> Row:
    return Row("example", "How long?", lambda bench: contenders, rounds, by, answer, "")


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    return Workbench(tmp_path)


def test_contenders_take_turns_and_the_first_is_not_counted(bench: Workbench) -> None:
    log: list[str] = []
    a, b = _scripted("a", [99, 3, 1, 2], log), _scripted("b", [99, 8, 8, 6], log)
    result = measure(_row([a, b]), bench)
    assert "".join(log) == "ab" + "ab" + "ba" + "ab"
    assert [m.median("cpu") for m in result.contenders] == [2, 8]
    assert [m.median("wall") for m in result.contenders] == [20, 80]
    assert [result.ratio(m) for m in result.contenders] == [1, 4]


def test_disagreement_is_an_error(bench: Workbench) -> None:
    contenders = [_scripted("a", [1] * 4, [], [1, 2]), _scripted("b", [1] * 4, [], [2, 1])]
    with pytest.raises(BenchError, match="b does not give the answer of a"):
        measure(_row(contenders), bench)
    contenders = [_scripted("a", [1] * 4, [], [1, 2]), _scripted("b", [1] * 4, [], [2, 1])]
    assert len(measure(_row(contenders, answer=sorted), bench).contenders) == 2


def test_names_must_differ(bench: Workbench) -> None:
    with pytest.raises(BenchError, match="name of its own"):
        measure(_row([_scripted("a", [1] * 4, []), _scripted("a", [1] * 4, [])]), bench)
    with pytest.raises(BenchError, match="needs contenders"):
        measure(_row([]), bench)


def test_row_registers_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harness, "ROWS", {})

    def example(bench: Workbench) -> list[Contender]:
        """A note
        over two lines."""
        return []

    harness.row("How long?", rounds=2)(example)
    assert harness.ROWS["example"].note == "A note over two lines."
    with pytest.raises(ValueError, match="two rows"):
        harness.row("Again?")(example)
    with pytest.raises(ValueError, match="cpu or wall"):
        harness.row("How long?", by="moon")


def test_command_measures_a_process_and_reads_its_output() -> None:
    spin = "import time\nwhile time.process_time() < 0.2: pass\nprint(7)"
    sample = command("spin", [sys.executable, "-c", spin], read=int).turn()
    assert sample.answer == 7
    assert sample.cpu >= 0.2
    with pytest.raises(BenchError, match="exit code 3"):
        command("fails", [sys.executable, "-c", "raise SystemExit(3)"]).turn()


def test_call_returns_the_answer_of_the_function() -> None:
    assert call("sum", lambda: sum(range(10))).turn().answer == 45


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.34, "12.3 s"),
        (1.0, "1.00 s"),
        (0.0534, "53.4 ms"),
        (0.00042, "420 µs"),
        (123.4, "123 s"),
        (0.0, "0 µs"),
    ],
)
def test_seconds(value: float, text: str) -> None:
    assert report.seconds(value) == text


def test_spread_is_half_the_distance_of_the_quartiles() -> None:
    assert report.spread([5, 1, 3, 2, 4]) == 1  # quartiles 2 and 4
    assert report.spread([7]) == 0
    assert report.spread([0, 1, 2, 3]) == 0.75  # quartiles 0.75 and 2.25


def test_table(bench: Workbench) -> None:
    log: list[str] = []
    contenders = [_scripted("a|b", [9, 0.5, 0.5, 0.5], log), _scripted("slow", [9, 5, 5, 5], log)]
    text = report.table([measure(_row(contenders, by="wall"), bench)])
    assert text.splitlines() == [
        "| question | contender | CPU | clock | times |",
        "|---|---|--:|--:|--:|",
        "| How long? | a\\|b | 500 ms ± 0 µs | 5.00 s ± 0 µs | 1 |",
        "|  | slow | 5.00 s ± 0 µs | 50.0 s ± 0 µs | 10 (clock) |",
    ]
    assert report.page([measure(_row([call("a", lambda: 1)]), bench)]).startswith("# Benchmarks\n")
