"""``targetgraph compare``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from targetgraph.cli import options
from targetgraph.store.remote_address import StorePlace

if TYPE_CHECKING:
    from targetgraph.analysis.coding import CodedGraph
    from targetgraph.analysis.comparison import Side


@click.command("compare")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option(
    "--store-a", type=options.STORE, help="Folder or address of the graph that A is in, if another than --store."
)
@click.option(
    "--store-b", type=options.STORE, help="Folder or address of the graph that B is in, if another than --store."
)
@options.form("text", "json", "markdown")
@options.output
@options.store
def command(
    a: str,
    b: str,
    store_a: StorePlace | None,
    store_b: StorePlace | None,
    form: str,
    output: Path | None,
    store: StorePlace,
) -> None:
    """Say what was lost, added and softened between two frameworks, versions or scenarios.

    A and B are codes of frameworks, such as beyond2020 and gfc; of one in two stores (--store-a, --store-b); or
    with a scenario after a question mark, such as 'gfc?brackets=deleted' (a scenario alone is about the other
    side's framework).
    """
    from targetgraph.analysis.comparison import compare
    from targetgraph.pipeline import open_coded_graph
    from targetgraph.pipeline.fates import fates
    from targetgraph.publish import comparison as written

    places = [store_a or store, store_b or store]
    same = _whole(places[0]) == _whole(places[1])
    first = open_coded_graph(places[0])
    second = first if same else open_coded_graph(places[1])
    before, after = _side(first, a, b), _side(second, b, a)
    known = {**fates(places[0]), **(fates(places[1]) if second is not first else {})}
    found = compare(before, after, known)
    text = {"text": written.as_text, "json": written.as_json, "markdown": written.as_markdown}[form](found)
    options.deliver(text, output)


def _whole(place: StorePlace) -> StorePlace:
    """The same for two ways to write the same place."""
    return place.resolve() if isinstance(place, Path) else place


def _side(graph: CodedGraph, argument: str, other: str) -> Side:
    """What an argument stands for: a framework, one under a scenario, or the other's framework under a scenario."""
    from targetgraph.analysis.comparison import Side
    from targetgraph.analysis.scenarios import Scenario, apply

    code, mark, text = argument.partition("?")
    if not mark and "=" in argument:
        code, text = other.partition("?")[0], argument
    graph.framework_number(code)
    scenario = Scenario.parse(text)
    changed = graph if scenario.is_today else apply(graph, scenario, code).graph
    return Side(changed, code, scenario)
