"""A wording with its brackets, hedges and emphasis marked, from the positions of its passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from targetgraph.analysis.description.record import PassageLine, Stretch, WordingLine
from targetgraph.analysis.description.words import Words
from targetgraph.namespaces import PREFIXES, TG

_OA = PREFIXES["oa"]
_LANGUAGE = PREFIXES["dct"] + "language"
_NOTE = PREFIXES["skos"] + "note"
_MARKS = {TG.BracketedPassage: "bracketed", TG.Hedge: "hedge", TG.EmphasisedPassage: "emphasised"}


def wording_line(words: Words, wording: str) -> WordingLine:
    """A wording, from what is said of it and of its passages."""
    said = words.statements
    passages = said.subjects(_OA + "hasSource", wording)
    status = next(iter(said.iris(wording, TG.textStatus)), "")
    placed = [(p, span) for p in passages for span in _spans(words, p)]
    beginnings: dict[int, list[str]] = {}
    for passage, (start, _, _) in placed:
        beginnings.setdefault(start, []).append(passage)
    return WordingLine(
        wording=words.name(wording),
        document=next((words.name(d) for d in said.iris(wording, TG.inDocument)), None),
        language=said.text(wording, _LANGUAGE),
        status=words.term(status) if status else "",
        definition=words.definition(status) if status else "",
        stretches=stretches(said.text(wording, TG.text), [span for _, span in placed], beginnings),
        passages=tuple(PassageLine(words.name(p), words.kind(p), said.text(p, _NOTE)) for p in passages),
    )


def _spans(words: Words, passage: str) -> list[tuple[int, int, str]]:
    said = words.statements
    mark = next((_MARKS[t] for t in said.types(passage) if t in _MARKS), "passage")
    found = []
    for selector in said.iris(passage, _OA + "hasSelector"):
        start, end = said.text(selector, _OA + "start"), said.text(selector, _OA + "end")
        if start.isdigit() and end.isdigit():
            found.append((int(start), int(end), mark))
    return found


def stretches(
    text: str, spans: Sequence[tuple[int, int, str]], beginnings: Mapping[int, Sequence[str]] | None = None
) -> tuple[Stretch, ...]:
    """Cut a text at every end of a span; each piece carries the marks of all the spans it lies in.

    Parameters
    ----------
    text : the whole text.
    spans : start and end in characters, end exclusive (Web Annotation, TextPositionSelector), and a mark. Spans may
        overlap and nest; what lies outside the text is cut off.
    beginnings : IRIs of the passages that begin at a character.
    """
    if not text:
        return ()
    ends = {0, len(text)} | {min(max(place, 0), len(text)) for start, end, _ in spans for place in (start, end)}
    cuts = sorted(ends)
    found = []
    for start, end in pairwise(cuts):
        marks = dict.fromkeys(mark for a, b, mark in spans if a <= start and end <= b)
        found.append(Stretch(text[start:end], tuple(marks), tuple((beginnings or {}).get(start, ()))))
    return tuple(found)
