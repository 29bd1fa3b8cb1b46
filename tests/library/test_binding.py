from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph

from targetgraph.errors import QueryError
from targetgraph.library import Iri, Literal, Term, question_from_text
from targetgraph.library.structure import Role, structure
from targetgraph.library.tokens import tokenize
from tests.library.engines import EXAMPLE, agreed, answer_of_oxigraph, oxigraph, rows_of

ALPHA, BETA = Iri(EXAMPLE + "alpha"), Iri(EXAMPLE + "beta")
HEAD = """\
# summary: s
# question: q
# param: framework iri(tg:Framework) optional -- m
# param: before year optional -- m
# param: word string optional -- m
# param: label language optional -- m
# tags: t
"""


def bound(body: str, **values: str | Term) -> str:
    return question_from_text(HEAD + body, "x.rq").text(values)


# Every place a parameter can stand in. The first column is the target, so that the answer can be compared
# with that of the query without the parameter, filtered afterwards in Python.
BODIES = {
    "triple": "SELECT ?t { ?t tg:inFramework ?framework }",
    "projected": "SELECT ?t ?framework { ?t tg:inFramework ?framework }",
    "only inside optional": "SELECT ?t ?a { ?t a tg:Target . "
    "OPTIONAL { ?t tg:responsibleActor ?a ; tg:inFramework ?framework } }",
    "filter": "SELECT ?t { ?t tg:inFramework ?f FILTER(?f = ?framework) }",
    "filter without spaces": "SELECT ?t { ?t tg:inFramework ?f FILTER(?f=?framework) }",
    "union": "SELECT DISTINCT ?t { { ?t tg:inFramework ?framework } "
    "UNION { ?t tg:inFramework ?f FILTER(?f = ?framework) } }",
    "sub-select, not projected": "SELECT ?t { { SELECT ?t { ?t tg:inFramework ?framework } } }",
    "sub-select, projected": "SELECT ?t ?framework "
    "{ { SELECT ?t ?framework { ?t tg:inFramework ?framework } } }",
    "sub-select, grouped": "SELECT ?t ?n { ?t tg:inFramework ?framework "
    "{ SELECT ?framework (COUNT(?x) AS ?n) "
    "{ ?x tg:inFramework ?framework } GROUP BY ?framework } }",
    "grouped": "SELECT ?t (COUNT(?a) AS ?n) { ?t tg:inFramework ?framework "
    "OPTIONAL { ?t tg:responsibleActor ?a } } "
    "GROUP BY ?t ?framework",
    "grouped and projected": "SELECT ?t ?framework (COUNT(?a) AS ?n) { ?t tg:inFramework ?framework "
    "OPTIONAL { ?t tg:responsibleActor ?a } } GROUP BY ?framework ?t",
    "ordered": "SELECT ?t { ?t tg:inFramework ?framework } ORDER BY ?framework DESC(?framework) ?t",
    "minus": "SELECT ?t { ?t tg:inFramework ?framework "
    "MINUS { ?t tg:inFramework ?framework ; tg:deadlineYear ?y } }",
    "not exists": "SELECT ?t { ?t tg:inFramework ?framework FILTER NOT EXISTS "
    "{ ?t tg:deadlineYear ?y ; tg:inFramework ?framework } }",
    "bind": "SELECT ?t ?same { ?t tg:inFramework ?framework BIND(STR(?framework) AS ?same) }",
    "graph": "SELECT ?t { GRAPH ?g { ?t tg:inFramework ?framework } }",
    "dollar": "SELECT ?t { ?t tg:inFramework $framework }",
    "aggregate": "SELECT ?t (COUNT(DISTINCT ?framework) AS ?n) { ?t tg:inFramework ?framework } GROUP BY ?t",
    "having": "SELECT ?t { ?t tg:inFramework ?f } GROUP BY ?t HAVING(SAMPLE(?f) = ?framework)",
}  # fmt: skip
IN_FRAMEWORK = {"alpha": 3, "beta": 2}


def test_every_place_is_there() -> None:
    assert len(BODIES) == 19


@pytest.mark.parametrize("place", BODIES)
@pytest.mark.parametrize("framework", [ALPHA, BETA], ids=["alpha", "beta"])
def test_a_parameter_holds_in_every_scope_on_both_engines(place: str, framework: Iri) -> None:
    rows = agreed(bound(BODIES[place], framework=framework))
    name = framework.value.removeprefix(EXAMPLE)
    targets = [str(row[0]) for row in rows]
    if place == "only inside optional":
        with_actor = {str(r[0]) for r in rows if r[1] is not None}
        assert with_actor and all(t.startswith(f"{EXAMPLE}{name}-") for t in with_actor)
        assert len(set(targets)) == 5  # rows without a match stay
    elif place in ("minus", "not exists"):
        assert len(targets) == {"alpha": 2, "beta": 1}[name]
    else:
        assert len(targets) == IN_FRAMEWORK[name]
        assert all(t.startswith(f"{EXAMPLE}{name}-") for t in targets)


PROJECTING = [name for name, body in BODIES.items() if "SELECT ?t ?framework" in body.split("{")[0]]


@pytest.mark.parametrize("place", PROJECTING)
def test_binding_is_the_same_as_choosing_rows_afterwards(place: str) -> None:
    free = answer_of_oxigraph(bound(BODIES[place]))
    for framework in (ALPHA, BETA):
        expected = [row for row in free if framework in row]
        assert sorted(agreed(bound(BODIES[place], framework=framework)), key=repr) == sorted(expected, key=repr)


def test_there_are_projecting_places() -> None:
    assert len(PROJECTING) == 3


BEFORE = "SELECT ?t { ?t tg:deadlineYear ?y FILTER(!BOUND(?before) || STR(?y) <= STR(?before)) }"


def test_an_optional_parameter_with_bound() -> None:
    assert len(agreed(bound(BEFORE))) == 2
    assert len(agreed(bound(BEFORE, before="2030"))) == 1
    assert len(agreed(bound(BEFORE, before="2020"))) == 0


def test_an_optional_parameter_without_a_value_is_free() -> None:
    assert len(agreed(bound(BODIES["triple"]))) == 5


def test_a_language() -> None:
    body = "SELECT ?l { ?t tg:order 1 ; rdfs:label ?l FILTER(LANGMATCHES(LANG(?l), ?label)) }"
    assert [str(r[0]) for r in agreed(bound(body, label="FR"))] == ["air pur"]


def test_construct_ask_and_describe() -> None:
    text = bound(
        "CONSTRUCT { ?framework tg:order ?n } WHERE { ?t tg:inFramework ?framework ; tg:order ?n }",
        framework=BETA,
    )
    assert {(t.subject, str(t.object)) for t in oxigraph().construct(text, limits=None)} == {
        (BETA, "1"),
        (BETA, "2"),
    }
    short = bound("CONSTRUCT WHERE { ?t tg:inFramework ?framework }", framework=BETA)
    assert len(oxigraph().construct(short, limits=None)) == 2
    assert oxigraph().ask(bound("ASK { ?t tg:inFramework ?framework }", framework=BETA), limits=None)
    assert not oxigraph().ask(bound("ASK { ?t tg:inFramework ?framework }", framework="urn:none"), limits=None)
    assert len(oxigraph().construct(bound("DESCRIBE ?framework", framework=BETA), limits=None)) == 2


@pytest.mark.parametrize(
    "body",
    [
        "SELECT ?t { BIND(1 AS ?framework) ?t a tg:Target }",
        "SELECT (1 AS ?framework) { }",
        "SELECT ?t { VALUES ?framework { tg:a } ?t a ?framework }",
        "SELECT ?t { VALUES (?t ?framework) { (tg:a tg:b) } }",
        "SELECT ?t { ?t tg:inFramework ?f } GROUP BY ?t (STR(?f) AS ?framework)",
    ],
)
def test_assigning_a_parameter_is_refused(body: str) -> None:
    with pytest.raises(QueryError, match=r"the query gives \?framework a value, but it is a parameter"):
        bound(body, framework=ALPHA)
    assert question_from_text(HEAD + body, "x.rq").complaints()


texts = st.text() | st.text(alphabet="\\uU0041\"'\n\r\t{}<>#?x \b\f", max_size=30)


@settings(max_examples=300, deadline=None)
@given(texts)
def test_any_text_comes_back_unchanged_from_both_engines(value: str) -> None:
    text = bound("SELECT ?word { ?t tg:inFramework ?framework }", word=value, framework=ALPHA)
    assert {r[0] for r in oxigraph().select(text, limits=None).rows} == {Literal(value)}
    # an empty rdflib graph suffices, and is much quicker to ask
    alone = bound("SELECT (STRLEN(?word) AS ?n) ?word { }", word=value)
    rows = rows_of(Graph(), alone)
    assert [(str(r[1]), int(str(r[0]))) for r in rows] == [(value, len(value))]


@settings(deadline=None)
@given(texts)
def test_a_text_never_becomes_syntax(value: str) -> None:
    text = bound("ASK { FILTER(?word = ?word) }", word=value)
    shape = structure([t for t in tokenize(text) if t.kind != "comment"])
    assert shape.keywords >= {"ASK", "FILTER"}
    assert shape.keywords <= {"ASK", "FILTER", "PREFIX"}


@settings(deadline=None)
@given(st.text(alphabet='<>"{}|\\^` \n\x00a:/', min_size=1))
def test_an_iri_is_whole_or_refused(value: str) -> None:
    try:
        text = bound("SELECT ?t { ?t a ?framework }", framework=f"<{value}>")
    except QueryError:
        return
    assert f" <{value}> }}" in text
    assert len([t for t in tokenize(text) if t.text == f"<{value}>"]) == 1


GOOD_VALUES: list[tuple[str, str, str]] = [
    ("integer", "-3", '"-3"^^<http://www.w3.org/2001/XMLSchema#integer>'),
    ("decimal", ".5", '".5"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
    ("year", "2030", '"2030"^^<http://www.w3.org/2001/XMLSchema#gYear>'),
    ("boolean", "true", '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
    ("language", "zh-Hans", '"zh-hans"'),
    ("string", " a ", '" a "'),
    ("iri", "tg:Target", "<https://w3id.org/targetgraph/ontology#Target>"),
    ("iri", "http://a/b", "<http://a/b>"),
    ("iri", "<urn:x:y>", "<urn:x:y>"),
    ("iri", "urn:x:y", "<urn:x:y>"),
]
BAD_VALUES = [
    ("integer", "3.5"), ("integer", ""), ("integer", "٣"), ("decimal", "1e3"), ("year", "30"),
    ("year", "20305x"),
    ("boolean", "yes"), ("language", "e"), ("language", 'en" }'), ("iri", "nope:x"), ("iri", "http://a/ b"),
    ("iri", "<a>"), ("iri", "tg:a b"), ("iri", "tg:a>"), ("iri", ""), ("iri", "A1"),
]  # fmt: skip


def typed(kind: str) -> Callable[[str], str]:
    head = f"# summary: s\n# question: q\n# param: p {kind} optional -- m\n# column: p -- m\n# tags: t\n"
    return lambda value: question_from_text(head + "SELECT ?p { }\n", "x.rq").text({"p": value})


@pytest.mark.parametrize(("kind", "value", "term"), GOOD_VALUES)
def test_values_become_terms(kind: str, value: str, term: str) -> None:
    assert f"SELECT ({term} AS ?p)" in typed(kind)(value)


@pytest.mark.parametrize(("kind", "value"), BAD_VALUES)
def test_values_that_do_not_fit_are_refused(kind: str, value: str) -> None:
    with pytest.raises(QueryError) as caught:
        typed(kind)(value)
    assert caught.value.problems[0].remedy


def test_unknown_and_missing_parameters() -> None:
    with pytest.raises(QueryError, match="did you mean 'framework'"):
        bound("ASK {}", framewrok="gfc:A1")
    text = HEAD.replace("before year optional", "before year example 2030") + "ASK { ?before ?framework ?word }"
    with pytest.raises(QueryError, match="before=2030"):
        question_from_text(text, "x.rq").text()


def test_roles() -> None:
    nested = "{ SELECT ?d { ?d ?b ?e } ORDER BY ?d }"
    text = f"SELECT ?a (COUNT(?b) AS ?n) {{ ?a ?b ?c FILTER(BOUND(?c)) {nested} }} GROUP BY ?a"
    shape = structure(tokenize(text))
    found = [(s.name, s.role) for s in shape.sites if s.role is not Role.USED]
    assert found == [
        ("a", Role.PROJECTED), ("n", Role.ASSIGNED), ("c", Role.BOUND), ("d", Role.PROJECTED),
        ("d", Role.ORDERED),
        ("a", Role.GROUPED),
    ]  # fmt: skip
    assert shape.columns == ("a", "n")
    assert [s.outermost for s in shape.selects] == [True, False]
