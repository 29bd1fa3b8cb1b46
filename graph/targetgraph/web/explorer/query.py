"""``/explore/query``: ask SPARQL, in an editor or by the questions of the library; below it what completes a query."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Final

from starlette.routing import BaseRoute

from targetgraph.errors import QueryError, TargetGraphError
from targetgraph.library import Iri, Parameter, Question
from targetgraph.library.parameters import expanded
from targetgraph.library.structure import structure
from targetgraph.library.terms import written
from targetgraph.library.tokens import tokenize
from targetgraph.phrases import recognised
from targetgraph.publish.view_sheets import Sheet
from targetgraph.store import codes
from targetgraph.store.results import Solutions
from targetgraph.views.explorer.answers import VIEWS, Columns, plain
from targetgraph.views.explorer.assets import has_editor
from targetgraph.views.explorer.completions import Completions
from targetgraph.views.explorer.frame import render
from targetgraph.views.explorer.query import (
    EXAMPLE,
    MOST_CHOICES,
    MOST_TEXT,
    AnswerView,
    Field,
    QueryView,
    answer_view,
    by_theme,
    field_of,
    share,
)
from targetgraph.views.explorer.urls import ROOT
from targetgraph.web.answers import Answer
from targetgraph.web.asking import solutions
from targetgraph.web.explorer.describing import EditionAsker
from targetgraph.web.explorer.desk import Desk
from targetgraph.web.explorer.downloads import download
from targetgraph.web.explorer.visit import Refused, Visit
from targetgraph.web.settings import Settings

_LONGEST: Final = 30_000
_SUGGESTED: Final = 30


def routes(desk: Desk) -> list[BaseRoute]:
    """The page, the answer as a workbook, and completions."""
    settings = desk.context.settings
    return [
        desk.page("query", f"{ROOT}/query", lambda visit: _shown(visit, settings), kept=False),
        desk.page("query", f"{ROOT}/query.{{form:str}}", _exported, listed=False, kept=False),
        desk.page("query", f"{ROOT}/query/complete", _complete, listed=False, kept=False),
    ]


def bound_query(visit: Visit, given: Mapping[str, str]) -> tuple[str, str]:
    """Title and whole text of a query that stands in an address of its own, as the parts of a briefing have it.

    Parameters
    ----------
    given : ``name`` and ``p.…``, or ``query``.

    Raises
    ------
    TargetGraphError : there is no such question, or a parameter does not fit.
    """
    if "name" not in given:
        return given.get("query", "")[:200].strip().splitlines()[0] if given.get("query") else "", given.get(
            "query", ""
        )
    question = visit.edition.library.find(given["name"])
    values = {k.removeprefix("p."): v for k, v in given.items() if k.startswith("p.")}
    return question.summary, bound(visit, question, values)


def bound(visit: Visit, question: Question, values: Mapping[str, str]) -> str:
    """The whole text of a question; what is not given is the default, or the example where one must be given."""
    filled = dict(values)
    for parameter in question.parameters:
        if parameter.default is None and not parameter.optional and parameter.name not in filled:
            filled[parameter.name] = parameter.example or ""
    return question.text(filled, lambda code, among: resolved(visit, code, among))


def resolved(visit: Visit, code: str, among: str) -> Iri:
    """The thing that a code means (see `targetgraph.store.codes.find`)."""
    edition = visit.edition

    def find() -> Iri:
        return codes.find(EditionAsker(edition), code, among)  # type: ignore[arg-type]

    return edition.compute(("code", code, among), find)


class _Asked:
    """What the address asks: a question of the library with parameters, a query that was written, or nothing."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        name, self.text = visit.text("name"), visit.text("query", most=_LONGEST)
        if name and self.text:
            raise Refused("both a question of the library and a query are given", "give one of them")
        self.question: Question | None = visit.edition.library.find(name) if name else None
        self.given: dict[str, str] = {}
        for parameter in self.question.parameters if self.question else ():
            value = visit.text(f"p.{parameter.name}", most=2000)
            if value or visit.is_given(f"p.{parameter.name}"):
                self.given[parameter.name] = value
            elif parameter.type == "language" and not parameter.optional:
                self.given[parameter.name] = visit.urls.lang  # names are asked for as the page shows them
        self.error, self.remedy, self.whole = "", "", self.text
        if self.question is not None:
            try:
                self.whole = bound(visit, self.question, {n: v for n, v in self.given.items() if v})
            except TargetGraphError as error:
                self.whole = ""
                self.error, self.remedy = error.problems[0].what, error.problems[0].remedy

    def fields(self) -> tuple[Field, ...]:
        """The parameters as fields of a form."""
        return tuple(self._field(p) for p in self.question.parameters) if self.question else ()

    def _field(self, parameter: Parameter) -> Field:
        choices = self._choices(parameter) if parameter.type == "iri" and parameter.among else None
        field = field_of(parameter, self.given.get(parameter.name), choices)
        if choices is None or not field.value or field.value.startswith("<"):
            return field
        try:
            chosen = parameter.term(field.value, lambda code, among: resolved(self._visit, code, among))
        except QueryError:
            return field  # what is wrong with it is said where the answer would be
        return field_of(parameter, written(chosen), choices)

    def _choices(self, parameter: Parameter) -> list[tuple[str, str]] | None:
        """Things of the class of a parameter; None where there are too many to choose from a list."""
        among = expanded(parameter.among)
        edition = self._visit.edition

        def make() -> list[tuple[str, str]] | None:
            rows = edition.ask("description/instances-of-a-class", **{"class": Iri(among)}).values()
            if len(rows) > MOST_CHOICES:
                return None
            found = []
            for thing, number, label in rows:
                words = " ".join(filter(None, (number if number != label else "", label)))
                found.append((f"<{thing}>", words or str(thing)))
            return sorted(found, key=lambda c: c[1].casefold())

        return edition.compute(("instances", among), make)

    @property
    def meanings(self) -> Mapping[str, str]:
        """What the columns mean, for questions of the library."""
        return {c.name: c.meaning for c in self.question.columns} if self.question else {}


def _shown(visit: Visit, settings: Settings) -> str:
    asked = _Asked(visit)
    view = visit.choice("view", VIEWS, "table")
    columns = Columns(visit.text("across"), visit.text("down"), visit.text("value"))
    plain_area = visit.choice("editor", ("plain",)) == "plain"
    answer, error, remedy = None, asked.error, asked.remedy
    if asked.whole and not error:
        answer, error, remedy = _asked(visit, asked, view, columns)
    frame = visit.frame()
    page = QueryView(
        question=asked.question,
        fields=asked.fields(),
        text=asked.text or asked.whole or EXAMPLE,
        whole=asked.whole,
        answer=answer,
        error=recognised(error),
        remedy=recognised(remedy),
        themes=visit.edition.compute("questions", lambda: by_theme(visit.edition.library)),
        seconds=settings.seconds,
        rows=settings.rows,
        editor=has_editor(),
        plain=plain_area,
        share=share(visit.origin, frame.here, asked.whole, _form(asked.whole)) if asked.whole else None,
    )
    return render(frame, page)


def _asked(visit: Visit, asked: _Asked, view: str, columns: Columns) -> tuple[AnswerView | None, str, str]:
    """The answer, or what is wrong and what to do."""
    began = time.perf_counter()
    found = visit.edition.answer(asked.whole)
    took = time.perf_counter() - began
    if found.status != 200:
        what, _, remedy = found.body.decode(errors="replace").strip().partition("\n  what to do: ")
        return None, what, remedy
    cut = int(found.header(b"targetgraph-truncated").partition(b"=")[2] or 0)
    if b"json" not in found.header(b"content-type"):
        turtle = found.body.decode(errors="replace")
        shown = AnswerView(
            view="table", turtle=turtle[:MOST_TEXT], turtle_cut=len(turtle) > MOST_TEXT, cut=cut, seconds=took
        )
        return shown, "", ""
    document = json.loads(found.body)
    if "boolean" in document:
        return AnswerView(view="table", truth=bool(document["boolean"]), seconds=took), "", ""
    return answer_view(visit.urls, solutions(found.body, bool(cut)), view, columns, cut, took, asked.meanings), "", ""


def _form(text: str) -> str:
    try:
        return structure(tokenize(text, "the query")).form
    except TargetGraphError:
        return "SELECT"


def _exported(visit: Visit) -> Answer:
    """The answer as CSV that spreadsheets cannot run, and as a workbook; ``/sparql`` gives all other formats."""
    asked = _Asked(visit)
    for name in ("view", "across", "down", "value", "editor"):
        visit.text(name)
    if not asked.whole:
        raise Refused(asked.error or "no query is given", asked.remedy or "ask one first")
    found = visit.edition.answer(asked.whole)
    if found.status != 200 or b"json" not in found.header(b"content-type") or b'"boolean"' in found.body[:200]:
        raise Refused("this query has no table for an answer", "a SELECT has one; others can be had from /sparql")
    answer: Solutions = solutions(found.body)
    title = asked.question.summary if asked.question else "Answer of a query"
    cut = found.header(b"targetgraph-truncated").decode()
    method = (f"Query:\n{asked.whole}", *((f"The answer was cut: {cut}.",) if cut else ()))
    rows = tuple(tuple(plain(t) for t in row) for row in answer.rows)
    sheet = Sheet(title, answer.variables, rows, visit.edition.name, method)
    return download(visit, sheet, asked.question.short_name if asked.question else "answer")


def _complete(visit: Visit) -> Answer:
    """What may follow what has been typed, as JSON: ``[{"insert", "label", "note"}]``."""
    typed = visit.text("q", most=200)
    known = visit.edition.compute("completions", lambda: _completions(visit))
    found = known.fitting(typed, _SUGGESTED)
    body = json.dumps([c.to_json() for c in found], ensure_ascii=False).encode()
    return Answer(200, [(b"content-type", b"application/json"), (b"cache-control", b"no-store")], body)


def _completions(visit: Visit) -> Completions:
    terms = visit.edition.ask("vocabularies/terms").values()
    return Completions.of(visit.graph, terms)
