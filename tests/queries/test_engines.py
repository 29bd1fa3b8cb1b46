"""Each query on Oxigraph and on plain rdflib: the same answer, in the same order, and not an empty one."""

from __future__ import annotations

import pytest

from targetgraph.library import Question
from tests.queries.engines import Engines, library_questions

QUESTIONS = library_questions()

#: Queries with every optional parameter given, or with others than the defaults.
OTHERWISE: list[tuple[str, dict[str, str]]] = [
    ("actors/who-must-act", {"actor": "companies", "objective": "gfc/D", "language": "ru"}),
    ("actors/who-must-act", {"framework": "beyond2020"}),
    ("actors/targets-naming-one-actor-only", {"actor": "governments"}),
    ("actors/targets-naming-only", {"actor": "companies"}),
    ("actors/umbrella-only-targets", {"language": "ar"}),
    ("coverage/sector-stage-cells-nobody-reaches", {"framework": "beyond2020"}),
    ("deadlines/due-by", {"year": "2035"}),
    ("deadlines/targets-without-deadline", {"framework": "beyond2020"}),
    ("documents/timeline", {"kind": "meeting"}),
    ("evidence/describe-a-thing", {"thing": "gfc/A7"}),
    ("evidence/evidence-for-a-link", {"target": "gfc/A1", "concept": "governments"}),
    ("evidence/fact-sheet", {"target": "beyond2020/P1"}),
    ("indicators/indicators-per-target", {"target": "gfc/B6"}),
    ("indicators/where-adoption-stands", {"status": "tg:ProposedIndicator"}),
    ("lineage/actors-lost", {"earlier": "beyond2020"}),
    ("lineage/dropped-proposals", {"earlier": "beyond2020"}),
    ("quality/links-never-verified", {"verification": "tg:Judged"}),
    ("sdgs/sdgs-without-link", {"level": "tg:SdgTarget"}),
    ("sdgs/targets-per-sdg", {"level": "tg:SdgGoal"}),
    ("vocabularies/concepts-without-label", {"scheme": "<https://w3id.org/targetgraph/scheme/actor>"}),
    ("vocabularies/find-a-concept", {"word": "déchets"}),
    ("vocabularies/labels-in-six-languages", {"scheme": "<https://w3id.org/targetgraph/scheme/stage>"}),
    ("wording/softening-words", {"target": "gfc/A5"}),
    ("wording/texts-held-and-missing", {"framework": "gfc"}),
    ("wording/waste-as-an-object", {"stage": "use"}),
]
#: There is but one earlier framework: naming it changes nothing.
NO_DIFFERENCE = ("lineage/actors-lost", "lineage/dropped-proposals")
DIMENSIONS = ("tg:ActorDimension", "tg:StageDimension", "tg:SdgTargetDimension")
WITH_DIMENSION = [q for q in QUESTIONS if any(p.name == "dimension" for p in q.parameters)]


@pytest.mark.parametrize("question", QUESTIONS, ids=[q.name for q in QUESTIONS])
def test_same_answer_and_not_empty(question: Question, engines: Engines) -> None:
    answer = engines.agreed(question.name)
    if "check" not in question.tags:
        assert answer
    if question.form == "SELECT":
        assert len(set(answer)) == len(answer), "a row that says the same twice"


@pytest.mark.parametrize("name, values", OTHERWISE, ids=[f"{n}-{i}" for i, (n, _) in enumerate(OTHERWISE)])
def test_same_answer_with_other_values(name: str, values: dict[str, str], engines: Engines) -> None:
    answer = engines.agreed(name, values)
    assert answer
    differs = answer != engines.of_oxigraph(engines.text(name))
    assert differs is (name not in NO_DIFFERENCE)


@pytest.mark.parametrize("dimension", DIMENSIONS)
@pytest.mark.parametrize("question", WITH_DIMENSION, ids=[q.name for q in WITH_DIMENSION])
def test_same_answer_for_every_dimension(question: Question, dimension: str, engines: Engines) -> None:
    engines.agreed(question.name, {"dimension": dimension})


def test_there_are_as_many_cases_as_said() -> None:
    assert len(OTHERWISE) == 25
    assert len(WITH_DIMENSION) >= 10
    optional = {(q.name, p.name) for q in QUESTIONS for p in q.parameters if p.optional}
    given = {(name, value) for name, values in OTHERWISE for value in values}
    assert optional - given == {("quality/stale-links", "framework")}, "see test_checks.py for that one"


def test_checks_find_nothing_in_the_bundled_graph(engines: Engines) -> None:
    # Those of the ontology have waivers; tests of `ontology --quality` are in tests/checking.
    checks = [q for q in QUESTIONS if "check" in q.tags and "ontology" not in q.tags]
    assert len(checks) == 3 + 24
    for question in checks:
        assert engines.of_oxigraph(engines.text(question.name)) in ([], [(("truth", "False"),)])
