"""Small stores are read into memory: the same quads as on disk, or the disk."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from targetgraph.store import StoreFolder
from targetgraph.store.lookups import LookupStore
from targetgraph.store.protocol_answers import Asked
from targetgraph.store.resident import opened

ALWAYS = 2**40


@pytest.fixture
def folder(built_store: Path, tmp_path: Path) -> Path:
    """A copy of the bundled version; its ``oxigraph`` folder."""
    shutil.copytree(StoreFolder(built_store).current().path, tmp_path / "version")
    return tmp_path / "version" / "oxigraph"


def _in_memory(store: ox.Store) -> bool:
    """What is on disk is open for reading alone."""
    quad = ox.Quad(ox.BlankNode(), ox.NamedNode("https://example.org/p"), ox.Literal("new"))
    try:
        store.add(quad)
    except (OSError, RuntimeError):
        return False
    store.remove(quad)
    return True


def _canonical(store: ox.Store) -> set[ox.Quad]:
    dataset = ox.Dataset(store)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


def test_in_memory_are_the_quads_of_the_folder(folder: Path) -> None:
    resident, disk = opened(folder, ALWAYS), opened(folder, 0)
    assert _in_memory(resident) and not _in_memory(disk)
    assert len(resident) == len(disk) > 20_000
    assert _canonical(resident) == _canonical(disk)
    assert set(resident.named_graphs()) == set(disk.named_graphs())


def test_blank_nodes_are_called_as_in_the_files(folder: Path) -> None:
    """Each front and its query processes have copies of their own: they must not differ in what clients see."""
    first, second = (set(opened(folder, ALWAYS)) for _ in range(2))
    assert first == second and any(isinstance(quad.subject, ox.BlankNode) for quad in first)


def test_what_is_large_stays_on_disk(folder: Path) -> None:
    size = sum((folder.parent / name).stat().st_size for name in ("dataset.nq", "gaps.nq"))
    assert _in_memory(opened(folder, size)) and not _in_memory(opened(folder, size - 1))


def test_files_that_are_not_those_of_the_store_are_not_taken_for_it(folder: Path) -> None:
    file = folder.parent / "dataset.nq"
    whole = file.read_bytes()
    for damaged in (whole[: len(whole) // 2], whole + b"<no quad\n", whole.replace(b"\n", b" garbage\n", 1), b""):
        file.write_bytes(damaged)
        assert not _in_memory(opened(folder, ALWAYS))
    file.unlink()
    assert not _in_memory(opened(folder, ALWAYS))
    (folder.parent / "gaps.nq").unlink()
    assert not _in_memory(opened(folder, ALWAYS))


def test_no_store_is_an_error_as_without(tmp_path: Path) -> None:
    (tmp_path / "dataset.nq").write_text("")
    with pytest.raises(OSError, match=r".+"):
        opened(tmp_path / "oxigraph", ALWAYS)


def test_a_lookup_is_answered_alike(folder: Path) -> None:
    asked = Asked(
        "SELECT ?p ?o { <https://w3id.org/targetgraph/gfc/target/A1> ?p ?o }",
        "csv", "turtle", None, None, True, False, 1000, 2**20, 30.0,
    )  # fmt: skip
    replies = [LookupStore.open(folder, resident).replied(asked) for resident in (ALWAYS, 0)]
    tables = [sorted(reply[3].decode().splitlines()) for reply in replies if reply is not None]
    assert len(tables) == 2 and tables[0] == tables[1] and len(tables[0]) > 10
