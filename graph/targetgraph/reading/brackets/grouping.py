"""Which segments are alternatives of one another."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise

from targetgraph.reading.brackets.classes import class_of
from targetgraph.records.negotiation import Alternatives, Segment

_ADDS = re.compile(
    r"\s*(?:[,;]|(?:and|or|and/or|including|such as|as well as|et|ou|y|e|o|и|или|和|及|و)\b)", re.IGNORECASE
)
_OR = re.compile(r"\s*(?:/|or|ou|o|или|或|أو)\s*", re.IGNORECASE)
_LONGEST_GAP = 12
_MAY_ALTERNATE = ("negotiated", "placeholder")


@dataclass(frozen=True, slots=True)
class _Tie:
    """Why two neighbours are alternatives, and whether one of them has to stay."""

    because: str
    required: bool


def grouped(text: str, segments: list[Segment]) -> tuple[list[Segment], list[Alternatives]]:
    """Find the alternatives among segments, which stand in the order of the text and are nested."""
    children: defaultdict[int, list[int]] = defaultdict(list)
    for index, segment in enumerate(segments):
        if segment.kind != "attribution":
            children[segment.parent].append(index)
    groups: list[Alternatives] = []
    for siblings in children.values():
        if segments[siblings[0]].form == "choice":
            groups.append(
                Alternatives(members=tuple(siblings), required=True, because=_of_choices(text, segments, siblings))
            )
            continue
        groups.extend(_among(text, segments, siblings))
    groups.sort(key=lambda group: group.members[0])
    marked = list(segments)
    for number, group in enumerate(groups):
        for member in group.members:
            marked[member] = replace(marked[member], group=number)
    return marked, groups


def _of_choices(text: str, segments: list[Segment], siblings: list[int]) -> str:
    first = segments[siblings[0]]
    return f"{class_of(text[first.start : first.end])} with a stroke or “or” between them"


def _among(text: str, segments: list[Segment], siblings: list[int]) -> list[Alternatives]:
    groups: list[Alternatives] = []
    members, ties = [siblings[0]], list[_Tie]()
    labels = {segments[siblings[0]].label.casefold()}
    for before, after in pairwise(siblings):
        label = segments[after].label.casefold()
        tie = _tie(text, segments[before], segments[after], label not in labels)
        if tie is None:
            groups.extend(_group(members, ties, segments))
            members, ties, labels = [after], [], {label}
        else:
            members.append(after)
            ties.append(tie)
            labels.add(label)
    return groups + _group(members, ties, segments)


def _group(members: list[int], ties: list[_Tie], segments: list[Segment]) -> list[Alternatives]:
    if ties:
        return [Alternatives(members=tuple(members), required=all(t.required for t in ties), because=ties[0].because)]
    if segments[members[0]].form == "option":
        return [Alternatives(members=tuple(members), required=True, because="a paragraph marked as an option")]
    return []


def _tie(text: str, first: Segment, second: Segment, new: bool) -> _Tie | None:
    """The tie between two neighbours, if any; ``new``: no member of the group has the label of the second yet.

    Labels that begin again (“Option 1” after “Option 2”) are the options of something else.
    """
    begin = max([first.end, *(a.end for a in first.attributions)])
    gap = text[begin : second.start]
    if first.form == second.form == "option":
        return _Tie("paragraphs marked as options", True) if new and not gap.strip() else None
    if first.form != "bracket" or second.form != "bracket" or len(gap) > _LONGEST_GAP:
        return None
    if first.kind not in _MAY_ALTERNATE or second.kind not in _MAY_ALTERNATE:
        return None
    beside = _beside(text, first, second, gap)
    if beside and beside.required:
        return beside
    if first.label and second.label and new and (not gap.strip() or _OR.fullmatch(gap)):
        return _Tie("brackets marked as options", False)
    return beside


def _beside(text: str, first: Segment, second: Segment, gap: str) -> _Tie | None:
    one, other = text[first.inner_start : first.inner_end][:80], text[second.inner_start : second.inner_end][:80]
    classes = {class_of(one) or first.kind, class_of(other) or second.kind} - {"placeholder"}
    alike = len(classes) == 1 and classes != {"negotiated"}
    if alike and (not gap.strip() or _OR.fullmatch(gap)) and "\n" not in gap:
        return _Tie(f"{classes.pop()} side by side", True)
    inside_a_word = text[first.start - 1 : first.start].isalpha()
    if not inside_a_word and (_ADDS.match(other) or _ADDS.match(one)):
        return None
    if _OR.fullmatch(gap):
        return _Tie("brackets with “or” or a stroke between them", False)
    return _Tie("brackets side by side", False) if not gap else None
