"""The query page: an editor, the questions of the library as forms, and the answer in several views."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from urllib.parse import urlencode

from targetgraph.library import Parameter, Question
from targetgraph.namespaces import PREFIXES
from targetgraph.store.results import Solutions
from targetgraph.views.explorer.answer_charts import Chart, chart
from targetgraph.views.explorer.answer_maps import Map, answer_map
from targetgraph.views.explorer.answers import (
    COUNT,
    MOST_ROWS,
    Cell,
    Columns,
    Matrix,
    cell,
    chosen_columns,
    matrix,
)
from targetgraph.views.explorer.urls import LABEL_LANGUAGES, Urls

MOST_CHOICES: Final = 500
MOST_TEXT: Final = 200_000
"""Characters of an answer in Turtle that a page shows."""
EXAMPLE: Final = """SELECT ?target ?label ?year WHERE {
  ?target a tg:Target ; rdfs:label ?label ; tg:inFramework ?framework .
  OPTIONAL { ?target tg:deadlineYear ?year }
}
ORDER BY ?year ?target
LIMIT 100"""
OWN_THEMES: Final = ("derivation", "description", "extraction")
"""Questions that the package asks itself."""
_NO_COLUMNS: Final = Columns()


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a parameter can be given."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter as a field of a form.

    Parameters
    ----------
    name : of the field in the address, ``p.<name>``.
    kind : ``choice``, ``year``, ``integer``, ``decimal`` or ``text``.
    value : what is filled in.
    options : to choose from; none for fields to write in.
    """

    parameter: Parameter
    name: str
    kind: str
    value: str
    options: tuple[Option, ...]


_KINDS: Final = {"year": "year", "integer": "integer", "decimal": "decimal"}


def field_of(parameter: Parameter, given: str | None, choices: Iterable[tuple[str, str]] | None) -> Field:
    """A parameter as a field.

    Parameters
    ----------
    given : what the address says; None for nothing.
    choices : value and label of what can be chosen; None where it has to be written.
    """
    value = given if given is not None else parameter.default or ("" if parameter.optional else parameter.example or "")
    if parameter.type == "language":
        choices = [(tag, tag) for tag in LABEL_LANGUAGES]
    elif parameter.type == "boolean":
        choices = [("true", "true"), ("false", "false")]
    if choices is None:
        return Field(parameter, f"p.{parameter.name}", _KINDS.get(parameter.type, "text"), value, ())
    listed = list(choices)
    if value and value not in [v for v, _ in listed]:
        listed.insert(0, (value, value.strip("<>")))
    options = tuple(Option(v, words, v == value) for v, words in listed)
    return Field(parameter, f"p.{parameter.name}", "choice", value, options)


@dataclass(frozen=True, slots=True)
class Share:
    """An answer to be had elsewhere: the page, a command, a program."""

    page: str
    curl: str
    python: str
    formats: tuple[tuple[str, str], ...]


def share(origin: str, page: str, text: str, form: str) -> Share:
    """How a query can be asked again.

    Parameters
    ----------
    origin : scheme and host of the server, as the client wrote them.
    page : address of the page below it.
    text : the whole query.
    form : ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``.
    """
    graph = form in ("CONSTRUCT", "DESCRIBE")
    media = "text/turtle" if graph else "application/sparql-results+json" if form == "ASK" else "text/csv"
    curl = (
        f"curl -G {shlex.quote(origin + '/sparql')} \\\n  -H {shlex.quote('Accept: ' + media)} \\\n  --data-urlencode "
    )
    curl += shlex.quote("query=" + text)
    python = "\n".join(
        (
            "from urllib.parse import urlencode",
            "from urllib.request import Request, urlopen",
            "",
            f"query = {text!r}" if '"""' in text or "\\" in text or text.endswith('"') else f'query = """{text}"""',
            f"address = {origin + '/sparql?'!r} + urlencode({{'query': query}})",
            f"with urlopen(Request(address, headers={{'Accept': {media!r}}})) as answer:",
            "    print(answer.read().decode())",
        )
    )
    names = ("turtle", "ntriples", "jsonld", "rdfxml") if graph else ("csv", "tsv", "json", "xml")
    formats = tuple((name, "/sparql?" + urlencode({"query": text, "format": name})) for name in names)
    return Share(origin + page, curl, python, formats)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """An answer as the page shows it.

    Parameters
    ----------
    answer : the table of a SELECT; None for other answers.
    truth : of an ASK; ``turtle`` of a CONSTRUCT or DESCRIBE, ``turtle_cut`` when more of it exists.
    rows : cells of the rows shown.
    cut : row limit of the server that cut the answer off; 0 for none.
    seconds : how long it took.
    columns : that the picture is made of.
    """

    view: str
    answer: Solutions | None = None
    truth: bool | None = None
    turtle: str = ""
    turtle_cut: bool = False
    rows: tuple[tuple[Cell, ...], ...] = ()
    cut: int = 0
    seconds: float = 0.0
    columns: Columns = _NO_COLUMNS
    matrix: Matrix | None = None
    chart: Chart | None = None
    map: Map | None = None
    meanings: Mapping[str, str] | None = None

    @property
    def count(self) -> str:
        """The word that stands for counting rows in a matrix."""
        return COUNT


def answer_view(
    to: Urls, answer: Solutions, view: str, asked: Columns, cut: int, seconds: float, meanings: Mapping[str, str]
) -> AnswerView:
    """The answer of a SELECT in one of the views."""
    columns = chosen_columns(answer, asked, view) if answer.rows else Columns()
    drawn = bool(answer.rows)
    return AnswerView(
        view=view,
        answer=answer,
        rows=tuple(tuple(cell(to, term) for term in row) for row in answer.rows[:MOST_ROWS]),
        cut=cut,
        seconds=seconds,
        columns=columns,
        matrix=matrix(to, answer, columns) if drawn and view == "matrix" else None,
        chart=chart(answer, columns, view) if drawn and view in ("bar", "line") else None,
        map=answer_map(to, answer, columns) if drawn and view == "map" else None,
        meanings=meanings,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryView:
    """The page.

    Parameters
    ----------
    question : of the library; None for a query that was written.
    fields : its parameters.
    text : the query in the editor; ``whole`` the query that was asked, parameters bound.
    answer : None where nothing was asked, or it went wrong: then ``error`` says what, and ``remedy`` what to do.
    themes : questions of the library by theme.
    seconds, rows : limits of the server; no rows: no limit.
    editor : whether the editor is installed; ``plain`` whether the plain text area was chosen.
    """

    question: Question | None
    fields: tuple[Field, ...]
    text: str
    whole: str
    answer: AnswerView | None
    error: str
    remedy: str
    themes: tuple[tuple[str, tuple[Question, ...]], ...]
    seconds: float
    rows: int | None
    editor: bool
    plain: bool
    share: Share | None
    most: int = MOST_ROWS

    @property
    def prefixes(self) -> Mapping[str, str]:
        """The prefixes that need no declaration."""
        return PREFIXES

    @property
    def briefing(self) -> str:
        """What was asked, as a query string: the item of a briefing."""
        answer = self.answer
        drawn = {"view": answer.view} | vars_of(answer.columns) if answer and answer.view != "table" else {}
        if self.question is None:
            return urlencode({"query": self.whole} | drawn)
        given = {f.name: f.value for f in self.fields if f.value}
        return urlencode({"name": self.question.name} | given | drawn)


def vars_of(columns: Columns) -> dict[str, str]:
    """Columns as an address has them."""
    named = {"across": columns.across, "down": columns.down, "value": columns.value}
    return {k: v for k, v in named.items() if v}


def by_theme(questions: Iterable[Question]) -> tuple[tuple[str, tuple[Question, ...]], ...]:
    """Questions that people ask, by theme and name."""
    mine = sorted((q for q in questions if q.theme not in OWN_THEMES), key=lambda q: q.name)
    return tuple((theme, tuple(group)) for theme, group in groupby(mine, key=lambda q: q.theme))
