"""``/explore/briefing``: chosen gaps, targets, actors and views as one document; ``/explore/briefing.docx``,
``/explore/briefing.html``: the same to edit, and as one file.

What is chosen stands in the address, an ``item`` each: ``overview``, ``gaps:<choices>``, ``gap:<framework>/gap/…``,
``target:<framework>/<code>``, ``map``, ``actors``, ``actor:<path>``, ``lineage:<earlier>/<later>``,
``matrix:rows=…&columns=…``, ``scenario:<scenario>`` and ``query:<name or query>``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final
from urllib.parse import parse_qs

from starlette.routing import BaseRoute

from targetgraph import __version__, iris
from targetgraph.analysis import briefing as parts
from targetgraph.analysis.briefing import Say
from targetgraph.analysis.briefing_document import Briefing, Grid, Picture, Section, plainly
from targetgraph.analysis.coverage import coverage
from targetgraph.analysis.description.record import Description
from targetgraph.analysis.duties import Actors
from targetgraph.analysis.explanation.gap_closing import ways_to_close
from targetgraph.analysis.scenarios import Scenario, Simulation
from targetgraph.errors import TargetGraphError
from targetgraph.phrases import Native, joined, recognised
from targetgraph.phrases import say as phrase
from targetgraph.publish.gaps import command
from targetgraph.views.explorer.answers import legible
from targetgraph.views.explorer.briefing import briefing_file, briefing_view
from targetgraph.views.explorer.frame import render
from targetgraph.views.explorer.urls import ROOT
from targetgraph.views.explorer.words import Words
from targetgraph.web.answers import Answer
from targetgraph.web.asking import solutions
from targetgraph.web.explorer.describing import described
from targetgraph.web.explorer.desk import Desk
from targetgraph.web.explorer.downloads import attachment
from targetgraph.web.explorer.gaps import gap_table
from targetgraph.web.explorer.lineage import comparison_of, lineage_pairs
from targetgraph.web.explorer.map import map_for_print
from targetgraph.web.explorer.query import bound_query
from targetgraph.web.explorer.supposing import simulation_of
from targetgraph.web.explorer.visit import Refused, Visit

_DOCX: Final = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FILE: Final = b"text/html;charset=utf-8"  # written otherwise than that of pages, which get headers of their own
_MOST_ITEMS: Final = 40
_MOST_CLAIMS: Final = 60


def routes(desk: Desk) -> list[BaseRoute]:
    """The page and the document."""
    return [
        desk.page("briefing", f"{ROOT}/briefing", _shown, kept=False),
        desk.page("briefing", f"{ROOT}/briefing.docx", _document, listed=False, kept=False),
        desk.page("briefing", f"{ROOT}/briefing.html", _file, listed=False, kept=False),
    ]


def _shown(visit: Visit) -> str:
    items, added = _chosen(visit)
    made = _briefing(visit, items)
    pairs = [p for p in lineage_pairs(visit.graph) if visit.framework in p]
    lineage = f"lineage:{pairs[0][0]}/{pairs[0][1]}" if pairs else ""
    frame = visit.frame(item=items, title=visit.text("title", most=200))
    return render(frame, briefing_view(frame, made, items, added, lineage))


def _file(visit: Visit) -> Answer:
    made = _briefing(visit, _chosen(visit)[0])
    return attachment(briefing_file(visit.frame(), made).encode(), _FILE, "briefing.html")


def _document(visit: Visit) -> Answer:
    from targetgraph.publish.briefing_docx import as_docx

    items, _ = _chosen(visit)
    made = _briefing(visit, items)
    words = Words("briefing", visit.interface)
    texts = {
        "method": str(words("method")),
        "made": _made(words, made),
        "again": str(words("again")),
        "cut": str(words("rows_cut", shown="{shown}", n="{n}")),
    }
    return attachment(
        as_docx(plainly(made, visit.telling), {k: _plain(v) for k, v in texts.items()}), _DOCX, "briefing.docx"
    )


def _made(words: Words, made: Briefing) -> str:
    return str(words("made", date=words.date(made.date), version=made.version, software=made.software))


def _chosen(visit: Visit) -> tuple[list[str], bool]:
    """What the address chooses, each once, and whether something of it is newly added."""
    items, added = visit.several("item", most=4000), visit.several("add", most=4000)
    found = list(dict.fromkeys([*items, *added]))
    if len(found) > _MOST_ITEMS:
        raise Refused(
            phrase("a briefing of {n} parts is too long", n=len(found)), phrase("choose up to {most}", most=_MOST_ITEMS)
        )
    return found, bool(added)


def _briefing(visit: Visit, items: list[str]) -> Briefing:
    words = Words("briefing", visit.interface)

    def say(key: str, **places: object) -> Native:
        told = {name: visit.telling(v) if isinstance(v, str) else v for name, v in places.items()}
        return Native(_plain(str(words(key, **told))))

    sections = []
    for item in items:
        try:
            sections.append(_section(visit, say, item))
        except TargetGraphError as error:
            sections.append(parts.problem_section(say, item, recognised(error.problems[0].what)))
    report = visit.report
    return Briefing(
        title=visit.text("title", most=200) or say("document_title", framework=report.framework_label),
        date=datetime.now(UTC).date().isoformat(),
        version=visit.edition.name,
        software=__version__,
        sections=tuple(sections),
        method=(
            say("method_gaps"),
            say("method_basis"),
            say("method_unverified", n=report.unverified, all=report.targets),
            say("method_again", command=f"targetgraph gaps --framework {visit.framework} --all"),
        ),
        address=visit.origin + visit.urls.briefing(item=items, title=visit.text("title", most=200)),
        language=visit.interface,
    )


def _plain(text: str) -> str:
    """Words as text: they come escaped for pages."""
    import html

    return html.unescape(text)


def _section(visit: Visit, say: Say, item: str) -> Section:
    kind, _, rest = item.partition(":")
    if kind not in _MAKERS:
        raise Refused(
            phrase("a briefing has no part “{item}”", item=item[:80]),
            phrase("parts are: {allowed}", allowed=", ".join(_MAKERS)),
        )
    return _MAKERS[kind](visit, say, item, rest)


def _overview(visit: Visit, say: Say, item: str, _: str) -> Section:
    return parts.overview_section(say, item, visit.report)


def _gaps(visit: Visit, say: Say, item: str, rest: str) -> Section:
    choices = parse_qs(rest)
    told = joined(
        [phrase("{name}: {values}", name=n, values=joined(values, ", ")) for n, values in choices.items()], "; "
    )
    return parts.gaps_section(say, item, visit.report, gap_table(visit).select(choices), told)


def _gap(visit: Visit, say: Say, item: str, rest: str) -> Section:
    iri = iris.BASE + rest
    code = rest.partition("/")[0]
    visit.graph.framework_number(code)
    report = visit.edition.report(code)
    found = {g.iri: g for g in report.gaps}
    if iri not in found:
        raise Refused(phrase("there is no gap “{rest}” today", rest=rest[:200]), "perhaps it is closed", 404)
    ways = visit.edition.compute(("gaps", ("ways", iri)), lambda: ways_to_close(visit.graph, found[iri], report=report))
    first_seen = Words("briefing", visit.interface).date(found[iri].first_seen)
    return parts.gap_section(say, item, found[iri], ways, command(found[iri]), first_seen)


def _target(visit: Visit, say: Say, item: str, rest: str) -> Section:
    framework, _, code = rest.partition("/")
    standing = visit.edition.standing(framework)
    table = visit.graph.targets
    target = next((t for t in standing.targets.tolist() if table.notation[t] == code), None)
    if target is None:
        raise Refused(phrase("there is no target “{rest}”", rest=rest[:80]), "", 404)
    told = described(visit, table.iri[target])
    wordings = []
    for wording in told.sheet.wordings:
        text = "".join(s.text for s in wording.stretches) or phrase(
            "{status}. {definition}", status=wording.status, definition=wording.definition
        )
        wordings.append((wording.document.text if wording.document else "", text))
    return parts.target_section(say, item, standing, target, wordings, _claims(say, told))


def _claims(say: Say, told: Description) -> Grid:
    rows = [
        (
            heading,
            phrase("{name} ({role})", name=claim.other.text if claim.other else "–", role=claim.role)
            if claim.role
            else claim.other.text
            if claim.other
            else "–",
            say(f"basis_{claim.basis}") if claim.basis else "",
            claim.confidence,
        )
        for heading, claims in told.sheet.claims.items()
        for claim in claims
    ]
    columns = (say("kind"), say("concerns"), say("basis"), say("confidence"))
    return Grid(columns, tuple(rows[:_MOST_CLAIMS]), len(rows) if len(rows) > _MOST_CLAIMS else 0)


def _actors(visit: Visit, say: Say, item: str, _: str) -> Section:
    every = visit.edition.compute(("actors", visit.framework), Actors(visit.graph, visit.framework).all)
    return parts.actors_section(say, item, visit.report.framework_label, every)


def _actor(visit: Visit, say: Say, item: str, rest: str) -> Section:
    actors = Actors(visit.graph, visit.framework)
    table = actors.whole.concepts
    wanted = {iris.BASE + rest, f"{iris.BASE}scheme/actor/{rest}"}
    number = next((n for n, iri in enumerate(table.iri) if iri in wanted), None)
    if number is None:
        raise Refused(phrase("there is no actor “{rest}”", rest=rest[:80]), "", 404)
    scenario = Scenario(without=frozenset({table.iri[number]}))

    left: Simulation | None = None
    duties = actors.duties(number)
    with suppress(TargetGraphError):  # nothing would be left
        left = simulation_of(visit, scenario)
    return parts.actor_section(say, item, table.label[number], visit.report.framework_label, duties, left)


def _lineage(visit: Visit, say: Say, item: str, rest: str) -> Section:
    before, _, after = rest.partition("/")
    graph = visit.graph
    graph.framework_number(before)
    graph.framework_number(after)
    return parts.lineage_section(say, item, comparison_of(visit, before, after))


def _matrix(visit: Visit, say: Say, item: str, rest: str) -> Section:
    given = {k: v[0] for k, v in parse_qs(rest).items()}
    rows, columns = given.get("rows", "targets"), given.get("columns", "stages")
    return parts.matrix_section(
        say, item, coverage(visit.graph, rows, columns, given.get("framework", visit.framework))
    )


def _map(visit: Visit, say: Say, item: str, _: str) -> Section:
    svg, lead, holes = map_for_print(visit)
    holes = [(hole, Native(column), codes) for hole, column, codes in holes]
    title = say("map_title", framework=visit.report.framework_label)
    path = visit.urls.file("map", "svg")
    return parts.map_section(say, item, title, Picture(svg, title, path, visit.origin + path), lead, holes)


def _scenario(visit: Visit, say: Say, item: str, rest: str) -> Section:
    return parts.scenario_section(say, item, simulation_of(visit, Scenario.parse(rest)))


def _query(visit: Visit, say: Say, item: str, rest: str) -> Section:
    given = {k: v[0] for k, v in parse_qs(rest).items()}
    title, text = bound_query(visit, given)
    found = visit.edition.answer(text)
    if found.status != 200:
        raise Refused(found.body.decode(errors="replace").splitlines()[0], "mend the query on its page")
    if b"json" not in found.header(b"content-type"):
        raise Refused("this query answers with a graph, which a briefing does not show", "take a SELECT or an ASK")
    document = json.loads(found.body)
    if "boolean" in document:
        return parts.answer_section(say, item, title, ("",), [[say("yes") if document["boolean"] else say("no")]], text)
    answer = solutions(found.body)
    rows = [[legible(term) for term in row] for row in answer.rows]
    return parts.answer_section(say, item, title, answer.variables, rows, text)


_MAKERS: Final[dict[str, Callable[[Visit, Say, str, str], Section]]] = {
    "overview": _overview,
    "gaps": _gaps,
    "gap": _gap,
    "target": _target,
    "actors": _actors,
    "actor": _actor,
    "lineage": _lineage,
    "map": _map,
    "matrix": _matrix,
    "scenario": _scenario,
    "query": _query,
}
