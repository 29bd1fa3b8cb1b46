"""The grammar of negotiating text.

    text        = { words | bracket | alternatives | options }
    bracket     = "[" [ label ] [ party ":" ] text [ attribution ] "]" [ attribution ]
    alternatives = bracket bracket { bracket }        with nothing, "/" or "or" between them
                 | "[" word "/" word { "/" word } "]"  verbs of obligation, years or quantities
    options     = paragraphs that begin with "Option 1", "Alt 2" …
    attribution = "(" "proposed by" party { "," party } ")" | "(" party { "," party } ")" | "–" party { "," party }

How it is read follows the practice of the consolidated texts of the intergovernmental negotiating committees and of SAICM:
square brackets enclose what is not agreed, brackets side by side are alternatives, the names after a proposal are those of its
proponents. Everything is one pass or a sort; nothing recurs, however deep the brackets nest.
"""

from __future__ import annotations

import re
from dataclasses import replace

from targetgraph.reading.brackets import proposers
from targetgraph.reading.brackets.classes import class_of
from targetgraph.reading.brackets.grouping import grouped
from targetgraph.reading.brackets.kinds import kind_of
from targetgraph.reading.brackets.options import LABEL, option_lines
from targetgraph.reading.brackets.pairing import pairs
from targetgraph.records.negotiation import Attribution, Negotiation, Segment

_SLASH = re.compile(r"\s?(?:/|\bor\b|\bou\b|\bили\b|或)\s?")
_LONGEST_CHOICE = 200


def parse_brackets(text: str) -> Negotiation:
    """Take a negotiating text apart.

    Parameters
    ----------
    text : paragraphs separated by line feeds.
    """
    if "[" not in text and "［" not in text and "]" not in text and "］" not in text and not LABEL.search(text):
        return Negotiation(text=text)
    spans, repairs, unread = pairs(text)
    segments = [
        Segment(
            start=span.start,
            end=span.end,
            inner_start=span.inner_start,
            inner_end=span.inner_end,
            repaired=span.repaired,
        )
        for span in spans
    ]
    segments = _nested(segments + option_lines(text, segments))
    segments = _named(text, segments)
    segments, groups = grouped(text, _with_choices(text, segments))
    return Negotiation(
        text=text,
        segments=tuple(segments),
        groups=tuple(groups),
        repairs=tuple(sorted(repairs, key=lambda repair: repair.position)),
        unread=unread,
    )


def _nested(segments: list[Segment]) -> list[Segment]:
    """The segments in the order of the text, each with the index of the one around it."""
    ordered = sorted(segments, key=lambda s: (s.start, -s.end, s.form != "option"))
    result: list[Segment] = []
    around: list[int] = []
    for segment in ordered:
        while around and result[around[-1]].end <= segment.start:
            around.pop()
        result.append(replace(segment, parent=around[-1]) if around else segment)
        around.append(len(result) - 1)
    return result


def _named(text: str, segments: list[Segment]) -> list[Segment]:
    """The segments with their kinds, labels and attributions."""
    parents = {segment.parent for segment in segments}
    previous: dict[int, int] = {}
    result: list[Segment] = []
    for index, segment in enumerate(segments):
        named = segment if segment.form == "option" else _named_bracket(text, segment, index not in parents)
        before = previous.get(segment.parent, -1)
        if named.kind == "attribution":
            owner = result[before] if before >= 0 else None
            if (
                owner
                and not text[owner.end : named.start].strip()
                and owner.form == "bracket"
                and owner.kind != "attribution"
            ):
                result[before] = replace(owner, attributions=owner.attributions + named.attributions)
            else:
                named = replace(named, kind="negotiated", attributions=())
        previous[segment.parent] = index if named.kind != "attribution" else before
        result.append(named)
    return result


def _named_bracket(text: str, segment: Segment, leaf: bool) -> Segment:
    start, end = segment.inner_start, segment.inner_end
    alone = proposers.nothing_else(text, start, end) if leaf else None
    if alone:
        return replace(segment, kind="attribution", attributions=(alone,))
    label, attributions = "", []
    found = LABEL.match(text, start, min(end, start + 80))
    if found:
        label, start = found["label"].strip(), found.end()
    first = proposers.leading(text, start, end)
    if first:
        attributions.append(first)
        start = first.end
    last = proposers.at_end(text, start, end)
    if last:
        attributions.append(last)
        end = last.start
    behind: Attribution | None = proposers.after(text, segment.end)
    if behind:
        attributions.append(behind)
    kind = kind_of(text, segment.start, segment.end, start, end) if leaf else None
    return replace(
        segment,
        inner_start=start,
        inner_end=end,
        label=label,
        attributions=tuple(attributions),
        kind=kind.name if kind else "negotiated",
        doubtful=kind.doubtful if kind else "",
    )


def _with_choices(text: str, segments: list[Segment]) -> list[Segment]:
    """The segments and, inside brackets such as “[shall/should]”, the parts one of which is to be chosen."""
    parents = {segment.parent for segment in segments}
    added: list[Segment] = []
    for index, segment in enumerate(segments):
        if index in parents or segment.kind != "negotiated" or segment.form != "bracket":
            continue
        if segment.inner_end - segment.inner_start > _LONGEST_CHOICE:
            continue
        added.extend(_choices(text, segment))
    return _nested([replace(s, parent=-1) for s in segments] + added) if added else segments


def _choices(text: str, segment: Segment) -> list[Segment]:
    parts: list[Segment] = []
    position = segment.inner_start
    inner = text[segment.inner_start : segment.inner_end]
    for cut in [*_SLASH.finditer(inner), None]:
        end = segment.inner_start + cut.start() if cut else segment.inner_end
        parts.append(Segment(start=position, end=end, inner_start=position, inner_end=end, form="choice"))
        position = segment.inner_start + cut.end() if cut else end
    classes = {class_of(text[part.start : part.end]) for part in parts}
    return parts if len(parts) > 1 and len(classes) == 1 and classes != {""} else []
