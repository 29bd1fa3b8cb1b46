"""Notes, comments, text boxes, headers, tables in tables, merged cells and tracked changes in tables: made part by part."""

from __future__ import annotations

from targetgraph.reading.documents.opening import document_of
from targetgraph.reading.targets import recognise
from targetgraph.records.documents import Document
from tests.reading.documents.making import W, docx, paragraph, run, table, xlsx

LAWS = "Governments adopt laws on chemicals by 2030."
SEPARATOR, EU = 'w:type="separator"', 'w:author="EU"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def notices(document: Document) -> list[tuple[str, str]]:
    return [(n.what, n.where.within) for n in document.notices]


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def lines(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def words(text: str) -> str:
    return paragraph(run(text))


def note(kind: str, number: int, text: str, more: str = "") -> str:
    return f'<w:{kind} w:id="{number}" {more}>{words(text)}</w:{kind}>'


def test_notes_comments_and_headers_are_told_with_their_places_and_are_no_text():
    refers = '<w:r><w:footnoteReference w:id="2"/><w:endnoteReference w:id="5"/><w:commentReference w:id="0"/></w:r>'
    parts = {
        "word/footnotes.xml": f"<w:footnotes {W}>{note('footnote', 0, 'line', SEPARATOR)}"
        f"{note('footnote', 2, 'Targets shall be met by 2099.')}</w:footnotes>",
        "word/endnotes.xml": f"<w:endnotes {W}>{note('endnote', 5, 'See the annex.')}</w:endnotes>",
        "word/comments.xml": f"<w:comments {W}>{note('comment', 0, 'Too weak.', EU)}</w:comments>",
        "word/header1.xml": f"<w:hdr {W}>{words('Advance copy')}</w:hdr>",
        "word/header2.xml": f"<w:hdr {W}>{words('Advance copy')}</w:hdr>",
    }
    document = document_of(docx(words("Draft") + paragraph(run("Target A1 – " + LAWS) + refers), **parts), "n.docx")
    assert [t.text for t in recognise(document).targets] == [LAWS]
    assert notices(document) == [
        ("a footnote is no part of the text: 'Targets shall be met by 2099.'", "paragraph 2"),
        ("an endnote is no part of the text: 'See the annex.'", "paragraph 2"),
        ("a comment by EU is no part of the text: 'Too weak.'", "paragraph 2"),
        ("a header of the pages is no part of the text: 'Advance copy'", ""),
    ]


def test_text_boxes_are_read_once_behind_their_paragraph():
    box = f"<w:txbxContent>{words('Target B2 – Industry stops dumping waste by 2035.')}</w:txbxContent>"
    ways = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    both = f"<w:r><mc:AlternateContent {MC}>{ways}</mc:AlternateContent></w:r>"
    document = document_of(docx(paragraph(run("Target A1 – " + LAWS) + both)), "b.docx")
    assert [(t.id, t.text) for t in recognise(document).targets] == [
        ("A1", LAWS), ("B2", "Industry stops dumping waste by 2035."),
    ]  # fmt: skip
    assert "the text of 1 text boxes" in document.notices[0].what
    inside = document_of(docx(lines(cell(words("Target")), cell(paragraph(run("Firms") + both)))), "c.docx")
    assert [b.text for b in inside.blocks] == ["Target", "Firms\nTarget B2 – Industry stops dumping waste by 2035."]


def test_a_grid_inside_a_cell_is_a_table_of_its_own_and_a_frame_is_not():
    grid = table([["Target", "Actors"], [LAWS, "Governments"]])
    frame = table([["a frame around words"]])
    document = document_of(docx(lines(cell(words("Annex") + grid + frame), cell(words("x")))), "t.docx")
    assert document.blocks[0].text == "Annex\na frame around words"
    (found,) = recognise(document).targets
    assert (found.text, found.location.table, found.fields[0].text) == (LAWS, 2, "Governments")
    assert notices(document)[0] == (
        "table 2 stands inside this cell; it is read as a table of its own", document.blocks[0].location.within
    )  # fmt: skip


def test_tracked_changes_of_rows_and_cells():
    def row(text: str, change: str = "") -> str:
        return f"<w:tr><w:trPr>{change}</w:trPr>{cell(words(text))}{cell(words('all'))}</w:tr>"

    rows = (
        row("Target") + row("Industry reports its releases.", '<w:ins w:author="EU"/>')
        + row("Nobody does anything here.", '<w:del w:author="US"/>')
        + "<w:tr>" + cell(words("Firms disclose their data."), '<w:cellIns w:author="UK"/>') + cell(words("x")) + "</w:tr>"
    )  # fmt: skip
    document = document_of(docx(f"<w:tbl>{rows}</w:tbl>"), "r.docx")
    looks = [(r.text, r.inserted, r.deleted, r.author) for b in document.blocks[::2] for r in b.runs]
    assert looks == [
        ("Target", False, False, ""),
        ("Industry reports its releases.", True, False, "EU"),
        ("Nobody does anything here.", False, True, "US"),
        ("Firms disclose their data.", True, False, "UK"),
    ]
    assert [t.text for t in recognise(document).targets] == [
        "Industry reports its releases.",
        "Firms disclose their data.",
    ]
    assert "(3 stretches)" in document.notices[0].what


# Three tables that say the same: two targets of one actor, the second with two milestones.
HEADINGS, ONE, TWO = ("Actors", "Target", "Milestones"), LAWS, "Industry reports its releases by 2031."
EXPECTED = [
    (ONE, [("actors", "Governments"), ("milestones", "law drafted")]),
    (TWO, [("actors", "Governments"), ("milestones", "half report"), ("milestones", "all report")]),
]


def said(document: Document) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(t.text, [(f.role, f.text) for f in t.fields]) for t in recognise(document).targets]


def test_cells_merged_downwards_in_word():
    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = lines(
        "".join(cell(words(h)) for h in HEADINGS),
        cell(words("Governments"), start) + cell(words(ONE)) + cell(words("law drafted")),
        cell(words(""), on) + cell(words(TWO), start) + cell(words("half report")),
        cell(words(""), on) + cell(words(""), on) + cell(words("all report")),
    )
    assert said(document_of(docx(body), "m.docx")) == EXPECTED


def test_cells_merged_downwards_in_html():
    html = (
        "<table><tr>" + "".join(f"<th>{h}" for h in HEADINGS) + f"<tr><td rowspan=3>Governments<td>{ONE}<td>law drafted"
        f"<tr><td rowspan='2'>{TWO}<td>half report<tr><td>all report</table>"
    )
    assert said(document_of(html.encode(), "m.html")) == EXPECTED


def test_cells_merged_downwards_in_a_workbook():
    rows = [HEADINGS, ("Governments", ONE, "law drafted"), ("", TWO, "half report"), ("", "", "all report")]
    sheet = "".join(
        f'<row r="{r}">'
        + "".join(
            f'<c r="{"ABC"[c]}{r}" t="inlineStr"><is><t>{text}</t></is></c>' for c, text in enumerate(texts) if text
        )
        + "</row>"
        for r, texts in enumerate(rows, 1)
    )
    merged = '<mergeCells><mergeCell ref="A2:A4"/><mergeCell ref="B3:B4"/></mergeCells>'

    assert said(document_of(xlsx(f"<sheetData>{sheet}</sheetData>{merged}"), "m.xlsx")) == EXPECTED
