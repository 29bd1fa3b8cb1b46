"""The journey "compare two versions": from the overview to what a build changed, and to the very cell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from targetgraph.pipeline import build_from_dataset
from targetgraph.store import StoreFolder
from tests.copies import copy_of
from tests.web.servers import Server, client, serving

_LINK = b"<https://w3id.org/targetgraph/gfc/link/A1/actor/governments/responsible>"


@pytest.fixture(scope="module")
def two_versions(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """A server of a graph from which one link was taken, beside the version that has it; and the name of that version."""
    store = tmp_path_factory.mktemp("versions") / "store"
    copy_of(built_store, store)
    before = StoreFolder(store).current()
    changed = store.parent / "changed.nq"
    lines = before.dataset.read_bytes().splitlines(keepends=True)
    kept = [line for line in lines if _LINK not in line]
    assert len(lines) - len(kept) > 5
    changed.write_bytes(b"".join(kept))
    build_from_dataset(changed, store)
    with serving(store, "--processes", "1") as running:
        yield running, before.data_version


def test_from_the_overview_to_the_cell_that_a_build_changed(two_versions, page, axe):
    server, before = two_versions
    page.goto(server.url + "explore")
    page.click("section[aria-labelledby=changed] a.button")
    page.wait_for_url("**/explore/versions*")
    assert axe(page) == []
    told = page.inner_text("main")
    assert f"From version {before} to version {server.data_version}" in told
    # The only actor that the text of A1 named is gone: worked out by hand from the table of links.
    row = page.locator("section[aria-labelledby=cells] tr", has_text="A1").filter(has_text="Governments")
    assert row.count() >= 1 and "covered" in row.first.inner_text()
    opened = page.locator("section[aria-labelledby=opened] a", has_text="A1")
    assert opened.count() >= 1
    row.first.locator("td a").first.click()
    page.wait_for_url("**/explore/matrix*")
    assert page.locator("td.open").count() == 1 and "d-worse" in page.locator("td.open").get_attribute("class")
    assert before in page.inner_text("main")
    page.go_back()
    opened.first.click()
    page.wait_for_url("**/explore/gaps/gfc/gap/**")
    assert "A1" in page.inner_text("h1")


def test_one_version_alone_says_so_and_others_are_refused(explorer, page):
    page.goto(explorer + "/explore/versions?ui=fr")
    assert "version" in page.inner_text(".page-state")
    for wrong in ("versions?before=nonsense", "matrix?against_version=nonsense"):
        assert client().request("GET", f"{explorer}/explore/{wrong}").status == 400


def test_one_other_thing_at_a_time_is_compared_with(two_versions):
    server, before = two_versions
    address = f"{server.url}explore/matrix?against_version={before}&against=beyond2020"
    answer = client().request("GET", address, headers={"Accept": "text/html"})
    assert answer.status == 400
    assert "another version and another framework or scenario are asked for" in answer.data.decode()
