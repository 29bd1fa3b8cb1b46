"""A briefing as a document for word processors (Office Open XML, ECMA-376), on A4."""

from __future__ import annotations

import io
from typing import Any, Final

from targetgraph.analysis.briefing_document import (
    Block,
    Briefing,
    Bullets,
    Facts,
    Paragraph,
    Picture,
    Section,
    SubHeading,
)
from targetgraph.publish.exports.xml_text import xml_text

_TINT: Final = "E7ECF2"
_LANDSCAPE_FROM: Final = 9
"""Columns from which a table is set in small type."""


def as_docx(briefing: Briefing, words: dict[str, str]) -> bytes:
    """The document.

    Parameters
    ----------
    briefing : what it says.
    words : ``method``, ``made`` (date and version, filled in), ``again``, ``cut`` (with ``{shown}`` and ``{n}``).
    """
    from docx import Document
    from docx.shared import Mm, Pt

    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin = page.bottom_margin = Mm(18)
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Calibri", Pt(10.5)
    properties = document.core_properties
    properties.title, properties.author = xml_text(briefing.title), "TargetGraph"
    properties.comments, properties.language = xml_text(words["made"]), briefing.language
    document.add_heading(xml_text(briefing.title), 0)
    document.add_paragraph(xml_text(words["made"]))
    for section in briefing.sections:
        _write(document, section, words["cut"])
    document.add_heading(words["method"], 1)
    for sentence in briefing.method:
        document.add_paragraph(xml_text(sentence), style="List Bullet")
    document.add_paragraph(xml_text(f"{words['again']} {briefing.address}"))
    _footer(page, xml_text(f"{briefing.title} · {words['made']}"))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _write(document: Any, section: Section, cut: str) -> None:
    document.add_heading(xml_text(section.title), 1)
    for block in section.blocks:
        _block(document, block, cut)


def _block(document: Any, block: Block, cut: str) -> None:
    if isinstance(block, SubHeading):
        document.add_heading(xml_text(block.text), 2)
    elif isinstance(block, Paragraph):
        style = "Intense Quote" if block.kind == "quote" else None
        run = document.add_paragraph(style=style).add_run(xml_text(block.text))
        run.bold, run.italic = block.kind == "note", block.kind == "quiet"
    elif isinstance(block, Bullets):
        for text, address in block.items:
            paragraph = document.add_paragraph(xml_text(text), style="List Bullet")
            if address:
                paragraph.add_run(f" <{xml_text(address)}>").italic = True
    elif isinstance(block, Picture):
        # What word processors show of SVG differs; the same stands in words below it.
        document.add_paragraph().add_run(xml_text(f"{block.title}: {block.address}")).italic = True
    elif isinstance(block, Facts):
        _table(document, (), block.pairs)
    else:
        _table(document, block.columns, block.rows)
        if block.cut:
            document.add_paragraph(cut.replace("{shown}", str(len(block.rows))).replace("{n}", str(block.cut)))


def _table(document: Any, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    width = len(columns) or 2
    table = document.add_table(rows=0, cols=width)
    table.style = "Table Grid"
    size = Pt(7 if width >= _LANDSCAPE_FROM else 9)
    for number, row in enumerate(([columns] if columns else []) + list(rows)):
        cells = table.add_row().cells
        for position, text in enumerate(row[:width]):
            run = cells[position].paragraphs[0].add_run(xml_text(text))
            run.font.size = size
            run.bold = (bool(columns) and number == 0) or (not columns and position == 0)
            if columns and number == 0:
                shade = OxmlElement("w:shd")
                shade.set(qn("w:val"), "clear")
                shade.set(qn("w:fill"), _TINT)
                cells[position]._tc.get_or_add_tcPr().append(shade)
    if columns:
        # The heading is repeated on every page that the table runs over.
        repeated = OxmlElement("w:tblHeader")
        repeated.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)
    document.add_paragraph()


def _footer(page: Any, text: str) -> None:
    """The foot of every page, with its number as a field that the word processor fills in."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph = page.footer.paragraphs[0]
    paragraph.add_run(text + " · ")
    run = paragraph.add_run()
    for kind, instruction in (("begin", ""), ("", "PAGE"), ("end", "")):
        if instruction:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = instruction
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)
