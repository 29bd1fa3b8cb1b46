"""Files made at random and good files with bytes changed: an InputError or a document, never anything else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from targetgraph.errors import InputError
from targetgraph.reading.documents.opening import document_of
from targetgraph.reading.targets import recognise
from tests.reading.documents.making import docx, paragraph, run, table, xlsx
from tests.reading.documents.submission import SUBMISSION

GOOD = {
    "s.md": SUBMISSION.read_bytes(),
    "s.html": b"<html><ul><li>Targets<li><b>a</b> [x] <table><tr><td>Target<td>b</table>",
    "s.csv": b'Target,Actors\n"Governments adopt, laws",all\n',
    "s.docx": docx(paragraph(run("Target A1 – Governments adopt laws by 2030")) + table([["Target"], ["a b c d"]])),
    "s.xlsx": xlsx('<sheetData><row r="1"><c t="s"><v>0</v></c></row></sheetData>', "<si><t>Target</t></si>"),
}


def read(data: bytes, file: str) -> None:
    try:
        document = document_of(data, file)
    except InputError as error:
        assert all(problem.what and problem.remedy for problem in error.problems)
        return
    for target in recognise(document).targets:
        for mark in target.marks:
            assert 0 <= mark.start <= mark.end <= len(target.text)
            assert mark.kind == "deleted" or target.text[mark.start : mark.end] == mark.words


@pytest.mark.parametrize("file", GOOD)
@given(data=st.data())
@settings(max_examples=60)
def test_changed_bytes(file, data):
    good = bytearray(GOOD[file])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(good) - 1))
        good[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    read(bytes(good) or b"x", file)


@given(
    text=st.text(alphabet="#*_-|[]()<>&;`~ \n1aTarget.é\u202e", max_size=120),
    file=st.sampled_from(["a.md", "a.html", "a.txt", "a.csv"]),
)
@settings(max_examples=300)
def test_text_of_signs(text, file):
    read(text.encode(), file)
