"""Random collections of records that are right."""

from __future__ import annotations

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
    st.characters(exclude_categories=["Cs"], exclude_characters=_UNWRITABLE), min_size=1, max_size=30
).filter(lambda text: text.strip() and not text.lstrip().startswith(_FORMULA) and text[0] not in "\t\r")
text = st.just("") | filled
identifier = st.from_regex(r"[a-z0-9][a-z0-9.-]{0,8}", fullmatch=True)
name = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9.-]{0,5}", fullmatch=True)
year = st.integers(1900, 2200)
date = (
    st.just("")
    | year.map(str)
    | st.builds("{}-{:02}".format, year, st.integers(1, 12))
    | (st.dates().filter(lambda day: 1900 <= day.year <= 2200).map(str))
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
            measures_framework=draw(_one([framework])), sdg_indicators=draw(_some(codes)),
            custodian=draw(text),
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
        Wording(framework=framework, target=own, language="en", document=documents[0], text=draw(text)) for own in names
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
                role=draw(roles) if kind == "actor" else "", confidence=draw(confidence),
                sources=draw(sources),
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
    pairs = [(a, b) for a in names for b in names if a < b]
    return Collection(
        actors=actors,
        sectors=sectors,
        stages=stages,
        issues=issues,
        sdgs=sdgs,
        sdg_indicators=sdg_indicators,
        indicators=indicators,
        documents=tuple(
            Document(id=own, kind=draw(filled), title=draw(filled), date_start=draw(date),
                place_held=draw(text))
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
