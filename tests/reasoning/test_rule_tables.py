"""The rules of OWL 2 RL/RDF one by one, by ours and by owlrl; what is observed of ours is what the documentation tells."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import owlrl
import pytest
from rdflib import OWL, RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from targetgraph.pipeline.contradiction_explaining import why_inconsistent
from targetgraph.reasoning import clashes, rules, sentences
from targetgraph.reasoning.axioms import Theory, Triple3, theory
from targetgraph.reasoning.flows import flows
from targetgraph.reasoning.inconsistency import Inquiry
from targetgraph.store.changing import NotProven
from tests.components import need
from tests.reasoning.rule_tables import CONSEQUENCES, COUNTS, DECLARED, FALSE, HEAD, RULES, Consequence, Rule

DOCS = Path(__file__).parents[2] / "docs" / "reasoning.md"
SEVEN, ALSO, EIGHT = Literal(7), Literal("07", datatype=XSD.integer, normalize=False), Literal(8)
OF_LITERALS: dict[str, Triple3] = {
    "literal 7 a xsd:integer": (SEVEN, RDF.type, XSD.integer),
    "literal 7 owl:sameAs 07": (SEVEN, OWL.sameAs, ALSO),
    "literal 7 owl:differentFrom 8": (SEVEN, OWL.differentFrom, EIGHT),
}


def given(rule: Rule) -> Graph:
    return Graph().parse(data=HEAD + DECLARED + rule.premises, format="turtle")


def wanted(rule: Rule) -> list[Triple3]:
    """The conclusion; its lists are left open."""
    if rule.conclusion in OF_LITERALS:
        return [OF_LITERALS[rule.conclusion]]
    return list(Graph().parse(data=HEAD + rule.conclusion, format="turtle"))


def found(pattern: list[Triple3], statements: Iterable[Triple3]) -> bool:
    """Whether statements hold a pattern, blank nodes standing for any node."""
    every = list(statements)

    def ways(rest: list[Triple3], known: dict[Node, Node]) -> Iterator[dict[Node, Node]]:
        if not rest:
            yield known
            return
        for triple in every:
            new = dict(known)
            if all(
                new.setdefault(a, b) == b if isinstance(a, BNode) else a == b
                for a, b in zip(rest[0], triple, strict=True)
            ):
                yield from ways(rest[1:], new)

    return next(ways(pattern, {}), None) is not None


def concluded(rule: Rule, whole: Theory) -> bool:
    closure = rules.materialise(whole)
    if rule.conclusion == FALSE:
        return bool(clashes.contradictions(whole, closure))
    return found(wanted(rule), closure)


@cache
def by_ours(rule: Rule) -> bool:
    return concluded(rule, theory(given(rule)))


@cache
def by_owlrl(rule: Rule) -> bool:
    graph = given(rule)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    if rule.conclusion == FALSE:
        return (None, RDF.type, URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")) in graph
    return found(wanted(rule), graph)


def documented() -> dict[str, tuple[str, str, str]]:
    """The table of the documentation: by rule, whether ours and owlrl apply it, and the reason where ours do not."""
    row = r"^\| ((?:eq|prp|cls|cax|dt|scm)-[a-z0-9-]+) \| (yes|no) \| (yes|no) \| (.*?) ?\|$"
    rows = re.findall(row, DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) == len({name for name, *_ in rows})
    return {name: (ours, theirs, why) for name, ours, theirs, why in rows}


def test_no_rule_of_the_tables_is_missing() -> None:
    """Numbers of rules of tables 4 to 9, and 17 whose conclusion is a contradiction."""
    assert Counter(rule.name.partition("-")[0] for rule in RULES) == COUNTS
    assert len({rule.name for rule in RULES}) == 78
    assert sum(rule.conclusion == FALSE for rule in RULES) == 17
    assert documented().keys() == {rule.name for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_what_is_observed_is_what_is_documented(rule: Rule) -> None:
    ours, theirs, why = documented()[rule.name]
    observed = ("yes" if by_ours(rule) else "no", "yes" if by_owlrl(rule) else "no")
    assert observed == (ours, theirs)
    assert bool(why) == ("no" in observed)


APPLIED = [rule for rule in RULES if rule.premises and documented()[rule.name][0] == "yes"]


@pytest.mark.parametrize("rule", APPLIED, ids=lambda rule: rule.name)
def test_each_premise_is_needed(rule: Rule) -> None:
    """With any axiom taken away the conclusion is not drawn any more."""
    whole = theory(given(rule))
    assert whole.axioms
    for left_out in whole.axioms:
        rest = tuple(axiom for axiom in whole.axioms if axiom != left_out)
        assert not concluded(rule, Theory(whole.declarations, rest)), left_out


def test_enough_rules_are_applied() -> None:
    assert len(APPLIED) >= 45


@pytest.mark.parametrize("case", CONSEQUENCES, ids=lambda case: f"{case.rule}: {case.stated}")
def test_what_a_rule_about_terms_gives_of_individuals_follows_all_the_same(case: Consequence) -> None:
    rule = next(rule for rule in RULES if rule.name == case.rule)
    assert not by_ours(rule)
    both = Rule("", rule.premises + case.stated, case.follows)
    assert concluded(both, theory(given(both)))


def test_there_is_a_consequence_of_each_rule_about_terms_that_is_not_true_of_everything() -> None:
    missing = {rule.name for rule in RULES if rule.name.startswith("scm-") and not by_ours(rule)}
    assert missing - {case.rule for case in CONSEQUENCES} == {"scm-cls", "scm-op", "scm-dp"}


def about_individuals(statements: Iterable[Triple3]) -> set[Triple3]:
    """Links, types that have a name, and that two things are one."""
    links = {URIRef(f"urn:x#{letter}") for letter in "pqr"}
    kinds = {URIRef(f"urn:x#{letter}") for letter in "ABCD"}
    things = {URIRef(f"urn:x#{letter}") for letter in "abxyz"}
    return {
        (s, p, o)
        for s, p, o in statements
        if s in things and (p in links or (p == RDF.type and o in kinds) or (p == OWL.sameAs and s != o))
        and (o in things or o in kinds)
    }  # fmt: skip


OWN = [rule for rule in APPLIED if not rule.name.startswith(("scm", "dt", "eq-rep-p"))]


def mixed(seed: int) -> Graph:
    """The premises of some rules together: what one gives another reads. In one of three there is a rule of contradictions."""
    chance = random.Random(seed)
    some = chance.sample([rule for rule in OWN if rule.conclusion != FALSE], 5)
    some += chance.sample([rule for rule in OWN if rule.conclusion == FALSE], 0 if seed % 3 else 1)
    return given(Rule("", " ".join(rule.premises for rule in some), ""))


def test_rules_read_what_others_give() -> None:
    """Where nothing contradicts anything owlrl derives the same; a contradiction that owlrl sees is seen."""
    compared, contradicting = 0, 0
    for seed in range(36):
        graph = mixed(seed)
        whole = theory(graph)
        closure = rules.materialise(whole)
        theirs = graph + Graph()
        owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(theirs)
        seen = bool(clashes.contradictions(whole, closure))
        if (None, RDF.type, URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")) in theirs:
            assert seen, seed
        contradicting += seen
        if not seen:
            assert about_individuals(closure) == about_individuals(theirs), seed
            compared += len(about_individuals(closure) - set(graph))
    assert contradicting >= 10 and compared >= 100


def test_what_contradicts_itself_by_the_rules_does_so_by_hermit() -> None:
    """Every rule with that conclusion; and without any one of its axioms HermiT finds none."""
    need("java")
    rules_ = [rule for rule in RULES if rule.conclusion == FALSE and rule.name not in ("dt-not-type", "eq-diff2")]
    assert len(rules_) == 15
    with Inquiry(theory(given(rules_[0]))) as hermit:
        for rule in rules_:
            axioms = theory(given(rule)).axioms
            assert hermit.contradict(axioms), rule.name
            for left_out in axioms:
                assert not hermit.contradict([axiom for axiom in axioms if axiom != left_out]), rule.name


VALUES = [
    ("7", "7", True), ("7", "07", True), ("7", "+7", True), ("7", "7.0", True), ("7", "8", False), ("7", "true", False),
    ('"a"', '"a"^^xsd:string', True), ('"a"', '"b"', False), ('"a"@en', '"a"@fr', False), ('"a"@en', '"a"', False),
    ("true", '"1"^^xsd:boolean', True), ("0", "false", False),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "same"), VALUES)
def test_two_values_are_the_same_however_they_are_written(one: str, other: str, same: bool) -> None:
    text = (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :n ; owl:maxCardinality "
        + f"""
    "1"^^xsd:nonNegativeInteger ] . :x a :A ; :n {one} , {other} ."""
    )
    assert bool(concluded(Rule("", text, FALSE), theory(given(Rule("", text, ""))))) is not same


UNREAD = [rule for rule in RULES if rule.name in {
    "prp-fp", "prp-ifp", "prp-irp", "prp-symp", "prp-asyp", "prp-trp", "prp-eqp1", "prp-pdw", "prp-adp", "prp-key", "prp-npa1",
    "prp-npa2", "cls-maxqc1", "cls-maxqc3",
}]  # fmt: skip


@pytest.mark.parametrize("rule", UNREAD, ids=lambda rule: rule.name)
def test_carrying_on_and_parts_refuse_what_they_do_not_read(rule: Rule) -> None:
    with pytest.raises(NotProven, match=r"the ontology (says more of properties|counts values of a kind)"):
        flows(theory(given(rule)))
    assert len(UNREAD) == 14


def test_chains_feed_what_is_said_of_their_property() -> None:
    """By hand: p then q gives r from x to z and from z to b; r is transitive."""
    text = (
        ":r owl:propertyChainAxiom ( :p :q ) ; a owl:TransitiveProperty . :x :p :y . :y :q :z . :z :p :a . :a :q :b ."
    )
    assert concluded(Rule("", text, ":x :r :b ."), theory(given(Rule("", text, ""))))


def test_axioms_about_properties_are_told_in_sentences() -> None:
    told = {sentences.told(axiom, {}) for rule in UNREAD for axiom in theory(given(rule)).axioms}
    assert {sentence for sentence in told if sentence[:3] not in ("x i", "y i", "z i", "x h", "y h")} == {
        "Every A is a thing with at most 0 p that is B.",
        "Every A is a thing with at most 1 p that is B.",
        "No two of these tie the same things: r, p, q.",
        "Nothing has both p and q to the same.",
        "Nothing has more than one p.",
        "Nothing has p to itself.",
        "Nothing is p of more than one.",
        "Where p leads on from where it leads, it leads at once.",
        "Where p leads, it does not lead back.",
        "Where p leads, it leads back.",
        "Who are A and have the same p and q are one.",
        "p holds of whatever q holds of, and the other way round.",
        "x does not have n “7”.",
        "x does not have p y.",
    }


def test_what_hermit_cannot_read_is_explained_by_the_rules() -> None:
    need("java")
    rule = next(rule for rule in RULES if rule.name == "dt-not-type")
    found_ = why_inconsistent(theory(given(rule)), "hermit", most=3)
    assert (len(found_.sets), len(found_.sets[0]), found_.complete, found_.unfinished) == (1, 1, True, "")
