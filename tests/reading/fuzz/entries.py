"""What is fuzzed: an entry takes any bytes and checks what has to hold whatever they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from targetgraph.errors import InputError
from targetgraph.reading.brackets import (
    all_deleted,
    all_kept,
    decisive_readings,
    number_of_readings,
    parse_brackets,
    share_in_brackets,
)
from targetgraph.reading.documents.opening import document_of
from targetgraph.reading.smart import judge_reading
from targetgraph.reading.targets import recognise

CORPUS = Path(__file__).parent / "corpus"
MODULES = ("targetgraph.reading", "targetgraph.records")
"""Packages whose coverage guides the fuzzer."""

_LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh", "de")


def brackets(data: bytes) -> None:
    """Segments nest, a reading holds no bracket that was decided, and the count is one at least."""
    text = data.decode("utf-8", "replace")[:4_000]
    read = parse_brackets(text)
    assert read.text == text and number_of_readings(read) >= 1
    for index, segment in enumerate(read.segments):
        assert 0 <= segment.start <= segment.inner_start <= segment.inner_end <= segment.end <= len(text)
        if segment.parent >= 0:
            around = read.segments[segment.parent]
            assert segment.parent < index and around.start <= segment.start and segment.end <= around.end
    for group in read.groups:
        alone = len(group.members) == 1  # a single “Option 1 …” has nothing to choose from, and stays
        assert group.members and (not alone or read.segments[group.members[0]].form == "option")
        assert len({read.segments[m].parent for m in group.members}) == 1
    assert len(all_deleted(read)) <= len(text) + len(read.segments)
    assert all_kept(read) in decisive_readings(read, most=5)
    share = share_in_brackets(read)
    assert 0 <= share.in_brackets <= share.words


def mentions(data: bytes) -> None:
    """The first byte chooses the language. Quotations are what stands at their places; verdicts quote the text."""
    from tests.reading.quality import reader

    language = _LANGUAGES[data[0] % len(_LANGUAGES)] if data else "en"
    text = data[1:].decode("utf-8", "replace")[:2_000]
    found = reader().read(text, language)
    for mention in found.mentions:
        assert mention.quote and text[mention.start : mention.end] == mention.quote
    for deadline in found.deadlines:
        assert text[deadline.start : deadline.end] == deadline.quote and (deadline.years or deadline.months)
    judged = judge_reading(found, reader().lists, language)
    assert len(judged.verdicts) == 5
    assert all(f.start < 0 or text[f.start : f.end] == f.quote for f in judged.findings)


def difference(data: bytes) -> None:
    """Two texts, divided by a zero byte, are both in the difference between them, as far as words go."""
    from targetgraph.analysis.comparison.texts import difference as compared
    from targetgraph.analysis.comparison.texts.difference import words

    one, _, other = (data.decode("utf-8", "replace")[:1_000]).partition("\0")
    parts = compared(one, other)
    for text, without in ((one, ("inserted",)), (other, ("deleted", "not chosen"))):
        kept = "".join(part.text for part in parts if part.kind not in without).replace(" ", "").casefold()
        assert kept == "".join(word.text for word in words(text).words).casefold()


def _document(name: str) -> Callable[[bytes], None]:
    def read(data: bytes) -> None:
        try:
            document = document_of(data, name)
        except InputError as error:
            assert all(problem.what and problem.remedy for problem in error.problems)
            return
        for target in recognise(document).targets:
            for mark in target.marks:
                assert 0 <= mark.start <= mark.end <= len(target.text)
                assert mark.kind == "deleted" or target.text[mark.start : mark.end] == mark.words

    read.__doc__ = f"A file {name}: a document or an InputError with a remedy; what is marked is what stands there."
    return read


def _part(name: str, part: str) -> Callable[[bytes], None]:
    """The XML of a packaged document, packed before it is read: a fuzzer cannot compress."""
    from tests.reading.documents.making import STYLES, zipped

    more: dict[str, str | bytes] = {"[Content_Types].xml": "<Types/>"}
    if name.endswith(".docx"):
        more["word/styles.xml"] = STYLES
    if name.endswith(".ods"):
        more = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}
    if name.endswith(".xlsx"):
        from tests.reading.documents.making import R, S

        more["xl/workbook.xml"] = (
            f'<workbook {S} {R}><sheets><sheet name="T" sheetId="1" r:id="r1"/></sheets></workbook>'
        )
        rels = "http://schemas.openxmlformats.org/package/2006/relationships"
        more["xl/_rels/workbook.xml.rels"] = (
            f'<Relationships xmlns="{rels}"><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'
        )
    document = _document(name)

    def read(data: bytes) -> None:
        document(zipped({**more, part: data}))

    return read


def page_of(content: bytes) -> bytes:
    """A PDF of one page that draws ``content``, without a table of objects, which readers do without."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 %s>>>>>>" % font,
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
    ]
    body = b"".join(b"%d 0 obj%s endobj\n" % (number, part) for number, part in enumerate(parts, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF"


def pdf(data: bytes) -> None:
    """What a page draws, taken apart in this process: the child that bounds it cannot be watched."""
    from targetgraph.reading.documents.portable_pages import answer

    found = answer(page_of(data[:5_000]))
    for page in found.get("pages", ()):
        # An empty cell of a ruled table keeps its place; nothing else is empty.
        assert all(block["runs"] or block["kind"] == "cell" for block in page)


ENTRIES: dict[str, Callable[[bytes], None]] = {
    "brackets": brackets,
    "mentions": mentions,
    "difference": difference,
    "markdown": _document("f.md"),
    "html": _document("f.html"),
    "csv": _document("f.csv"),
    "package": _document("f.docx"),
    "docx": _part("f.docx", "word/document.xml"),
    "xlsx": _part("f.xlsx", "xl/worksheets/sheet1.xml"),
    "ods": _part("f.ods", "content.xml"),
    "pdf": pdf,
}


def anything(data: bytes) -> None:
    """The first byte chooses the entry; for runs that are to try all in a short time."""
    if data:
        names = list(ENTRIES)
        ENTRIES[names[data[0] % len(names)]](data[1:])


def seeds(entry: str) -> dict[str, bytes]:
    """The kept inputs of an entry by name; of ``anything`` those of all, each behind the byte that chooses."""
    if entry != "anything":
        return {path.name: path.read_bytes() for path in sorted((CORPUS / entry).iterdir())}
    return {
        f"{name}-{file}": bytes([number]) + data
        for number, name in enumerate(ENTRIES)
        for file, data in seeds(name).items()
    }
