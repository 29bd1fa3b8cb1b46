"""Answers on issues, documents, vocabularies, evidence and exchange, against the tables themselves."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from pathlib import Path

from targetgraph import resources
from tests.queries.curated import Grouped, by_concept, by_target, deadline, links, rolled_up, table, targets, upward
from tests.queries.engines import Engines

ALL = set(targets())


def _acting() -> Grouped:
    """Actors that the text makes responsible, by target."""
    return by_target(links("actor", "named", acting=True))


def test_sectors_of_issues(engines: Engines) -> None:
    touched = {(row["issue"], row["concept"]) for row in table("issue_links") if row["dimension"] == "sector"}
    named = by_concept(rolled_up("sectors", links("sector", "named")))
    implied = by_concept(rolled_up("sectors", links("sector", "implied")))
    rows = engines.rows("issues/issues-and-their-sectors")
    assert {(r["issue"], r["concept"]): (int(r["named_by"]), int(r["implied_by"])) for r in rows} == {
        (issue, sector): (len(named[sector]), len(implied[sector])) for issue, sector in touched
    }


def test_timeline(engines: Engines) -> None:
    dated = {row["id"] for row in table("documents") if row["date_start"]}
    assert set(engines.column("documents/timeline", "thing")) == dated


def test_missing_translations(engines: Engines) -> None:
    for scheme, name in (("actor", "actors"), ("sector", "sectors"), ("stage", "stages"), ("issue", "issues")):
        iri = f"<https://w3id.org/targetgraph/scheme/{scheme}>"
        missing = {row["id"] for row in table(name) if not row["label_fr"]}
        found = engines.column("vocabularies/concepts-without-label", "concept", {"scheme": iri})
        assert set(found) == missing, scheme


def test_names_in_six_languages(engines: Engines) -> None:
    columns = {"english": "en", "french": "fr", "spanish": "es", "arabic": "ar", "chinese": "zh", "russian": "ru"}
    rows = {r["concept"]: r for r in engines.rows("vocabularies/labels-in-six-languages")}
    assert len(rows) == len(table("sectors"))
    for row in table("sectors"):
        for column, language in columns.items():
            assert rows[row["id"]].get(column, "") == row[f"label_{language}"]


def test_depth_in_the_tree(engines: Engines) -> None:
    rows = engines.rows("vocabularies/tree")
    assert {r["concept"]: int(r["depth"]) for r in rows} == {
        row["id"]: len(upward("actors", row["id"])) - 1 for row in table("actors")
    }


def test_hashes_are_those_of_the_tables(engines: Engines) -> None:
    folder = resources.tables()
    expected = {
        str(path.relative_to(folder)): "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*.csv")
    }
    solutions = engines.store.select(engines.text("exchange/tables-and-hashes"), limits=None)
    found = {str(r["table"]).partition("/table/")[2]: str(r["hash"]) for r in solutions}
    assert found == expected


def test_statements_are_counted_line_by_line(engines: Engines, dataset: Path) -> None:
    lines = dataset.read_text(encoding="utf-8").splitlines()
    expected = Counter(re.findall(r"<([^>]*)> \.$", line)[-1].rsplit("/", 1)[-1] for line in lines)
    rows = engines.rows("exchange/statements-per-graph")
    assert {r["graph"]: int(r["statements"]) for r in rows} == expected


def test_links_to_other_datasets(engines: Engines) -> None:
    expected = Counter(
        {
            "purl.unep.org": sum(bool(row["sdgio_iri"]) for row in table("sdgs")),
            # and UNIDO, which stands in ontology/alignments.sssom.tsv alone
            "www.wikidata.org": sum(bool(row["wikidata"]) for row in table("actors")) + 1,
        }
    )
    assert Counter(engines.column("exchange/links-to-other-datasets", "dataset")) == expected


def test_target_table(engines: Engines) -> None:
    rows = engines.rows("exchange/target-table")
    assert {r["number"] for r in rows} == ALL
    for row in rows:
        number = row["number"]
        assert int(row["actors_named"]) == len(_acting()[number])
        assert int(row["sectors_named"]) == len(by_target(links("sector", "named"))[number])
        assert int(row["sdg_targets"]) == len(by_target(links("sdg"))[number])
        assert row.get("due", "") == str(deadline(number) or "")


# What one target's evidence amounts to, in three forms.


def test_fact_sheet_has_every_link(engines: Engines) -> None:
    expected = Counter(row["concept"] for row in table("gfc/links") if row["target"] == "A7")
    expected.update(row["needs"] for row in table("dependencies") if row["target"] == "A7")
    rows = engines.rows("evidence/fact-sheet")
    assert Counter(r["concept"] for r in rows) == expected
    named = {r["concept"] for r in rows if r["basis"] == "named in the text"}
    assert named == {"stakeholders", "agriculture", "agricultural-use", "ioc-hhp"}


def test_evidence_names_the_words_and_the_brackets(engines: Engines) -> None:
    (row,) = engines.rows("evidence/evidence-for-a-link")
    assert (row["words"], row["in_brackets"], row["basis"]) == ("[and waste]", "true", "implied")


def test_target_as_graph_holds_its_text_and_links(engines: Engines) -> None:
    text = engines.text("evidence/target-as-graph", {"target": "beyond2020/P2"})
    triples = engines.store.construct(text, limits=None).triples
    wording = next(row["text"] for row in table("beyond2020/wordings") if row["target"] == "P2")
    assert wording in {str(t.object) for t in triples}
    made = sum(row["target"] == "P2" for row in table("beyond2020/links"))
    made += sum(row["proposal"] == "P2" for row in table("lineage"))
    assert sum(str(t.predicate).endswith("#linkSubject") for t in triples) == made


def test_plain_links_say_no_more_than_the_text(engines: Engines) -> None:
    triples = engines.store.construct(engines.text("exchange/plain-links"), limits=None).triples
    found = {
        (str(t.subject).rsplit("/", 1)[-1], str(t.object).rsplit("/", 1)[-1])
        for t in triples
        if str(t.predicate).endswith("#namesStage")
    }
    assert found == set(links("stage", "named"))


def test_issues_of_concern(engines: Engines) -> None:
    linked = by_concept(links("issue"))
    rows = engines.rows("issues/issues-of-concern")
    assert {(r["issue"], r["since"], r["resolution"], int(r["targets"])) for r in rows} == {
        (row["id"], row["year"], row["resolution"], len(linked[row["id"]])) for row in table("issues")
    }


def test_sources_by_use(engines: Engines) -> None:
    pages = Counter(page for row in table("gfc/targets") for page in row["source"].split(" ; ") if page)
    rows = engines.store.select(engines.text("documents/sources-by-use"), limits=None)
    assert {str(r["source"]): int(str(r["targets"])) for r in rows if str(r["targets"]) != "0"} == pages


def test_sectors_and_isic(engines: Engines) -> None:
    rows = engines.rows("exchange/sectors-and-isic")
    assert {r["sector"]: (r.get("isic_section", ""), r.get("isic_division", "")) for r in rows} == {
        row["id"]: (row["isic_section"], row["isic_division"]) for row in table("sectors")
    }


def test_search_ignores_capitals(engines: Engines) -> None:
    words = [("en", "waste")]
    expected = {
        row["id"]
        for name in ("actors", "sectors", "stages", "issues")
        for row in table(name)
        for language, word in words
        if word in row[f"label_{language}"].lower()
    }
    found = set(engines.column("vocabularies/find-a-concept", "concept", {"word": "WASTE"}))
    assert expected <= found
    assert "waste-management" in expected


def test_things_are_counted_line_by_line(engines: Engines, dataset: Path) -> None:
    expected: Counter[tuple[str, str]] = Counter()
    for line in dataset.read_text(encoding="utf-8").splitlines():
        subject, predicate, rest = line.split(" ", 2)
        if predicate.endswith("rdf-syntax-ns#type>") and subject:
            kind, graph = rest.split(" ")[:2]
            expected[graph.strip("<>"), kind.strip("<>")] += 1
    rows = engines.store.select(engines.text("exchange/things-per-class"), limits=None)
    assert {(str(r["graph"]), str(r["class"])): int(str(r["things"])) for r in rows} == expected
