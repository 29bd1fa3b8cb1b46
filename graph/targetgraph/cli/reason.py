"""``targetgraph reason``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from targetgraph.cli import options

if TYPE_CHECKING:
    from targetgraph.reasoning.axioms import Triple3
    from targetgraph.reasoning.description_logic import Limits


@click.command("reason")
@options.store
@click.option("--engine", type=click.Choice(["hermit", "pellet", "rl"]), default="hermit", show_default=True,
              help="hermit and pellet need Java; rl applies the OWL 2 RL rules and does not.")  # fmt: skip
@click.option("--with", "more", type=click.Path(path_type=Path, exists=True, dir_okay=False), multiple=True,
              help="Further RDF to reason over (Turtle, N-Triples); repeatable.")  # fmt: skip
@click.option("--explain", nargs=3, metavar="SUBJECT PROPERTY OBJECT",
              help="Only say why this follows: IRIs, prefixed names, a, or paths such as gfc/target/D6.")  # fmt: skip
@click.option("--all", "most", is_flag=False, flag_value=10, type=click.IntRange(1), metavar="[N]",
              help="Every smallest set of axioms from which --explain follows, or, without it, that contradict each other: "
              "up to N (10 where no number is given).")  # fmt: skip
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write what follows as N-Quads.")
@click.option("--keep", is_flag=True, help="Keep what follows in the store, in a named graph of its own.")
@click.option("--full", is_flag=True,
              help="With --keep: apply the rules to everything, even where what is kept can be carried on.")  # fmt: skip
@click.option(
    "--forget", is_flag=True, help="Only take what was kept out of the store: of --engine, or of all without it."
)
@click.option(
    "--time-limit",
    type=click.FloatRange(1),
    default=120.0,
    show_default=True,
    help="Seconds a reasoner's call may take, and in all finding why there is a contradiction.",
)
@click.option("--memory", type=click.IntRange(64), default=1000, show_default=True, help="Megabytes of Java's heap.")
@click.option("--quiet", "-q", is_flag=True, help="No progress.")
def command(
    store: Path | None,
    engine: str,
    more: Sequence[Path],
    explain: tuple[str, str, str] | None,
    most: int | None,
    output: Path | None,
    keep: bool,
    full: bool,
    forget: bool,
    time_limit: float,
    memory: int,
    quiet: bool,
) -> None:
    """Say whether ontology and graph hold together, and what follows from them.

    With hermit or pellet: consistency, classes that can have no member, classification, and the targets in the classes that are
    questions about coverage (an orphan target; a target that only Governments must act on), their links taken as all there are.
    With rl: consistency as far as the rules see it, inferred types and links. A contradiction is told as a smallest set of
    axioms, and the exit code is 1. So is a class that can have no member. With --all every such set of the contradiction is
    told, until there are N or --time-limit has passed; whether there may be others is said. Where the limits do not suffice to
    find a smallest set, the contradiction is told all the same, with the axioms that the search came down to.

    With --explain a single type or link, or that a class lies below another (below owl:Nothing: can have no member), is told as
    a smallest set of axioms from which it follows; the exit code is 1 where it does not. With --all every such set is told,
    until there are N or --time-limit has passed; whether there may be others is said.

    With --keep what follows stays in the store with its reasoner, rules, data version and time, in a graph that only queries
    naming it see: GRAPH <https://w3id.org/targetgraph/graph/inferred/hermit>, or …/pellet, or …/rl. Data version, coverage
    and gaps stay what they are. Where what rl inferred is kept of this version or of the one before and little has changed
    since, only what the changes reach is inferred again, with the same result.
    """
    from targetgraph.pipeline.carrying_inferences import carried_on
    from targetgraph.pipeline.keeping import keep as keep_in_store
    from targetgraph.pipeline.keeping import now, require_writable
    from targetgraph.pipeline.reasoning_run import as_nquads, names_told, reason, statements_of
    from targetgraph.reasoning.description_logic import Limits, require
    from targetgraph.store import RemoteAddress

    _one_purpose({"--keep": keep, "--forget": forget, "--explain": explain is not None, "--with": bool(more),
                  "--all": most is not None, "--full": full})  # fmt: skip
    if forget:
        _forget(store)
        return
    if engine != "rl" and not explain:
        require()
    say = None if quiet else (lambda text: click.echo(f"  {text}", err=True))
    found = None
    if keep and not isinstance(store, RemoteAddress):
        require_writable(store)
        found = carried_on(store, say) if engine == "rl" and not full else None
    if found is None:
        statements, version = statements_of(store, more)
        if explain:
            sys.exit(_tell_why(statements, explain, most, Limits(time_limit, memory), say))
        found = reason(statements, version, engine, Limits(time_limit, memory), say, most or 1, names_told(more))
    for line in found.told(asked=most is not None):
        click.echo(line)
    if not found.consistent:
        sys.exit(1)
    moment = now()
    if output:
        options.deliver(as_nquads(found, engine, moment), output)
    if keep:
        kept = keep_in_store(found, engine, store, moment).inferred[engine]
        click.echo(f"kept: {kept['statements']:,} statements in <{kept['graph']}>")


def _one_purpose(given: dict[str, bool]) -> None:
    """Refuse options that contradict each other."""
    reasons = {
        ("--keep", "--with"): "what follows from statements outside the store cannot be kept in it",
        ("--keep", "--explain"): "an explanation is told and not kept",
        ("--keep", "--forget"): "one puts in what the other takes out",
        ("--forget", "--explain"): "an explanation needs nothing that was kept",
        ("--forget", "--with"): "to forget, nothing is read",
        ("--forget", "--all"): "to forget, nothing is explained",
    }
    if given["--full"] and not given["--keep"]:
        raise click.UsageError("--full needs --keep: without it everything is reasoned over anyway")
    for (one, other), why in reasons.items():
        if given[one] and given[other]:
            raise click.UsageError(f"{one} and {other} do not go together: {why}")


def _forget(store: Path | None) -> None:
    from targetgraph.pipeline.keeping import forget

    source = click.get_current_context().get_parameter_source("engine")
    engines = () if source is ParameterSource.DEFAULT else (str(click.get_current_context().params["engine"]),)
    gone = forget(store, engines)
    click.echo("nothing was kept" if not gone else f"forgotten: what was inferred by {', '.join(gone)}")


def _tell_why(
    statements: Collection[Triple3],
    statement: tuple[str, str, str],
    most: int | None,
    limits: Limits,
    say: Callable[[str], None] | None,
) -> int:
    from targetgraph.pipeline.inference_explaining import explain

    found = explain(statements, statement, limits, say, most or 1)
    for line in found.lines(asked=most is not None):
        click.echo(line)
    return 0 if found.follows else 1
