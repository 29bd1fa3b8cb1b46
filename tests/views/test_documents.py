"""Every page as a document: what it is made of, whatever browser opens it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from targetgraph.analysis.coding import CodedGraph
from tests.views import graphs
from tests.views.pages import PAGES


class Document(HTMLParser):
    """Tags, attributes and the text of scripts and styles, read without a browser."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.code: list[tuple[str, dict[str, str | None], str]] = []
        self.text: list[str] = []
        self._open: tuple[str, dict[str, str | None]] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self._open = (tag, dict(attrs))
            self.code.append((tag, dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag == self._open[0]:
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open:
            tag, attributes, text = self.code[-1]
            self.code[-1] = (tag, attributes, text + data)
        else:
            self.text.append(data)


def read(address: str) -> str:
    return Path(unquote(urlsplit(address).path)).read_text(encoding="utf-8")


def policy_of(document: Document) -> dict[str, list[str]]:
    content = next(a["content"] for t, a in document.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert content
    parts = [part.split() for part in content.split(";")]
    return {part[0]: part[1:] for part in parts}


@pytest.mark.parametrize("name", PAGES)
def test_everything_that_runs_is_known_by_its_hash_and_nothing_else_may(name, addresses) -> None:
    document = Document(read(addresses[name]))
    policy = policy_of(document)
    assert policy["default-src"] == ["'none'"]
    assert "connect-src" not in policy
    running = [(t, text) for t, a, text in document.code if t == "style" or a.get("type") is None]
    assert len(running) >= 5
    for tag, text in running:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy[f"{tag}-src"], f"a {tag} is not in the policy"
    assert not any("unsafe" in source for sources in policy.values() for source in sources)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_language_title_viewport_and_loads_nothing(name, addresses) -> None:
    text = read(addresses[name])
    document = Document(text)
    assert text.startswith("<!doctype html>")
    attributes = dict(reversed(document.tags))
    assert attributes["html"]["lang"] == "en"
    assert any(t == "meta" and a.get("name") == "viewport" for t, a in document.tags)
    assert "Global Framework on Chemicals" in re.findall("<title>(.*?)</title>", text)[0]
    for tag, a in document.tags:
        assert "style" not in a and not any(key.startswith("on") for key in a), f"<{tag}> carries code"
        assert "src" not in a
        if tag == "link":
            assert a["href"] == "data:,"


@pytest.mark.parametrize("name", PAGES)
def test_the_same_graph_gives_the_same_bytes(name, graph: CodedGraph, addresses) -> None:
    assert PAGES[name](graph, "gfc") == read(addresses[name])


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("framework", ["gfc", "beyond2020"])
def test_the_header_says_which_data_and_how_much_of_it_is_unchecked(name, framework, graph: CodedGraph) -> None:
    number = graph.framework_number(framework)
    mine = graph.targets.verification[graph.targets_of(number)]
    text = PAGES[name](graph, framework)
    assert f"{len(mine)} targets" in text
    assert graph.version in text
    recalled = int((mine != 0).sum())
    assert (f"{recalled} of them recalled" in text) == bool(recalled)


@pytest.mark.parametrize("name", PAGES)
def test_hostile_text_is_text_in_the_document(name, hostile_addresses) -> None:
    text = read(hostile_addresses[name])
    document = Document(text)
    assert not [a for t, a in document.tags if t == "img"]
    assert not [code for _, _, code in document.code if code.strip() == "alert(2)"]
    assert graphs.IMAGE in "".join(document.text), "the label is shown as it is"
    assert "{{ 7 * 7 }}" in text and "\u2028" not in "".join(c for _, a, c in document.code if a.get("type"))
    for _, attributes, code in document.code:
        if attributes.get("type") == "application/json":
            assert "<" not in code and "&" not in code
            json.loads(code)


@pytest.mark.parametrize("name", PAGES)
def test_the_tables_below_hold_every_link_and_gap(name, graph: CodedGraph, addresses) -> None:
    document = Document(read(addresses[name]))
    data = next(json.loads(c) for _, a, c in document.code if a.get("id") == "data")
    shown = " ".join(" ".join(document.text).split())
    assert len(data["links"]) > 300 and len(data["gaps"]) > 100
    for link in data["links"]:
        assert " ".join(link["rationale"].split()) in shown
    for gap in data["gaps"]:
        assert " ".join(gap["sentence"].split()) in shown
