from __future__ import annotations

import pytest

from targetgraph.errors import QueryError
from targetgraph.library import Iri, question_from_text
from targetgraph.namespaces import PREFIXES
from targetgraph.store import EmbeddedStore, find, resolver

BASE = "https://w3id.org/targetgraph/"
TG, SKOS = PREFIXES["tg"], PREFIXES["skos"]
THINGS = [
    (BASE + "gfc", TG + "Framework", None),
    (BASE + "plan", TG + "Framework", None),
    (BASE + "gfc/target/A1", TG + "Target", "A1"),
    (BASE + "plan/target/A1", TG + "Target", "A1"),
    (BASE + "gfc/target/B2", TG + "Target", "B.2"),
    (BASE + "gfc/objective/A", TG + "Objective", "A"),
    (BASE + "scheme/actor/governments", TG + "ActorCategory", None),
    (BASE + "scheme/sector/waste", TG + "Sector", None),
    (BASE + "scheme/stage/waste", TG + "LifeCycleStage", None),
    ("http://metadata.un.org/sdg/12.4", TG + "SdgTarget", "12.4"),
    (BASE + "gfc/link/B2/sector/energy", TG + "Link", None),
    (BASE + "scheme/sector/energy", TG + "Sector", None),
    (TG + "Adopted", SKOS + "Concept", None),
    (BASE + "document/quote\"s'", TG + "Document", None),
]


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    lines = []
    for iri, kind, notation in THINGS:
        iri = iri.replace('"', "%22")
        lines.append(f"<{iri}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{kind}> <urn:g> .\n")
        if notation:
            lines.append(f'<{iri}> <{SKOS}notation> "{notation}" <urn:g> .\n')
    return EmbeddedStore.in_memory("".join(lines))


FOUND = [
    ("gfc", "", "gfc"), ("gfc/A1", "", "gfc/target/A1"), ("plan/A1", "Target", "plan/target/A1"),
    ("B2", "", "gfc/target/B2"),
    ("B.2", "", "gfc/target/B2"), ("b2", "", "gfc/target/B2"), ("A", "", "gfc/objective/A"),
    ("governments", "", "scheme/actor/governments"), ("Governments", "", "scheme/actor/governments"),
    ("waste", "Sector", "scheme/sector/waste"), ("waste", "LifeCycleStage", "scheme/stage/waste"),
    ("stage/waste", "", "scheme/stage/waste"), ("energy", "", "scheme/sector/energy"),
    ("12.4", "", "http://metadata.un.org/sdg/12.4"), ("sdg/12.4", "", "http://metadata.un.org/sdg/12.4"),
    ("Adopted", "", TG + "Adopted"), ("adopted", "", TG + "Adopted"), ("target/B2", "", "gfc/target/B2"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "among", "tail"), FOUND)
def test_a_code_is_found(store: EmbeddedStore, code: str, among: str, tail: str) -> None:
    expected = tail if tail.startswith("http") else BASE + tail
    assert find(store, code, TG + among if among else "") == Iri(expected)


def test_every_code_is_there() -> None:
    assert len(FOUND) == 18


def test_several_things_are_listed(store: EmbeddedStore) -> None:
    with pytest.raises(QueryError, match=r"several things: gfc:A1, <https://w3id.org/targetgraph/plan/target/A1>"):
        find(store, "A1")
    with pytest.raises(QueryError, match="sector:waste, stage:waste"):
        find(store, "waste")


@pytest.mark.parametrize("code", ["nothing", "gfc/Z9", 'a"b', "a\\", "') || true || ('", "/", "#", "a/b/c", "*"])
def test_what_is_not_there(store: EmbeddedStore, code: str) -> None:
    with pytest.raises(QueryError, match="nothing here is called") as caught:
        find(store, code)
    assert caught.value.problems[0].remedy


def test_the_closest_is_suggested(store: EmbeddedStore) -> None:
    with pytest.raises(QueryError, match="scheme/actor/governments"):
        find(store, "goverments")


def test_a_question_with_codes(store: EmbeddedStore) -> None:
    head = "# summary: s\n# question: q\n# param: t iri(tg:Target) = gfc/A1 -- m\n# column: f -- m\n# tags: t\n"
    question = question_from_text(head + "SELECT (STR(?t) AS ?f) {}\n", "x.rq")
    resolve = resolver(store)
    assert store.select(question.text({}, resolve)).values() == [(BASE + "gfc/target/A1",)]
    assert store.select(question.text({"t": "B2"}, resolve)).values() == [(BASE + "gfc/target/B2",)]
    with pytest.raises(QueryError, match="among the instances of tg:Target"):
        question.text({"t": "governments"}, resolve)
