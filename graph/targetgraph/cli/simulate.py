"""``targetgraph simulate``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from targetgraph.cli import options
from targetgraph.store.remote_address import StorePlace

if TYPE_CHECKING:
    from targetgraph.analysis.coding import CodedGraph
    from targetgraph.analysis.scenarios import Scenario


@click.command("simulate")
@click.option("--framework", "-F", default="", help="Code of the framework; gfc, or that of the file, by default.")
@click.option("--scenario", "text", default="", help="A scenario in its canonical form, such as 'brackets=deleted'.")
@click.option("--without", multiple=True, metavar="CONCEPT", help="Take away all links to it and to what is narrower.")
@click.option("--without-link", multiple=True, metavar="IRI", help="Take away this link.")
@click.option("--without-basis", multiple=True, metavar="BASIS", help="Take away links: named, implied or judged.")
@click.option("--without-status", multiple=True, metavar="STATUS", help="Take away: sourced, recalled or judged.")
@click.option("--min-confidence", type=float, default=0.0, help="Take away links that are less sure, 0 to 1.")
@click.option("--only-source", multiple=True, metavar="SOURCE", help="Only targets resting on it keep their links.")
@click.option("--brackets", default="as-is", help="kept: words in brackets are text; deleted: they are gone.")
@click.option("--umbrella", default="as-is", help="covering: catch-alls cover all they stand for; dropped: gone.")
@click.option("--as-named", multiple=True, metavar="BASIS", help="Count links as named: implied or judged.")
@click.option("--add", multiple=True, metavar="TARGET:DIM:CONCEPT", help="Suppose the text names it; :ROLE may follow.")
@click.option("--date", multiple=True, metavar="TARGET=YEAR", help="Suppose it is due then; 'none' for no date.")
@click.option("--without-hedges", "unhedged", is_flag=True, help="Suppose nothing softens or conditions the targets.")
@click.option("--from", "source", type=click.Path(dir_okay=False, path_type=Path), help="A scenario saved as RDF.")
@click.option("--save", type=click.Path(dir_okay=False, path_type=Path), help="Save scenario and result as Turtle.")
@click.option("--robustness", "robust", is_flag=True, help="Instead: what the gaps and covered cells hang on.")
@options.form("text", "json", "markdown")
@options.output
@options.store
def command(
    framework: str,
    text: str,
    without: tuple[str, ...],
    without_link: tuple[str, ...],
    without_basis: tuple[str, ...],
    without_status: tuple[str, ...],
    min_confidence: float,
    only_source: tuple[str, ...],
    brackets: str,
    umbrella: str,
    as_named: tuple[str, ...],
    add: tuple[str, ...],
    date: tuple[str, ...],
    unhedged: bool,
    source: Path | None,
    save: Path | None,
    robust: bool,
    form: str,
    output: Path | None,
    store: StorePlace,
) -> None:
    """Say which gaps open and close if things were otherwise.

    Suppositions add up. Other frameworks stay as they are, and so does the graph. The first line of the answer
    holds the scenario in a form to pass on, for --scenario.
    """
    from targetgraph.analysis.scenarios import Addition, Dating, Scenario
    from targetgraph.errors import TargetGraphError
    from targetgraph.pipeline import open_coded_graph

    graph = open_coded_graph(store)
    scenario = Scenario(
        without=frozenset(without),
        without_links=frozenset(without_link),
        without_basis=frozenset(without_basis),
        without_status=frozenset(without_status),
        min_confidence=min_confidence,
        only_sources=frozenset(only_source),
        brackets=brackets,
        umbrella=umbrella,
        as_named=frozenset(as_named),
        add=frozenset(Addition.parse(a) for a in add),
        date=frozenset(Dating.parse(d) for d in date),
        hedges="dropped" if unhedged else "as-is",
    ).joined(Scenario.parse(text))
    if source:
        scenario, framework = _with_saved(graph, scenario, framework, source)
    if robust and (save or not scenario.is_today):
        raise TargetGraphError(
            "--robustness makes its own suppositions", "", "leave the others out, or leave --robustness out"
        )
    if robust:
        options.deliver(_robust(graph, framework or "gfc", form), output)
        return
    options.deliver(_simulated(graph, scenario, framework or "gfc", form, save), output)


def _with_saved(graph: CodedGraph, scenario: Scenario, framework: str, source: Path) -> tuple[Scenario, str]:
    """The scenario joined with a saved one, which is about the same framework."""
    from targetgraph.analysis.scenarios.rdf import read_turtle
    from targetgraph.errors import TargetGraphError

    saved, code = read_turtle(source, graph)
    if framework and graph.framework_number(framework) != graph.framework_number(code):
        raise TargetGraphError(f"the scenario is about {code}, not {framework}", str(source), "leave --framework out")
    return scenario.joined(saved), code


def _simulated(graph: CodedGraph, scenario: Scenario, framework: str, form: str, save: Path | None) -> str:
    from targetgraph.analysis.scenarios import simulate
    from targetgraph.errors import TargetGraphError
    from targetgraph.publish import scenarios as written

    if scenario.is_today:
        raise TargetGraphError(
            "nothing is supposed otherwise than it is", "", "say what, for instance --without governments"
        )
    result = simulate(graph, scenario, framework)
    if save:
        from targetgraph.analysis.scenarios.rdf import as_turtle

        options.deliver(as_turtle(graph, result), save)
    if form == "json":
        return written.as_json(result)
    return written.as_text(result) if form == "text" else written.as_markdown(result)


def _robust(graph: CodedGraph, framework: str, form: str) -> str:
    from targetgraph.analysis.scenarios import robustness
    from targetgraph.publish import scenarios as written

    report = robustness(graph, framework)
    if form == "json":
        return written.as_json(report)
    return written.robustness_as_text(report) if form == "text" else written.robustness_as_markdown(report)
