"""Targets among paragraphs and lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from targetgraph.reading.targets.numbering import Number, begins_anew, begins_option, number_before, number_drawn
from targetgraph.reading.targets.terms import BINDING_WORDS, TARGET_WORDS
from targetgraph.records.documents import Block, Document, Extent, Field, Notice

_TARGET_WORD = re.compile(rf"\b(?:{'|'.join(map(re.escape, TARGET_WORDS))})\b", re.IGNORECASE)
_TARGET_CJK = re.compile("目标|指标")
_BINDING = re.compile(rf"\b(?:{'|'.join(map(re.escape, BINDING_WORDS))})\b|[应须]", re.IGNORECASE)
_YEAR = re.compile(r"\b20[2-9][0-9]\b")
_WORD = re.compile(r"\w+")
FEWEST_WORDS = 5
"""Words below which something is a caption and no target."""
_LONGEST_HEADING = 150


@dataclass(slots=True)
class Finding:
    """A target as it is being put together."""

    extents: list[Extent]
    number: str = ""
    rule: str = ""
    confidence: float = 0.0
    objective: str = ""
    fields: list[Field] = field(default_factory=list)


def find_in_text(document: Document, left_out: list[Notice]) -> Iterator[Finding]:
    """Yield the targets among the blocks outside tables; note what was looked at and not taken."""
    yield from _Walk(document, left_out).findings()


def long_enough(text: str, fewest: int = FEWEST_WORDS) -> bool:
    """Whether a text has the words of a sentence; writing without spaces is counted in characters."""
    words = _WORD.findall(text[:2_000])
    return len(words) >= fewest or sum(len(w) for w in words if not w.isascii() and w[0] >= "\u3040") >= 8


def speaks_of_targets(text: str) -> bool:
    """Whether a heading or lead-in announces targets."""
    return bool(_TARGET_WORD.search(text) or _TARGET_CJK.search(text))


def _is_heading(block: Block) -> bool:
    if block.kind == "heading":
        return True
    runs = [run for run in block.runs if run.text.strip()]
    return (
        block.kind == "paragraph"
        and all(run.bold or run.underline for run in runs)
        and len(block.text) <= _LONGEST_HEADING
    )


class _Walk:
    def __init__(self, document: Document, left_out: list[Notice]) -> None:
        self._blocks = document.blocks
        self._left_out = left_out
        self._heading = ""
        self._lead = ""
        self._numbered = self._has_numbered_paragraphs()
        self._open: Finding | None = None
        self._awaited = ""

    def _has_numbered_paragraphs(self) -> bool:
        """Whether bare numbers (“A1 …”) are how this document numbers its targets: several, and with duties or dates."""
        bare = 0
        for block in self._blocks:
            if block.kind in ("paragraph", "heading"):
                number = _number_of(block, block.text[:40])
                bare += bool(number and not number.spelt and _is_dutiful(block.text))
        return bare >= 2

    def findings(self) -> Iterator[Finding]:
        index = 0
        while index < len(self._blocks):
            block = self._blocks[index]
            if block.kind == "cell":
                yield from self._done()
                index += 1
            elif block.kind == "list-item":
                end = index
                while end < len(self._blocks) and self._blocks[end].kind == "list-item":
                    end += 1
                if self._awaited or (self._open is not None and self._takes_items(block)):
                    whole = (Extent(block=i, start=0, end=len(self._blocks[i].text)) for i in range(index, end))
                    self._continue(whole)
                else:
                    yield from self._done()
                    yield from self._list(range(index, end))
                index = end
            else:
                yield from self._paragraph(index, block)
                index += 1
        yield from self._done()

    def _takes_items(self, item: Block) -> bool:
        """Whether a list belongs to the target before it: it is indented, or the text before it ends in a colon."""
        assert self._open is not None
        last = self._blocks[self._open.extents[-1].block].text if self._open.extents else ""
        return item.level > 0 or last.endswith((":", "："))

    def _done(self) -> Iterator[Finding]:
        opened, self._open, self._awaited = self._open, None, ""
        if opened is not None and opened.extents:
            yield opened

    def _paragraph(self, index: int, block: Block) -> Iterator[Finding]:
        """A paragraph, parted where a line in it begins another target or option."""
        start = end = 0
        for line in block.text.split("\n"):
            if end and begins_anew(line):
                yield from self._part(block, Extent(block=index, start=start, end=end - 1))
                start = end
            end += len(line) + 1
        yield from self._part(block, Extent(block=index, start=start, end=end - 1))

    def _part(self, block: Block, extent: Extent) -> Iterator[Finding]:
        text = block.text[extent.start : extent.end].rstrip()
        extent = replace(extent, end=extent.start + len(text))
        number = _number_of(block, text) if extent.start == 0 else number_before(text)
        if begins_option(text) and (self._open is not None or self._awaited):
            self._continue([extent])
            return
        if number and (number.spelt or self._numbered):
            yield from self._done()
            self._begin(extent, text, number)
        elif _is_heading(block):
            yield from self._done()
            self._heading, self._lead = text, ""
        elif self._awaited and long_enough(text):
            self._continue([extent])
        else:
            yield from self._done()
            if _BINDING.search(text[:2_000]) and long_enough(text) and not text.endswith((":", "：")):
                self._skip(block, "the paragraph sets a duty, but has no number of a target and is no item of a list")
            self._lead = text

    def _begin(self, extent: Extent, text: str, number: Number) -> None:
        how = "begins with the number of a target" if number.spelt else "is numbered like the other targets"
        self._open = Finding([], number.code, f"the paragraph {how}", 0.95 if number.spelt else 0.8, self._heading)
        if long_enough(text[number.end :]):
            self._open.extents.append(replace(extent, start=extent.start + number.end))
            self._awaited = ""
        else:
            self._awaited = number.code

    def _continue(self, extents: Iterable[Extent]) -> None:
        """Add to the open target: its text below a heading, its options, its sub-items."""
        assert self._open is not None
        self._open.extents.extend(extents)
        self._awaited = ""

    def _list(self, indices: range) -> Iterator[Finding]:
        items = [self._blocks[index] for index in indices]
        rule, confidence = self._judge(items)
        base = min(item.level for item in items)
        pending: Finding | None = None
        for index, item in zip(indices, items, strict=True):
            text = item.text
            number = _number_of(item, text)
            named = number is not None and number.spelt
            if pending and (item.level > base or begins_option(text)) and not named:
                pending.extents.append(Extent(block=index, start=0, end=len(text)))
                continue
            if not rule and not named:
                self._skip(item, "the list is not announced as one of targets, and most items set no duty and no date")
            elif not long_enough(text[number.end if number else 0 :]):
                self._skip(item, f"it has fewer than {FEWEST_WORDS} words")
            else:
                if pending:
                    yield pending
                start = number.end if number else 0
                code = number.code if number else ""
                extent = Extent(block=index, start=start, end=len(text))
                if rule:
                    pending = Finding([extent], code, rule, confidence, self._heading)
                else:
                    pending = Finding(
                        [extent], code, "the item begins with the number of a target", 0.95, self._heading
                    )
                continue
        if pending:
            yield pending

    def _skip(self, block: Block, why: str) -> None:
        self._left_out.append(
            Notice(what=f"{block.text[:80]!r} was not taken for a target: {why}", where=block.location)
        )

    def _judge(self, items: list[Block]) -> tuple[str, float]:
        """Why a list is one of targets, and how sure that is; an empty reason if it is not."""
        dutiful = sum(_is_dutiful(item.text) for item in items) / len(items)
        if speaks_of_targets(self._lead):
            return "an item of a list that the paragraph before it announces as targets", 0.85 + 0.1 * dutiful
        if speaks_of_targets(self._heading):
            return "an item of a list below a heading that speaks of targets", 0.7 + 0.2 * dutiful
        if dutiful > 0.5 and len(items) > 1:
            return "an item of a list most of whose items set a duty or a date", 0.4 + 0.2 * dutiful
        return "", 0.0


def _number_of(block: Block, text: str) -> Number | None:
    """The number a block begins with, in its text or drawn before it."""
    return number_before(text) or number_drawn(block.marker)


def _is_dutiful(text: str) -> bool:
    part = text[:2_000]
    return bool(_BINDING.search(part) or _YEAR.search(part))
