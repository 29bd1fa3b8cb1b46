"""The benchmark runner, on contenders whose cost is given instead of measured."""

from __future__ import annotations

import http.server
import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import ClassVar

import pytest

from tests.benchmarks import goals, harness, load, processes, report
from tests.benchmarks.harness import BenchError, Contender, Load, Row, Sample, Workbench, call, command, measure
from tests.benchmarks.kept import Kept


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
    with pytest.raises(ValueError, match="cpu, wall, rate or memory"):
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
    page = report.page([measure(_row([call("a", lambda: 1)]), bench)], "On a busy machine.")
    assert page.startswith("# Benchmarks\n")
    assert "On a busy machine.\n" in page


def _server(name: str, rates: list[float], memory: int) -> Contender:
    """A server that answers so many requests a second, turn by turn."""
    left = iter(rates)

    def turn() -> Sample:
        rate = next(left)
        return Sample(0, 0, "same", Load(rate, p50=1 / rate, p99=4 / rate, cpu=0.5 / rate, memory=memory * 2**20))

    return Contender(name, turn)


def test_servers_are_in_a_table_of_their_own(bench: Workbench) -> None:
    servers = [_server("quick", [1, 1900, 2000, 2100], 50), _server("slow", [1, 500, 400, 500], 1500)]
    timed = measure(_row([call("a", lambda: 1)]), bench)
    under_load = measure(_row(servers, by="rate"), bench)
    assert [round(under_load.ratio(m), 3) for m in under_load.contenders] == [1, 4]
    text = report.table([under_load, timed])
    assert text.splitlines()[-4:] == [
        "| question | server | requests/s | half within | 99 % within | CPU | memory | times |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
        "| How long? | quick | 2,000 ± 50 | 500 µs | 2.00 ms | 250 µs | 50 MiB | 1 |",
        "|  | slow | 500 ± 25 | 2.00 ms | 8.00 ms | 1.00 ms | 1,500 MiB | 4 |",
    ]
    assert text.startswith("| question | contender | CPU |")


def test_what_a_process_takes() -> None:
    """A parent with a child of 64 MiB, from which nothing is shared."""
    script = "import subprocess, sys; c = subprocess.Popen([sys.executable, '-c', sys.argv[1]]); c.wait()"
    spin = "while time.process_time() < 0.3: pass"
    child = f"import time; b = bytearray(b'x') * 2**26\n{spin}\nprint(len(b), flush=True)\ninput()"
    running = subprocess.Popen(
        [sys.executable, "-c", script, child], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with running:
        assert running.stdout is not None
        assert running.stdout.readline() == f"{2**26}\n"
        found = processes.taken(running.pid)
        running.communicate("\n")
    assert found.processes == 2
    assert 2**26 < found.pss <= found.rss < 2**28
    assert 0.25 < found.cpu < 5
    assert processes.taken(running.pid).processes == 0


class _Slow(http.server.BaseHTTPRequestHandler):
    """Answers after 20 ms, and refuses what has no number."""

    protocol_version = "HTTP/1.1"
    seen: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.seen.append(self.path)
        time.sleep(0.02)
        self.send_response(404 if self.path.endswith("=") else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.skipif(bool(load.reason_to_skip()), reason=load.reason_to_skip() or "wrk")
def test_load_is_counted_and_refusals_are_errors(tmp_path: Path) -> None:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Slow) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        root = f"http://127.0.0.1:{server.server_port}"

        def put(numbered: bool) -> Load:
            return load.put_load(
                root, ["/a?n=", "/b?n="], "*/*", pid=os.getpid(), seconds=1, numbered=numbered, scratch=tmp_path
            )

        found = put(numbered=True)
        with pytest.raises(BenchError, match="were refused"):
            put(numbered=False)
        server.shutdown()
    numbered = [path for path in _Slow.seen if not path.endswith("=")]
    assert len(numbered) == len(set(numbered)), "no two requests are alike"
    assert {path[:3] for path in numbered} == {"/a?", "/b?"}
    assert found.p50 >= 0.02 and 10 < found.rate <= harness.CONNECTIONS / 0.02


def test_a_row_without_a_warming_turn(bench: Workbench) -> None:
    log: list[str] = []
    slow = Row("slow", "How long?", lambda b: [_scripted("a", [5], log)], 1, "wall", lambda a: a, "", warm=False)
    assert measure(slow, bench).contenders[0].median("cpu") == 5
    assert log == ["a"]
    two = [_scripted("a", [1], [], 1), _scripted("b", [1], [], 2)]
    with pytest.raises(BenchError, match="b does not give the answer of a"):
        measure(Row("slow", "?", lambda b: two, 1, "wall", lambda a: a, "", warm=False), bench)


def _registry(kind: str, size: str, **seconds: float | dict[str, int]) -> harness.Result:
    """A measured row of made-up figures, on the clock."""
    contenders = tuple(
        harness.Measured(name, (Sample(0, s, None) if isinstance(s, float) else Sample(0, 0, s),))
        for name, s in seconds.items()
    )
    row = Row(f"{kind}_{size}", "?", lambda b: [], 1, "memory" if kind == "memory" else "wall", lambda a: None, "")
    return harness.Result(row, contenders)


def test_goals_are_computed() -> None:
    """Two sizes by hand: figures at the smaller one, verdicts at 10^7, and growth from one to the other."""
    ours, best = goals.OURS, "SPARQL, Virtuoso over HTTP"
    results = [
        _registry("floor", "1e6", **{goals.SUM: 0.001, ours: 0.05}),
        _registry("floor", "1e7", **{goals.SUM: 0.004, ours: 0.25}),
        _registry("numbers", "1e7", **{ours: 0.25, "SPARQL, embedded Oxigraph": 40.0, best: 2.0, "pandas": 1.0}),
        _registry("extraction", "1e7", **{goals.DRAIN: 10.0, goals.CODE: 14.0}),
        _registry(
            "memory", "1e7", survey={"peak": 150_000_000, "mapped": 1}, command={"peak": 400_000_000, "mapped": 2}
        ),
    ]
    cells = {
        line.split(" | ")[0][2:]: line.split(" | ")[1:] for line in goals.goals(results).splitlines() if "|" in line
    }
    told = {what.split(":")[0]: [c.removesuffix(" |") for c in row] for what, row in cells.items()}
    assert told["goal"] == ["1,000,000", "10,000,000"]
    assert told["(ii) all numbers from the arrays"] == ["0.0500 s", "0.250 s: met"]
    assert told["(ii) over summing the arrays once"] == ["50.0 ×", "62.5 ×: met"]
    assert told["best engine asked in SPARQL, over (ii)"] == ["–", "8.00 ×: not met"]
    assert told["(i) extraction, over draining the link SELECT once"] == ["–", "1.40 ×: not met"]
    assert told["memory of (ii)"] == ["–", "15.0 B: met"]
    assert told["memory of (iii)"] == ["–", "40.0 B: not met"]
    assert told["(ii) grows no faster"] == ["–", "0.500 ×: met"]
    assert told["rdflib, over (ii)"] == ["–", "–"]
    assert goals.goals([]) == ""
    text = report.table(results)
    assert "|  | command | 400.0 MB | 0.0 MB mapped |  |" in text


def test_what_is_cut_short_is_told_as_the_least_it_takes(bench: Workbench) -> None:
    def never() -> None:
        while True:
            try:
                sum(range(1000))
            except Exception:  # as libraries do with errors of what they evaluate
                continue

    ours = call(goals.OURS, lambda: 42)
    row = Row("rdflib_1e5", "How long?", lambda b: [ours, call(goals.RDFLIB, never, patience=0.2)], 1, "wall", str, "")
    result = measure(row, bench)
    assert [m.cut for m in result.contenders] == [False, True]
    assert 0.2 <= result.contenders[1].median("wall") < 5
    (told,) = (line for line in report.table([result]).splitlines() if goals.RDFLIB in line)
    assert re.fullmatch(r"\| +\| [^|]+( \| > [\d.]+ m?s ± 0 µs){2} \| > [\d.e+]+ \(clock\) \|", told), told
    (line,) = (line for line in goals.goals([result]).splitlines() if "rdflib, over" in line)
    assert re.fullmatch(r"\| rdflib, over .* \| more than [\d,]+ ×: met \|", line)
    kept = Kept(bench.folder / "kept.json")
    kept.add(result)
    again = Kept(bench.folder / "kept.json").get(row)
    assert again is not None and again.contenders[1].cut
    with pytest.raises(BenchError, match="compared with it"):
        measure(_row([call("a", never, patience=0.1), call("b", lambda: 1)]), bench)


def test_every_contender_of_a_small_registry_agrees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A registry of some thousand statements: arrays, embedded SPARQL, dictionaries, and pandas; and what memory is read."""
    import json

    from tests.benchmarks import rows_registries as rows
    from tests.benchmarks.registry_questions import PlainRegistry, by_survey

    monkeypatch.delenv("TARGETGRAPH_BENCH_CACHE", raising=False)
    registry = rows.Registry(Workbench(tmp_path), 8_000)
    ours = by_survey(registry.coded())
    assert len(ours) == 11 and sum(ours.values()) > 10
    assert PlainRegistry(registry.nquads).answers() == ours
    assert rows._by_pandas(registry.nquads)() == ours
    assert rows._asked_of_oxigraph(registry.opened())() == ours
    for what in ("survey", "command"):
        told = command(
            "m", [sys.executable, "-m", "tests.benchmarks.memory", what, str(registry.store)], read=json.loads
        )
        answer = told.turn().answer
        assert isinstance(answer, dict) and 100_000 < answer["peak"] < 60_000_000


def test_kept_rows_are_not_measured_again(tmp_path: Path, bench: Workbench) -> None:
    load = Load(rate=10.0, p50=0.1, p99=0.2, cpu=0.01, memory=1e6)
    rows = {
        by: Row(
            by, "a question", lambda _: [Contender("a", lambda: Sample(0.25, 0.5, {"peak": 3}, load))], 2, by, str, ""
        )
        for by in ("wall", "memory", "rate")
    }
    kept = Kept(tmp_path / "kept.json")
    for row in rows.values():
        assert kept.get(row) is None
        kept.add(measure(row, bench))
    again = Kept(tmp_path / "kept.json")
    for by, row in rows.items():
        result = again.get(row)
        assert result is not None
        (measured,) = result.contenders
        answer = {"peak": 3} if by == "memory" else None
        assert measured.samples == (Sample(0.25, 0.5, answer, load),) * 2
