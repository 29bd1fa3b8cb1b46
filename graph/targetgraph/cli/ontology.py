"""``targetgraph ontology``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

_GENERATED = Path(__file__).resolve().parent.parent / "namespaces.py"


@click.command("ontology")
@click.option("--check", is_flag=True, help="Change nothing; exit code 1 if a file is not in its canonical form.")
@click.option("--quality", is_flag=True, help="Only tell what the queries of ontology-quality find.")
def command(check: bool, quality: bool) -> None:
    """Check the ontology files and regenerate what is made from them.

    Writes every Turtle file in its canonical form, the Python names of the terms and, with pyLODE, the documentation; then
    checks the house style of terms.
    """
    from targetgraph.pipeline import check_ontology
    from targetgraph.pipeline.checking import check_ontology_quality
    from targetgraph.publish.checks import as_text

    if quality:
        found = check_ontology_quality()
        click.echo(as_text(found))
        sys.exit(1 if found.violations else 0)
    stale = [path for path, wanted in _wanted() if not path.is_file() or path.read_text(encoding="utf-8") != wanted]
    if not check:
        for path, wanted in _wanted():
            path.write_text(wanted, encoding="utf-8")
    for path in stale:
        click.echo(f"{path.name}: {'not in canonical form; run `targetgraph ontology`' if check else 'rewritten'}")
    if not check and _GENERATED in stale:
        click.echo("the terms have changed: run `targetgraph ontology` again to check them")
        return
    undocumented = _undocumented(check)
    report = check_ontology()
    click.echo(as_text(report))
    sys.exit(1 if report.violations or undocumented or (check and stale) else 0)


def _undocumented(check: bool) -> bool:
    """Whether the documentation is not of this ontology; unless it is only to be checked, it is made first."""
    from targetgraph import resources
    from targetgraph.modelling import ontology
    from targetgraph.publish import ontology_docs

    statements = ontology.bind_prefixes(ontology.read())
    if ontology_docs.documentation(statements) is not None:
        return False
    if check:
        click.echo(f"{ontology_docs.FILE}: of another state of the ontology; run `targetgraph ontology`")
        return True
    text = ontology_docs.written(statements)
    if text is None:
        click.echo(f"{ontology_docs.FILE}: cannot be made: pyLODE is not installed (`make install`), or fails")
        return True
    (resources.ontology() / ontology_docs.FILE).write_text(text, encoding="utf-8")
    click.echo(f"{ontology_docs.FILE}: rewritten")
    return False


def _wanted() -> list[tuple[Path, str]]:
    """Every file that is kept in a canonical form or generated, with the text it ought to have."""
    from targetgraph import resources
    from targetgraph.modelling import jsonld_context, ontology

    texts = [(path, ontology.canonical_turtle(ontology.read(str(path)))) for path in ontology.files()]
    context = resources.ontology() / jsonld_context.FILE
    return [*texts, (_GENERATED, ontology.python_terms()), (context, jsonld_context.context_text())]
