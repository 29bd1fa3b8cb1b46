"""A briefing as a document: sections of paragraphs, lists, tables and pictures, whatever it is written to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``kind`` is empty, ``note`` (what to be wary of), ``quiet`` or ``quote``."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; ``address`` is an IRI or web address, or empty."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Words and what is to be said to them."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; ``cut`` is how many rows it would have if all were shown, 0 where all are."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    cut: int = 0


@dataclass(frozen=True, slots=True)
class SubHeading:
    """A heading inside a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture; what cannot show it says where it is to be seen, and the blocks after it say the same in words.

    Parameters
    ----------
    svg : the picture, whole in itself.
    title : what it shows.
    path, address : of the same picture, on the server that made it and whole.
    """

    svg: str
    title: str
    path: str
    address: str


Block = Paragraph | Bullets | Facts | Grid | SubHeading | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a briefing.

    Parameters
    ----------
    item : what was chosen, as addresses have it.
    title : heading.
    """

    item: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """The document.

    Parameters
    ----------
    title, date, version : of the document, ISO, of the data.
    method : how what it says was found.
    address : at which it can be made again.
    language : of its own words.
    """

    title: str
    date: str
    version: str
    software: str
    sections: tuple[Section, ...]
    method: tuple[str, ...]
    address: str
    language: str


def plainly(made: Briefing, told: Callable[[str], str]) -> Briefing:
    """The document with every text told in its language, for writers that mark no languages."""

    def texts(value: object) -> Any:
        if isinstance(value, str):
            return told(value)
        if isinstance(value, tuple):
            return tuple(texts(v) for v in value)
        return value

    def block(b: Block) -> Block:
        if isinstance(b, Picture):
            return b
        return replace(b, **{f.name: texts(getattr(b, f.name)) for f in fields(b) if f.name != "kind"})

    sections = tuple(replace(s, title=told(s.title), blocks=tuple(block(b) for b in s.blocks)) for s in made.sections)
    return replace(made, sections=sections)
