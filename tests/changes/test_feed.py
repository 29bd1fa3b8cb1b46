"""A copy of any version is brought up to date by the feed: by its stream, by its patches, and by the record itself."""

from __future__ import annotations

import json
import os
import shutil
import signal
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rdflib import Dataset, Graph, URIRef

from targetgraph.errors import StoreError, TargetGraphError
from targetgraph.publish.changes.lines import parts
from targetgraph.publish.changes.patches import patch, restore
from targetgraph.publish.changes.recording import record_changes
from targetgraph.publish.changes.steps import Feed
from targetgraph.publish.changes.stream import pages_of, step_page
from targetgraph.store import StoreFolder
from tests.changes.feeds import BASE, fetcher, publish, version_iri
from tests.changes.harvester import TREE, Harvester

_THINGS = ["<urn:a>", "<urn:a:b>", "<urn:ab>", "<urn:é>"]
_BLANK = ["_:x", "_:y", "_:z"]
_VALUES = [
    *_THINGS,
    *_BLANK,
    '"one"',
    '"_:x said <urn:a> ."@en',
    '"a \\"quoted\\" \\\\ line\\nbreak"',
    '"01"^^<http://www.w3.org/2001/XMLSchema#integer>',
    '"العربية"@ar',
]
_GRAPHS = ["<urn:g1> ", "<urn:g2> ", ""]
quads = st.builds(
    "{} {} {} {}.\n".format,
    st.sampled_from([*_THINGS, *_BLANK]),
    st.sampled_from(["<urn:p>", "<urn:q>"]),
    st.sampled_from(_VALUES),
    st.sampled_from(_GRAPHS),
)
versions = st.lists(st.sets(quads, max_size=12), min_size=1, max_size=4)


def harvested(root: Path, stretch: int, start: bytes | None, version: str) -> Harvester:
    harvester = Harvester(fetcher(root, stretch), BASE + "changes/")
    if start is not None:
        harvester.begin_with(start)
    harvester.catch_up(version_iri(version) if start is not None else "")
    return harvester


def patched(start: bytes, lines: bytes) -> bytes:
    """A patch applied line by line, each line being there, or not there, as it must."""
    held = set(start.splitlines(keepends=True))
    for line in lines.splitlines(keepends=True):
        if line.startswith(b"D "):
            held.remove(line[2:])
        elif line.startswith(b"A "):
            assert line[2:] not in held
            held.add(line[2:])
        else:
            assert line.split(b" ")[0].strip() in (b"H", b"TX", b"TC")
    return b"".join(sorted(held))


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(versions, st.sampled_from([40, 100, 1 << 18]))
@example([{"_:x <urn:p> _:y <urn:g1> .\n"}, {"_:x <urn:p> _:y .\n", "<urn:a> <urn:p> _:x <urn:g1> .\n"}, set()], 40)
@example([{"<urn:a> <urn:p> <urn:b> .\n"}, set(), {"<urn:a> <urn:p> <urn:b> .\n"}], 100)
def test_every_version_catches_up_exactly(edits: list[set[str]], stretch: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "store"
        held = []
        for statements in edits:
            version = publish(root, "".join(sorted(statements)))
            held.append((version.data_version, version.dataset.read_bytes()))
        feed = Feed(root)
        distinct = [v for i, (v, _) in enumerate(held) if i == 0 or v != held[i - 1][0]]
        assert [step.record.after for step in feed.steps] == distinct
        newest = held[-1][1]
        assert harvested(root, stretch, None, "").nquads() == newest
        for name, content in held:
            assert harvested(root, stretch, content, name).nquads() == newest
            assert patched(content, b"".join(patch(feed.since(name)))) == newest
        for step in feed.steps:
            restore(feed, step.record.number, Path(folder) / "restored.nq")
            assert (Path(folder) / "restored.nq").read_bytes() == dict(held)[step.record.after]


def test_pages_are_many_and_part_no_thing(tmp_path: Path) -> None:
    root = tmp_path / "store"
    lines = [f'<urn:s{i:03d}> <urn:p{j}> "{"x" * 30}" <urn:g{i % 2}> .\n' for i in range(60) for j in range(1 + i % 5)]
    publish(root, "".join(lines))
    publish(root, "".join(lines[:40] + [line.replace("xx", "yy") for line in lines[40:]]))
    feed = Feed(root)
    for step in feed.steps:
        count = pages_of(step, 300)
        assert count > 20
        seen: list[str] = []
        for page in range(1, count + 1):
            told = Dataset()
            told.parse(data=b"".join(step_page(feed, step.record.number, page, BASE, 300)), format="trig")
            seen += sorted(str(member) for member in told.objects(None, TREE.member))
        assert len(seen) == len(set(seen))
    assert harvested(root, 300, None, "").members == 60 + len({line.split()[0] for line in lines[40:]})
    assert harvested(root, 300, None, "").nquads() == StoreFolder(root).current().dataset.read_bytes()


def test_members_keep_the_shape_of_the_stream(tmp_path: Path) -> None:
    import pyshacl

    root = tmp_path / "store"
    publish(root, "<urn:a> <urn:p> _:x <urn:g1> .\n<urn:b> <urn:p> <urn:c> .\n")
    publish(root, "<urn:a> <urn:p> <urn:d> <urn:g1> .\n")
    fetch = fetcher(root, 1 << 18)
    data, shapes = Graph(), Graph()
    first = Dataset()
    first.parse(data=fetch(BASE + "changes/"), format="trig")
    for triple in first.triples((None, None, None)):
        shapes.add(triple)
    for step in Feed(root).steps:
        for page in range(1, pages_of(step) + 1):
            told = Dataset()
            told.parse(data=fetch(f"{BASE}changes/{step.record.number}/{page}"), format="trig")
            for triple in told.default_graph:
                data.add(triple)
    shape = next(iter(first.objects(None, TREE.shape)))
    for member in data.objects(None, TREE.member):
        shapes.add((shape, URIRef("http://www.w3.org/ns/shacl#targetNode"), member))
    assert len(set(data.objects(None, TREE.member))) == 5
    assert pyshacl.validate(data, shacl_graph=shapes)[0]
    data.remove((None, URIRef("http://purl.org/dc/terms/isVersionOf"), None))
    assert not pyshacl.validate(data, shacl_graph=shapes)[0]


def statement(word: str) -> str:
    return f"<urn:a> <urn:p> <urn:{word}> <urn:g> .\n"


def recorded(root: Path) -> list[str]:
    """What each step added, by the word in it, and whether the newest version can be put together."""
    feed = Feed(root)
    restore(feed, len(feed.steps), root / "restored")
    assert (root / "restored").read_bytes() == StoreFolder(root).current().dataset.read_bytes()
    return [line.split()[2].decode() for step in feed.steps for sign, line in step.changes() if sign == b"+"]


def test_what_a_killed_build_published_is_recorded_by_the_next(tmp_path: Path) -> None:
    root = tmp_path / "store"
    publish(root, statement("one"))
    publish(root, statement("two"), record=False)
    publish(root, statement("three"))
    assert recorded(root) == ["<urn:one>", "<urn:two>", "<urn:three>"]


def test_versions_that_are_gone_are_put_together_from_the_record(tmp_path: Path) -> None:
    root = tmp_path / "store"
    for word in ("one", "two"):
        publish(root, statement(word))
    for word in ("three", "four", "five"):
        publish(root, statement(word), record=False)
    assert len(list((root / "versions").iterdir())) == 2
    publish(root, statement("six"))
    assert recorded(root) == ["<urn:one>", "<urn:two>", "<urn:five>", "<urn:six>"]


def test_the_same_statements_again_are_no_change(tmp_path: Path) -> None:
    root = tmp_path / "store"
    for word in ("one", "one", "two", "one"):
        publish(root, statement(word))
    assert recorded(root) == ["<urn:one>", "<urn:two>", "<urn:one>"]
    feed = Feed(root)
    one = feed.steps[0].record.after
    assert feed.since(one) == (), "it is the newest version again"
    assert [name for name, _ in feed.versions()] == [feed.steps[1].record.after, one]


def test_killed_while_recording(tmp_path: Path) -> None:
    """Killed after any delay, the record is as it was or complete, and the next build completes it."""
    root = tmp_path / "store"
    lines = [f'<urn:s{i:05d}> <urn:p> "{i}" <urn:g> .\n' for i in range(8_000)]
    publish(root, "".join(lines))
    publish(root, "".join(line.replace('"', '"x', 1) for line in lines), record=False)
    place = StoreFolder(root)
    outcomes = set()
    for delay in (0.0, 0.002, 0.01, 0.03, 0.06, 0.1, 0.2):
        copy = tmp_path / f"copy-{delay}"
        shutil.copytree(root, copy)
        child = os.fork()
        if child == 0:
            record_changes(StoreFolder(copy))
            os._exit(0)
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        outcomes.add(len(Feed(copy).steps))
        record_changes(StoreFolder(copy))
        feed = Feed(copy)
        assert [step.record.added for step in feed.steps] == [8_000, 8_000]
        restore(feed, 2, copy / "restored")
        assert (copy / "restored").read_bytes() == place.current().dataset.read_bytes()
        assert not list(feed.folder.glob(".recording-*"))
    assert 1 in outcomes


def test_moments_go_on_even_where_a_clock_goes_back(tmp_path: Path) -> None:
    root = tmp_path / "store"
    publish(root, statement("one"))
    path = Feed(root).steps[0].path / "step.json"
    record = json.loads(path.read_text())
    path.write_text(json.dumps({**record, "recorded": "2999-01-01T00:00:00.000000+00:00"}))
    publish(root, statement("two"))
    first, second = (step.record.recorded for step in Feed(root).steps)
    assert first < second


def test_a_version_nobody_knows_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    root = tmp_path / "store"
    with pytest.raises(StoreError, match="no changes have been recorded"):
        Feed(root).since("x")
    names = [publish(root, statement(word)).data_version for word in ("one", "two")]
    with pytest.raises(StoreError, match="no version that was recorded") as refused:
        Feed(root).since("nonsense")
    assert all(name in str(refused.value) for name in names)
    assert [s.record.number for s in Feed(root).since(names[0][:6])] == [2]
    with pytest.raises(TargetGraphError, match="no page 9 of step 2"):
        step_page(Feed(root), 2, 9)


@pytest.mark.parametrize("harm", ["a step is missing", "a record is unreadable", "the beginning is missing"])
def test_a_damaged_record_is_told(tmp_path: Path, harm: str) -> None:
    root = tmp_path / "store"
    for word in ("one", "two", "three"):
        publish(root, statement(word))
    steps = Feed(root).steps
    if harm == "a step is missing":
        shutil.rmtree(steps[1].path)
    elif harm == "a record is unreadable":
        (steps[1].path / "step.json").write_text("{")
    else:
        shutil.rmtree(steps[0].path)
    with pytest.raises(StoreError, match="the record of changes is damaged"):
        Feed(root).since()


@pytest.mark.parametrize(
    "line, expected",
    [
        (b'<a> <b> "x \\" _:y> ." <g> .\n', (b"<a>", b"<b>", b'"x \\" _:y> ."', b"<g>")),
        (b'<a> <b> "x"@en <g> .\n', (b"<a>", b"<b>", b'"x"@en', b"<g>")),
        (b'<a> <b> "x"^^<d> .\n', (b"<a>", b"<b>", b'"x"^^<d>', b"")),
        (b"_:c <b> _:d <g> .\n", (b"_:c", b"<b>", b"_:d", b"<g>")),
        (b"<a> <b> <c> .\n", (b"<a>", b"<b>", b"<c>", b"")),
    ],
)
def test_parts_of_a_line(line: bytes, expected: tuple[bytes, ...]) -> None:
    assert parts(line) == expected
