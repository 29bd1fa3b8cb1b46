"""The coverage map: columns of actors, targets, sectors, stages and goals, their links, and the holes among them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from targetgraph.analysis.coding import CodedDimension, CodedGraph
from targetgraph.analysis.coverage import target_headings
from targetgraph.analysis.standing import Standing
from targetgraph.analysis.states import State, contributions, link_classes
from targetgraph.phrases import counted, few, say
from targetgraph.phrases import declared as filled
from targetgraph.views.evidence import Shelf, concept_name, state_entries
from targetgraph.views.ordering import by_barycentre
from targetgraph.views.page import Page, render, scripts, styles

TARGETS = "targets"
COLUMNS = ("actors", TARGETS, "sectors", "stages", "goals")
_UMBRELLA = 2
_TIES = (State.COVERED, State.IMPLIED, State.UMBRELLA, State.CONTINGENT, State.STALE)
"""State of a tie by the best class of its links."""
_GHOSTS = {
    State.GAP: "no {thing} at all",
    State.UMBRELLA: "no {thing} named, only a catch-all",
    State.IMPLIED: "no {thing} named, only implied",
    State.CONTINGENT: "no {thing} outside brackets",
    State.STALE: "no {thing} in the present wording",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A box on the map.

    ``state`` is the best state in which a target reaches it (for a target: covered). ``folded`` boxes stay in until
    asked for; ``ghost`` boxes stand for what is not there. ``gaps`` are numbers of gaps on the page.
    """

    key: str
    iri: str
    code: str
    label: str
    state: State
    umbrella: bool = False
    recalled: bool = False
    folded: bool = False
    ghost: bool = False
    narrower: bool = False
    gaps: tuple[int, ...] = ()
    summary: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the map: what it is called, and its boxes from top to bottom."""

    code: str
    title: str
    items: tuple[Item, ...]

    @property
    def shown(self) -> tuple[Item, ...]:
        """Boxes that are not folded away."""
        return tuple(i for i in self.items if not i.folded)

    @property
    def folded(self) -> tuple[Item, ...]:
        """Boxes that are."""
        return tuple(i for i in self.items if i.folded)

    @property
    def size(self) -> int:
        """How many things there are, ghosts not counted."""
        return sum(not i.ghost for i in self.items)


@dataclass(frozen=True, slots=True)
class Curve:
    """A line from a target to a box: the state of the tie, and the links behind it (numbers on the page)."""

    target: str
    item: str
    state: int
    links: tuple[int, ...]
    missing: bool = False


def coverage_map_page(graph: CodedGraph, framework: str, standing: Standing | None = None) -> str:
    """Draw the coverage map of a framework as one self-contained page.

    Parameters
    ----------
    graph : the coded graph.
    framework : code of the framework.
    standing : its gaps and states, when they are at hand already.

    Raises
    ------
    TargetGraphError : there is no such framework.
    """
    standing = standing or Standing.of(graph, framework)
    shelf = Shelf(standing)
    columns, curves = map_of(standing, shelf)
    report = standing.report
    page = Page(
        title=f"Coverage map: {report.framework_label}",
        lead=lead_of(standing, columns),
        framework=report.framework,
        framework_label=report.framework_label,
        version=report.version,
        targets=report.targets,
        unverified=report.unverified,
        note=report.note,
        styles=styles("coverage_map"),
        scripts=scripts("coverage_map"),
    )
    links, gaps = shelf.links, shelf.gaps
    data = {
        "curves": [(c.target, c.item, c.state, c.links, c.missing) for c in curves],
        "items": {i.key: _told(i) for column in columns for i in column.items},
        "links": links,
        "gaps": gaps,
    }
    return render("coverage_map.html", page, columns=columns, data=data, states=state_entries(), links=links, gaps=gaps)


def _told(item: Item) -> dict[str, object]:
    return {"code": item.code, "label": item.label, "iri": item.iri, "state": int(item.state), "ghost": item.ghost,
            "recalled": item.recalled, "gaps": item.gaps, "summary": item.summary}  # fmt: skip


def map_of(standing: Standing, shelf: Shelf) -> tuple[list[Column], list[Curve]]:
    """Columns and curves of the map; ``shelf`` takes the links and gaps that they refer to by number."""
    graph = standing.graph
    codes = [c for c in COLUMNS if c == TARGETS or c in graph.dimensions]
    curves = [c for code in codes if code != TARGETS for c in _curves(standing, shelf, graph.dimension(code))]
    items = {
        code: _targets(standing, shelf) if code == TARGETS else _items(standing, shelf, graph.dimension(code), curves)
        for code in codes
    }
    for code in codes:
        if code != TARGETS:
            ghosts, ties = _ghosts(standing, graph.dimension(code))
            items[code] += ghosts
            curves += ties
    _in_order(codes, items, curves)
    titles = {c: graph.dimension(c).declaration.plural if c != TARGETS else "targets" for c in codes}
    return [Column(code=c, title=_capital(titles[c]), items=tuple(items[c])) for c in codes], curves


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _targets(standing: Standing, shelf: Shelf) -> list[Item]:
    found = []
    summaries = standing.graph.targets.summary.some(standing.targets)
    headings = target_headings(standing.graph, standing.targets)
    for target, heading, summary in zip(standing.targets.tolist(), headings, summaries, strict=True):
        found.append(
            Item(
                key=f"t-{heading.code}",
                iri=heading.iri,
                code=heading.code,
                label=heading.label,
                state=State.COVERED,
                recalled=standing.recalled(target),
                summary=summary,
                gaps=tuple(shelf.of(standing.gaps_of.get(heading.iri, ()))),
            )
        )
    return found


def _key(dimension: CodedDimension, concept: int) -> str:
    return f"{dimension.declaration.code}-{dimension.concepts.notation[concept]}"


def _curves(standing: Standing, shelf: Shelf, dimension: CodedDimension) -> list[Curve]:
    """One curve a target and column that a link reaches; a catch-all reaches only itself."""
    reach = contributions(dimension, standing.links(dimension))
    own = np.asarray(dimension.links.concept)[reach.link]
    columns, catch_all = np.asarray(dimension.concepts.column), np.asarray(dimension.concepts.umbrella)
    kept = columns[reach.concept] & np.where(
        (reach.classes == _UMBRELLA) | catch_all[reach.concept], reach.concept == own, True
    )
    links, concepts = reach.link[kept].tolist(), reach.concept[kept].tolist()
    targets = np.asarray(dimension.links.target)[reach.link[kept]].tolist()
    cells: dict[tuple[int, int], list[int]] = {}
    for link, target, concept in zip(links, targets, concepts, strict=True):
        cells.setdefault((target, concept), []).append(link)
    numbers = {n: shelf.link(dimension, n) for cell in sorted(cells) for n in cells[cell]}
    classes = dict(zip(links, np.asarray(link_classes(dimension))[links].tolist(), strict=True))
    codes = dict(zip(standing.targets.tolist(), standing.graph.targets.notation.some(standing.targets), strict=True))
    keys = {concept: _key(dimension, concept) for concept in set(concepts)}
    return [
        Curve(
            f"t-{codes[target]}",
            keys[concept],
            int(_TIES[min(classes[n] for n in cells[target, concept])]),
            tuple(numbers[n] for n in cells[target, concept]),
        )
        for target, concept in sorted(cells)
    ]


def _items(standing: Standing, shelf: Shelf, dimension: CodedDimension, curves: list[Curve]) -> list[Item]:
    concepts = dimension.concepts
    reached = {c.item: 0 for c in curves}
    for curve in curves:
        reached[curve.item] += 1
    found = []
    for concept in dimension.columns.tolist():
        state = standing.column_state(concept, dimension)
        broader = [int(a) for a in dimension.ancestors(concept) if a != concept and not concepts.umbrella[a]]
        goal = dimension.declaration.code == "goals"
        found.append(
            Item(
                key=_key(dimension, concept),
                iri=concepts.iri[concept],
                code=concepts.notation[concept] if goal else "",
                label=concepts.label[concept] if goal else concept_name(dimension, concept),
                # Where judgement is what there can be, an implied tie is as good as ties get.
                state=State.COVERED if state == State.IMPLIED and dimension.declaration.accepts_judgement else state,
                umbrella=bool(concepts.umbrella[concept]),
                narrower=bool(broader),
                folded=state == State.IMPLIED and bool(broader),
                gaps=tuple(shelf.of(standing.gaps_of.get(concepts.iri[concept], ()))),
                count=reached.get(_key(dimension, concept), 0),
            )
        )
    return found


def _ghosts(standing: Standing, dimension: CodedDimension) -> tuple[list[Item], list[Curve]]:
    """Boxes for what targets lack, and the lines that tie them."""
    declared, codes = dimension.declaration, standing.graph.targets.notation
    lacking: dict[State, list[str]] = {}
    for target in standing.targets.tolist():
        state = standing.row_state(target, dimension)
        if state in _GHOSTS and not (state == State.IMPLIED and declared.accepts_judgement):
            lacking.setdefault(state, []).append(codes[target])
    items, ties = [], []
    for state in sorted(lacking, key=lambda s: list(_GHOSTS).index(s)):
        key, names = f"{declared.code}-ghost-{int(state)}", lacking[state]
        text = filled(_GHOSTS[state], {"thing": declared.singular})
        items.append(Item(key=key, iri="", code="⌀", label=text, state=state, ghost=True, count=len(names)))
        ties += [Curve(f"t-{code}", key, int(state), (), missing=True) for code in names]
    return items, ties


def _in_order(codes: list[str], items: dict[str, list[Item]], curves: list[Curve]) -> None:
    """Sort every column in place: what is reached first and with few crossings, then ever emptier, ghosts last."""
    targets = [i.key for i in items[TARGETS]]
    ties = [(c.target, c.item) for c in curves if not c.missing]
    for code in codes:
        if code == TARGETS:
            continue
        keys = [i.key for i in items[code]]
        rank = {key: n for n, key in enumerate(by_barycentre(keys, targets, ties))}
        # Stages have an order of their own, and it says more than straight lines would.
        if code == "stages":
            rank = {key: n for n, key in enumerate(keys)}
        items[code].sort(key=lambda i: (i.ghost, i.folded, _emptiness(i), rank[i.key]))


def _emptiness(item: Item) -> int:
    if item.ghost:
        return 0
    return {State.GAP: 4, State.NOT_ASSESSED: 5, State.NOT_APPLICABLE: 5, State.UMBRELLA: 3}.get(
        item.state, 2 if item.umbrella else 0 if item.state <= State.THIN else 1
    )


def lead_of(standing: Standing, columns: list[Column]) -> tuple[str, ...]:
    """Where the holes are, in a few sentences."""
    said: list[str] = []
    things = [i for column in columns for i in column.items if not i.ghost]
    empty = [say("SDG {code}", code=i.code) if i.code else i.label for i in things if i.state == State.GAP]
    if empty:
        said.append(say("No target reaches {names}.", names=few(empty)))
    catch_all = [i.label for i in things if i.state == State.UMBRELLA and not i.umbrella]
    if catch_all:
        said.append(say("Only a catch-all reaches {names}.", names=few(catch_all, 5)))
    for column in columns:
        if column.code == TARGETS:
            continue
        missing = sum(i.count for i in column.items if i.ghost)
        if missing:
            thing = standing.graph.dimension(column.code).declaration.singular
            said.append(
                counted(
                    "{n} target names no particular {singular}.",
                    "{n} targets name no particular {singular}.",
                    missing,
                    singular=thing,
                )
            )
    return tuple(said)
