"""A step in sentences, for people: which targets, links, concepts and gaps came, went or changed.

The note is made when the step is recorded, while both versions are at hand to look names up in; it is kept beside the step
as JSON and written out as text or Markdown when somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from targetgraph.publish.changes.gap_changes import gap_changes
from targetgraph.publish.changes.lines import SortedLines
from targetgraph.publish.changes.naming import Names
from targetgraph.publish.changes.steps import StepRecord
from targetgraph.publish.changes.things import ChangedThing, changed_things
from targetgraph.store import Version

SHOWN: Final = 200
"""Sentences of a group that are told; of the others only the number is."""

_ORDER: Final = (
    "framework",
    "objectives",
    "targets",
    "wordings",
    "vocabularies",
    "assessments",
    "documents",
    "tables",
    "terms",
    "other",
)


class _Group:
    """Sentences about one kind of thing in one framework."""

    def __init__(self) -> None:
        self.sentences: list[str] = []
        self.more = 0

    def tell(self, sentence: str) -> None:
        if len(self.sentences) < SHOWN:
            self.sentences.append(sentence)
        else:
            self.more += 1


def note_of_beginning(version: Version, statements: int) -> dict[str, Any]:
    """The note of a step that holds a version whole."""
    sentence = f"the record begins with version {version.data_version}, which it holds whole: {statements:,} statements"
    return {"counts": {}, "groups": [{"framework": "", "kind": "beginning", "sentences": [sentence], "more": 0}]}


def note_of_step(
    ground: Path, old: SortedLines, new: SortedLines, former: Path | None, version: Version, blank: bool
) -> dict[str, Any]:
    """The note of a difference.

    Parameters
    ----------
    ground : the step's lines without blank nodes.
    old, new : the statements before and after.
    former : folder of the version before, for its gaps; None where it is gone.
    version : the version after.
    blank : whether statements with blank nodes changed too.
    """
    names = Names(new, old)
    groups: dict[tuple[str, str], _Group] = {}
    counts = {"added": 0, "changed": 0, "withdrawn": 0, "derived": 0}
    of_targets: dict[tuple[str, str], _TargetChange] = {}
    for thing in changed_things(ground):
        if thing.derived_only:
            counts["derived"] += 1
            continue
        counts[thing.fate] += 1
        if thing.kind == "links":
            of_targets.setdefault((thing.framework, thing.link_subject), _TargetChange()).link(thing, names)
        elif thing.kind == "targets":
            of_targets.setdefault((thing.framework, thing.iri), _TargetChange()).itself(thing, names)
        else:
            groups.setdefault((thing.framework, thing.kind), _Group()).tell(_sentence(thing, names))
    for (framework, target), change in of_targets.items():
        groups.setdefault((framework, "targets"), _Group()).tell(change.sentence(names.title(target, "target")))
    if blank:
        groups.setdefault(("", "terms"), _Group()).tell(
            "statements with blank nodes, such as paths of dimensions, changed"
        )
    _tell_gaps(groups, former, version)
    ordered = sorted(
        groups, key=lambda key: (key[0], _ORDER.index(key[1]) if key[1] in _ORDER else len(_ORDER), key[1])
    )
    return {
        "counts": counts,
        "groups": [
            {"framework": f, "kind": kind, "sentences": groups[f, kind].sentences, "more": groups[f, kind].more}
            for f, kind in ordered
        ],
    }


class _TargetChange:
    """What happened to a target and to the links about it."""

    def __init__(self) -> None:
        self.fate = ""
        self.details: list[str] = []
        self.links: dict[str, list[str]] = {"added": [], "changed": [], "withdrawn": []}
        self.counts = dict.fromkeys(self.links, 0)

    def itself(self, thing: ChangedThing, names: Names) -> None:
        self.fate = thing.fate
        self.details = names.differences(thing) if thing.fate == "changed" else []

    def link(self, thing: ChangedThing, names: Names) -> None:
        self.counts[thing.fate] += 1
        if len(self.links[thing.fate]) < 5:
            self.links[thing.fate].append(names.link(thing))

    def sentence(self, title: str) -> str:
        said = [self.fate] if self.fate in ("added", "withdrawn") else []
        said += self.details
        for fate, links in self.links.items():
            count = self.counts[fate]
            if count:
                more = "" if count == len(links) else f" and {count - len(links):,} more"
                said.append(f"{count:,} {'link' if count == 1 else 'links'} {fate} ({', '.join(links)}{more})")
        return f"{title}: {'; '.join(said)}"


def _sentence(thing: ChangedThing, names: Names) -> str:
    title = names.title(thing.iri, thing.noun)
    if thing.fate != "changed":
        return f"{title}: {thing.fate}"
    return f"{title}: {'; '.join(names.differences(thing)) or 'changed'}"


def _tell_gaps(groups: dict[tuple[str, str], _Group], former: Path | None, version: Version) -> None:
    for framework, kind, sentence in gap_changes(former, version.path):
        groups.setdefault((framework, kind), _Group()).tell(sentence)


def headline(record: StepRecord, note: dict[str, Any]) -> str:
    """The step in one line."""
    lead = f"{record.after}, built {record.built[:10]}"
    if not note["counts"]:
        return f"{lead}: the record begins"
    counts = [f"{note['counts'][fate]:,} {fate}" for fate in ("added", "changed", "withdrawn")]
    return f"{lead}: {', '.join(counts)}; +{record.added:,} −{record.removed:,} statements"


def as_data(told: Iterable[tuple[StepRecord, dict[str, Any]]]) -> list[dict[str, Any]]:
    """Steps as plain values: what a step says of itself (:class:`StepRecord`), ``counts`` and ``groups``."""
    return [{**asdict(record), **note} for record, note in told]


def as_text(told: Iterable[tuple[StepRecord, dict[str, Any]]]) -> str:
    """Steps as plain text, newest last."""
    lines: list[str] = []
    for record, note in told:
        lines += ["", headline(record, note)] if lines else [headline(record, note)]
        for group in note["groups"]:
            lines.append(f"  {_heading(group)}")
            lines += [f"    {sentence}" for sentence in group["sentences"]]
            lines += [f"    and {group['more']:,} more"] if group["more"] else []
        if note["counts"].get("derived"):
            lines.append(f"  {note['counts']['derived']:,} things of which only derived statements changed")
    return "\n".join(lines) + "\n" if lines else "nothing has changed\n"


def as_markdown(told: Iterable[tuple[StepRecord, dict[str, Any]]]) -> str:
    """Steps as Markdown, newest last."""
    lines: list[str] = ["# Changes", ""]
    for record, note in told:
        lines += [f"## {headline(record, note)}", ""]
        for group in note["groups"]:
            lines += [f"### {_heading(group)}", ""]
            lines += [f"- {_escaped(sentence)}" for sentence in group["sentences"]]
            lines += [f"- and {group['more']:,} more"] if group["more"] else []
            lines.append("")
        if note["counts"].get("derived"):
            lines += [f"{note['counts']['derived']:,} things of which only derived statements changed.", ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _heading(group: dict[str, Any]) -> str:
    return f"{group['framework']}: {group['kind']}" if group["framework"] else str(group["kind"])


def _escaped(sentence: str) -> str:
    for sign in "\\`*_[]<>|":
        sentence = sentence.replace(sign, "\\" + sign)
    return sentence
