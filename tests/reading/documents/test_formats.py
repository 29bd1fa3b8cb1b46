"""Every format: the same table and the same list, written by other programs than ours, come out the same."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest

from targetgraph.reading.documents.opening import document_of
from targetgraph.reading.targets import recognise
from targetgraph.records.documents import Block
from tests.reading.documents.making import docx, paragraph, run, table
from tests.reading.documents.submission import SUBMISSION

FILES = Path(__file__).parent / "files"
HEADINGS = ["Indicators", "Responsible actors", "No.", "Proposed targets", "Milestones"]
A1 = "By [2030][2035], Governments [shall][should] adopt legal frameworks for chemicals [and waste]"
A2 = "Companies disclose hazardous and toxic substances in products"
ROWS = [
    HEADINGS,
    ["Number of laws", "Governments", "A1", A1, "2027: drafts"],
    ["Share of firms", "Industry", "A2", A2, ""],
]


def as_markdown() -> bytes:
    lines = ["| " + " | ".join(row) + " |" for row in ROWS]
    return "\n".join([lines[0], "|" + "---|" * 5, *lines[1:]]).encode()


def as_csv(separator: str) -> bytes:
    return "\n".join(separator.join(f'"{cell}"' for cell in row) for row in ROWS).encode("utf-8-sig")


def as_xlsx() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["A list for the meeting"])
    sheet.append([])
    for row in ROWS:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


TABLES = {
    "markdown": ("t.md", as_markdown),
    "csv": ("t.csv", lambda: as_csv(",")),
    "semicolons": ("t.csv", lambda: as_csv(";")),
    "docx": ("t.docx", lambda: docx(table(ROWS))),
    "xlsx": ("t.xlsx", as_xlsx),
    "html": ("t.html", (FILES / "facilitative_table.html").read_bytes),
    "ods": ("t.ods", (FILES / "facilitative_table.ods").read_bytes),
}


@pytest.mark.parametrize("name", TABLES)
def test_the_same_table_in_every_format(name):
    file, made = TABLES[name]
    found = recognise(document_of(made(), file))
    assert [(target.id, target.text) for target in found.targets] == [("A1", A1), ("A2", A2)]
    fields = {field.role: field.text for field in found.targets[0].fields}
    assert fields == {"indicators": "Number of laws", "actors": "Governments", "milestones": "2027: drafts"}
    roles = {column.heading: column.role for column in found.columns}
    assert roles == dict(zip(HEADINGS, ["indicators", "actors", "id", "target", "milestones"], strict=True))
    assert all(0.75 <= column.score <= 1 for column in found.columns)
    assert found.targets[0].location.column == 4
    assert all(target.location.table == 1 for target in found.targets)


def test_a_heading_that_nobody_knows_can_be_confirmed():
    data = as_markdown().replace(b"Proposed targets", b"What we want")
    document = document_of(data, "t.md")
    found = recognise(document)
    assert not found.targets
    assert "none of its columns" in found.left_out[0].what
    confirmed = recognise(document, {("", 1, 4): "target"})
    assert [target.text for target in confirmed.targets] == [A1, A2]


def looks(block: Block) -> list[tuple[str, str]]:
    return [(mark.kind, mark.words) for mark in block.marks()]


def test_word_looks_lists_and_headings():
    body = (
        paragraph(run("Targets"), "Title1")
        + paragraph(run("Companies ") + run("disclose", "<w:b/>") + run(" all", '<w:u w:val="single"/>'), "Item")
        + paragraph(
            run("not bold ", '<w:b w:val="0"/>')
            + run("struck", "<w:strike/>")
            + run(" named", '<w:rStyle w:val="Strong"/>')
        )
    )
    heading, item, last = document_of(docx(body), "t.docx").blocks
    assert (heading.kind, heading.level, item.kind, last.kind) == ("heading", 1, "list-item", "paragraph")
    assert looks(item) == [("bold", "disclose"), ("underline", " all")]
    assert looks(last) == [("strike", "struck"), ("bold", " named")]


def test_word_tracked_changes_keep_both_texts_and_who_made_them():
    body = paragraph(
        run("Governments ")
        + f'<w:del w:author="Norway">{run("should", tag="delText")}</w:del>'
        + f'<w:ins w:author="EU">{run("shall")}</w:ins>'
        + run(" act on chemicals and waste.")
    )
    document = document_of(docx("<w:p/>" + body), "t.docx")
    (block,) = document.blocks
    assert block.text == "Governments shall act on chemicals and waste."
    assert block.earlier_text == "Governments should act on chemicals and waste."
    assert [(m.kind, m.words, m.author, m.start, m.end) for m in block.marks()] == [
        ("deleted", "should", "Norway", 12, 12),
        ("inserted", "shall", "EU", 12, 17),
    ]
    assert any("tracked changes" in notice.what for notice in document.notices)


def printed(html: Path, folder: Path, need) -> bytes:
    """A PDF as Chromium prints the page."""
    target = folder / "printed.pdf"
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={target}"]
    subprocess.run([need("chromium"), *options, str(html)], capture_output=True, timeout=60, check=True)
    return target.read_bytes()


def test_pdf_in_columns_with_looks(tmp_path, need):
    found = recognise(document_of(printed(FILES / "columns.html", tmp_path, need), "c.pdf"))
    assert [target.id for target in found.targets] == ["A1", "A2", "A3", "A4", "A5"]
    assert found.targets[2].text.endswith("partnerships so that nobody is left behind in the life cycle.")
    assert "financial institutions" in found.targets[4].text
    assert [(m.kind, m.words) for m in found.targets[0].marks] == [("bold", "legal frameworks")]
    assert [(m.kind, m.words) for m in found.targets[1].marks] == [("underline", "disclose"), ("strike", "and toxic")]
    assert all(target.location.page == 1 for target in found.targets)


def test_pdf_of_the_submission_says_what_the_markdown_says(tmp_path, need):
    page = tmp_path / "submission.html"
    import re

    text = SUBMISSION.read_text(encoding="utf-8")
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text, flags=re.DOTALL)
    text = re.sub(r"^- (.+)$", r"<ul><li>\1</li></ul>", text, flags=re.MULTILINE)
    page.write_text('<meta charset="utf-8"><p>' + text.replace("\n\n", "<p>"), encoding="utf-8")
    from_pdf = recognise(document_of(printed(page, tmp_path, need), "s.pdf"))
    from_text = recognise(document_of(SUBMISSION.read_bytes(), "s.md"))
    assert [t.text for t in from_pdf.targets] == [t.text for t in from_text.targets]
    assert [[m.words for m in t.emphases] for t in from_pdf.targets] == [
        [m.words for m in t.emphases] for t in from_text.targets
    ]


def test_html_hides_what_a_browser_hides():
    page = b"""<html lang=fr><script>var x = "<li>no</li>";</script><style>p{}</style><div style="display:none">hidden</div>
    <h2>Cibles</h2><ul><li>Les gouvernements <b>adoptent</b> des lois d'ici 2030
    <li>Les entreprises publient leurs donn&eacute;es</ul>"""
    document = document_of(page, "p.html")
    assert [block.text for block in document.blocks] == [
        "Cibles",
        "Les gouvernements adoptent des lois d'ici 2030",
        "Les entreprises publient leurs données",
    ]
    assert document.language == "fr"
    assert [target.id for target in recognise(document).targets] == ["T1", "T2"]


def test_xlsx_rich_text_and_formulas(tmp_path):
    from openpyxl import Workbook
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "Target"
    words: list[str | TextBlock] = [
        "Companies ",
        TextBlock(InlineFont(b=True), "disclose"),
        " all hazardous substances",
    ]
    sheet["A2"] = CellRichText(words)
    sheet["B1"] = "Year"
    sheet["B2"] = "=2000+30"
    stream = io.BytesIO()
    book.save(stream)
    document = document_of(stream.getvalue(), "f.xlsx")
    (target,) = recognise(document).targets
    assert [m.words for m in target.emphases] == ["disclose"]
    assert any("formulas" in notice.what for notice in document.notices)
    assert not any("2000" in block.text for block in document.blocks)


def test_numbered_paragraphs_options_and_what_is_left_out():
    text = """# Draft

Target A1 – By 2030, all Governments have **adopted** rules for it.

Target A2

Option 1: Governments shall do many things well.

Option 2: Governments should do few things well.

Things to buy for the office:

- one large box of paper clips for everybody
- pens
"""
    found = recognise(document_of(text.encode(), "x.md"))
    assert [(t.id, t.text) for t in found.targets] == [
        ("A1", "By 2030, all Governments have adopted rules for it."),
        ("A2", "Option 1: Governments shall do many things well.\nOption 2: Governments should do few things well."),
    ]
    assert len(found.left_out) == 2


def test_a_paragraph_that_sets_a_duty_and_is_not_taken_is_told_and_numbers_may_have_four_digits():
    text = "Target A1000. By 2030, all Governments have rules for it.\n\nParties shall adopt rules by 2031.\n\nIt rained.\n"
    found = recognise(document_of(text.encode(), "x.md"))
    assert [target.id for target in found.targets] == ["A1000"]
    assert ["Parties shall adopt" in notice.what for notice in found.left_out] == [True]


LINES = (
    "Target A1 – Governments adopt laws on chemicals by 2030,",
    "as they said in Target A2 of the plan.",
    "Target A2: Industry discloses the hazards of its products.",
    "Option 1: well and often.",
    "Option 2: as set out in",
    "decision A1 and in the annex.",
)
IN_LINES = [
    ("A1", "Governments adopt laws on chemicals by 2030, as they said in Target A2 of the plan."),
    ("A2", "Industry discloses the hazards of its products. Option 1: well and often. "
           "Option 2: as set out in decision A1 and in the annex."),
]  # fmt: skip


@pytest.mark.parametrize("name", ["x.txt", "x.md", "x.html", "x.docx"])
def test_targets_on_lines_of_one_paragraph_are_several(name):
    breaks = {"x.html": "<br>", "x.docx": "</w:t><w:br/><w:t>"}.get(name, "\n")
    text = breaks.join(LINES)
    data = docx(paragraph(run(text))) if name == "x.docx" else ("<p>" * (name == "x.html") + text).encode()
    found = recognise(document_of(data, name)).targets
    assert [(t.id, " ".join(t.text.split())) for t in found] == IN_LINES


def test_the_plural_before_a_list_is_no_number():
    text = "Targets:\n\n- Governments adopt laws on chemicals (a).\n- Companies disclose the hazards of products (b).\n"
    assert [target.id for target in recognise(document_of(text.encode(), "x.md")).targets] == ["T1", "T2"]
