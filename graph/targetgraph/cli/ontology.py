"""``targetgraph ontology``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from targetgraph.errors import TargetGraphError

_GENERATED = Path(__file__).resolve().parent.parent / "namespaces.py"


@click.command("ontology")
@click.option("--check", is_flag=True, help="Change nothing; exit code 1 if a file is not in its canonical form.")
@click.option("--quality", is_flag=True, help="Only tell what the queries of ontology-quality find.")
@click.option("--profile", type=click.Choice(["dl", "rl"]),
              help="Only tell what lies outside a profile of OWL 2: dl, which it must be of; rl, for the rules.")  # fmt: skip
@click.option("--changes", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="OLD",
              help="Only tell what changed since this version of the ontology, and what of it may break data.")  # fmt: skip
@click.option("--markdown", is_flag=True, help="With --changes: as Markdown.")
def command(check: bool, quality: bool, profile: str | None, changes: Path | None, markdown: bool) -> None:
    """Check the ontology files and regenerate what is made from them.

    Writes every Turtle file in its canonical form, the Python names of the terms, ontology/CHANGES.md and, with pyLODE, the
    documentation; then checks the house style of terms.
    """
    from targetgraph.pipeline import check_ontology
    from targetgraph.pipeline.checking import check_ontology_quality
    from targetgraph.publish.checks import as_text

    if changes:
        _tell_changes(changes, markdown)
        return
    if profile:
        sys.exit(_tell_profile(profile))
    if markdown:
        raise TargetGraphError("--markdown is given without --changes", "", "give both, or neither")
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


def _tell_profile(profile: str) -> int:
    from targetgraph.pipeline.checking import profile_violations
    from targetgraph.publish.folding import folded

    found = profile_violations(profile)
    lines = [f"{v.term.rpartition('#')[2] or 'the ontology'}: {v.what} ({v.reference})" for v in found]
    click.echo(folded([*lines, f"{len(found)} outside OWL 2 {profile.upper()}"]))
    return 1 if found and profile == "dl" else 0


def _tell_changes(earlier: Path, markdown: bool) -> None:
    from targetgraph.pipeline.ontology_history import changes_since
    from targetgraph.publish import ontology_changes

    found = changes_since(earlier)
    if markdown:
        click.echo(ontology_changes.as_markdown(found, f"{earlier.stem} → {found.after or 'now'}"), nl=False)
    else:
        click.echo(ontology_changes.as_text(found))


def _wanted() -> list[tuple[Path, str]]:
    """Every file that is kept in a canonical form or generated, with the text it ought to have."""
    from targetgraph import resources
    from targetgraph.modelling import jsonld_context, ontology
    from targetgraph.pipeline import ontology_history

    texts = [(path, ontology.canonical_turtle(ontology.read(str(path)))) for path in ontology.files()]
    context = resources.ontology() / jsonld_context.FILE
    changes = resources.ontology() / ontology_history.PAGE
    return [
        *texts,
        (_GENERATED, ontology.python_terms()),
        (context, jsonld_context.context_text()),
        (changes, ontology_history.page()),
    ]
