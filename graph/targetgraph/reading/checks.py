"""What must hold between the cells of a row, and between rows, beyond references."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from targetgraph.reading.identifiers import RESERVED_FRAMEWORKS
from targetgraph.reading.problems import Problems, shown
from targetgraph.reading.references import Key, Registers
from targetgraph.reading.tables import Row

_TREES = ("actor", "sector", "stage")


def check_consistency(registers: Registers, problems: Problems) -> None:
    """Note contradictions in what was read."""
    for register in _TREES:
        _check_tree(registers.rows[register], problems)
    _check_goals(registers, problems)
    _check_frameworks(registers, problems)
    for register in ("link", "issue-link"):
        for row in registers.rows[register]:
            _check_role(row, problems)
    for row in registers.rows["lineage"]:
        _check_lineage(row, problems)
    for row in registers.rows["dependency"]:
        if row.text("needs") and row.text("needs") == row.text("target"):
            what = f"{shown(row.text('target'))} is said to need itself"
            problems.add(what, row.place("needs"), "name another target, or delete the row")
    _check_dependencies(registers.rows["dependency"], problems)


def circles(steps: Mapping[Key, Key]) -> Iterable[list[Key]]:
    """Every circle one runs into by following ``steps``, each once, beginning with its first key in order."""
    settled: set[Key] = set()
    for start in steps:
        path: dict[Key, int] = {}
        node = start
        while node in steps and node not in settled and node not in path:
            path[node] = len(path)
            node = steps[node]
        if node in path:
            yield list(path)[path[node] :]
        settled.update(path)


def _check_tree(rows: Iterable[Row], problems: Problems) -> None:
    by_key = {row.key(): row for row in rows if "broader" not in row.faults}
    steps = {key: (row.text("broader"),) for key, row in by_key.items() if row.text("broader")}
    for circle in circles(steps):
        row = by_key[circle[0]]
        names = [key[0] for key in circle]
        what = f"'broader' leads in a circle: {' → '.join([*names, names[0]])}"
        if len(names) == 1:
            what = f"{shown(names[0])} is said to be broader than itself"
        remedy = "leave the cell empty for the broadest of them, or name a broader entry outside the circle"
        problems.add(what, row.place("broader"), remedy)


def _check_dependencies(rows: Iterable[Row], problems: Problems) -> None:
    """Targets that need one another: none of them could ever be met first."""
    needs: dict[Key, dict[Key, Row]] = {}
    for row in rows:
        if not row.faults.intersection(("framework", "target", "needs")) and row.text("needs") != row.text("target"):
            target = (row.text("framework"), row.text("target"))
            needs.setdefault(target, {})[(row.text("framework"), row.text("needs"))] = row
    told: set[Key] = set()
    for start in _entangled(needs):
        way = [] if start in told else _way_back(start, needs)
        if way:
            told.update(way)
            names = [key[1] for key in (*way, way[0])]
            what = f"these targets need one another in a circle: {' → '.join(names)}"
            place = needs[way[0]][(way * 2)[1]].place("needs")
            problems.add(what, place, "delete one of these rows: one target has to come first")


def _entangled(needs: Mapping[Key, Mapping[Key, Row]]) -> list[Key]:
    """Targets left when those that need nothing, and then those that need nothing that is left, are taken away."""
    needed_by: dict[Key, list[Key]] = {}
    open_needs = {target: len(others) for target, others in needs.items()}
    for target, others in needs.items():
        for other in others:
            needed_by.setdefault(other, []).append(target)
    free = [other for other in needed_by if other not in needs]
    for node in free:
        for target in needed_by.get(node, ()):
            open_needs[target] -= 1
            if not open_needs[target]:
                free.append(target)
    return [target for target, number in open_needs.items() if number]


def _way_back(start: Key, needs: Mapping[Key, Mapping[Key, Row]]) -> list[Key]:
    """The shortest way by which a target needs itself, without its end; empty if it does not."""
    ways, waiting = {start: [start]}, [start]
    for node in waiting:
        for after in needs.get(node, ()):
            if after == start:
                return ways[node]
            if after not in ways:
                ways[after] = [*ways[node], after]
                waiting.append(after)
    return []


def _check_goals(registers: Registers, problems: Problems) -> None:
    for row in registers.rows["sdg"]:
        goal = registers.index["sdg"].get((row.text("goal"),))
        if goal is not None and goal.text("level") == "target":
            what = f"{shown(row.text('goal'))} is a target, not a goal"
            problems.add(what, row.place("goal"), "name the goal the row belongs to (its own identifier for a goal)")


def _check_frameworks(registers: Registers, problems: Problems) -> None:
    with_targets = {row.text("framework") for row in registers.rows["target"]}
    for row in registers.rows["framework"]:
        name = row.text("id")
        if name in RESERVED_FRAMEWORKS:
            what = f"a framework cannot be called {shown(name)}: addresses of other things begin so"
            problems.add(what, row.place("id"), f"choose another identifier, for example {name}-framework")
        elif name and name not in with_targets and "target" not in registers.incomplete:
            what = f"the framework {shown(name)} has no targets"
            problems.add(what, row.place("id"), f"put them into {name}/targets.csv, or delete the framework")


def _check_role(row: Row, problems: Problems) -> None:
    if row.faults.intersection(("dimension", "role")):
        return
    is_actor, role = row.text("dimension") == "actor", row.text("role")
    if is_actor and not role:
        what = "a link to an actor needs a role"
        problems.add(what, row.place("role"), "fill in what the actor does; 'unstated' if the text does not say")
    if role and not is_actor:
        what = f"only a link to an actor has a role, this one leads to a {row.text('dimension')}"
        problems.add(what, row.place("role"), "leave the cell empty, or correct the dimension")


def _check_lineage(row: Row, problems: Problems) -> None:
    ends = ("successor_framework", "successor")
    if row.faults.intersection(("relation", *ends)):
        return
    filled = [column for column in ends if row.text(column)]
    relation = row.text("relation")
    if relation == "dropped":
        if filled:
            what = "a proposal that was dropped has no successor"
            remedy = "empty the cell, or say became, shortened or content-in instead of dropped"
            problems.add(what, row.place(filled[0]), remedy)
    elif len(filled) < len(ends):
        empty = next(column for column in ends if column not in filled)
        what = f"the relation {shown(relation)} needs a successor and its framework"
        problems.add(what, row.place(empty), "name the target it went into and its framework, or say dropped")
    elif (row.text("framework"), row.text("proposal")) == tuple(row.text(column) for column in ends):
        what = f"{shown(row.text('proposal'))} is said to be its own successor"
        problems.add(what, row.place("successor"), "name another target")
