"""``targetgraph query``: ask a question of the library, of a file, or of standard input."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from targetgraph.cli import options
from targetgraph.errors import QueryError
from targetgraph.store.remote_address import StorePlace

if TYPE_CHECKING:
    from targetgraph.library import Library, Question
    from targetgraph.store import EmbeddedStore, RemoteStore
    from targetgraph.store.results import Result

_OWN_THEMES = ("derivation", "description", "extraction")
_FORMATS = ("table", "csv", "tsv", "json", "markdown", "turtle", "ntriples", "jsonld", "rdfxml")


@click.command("query")
@click.argument("query", metavar="[NAME|FILE.rq|-]", required=False)
@click.option("--list", "listing", is_flag=True, help="List the questions of the library.")
@click.option("--theme", help="With --list: only this theme.")
@click.option("--show", is_flag=True, help="Print the whole query, ready for any SPARQL endpoint; do not ask it.")
@click.option("--param", "-p", "params", multiple=True, metavar="NAME=VALUE", help="Give a parameter a value.")
@click.option("--format", "-f", "form", type=click.Choice(_FORMATS), help="By default table, or turtle for triples.")
@click.option("--safe", is_flag=True, help="CSV and TSV for spreadsheets: no cell can be taken for a formula.")
@click.option("--limit-rows", type=click.IntRange(min=0), default=10_000, show_default=True, help="0: no limit.")
@click.option(
    "--limit-seconds",
    type=click.FloatRange(min=0.01),
    default=30.0,
    show_default=True,
    help="Time after which the query is stopped.",
)
@options.output
@options.store
def command(
    query: str | None,
    listing: bool,
    theme: str | None,
    show: bool,
    params: Sequence[str],
    form: str | None,
    safe: bool,
    limit_rows: int,
    limit_seconds: float,
    output: Path | None,
    store: StorePlace,
) -> None:
    """Ask the graph a question.

    QUERY is the name of a question of the library (see --list), a file with a SPARQL query, or - for standard
    input.
    """
    if listing or theme is not None:
        from targetgraph.library import Library

        options.deliver(_listed(Library(), theme), output)
        return
    text, question = _wanted(query)
    values = _values(params)
    if question is None and values:
        raise QueryError(
            "this query declares no parameters",
            query or "standard input",
            "add a header as queries/README.md describes, or write the values into the query",
        )
    if show:
        options.deliver(_shown(text, question, values, store), output)
        return
    answer = _answer(text, question, values, store, limit_rows, limit_seconds)
    from targetgraph.publish.results import default_format, rendered

    columns = shutil.get_terminal_size().columns if output is None and sys.stdout.isatty() else None
    options.deliver(rendered(answer, form or default_format(answer), columns=columns, safe=safe), output)
    _mention_cut(answer, limit_rows)


def _wanted(query: str | None) -> tuple[str, Question | None]:
    """The text of an ad hoc query, or the question meant (a file with our header is one too)."""
    from targetgraph.library import Library, has_header, question_from_text, read_text

    if query is None and sys.stdin.isatty():
        raise QueryError(
            "no query is given", "", "name a question (--list shows them), a file, or - for standard input"
        )
    if query is None or query == "-":
        text, source = _standard_input(), "standard input"
    elif query.endswith((".rq", ".sparql")) or Path(query).is_file():
        text, source = read_text(Path(query)), query
    else:
        return "", Library().find(query)
    if has_header(text):
        return "", question_from_text(text, source)
    return text, None


def _standard_input() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError("the query is not UTF-8 text", "standard input", "send it as UTF-8") from error


def _values(params: Sequence[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals or not name:
            raise QueryError(f"{param!r} gives no parameter a value", "--param", "write NAME=VALUE")
        if name in values:
            raise QueryError(f"the parameter {name!r} is given twice", "--param", "give it once")
        values[name] = value
    return values


def _answer(
    text: str,
    question: Question | None,
    values: dict[str, str],
    place: StorePlace,
    limit_rows: int,
    limit_seconds: float,
) -> Result:
    from targetgraph.store import Limits, RemoteStore, resolver

    limits = Limits(time_seconds=limit_seconds, rows=limit_rows or None)
    with _opened(place) as store:
        if question is not None:
            text = question.text(values, resolver(store))
        answer = store.query(text, limits)
        if isinstance(store, RemoteStore):
            store.confirm()
        return answer


def _opened(place: StorePlace) -> EmbeddedStore | RemoteStore:
    """The store, without the room of the coded columns, which would load numpy."""
    from targetgraph.store import EmbeddedStore, RemoteAddress, RemoteStore, StoreFolder

    if isinstance(place, RemoteAddress):
        return RemoteStore.open(place)
    return EmbeddedStore.open(StoreFolder(place).current().oxigraph)


def _shown(text: str, question: Question | None, values: dict[str, str], place: StorePlace) -> str:
    """The self-contained query; the store is opened only if a code has to be looked up."""
    if question is None:
        from targetgraph.library.prologue import declarations, missing_prefixes
        from targetgraph.library.tokens import tokenize
        from targetgraph.namespaces import PREFIXES

        return declarations(missing_prefixes(tokenize(text), PREFIXES, text)) + text

    from targetgraph.library import Iri

    def resolve(code: str, among: str) -> Iri:
        from targetgraph.store import find

        with _opened(place) as store:
            return find(store, code, among)

    return question.text(values, resolve)


def _listed(library: Library, theme: str | None) -> str:
    # Without a theme, only what people ask; what the package asks for itself is listed on request.
    themes = tuple(t for t in library.themes if t not in _OWN_THEMES) if theme is None else (theme,)
    lines: list[str] = []
    for name in themes:
        questions = library.in_theme(name)
        longest = max(len(q.short_name) for q in questions)
        lines += ["", name] if lines else [name]
        for q in questions:
            needed = "".join(f" [{p.name}=…]" for p in q.parameters if p.default is None and not p.optional)
            lines.append(f"  {q.short_name:<{longest}}  {q.summary}{needed}")
    if theme is None:
        lines += ["", "What is asked for by the package itself: --theme " + ", --theme ".join(_OWN_THEMES)]
    return "\n".join(lines) + "\n"


def _mention_cut(answer: Result, limit_rows: int) -> None:
    if getattr(answer, "truncated", False):
        click.echo(f"note: cut off after {limit_rows:,} rows; there are more (--limit-rows 0 gives all)", err=True)
