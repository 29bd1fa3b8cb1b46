"""What stands in a Word document beside its text: notes, comments, headers and footers, text boxes.

None of it is text of a target. Notes and comments are told with the place that refers to them, headers and footers once, so
that a reader sees what was not taken for text, and what it says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from targetgraph.reading.documents.packaged import Package
from targetgraph.reading.documents.runs import readable
from targetgraph.records.documents import Location, Notice

_PARTS = {
    "footnote": ("word/footnotes.xml", "w_footnote"),
    "endnote": ("word/endnotes.xml", "w_endnote"),
    "comment": ("word/comments.xml", "w_comment"),
}
_REFERENCES = {f"w_{kind}Reference": kind for kind in _PARTS}
_SEPARATORS = frozenset(("separator", "continuationSeparator", "continuationNotice"))
_LONGEST = 500
_MOST = 300
"""Notes told one by one; of the others there is a count."""


def referred(run: Element) -> Iterator[tuple[str, str]]:
    """Kind and number of the notes and comments that a run refers to."""
    for child in run:
        if child.tag in _REFERENCES:
            yield _REFERENCES[child.tag], child.get("w_id", "")


def text_boxes(paragraph: Element) -> Iterator[Element]:
    """The contents of the text boxes anchored in a paragraph, each once: of the two ways to draw one the first."""
    waiting = list(reversed(list(paragraph)))
    while waiting:
        element = waiting.pop()
        if element.tag == "w_txbxContent":
            yield element
        elif element.tag == "mc_AlternateContent":
            ways = [way for way in element if way.find(".//w_txbxContent") is not None]
            waiting.extend(ways[:1])
        else:
            waiting.extend(reversed(list(element)))


def beside(package: Package, file: str, references: Sequence[tuple[str, str, Location]]) -> Iterator[Notice]:
    """What was not read as text, and what it says.

    Parameters
    ----------
    references : kind, number and place of each reference, in the order of the text.
    """
    places: dict[tuple[str, str], Location] = {}
    for kind, number, where in references:
        places.setdefault((kind, number), where)
    told = more = 0
    for kind, (part, tag) in _PARTS.items():
        root = package.xml(part)
        for note in root.iterfind(tag) if root is not None else ():
            words = _words(note)
            if note.get("w_type", "") in _SEPARATORS or not words:
                continue
            told += 1
            if told > _MOST:
                more += 1
                continue
            number = note.get("w_id", "")
            by = f" by {note.get('w_author', '')[:100]}" if note.get("w_author") else ""
            what = f"a {kind}{by} is no part of the text: {words!r}".replace("a endnote", "an endnote")
            yield Notice(what=what, where=places.get((kind, number), Location(file=file)))
    if more:
        yield Notice(what=f"{more:,} more notes and comments are no part of the text", where=Location(file=file))
    seen: set[str] = set()
    for name in sorted(package.names):
        place, _, rest = name.partition("/")
        if place != "word" or not rest.startswith(("header", "footer")) or not rest.endswith(".xml") or len(seen) > 20:
            continue
        root = package.xml(name)
        words = _words(root) if root is not None else ""
        if words and words not in seen:
            seen.add(words)
            yield Notice(what=f"a {rest[:6]} of the pages is no part of the text: {words!r}", where=Location(file=file))


def _words(element: Element) -> str:
    text = " ".join("".join(t.text or "" for t in p.iter("w_t")) for p in element.iter("w_p"))
    text = " ".join(readable(text).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
