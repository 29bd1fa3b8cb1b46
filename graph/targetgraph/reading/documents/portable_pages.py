"""The child that takes a PDF apart: bytes on standard input, blocks as JSON on standard output.

Reading order is made by cutting the page: along a white gap from top to bottom where there is one (columns), else below the
first box; each part again (after the XY cut of Nagy and Seth, 1984). Words are underlined or struck through where a thin line
runs below or through them. Tables whose cells are parted by lines are made out by :mod:`ruled_tables`.
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from unicodedata import normalize

from targetgraph.reading.documents.ruled_tables import Lattice, lattices

MEMORY = 1_500 * 2**20
SECONDS = 55
MOST_PAGES = 2_000
_MOST_BOXES = 400
_GAP = 8.0  # points of white between columns
_BULLET = re.compile(r"([•▪◦‣–·●○\uf0b7*-]|\(?(?:[0-9]{1,2}|[a-z]|[ivx]{1,4})[.)])\s+(?=\S)")
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_BEGINS = re.compile(
    r"(?:target|goal|cible|meta|option|alt(?:ernative)?)\.?\s{0,2}[A-Z]{0,2}\.?[0-9]{1,2}\b", re.IGNORECASE
)

Look = tuple[bool, bool, bool, bool]


def bound() -> None:
    """Bound what this process may take."""
    try:
        import resource
    except ImportError:  # not on Windows; there only the parent's clock stops it
        return
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        _, hard = resource.getrlimit(what)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, allowed))


def main() -> int:
    """Read, answer; the exit code is 1 where nothing sensible can be said."""
    bound()
    data = sys.stdin.buffer.read()
    try:
        said = answer(data)
    except MemoryError:
        return 1
    sys.stdout.write(json.dumps(said))
    return 0


def answer(data: bytes) -> dict[str, Any]:
    """The ``pages`` of a document, each a list of blocks, or an ``error`` with its ``remedy``."""
    import logging

    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect, PDFTextExtractionNotAllowed

    logging.disable(logging.CRITICAL)
    try:
        return {"pages": list(_pages(data))}
    except (PDFPasswordIncorrect, PDFEncryptionError):
        return {"error": "the PDF is encrypted", "remedy": "open it with its password and save a copy without one"}
    except PDFTextExtractionNotAllowed:
        return {"error": "the PDF forbids taking its text out", "remedy": "ask who made it for a copy that allows it"}
    except _TooManyPages:
        return {"error": f"the PDF has more than {MOST_PAGES:,} pages", "remedy": "give the pages with the targets"}
    except Exception as error:  # whatever a damaged file makes the parser stumble over
        if isinstance(error, MemoryError):
            raise
        return {"error": f"the PDF is damaged ({type(error).__name__})", "remedy": "open it and print it to a new PDF"}


class _TooManyPages(Exception):
    pass


def _pages(data: bytes) -> Iterator[list[dict[str, Any]]]:
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LAParams
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    manager = PDFResourceManager()
    device = PDFPageAggregator(manager, laparams=LAParams(boxes_flow=None))
    interpreter = PDFPageInterpreter(manager, device)
    previous: list[dict[str, Any]] = []
    for number, page in enumerate(PDFPage.get_pages(io.BytesIO(data), check_extractable=True)):
        if number >= MOST_PAGES:
            raise _TooManyPages
        interpreter.process_page(page)
        layout = device.get_result()
        blocks: list[dict[str, Any]] = []
        for box in _page(layout):
            blocks.extend(_joined(blocks or previous, box))
        previous = blocks or previous
        yield blocks


def _page(layout: Any) -> Iterator[list[dict[str, Any]]]:
    """The blocks of each box and table of a page, in reading order."""
    from pdfminer.layout import LTTextBox

    tables = lattices(layout)
    boxes: list[Any] = []
    for box in layout:
        if isinstance(box, LTTextBox) and box.get_text().strip():
            outside = [line for line in box if not any(table.take(line) for table in tables)]
            if outside:
                boxes.append(_Lines(outside))
    filled = [table for table in tables if any(cell.lines for cell in table.cells)]
    strokes, dots = _strokes(layout, filled), _dots(layout)
    for box in _ordered([*boxes, *filled]):
        yield list(_cells(box, strokes) if isinstance(box, Lattice) else _paragraphs(box, strokes, dots))


class _Lines:
    """Lines of text that belong together, and the box around them."""

    def __init__(self, lines: list[Any]) -> None:
        self.lines = lines
        self.x0, self.x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
        self.y0, self.y1 = min(line.y0 for line in lines), max(line.y1 for line in lines)


def _cells(table: Lattice, strokes: dict[int, list[tuple[float, float, float]]]) -> Iterator[dict[str, Any]]:
    for cell in table.cells:
        runs: list[tuple[Any, ...]] = []
        for line in sorted(cell.lines, key=_height, reverse=True):
            _append(runs, list(_characters(line, strokes)))
        place = {"row": cell.row, "column": cell.column, "span": cell.span, "height": cell.height}
        yield {"kind": "cell", "marker": "", "runs": runs, "place": place, "lines": table.xs}


def _height(line: list[Any]) -> float:
    return max((item.y0 for item in line if hasattr(item, "y0")), default=0.0)


def _joined(blocks: list[dict[str, Any]], more: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What of the blocks of a box or page begins anew; a sentence that goes on is added to the block before it."""
    if blocks and more and more[0]["kind"] == "paragraph" and blocks[-1]["kind"] != "cell":
        text = str(more[0]["runs"][0][0])
        last = str(blocks[-1]["runs"][-1][0]).rstrip()
        if text[:1].islower() and last[-1:] not in (*".:;!?", "]"):
            _append(
                blocks[-1]["runs"],
                [(c, look) for words, *rest in more[0]["runs"] for look in [tuple(rest)] for c in words],
            )
            return more[1:]
    return more


def _ordered(boxes: list[Any]) -> list[Any]:
    """The boxes of a page in reading order."""
    if len(boxes) > _MOST_BOXES:
        return sorted(boxes, key=lambda box: (-box.y1, box.x0))
    ordered: list[Any] = []
    waiting = [boxes]
    while waiting:
        part = waiting.pop()
        if len(part) < 2:
            ordered.extend(part)
            continue
        cut = _column_gap(part)
        if cut is not None:
            left = [box for box in part if box.x1 <= cut]
            waiting.extend([[box for box in part if box.x1 > cut], left])
        else:
            top = max(part, key=lambda box: (box.y1, -box.x0))
            ordered.append(top)
            waiting.append([box for box in part if box is not top])
    return ordered


def _column_gap(boxes: list[Any]) -> float | None:
    """Where a white gap parts the boxes into left and right, or ``None``."""
    reach = None
    for box in sorted(boxes, key=lambda box: box.x0):
        if reach is not None and box.x0 - reach >= _GAP:
            return float(reach)
        reach = box.x1 if reach is None else max(reach, box.x1)
    return None


def _strokes(layout: Any, tables: list[Lattice]) -> dict[int, list[tuple[float, float, float]]]:
    """Thin level lines of a page that are no lines of tables, by their height: left, right, height."""
    from pdfminer.layout import LTCurve

    found: defaultdict[int, list[tuple[float, float, float]]] = defaultdict(list)
    for item in layout:
        if isinstance(item, LTCurve) and item.height < 2.5 and item.width > 2:
            middle = (item.y0 + item.y1) / 2
            if any(t.x0 - 3 <= item.x0 and item.x1 <= t.x1 + 3 and _near(middle, t.ys) for t in tables):
                continue
            found[int(middle // 10)].append((item.x0, item.x1, middle))
    return found


def _near(value: float, levels: list[float]) -> bool:
    return any(abs(value - level) <= 3 for level in levels)


def _dots(layout: Any) -> list[tuple[float, float]]:
    """Small shapes, which may be the bullets of a list: right edge and middle height."""
    from pdfminer.layout import LTCurve, LTFigure

    return [
        (item.x1, (item.y0 + item.y1) / 2)
        for item in layout
        if isinstance(item, (LTCurve, LTFigure)) and 1 < item.width < 9 and 1 < item.height < 9
    ]


def _paragraphs(
    box: Any, strokes: dict[int, list[tuple[float, float, float]]], dots: list[tuple[float, float]]
) -> Iterator[dict[str, Any]]:
    runs: list[tuple[Any, ...]] = []
    kind, marker = "paragraph", ""
    for line in box.lines:
        text = line.get_text()
        bullet = _BULLET.match(text)
        drawn = any(0 <= line.x0 - right < 30 and line.y0 < height < line.y1 for right, height in dots)
        if (bullet or drawn or _BEGINS.match(text)) and runs:
            yield {"kind": kind, "marker": marker, "runs": runs}
            runs, kind, marker = [], "paragraph", ""
        if bullet and not runs:
            kind, marker = "list-item", bullet.group(1)
        elif drawn:
            kind, marker = "list-item", "•"
        characters = list(_characters(line, strokes))
        if bullet and kind == "list-item" and not runs:
            characters = characters[bullet.end() :]
        _append(runs, characters)
    if runs:
        yield {"kind": kind, "marker": marker, "runs": runs}


def _append(runs: list[tuple[Any, ...]], characters: list[tuple[str, Look]]) -> None:
    """Add a line: its end is a space, except after a hyphen."""
    while characters and characters[-1][0].isspace():
        characters.pop()
    if not characters:
        return
    if runs and not str(runs[-1][0]).endswith(("-", "\u00ad", "/")):
        runs[-1] = (runs[-1][0] + " ", *runs[-1][1:])
    for character, look in characters:
        if runs and runs[-1][1:] == look:
            runs[-1] = (runs[-1][0] + character, *look)
        else:
            runs.append((character, *look))


def _characters(line: Any, strokes: dict[int, list[tuple[float, float, float]]]) -> Iterator[tuple[str, Look]]:
    from pdfminer.layout import LTChar

    look: Look = (False, False, False, False)
    for item in line:
        if isinstance(item, LTChar):
            name = item.fontname.lower()
            bold = any(word in name for word in ("bold", "black", "heavy", "semibold"))
            italic = "italic" in name or "oblique" in name
            look = (bold, italic, *_lines_at(item, strokes))
        for character in _LIGATURES.sub(lambda found: normalize("NFKC", found.group()), item.get_text()):
            yield character, look


def _lines_at(item: Any, strokes: dict[int, list[tuple[float, float, float]]]) -> tuple[bool, bool]:
    """Whether a line runs below a character, and whether one runs through it."""
    underline = strike = False
    middle = (item.x0 + item.x1) / 2
    for bucket in range(int((item.y0 - 3) // 10), int(item.y1 // 10) + 1):
        for left, right, height in strokes.get(bucket, ()):
            if left - 1 <= middle <= right + 1:
                place = (height - item.y0) / max(item.height, 1)
                underline = underline or -0.2 <= place < 0.25
                strike = strike or 0.3 <= place <= 0.65
    return underline, strike


if __name__ == "__main__":
    sys.exit(main())
