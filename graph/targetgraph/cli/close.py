"""``targetgraph close``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from targetgraph.cli import options
from targetgraph.store.remote_address import StorePlace

if TYPE_CHECKING:
    from targetgraph.analysis.closing import Pricing
    from targetgraph.analysis.coding import CodedGraph


@click.command("close")
@options.framework
@click.option("--kind", "kinds", multiple=True, help="Gaps of this kind; may be given several times.")
@click.option("--dimension", "dimensions", multiple=True, help="Gaps of this dimension; may be given several times.")
@click.option("--gaps", "iris", multiple=True, metavar="IRI", help="Exactly this gap; may be given several times.")
@click.option(
    "--costs", type=click.Path(path_type=Path), help="CSV with target,dimension,concept,cost; * for any; others cost 1."
)
@click.option(
    "--forbid", "forbidden", multiple=True, metavar="TARGET:DIM:CONCEPT|FILE",
    help="A link not to propose, * for any part, or a file with one a line.",
)  # fmt: skip
@click.option("--budget", type=float, help="Close as many gaps as this sum of costs allows.")
@click.option(
    "--exact/--greedy", "exact", default=None, help="Proved best, or fast; by default exact where size allows."
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0.01),
    default=30.0,
    show_default=True,
    help="Time for each run of the solver.",
)
@click.option("--all", "everything", is_flag=True, help="Name every gap that each link closes or opens.")
@options.form("text", "json", "csv", "markdown")
@options.output
@options.store
def command(
    framework: str,
    kinds: Sequence[str],
    dimensions: Sequence[str],
    iris: Sequence[str],
    costs: Path | None,
    forbidden: Sequence[str],
    budget: float | None,
    exact: bool | None,
    seconds: float,
    everything: bool,
    form: str,
    output: Path | None,
    store: StorePlace,
) -> None:
    """Propose the fewest, or cheapest, new links that close gaps.

    By default all gaps of the framework that links can close. A proposed link is named in the text and never to a catch-all.
    The gap report is computed again with the links in place, and what it then says is told.
    """
    from targetgraph.analysis.closing import closing_set
    from targetgraph.pipeline import open_coded_graph
    from targetgraph.publish import closing as written

    graph = open_coded_graph(store)
    found = closing_set(
        graph,
        framework,
        kinds=kinds,
        dimensions=dimensions,
        gaps=iris,
        pricing=_pricing(graph, framework, costs, forbidden),
        budget=budget,
        method="" if exact is None else "exact" if exact else "greedy",
        seconds=seconds,
    )
    text = {
        "text": lambda: written.as_text(found, everything),
        "json": lambda: written.as_json(found),
        "csv": lambda: written.as_csv(found),
        "markdown": lambda: written.as_markdown(found),
    }[form]()
    options.deliver(text, output)


def _pricing(graph: CodedGraph, framework: str, costs: Path | None, forbidden: Sequence[str]) -> Pricing:
    from targetgraph.analysis.closing import Pricing

    pricing = Pricing(graph, framework)
    if costs is not None:
        pricing.read_costs(_text(costs), str(costs))
    for item in forbidden:
        path = Path(item)
        if path.is_file() or ":" not in item:
            pricing.forbid_lines(_text(path), item)
        else:
            pricing.forbid(item)
    return pricing


def _text(path: Path) -> str:
    from targetgraph.errors import TargetGraphError

    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise TargetGraphError(f"the file cannot be read: {error.strerror}", str(path), "check its name") from error
    except UnicodeDecodeError as error:
        raise TargetGraphError("the file is not UTF-8 text", str(path), "save it as UTF-8") from error
