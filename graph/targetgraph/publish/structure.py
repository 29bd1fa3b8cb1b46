"""The structure of a framework as text, JSON, CSV and Markdown."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections.abc import Sequence

from targetgraph.analysis.coverage import Heading
from targetgraph.analysis.structure import Structure
from targetgraph.analysis.structure.matching import Bottleneck
from targetgraph.analysis.structure.positions import MEANING
from targetgraph.analysis.structure.withdrawal import Withdrawal
from targetgraph.phrases import listed
from targetgraph.publish.cells import harmless
from targetgraph.publish.spreadsheets import csv_text
from targetgraph.publish.tables import escaped

_SHOWN = 8
COLUMNS = (
    "kind", "code", "name", "links", "degree", "betweenness", "closeness", "targets_relying_on_it", "targets_orphaned",
    "targets_deserted", "columns_uncovered", "data_version",
)  # fmt: skip
Section = tuple[str, list[str]]


def as_json(found: Structure) -> str:
    """Everything that was found."""
    return json.dumps(found.to_json(), ensure_ascii=False, indent=2, allow_nan=False)


def sections(found: Structure) -> list[Section]:
    """Findings in sentences, under headings."""
    return [
        ("Coverage", _coverage(found)),
        ("Single points of failure", _failures(found)),
        (f"One {found.singular} for every target", _matching(found)),
        ("Bridges and hinges", _cuts(found)),
        ("Pieces", _pieces(found)),
        ("Communities", _communities(found)),
        ("Who is central", _central(found)),
    ]


def opening(found: Structure) -> str:
    """What was looked at."""
    counted = "named or implied" if found.implied else "named in the text"
    note = f" {found.note}" if found.note else ""
    return (
        f"{found.targets} targets of {found.framework}, {found.concepts} {found.plural}, {found.links} links {counted}; "
        f"catch-alls and unsettled words do not count. Data version {found.version}.{note}"
    )


def _coverage(found: Structure) -> list[str]:
    return [
        f"{number} of {found.targets} targets have at least {k} different {found.plural if k > 1 else found.singular}."
        for k, number in enumerate(found.covered)
        if k
    ]


def _codes(headings: Sequence[Heading]) -> str:
    return listed([h.code for h in headings], 40)


def _labels(headings: Sequence[Heading]) -> str:
    return listed([h.label for h in headings], 20)


def _failure(found: Structure, loss: Withdrawal) -> str:
    parts = []
    if loss.orphaned:
        what = "named or implied" if found.implied else "named"
        parts.append(f"{len(loss.orphaned)} of its {loss.targets} targets have no {what} {found.singular} left "
                     f"({_codes(loss.orphaned)})")  # fmt: skip
    if loss.deserted:
        parts.append(f"{len(loss.deserted)} have nobody at all, not even a catch-all ({_codes(loss.deserted)})")
    if loss.columns:
        columns = listed([f"{c.concept.label} [{c.dimension}]" for c in loss.columns], 12)
        parts.append(f"only those targets reach {columns}")
    return f"Without {loss.actor.label}: {'; '.join(parts)}."


def _failures(found: Structure) -> list[str]:
    return [_failure(found, w) for w in found.single_points] or ["None: no single withdrawal leaves a target without."]


def _bottleneck(found: Structure, neck: Bottleneck) -> str:
    return (
        f"{len(neck.targets)} targets ({_codes(neck.targets)}) have only {len(neck.actors)} "
        f"{found.singular if len(neck.actors) == 1 else found.plural} between them ({_labels(neck.actors)})"
    )


def _matching(found: Structure) -> list[str]:
    result = found.matching
    able = len(result.pairs)
    if able == found.targets:
        return [f"Every target can have a {found.singular} of its own."]
    lines = [f"At most {able} of {found.targets} targets can have a {found.singular} of their own at the same time."]
    if result.without:
        lines.append(f"{len(result.without)} have none to begin with: {_codes(result.without)}.")
    if result.tightest is not None and result.widest is not None:
        lines.append(f"The bottleneck at its tightest: {_bottleneck(found, result.tightest)}.")
        if result.widest != result.tightest:
            lines.append(f"At its widest: {_bottleneck(found, result.widest)}.")
    return lines


def _cuts(found: Structure) -> list[str]:
    lines = [
        f"{len(found.bridges)} of {found.links} links are bridges: if one goes, its ends are no longer connected.",
        f"{len(found.hinges)} targets or {found.plural} are hinges: without one, its part of the network falls apart.",
    ]
    for bridge in found.bridges[:_SHOWN]:
        if len(bridge.cut_off) > 1:
            lines.append(
                f"Bridge {bridge.target}–{bridge.concept}: it alone ties {listed(bridge.cut_off)} to the rest."
            )
    for hinge in found.hinges[:_SHOWN]:
        cut = f", cutting off {listed(hinge.cut_off)}" if hinge.cut_off else ""
        lines.append(f"Hinge {hinge.name}: without it its part falls into {hinge.pieces} pieces{cut}.")
    return lines


def _pieces(found: Structure) -> list[str]:
    alone = [p.targets[0] for p in found.pieces if not p.concepts]
    lines = [f"The network is in {sum(bool(p.concepts) for p in found.pieces)} connected parts that have links."]
    lines += [f"Apart from the largest: {listed(p.targets)} with {listed(p.concepts)}." for p in found.isolated]
    if alone:
        lines.append(f"{len(alone)} targets are linked to nothing: {listed(alone, 40)}.")
    return lines


def _communities(found: Structure) -> list[str]:
    groups = found.communities
    if groups is None:
        return ["Not worked out: the network is too large."]
    lines = [f"{len(groups.groups)} communities, modularity {groups.modularity:.2f}."]
    lines += [
        f"{number}. {listed(group.targets, 20)} around {listed(group.concepts)}."
        for number, group in enumerate(groups.groups, 1)
    ]
    total = len(groups.groups) * (len(groups.groups) - 1) // 2
    if total:
        pairs = listed([f"{a + 1} and {b + 1}" for a, b in groups.strangers], 20) if groups.strangers else "none"
        lines.append(f"Pairs of communities without a single link between them, of {total}: {pairs}.")
    return lines


def _central(found: Structure) -> list[str]:
    lines = [f"{name.capitalize()}: {meaning}." for name, meaning in MEANING.items()]
    for kind, title in (("concept", found.plural), ("target", "targets")):
        top = [c for c in found.centralities if c.kind == kind][:5]
        lines.append(
            f"Most central {title}: "
            + listed([f"{c.name} ({c.links} links; {_number(c.betweenness)}; {_number(c.closeness)})" for c in top])
            + " (betweenness; closeness)."
        )
    return lines


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def as_text(found: Structure) -> str:
    """For a terminal."""
    width = min(110, shutil.get_terminal_size((100, 24)).columns)
    lines = textwrap.wrap(harmless(opening(found)), width)
    for title, sentences in sections(found):
        lines += ["", harmless(title)]
        for sentence in sentences:
            lines += textwrap.wrap(
                harmless(sentence), width, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False
            )
    return "\n".join(lines)


def as_markdown(found: Structure) -> str:
    """As a document."""
    lines = [f"# Structure: {escaped(found.framework)}, {escaped(found.plural)}", "", escaped(opening(found))]
    for title, sentences in sections(found):
        lines += ["", f"## {escaped(title)}", "", *(f"- {escaped(s)}" for s in sentences)]
    return "\n".join(lines)


def as_csv(found: Structure) -> str:
    """One row a target or concept: its centralities, and what its withdrawal would leave."""
    central = {(c.kind, c.name): c for c in found.centralities}
    rows: list[list[object]] = []
    for loss in found.withdrawals:
        at = central.get(("concept", loss.actor.label))
        values = [at.links, at.degree, at.betweenness, at.closeness] if at else [0, 0, "", ""]
        rows.append(
            ["concept", loss.actor.code, loss.actor.label, *values, loss.targets, len(loss.orphaned), len(loss.deserted),
             len(loss.columns), found.version]
        )  # fmt: skip
    for c in found.centralities:
        if c.kind == "target":
            rows.append(["target", c.name, c.name, c.links, c.degree, c.betweenness, c.closeness, "", "", "", "",
                         found.version])  # fmt: skip
    return csv_text(COLUMNS, rows)
