"""Zipped documents and the XML in them, opened without trust.

A document of Office or OpenDocument needs no document type declaration, so one is refused: without it there are no entities to
expand and nothing to fetch. Parts are unpacked up to a bound on bytes that are really there, whatever the archive says.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from targetgraph.reading.documents.limits import DEEPEST, LARGEST_PART, MOST_ELEMENTS, MOST_PARTS, refused, too_much

_DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, KeyError)

NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "s",
    "http://purl.oclc.org/ooxml/spreadsheetml/main": "s",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://purl.org/dc/elements/1.1/": "dc",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": "fo",
}


class Package:
    """The parts of a zipped document."""

    def __init__(self, data: bytes, file: str) -> None:
        self._file = file
        self._left = LARGEST_PART
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self.names = frozenset(self._archive.namelist())
        except _DAMAGED:
            raise self._damaged() from None
        if len(self.names) > MOST_PARTS:
            raise too_much(f"more than {MOST_PARTS:,} parts", file)

    def _damaged(self) -> Exception:
        return refused(
            "the file is damaged: a part cannot be unpacked", self._file, "open it and save it anew, or fetch it again"
        )

    def part(self, name: str) -> bytes | None:
        """The bytes of a part, or ``None`` when there is none."""
        if name not in self.names:
            return None
        try:
            info = self._archive.getinfo(name)
            if info.flag_bits & 1:
                raise refused("the document is encrypted", self._file, "save a copy without a password")
            with self._archive.open(info) as stream:
                data = stream.read(self._left + 1)
        except _DAMAGED:
            raise self._damaged() from None
        if len(data) > self._left:
            raise too_much(f"more than {LARGEST_PART // 2**20} MB when unpacked", self._file)
        self._left -= len(data)
        return data

    def xml(self, name: str) -> Element | None:
        """The root element of a part, names as ``prefix_name``; or ``None`` when there is no such part."""
        data = self.part(name)
        return None if data is None else _Reader(self._file, name).read(data)


class _Reader:
    def __init__(self, file: str, part: str) -> None:
        self._file, self._part = file, part
        self._builder = TreeBuilder()
        self._names: dict[str, str] = {}
        self._count = self._depth = 0
        parser = expat.ParserCreate(namespace_separator="\n")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._builder.data
        self._parser = parser

    def read(self, data: bytes) -> Element:
        try:
            self._parser.Parse(data, True)
            return self._builder.close()
        except (expat.ExpatError, UnicodeError, LookupError, AssertionError, ValueError) as error:
            what = f"the part {self._part} is no well-formed XML: {error}"
            raise refused(what, self._file, "open it and save it anew") from None

    def _doctype(self, *_: Any) -> None:
        what = f"the part {self._part} declares a document type, with which entities could be smuggled in"
        raise refused(what, self._file, "open it and save it anew; no program of an office writes such a declaration")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        self._depth += 1
        if self._count > MOST_ELEMENTS:
            raise too_much(f"more than {MOST_ELEMENTS:,} elements in {self._part}", self._file)
        if self._depth > DEEPEST:
            raise too_much(f"elements nested deeper than {DEEPEST} in {self._part}", self._file)
        short = self._short
        self._builder.start(short(name), {short(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._builder.end(self._short(name))

    def _short(self, name: str) -> str:
        known = self._names.get(name)
        if known is None:
            space, _, local = name.rpartition("\n")
            known = f"{NAMESPACES.get(space, 'other')}_{local}" if space else local
            if len(self._names) < 10_000:
                self._names[name] = known
        return known
