"""What holds for every table: the right ones come back as written, the wrong ones end in an error of ours."""

from __future__ import annotations

import csv
import io
import tempfile
from dataclasses import fields
from pathlib import Path

import pyoxigraph
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rdflib import URIRef

from targetgraph.errors import TargetGraphError
from targetgraph.reading import read_collection, read_manifest
from targetgraph.reading.checks import circles
from targetgraph.reading.files import records
from targetgraph.reading.identifiers import fault_in_iri
from targetgraph.records import Collection
from tests.reading.folders import Folder
from tests.reading.strategies import collections
from tests.reading.writing import write_tables

SMALL = Folder()
FILES = sorted(SMALL.grids)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(written=collections())
def test_what_is_written_is_read(written: Collection) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_tables(written, Path(folder))
        read = read_collection([Path(folder)])
    for field in fields(Collection):
        if field.name != "tables":
            assert getattr(read, field.name) == getattr(written, field.name), field.name


def _read_with(name: str, content: bytes) -> Collection | None:
    folder = SMALL.copy()
    folder.raw[name] = content
    with tempfile.TemporaryDirectory() as path:
        try:
            return read_collection([folder.write(Path(path))])
        except TargetGraphError as error:
            assert error.exit_code == 2
            assert all(problem.what and problem.remedy for problem in error.problems)
            return None


@settings(max_examples=150, deadline=None)
@given(name=st.sampled_from(FILES), content=st.binary(max_size=300))
@example(name="actors.csv", content=b"\xff\xfe")
@example(name="actors.csv", content=b'"')
@example(name="actors.csv", content=b"\xef\xbb\xbf\x00")
def test_arbitrary_bytes_end_in_an_error_of_ours(name: str, content: bytes) -> None:
    _read_with(name, content)


@settings(max_examples=150, deadline=None)
@given(data=st.data(), name=st.sampled_from(FILES))
def test_damaged_tables_end_in_an_error_of_ours(data: st.DataObject, name: str) -> None:
    whole = SMALL.bytes_of(name)
    at = data.draw(st.integers(0, len(whole)))
    cut = data.draw(st.integers(0, 20))
    _read_with(name, whole[:at] + data.draw(st.binary(max_size=8)) + whole[at + cut :])


@settings(max_examples=150, deadline=None)
@given(
    data=st.data(),
    name=st.sampled_from(FILES),
    value=st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)
def test_any_text_in_any_cell_is_read_or_refused(data: st.DataObject, name: str, value: str) -> None:
    folder = SMALL.copy()
    grid = folder.grids[name]
    row = data.draw(st.integers(1, len(grid) - 1))
    grid[row][data.draw(st.integers(0, len(grid[row]) - 1))] = value
    _read_with(name, folder.bytes_of(name))


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_arbitrary_manifests_end_in_an_error_of_ours(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "manifest.toml").write_bytes(content)
        try:
            read_manifest(Path(folder))
        except TargetGraphError as error:
            assert error.exit_code == 2


@settings(deadline=None)
@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1)))
def test_records_are_those_of_the_csv_module(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    text = out.getvalue().removeprefix("\ufeff")
    expected = list(csv.reader(io.StringIO(text, newline="")))
    found = list(records(text.encode(), "table.csv"))
    assert [cells for _, cells in found] == expected
    # The line on which a record begins, counted by splitting the text.
    for line, cells in found:
        rest = "\n".join(text.split("\n")[line - 1 :])
        assert next(csv.reader(io.StringIO(rest, newline=""))) == cells


@settings(max_examples=500, deadline=None)
@given(
    st.text(max_size=12),
    st.text(st.sampled_from("ab/?#[]@:%41é\u200e \ue000<>\\^`{|}\"'~;&=+$,!*()"), max_size=15),
)
@example("", "//[::1]:80/%zz")
@example("example.org", ":99999999/")
def test_an_address_that_is_accepted_is_an_iri_everywhere(host: str, rest: str) -> None:
    for iri in (f"https://{host}{rest}", f"http://example.org/{host}{rest}"):
        if not fault_in_iri(iri):
            assert pyoxigraph.NamedNode(iri).value == iri
            assert URIRef(iri).n3() == f"<{iri}>"


@given(st.dictionaries(st.integers(0, 8), st.integers(0, 8)))
def test_circles_are_found_once_each(steps: dict[int, int]) -> None:
    found = [{int(key[0]) for key in circle} for circle in circles({(str(a),): (str(b),) for a, b in steps.items()})]
    expected: set[frozenset[int]] = set()
    for start in steps:
        node, walked = start, 0
        while node in steps and walked <= len(steps):
            node, walked = steps[node], walked + 1
        if node in steps:
            circle = {node}
            step = steps[node]
            while step != node:
                circle.add(step)
                step = steps[step]
            expected.add(frozenset(circle))
    assert len(found) == len(expected)
    assert {frozenset(circle) for circle in found} == expected
