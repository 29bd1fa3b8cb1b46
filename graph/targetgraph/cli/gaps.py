"""``targetgraph gaps``."""

from __future__ import annotations

from pathlib import Path

import click

from targetgraph.cli import options
from targetgraph.store.remote_address import StorePlace

ALL = "all"


def _every_framework(form: str, output: Path | None, store: StorePlace, narrowed: bool) -> None:
    """Counts for the whole registry."""
    from targetgraph.analysis.survey import survey
    from targetgraph.pipeline import open_coded_graph
    from targetgraph.publish import survey as written

    if narrowed or form not in ("text", "json"):
        raise click.UsageError("--framework all goes with --format text or json and no other choice of gaps")
    graph = open_coded_graph(store)
    found = survey(graph)
    options.deliver(written.as_json(found) if form == "json" else written.as_text(found, graph.declarations), output)


@click.command("gaps")
@options.framework
@click.option("--kind", default="", help="Only gaps of this kind, such as no-deadline; each in full.")
@click.option("--dimension", default="", help="Only gaps of this dimension, such as stages.")
@click.option(
    "--status",
    type=click.Choice(("open", "accepted", "closed", "all")),
    default="open",
    show_default=True,
    help="Only gaps of this status; `closed` lists what is gone since an earlier build.",
)
@click.option("--all", "everything", is_flag=True, help="Every gap in full, not only the headlines.")
@options.form("text", "json", "csv", "markdown")
@options.output
@options.store
def command(
    framework: str,
    kind: str,
    dimension: str,
    status: str,
    everything: bool,
    form: str,
    output: Path | None,
    store: StorePlace,
) -> None:
    """List the gaps of a framework, ranked, with evidence.

    The text shows a headline for each kind of gap; with --kind, --dimension or --all every gap says what is missing, why it
    counts, on what evidence, how sure that is, and which query shows it.

    `--framework all` counts the gaps of every framework, by kind and dimension, without telling each.
    """
    if framework == ALL:
        _every_framework(form, output, store, narrowed=bool(kind or dimension or everything or status != "open"))
        return
    from targetgraph.analysis.gaps import gap_report
    from targetgraph.pipeline import open_coded_graph, open_history
    from targetgraph.publish import gaps as written

    graph, history = open_coded_graph(store), open_history(store)
    if status == "closed":
        code = graph.frameworks[graph.framework_number(framework)].code
        options.deliver(written.closed_as_text(history, code), output)
        return
    report = gap_report(graph, framework, kind, dimension, history=history, status="" if status == "all" else status)
    full = everything or bool(kind) or bool(dimension) or status == "accepted"
    text = {
        "text": lambda: written.as_text(report, full),
        "json": lambda: written.as_json(report),
        "csv": lambda: written.as_csv(report),
        "markdown": lambda: written.as_markdown(report, full),
    }[form]()
    options.deliver(text, output)
