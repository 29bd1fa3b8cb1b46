"""The user's own data through the browser: given, followed, explored; refused where it has to be; hostile labels inert."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from targetgraph.errors import InputError
from targetgraph.pipeline.own_building import build_own
from targetgraph.pipeline.own_data import FAILED, REVIEW, RUNNING, own_data
from targetgraph.pipeline.own_intake import MOST_UNPACKED, take_in
from tests.copies import copy_of
from tests.own_tables import write_own_tables
from tests.web.servers import Server, client, serving

_HOSTILE = '<script>document.title="run"</script><img src=x onerror=alert(1)>'


def _zip(folder: Path) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*.csv")):
            archive.write(path, f"top/{path.relative_to(folder)}")
    return out.getvalue()


@pytest.fixture(scope="module")
def own_server(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of a copy, because own data is laid beside the store."""
    store = tmp_path_factory.mktemp("own") / "store"
    copy_of(built_store, store)
    with serving(store, "--processes", "1") as running:
        yield running


def test_a_folder_of_tables_is_given_followed_and_explored_with_hostile_labels_inert(own_server, page, tmp_path, axe):
    folder = write_own_tables(tmp_path / "plan")
    targets = folder / "plan" / "targets.csv"
    targets.write_text(
        targets.read_text(encoding="utf-8").replace("Pesticide registers", '"' + _HOSTILE.replace('"', '""') + '"'),
        encoding="utf-8",
    )
    archive = tmp_path / "plan.zip"
    archive.write_bytes(_zip(folder))
    page.goto(own_server.url + "explore/own")
    assert axe(page) == []
    page.set_input_files("#own-file", archive)
    page.click("main form.drop button")
    page.wait_for_url("**/explore/own/*")
    page.wait_for_selector("main a.button.strong", timeout=120_000)
    assert axe(page) == []
    page.click("main a.button.strong")
    page.wait_for_url("**/explore?*own=*")
    page.select_option("form.switch select[name=framework]", "plan")
    page.click("form.switch button")
    assert page.inner_text("h1") == "National plan"
    assert page.locator("main .count-link").first.inner_text() == "2"
    page.click("main .count-link >> nth=0")
    page.wait_for_url("**/explore/targets?*own=*")
    assert "<script>" in page.inner_text("main")  # seen as text
    name = page.url.partition("own=")[2].partition("&")[0]
    alone = client().request("GET", f"{own_server.url}explore/lineage.csv?own={name}&framework=plan")
    assert alone.status == 404 and "no lineage is recorded for this framework" in alone.data.decode()
    assert page.title() != "run" and page.locator("main script:not([src]):not([type='application/json'])").count() == 0
    assert page.locator("main img").count() == 0


def test_what_is_wrong_is_told_by_file_row_and_column(own_server, page, tmp_path):
    folder = write_own_tables(tmp_path / "plan")
    targets = folder / "plan" / "targets.csv"
    targets.write_text(targets.read_text(encoding="utf-8").replace("2031", "soon"), encoding="utf-8")
    archive = tmp_path / "wrong.zip"
    archive.write_bytes(_zip(folder))
    page.goto(own_server.url + "explore/own")
    page.set_input_files("#own-file", archive)
    page.click("main form.drop button")
    page.wait_for_selector("#problems", timeout=120_000)
    told = page.inner_text("table.data")
    assert "targets.csv" in told and "row 2" in told and "deadline" in told
    assert str(own_server.errors.parent) not in told  # no path of this machine


def test_a_table_of_targets_makes_a_framework(own_server, page, tmp_path):
    table = tmp_path / "city plan.csv"
    table.write_text("id,label,deadline\n1,Less lead in pipes,2032\n2,Safer toys,\n", encoding="utf-8")
    page.goto(own_server.url + "explore/own?ui=fr")
    page.set_input_files("#own-file", table)
    page.click("main form.drop button")
    page.wait_for_selector("main a.button.strong, #problems", timeout=120_000)
    assert page.locator("#problems").count() == 0, page.inner_text("main")
    name = page.url.split("/own/")[1].partition("?")[0]
    page.goto(f"{own_server.url}explore?own={name}&framework=own-city-plan")
    assert page.locator("main .count-link").first.inner_text() == "2"


_DRAFT = """# Draft plan

Target 1. By 2030, Governments [shall][should] end the use of lead in paint.

Target 2. Industry should, where appropriate, manage <b>pesticides</b> through their life cycle.
"""


def test_a_document_is_read_decided_on_and_explored(own_server, page, tmp_path, axe):
    draft = tmp_path / "draft plan.md"
    draft.write_text(_DRAFT, encoding="utf-8")
    page.goto(own_server.url + "explore/own")
    page.set_input_files("#own-file", draft)
    page.click("main form.drop button")
    page.wait_for_selector("form.review", timeout=120_000)
    assert axe(page) == []
    assert "2 targets" in page.inner_text("section[aria-labelledby=review]")
    rows = page.locator("article.found")
    assert rows.count() == 2
    assert "end the use of lead in paint" in rows.nth(0).inner_text() and "Governments" in rows.nth(0).inner_text()
    # Nothing is taken for true before somebody accepts it: building is refused.
    address, origin = page.url.partition("?")[0], {"Origin": own_server.url.rstrip("/")}
    form = {**origin, "Content-Type": "application/x-www-form-urlencoded"}
    refused = client().request("POST", address + "/decide", body=b"do=build", headers=form)
    assert refused.status == 400 and "no target is accepted" in refused.data.decode()
    governments = rows.nth(0).locator("tr", has_text="Governments").first.locator("select")
    rows.nth(0).locator("select").first.select_option("accept")
    governments.select_option("accept")
    rows.nth(1).locator("select").first.select_option("reject")
    page.click("form.review button[value=save] >> nth=0")
    assert "Accepted so far: 1 targets, 1 of the things named" in page.inner_text("main")
    page.click("form.review button[value=build] >> nth=0")
    page.wait_for_selector("main a.button.strong", timeout=120_000)
    name = page.url.split("/own/")[1].partition("?")[0]
    page.goto(f"{own_server.url}explore/targets?own={name}&framework=own-draft-plan")
    assert page.locator("main tbody tr").count() == 1
    page.goto(f"{own_server.url}explore/targets/own-draft-plan/1?own={name}")
    text = page.inner_text("main")
    assert "Governments" in text and "end the use of lead in paint" in text and "pesticides" not in text


def test_a_workbook_that_was_decided_on_elsewhere_is_taken_back(built_store, tmp_path):
    from openpyxl import load_workbook

    from targetgraph.pipeline.own_review import review_of, take_back, workbook

    own = take_in(tmp_path, "draft.md", _DRAFT.encode())
    build_own(own, tmp_path)  # a document needs nothing of the bundled graph to be read
    assert own.status.state == REVIEW
    book = tmp_path / "review.xlsx"
    book.write_bytes(workbook(own))
    sheets = load_workbook(book)
    sheet = sheets["targets"]
    heading = [cell.value for cell in sheet[1]]
    sheet.cell(2, heading.index("decision") + 1, "accept")
    sheets.save(book)
    take_back(own, book.read_bytes())
    assert [cells["decision"] for cells in review_of(own).sheets["targets"].values()] == ["accept", ""]
    other = take_in(tmp_path, "draft.md", _DRAFT.replace("lead", "mercury").encode())
    build_own(other, tmp_path)
    with pytest.raises(InputError, match="another document"):
        take_back(other, book.read_bytes())
    with pytest.raises(InputError, match="no review"):
        take_back(own, b"PK not a workbook")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("not.pdf", b"%PDF-1.4 nothing more"),
        ("prose.txt", b"Nothing in here is a target at all."),
        ("entities.html", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><p>&a;</p>'),
    ],
)
def test_a_document_that_cannot_be_read_says_so_and_leaves_nothing(tmp_path, name, content):
    own = take_in(tmp_path, name, content)
    build_own(own, tmp_path)
    status = own.status
    assert status.state == FAILED and not own.review.exists() and not own.store.exists()
    what, where, remedy = status.problems[0]
    assert what and remedy and str(tmp_path) not in what + where + remedy


def _post(server: Server, body: bytes, **headers: str):
    boundary = "b0undary"
    form = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="x.csv"\r\n\r\n'.encode()
        + body
        + f"\r\n--{boundary}--\r\n".encode()
    )
    given = {"Content-Type": f"multipart/form-data; boundary={boundary}", **headers}
    return client().request("POST", server.url + "explore/own", body=form, headers=given)


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}]
)
def test_a_file_from_elsewhere_is_not_taken(own_server, headers):
    assert _post(own_server, b"id,label\n1,x\n", **headers).status == 403


def test_a_form_without_a_file(own_server):
    origin = {"Origin": own_server.url.rstrip("/")}
    answer = client().request("POST", own_server.url + "explore/own", fields={"other": "x"}, headers=origin)
    assert answer.status == 400 and "no file was given" in answer.data.decode()


def test_a_build_is_cancelled_and_removed(own_server):
    origin = {"Origin": own_server.url.rstrip("/")}
    rows = b"".join(b"%d,Target %d\n" % (i, i) for i in range(3000))
    answer = _post(own_server, b"id,label\n" + rows, **origin)
    assert answer.status == 303
    place = own_server.url.rstrip("/") + answer.headers["location"]
    form = {**origin, "Content-Type": "application/x-www-form-urlencoded"}
    early = client().request("POST", place + "/decide", body=b"do=build", headers=form)
    assert early.status == 409 and "it is being built" in early.data.decode()
    time.sleep(0.3)
    assert client().request("POST", place + "/cancel", headers=origin).status == 303
    said = client().request("GET", place + "/status").json()
    assert said["state"] == "cancelled"
    assert client().request("POST", place + "/remove", headers=origin).status == 303
    assert client().request("GET", place).status == 404
    assert client().request("GET", own_server.url + "explore?own=" + place.rpartition("/")[2]).status == 404


def test_builds_wait_for_one_another_and_those_that_wait_are_cancelled(own_server, built_store):
    import fcntl

    origin = {"Origin": own_server.url.rstrip("/")}
    place = own_server.url.rstrip("/") + _post(own_server, b"id,label\n1,x\n", **origin).headers["location"]
    client().request("POST", place + "/cancel", headers=origin)
    store = Path(next(a for a in own_server.process.args if str(a).endswith("/store")))  # the test's copy
    with (store / "own" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        place = own_server.url.rstrip("/") + _post(own_server, b"id,label\n1,x\n", **origin).headers["location"]
        time.sleep(1.5)
        assert client().request("GET", place + "/status").json()["step"] == "waiting"
        assert client().request("POST", place + "/cancel", headers=origin).status == 303
    time.sleep(0.5)
    assert client().request("GET", place + "/status").json()["state"] == "cancelled"


def test_a_build_that_takes_too_long_is_given_up_and_says_so(tmp_path):
    rows = b"".join(b"%d,Target %d\n" % (i, i) for i in range(6000))
    own = take_in(tmp_path, "large.csv", b"id,label\n" + rows)
    program = "import sys; from targetgraph.pipeline import own_building as b; b.SECONDS = 1; b.main(*sys.argv[1:])"
    subprocess.run([sys.executable, "-c", program, str(own.folder), "none"], check=False, timeout=60)
    status = own.status
    assert status.state == FAILED and not (own.store / "CURRENT").exists()
    assert "not done after" in status.problems[0][0] or "without a word" in status.problems[0][0]


@pytest.mark.parametrize("megabytes", [64, 400])
def test_a_build_that_takes_too_much_memory_ends_says_so_and_loses_nothing(built_store, tmp_path, megabytes):
    store = tmp_path / "store"
    copy_of(built_store, store)
    rows = b"id,label\n" + b"".join(b"%d,Target %d\n" % (i, i) for i in range(60_000))
    with serving(store, "--processes", "1", "--own-memory", str(megabytes)) as server:
        answer = _post(server, rows, Origin=server.url.rstrip("/"))
        place = server.url.rstrip("/") + answer.headers["location"]
        own = own_data(store, place.rpartition("/")[2])
        assert own is not None
        for _ in range(240):
            if own.status.state != RUNNING:
                break
            time.sleep(0.25)
        assert own.status.state == FAILED
        ((said, _, remedy),) = own.status.problems
        assert f"more memory than a build may have ({megabytes} MiB)" in said and "--own-memory" in remedy
        page = client().request("GET", place).data.decode()
        assert f"({megabytes} MiB)" in page
        assert not (own.store / "CURRENT").exists()
        (table,) = own.given.rglob("targets.csv")
        with table.open(encoding="utf-8", newline="") as lines:
            kept = [(row["id"], row["label"]) for row in csv.DictReader(lines)]
        assert kept == [(str(i), f"Target {i}") for i in range(60_000)], "what was given is still there"
        assert client().request("GET", server.url + "explore").status == 200


def test_bombs_paths_and_other_kinds_are_refused(tmp_path):
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("targets.csv", b"0" * (MOST_UNPACKED + 1))
    climbing = io.BytesIO()
    with zipfile.ZipFile(climbing, "w") as archive:
        archive.writestr("../../evil.csv", "id\n")
    for name, content in (
        ("bomb.zip", bomb.getvalue()),
        ("climbing.zip", climbing.getvalue()),
        ("none.zip", b"PK no"),
        ("program.exe", b"MZ"),
        ("latin.csv", "id,label\n1,été\n".encode("latin-1")),
        ("empty.csv", b""),
    ):
        with pytest.raises(InputError):
            take_in(tmp_path, name, content)
    assert not list(tmp_path.rglob("*.csv"))
    assert own_data(tmp_path, "../../etc") is None
