"""Mistakes around the store's files: what, where, and what to do, in these words."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from targetgraph.errors import QueryError, ResourceMissing, StoreError, TargetGraphError
from targetgraph.library import Library
from targetgraph.modelling import ontology
from targetgraph.publish.changes.steps import Feed
from targetgraph.publish.changes.stream import step_page
from targetgraph.publish.exports.framed import bundled_document
from targetgraph.store import EmbeddedStore, rdflib_dataset, write_canonical
from targetgraph.store.changing import ChangingStore
from targetgraph.store.difference import REMOVED
from targetgraph.store.file_set import one_writer
from targetgraph.store.loading import extend_folder, load_folder
from targetgraph.store.lookups import LookupStore
from targetgraph.store.patching import patch_sorted
from targetgraph.store.remote_credentials import Credentials
from targetgraph.store.remote_results import triples
from targetgraph.store.transcribing import transcribe

BROKEN = '<a:s> <a:p> "no end .\n'
Told = tuple[Callable[[Path], object], type[TargetGraphError], str, str]
"""What is done with an empty folder; the kind of error, its message, and the beginning of the remedy."""


def _in_memory(_: Path) -> EmbeddedStore:
    return EmbeddedStore.in_memory("<a:s> <a:p> <a:o> .\n")


def _file(folder: Path) -> Path:
    path = folder / "broken.nq"
    path.write_text(BROKEN, encoding="utf-8")
    return path


def _twice(folder: Path) -> Library:
    for theme in ("one", "other"):
        (folder / theme).mkdir()
        (folder / theme / "same.rq").write_text("SELECT * {}")
    return Library(folder)


def _two_writers(folder: Path) -> None:
    with one_writer(folder), one_writer(folder):
        pass


NOT_QUADS, NOT_OPENED = "the statements are not N-Quads:", "the store cannot be opened:"
CASES: dict[str, Told] = {
    "select": (lambda p: _in_memory(p).select("ASK {}"), QueryError, "a SELECT is needed here", "begin the query with"),
    "ask": (lambda p: _in_memory(p).ask("SELECT * {}"), QueryError, "an ASK is needed here", "begin the query with ASK"),
    "construct": (
        lambda p: _in_memory(p).construct("ASK {}"), QueryError, "a CONSTRUCT is needed here", "begin the query with",
    ),
    "canonical text": (lambda p: write_canonical(BROKEN, p / "x.nq"), StoreError, NOT_QUADS, "correct the line"),
    "canonical file": (lambda p: write_canonical(_file(p), p / "x.nq"), StoreError, NOT_QUADS, "correct the line"),
    "in memory": (lambda p: EmbeddedStore.in_memory(BROKEN), StoreError, NOT_QUADS, "correct the line"),
    "loaded": (lambda p: load_folder(_file(p), p / "store"), StoreError, NOT_QUADS, "correct the line"),
    "added to": (lambda p: extend_folder(_file(p), p / "store"), StoreError, NOT_QUADS, "correct the line"),
    "transcribed": (
        lambda p: transcribe([BROKEN.encode()], io.BytesIO(), "turtle"), StoreError, NOT_QUADS, "run `targetgraph build`",
    ),
    "looked up": (lambda p: LookupStore.open(p / "none"), StoreError, NOT_OPENED, "run `targetgraph build`"),
    "changed": (lambda p: ChangingStore.open_to_change(_file(p)), StoreError, NOT_OPENED, "check space and rights"),
    "as an rdflib dataset": (lambda p: rdflib_dataset(p / "none"), StoreError, NOT_OPENED, "run `targetgraph build` to"),
    "two writers": (_two_writers, TargetGraphError, "another import is writing here", "wait until it has ended"),
    "two queries of a name": (_twice, QueryError, "two queries are called 'same': one/same and other/same", "rename one"),
    "an ontology file": (
        lambda p: ontology.read("none.ttl"), ResourceMissing, "the ontology file none.ttl is not there", "reinstall",
    ),
    "a patch that does not fit": (
        lambda p: patch_sorted(_file(p), [(REMOVED, b"<a:s> <a:p> <a:o> .\n")], p / "new.nq"), StoreError,
        "the statements do not fit the changes", "run `targetgraph build` with --full",
    ),
    "credentials in clear": (
        lambda p: Credentials(token="t").refuse_plain("http://registry.example/sparql"), StoreError,
        "credentials would travel to another machine without encryption", "use https; or, in a network where",
    ),
    "no triples": (
        lambda p: list(triples(io.BytesIO(b"{}"), "application/json", "http://registry.example/sparql")), StoreError,
        "the service answers with application/json instead of triples", "see whether the address is that of a SPARQL 1.1",
    ),
    "a page of the feed": (
        lambda p: list(step_page(Feed(p), 7, 1)), TargetGraphError, "the feed has no page 1 of step 7", "begin with http",
    ),
    "a document of others": (
        lambda p: bundled_document("https://example.org/c.jsonld"), StoreError,
        "<https://example.org/c.jsonld> is not fetched: no document of others is", "use https://w3id.org/targetgraph/",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_and_what_to_do(case: str, tmp_path: Path) -> None:
    done, kind, message, remedy = CASES[case]
    with pytest.raises(kind) as caught:
        done(tmp_path)
    (problem,) = caught.value.problems
    assert problem.what.startswith(message)
    assert problem.remedy.startswith(remedy)


def test_number_of_messages() -> None:
    assert len(CASES) == 20
