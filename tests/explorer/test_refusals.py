"""What pages refuse that no other test asks them for: each says why and what to do, as a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.web.servers import client, serving

_HTML = {"Accept": "text/html"}


@pytest.mark.parametrize(
    ("path", "status", "words", "remedy"),
    [
        ("lineage.pdf", 404, "this table cannot be had as “pdf”", "take csv or xlsx"),
        ("query.csv?query=ASK%20%7B%7D", 400, "this query has no table for an answer", "a SELECT has one"),
        ("scenario.gif", 404, "a scenario is not given as “gif”", "use one of: "),
    ],
)
def test_addresses_that_mean_nothing(explorer: str, path: str, status: int, words: str, remedy: str) -> None:
    answer = client().request("GET", f"{explorer}/explore/{path}", headers=_HTML)
    said = " ".join(re.sub(r"<[^>]+>", " ", answer.data.decode()).split())
    assert answer.status == status
    assert words in said and remedy in said


def test_a_server_that_has_nothing_yet_and_takes_no_files(tmp_path: Path) -> None:
    """One that others write to, on all addresses of the machine: its pages say that nothing is there, not more."""
    token = {"TARGETGRAPH_TOKEN": "a-secret-of-this-test"}
    with serving(tmp_path / "store", "--host", "0.0.0.0", "--processes", "1", environment=token) as server:
        place = f"http://127.0.0.1:{server.port}/"
        for page in ("explore", "explore/gaps"):
            answer = client().request("GET", place + page, headers=_HTML)
            assert "no graph is being served" in answer.data.decode() and "targetgraph build" in answer.data.decode()
        fields = {"file": ("x.csv", b"id,label\n1,x\n")}
        answer = client().request("POST", place + "explore/own", fields=fields, headers={"Origin": place.rstrip("/")})
        assert answer.status == 403 and "this server takes no files" in answer.data.decode()
