"""Random collections of records that are right, and the tables that say the same."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from hypothesis import strategies as st

from targetgraph.records import (
    Actor,
    Assessment,
    Collection,
    Dependency,
    Document,
    Framework,
    Indicator,
    Issue,
    Lineage,
    Link,
    Objective,
    Passage,
    SdgEntry,
    SdgIndicator,
    Sector,
    Stage,
    Target,
    Wording,
)

_UNWRITABLE = "".join(map(chr, (*range(9), 11, 12, *range(14, 32), 127, 0xFFFE, 0xFFFF)))
_FORMULA = tuple("=+-@＝＋－＠")

filled = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters=_UNWRITABLE), min_size=1, max_size=30
).filter(lambda text: text.strip() and not text.lstrip().startswith(_FORMULA) and text[0] not in "\t\r")
text = st.just("") | filled
identifier = st.from_regex(r"[a-z0-9][a-z0-9.-]{0,8}", fullmatch=True)
name = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9.-]{0,5}", fullmatch=True)
year = st.integers(1900, 2200)
date = st.just("") | year.map(str) | st.builds("{}-{:02}".format, year, st.integers(1, 12)) | (
    st.dates().filter(lambda day: 1900 <= day.year <= 2200).map(str)
)
known = st.sampled_from(["sourced", "recalled"])
confidence = st.sampled_from(["high", "medium", "low"])
state = st.sampled_from(["proposed", "under-negotiation", "adopted", "superseded", "dropped"])
labels = st.fixed_dictionaries({"en": filled}, optional={"fr": filled, "ar": filled, "pt-BR": filled})
pages = st.sampled_from(["https://example.org/a;b", "http://example.org:80/?q=%20#x", "https://é.example/(a)"])


def _some(ids: list[str], at_most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    if not ids:
        return st.just(())
    return st.lists(st.sampled_from(ids), max_size=at_most, unique=True).map(tuple)


def _one(ids: list[str], or_none: bool = True) -> st.SearchStrategy[str]:
    return st.sampled_from([*ids, ""] if or_none else ids)


@st.composite
def collections(draw: st.DrawFn) -> Collection:
    """A collection whose references hold; every table has at least one row."""

    def ids(kind: st.SearchStrategy[str] = identifier) -> list[str]:
        return draw(st.lists(kind, min_size=1, max_size=3, unique=True))

    documents = ids()
    sources = st.lists(pages | st.sampled_from(documents), max_size=3).map(tuple)

    def entry(own: str, above: list[str] | None = None) -> dict[str, object]:
        tree = {} if above is None else {"broader": draw(_one(above)), "umbrella": draw(st.booleans())}
        return {
            "id": own,
            "labels": draw(labels),
            "kind": draw(text),
            "note": draw(text),
            "status": draw(known),
            "sources": draw(sources),
            **tree,
        }

    def trees() -> list[tuple[str, list[str]]]:
        found = ids()
        return [(own, found[:position]) for position, own in enumerate(found)]

    actors = tuple(
        Actor(**{**entry(own, above), "kind": draw(st.sampled_from(["category", "organisation"]))},  # type: ignore[arg-type]
              wikidata=draw(st.sampled_from(["", "Q7"])), homepage=draw(st.just("") | pages))
        for own, above in trees()
    )  # fmt: skip
    sectors = tuple(Sector(**entry(own, above), isic_section=draw(text)) for own, above in trees())  # type: ignore[arg-type]
    stages = tuple(
        Stage(**entry(own, above), order=draw(st.integers(0, 99)), definition=draw(text))  # type: ignore[arg-type]
        for own, above in trees()
    )
    issues = tuple(Issue(**entry(own), year=draw(st.none() | year), session=draw(text)) for own in ids())  # type: ignore[arg-type]
    goals = ids()
    sdgs = tuple(
        SdgEntry(
            id=own, labels={"en": draw(filled)}, level="goal" if not number else "target", goal=goals[0],
            broader=goals[0] if number else "", iri=f"http://metadata.un.org/sdg/{own}", status=draw(known),
            deadline=draw(st.none() | year), sources=draw(sources), note=draw(text),
        )
        for number, own in enumerate(goals)
    )  # fmt: skip
    codes = ids()
    sdg_indicators = tuple(
        SdgIndicator(
            code=code, target=draw(_one(goals, or_none=False)), label=draw(filled), permanent_code=draw(text),
            repeats=draw(_one(codes)), current=draw(st.booleans()), note=draw(text), status=draw(known),
        )
        for code in codes
    )  # fmt: skip
    framework = draw(identifier.map(lambda own: f"plan-{own}"))
    indicators = tuple(
        Indicator(
            **{**entry(own), "labels": {"en": draw(filled)}},  # type: ignore[arg-type]
            adoption=draw(st.sampled_from(["adopted", "adopted-elsewhere", "proposed", "structure-only"])),
            measures_framework=draw(_one([framework])), sdg_indicators=draw(_some(codes)), custodian=draw(text),
        )
        for own in ids()
    )  # fmt: skip
    objectives = ids(name)
    names = ids(name)
    targets = tuple(
        Target(
            framework=framework, id=own, order=number, objective=draw(_one(objectives)), status=draw(state),
            label=draw(filled), summary=draw(filled), deadline=draw(st.none() | year), note=draw(text),
            measurable=draw(st.sampled_from(["yes", "partly", "no", ""])), verification=draw(known),
            scope_phrases=draw(_some([stage.id for stage in stages])), confidence=draw(confidence),
            sources=draw(sources), partial_evidence=draw(sources),
        )
        for number, own in enumerate(names, 1)
    )  # fmt: skip
    wordings = tuple(
        Wording(framework=framework, target=own, language="en", document=documents[0], text=draw(text))
        for own in names
    )
    passages = []
    for wording in wordings:
        start = draw(st.integers(0, max(0, len(wording.text) - 1)))
        quote = wording.text[start : start + draw(st.integers(1, 9))] if wording.text else draw(filled)
        if quote.strip() and not quote.lstrip().startswith(_FORMULA) and quote[0] not in "\t\r":
            held = bool(wording.text)
            passages.append(
                Passage(
                    framework=framework, target=wording.target, id=draw(name), quote=quote,
                    kind=draw(st.sampled_from(["bracket", "emphasis", "hedge"])), document=wording.document,
                    start=start if held else None, end=start + len(quote) if held else None,
                )
            )  # fmt: skip
    concepts = {
        "actor": [a.id for a in actors], "sector": [s.id for s in sectors], "stage": [s.id for s in stages],
        "sdg": goals, "indicator": [i.id for i in indicators], "issue": [i.id for i in issues],
    }  # fmt: skip
    roles = st.sampled_from(["responsible", "provider", "beneficiary", "object", "channel", "owner", "unstated"])
    links = []
    for kind, there in concepts.items():
        subject = draw(_one(names, or_none=False))
        resting = [passage.id for passage in passages if passage.target == subject]
        links.append(
            Link(
                framework=framework, subject=subject, kind=kind, concept=draw(_one(there, or_none=False)),
                basis=draw(st.sampled_from(["named", "implied", "judged"])), rationale=draw(text),
                role=draw(roles) if kind == "actor" else "", confidence=draw(confidence), sources=draw(sources),
                rests_on=draw(_one(resting)), verification=draw(known | st.just("judged")),
            )
        )  # fmt: skip
    of_issue = Link(framework="", subject=issues[0].id, kind="stage", concept=stages[0].id, basis="judged")
    frameworks = (
        Framework(
            id=framework, label=draw(filled), short_label=draw(filled), status=draw(state), date=draw(date),
            document=draw(_one(documents)), verification=draw(known), sources=draw(sources), note=draw(text),
        ),
    )  # fmt: skip
    lineage = tuple(
        Lineage(framework=framework, proposal=own, relation="dropped", rationale=draw(text)) for own in names
    )
    pairs = [(a, b) for a in names for b in names if a != b]
    return Collection(
        actors=actors,
        sectors=sectors,
        stages=stages,
        issues=issues,
        sdgs=sdgs,
        sdg_indicators=sdg_indicators,
        indicators=indicators,
        documents=tuple(
            Document(id=own, kind=draw(filled), title=draw(filled), date_start=draw(date), place_held=draw(text))
            for own in documents
        ),
        frameworks=frameworks,
        objectives=tuple(Objective(framework=framework, id=own, label=draw(filled)) for own in objectives),
        targets=targets,
        wordings=wordings,
        passages=tuple(passages),
        links=(*links, of_issue),
        lineage=lineage,
        dependencies=tuple(Dependency(framework=framework, target=a, needs=b) for a, b in pairs),
        assessments=(
            Assessment(framework=framework, dimension="stages", result="assessed", date=draw(date)),
            Assessment(
                framework=framework, dimension="stages", result="not-applicable", target=names[0],
                concept=stages[0].id, reason=draw(text),
            ),
        ),
    )  # fmt: skip


# --- the same as tables, by other means than the importer's ---------------------------------------------------

_NAMES = {
    "sources": "source", "place_held": "place", "measures_framework": "measures_framework",
    "sdg_indicators": "sdg_indicator", "scope_phrases": "scope_phrase", "permanent_code": "un_permanent_code",
    "repeats": "repeats_code", "current": "in_global_framework_2024",
}  # fmt: skip
_DROPPED = {"place", "order", "start", "end", "labels"}


def _cell(value: object, separator: str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return separator.join(value)
    return "" if value is None else str(value)


def _cells(record: object, **renamed: str) -> dict[str, str]:
    cells: dict[str, str] = {}
    for kind in reversed(type(record).__mro__):
        for field in getattr(kind, "__slots__", ()):
            separator = " ; " if field in ("sources", "partial_evidence") else ";"
            column = renamed.get(field, _NAMES.get(field, field))
            if column and field not in _DROPPED:
                cells[column] = _cell(getattr(record, field), separator)
    if hasattr(record, "labels"):
        cells.update({f"label_{language}": label for language, label in record.labels.items()})
    return cells


def _write(path: Path, rows: Iterable[Mapping[str, str]]) -> None:
    listed = list(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not listed:
        return
    heading = list(dict.fromkeys(column for row in listed for column in row))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, heading, restval="")
        writer.writeheader()
        writer.writerows(listed)


def _plain_label(cells: dict[str, str]) -> dict[str, str]:
    return {("label" if column == "label_en" else column): cell for column, cell in cells.items()}


def _passage_cells(passage: Passage, collection: Collection) -> dict[str, str]:
    cells = _cells(passage, framework="")
    [wording] = [w for w in collection.wordings if w.target == passage.target]
    if passage.start is not None:
        starts = [at for at in range(len(wording.text)) if wording.text.startswith(passage.quote, at)]
        cells["occurrence"] = str(starts.index(passage.start) + 1)
    return cells


def write_tables(collection: Collection, folder: Path) -> None:
    """Write a collection as the tables of a folder."""
    [framework] = collection.frameworks
    plain_id = {"broader": "", "umbrella": ""}
    _write(folder / "actors.csv", (_cells(r) for r in collection.actors))
    _write(folder / "sectors.csv", (_cells(r) for r in collection.sectors))
    _write(folder / "stages.csv", ({**_cells(r), "order": str(r.order)} for r in collection.stages))
    _write(folder / "issues.csv", (_cells(r, **plain_id) for r in collection.issues))
    sdg = {**plain_id, "kind": "", "iri": "un_iri", "deadline": "deadline_year"}
    _write(folder / "sdgs.csv", (_plain_label(_cells(r, **sdg)) for r in collection.sdgs))
    _write(folder / "sdg_indicators.csv", (_cells(r, iri="un_iri") for r in collection.sdg_indicators))
    _write(folder / "indicators.csv", (_plain_label(_cells(r, **plain_id)) for r in collection.indicators))
    _write(folder / "documents.csv", (_cells(r) for r in collection.documents))
    _write(folder / "frameworks.csv", (_cells(r) for r in collection.frameworks))
    _write(folder / "objectives.csv", (_cells(r) for r in collection.objectives))
    _write(folder / "lineage.csv", (_cells(r) for r in collection.lineage))
    _write(folder / "dependencies.csv", (_cells(r) for r in collection.dependencies))
    _write(folder / "assessments.csv", (_cells(r) for r in collection.assessments))
    link = {"framework": "", "kind": "dimension", "verification": "status"}
    inside = folder / framework.id
    _write(inside / "targets.csv", (_cells(r, framework="") for r in collection.targets))
    _write(inside / "wordings.csv", (_cells(r, framework="") for r in collection.wordings))
    _write(inside / "passages.csv", (_passage_cells(r, collection) for r in collection.passages))
    of_targets = (_cells(r, subject="target", **link) for r in collection.links if r.framework)
    _write(inside / "links.csv", of_targets)
    issue_link = {**link, "subject": "issue", "rests_on": "", "made_against": "", "role": ""}
    _write(folder / "issue_links.csv", (_cells(r, **issue_link) for r in collection.links if not r.framework))
