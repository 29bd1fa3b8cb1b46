"""French pages: what stands in English on them is data that says it in English, and nothing of ours."""

from __future__ import annotations

import csv
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest

from targetgraph import resources
from tests.explorer.pages import PAGES, STATUS
from tests.web.servers import client

#: Text of a query in a briefing, and what was recorded of earlier versions.
_ELSEWHERE = {"briefing-full", "versions"}
#: Addresses with a mistake in them, each of another kind.
_MISTAKES = {
    **{
        f"scenario {text}": f"/explore/scenario?scenario={quote(text)}"
        for text in (
            "without=zzz", "zzz=1", "without=governments;without=farmers", "without", "min-confidence=9", "min-confidence=x",
            "hedges=zz", "brackets=zz", "without-basis=zz", "add=A1", "add=A1:actors:governments",
            "add=A1:actors:farmers;without=farmers", "add=Z9:actors:farmers", "date=A1", "date=A1:2030,A1:2031",
            "name=https://example.org/x", "add=A1:actors:farmers:zzz", "without-basis=named;add=A1:actors:farmers",
        )
    },
    **{
        f"query {text}": f"/explore/query?query={quote(text)}"
        for text in (
            "SELEKT", "DELETE WHERE { ?a ?b ?c }", "SELECT * { SERVICE <http://e/> { ?a ?b ?c } }",
            "SELECT * FROM <http://e/> { ?a ?b ?c }", "SELECT * { ?a zz:b ?c }",
        )
    },
    "no question": "/explore/query?name=actors/targets-of-an-actor",
    "no parameter": "/explore/query?name=wording/hedges-per-target&p.framework=nonsense",
    "no framework": "/explore?framework=zz",
    "no rows": "/explore/matrix?rows=zz",
    "same sides": "/explore/matrix?rows=actors&columns=actors",
    "no kind": "/explore/gaps?kind=zz",
    "no dimension": "/explore/targets?dimension=zz&state=gap",
    "no gap": "/explore/gaps/gfc/gap/nothing",
    "no target": "/explore/targets/gfc/Z9",
    "no actor": "/explore/actors/nobody",
    "a part of a briefing": "/explore/briefing?item=nonsense&item=gap:gfc/gap/nothing&item=query:name%3Dnothing",
}  # fmt: skip
_FRENCH = {name: re.sub(r"[?&](ui|lang)=\w+", "", address) for name, address in PAGES.items() if name not in _ELSEWHERE}
_SIGNS = " .,;:()○●◇☂[↺–·?⌀∅"
_VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
_ENGLISH = re.compile(r"\b(the|of|is|are|and|not|by|with|which|from|its|has|to|for|names?|targets?|no)\b")
_WORD = re.compile(r"[^\W\d_]{3,}")
_CODES = re.compile(r"[\w-]+(?:, [\w-]+)+")


class _Texts(HTMLParser):
    """Texts of a page by the language of the element they stand in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[tuple[str, str]] = []
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag, attrs):
        if tag not in _VOID:
            self.stack.append((tag, dict(attrs).get("lang") or (self.stack[-1][1] if self.stack else "")))

    def handle_endtag(self, tag):
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data):
        text = " ".join(data.split())
        if text and self.stack and not {t for t, _ in self.stack} & {"script", "style", "code", "pre", "textarea"}:
            self.found.append((self.stack[-1][1], text))


@cache
def _data() -> str:
    """Every cell of the bundled tables, and every SDG label, in small letters."""
    cells: list[str] = []
    for path in sorted(Path(resources.tables()).rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            cells += [" ".join(cell.split()).lower() for row in csv.reader(stream) for cell in row if cell]
    return "\n".join(cells)


def _texts(explorer: str, name: str) -> list[tuple[str, str]]:
    status, found = _page(explorer, _FRENCH[name])
    assert status == STATUS.get(name, 200), name
    return found


def _page(explorer: str, address: str) -> tuple[int, list[tuple[str, str]]]:
    in_french = address + ("&" if "?" in address else "?") + "ui=fr&lang=fr"
    answer = client().request("GET", explorer + in_french, headers={"Accept": "text/html"})
    texts = _Texts()
    texts.feed(answer.data.decode())
    return answer.status, texts.found


@cache
def _labels() -> str:
    """The ontology in small letters: answers of queries give its labels as they are."""
    return "\n".join(p.read_text(encoding="utf-8").lower() for p in resources.ontology().glob("*.ttl"))


def _is_label(text: str, page: str) -> bool:
    """Whether an answer of a query, or what can be chosen for a parameter (with its code), is a label of the graph."""

    def known(part: str) -> bool:
        return any(f'"{p}"' in _labels() or (p and p in _data()) for p in (part, part.partition(" ")[2]))

    return page.startswith("query-") and all(known(part.lower()) for part in text.split(" → "))


def _is_data(text: str) -> bool:
    """Whether the tables say it, or each part that signs between names leave (a number before a name is no part of it)."""

    def said(part: str) -> bool:
        plain = re.sub(r"^(?:SDG )?[A-Z0-9][\w.]* (?=\S)", "", part)
        known = any(p.lower() in _data() for p in (part, plain, plain.partition(" (")[2]) if p)
        return (
            known or not _WORD.search(re.sub(r"\bSDG\b", "", part)) or re.fullmatch(r"[\w-]+/[\w.-]+", part) is not None
        )

    whole = text.strip(_SIGNS)
    return said(whole) or all(
        said(part) or not _ENGLISH.search(part) for part in (p.strip(_SIGNS) for p in re.split(r"[×→«»·:…]", whole))
    )


def test_there_are_french_pages():
    assert len(_FRENCH) >= 30


@pytest.mark.parametrize("name", sorted(_FRENCH))
def test_what_is_english_on_a_french_page_is_data(explorer, name):
    found = _texts(explorer, name)
    assert any(language == "fr" for language, _ in found)
    # Marked as English is whatever is not known to be French: it has to be in the tables, word for word.
    ours = sorted({text for language, text in found if language == "en" and not _is_data(text)} - {"English"})
    assert not [text for text in ours if not _is_label(text, name)]


@pytest.mark.parametrize("name", sorted(_FRENCH))
def test_nothing_in_english_passes_for_french(explorer, name):
    unmarked = [text for language, text in _texts(explorer, name) if language == "fr" and _ENGLISH.search(text)]
    assert not [text for text in unmarked if not _is_data(text)]


def test_there_are_mistakes():
    assert len(_MISTAKES) >= 30


@pytest.mark.parametrize("name", sorted(_MISTAKES))
def test_what_is_wrong_is_said_in_french(explorer, name):
    status, found = _page(explorer, _MISTAKES[name])
    assert status in (400, 404) or name.startswith(("query", "no parameter", "a part"))
    # Codes and commands are the same in every language.
    texts = [(lang, re.sub("`[^`]+`", "", text)) for lang, text in found if not _CODES.fullmatch(text)]
    english = [text for lang, text in texts if lang == "en" and _ENGLISH.search(text) and not _is_data(text)]
    unmarked = [text for lang, text in texts if lang == "fr" and _ENGLISH.search(text) and not _is_data(text)]
    assert not [text for text in english + unmarked if not _is_label(text, "query-")]


def test_goals_go_by_their_french_names_and_numbers_stay_numbers(explorer):
    _, found = _page(explorer, "/explore/map")
    said = " ".join(text for _, text in found)
    assert "ODD 1, ODD 7, ODD 10 et ODD 11" in said and "ODD 16 Paix, justice et institutions efficaces" in said
    _, found = _page(explorer, "/explore/matrix?columns=goals")
    assert "ODD 1 Pas de pauvreté, ODD 7 Énergie propre" in " ".join(text for _, text in found)
