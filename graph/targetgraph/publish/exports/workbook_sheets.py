"""The sheets of the workbook, one function each."""

from __future__ import annotations

import shlex
from datetime import date
from typing import TYPE_CHECKING, Final

from targetgraph import __version__
from targetgraph.analysis.coverage import TARGETS, coverage, target_heading
from targetgraph.analysis.network import MARKED_BY, STATUS_WORDS
from targetgraph.analysis.standing import Standing
from targetgraph.analysis.states import State
from targetgraph.namespaces import PREFIXES, TG
from targetgraph.publish.exports.source import Source
from targetgraph.publish.exports.workbook_style import Field, Linked, SheetWriter, state_text

if TYPE_CHECKING:
    from openpyxl import Workbook

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
_MEASURABLE: Final = ("not judged", "yes", "partly", "no")
_MEANING: Final = {
    State.COVERED: "Links named in the text, as many as are obliged.",
    State.THIN: "Some named in the text, fewer than obliged.",
    State.IMPLIED: "Links, but none of them is named in the text: curators hold them to be meant.",
    State.UMBRELLA: "Reached only through a catch-all (all stakeholders, the whole life cycle): everybody, hence nobody.",
    State.CONTINGENT: "Every link rests on words still in brackets.",
    State.STALE: "Every link was made against a wording since revised.",
    State.NOT_APPLICABLE: "Recorded as such, with a reason.",
    State.NOT_ASSESSED: "Nobody has looked. Not a gap.",
    State.GAP: "Somebody looked, and there is nothing.",
}


def write_read_me(book: Workbook, source: Source, standing: Standing) -> None:
    """What this is, what to beware of, what the signs mean."""
    report = standing.report
    sheet = SheetWriter(book, "Read me", (Field("About", 30), Field("", 110)), rows=0)
    unverified = (
        f"{report.unverified} of {report.targets} wordings are recalled and not checked against the official text. What is "
        "said about those targets may change when somebody checks them."
        if report.unverified
        else "Every wording was seen in its source."
    )
    rows: list[tuple[object, object]] = [
        ("Framework", report.framework_label),
        ("Data version", source.data_version),
        ("Made by", f"TargetGraph {__version__}: targetgraph export xlsx --framework {report.framework}"),
        ("Licence", Linked("CC BY 4.0: credit TargetGraph contributors, with the data version", LICENCE)),
        ("Beware: wordings", unverified),
        ("Beware: links", "Most links are readings. Named, implied and judged never count alike; see the column Basis."),
        ("Beware: texts", "Targets are paraphrased. The official text belongs to the body that adopted it."),
        ("About the data", report.note),
        ("Gaps", f"{len(report.gaps)}, {report.accepted} of them accepted. Ranked by severity times certainty."),
        ("Coverage", "Computed on links; a link to something narrower covers what is broader, never the other way round."),
        ("Recompute", f"targetgraph gaps --framework {report.framework}; targetgraph coverage targets DIMENSION"),
    ]  # fmt: skip
    for row in rows:
        sheet.add(row)
    sheet.add(())
    sheet.add(("State of a cell", "Meaning"))
    for state in State:
        sheet.add((state, _MEANING[state]))


def write_targets(book: Workbook, source: Source, standing: Standing) -> None:
    """Every target with its state in each dimension and how many gaps it has."""
    graph, table = source.coded, source.coded.targets
    dimensions = [graph.dimension(code) for code in MARKED_BY if code in graph.dimensions]
    fields = (
        Field("No.", 8), Field("Target", 34), Field("Paraphrase", 60), Field("Objective", 30), Field("Due", 8),
        Field("Status", 12), Field("End state checkable", 12), Field("On its end state", 36), Field("Wording", 12),
        Field("Confidence", 11), *(Field(d.declaration.label, 16) for d in dimensions), Field("Gaps", 7),
    )  # fmt: skip
    sheet = SheetWriter(book, "Targets", fields, len(standing.targets), frozen=2)
    objectives = graph.tables["objectives"]
    for target in standing.targets.tolist():
        heading, objective = target_heading(graph, target), int(table.objective[target])
        sheet.add(
            (
                heading.code, Linked(heading.label, heading.iri), table.summary[target],
                f"{objectives.notation[objective]} {objectives.label[objective]}" if objective >= 0 else "",
                int(table.deadline[target]) or None, _words(table.status[target]),
                _MEASURABLE[int(table.measurability[target])], table.measurability_note[target],
                STATUS_WORDS[int(table.verification[target])], round(float(table.confidence[target]), 3),
                *(standing.row_state(target, d) for d in dimensions), len(standing.gaps_of.get(heading.iri, ())),
            )
        )  # fmt: skip


def _words(iri: str) -> str:
    """A value of one of our lists as people read it."""
    name = iri.rpartition("#")[2]
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()


def write_reached(book: Workbook, source: Source, standing: Standing, code: str, name: str) -> None:
    """For each column of a dimension: the state it is in, and which targets are tied to it and how."""
    graph = source.coded
    dimension = graph.dimension(code)
    links, concepts = dimension.links, dimension.concepts
    own = standing.links(dimension)
    more = code == "indicators"
    fields = (
        Field("Code", 10), Field(dimension.declaration.singular.capitalize(), 44), Field("Catch-all", 10),
        *((Field("Adoption", 18),) if more else ()),
        Field("Best state", 16), Field("Targets, named in the text", 12), Field("Which", 30),
        Field("Targets, implied or judged", 12), Field("Which", 30), Field("Gaps", 7),
    )  # fmt: skip
    used = set(links.concept[own].tolist())
    shown = sorted({*dimension.columns.tolist(), *used})
    sheet = SheetWriter(book, name, fields, len(shown), frozen=2)
    for concept in shown:
        mine = own[links.concept[own] == concept]
        named = [int(n) for n in mine if links.basis[n] == 0]
        others = [int(n) for n in mine if links.basis[n] != 0]
        thing = source.described.get(concepts.iri[concept])
        adoption = _words(thing.iri_of(TG.adoptionStatus)) if thing else ""
        sheet.add(
            (
                concepts.notation[concept], Linked(concepts.label[concept], concepts.iri[concept]),
                "yes" if concepts.umbrella[concept] else "", *((adoption,) if more else ()),
                standing.column_state(concept, dimension),
                *_told(source, links, named), *_told(source, links, others),
                len(standing.gaps_of.get(concepts.iri[concept], ())),
            )
        )  # fmt: skip


def _told(source: Source, links: object, numbers: list[int]) -> tuple[int, str]:
    """How many targets some links come from, and their numbers."""
    targets = sorted({int(links.target[n]) for n in numbers})  # type: ignore[attr-defined]  # columns by name
    return len(targets), ", ".join(source.coded.targets.notation[t] for t in targets)


def write_coverage(book: Workbook, source: Source, standing: Standing, code: str) -> None:
    """A coverage matrix: symbol, word and number of links in each cell, and a pattern."""
    matrix = coverage(source.coded, TARGETS, code, standing.report.framework)
    fields = [Field("No.", 8), Field("Target", 40), *(Field(h.label, 13) for h in matrix.columns)]
    sheet = SheetWriter(book, f"Coverage {code}", fields, len(matrix.rows), frozen=2, turned=2)
    for row, states, counts in zip(matrix.rows, matrix.states.tolist(), matrix.counts.tolist(), strict=True):
        cells = ((State(s), int(c)) for s, c in zip(states, counts, strict=True))
        sheet.add((row.code, Linked(row.label, row.iri), *cells))
    tally = ", ".join(f"{state_text(state)} {number}" for state, number in matrix.tally().items() if number)
    sheet.add(())
    sheet.add(("", f"{matrix.states.size} cells: {tally}"))


def write_gaps(book: Workbook, standing: Standing) -> None:
    """Every gap, ranked, with reason, evidence, certainty and the query that shows it."""
    gaps = standing.report.gaps
    fields = (
        Field("Place", 7), Field("Rank", 7), Field("Status", 10), Field("Kind", 17), Field("Dimension", 12),
        Field("Subject", 12), Field("Label", 24), Field("What is missing", 44), Field("Why it counts", 36),
        Field("Severity", 9), Field("Certainty", 9), Field("How sure", 9), Field("Why so sure", 26), Field("Evidence", 56),
        Field("Shown by", 32), Field("First seen", 11), Field("Accepted because", 20),
    )  # fmt: skip
    sheet = SheetWriter(book, "Gaps", fields, len(gaps), frozen=2)
    for place, gap in enumerate(gaps, 1):
        evidence = "\n".join(f"{e.text} [{e.status}]" if e.status else e.text for e in gap.evidence)
        parameters = "".join(f" --param {shlex.quote(f'{k}={v}')}" for k, v in gap.parameters.items())
        sheet.add(
            (
                place, round(gap.rank, 4), gap.status, Linked(gap.kind, gap.iri), gap.dimension, gap.subject,
                gap.subject_label, gap.sentence,
                gap.because, float(gap.severity), float(gap.certainty.weight), gap.certainty.level, gap.certainty.reason,
                evidence, f"targetgraph query {gap.query}{parameters}",
                date.fromisoformat(gap.first_seen) if gap.first_seen else None, gap.accepted_because,
            )
        )  # fmt: skip


def write_links(book: Workbook, source: Source, code: str) -> None:
    """Every link of the framework, from the statements themselves: what it ties, on what basis, how sure, whence."""
    rdf_type, described = PREFIXES["rdf"] + "type", source.described
    links = [t for t in source.things([source.framework_graph(code)]) if TG.Link in t.iris(rdf_type)]
    fields = (
        Field("Target", 9), Field("Label", 34), Field("Kind", 18), Field("Is tied to", 40), Field("Role", 14),
        Field("Basis", 18), Field("Confidence", 11), Field("Verification", 12), Field("Reason", 50), Field("Whose claim", 24),
        Field("Source", 50),
    )  # fmt: skip
    sheet = SheetWriter(book, "Links", fields, len(links), frozen=2)
    for link in links:
        subject, end = described.get(link.iri_of(TG.linkSubject)), link.iri_of(TG.concerns)
        kind = next((_words(t) for t in link.iris(rdf_type) if t != TG.Link), "link")
        whose = described.get(link.iri_of(PREFIXES["prov"] + "wasAttributedTo"))
        sources = link.iris(PREFIXES["dct"] + "source")
        sheet.add(
            (
                subject.text(PREFIXES["skos"] + "notation") if subject else "", subject.label if subject else "",
                Linked(kind, link.iri),
                Linked(described[end].label if end in described else end, end), _words(link.iri_of(TG.role)),
                _words(link.iri_of(TG.basis)), float(link.text(TG.confidence) or 0), _words(link.iri_of(TG.verification)),
                link.text(TG.rationale), whose.label if whose else "",
                Linked("\n".join(sources), sources[0]) if sources else "",
            )
        )  # fmt: skip
