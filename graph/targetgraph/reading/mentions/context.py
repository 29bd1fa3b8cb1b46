"""What stands beside an everyday word decides whether it is meant as a sector or a stage."""

from __future__ import annotations

from collections.abc import Sequence

from targetgraph.reading.mentions.spots import Spot, joined
from targetgraph.reading.mentions.tokens import FREE, STOP, Tokens
from targetgraph.reading.mentions.vocabulary import Entry
from targetgraph.reading.mentions.word_lists import Listed

_SECTOR_HEADS = frozenset(
    {"sector", "secteur", "industry", "industri", "industr", "сектор", "отрасл", "قطاع", "filier", "ramo", "branch"}
)
_BEHIND = 4
_LINKS = {
    "en": frozenset({"of", "to", "into", "from", "in", "or", "and"}),
    "fr": frozenset({"de", "du", "des", "d", "dans", "aux", "a", "et", "ou", "en"}),
    "es": frozenset({"de", "del", "a", "al", "en", "y", "o"}),
}


def in_context(text: Tokens, spots: Sequence[Spot], lists: Sequence[Listed]) -> list[Spot]:
    """The spots that stay: everyday words only where something beside them speaks for it; of two kinds the fitting one."""
    heads = {i for hit in lists if "head-word" in hit.lists for i in range(hit.first, hit.last)}
    objects = {i for hit in lists if "chemical-object" in hit.lists for i in range(hit.first, hit.last)}
    runs = _runs(text, spots)
    kept: list[Spot] = []
    for number, spot in enumerate(spots):
        if spot.decoy or spot.chained:
            kept.append(spot)
            continue
        sector = _beside_head(text, spot, heads)
        stage = _with_object(text, spot, objects)
        alike = runs[number]
        entries: list[Entry] = []
        for entry in spot.entries:
            kind = entry.label.kind
            # A head word makes a sector or, as in "use stage", a stage; chemicals as an object make a stage only.
            in_list = alike.get(kind, 0) > 1
            if not entry.ordinary or in_list or (sector if kind == "sector" else stage or sector == "other"):
                entries.append(entry)
        kinds = {entry.label.kind for entry in entries}
        if {"sector", "stage"} <= kinds:
            entries = _of_two(entries, sector, stage, alike)
        if entries:
            spot.rule = _rule(spot, entries)
            spot.entries = entries
            kept.append(spot)
    return kept


def _rule(spot: Spot, entries: Sequence[Entry]) -> str:
    if spot.rule != "label":
        return spot.rule
    if len({entry.label.kind for entry in entries}) > 1:
        return "two-kinds"
    return "in-context" if all(entry.ordinary for entry in entries) else "label"


def _of_two(entries: list[Entry], sector: str, stage: bool, alike: dict[str, int]) -> list[Entry]:
    wanted = ""
    if sector == "sector":
        wanted = "sector"
    elif stage or alike.get("stage", 0) > alike.get("sector", 0):
        wanted = "stage"
    elif alike.get("sector", 0) > alike.get("stage", 0):
        wanted = "sector"
    return [entry for entry in entries if not wanted or entry.label.kind == wanted]


def _runs(text: Tokens, spots: Sequence[Spot]) -> list[dict[str, int]]:
    """For each spot, how many of each kind stand in the list it belongs to."""
    result: list[dict[str, int]] = [{} for _ in spots]
    start = 0
    for number in range(1, len(spots) + 1):
        if number < len(spots) and _listed_together(text, spots[number - 1], spots[number]):
            continue
        counts: dict[str, int] = {}
        for spot in spots[start:number]:
            for kind in spot.kinds():
                counts[kind] = counts.get(kind, 0) + 1
        for position in range(start, number):
            result[position] = counts
        start = number
    return result


def _listed_together(text: Tokens, left: Spot, right: Spot) -> bool:
    if left.decoy or right.decoy:
        return False
    return joined(text, left.last, right.first)


def _beside_head(text: Tokens, spot: Spot, heads: set[int]) -> str:
    """``sector`` or ``other``, after the head word before or behind; empty where there is none."""
    places = []
    if spot.last < len(text) and text.gaps[spot.last] == FREE and spot.last in heads:
        places.append(spot.last)
    before = spot.first - 1
    while before >= 0 and text.gaps[before + 1] == FREE and text.light[before]:
        before -= 1
    if before >= 0 and text.gaps[before + 1] == FREE and before in heads and text.language != "en":
        places.append(before)
    for place in places:
        sector = text.stems[place] in _SECTOR_HEADS or text.language == "zh"
        return "sector" if sector else "other"
    return ""


def _with_object(text: Tokens, spot: Spot, objects: set[int]) -> bool:
    """Whether chemicals or products stand just before, or just behind, as what is made, used or thrown away."""
    before, reach = spot.first - 1, 2 if text.language == "zh" else 1
    for i in range(before, max(before - reach, -1), -1):
        if text.gaps[i + 1] != FREE:
            break
        if i in objects and text.language in ("en", "zh"):
            return True
    links = _LINKS.get(text.language)
    linked = links is None
    for i in range(spot.last, min(spot.last + _BEHIND, len(text))):
        if text.gaps[i] != FREE:
            return False
        if i in objects:
            return linked
        if links is not None and text.word(i).casefold() in links:
            linked = True
    return False


__all__ = ["STOP", "in_context"]
