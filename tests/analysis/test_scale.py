"""What makes large registries fast gives the same results as what is simple: surveys, narrowed graphs, sorted files."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import click
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.columnar import Texts
from targetgraph.analysis.coverage import dimension_states
from targetgraph.analysis.gaps import gap_report
from targetgraph.analysis.gaps.context import Context
from targetgraph.analysis.narrowing import narrowed
from targetgraph.analysis.rows import row_states
from targetgraph.analysis.states import State
from targetgraph.analysis.survey import survey
from targetgraph.errors import InputError, StoreError
from targetgraph.namespaces import TG
from targetgraph.pipeline import build_from_dataset, open_coded_graph
from targetgraph.pipeline.extracting import extract
from targetgraph.pipeline.generating import generate
from targetgraph.store import StoreFolder, canonical_nquads, load_memory, write_sorted
from targetgraph.store.tsv import CellSink, lexical
from tests.analysis.strategies import Sample, small_frameworks


@pytest.fixture(scope="module")
def nquads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scale") / "registry.nq"
    generate(60_000, 5, path)
    return path


@pytest.fixture(scope="module")
def registry(nquads: Path, tmp_path_factory: pytest.TempPathFactory) -> CodedGraph:
    store = tmp_path_factory.mktemp("scale-store") / "store"
    build_from_dataset(nquads, store, infer=False)
    return open_coded_graph(store)


def _counts(graph: CodedGraph, framework: str) -> dict[tuple[str, str], int]:
    return dict(Counter((gap.kind, gap.dimension) for gap in gap_report(graph, framework).gaps))


def _same_as_reports(graph: CodedGraph) -> int:
    """Compare a survey with the report of each framework; returns how many gaps there were."""
    found = survey(graph)
    told = 0
    for number, framework in enumerate(graph.frameworks):
        expected = _counts(graph, framework.code)
        assert found.of(number) == expected
        told += sum(expected.values())
    return told


def test_a_survey_counts_what_the_reports_tell(registry: CodedGraph) -> None:
    assert len(registry.frameworks) >= 2
    assert _same_as_reports(registry) > 500


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(small_frameworks())
def test_a_survey_counts_what_the_reports_tell_of_random_frameworks(sample: Sample) -> None:
    _same_as_reports(extract(load_memory(sample.nquads()), "sample"))


def test_a_survey_of_targets_in_no_order(registry: CodedGraph) -> None:
    """Targets whose frameworks come in turns: slices do not help, and the numbers must still be right."""
    targets = registry.tables["targets"]
    turns = np.arange(targets.rows(), dtype=np.int32) % len(registry.frameworks)
    turns[::7] = -1
    columns = {name: targets[name] for name in targets} | {"framework": turns}
    mixed = replace(registry, tables={**registry.tables, "targets": type(targets)(columns)})
    found = survey(mixed)
    for kind in ("no-deadline", "hedged-wording", "implied-only-row", "empty-row", "empty-column", "single-actor"):
        for number, framework in enumerate(mixed.frameworks):
            expected = Counter((g.kind, g.dimension) for g in gap_report(mixed, framework.code, kind).gaps)
            assert {k: v for k, v in found.of(number).items() if k[0] == kind} == dict(expected)


def test_figures_of_a_survey_are_the_states(registry: CodedGraph) -> None:
    found = survey(registry)
    compared = 0
    for obligation in registry.declarations.obligations:
        if obligation.applies_to != TG.Target or obligation.particular or obligation.required_value:
            continue
        dimension = registry.dimension(obligation.dimension)
        for number in range(len(registry.frameworks)):
            targets = registry.targets_of(number)
            states, _ = row_states(registry, number, targets, obligation)
            tally = np.bincount(states, minlength=len(State))
            assert found.figures[obligation.dimension].rows[number].tolist() == tally.tolist()
            cells, _ = dimension_states(registry, dimension, number, targets)
            assert found.figures[obligation.dimension].columns[number].tolist() == cells.min(axis=0).tolist()
            compared += 1
    assert compared >= 4 * len(registry.frameworks)


def test_gaps_of_one_kind_are_those_of_that_kind_among_all(registry: CodedGraph) -> None:
    # Only what can find a kind is run for it, so that a kind named in the wrong place would lose its gaps.
    code = registry.frameworks[0].code
    whole = gap_report(registry, code).gaps
    kinds = {gap.kind for gap in whole}
    assert len(kinds) > 8
    for kind in sorted(kinds):
        assert gap_report(registry, code, kind).gaps == tuple(gap for gap in whole if gap.kind == kind)


def test_a_narrowed_graph_gives_the_gaps_of_the_whole(registry: CodedGraph) -> None:
    from targetgraph.analysis.gaps import report

    for number, framework in enumerate(registry.frameworks):
        small = narrowed(registry, number)
        sizes = {code: d.links.rows() for code, d in small.dimensions.items()}
        assert any(sizes[code] < registry.dimension(code).links.rows() for code in sizes)
        whole = Context(registry, number)
        expected = {gap.iri: gap for finder, _ in report._FINDERS for gap in finder(whole)}
        narrow = {gap.iri: gap for finder, _ in report._FINDERS for gap in finder(Context(small, number))}
        assert narrow == expected
        assert len(gap_report(registry, framework.code).gaps) == len(expected) > 0


def test_a_built_dataset_is_the_sorted_file_with_what_follows_from_it(nquads: Path, tmp_path: Path) -> None:
    asserted = build_from_dataset(nquads, tmp_path / "asserted", infer=False)
    assert StoreFolder(tmp_path / "asserted").current().dataset.read_bytes() == nquads.read_bytes()
    derived = build_from_dataset(nquads, tmp_path / "derived")
    whole = StoreFolder(tmp_path / "derived").current().dataset.read_bytes()
    assert canonical_nquads(whole) == whole
    assert derived.quads == whole.count(b"\n") > asserted.quads
    lines = set(whole.splitlines()) - set(nquads.read_bytes().splitlines())
    assert all(line.endswith(b"/graph/inferred> .") for line in lines)
    assert len(lines) == derived.quads - asserted.quads
    assert _counts(open_coded_graph(tmp_path / "derived"), "framework-00000") == _counts(
        open_coded_graph(tmp_path / "asserted"), "framework-00000"
    )


def test_a_dataset_in_disorder_gives_the_same_version(nquads: Path, tmp_path: Path) -> None:
    lines = nquads.read_bytes().splitlines(keepends=True)
    mixed = [*lines, *lines[:300], b"\n", b"# a comment\n"]
    random.Random(2).shuffle(mixed)
    (tmp_path / "mixed.nq").write_bytes(b"".join(mixed).replace(b"_:c14n", b"_:mine"))
    for block in (1 << 16, 1 << 26):
        count = write_sorted([tmp_path / "mixed.nq"], tmp_path / "sorted.nq", block)
        assert count == len(lines)
        assert (tmp_path / "sorted.nq").read_bytes() == nquads.read_bytes()


def test_several_files_are_merged_without_repetition(nquads: Path, tmp_path: Path) -> None:
    lines = nquads.read_bytes().splitlines(keepends=True)
    (tmp_path / "a.nq").write_bytes(b"".join(lines[::2]))
    (tmp_path / "b.nq").write_bytes(b"".join(lines[1::2] + lines[:50:2]))
    plain = b"".join(line for line in lines if b"_:" not in line)
    write_sorted([tmp_path / "a.nq", tmp_path / "b.nq"], tmp_path / "both.nq", 1 << 18)
    merged = (tmp_path / "both.nq").read_bytes()
    assert b"".join(line for line in merged.splitlines(keepends=True) if b"_:" not in line) == plain
    assert merged == nquads.read_bytes()


def test_a_dataset_without_declarations_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.nq").write_text("<http://a/s> <http://a/p> <http://a/o> <http://a/g> .\n")
    with pytest.raises(StoreError, match="declare no dimension"):
        build_from_dataset(tmp_path / "x.nq", tmp_path / "store")
    with pytest.raises(StoreError, match="no graph has been built"):
        StoreFolder(tmp_path / "store").current()


@pytest.mark.parametrize(
    ("name", "content"),
    [("broken.nq", b"this is no statement\n"), ("cut.nq.gz", b"\x1f\x8b\x08\x00"), ("absent.nq", None)],
)
def test_a_broken_dataset_is_refused(name: str, content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(StoreError):
        build_from_dataset(tmp_path / name, tmp_path / "store")


def test_a_dataset_that_breaks_a_shape_is_refused_where_asked(nquads: Path, tmp_path: Path) -> None:
    small = tmp_path / "small.nq"
    generate(12_000, 5, small)
    text = small.read_text()
    (tmp_path / "bad.nq").write_text(text.replace('"0.9"^^', '"7.5"^^', 1))
    assert build_from_dataset(small, tmp_path / "good", check=True).quads > 0
    with pytest.raises(InputError):
        build_from_dataset(tmp_path / "bad.nq", tmp_path / "store", check=True)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (b"", None),
        (b"<http://a/b>", "http://a/b"),
        (b'"a\\tb \\"c\\" \\\\n"@en', 'a\tb "c" \\n'),
        ('"é 中"'.encode(), "é 中"),
        (b'"2030"^^<http://www.w3.org/2001/XMLSchema#gYear>', "2030"),
        (b"0.9", "0.9"),
        (b"true", "true"),
    ],
)
def test_cells_are_read_as_they_were_meant(cell: bytes, expected: str | None) -> None:
    assert lexical(cell) == expected


@pytest.mark.parametrize("size", [1, 7, 1 << 20])
def test_rows_survive_being_cut_anywhere(size: int) -> None:
    rows = [(f"<http://a/{i}>".encode(), b"" if i % 3 else b'"x"') for i in range(1000)]
    text = b"?a\t?b\n" + b"".join(b"\t".join(row) + b"\n" for row in rows)
    found: list[tuple[bytes, ...]] = []
    sink = CellSink(lambda columns: found.extend(zip(*columns, strict=True)))
    for start in range(0, len(text), size):
        sink.write(text[start : start + size])
    sink.finish()
    assert found == rows


def test_texts_taken_and_cut() -> None:
    texts = Texts.of(["eins", "", "drei", "vier", "fünf"])
    assert list(texts.take(np.array([4, 1, 1, 0]))) == ["fünf", "", "", "eins"]
    assert list(texts.part(2, 4)) == ["drei", "vier"]
    assert list(texts.part(1, 4).take(np.array([2, 0]))) == ["vier", ""]
    assert list(texts.take(np.zeros(0, dtype=np.int64))) == []


def test_the_commands_from_generating_to_counting(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from targetgraph.cli import build, gaps, generate

    def run(command: click.Command, *arguments: str) -> str:
        done = CliRunner().invoke(command, list(arguments), catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.stdout

    file, store = str(tmp_path / "made.nq.gz"), str(tmp_path / "store")
    assert "statements" in run(generate.command, "--triples", "2.5e4", "--seed", "7", "-o", file, "-q")
    assert "data version" in run(build.command, "--dataset", file, "--store", store, "-q")
    told = json.loads(run(gaps.command, "--framework", "all", "--format", "json", "--store", store))
    graph = open_coded_graph(Path(store))
    expected: Counter[tuple[str, str]] = Counter()
    for framework in graph.frameworks:
        expected.update(_counts(graph, framework.code))
    assert {(g["kind"], g["dimension"]): g["count"] for g in told["gaps"]} == dict(expected)
    assert f"{sum(expected.values()):,} gaps" in run(gaps.command, "--framework", "all", "--store", store)


@pytest.mark.parametrize("more", [("--format", "csv"), ("--kind", "no-deadline"), ("--all",)])
def test_a_survey_refuses_what_only_a_report_can_tell(more: tuple[str, ...], tmp_path: Path) -> None:
    from click.testing import CliRunner

    from targetgraph.cli import gaps

    done = CliRunner().invoke(gaps.command, ["--framework", "all", "--store", str(tmp_path), *more])
    assert done.exit_code == 2
    assert "--framework all goes with" in done.output
