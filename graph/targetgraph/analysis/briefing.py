"""A briefing: chosen gaps, targets, actors and tables as sections of one document.

The words between what the analysis says come from whoever asks, so that a briefing can be in another language; sentences of the
analysis are told in it by whoever writes the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np

from targetgraph.analysis.briefing_document import Block, Bullets, Facts, Grid, Paragraph, Picture, Section, SubHeading
from targetgraph.analysis.comparison import Comparison
from targetgraph.analysis.coverage import Coverage
from targetgraph.analysis.duties import ActorInBrief, Duty
from targetgraph.analysis.explanation.gap_closing import WaysToClose
from targetgraph.analysis.gaps import Gap, GapReport
from targetgraph.analysis.scenarios.simulation import Simulation
from targetgraph.analysis.standing import Standing
from targetgraph.analysis.states import State
from targetgraph.phrases import Native, Phrase, joined
from targetgraph.phrases import say as phrase

Say = Callable[..., Native]
"""Words by key, with places filled: ``say("due", year="2030")``, in the language of the briefing."""

MOST_GAPS: Final = 25
MOST_ROWS: Final = 60
MOST_COLUMNS: Final = 25


def overview_section(say: Say, item: str, report: GapReport) -> Section:
    """How a framework stands: its headlines."""
    blocks: list[Block] = [Paragraph(say("standing", gaps=len(report.gaps), targets=report.targets))]
    if report.unverified:
        blocks.append(Paragraph(say("unverified_targets", n=report.unverified, all=report.targets), "note"))
    blocks.append(Bullets(tuple((h.sentence, "") for h in report.headlines[:MOST_GAPS])))
    return Section(item, say("title_overview", framework=report.framework_label), tuple(blocks))


def gaps_section(say: Say, item: str, report: GapReport, gaps: Sequence[Gap], chosen: str) -> Section:
    """A list of gaps."""
    rows = tuple(
        (g.sentence, say(f"certainty_{g.certainty.level}"), g.because, say(f"status_{g.status}"))
        for g in gaps[:MOST_GAPS]
    )
    columns = (say("gap"), say("how_sure"), say("why"), say("status"))
    blocks: list[Block] = [Paragraph(say("chosen", what=chosen), "quiet")] if chosen else []
    blocks += [Paragraph(say("found", n=len(gaps), all=len(report.gaps)))]
    blocks += [Grid(columns, rows, len(gaps) if len(gaps) > MOST_GAPS else 0)]
    return Section(item, say("title_gaps", framework=report.framework_label), tuple(blocks))


def gap_section(say: Say, item: str, gap: Gap, ways: WaysToClose, command: str, first_seen: str) -> Section:
    """One gap, with why it counts, how sure it is, what it rests on and what would close it.

    ``first_seen`` is the day as the language of the briefing writes it; empty where none is recorded.
    """
    status: str = say(f"status_{gap.status}")
    if gap.accepted_because:
        status = phrase("{status}: {why}", status=status, why=gap.accepted_because)
    sure = say(f"certainty_{gap.certainty.level}")
    facts = (
        (say("why"), gap.because),
        (say("missing"), gap.missing),
        (say("how_sure"), phrase("{sure}: {why}", sure=sure, why=gap.certainty.reason)),
        (say("severity"), phrase("{severity:.2g}", severity=gap.severity)),
        (say("first_seen"), Native(first_seen) or say("not_recorded")),
        (say("status"), status),
        (say("shown_by"), Native(command)),
    )
    closing: list[Block] = [SubHeading(say("what_closes"))]
    if ways.ways:
        closing.append(Bullets(tuple((joined(way.sentences), "") for way in ways.ways)))
    else:
        closing.append(Paragraph(ways.obstacle))
    evidence = tuple(
        (phrase("{said} [{status}]", said=e.text, status=e.status) if e.status else e.text, e.iri) for e in gap.evidence
    )
    rests: list[Block] = [SubHeading(say("rests_on")), Bullets(evidence)]
    return Section(item, gap.sentence, (Facts(facts), *rests, *closing))


def target_section(
    say: Say, item: str, standing: Standing, target: int, wordings: Iterable[tuple[str, str]], claims: Grid
) -> Section:
    """A target: its wordings, states, gaps and claims.

    Parameters
    ----------
    wordings : document and text, or why the text is not there.
    claims : what it is linked to, as a table.
    """
    table, iri = standing.graph.targets, standing.graph.targets.iri[target]
    year = int(table.deadline[target])
    blocks: list[Block] = []
    if standing.recalled(target):
        blocks.append(Paragraph(say("recalled"), "note"))
    blocks.append(Paragraph(say("due", year=str(year)) if year else say("undated")))
    if table.summary[target]:
        blocks.append(Paragraph(table.summary[target]))
    for document, text in wordings:
        blocks += [Paragraph(document, "quiet"), Paragraph(text, "quote")]
    states = []
    for declared in standing.graph.declarations.dimensions:
        state = standing.row_state(target, standing.graph.dimension(declared.code))
        states.append((declared.label, Native(f"{state.symbol} {_state(say, state)}")))
    blocks += [SubHeading(say("states")), Facts(tuple(states))]
    gaps = standing.gaps_of.get(iri, ())
    if gaps:
        told = tuple(
            (phrase("{said} ({sure})", said=g.sentence, sure=say(f"certainty_{g.certainty.level}")), g.iri)
            for g in gaps
        )
        blocks += [SubHeading(say("its_gaps")), Bullets(told)]
    if claims.rows:
        blocks += [SubHeading(say("linked_to")), claims]
    return Section(item, _titled(table.notation[target], table.label[target]), tuple(blocks))


def _titled(code: str, label: str) -> Phrase:
    return phrase("{code} {name}", code=code, name=label)


def _state(say: Say, state: State) -> str:
    return say("state_" + state.word.replace(" ", "_"))


def actors_section(say: Say, item: str, framework: str, actors: Sequence[ActorInBrief]) -> Section:
    """Who must act, the most burdened first."""
    asked = sorted((a for a in actors if a.must_act), key=lambda a: (-a.named, -a.implied, a.actor.label))
    rows = tuple(
        (a.actor.label, str(a.named), str(a.implied), f"{a.first}–{a.last}" if a.first else "")
        for a in asked[:MOST_ROWS]
    )
    columns = (say("actor"), say("named"), say("implied"), say("deadlines"))
    grid = Grid(columns, rows, len(asked) if len(asked) > MOST_ROWS else 0)
    nobody = sum(not (a.must_act or a.other) for a in actors)
    blocks = (Paragraph(say("unasked", n=nobody, all=len(actors))), grid, Paragraph(say("actors_note"), "quiet"))
    return Section(item, say("title_actors", framework=framework), blocks)


def actor_section(
    say: Say, item: str, label: str, framework: str, duties: Sequence[Duty], gone: Simulation | None
) -> Section:
    """What one actor must do, and what falls if it leaves."""
    must = [d for d in duties if d.must_act]
    rows = tuple(
        (
            Native(d.deadline or say("no_date")),
            phrase("{said} ({mark})", said=_titled(d.target.code, d.target.label), mark=say("not_checked"))
            if d.recalled
            else _titled(d.target.code, d.target.label),
            d.actor.label,
            say(f"basis_{d.basis}"),
        )
        for d in must[:MOST_ROWS]
    )
    columns = (say("deadline"), say("target"), say("as"), say("basis"))
    blocks: list[Block] = [Grid(columns, rows, len(must) if len(must) > MOST_ROWS else 0)]
    if not must:
        blocks = [Paragraph(say("must_nothing"))]
    if gone is not None:
        told = [*gone.sentences, *(g.sentence for g in gone.opened[:10])]
        blocks += [SubHeading(say("leaves")), Bullets(tuple((s, "") for s in told))]
    return Section(item, say("title_actor", actor=label, framework=framework), tuple(blocks))


def lineage_section(say: Say, item: str, comparison: Comparison) -> Section:
    """What became of each proposal."""
    rows = []
    for fate in comparison.fates:
        went = ", ".join(p.after.code for p in fate.pairs)
        became = Native(say("no_target") + (f" ({went})" if went else "") if fate.dropped else went)
        softened = joined([s for p in fate.pairs if p.differences for s in p.differences.softened], "; ")
        firmer = joined([s for p in fate.pairs if p.differences for s in p.differences.firmer], "; ")
        rows.append(
            (
                _titled(fate.target.code, fate.target.label),
                became,
                softened,
                firmer,
                say(f"certainty_{fate.certainty.level}"),
            )
        )
    columns = (say("proposal"), say("became"), say("softened"), say("firmer"), say("how_sure"))
    blocks: list[Block] = [Grid(columns, tuple(rows))]
    if comparison.added:
        blocks.append(
            Paragraph(say("added", n=len(comparison.added), codes=", ".join(h.code for h in comparison.added)))
        )
    blocks += [Paragraph(note, "quiet") for note in comparison.notes]
    title = say("title_lineage", before=comparison.before.name, after=comparison.after.name)
    return Section(item, title, tuple(blocks))


def matrix_section(say: Say, item: str, found: Coverage) -> Section:
    """A coverage matrix: a symbol a cell, and how many cells are in each state."""
    rows = tuple(
        (_titled(head.code, head.label) if found.row_name in ("targets", "objectives") else head.label,
         *(State(int(s)).symbol for s in states[:MOST_COLUMNS]))
        for head, states in zip(found.rows[:MOST_ROWS], np.asarray(found.states)[:MOST_ROWS], strict=True)
    )  # fmt: skip
    columns = ("", *(h.label for h in found.columns[:MOST_COLUMNS]))
    tally = [
        phrase("{state}: {n}", state=Native(f"{s.symbol} {_state(say, s)}"), n=n) for s, n in found.tally().items() if n
    ]
    blocks: list[Block] = [
        Paragraph(phrase("{tally}.", tally=joined(tally, "; "))),
        Grid(columns, rows, len(found.rows) if len(found.rows) > MOST_ROWS else 0),
    ]
    if len(found.columns) > MOST_COLUMNS:
        blocks.append(Paragraph(say("columns_cut", shown=MOST_COLUMNS, n=len(found.columns)), "quiet"))
    return Section(item, found.title, tuple(blocks))


def map_section(
    say: Say, item: str, title: str, picture: Picture, lead: Sequence[str], holes: Sequence[tuple[str, str, str]]
) -> Section:
    """The coverage map, and its holes as a table: what, of which column, and the targets that lack it.

    Parameters
    ----------
    lead : where the holes are, in sentences.
    """
    columns = (say("hole"), say("column"), say("targets_lacking"))
    grid = Grid(columns, tuple(holes[:MOST_ROWS]), len(holes) if len(holes) > MOST_ROWS else 0)
    return Section(item, title, (Paragraph(joined(lead)), picture, grid))


def answer_section(
    say: Say, item: str, title: str, variables: Sequence[str], rows: Sequence[Sequence[str]], query: str
) -> Section:
    """The answer to a query."""
    shown = tuple(tuple(row[:MOST_COLUMNS]) for row in rows[:MOST_ROWS])
    grid = Grid(tuple(variables[:MOST_COLUMNS]), shown, len(rows) if len(rows) > MOST_ROWS else 0)
    return Section(item, title, (grid, Paragraph(Native(query), "quiet")))


def scenario_section(say: Say, item: str, found: Simulation) -> Section:
    """What a scenario does to the gaps: in sentences, with the gravest gaps that open and close."""
    blocks: list[Block] = [Bullets(tuple((s, "") for s in (*found.effects, *found.sentences)))]
    for key, gaps in (("opening", found.opened), ("closing", found.closed)):
        if gaps:
            blocks += [SubHeading(say(key, n=len(gaps))), Bullets(tuple((g.sentence, g.iri) for g in gaps[:MOST_GAPS]))]
    blocks.append(Paragraph(Native(found.scenario), "quiet"))
    return Section(item, say("title_scenario", framework=found.framework_label), tuple(blocks))


def problem_section(say: Say, item: str, what: str) -> Section:
    """Something that was chosen and cannot be shown."""
    return Section(item, say("title_problem"), (Paragraph(what, "note"),))
