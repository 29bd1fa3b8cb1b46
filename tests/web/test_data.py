"""Files of the graph, handed out by a real server."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest
import urllib3

from targetgraph import iris
from targetgraph.pipeline.exporting import open_source
from targetgraph.pipeline.kept_exports import kept_folder, plain_name
from targetgraph.publish.exports.framed import context_text
from targetgraph.publish.exports.products import products
from targetgraph.store import StoreFolder
from tests.web.servers import Address


def get(http: urllib3.PoolManager, server: Address, path: str, **headers: str) -> urllib3.BaseHTTPResponse:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return http.request("GET", server.url + path, headers=given, redirect=False, retries=False)


def test_the_page_lists_every_file_and_its_links_lead_somewhere(
    server: Address, http: urllib3.PoolManager, built_store: Path
) -> None:
    answer = get(http, server, "data/")
    assert answer.status == 200
    page = answer.data.decode()
    assert server.data_version in page
    assert "CC BY 4.0" in page
    links = set(re.findall(r'href="([^"#]+)"', page))
    named = {re.sub(r"^(\.\./)*(data/)?", "", link) for link in links}
    for product in products(open_source(built_store)):
        assert (f"{product.name}/csv-metadata.json" if product.is_folder else product.name) in named
    assert get(http, server, "data").status == 308


def test_a_file_is_made_once_and_read_in_parts(server: Address, http: urllib3.PoolManager, built_store: Path) -> None:
    whole = get(http, server, "data/beyond2020-sdg.sssom.tsv")
    assert (whole.status, whole.headers["content-type"]) == (200, "text/tab-separated-values; charset=utf-8")
    kept = kept_folder(StoreFolder(built_store).current()) / "beyond2020-sdg.sssom.tsv"
    made = kept.stat().st_mtime_ns
    assert kept.read_bytes() == whole.data
    assert whole.headers["repr-digest"] == f"sha-256=:{base64.b64encode(hashlib.sha256(whole.data).digest()).decode()}:"
    part = get(http, server, "data/beyond2020-sdg.sssom.tsv", range="bytes=10-19")
    assert (part.status, part.data) == (206, whole.data[10:20])
    same = get(http, server, "data/beyond2020-sdg.sssom.tsv", if_none_match=whole.headers["etag"])
    assert (same.status, same.data) == (304, b"")
    other = get(http, server, "data/beyond2020-sdg.sssom.tsv", range="bytes=0-3", if_range='"another"')
    assert (other.status, other.data) == (200, whole.data)
    beyond = get(http, server, "data/beyond2020-sdg.sssom.tsv", range=f"bytes={len(whole.data)}-")
    assert beyond.status == 416
    head = http.request("HEAD", server.url + "data/beyond2020-sdg.sssom.tsv")
    assert (head.status, head.data, int(head.headers["content-length"])) == (200, b"", len(whole.data))
    assert whole.headers["access-control-allow-origin"] == "*"
    assert kept.stat().st_mtime_ns == made
    assert "not made yet" in (page := get(http, server, "data/").data.decode())
    assert f"{len(whole.data) / 1000:.0f} kB" in page


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("text/turtle", "targetgraph.ttl"),
        ("application/n-quads", "targetgraph.nq"),
        ("application/trig;q=0.9, text/html;q=0.1", "targetgraph.trig"),
        ("text/html", ""),
        ("*/*", "targetgraph.ttl"),
    ],
)
def test_the_format_asked_for_is_led_to(server: Address, http: urllib3.PoolManager, accept: str, name: str) -> None:
    answer = get(http, server, "data/dataset", accept=accept)
    assert (answer.status, answer.headers["location"]) == (303, f"/data/{name}")
    assert answer.headers["vary"] == "Accept"


def test_no_format_of_ours(server: Address, http: urllib3.PoolManager) -> None:
    assert get(http, server, "data/dataset", accept="image/png").status == 406


def test_the_dump_is_the_graph(server: Address, http: urllib3.PoolManager, built_store: Path) -> None:
    found = get(http, server, get(http, server, "data/dataset", accept="application/n-quads").headers["location"][1:])
    source = open_source(built_store)
    assert found.data == b"".join(source.lines())
    assert len(list(ox.parse(found.data, format=ox.RdfFormat.N_QUADS))) > 20_000


def test_asked_for_by_many_at_once(server: Address, http: urllib3.PoolManager) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: get(http, server, "data/csvw/targets.csv"), range(8)))
    assert {a.status for a in answers} == {200}, [a.data[:300] for a in answers if a.status != 200]
    assert len({a.data for a in answers}) == 1
    assert answers[0].data.count(b"\r\n") >= 34
    assert get(http, server, "data/csvw/csv-metadata.json").headers["content-type"] == "application/csvm+json"


def test_made_once_by_many_processes(built_store: Path, tmp_path: Path) -> None:
    """As fronts and servers on one store do: all find it whole, and it was made once."""
    version = StoreFolder(built_store).current()
    command = [sys.executable, "-m", "targetgraph.pipeline.kept_exports", str(version.path), str(tmp_path)]
    whole = tmp_path / "csvw" / "targets.csv.sha256"
    made: set[int] = set()
    for _ in range(2):
        makers = [subprocess.Popen([*command, "csvw/targets.csv"], stderr=subprocess.PIPE, text=True) for _ in range(3)]
        assert [(maker.communicate(timeout=120)[1], maker.returncode) for maker in makers] == [("", 0)] * 3
        made.add(whole.stat().st_mtime_ns)
    assert len(made) == 1
    table = (tmp_path / "csvw" / "targets.csv").read_bytes()
    assert hashlib.sha256(table).hexdigest() == whole.read_text()


@pytest.mark.parametrize(
    "path",
    [
        "nobody.jsonld", "csvw", "csvw/", "..%2fCURRENT", "%2e%2e/%2e%2e/CURRENT", "csvw/x.csv",
        "gfc.xlsx.gz", "targetgraph.nq.sha256", ".hidden", "a/b/c", "manifest.json%00", "/etc/passwd",
    ],
)  # fmt: skip
def test_anything_else_is_not_there(server: Address, http: urllib3.PoolManager, path: str) -> None:
    assert get(http, server, f"data/{path}").status in (400, 404)


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/b", "csvw/../x", "/x", "csvw//etc/passwd", ".gz"])
def test_names_that_can_be_none(name: str) -> None:
    assert plain_name(name) == ""


def test_the_context_is_at_its_address(server: Address, http: urllib3.PoolManager) -> None:
    path = iris.CONTEXT.removeprefix(iris.BASE)
    answer = get(http, server, path)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/ld+json")
    assert answer.data.decode() == context_text()
    assert get(http, server, path, if_none_match=answer.headers["etag"]).status == 304


def test_exports_of_versions_that_are_gone_are_removed(tmp_path: Path, built_store: Path) -> None:
    current = StoreFolder(built_store).current()
    version = type(current)(tmp_path / "versions" / current.path.name, current.manifest)
    version.path.mkdir(parents=True)
    (tmp_path / "exports" / "0123456789abcdef-0.0.1").mkdir(parents=True)
    folder = kept_folder(version)
    assert [p.name for p in (tmp_path / "exports").iterdir()] == [folder.name]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_store_that_cannot_be_written_has_its_exports_elsewhere(tmp_path: Path, built_store: Path) -> None:
    current = StoreFolder(built_store).current()
    version = type(current)(tmp_path / "versions" / current.path.name, current.manifest)
    version.path.mkdir(parents=True)
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert tmp_path not in kept_folder(version).parents
    finally:
        tmp_path.chmod(stat.S_IRWXU)
