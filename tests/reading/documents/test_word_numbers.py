"""Numbers that Word counts, against cases worked by hand from ISO/IEC 29500-1 (17.9), and a count over the whole history."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targetgraph.reading.documents import read_document
from targetgraph.reading.documents.word_numbers import Numbering, letters, roman
from targetgraph.reading.targets import recognise
from tests.reading.documents.making import W, docx, run, table


def _level(deep: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{deep}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def _part(levels: str, lists: str = "", more: str = "") -> str:
    lists = lists or '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{more}{lists}</w:numbering>'


def _numbering(part: str) -> Numbering:
    root = fromstring(part)
    for element in root.iter():  # as Package gives them: prefix and name
        element.tag = "w_" + element.tag.rpartition("}")[2]
        element.attrib = {"w_" + name.rpartition("}")[2]: value for name, value in element.attrib.items()}
    return Numbering(root)


def _drawn(part: str, *paragraphs: tuple[str, int]) -> list[str]:
    numbering = _numbering(part)
    return [numbering.next(number, deep) for number, deep in paragraphs]


OUTLINE = (
    _level(0, "upperLetter", "Objective %1") + _level(1, "decimal", "Target %1%2:") + _level(2, "lowerRoman", "(%3)")
)


def test_levels_begin_again_below_one_above_them() -> None:
    order = [0, 1, 1, 2, 2, 1, 2, 0, 1, 2]
    assert _drawn(_part(OUTLINE), *(("1", deep) for deep in order)) == [
        "Objective A", "Target A1:", "Target A2:", "(i)", "(ii)", "Target A3:", "(i)", "Objective B", "Target B1:", "(i)",
    ]  # fmt: skip


def test_a_level_that_never_begins_again_and_one_that_does_after_the_first_only() -> None:
    never = _level(0, "decimal", "%1") + _level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')
    assert _drawn(_part(never), *(("1", deep) for deep in (0, 1, 1, 0, 1))) == ["1", "1.", "2.", "2", "3."]
    first = never.replace('<w:lvlRestart w:val="0"/>', "") + _level(2, "decimal", "%3)", '<w:lvlRestart w:val="1"/>')
    order = (0, 1, 2, 2, 1, 2, 0, 2)
    assert _drawn(_part(first), *(("1", deep) for deep in order)) == ["1", "1.", "1)", "2)", "2.", "3)", "2", "1)"]


def test_lists_of_one_description_count_on_unless_one_starts_anew() -> None:
    pointer = '<w:abstractNumId w:val="0"/>'
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    lists = "".join(f'<w:num w:numId="{n}">{pointer}{anew if n == 3 else ""}</w:num>' for n in (1, 2, 3))
    part = _part(_level(0, "decimal", "%1."), lists)
    order = ("1", "1", "2", "3", "3", "1")
    assert _drawn(part, *((number, 0) for number in order)) == ["1.", "2.", "3.", "7.", "8.", "9."]


def test_a_list_may_describe_a_level_anew() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{_level(0, "lowerLetter", "%1)", start=3)}</w:lvlOverride>'
    lists = f'<w:num w:numId="1"><w:abstractNumId w:val="0"/>{own}</w:num>'
    assert _drawn(_part(OUTLINE, lists), ("1", 0), ("1", 0), ("1", 1)) == ["c)", "d)", "Target d1:"]


def test_legal_numbers_are_decimal_and_other_formats_as_named() -> None:
    legal = _level(0, "upperRoman", "%1") + _level(1, "decimal", "%1.%2", "<w:isLgl/>")
    assert _drawn(_part(legal), ("1", 0), ("1", 0), ("1", 1)) == ["I", "II", "2.1"]
    for form, drawn in (
        ("decimalZero", "04"), ("upperLetter", "D"), ("lowerRoman", "iv"), ("none", ""), ("hebrew1", "4"), ("bullet", "•"),
    ):  # fmt: skip
        assert _drawn(_part(_level(0, form, "%1", start=4)), ("1", 0)) == [drawn], form


def test_what_nobody_describes_is_a_bullet() -> None:
    assert Numbering(None).next("4", 0) == "•"
    assert _drawn(_part(OUTLINE), ("9", 0), ("1", 7), ("1", 99)) == ["•"] * 3
    huge = _part(_level(0, "upperLetter", "%1", start=99_999) + _level(1, "decimal", "x" * 1_000_000))
    assert [len(text) for text in _drawn(huge, ("1", 0), ("1", 1))] == [0, 60]


@given(st.integers(1, 3_999))
def test_roman_numbers_add_up(number: int) -> None:
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
    worth = [values[letter] for letter in roman(number)]
    assert sum(-a if a < b else a for a, b in zip(worth, [*worth[1:], 0], strict=True)) == number
    assert not any(letter * 4 in roman(number) for letter in "ivxlcdm")


def test_letters_repeat() -> None:
    assert [letters(n) for n in (0, 1, 26, 27, 52, 53)] == ["", "a", "z", "aa", "zz", "aaa"]


@given(st.lists(st.integers(0, 4), min_size=1, max_size=40))
def test_counts_are_those_of_the_whole_history(order: list[int]) -> None:
    levels = "".join(_level(deep, "decimal", f"%{deep + 1}") for deep in range(5))
    expected = []
    for end, deep in enumerate(order):
        since = max((i for i in range(end) if order[i] < deep), default=-1)
        expected.append(str(sum(d == deep for d in order[since + 1 : end + 1])))
    assert _drawn(_part(levels), *(("1", deep) for deep in order)) == expected


def _item(text: str, deep: int, number: str = "1") -> str:
    properties = f'<w:pPr><w:numPr><w:ilvl w:val="{deep}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
    return f"<w:p>{properties}{run(text) if text else ''}</w:p>"


def _recognised(tmp_path: Path, body: str, numbering: str) -> list[tuple[str, bool, str]]:
    path = tmp_path / "list.docx"
    path.write_bytes(docx(body, **{"word/numbering.xml": numbering}))
    return [(target.id, target.numbered, target.text) for target in recognise(read_document(path)).targets]


SENTENCE = "By 2030, governments shall ban the {} pesticides of highest concern."


def test_targets_take_the_numbers_that_word_draws(tmp_path: Path) -> None:
    texts = [SENTENCE.format(word) for word in ("first", "second", "third")]
    body = (
        _item("Legal capacity", 0)
        + _item(texts[0], 1)
        + _item(texts[1], 1)
        + _item("Knowledge", 0)
        + _item(texts[2], 1)
    )
    found = _recognised(tmp_path, body, _part(OUTLINE))
    assert found == [("A1", True, texts[0]), ("A2", True, texts[1]), ("B1", True, texts[2])]


def test_a_mere_count_is_no_number_of_a_target(tmp_path: Path) -> None:
    texts = [SENTENCE.format(word) for word in ("first", "second")]
    found = _recognised(tmp_path, "".join(_item(t, 0) for t in texts), _part(_level(0, "decimal", "%1.")))
    assert found == [("T1", False, texts[0]), ("T2", False, texts[1])]


def test_a_column_of_numbers_that_word_counts(tmp_path: Path) -> None:
    texts = [SENTENCE.format(word) for word in ("first", "second")]
    grid = table([["No.", "Target"], ["", texts[0]], ["", texts[1]]])
    empty = '<w:p><w:r><w:rPr></w:rPr><w:t xml:space="preserve"></w:t></w:r></w:p>'
    assert grid.count(empty) == 2
    found = _recognised(tmp_path, grid.replace(empty, _item("", 0)), _part(_level(0, "decimal", "D%1")))
    assert found == [("D1", True, texts[0]), ("D2", True, texts[1])]


def test_styles_number_too(tmp_path: Path) -> None:
    styles = f"""<w:styles {W}><w:style w:type="paragraph" w:styleId="T"><w:name w:val="Target text"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>"""
    levels = _level(0, "upperLetter", "%1") + _level(1, "decimal", "Target %2", '<w:pStyle w:val="T"/>')
    text = SENTENCE.format("first")
    body = f'<w:p><w:pPr><w:pStyle w:val="T"/></w:pPr>{run(text)}</w:p>'
    path = tmp_path / "styled.docx"
    path.write_bytes(docx(body, **{"word/numbering.xml": _part(levels), "word/styles.xml": styles}))
    assert [(t.id, t.numbered) for t in recognise(read_document(path)).targets] == [("1", True)]


@pytest.mark.parametrize(
    "part", ["<nonsense/>", f"<w:numbering {W}><w:num/><w:abstractNum><w:lvl/></w:abstractNum></w:numbering>"]
)
def test_a_part_that_describes_nothing_is_no_trouble(tmp_path: Path, part: str) -> None:
    assert [number for number, *_ in _recognised(tmp_path, _item(SENTENCE.format("first"), 0) * 2, part)] == [
        "T1",
        "T2",
    ]
