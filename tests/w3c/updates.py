"""Update evaluation and update syntax.

A case is one request: it empties the store, puts in what the test begins with, and ends with the operations of the test.
Then everything is read back by a query.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node

from tests.w3c.answers import XSD, Table, Term, read_json
from tests.w3c.manifests import Case, State, Suite
from tests.w3c.outcomes import Outcome, Verdict, judged, outcome
from tests.w3c.queries import without_comments
from tests.w3c.service import Service, triples

LOAD = "LOAD reads from elsewhere"
_EXISTING = re.compile(r"\b(?:CLEAR|DROP)\s+GRAPH\s+<([^>]*)>", re.IGNORECASE)
_DEFAULT = "the default graph"
_EVERYTHING = "SELECT ?g ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
_PROLOGUE = re.compile(r"(?:\s+|#[^\n]*\n|PREFIX\s+[\w.-]*:\s*<[^>]*>|BASE\s*<[^>]*>)*", re.IGNORECASE)
_GRAPHS = re.compile(r"\b(?:CLEAR|DROP|CREATE)\s+GRAPH\b", re.IGNORECASE)
_LOAD = re.compile(r"\bLOAD\b", re.IGNORECASE)


def run_updates(service: Service, suite: Suite, cases: Sequence[Case]) -> Iterator[Outcome]:
    """Run every update evaluation case."""
    for case in cases:
        if case.kind == "UpdateEvaluationTest":
            yield _evaluated(service, suite, case)


def _evaluated(service: Service, suite: Suite, case: Case) -> Outcome:
    text = suite.text(case.request)
    # The engine reads a prologue at the beginning of a request only, so that of the test goes there.
    prologue = _prologue(text)
    operations = text[len(prologue) :]
    reply = service.change(f"BASE <{case.request}>\n{prologue}\n{_prepared(suite, case.before)} ;\n{operations}")
    if _LOAD.search(without_comments(text)) and 400 <= reply.status < 500:
        return outcome(case, Verdict.REFUSED, f"{LOAD}: answered {reply.status}")
    if not 200 <= reply.status < 300:
        return judged(case, f"status {reply.status}: {reply.text[:200]}")
    return judged(case, _wrong_state(service, suite, case.after))


def _prologue(text: str) -> str:
    match = _PROLOGUE.match(text)
    return match[0] if match else ""


def _prepared(suite: Suite, state: State) -> str:
    """The operations that empty the store and put in what a test begins with."""
    operations = ["DROP ALL"]
    for name, file in (*(("", file) for file in state.default), *state.named):
        content = " .\n".join(str(triple) for triple in triples(suite, file))
        operations += [f"CREATE GRAPH <{name}>"] if name else []
        operations.append(
            f"INSERT DATA {{ GRAPH <{name}> {{ {content} }} }}" if name else f"INSERT DATA {{ {content} }}"
        )
    return " ;\n".join(operations)


def _wrong_state(service: Service, suite: Suite, state: State) -> str:
    """The dataset of the service against the expected one; empty graphs count as absent."""
    wanted: dict[str, Graph] = {}
    for name, file in (*((_DEFAULT, file) for file in state.default), *state.named):
        graph = wanted.setdefault(name, Graph())
        graph.parse(suite.path(file), format="turtle", publicID=file)
    wanted = {name: graph for name, graph in wanted.items() if len(graph)}
    reply = service.ask(_EVERYTHING, "application/sparql-results+json")
    if reply.status != 200:
        return f"the dataset cannot be read: status {reply.status}"
    answer = read_json(reply.text)
    assert isinstance(answer, Table)
    found = _described(answer)
    if wanted.keys() != found.keys():
        return f"graphs {', '.join(sorted(wanted))} expected, {', '.join(sorted(found))} got"
    different = sorted(name for name in wanted if not isomorphic(wanted[name], found[name]))
    return f"not as expected: {', '.join(different)}" if different else ""


def _described(table: Table) -> dict[str, Graph]:
    """The graphs in an answer to `_EVERYTHING`."""
    found: dict[str, Graph] = {}
    for name, *triple in table.rows:
        subject, predicate, value = map(_rdf_term, triple)
        found.setdefault(_DEFAULT if name is None else name[1], Graph()).add((subject, predicate, value))
    return found


def _rdf_term(term: Term | None) -> Node:
    assert term is not None
    if term[0] == "literal":
        _, value, datatype, language = term
        plain = language or datatype == f"{XSD}string"  # rdflib keeps a plain literal without its datatype
        return Literal(str(value), lang=language or None, datatype=None if plain else URIRef(datatype))
    return (URIRef if term[0] == "iri" else BNode)(term[1])


def run_update_syntax(service: Service, suite: Suite, cases: Sequence[Case]) -> Iterator[Outcome]:
    """Send the update of every syntax case to a store with the graphs it empties: an error of syntax is answered 400."""
    for case in cases:
        if case.kind not in ("PositiveUpdateSyntaxTest11", "NegativeUpdateSyntaxTest11") and not (
            case.kind == "NegativeSyntaxTest11" and case.request.endswith(".ru")
        ):
            continue
        text = suite.text(case.request)
        before = ["DROP ALL", *(f"CREATE GRAPH <{name}>" for name in sorted(set(_EXISTING.findall(text))))]
        if case.kind.startswith("Positive") and _GRAPHS.search(text):
            text = " ; ".join([*before, text])
        reply = service.change(text)
        if case.kind.startswith("Negative"):
            yield judged(case, "" if reply.status == 400 else f"400 expected, {reply.status} got")
        elif _LOAD.search(without_comments(text)) and 400 <= reply.status < 500:
            yield outcome(case, Verdict.REFUSED, f"{LOAD}: answered {reply.status}")
        else:
            wrong = "" if 200 <= reply.status < 300 else f"2xx expected, {reply.status} got: {reply.text[:200]}"
            yield judged(case, wrong)
