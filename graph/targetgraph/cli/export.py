"""``targetgraph export``."""

from __future__ import annotations

from pathlib import Path

import click

from targetgraph.cli import options

_DUMPS = ("nquads", "trig", "ntriples", "turtle", "rdfxml")
_JSON = ("jsonld", "jsonld-gaps", "jsonld-vocabularies", "jsonld-context")
_DESCRIPTIONS = ("dcat", "void", "examples")
_FORMATS = (*_DUMPS, *_JSON, "csvw", "xlsx", "graphml", "gexf", "sssom", *_DESCRIPTIONS, "all")


@click.command("export")
@click.argument("form", type=click.Choice(_FORMATS), metavar="FORMAT")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), required=True, help="A file; a folder for csvw and all."
)
@click.option("--framework", "-F", default="", help="Only this framework.  [default: gfc for files of one framework]")
@click.option(
    "--graph",
    "graphs",
    multiple=True,
    help="For dumps: asserted, mapped, inferred, computed, or the IRI of a named graph; may be given several times.",
)
@click.option("--inline-context", is_flag=True, help="For jsonld: write the context into the document.")
@click.option("--gzip", is_flag=True, help="For all: compress the dumps. A single one is when its name ends in .gz.")
@click.option("--base", default="https://w3id.org/targetgraph/", help="For dcat, void, examples: address of the site.")
@click.option("--quiet", "-q", is_flag=True, help="No progress.")
@options.store
def command(
    form: str,
    output: Path,
    framework: str,
    graphs: tuple[str, ...],
    inline_context: bool,
    gzip: bool,
    base: str,
    quiet: bool,
    store: Path,
) -> None:
    """Write the graph as files for others.

    \b
    nquads trig ntriples turtle rdfxml   the statements themselves; --graph chooses
    jsonld jsonld-gaps                   a framework, or its gaps, as nested JSON-LD
    jsonld-vocabularies jsonld-context   the vocabularies as trees; what the names mean
    csvw                                 tables with metadata: a folder, or a file that ends in .zip
    xlsx                                 a framework as a workbook
    graphml gexf                         a framework as a network
    sssom                                mappings of a framework to the SDGs
    dcat void examples                   catalogue, counts, and queries, as Turtle or what the name ends with
    all                                  all of them in a folder, with a manifest

    The same data give the same bytes. What each holds, and what a format cannot: docs/exports.md.
    """  # \b is click's, and keeps the lines
    if form in _DESCRIPTIONS:
        from targetgraph.pipeline.describing import describe

        describe(form, output, store, base)
        click.echo(str(output))
        return
    from targetgraph.pipeline.exporting import export

    is_all = form == "all"
    say = options.steps() if is_all and not quiet else None
    files = export(
        form, output, store, framework, graphs, inline_context=inline_context, gzip=gzip, progress=say
    )  # fmt: skip
    if say:
        options.steps_done()
    click.echo(f"{len(files)} files, {sum(f.size for f in files):,} bytes, in {output}" if is_all else str(output))
