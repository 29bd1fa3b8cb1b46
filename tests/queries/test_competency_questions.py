"""What the ontology must answer: by the library's queries, by answers written down, and by loops over the tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import product

import pytest
from rdflib import RDF, RDFS

from targetgraph import resources
from targetgraph.library import Library
from targetgraph.modelling import ontology
from tests.competency import ARROW, CompetencyQuestion, full, questions
from tests.queries.curated import (
    by_concept,
    by_target,
    caught,
    deadline,
    links,
    rolled_up,
    table,
    targets,
    umbrellas,
)
from tests.queries.engines import Engines

QUESTIONS = questions()
Rows = Iterable[tuple[str, ...]]


def _acting() -> dict[str, set[str]]:
    return by_target(links("actor", "named", acting=True))


def _single(names: Iterable[str]) -> Rows:
    return [(name,) for name in names]


def _actors_not_named() -> Rows:
    named = {a for _, a in rolled_up("actors", links("actor", "named"))}
    return _single({r["id"] for r in table("actors") if r["kind"] == "category"} - named - umbrellas("actors"))


def _category_of_each_body() -> Rows:
    kind = {r["id"]: r["kind"] for r in table("actors")}
    broader = {r["id"]: r["broader"] for r in table("actors")}
    for body in (b for b in kind if kind[b] != "category"):
        above = broader[body]
        while kind[above] != "category":
            above = broader[above]
        yield body, above


def _due_before_what_they_need() -> Rows:
    for row in table("dependencies"):
        due, needed = deadline(row["target"]), deadline(row["needs"])
        if due is not None and (needed is None or needed > due):
            yield row["target"], row["needs"]


def _stages_by_umbrella_only() -> Rows:
    particular = {s for _, s in rolled_up("stages", [p for p in links("stage") if p[1] not in umbrellas("stages")])}
    return _single({s for _, s in caught("stages", links("stage"))} - particular - umbrellas("stages"))


def _sectors_never_named() -> Rows:
    own = [(t, s) for t, s in links("sector") if s not in umbrellas("sectors")]
    named = {s for _, s in rolled_up("sectors", links("sector", "named"))}
    return _single({s for _, s in rolled_up("sectors", own)} - named)


def _sectors_by_stages() -> Rows:
    reached, somehow = [], []
    for dimension in ("sector", "stage"):
        vocabulary, every = dimension + "s", links(dimension)
        particular = [p for p in every if p[1] not in umbrellas(vocabulary)]
        reached.append(by_concept(rolled_up(vocabulary, particular)))
        somehow.append(by_concept([*rolled_up(vocabulary, every), *caught(vocabulary, every)]))
    sectors, stages = ({r["id"] for r in table(v)} - umbrellas(v) for v in ("sectors", "stages"))
    for sector, stage in product(sectors, stages):
        if not reached[0][sector] & reached[1][stage]:
            yield sector, stage, str(len(somehow[0][sector] & somehow[1][stage]))


def _fates() -> Rows:
    words = {
        "dropped": "dropped as a target",
        "became": "became (relation)",
        "shortened": "became, shortened",
        "content-in": "content survives in",
    }
    return [(r["proposal"], words[r["relation"]], r["successor"]) for r in table("lineage")]


def _lost_actors() -> Rows:
    still = {a for _, a in rolled_up("actors", links("actor", "named"))}
    return [(a, p) for p, a in links("actor", "named", framework="beyond2020") if a not in still]


def _looked_at() -> Rows:
    words = {"Goal": "goals", "SdgTarget": "sdgs"}
    kinds = ("Actor", "Goal", "Indicator", "Issue", "Mention", "SdgTarget", "Sector", "Stage")
    done = Counter((r["framework"], r["dimension"]) for r in table("assessments"))
    for framework, kind in product(("beyond2020", "gfc"), kinds):
        yield framework, f"{kind}Dimension", str(done[framework, words.get(kind, kind.lower() + "s")])


def _evidence_for_waste() -> Rows:
    quotes = {(r["target"], r["id"]): r["quote"] for r in table("beyond2020/passages")}
    bases = {"implied": "implied", "named": "named in the text", "judged": "curator's judgement"}
    for r in table("beyond2020/links"):
        if (r["target"], r["dimension"], r["concept"]) == ("P2", "stage", "waste"):
            yield quotes["P2", r["rests_on"]], bases[r["basis"]], str(r["rests_on"].startswith("bracket")).lower()


def _what_a3_needs() -> Rows:
    needs = by_target((r["target"], r["needs"]) for r in table("dependencies"))
    found: set[str] = set()
    new = {"A3"}
    while new:
        new = {n for t in new for n in needs[t]} - found
        found |= new
    return _single(found)


def _passages(framework: str, kind: str) -> Rows:
    return [(r["target"], r["quote"]) for r in table(f"{framework}/passages") if r["kind"] == kind]


def _texts() -> Rows:
    for framework in ("beyond2020", "gfc"):
        held = Counter(bool(r["text"]) for r in table(f"{framework}/wordings"))
        yield from ((framework, "text held" if k else "text not reproduced", str(n)) for k, n in held.items())


def _goals_not_served() -> Rows:
    served = {s.split(".")[0] for _, s in links("sdg")}
    return _single({r["id"] for r in table("sdgs") if r["level"] == "goal"} - served)


def _without_adopted_indicator() -> Rows:
    adopted = {r["id"] for r in table("indicators") if r["adoption"] == "adopted"}
    return _single(t for t in targets() if not by_target(links("indicator"))[t] & adopted)


#: What each question's answer is, by loops over the CSV files.
BY_LOOP: dict[str, Callable[[], Rows]] = {
    "CQ01": lambda: _single(set(targets()) - set(_acting())),
    "CQ02": lambda: _single(t for t, a in _acting().items() if a == {"governments"}),
    "CQ03": lambda: _single(t for t, a in _acting().items() if a <= umbrellas("actors")),
    "CQ04": _actors_not_named,
    "CQ05": _category_of_each_body,
    "CQ06": lambda: _single(t for t in targets() if deadline(t) is None),
    "CQ07": _due_before_what_they_need,
    "CQ08": _stages_by_umbrella_only,
    "CQ09": _sectors_never_named,
    "CQ10": _goals_not_served,
    "CQ11": lambda: [(s, str(len(t))) for s, t in by_concept(links("sdg")).items()],
    "CQ12": _without_adopted_indicator,
    "CQ13": _fates,
    "CQ14": _lost_actors,
    "CQ15": lambda: _passages("beyond2020", "bracket"),
    "CQ16": lambda: [(r["target"], r["concept"]) for r in table("beyond2020/links") if r["rests_on"]],
    "CQ17": _texts,
    "CQ18": lambda: _single(t for t, r in targets().items() if r["verification"] != "sourced"),
    "CQ19": _looked_at,
    "CQ20": _evidence_for_waste,
    "CQ21": lambda: _passages("gfc", "hedge"),
    "CQ22": lambda: [(r["id"], r["year"]) for r in table("issues")],
    "CQ23": _what_a3_needs,
    "CQ24": _sectors_by_stages,
}


def test_every_question_has_a_loop_of_its_own_and_a_code_of_its_own() -> None:
    assert [q.code for q in QUESTIONS] == sorted(BY_LOOP)
    assert len(QUESTIONS) == 24


@pytest.mark.parametrize("question", QUESTIONS, ids=[q.code for q in QUESTIONS])
def test_the_answer_is_the_one_written_down_and_the_one_of_the_tables(
    question: CompetencyQuestion, engines: Engines
) -> None:
    rows = engines.rows(question.query, question.values)
    found = sorted(ARROW.join(row.get(column, "") for column in question.columns) for row in rows)
    assert found, "a question without an answer tests nothing"
    assert found == sorted(ARROW.join(row) for row in BY_LOOP[question.code]())
    assert len(found) == question.count
    if len(question.answers) == question.count:
        assert found == sorted(question.answers)
    else:
        assert set(question.answers) < set(found)


def test_questions_could_not_be_asked_without_the_terms_they_need() -> None:
    """A term stands in the query, in one that derives what the query uses, or in the declaration of the dimension asked
    about; or it is the class of what such a property joins."""
    library, model = Library(), ontology.read("targetgraph.ttl")
    deriving = [q.content for q in library.in_theme("derivation")]
    declarations = (resources.ontology() / "dimensions.ttl").read_text(encoding="utf-8").split("\n\n")
    looked = 0
    for question in QUESTIONS:
        used = {*_terms(library.find(question.query).content), *_terms(" ".join(question.values.values()))}
        for rule in deriving:
            if _derived(rule) & used:
                used |= _terms(rule)
        for block in declarations:
            if block.split()[0] in used:
                used |= _terms(block)
        ends = {end for term in used for p in (RDFS.domain, RDFS.range) for end in model.objects(full(term), p)}
        for term in question.needs:
            assert (full(term), RDF.type, None) in model, f"{term} is no term"
            assert term in used or full(term) in ends, f"{question.code} does not use {term}"
            looked += 1
    assert looked > 80


def _terms(text: str) -> set[str]:
    return set(re.findall(r"\b[a-z]+:[A-Za-z]+\b", text))


def _derived(rule: str) -> set[str]:
    """What a CONSTRUCT query makes."""
    return _terms(rule.partition("CONSTRUCT")[2].partition("WHERE")[0])
