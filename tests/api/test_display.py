"""What a notebook shows: everything escaped, no script outside a frame, states told without colour."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import targetgraph as tg
from tests.api.small import small_store
from tests.views.graphs import HOSTILE, SCRIPT

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Elements that pieces may hold; nothing that runs, loads or sends anything.
_TABLES = ("table", "thead", "tbody", "tr", "th", "td")
_LISTS = ("details", "summary", "ul", "li", "dl", "dt", "dd")
_ALLOWED = {*_TABLES, *_LISTS, "div", "p", "span", "small", "style", "a", "abbr", "sub", "code", "iframe"}
_KINDS = 23


def shown(graph: tg.Graph) -> dict[str, Any]:
    """One result of every kind."""
    gfc = graph.framework("gfc")
    return {
        "graph": graph,
        "frameworks": graph.frameworks,
        "dimensions": graph.dimensions,
        "framework": gfc,
        "targets": gfc.targets,
        "target": gfc.target("A4"),
        "gaps": gfc.gaps(),
        "gap": gfc.gaps()[0],
        "links": gfc.links(),
        "matrix": gfc.coverage("targets", "stages"),
        "crossing": gfc.coverage("sectors", "stages"),
        "explanation": gfc.explain("A4", "agricultural-use"),
        "simulation": gfc.simulate(without="governments"),
        "closing": gfc.close_gaps(dimensions="stages", method="greedy"),
        "comparison": gfc.compare(scenario="umbrella=dropped"),
        "structure": gfc.structure(),
        "surprise": gfc.surprise(draws=19),
        "network": gfc.network(),
        "map": gfc.view("map").show(400),
    }


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    return reader


def shown_without_a_graph(folder: Path) -> dict[str, Any]:
    """What is made of a document and of a store of statements, every text hostile."""
    document = folder / "plan.txt"
    target = f"By 2030, {HOSTILE} farmers keep registers of pesticides."
    document.write_text(f"Target A1: {target}\n\nTarget A2: {target}\n", encoding="utf-8")
    literal = HOSTILE.replace("\\", "\\\\").replace('"', '\\"').replace("\u2028", "")
    small_store(folder / "store", "my/target/N1 a tg:Target", f'my/target/N1 label "{literal}"')
    small_store(folder / "store", "my/target/N2 a tg:Target", f'my/target/N2 label "{literal}"', _CLASH)
    contradicting = tg.reason(folder / "store", engine="rl")
    return {
        "reading": tg.read(document),
        "changes": tg.changes(folder / "store"),
        "conclusions": contradicting,
        "inference": contradicting.why("my/target/N2", "a", "tg:Target"),
    }


_CLASH = "scheme/stage/%3Cscript%3Ealert(1)%3C/script%3E a tg:Sector"


@pytest.fixture(scope="module")
def hostile_pieces(hostile_graph: tg.Graph, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    results = {**shown(hostile_graph), **shown_without_a_graph(tmp_path_factory.mktemp("hostile"))}
    return {name: result._repr_html_() for name, result in results.items()}


def test_only_harmless_elements(hostile_pieces: dict[str, str]) -> None:
    assert len(hostile_pieces) == _KINDS
    for name, html in hostile_pieces.items():
        for tag, attributes in _read(html).elements:
            assert tag in _ALLOWED, (name, tag)
            assert not [a for a in attributes if a.startswith("on")], (name, attributes)
            assert attributes.get("href", "https://").startswith(("https://", "http://")), name  # type: ignore[union-attr]
            if tag == "iframe":
                assert attributes["sandbox"] == "allow-scripts" and attributes["title"]


def test_hostile_texts_are_shown_as_they_are(hostile_pieces: dict[str, str]) -> None:
    for name in ("graph", "framework", "targets", "target", "gaps", "matrix", "links", "closing"):
        text = "".join(_read(hostile_pieces[name]).text)
        assert HOSTILE in text, name
    for name in ("reading", "changes"):
        assert SCRIPT in "".join(_read(hostile_pieces[name]).text), name


def test_states_are_told_without_colour(gfc: tg.Framework) -> None:
    matrix = gfc.coverage("targets", "stages")
    reader = _read(matrix._repr_html_())
    cells = [a for tag, a in reader.elements if tag == "td" and "tg-cell" in (a.get("class") or "")]
    titles = [str(a["title"]) for tag, a in reader.elements if tag == "abbr"]
    assert len(cells) == len(titles) == len(matrix)
    for cell, title in zip(matrix, titles, strict=True):
        assert title.endswith(f": {cell.state}")
        assert cell.row.code in title and cell.column.label in title
    text = "".join(reader.text)
    for word, number in matrix.tally().items():
        assert (f"{word} {number}" in text) == bool(number)
    assert "17 of 28 wordings not verified" in text and matrix._framework._coded.version in text


def test_gaps_say_why_how_sure_and_on_what(gfc: tg.Framework) -> None:
    gaps = gfc.gaps("no-deadline")
    assert len(gaps) == 2
    text = " ".join("".join(_read(gaps._repr_html_()).text).split())
    for gap in gaps:
        for part in (gap.sentence, gap.because, gap.how_sure, gap.shown_by, gap.iri, *(e.text for e in gap.evidence)):
            assert " ".join(part.split()) in text
    assert "17 of 28 wordings not verified" in text


def test_long_tables_say_that_they_are_cut(gfc: tg.Framework) -> None:
    links = gfc.links()
    assert len(links) > 300
    assert f"100 of {len(links)} rows shown" in "".join(_read(links._repr_html_()).text)


def test_every_result_says_what_it_is(graph: tg.Graph) -> None:
    for name, result in shown(graph).items():
        told = repr(result)
        assert told.startswith("<") and "\n" not in told and len(told) < 400, name
        assert str(result)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pieces_in_a_browser(scheme: str, hostile_pieces: dict[str, str], page: Page) -> None:
    """Nothing runs, nothing is asked for, and the ink is that of the page around, on light and dark grounds."""
    ground, ink = ("#fff", "rgb(17, 17, 17)") if scheme == "light" else ("#111", "rgb(221, 221, 221)")
    body = "".join(html for name, html in hostile_pieces.items() if "<iframe" not in html)
    page.set_content(f"<body style='background:{ground};color:{ink}'>{body}")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.locator("script, img, iframe").count() == 0
    inks = page.evaluate(
        "[...new Set([...document.querySelectorAll('.tg-out *')].map(e => getComputedStyle(e).color))]"
    )
    assert inks == [ink]
    ratios = page.evaluate(_CONTRAST)
    assert len(ratios) >= 4 and min(ratios) >= 4.5, ratios


# Contrast of the ink with the darkest and lightest thing behind it: every colour of a state's pattern, laid on the ground.
_CONTRAST = """
() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgb = (over, ground) => {
    canvas.fillStyle = ground; canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = over; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = c => { const [r, g, b] = c.map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b; };
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
  const ground = getComputedStyle(document.body).backgroundColor, ink = getComputedStyle(document.body).color;
  const cells = [...new Map([...document.querySelectorAll('td.tg-cell')].map(e => [e.className, e])).values()];
  return cells.map(e => {
    const style = getComputedStyle(e);
    const colours = [style.backgroundColor, ...(style.backgroundImage.match(/(rgba?|color)\\([^()]*\\)/g) || [])];
    return Math.min(...colours.map(c => ratio(rgb(ink, ground), rgb(c, ground))));
  });
}
"""
