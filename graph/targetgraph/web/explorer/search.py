"""``/explore/search``, and ``/explore/suggest`` for the script of the search field."""

from __future__ import annotations

import json
from collections.abc import Iterator

from starlette.routing import BaseRoute

from targetgraph import iris
from targetgraph.analysis.description.name_index import KINDS, Found, NameIndex
from targetgraph.library.terms import Literal
from targetgraph.views.explorer.names import Label
from targetgraph.views.explorer.search import (
    SHOWN,
    SUGGESTED,
    Result,
    SearchView,
    counted_by_kind,
    search_page,
    suggestions,
)
from targetgraph.views.explorer.urls import ROOT
from targetgraph.web.answers import Answer
from targetgraph.web.explorer.desk import Desk
from targetgraph.web.explorer.visit import Visit

_MOST = 200


def routes(desk: Desk) -> list[BaseRoute]:
    """``/explore/search``, ``/explore/suggest``."""
    return [
        desk.page("search", f"{ROOT}/search", _search, listed=False),
        desk.page("suggest", f"{ROOT}/suggest", _suggest, listed=False),
    ]


def _search(visit: Visit) -> str:
    q, kind = visit.text("q", most=_MOST).strip(), visit.choice("kind", KINDS)
    index = _index(visit)
    found = index.find(q, visit.urls.lang)
    chosen = [f for f in found if kind in ("", f.kind)]
    view = SearchView(
        q=q,
        kind=kind,
        kinds=counted_by_kind(found),
        results=tuple(_result(visit, f) for f in chosen[:SHOWN]),
        found=len(chosen),
        partial=index.truncated,
    )
    return search_page(visit.frame(), view)


def _suggest(visit: Visit) -> Answer:
    q = visit.text("q", most=_MOST).strip()
    found = [f for f in _index(visit).find(q, visit.urls.lang) if f.kind != "gap"][:SUGGESTED]
    frame = visit.frame()
    content = json.dumps(suggestions([_result(visit, f) for f in found], visit.urls, frame), ensure_ascii=False)
    headers = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"cache-control", b"no-cache"),
        (b"x-content-type-options", b"nosniff"),
    ]
    return Answer(200, headers, content.encode())


def _index(visit: Visit) -> NameIndex:
    return visit.edition.compute("names of everything", lambda: _made(visit))


def _made(visit: Visit) -> NameIndex:
    answer = visit.edition.ask("description/every-name")

    def rows() -> Iterator[tuple[str, str, str]]:
        for thing, name in answer.rows:
            if thing is not None and name is not None:
                yield str(thing), str(name), name.language if isinstance(name, Literal) else ""
        for question in visit.edition.library:
            if question.theme not in ("derivation", "description", "extraction"):
                yield f"{iris.BASE}query/{question.name}", question.summary, "en"

    return NameIndex(rows(), answer.truncated)


def _result(visit: Visit, found: Found) -> Result:
    iri = found.iri
    kept = visit.edition.compute("english names", lambda: _english(visit))
    english, code = kept.get(iri, ("", ""))
    name = visit.names.of(iri, english or found.name)
    matched = Label(found.name, found.language or "en")
    return Result(
        iri=iri,
        kind=found.kind,
        name=name,
        matched=matched if found.name not in (name.text, code) else None,
        code=code,
        sentence=_sentence(visit, iri) if found.kind == "gap" else "",
    )


def _sentence(visit: Visit, iri: str) -> str:
    """The sentence of a gap; empty where it is told no more."""
    code = iri.removeprefix(iris.BASE).partition("/")[0]
    if code not in {f.code for f in visit.graph.frameworks}:
        return ""
    report = visit.edition.report(code)
    gap = visit.edition.compute(("gaps by iri", code), lambda: {g.iri: g for g in report.gaps}).get(iri)
    return gap.sentence if gap else ""


def _english(visit: Visit) -> dict[str, tuple[str, str]]:
    """English name and number of things, from the names of everything."""
    found: dict[str, tuple[str, str]] = {}
    for thing, name in visit.edition.ask("description/every-name").rows:
        if thing is not None and isinstance(name, Literal):
            english, code = found.get(str(thing), ("", ""))
            if name.language in ("en", ""):
                # A number has no language; of several names the first stays.
                if name.language:
                    english = english or name.value
                else:
                    code = code or name.value
            found[str(thing)] = (english, code)
    return found
