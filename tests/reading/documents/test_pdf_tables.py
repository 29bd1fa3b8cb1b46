"""Tables in PDF: as a browser prints them, against the reading of the page it printed; and drawn line by line."""

from __future__ import annotations

from pathlib import Path

from targetgraph.reading.documents.opening import document_of
from targetgraph.reading.targets import recognise
from targetgraph.records.documents import Document
from tests.reading.documents.test_formats import FILES, printed
from tests.reading.documents.test_layouts import EXPECTED, HEADINGS, ONE, TWO, said
from tests.reading.fuzz.entries import page_of

COLLAPSED = "<style>table{border-collapse:collapse}td,th{border:1px solid;padding:3px}</style>"


def joined(text: str) -> str:
    """A PDF does not say whether a space stood where a line breaks: “[shall]” and “[should]” may have had one between."""
    return " ".join(text.split()).replace("] [", "][")


def cells(document: Document) -> list[tuple[int, int, int, int, str]]:
    return [
        (b.location.row or 0, b.location.column or 0, b.span, b.height, joined(b.text))
        for b in document.blocks
        if b.kind == "cell"
    ]


def test_a_printed_table_says_what_the_page_says(tmp_path: Path, need) -> None:
    source = (FILES / "facilitative_table.html").read_text(encoding="utf-8")
    page = tmp_path / "t.html"
    # Borders of cells apart and in one; columns narrow enough that words wrap.
    for n, style in enumerate(("", COLLAPSED + "<style>table{width:300px}</style>")):
        page.write_text(style + source, encoding="utf-8")
        from_pdf = document_of(printed(page, tmp_path, need), "t.pdf")
        assert cells(from_pdf) == cells(document_of(source.encode(), "t.html")), n
        one, other = recognise(from_pdf).targets, recognise(document_of(source.encode(), "t.html")).targets
        assert [(t.id, joined(t.text), [f.text for f in t.fields]) for t in one] == [
            (t.id, t.text, [f.text for f in t.fields]) for t in other
        ]
        assert [[(m.kind, m.words) for m in t.marks] for t in one] == [
            [(m.kind, m.words) for m in t.marks] for t in other
        ]


def test_merged_cells_and_a_table_over_two_pages(tmp_path: Path, need) -> None:
    html = (
        COLLAPSED + "<p>Words before the table.<table><tr>" + "".join(f"<th>{h}" for h in HEADINGS)
        + f"<tr><td rowspan=3>Governments<td>{ONE}<td>law drafted<tr><td rowspan=2>{TWO}<td>half report"
        "<tr><td>all report</table><p>Words behind it."
    )  # fmt: skip
    page = tmp_path / "t.html"
    page.write_text(html, encoding="utf-8")
    document = document_of(printed(page, tmp_path, need), "t.pdf")
    assert said(document) == EXPECTED
    assert [b.text for b in document.blocks if b.kind != "cell"] == ["Words before the table.", "Words behind it."]
    rows = "".join(
        f"<tr><td>Governments number {n}<td>Governments adopt law number {n} by 2030<td>m" for n in range(70)
    )
    page.write_text(html.split("<tr><td")[0] + rows + "</table>", encoding="utf-8")
    document = document_of(printed(page, tmp_path, need), "t.pdf")
    assert {b.location.page for b in document.blocks} == {1, 2, 3} or {b.location.page for b in document.blocks} == {
        1,
        2,
    }
    assert {b.location.table for b in document.blocks if b.kind == "cell"} == {1}
    assert [t.text for t in recognise(document).targets] == [
        f"Governments adopt law number {n} by 2030" for n in range(70)
    ]


def drawn(lines: list[tuple[int, int, int, int]], texts: list[tuple[int, int, str]]) -> Document:
    strokes = "".join(f"{a} {b} m {c} {d} l S " for a, b, c, d in lines)
    written = "".join(f"BT /F1 10 Tf {x} {y} Td ({text}) Tj ET " for x, y, text in texts)
    return document_of(page_of((strokes + written).encode()), "d.pdf")


LEVEL = [(50, y, 550, y) for y in (600, 650, 700)]
TEXTS = [(60, 670, "Target"), (310, 670, "Actors"), (60, 620, "Laws are adopted"), (310, 620, "all")]


def test_a_lattice_drawn_by_hand() -> None:
    upright = [(x, 600, x, 700) for x in (50, 300, 550)]
    whole = [(1, 1, 1, 1, "Target"), (1, 2, 1, 1, "Actors"), (2, 1, 1, 1, "Laws are adopted"), (2, 2, 1, 1, "all")]
    assert cells(drawn(LEVEL + upright, TEXTS)) == whole
    # The upright in the middle only above: the lower cells are one.
    part = [(50, 600, 50, 700), (300, 650, 300, 700), (550, 600, 550, 700)]
    assert cells(drawn(LEVEL + part, TEXTS)) == [*whole[:2], (2, 1, 2, 1, "Laws are adopted all")]
    # The level in the middle only on the right: the left cells are one.
    low = [(50, 600, 550, 600), (300, 650, 550, 650), (50, 700, 550, 700)]
    assert cells(drawn(low + upright, TEXTS)) == [(1, 1, 1, 2, "Target Laws are adopted"), whole[1], whole[3]]


def test_frames_and_rules_are_no_tables() -> None:
    frame = [(50, 600, 550, 600), (50, 700, 550, 700), (50, 600, 50, 700), (550, 600, 550, 700)]
    for lines in (frame, LEVEL, []):
        document = drawn(lines, TEXTS)
        assert not cells(document)
        assert any("without lines between its cells" in notice.what for notice in document.notices)
