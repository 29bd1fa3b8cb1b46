"""The modelled data against the curated tables, read here with the csv module."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from rdflib import RDF, SKOS, Graph, Literal, Namespace, URIRef

from targetgraph import iris, resources
from targetgraph.namespaces import PREFIXES, TG
from targetgraph.store import StoreFolder
from tests.oracle.frameworks import read

OA = Namespace(PREFIXES["oa"])
SDG = "http://metadata.un.org/sdg/"


@pytest.fixture(scope="module")
def graph(built_store: Path) -> Graph:
    return read(StoreFolder(built_store).current().dataset)


def rows(name: str) -> list[dict[str, str]]:
    with (resources.tables() / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def instances(graph: Graph, cls: str) -> set[str]:
    return {str(s) for s in graph.subjects(RDF.type, URIRef(cls))}


def test_numbers_of_things(graph: Graph) -> None:
    assert len(instances(graph, TG.Target)) == 28 + 5
    assert len(instances(graph, TG.SdgGoal)) == 17
    assert len(instances(graph, TG.SdgTarget)) == 169
    assert len(instances(graph, TG.Sector)) == 31
    assert len(instances(graph, TG.LifeCycleStage)) == 19
    assert len(instances(graph, TG.IssueOfConcern)) == 8
    assert len(instances(graph, TG.Indicator)) == 44
    assert len(instances(graph, TG.ActorCategory)) + len(instances(graph, TG.Organisation)) == 83
    assert len(instances(graph, TG.Framework)) == 2


def test_every_row_of_links_is_a_link(graph: Graph) -> None:
    expected = sum(len(rows(f"{f}/links.csv")) for f in ("gfc", "beyond2020"))
    expected += len(rows("issue_links.csv")) + len(rows("lineage.csv")) + len(rows("dependencies.csv"))
    links = instances(graph, TG.Link)
    assert len(links) == expected > 600
    for link in map(URIRef, links):
        for prop in (TG.basis, TG.confidence, TG.verification, TG.linkSubject):
            assert graph.value(link, URIRef(prop)) is not None, (link, prop)


def test_sdg_indicators_are_248_entries_of_231_indicators(graph: Graph) -> None:
    """The United Nations' own figures, which the notes on the data quote."""
    current = [
        s
        for s in graph.subjects(RDF.type, URIRef(TG.SdgIndicator))
        if (s, URIRef(TG.inGlobalFramework), Literal(True)) in graph
    ]
    codes = {r["code"] for r in rows("sdg_indicators.csv") if r["in_global_framework_2024"] == "yes"}
    notations = {str(n) for s in current for n in graph.objects(s, SKOS.notation)}
    assert codes <= notations
    assert (len(codes), len(current)) == (248, 231)


def test_un_iris_are_those_of_the_un(graph: Graph) -> None:
    assert SDG + "12.4" in instances(graph, TG.SdgTarget)
    assert (URIRef(SDG + "12.4"), SKOS.broader, URIRef(SDG + "12")) in graph
    assert SDG + "C120401" in instances(graph, TG.SdgIndicator)


def test_passages_cut_their_quotation_out_of_the_wording(graph: Graph) -> None:
    found = 0
    for passage in graph.subjects(RDF.type, URIRef(TG.Passage)):
        wording = graph.value(passage, OA.hasSource)
        selector = graph.value(passage, OA.hasSelector)
        text = graph.value(wording, URIRef(TG.text))
        if text is None:
            assert graph.value(selector, OA.start) is None
            continue
        start, end = (int(str(graph.value(selector, p))) for p in (OA.start, OA.end))
        assert str(text)[start:end] == str(graph.value(selector, OA.exact))
        found += 1
    assert found == len(rows("beyond2020/passages.csv"))


def test_the_two_brackets_of_the_submission(graph: Graph) -> None:
    brackets = {str(s) for s in graph.subjects(RDF.type, URIRef(TG.BracketedPassage))}
    assert brackets == {iris.passage("beyond2020", p, "bracket-1") for p in ("P2", "P4")}


def test_official_text_is_absent_and_its_absence_stated(graph: Graph) -> None:
    wordings = list(graph.subjects(URIRef(TG.textStatus), URIRef(TG.TextNotReproduced)))
    assert len(wordings) == 28
    assert all(graph.value(w, URIRef(TG.text)) is None for w in wordings)


def test_a_missing_deadline_stays_missing(graph: Graph) -> None:
    undated = {t for t in instances(graph, TG.Target) if graph.value(URIRef(t), URIRef(TG.deadlineYear)) is None}
    blank = {(f, r["id"]) for f in ("gfc", "beyond2020") for r in rows(f"{f}/targets.csv") if not r["deadline"]}
    assert undated == {iris.target(*key) for key in blank}


def test_labels_in_six_languages(graph: Graph) -> None:
    for cls in (TG.Sector, TG.LifeCycleStage, TG.ActorCategory, TG.IssueOfConcern):
        for concept in instances(graph, cls):
            languages = {o.language for o in graph.objects(URIRef(concept), SKOS.prefLabel) if isinstance(o, Literal)}
            assert languages == {"en", "fr", "es", "ar", "zh", "ru"}, concept


def test_derived_properties_are_what_the_tables_say(graph: Graph) -> None:
    for framework in ("gfc", "beyond2020"):
        expected: dict[str, set[tuple[str, str]]] = {"namesSector": set(), "namesStage": set(), "towardsSdg": set()}
        for row in rows(f"{framework}/links.csv"):
            target = row["target"]
            if row["dimension"] == "sector" and row["basis"] == "named":
                expected["namesSector"].add((target, iris.concept("sector", row["concept"])))
            if row["dimension"] == "stage" and row["basis"] == "named":
                expected["namesStage"].add((target, iris.concept("stage", row["concept"])))
            if row["dimension"] == "sdg":
                expected["towardsSdg"].add((target, SDG + row["concept"]))
        for name, pairs in expected.items():
            found = {
                (str(s).rpartition("/")[2], str(o))
                for s, o in graph.subject_objects(URIRef(iris.TERMS + name))
                if str(s).startswith(iris.framework(framework) + "/")
            }
            assert found == pairs, name
            assert pairs


def test_a_custodian_that_somebody_fills_in_is_not_lost() -> None:
    """The bundled table names none, so that its loss would go unseen."""
    from targetgraph.modelling.dataset import model
    from targetgraph.records import Collection, Indicator

    indicator = Indicator(id="x", labels={"en": "X"}, adoption="proposed", custodian="A body")
    modelled = model(Collection(indicators=(indicator,)), Graph())
    subject = URIRef(iris.indicator("x"))
    assert str(modelled.graph("vocabularies").value(subject, URIRef(TG.custodian))) == "A body"
