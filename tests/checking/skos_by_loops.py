"""The checks of vocabularies once more, by loops over an rdflib graph: no query, no engine of ours.

Each function yields (resource, value) as strings; the value is empty where the check has none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator

from rdflib import RDF, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

Found = Iterator[tuple[str, str]]
DOCUMENTATION = (
    SKOS.definition,
    SKOS.scopeNote,
    SKOS.note,
    SKOS.example,
    SKOS.historyNote,
    SKOS.editorialNote,
    SKOS.changeNote,
)
TEXTS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, *DOCUMENTATION)
SEMANTIC = (SKOS.broader, SKOS.narrower, SKOS.related)
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)


class Vocabulary:
    """A graph with the closures that SKOS lets one infer."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.typed_concepts = set(graph.subjects(RDF.type, SKOS.Concept))
        self.typed_schemes = set(graph.subjects(RDF.type, SKOS.ConceptScheme))
        tops = {(s, c) for s, c in graph.subject_objects(SKOS.hasTopConcept)}
        self.tops = tops | {(s, c) for c, s in graph.subject_objects(SKOS.topConceptOf)}
        self.in_scheme = set(graph.subject_objects(SKOS.inScheme))
        self.used_as_concept = self.typed_concepts | {c for _, c in self.tops}
        for relation in SEMANTIC:
            for pair in graph.subject_objects(relation):
                self.used_as_concept |= set(pair)
        self.used_as_scheme = self.typed_schemes | {s for _, s in self.in_scheme} | {s for s, _ in self.tops}
        self.step = set(graph.subject_objects(SKOS.broader)) | self.flipped(SKOS.narrower)
        self.up = (
            self.step
            | set(graph.subject_objects(SKOS.broaderTransitive))
            | self.flipped(SKOS.narrowerTransitive)
            | set(graph.subject_objects(SKOS.broadMatch))
            | self.flipped(SKOS.narrowMatch)
        )

    def flipped(self, relation: URIRef) -> set[tuple[Node, Node]]:
        return {(b, a) for a, b in self.graph.subject_objects(relation)}

    def both_ways(self, *relations: URIRef) -> set[tuple[Node, Node]]:
        return {p for r in relations for p in (*self.graph.subject_objects(r), *self.flipped(r))}

    def labels(self, thing: Node, *kinds: URIRef) -> set[Literal]:
        return {o for kind in kinds for o in self.graph.objects(thing, kind) if isinstance(o, Literal)}

    def members(self, scheme: Node) -> set[Node]:
        return {c for c, s in self.in_scheme if s == scheme}

    def ordered(self, scheme: Node) -> bool:
        return any((c, relation, None) in self.graph for c in self.members(scheme) for relation in SEMANTIC)

    def texts(self) -> Iterator[tuple[Node, Node]]:
        for thing in self.typed_concepts | self.typed_schemes:
            for kind in TEXTS:
                yield from ((thing, value) for value in self.graph.objects(thing, kind))


def reached(pairs: set[tuple[Node, Node]], start: Node) -> set[Node]:
    """Everything that one or more steps lead to."""
    beside = defaultdict(set)
    for a, b in pairs:
        beside[a].add(b)
    seen: set[Node] = set()
    todo = list(beside[start])
    while todo:
        node = todo.pop()
        if node not in seen:
            seen.add(node)
            todo += beside[node]
    return seen


def s9(v: Vocabulary) -> Found:
    yield from ((str(x), "") for x in v.used_as_concept & v.used_as_scheme)


def s13(v: Vocabulary) -> Found:
    kinds = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
    for thing in set(v.graph.subjects()):
        for i, kind in enumerate(kinds):
            for other in kinds[i + 1 :]:
                yield from ((str(thing), str(x)) for x in v.labels(thing, kind) & v.labels(thing, other))


def s14(v: Vocabulary) -> Found:
    for thing in set(v.graph.subjects(SKOS.prefLabel)):
        labels = v.labels(thing, SKOS.prefLabel)
        for one in labels:
            if any((x.language or "") == (one.language or "") and str(x) != str(one) for x in labels):
                yield str(thing), str(one)


def s27(v: Vocabulary) -> Found:
    for one, other in v.both_ways(SKOS.related, SKOS.relatedMatch):
        if other in reached(v.up, one):
            yield str(one), str(other)


def s37(v: Vocabulary) -> Found:
    collections = {x for kind in (SKOS.Collection, SKOS.OrderedCollection) for x in v.graph.subjects(RDF.type, kind)}
    collections |= {x for relation in (SKOS.member, SKOS.memberList) for x in v.graph.subjects(relation)}
    yield from ((str(x), "") for x in collections & (v.used_as_concept | v.used_as_scheme))


def s46(v: Vocabulary) -> Found:
    exact = v.both_ways(SKOS.exactMatch)
    for one, other in v.both_ways(SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch):
        if other in reached(exact, one):
            yield str(one), str(other)


def in_no_scheme(v: Vocabulary) -> Found:
    placed = {c for c, _ in v.in_scheme} | {c for _, c in v.tops}
    yield from ((str(c), "") for c in v.typed_concepts - placed)


def no_label(v: Vocabulary) -> Found:
    for thing in v.typed_concepts | v.typed_schemes:
        if (thing, SKOS.prefLabel, None) not in v.graph:
            yield str(thing), ""


def no_english(v: Vocabulary) -> Found:
    for thing in v.typed_concepts | v.typed_schemes:
        languages = {(x.language or "").lower() for x in v.labels(thing, SKOS.prefLabel)}
        if not any(language == "en" or language.startswith("en-") for language in languages):
            yield str(thing), ""


def languages(v: Vocabulary) -> Found:
    for scheme in {s for _, s in v.in_scheme}:
        members = v.members(scheme)
        spoken = {x.language.lower() for c in members for x in v.labels(c, SKOS.prefLabel) if x.language}
        for language in spoken:
            named = {c for c in members if any(x.language == language for x in v.labels(c, SKOS.prefLabel))}
            if len(named) < len(members):
                yield str(scheme), f"{language}: {len(members) - len(named)} of {len(members)} concepts"


def shared_labels(v: Vocabulary) -> Found:
    for scheme in {s for _, s in v.in_scheme}:
        users = defaultdict(set)
        for concept in v.members(scheme):
            for label in v.labels(concept, SKOS.prefLabel, SKOS.altLabel):
                users[str(label).lower(), label.language].add((concept, str(label)))
        for found in users.values():
            if len({concept for concept, _ in found}) > 1:
                yield from ((str(concept), label) for concept, label in found)


def undocumented(v: Vocabulary) -> Found:
    for scheme in {s for _, s in v.in_scheme}:
        bare = [
            c for c in v.members(scheme) & v.typed_concepts if not any((c, d, None) in v.graph for d in DOCUMENTATION)
        ]
        if bare:
            yield str(scheme), str(len(bare))


def no_top(v: Vocabulary) -> Found:
    yield from ((str(s), "") for s in v.typed_schemes - {s for s, _ in v.tops})


def top_below(v: Vocabulary) -> Found:
    for scheme, top in v.tops:
        yield from ((str(top), str(b)) for a, b in v.step if a == top and (b, scheme) in v.in_scheme)


def under_no_top(v: Vocabulary) -> Found:
    for concept, scheme in v.in_scheme:
        tops = {c for s, c in v.tops if s == scheme}
        if concept in v.typed_concepts and tops and not tops & (reached(v.step, concept) | {concept}):
            yield str(concept), str(scheme)


def _alone(v: Vocabulary, scheme: Node) -> int:
    joined = {x for pair in v.both_ways(*SEMANTIC) for x in pair}
    return len((v.members(scheme) & v.typed_concepts) - joined)


def unrelated(v: Vocabulary) -> Found:
    for scheme in {s for _, s in v.in_scheme}:
        if v.ordered(scheme) and _alone(v, scheme):
            yield str(scheme), str(_alone(v, scheme))


def flat(v: Vocabulary) -> Found:
    for scheme in {s for _, s in v.in_scheme}:
        members = v.members(scheme) & v.typed_concepts
        if members and not v.ordered(scheme):
            yield str(scheme), str(len(members))


def circles(v: Vocabulary) -> Found:
    for one, other in v.up:
        if one == other or one in reached(v.up, other):
            yield str(one), str(other)


def one_way(v: Vocabulary) -> Found:
    pairs = (
        (SKOS.related, SKOS.related),
        (SKOS.narrower, SKOS.broader),
        (SKOS.hasTopConcept, SKOS.topConceptOf),
        (SKOS.topConceptOf, SKOS.hasTopConcept),
    )
    for relation, back in pairs:
        for a, b in v.graph.subject_objects(relation):
            if (b, back, a) not in v.graph:
                yield str(a), str(b)


def top_outside(v: Vocabulary) -> Found:
    yield from ((str(c), str(s)) for s, c in v.tops if (c, s) not in v.in_scheme)


def without_steps(v: Vocabulary) -> Found:
    told = set(v.graph.subject_objects(SKOS.broaderTransitive)) | v.flipped(SKOS.narrowerTransitive)
    yield from ((str(a), str(b)) for a, b in told if b not in reached(v.step, a))


def told_twice(v: Vocabulary) -> Found:
    for a, b in v.step:
        if any(x == a and c != b and b in reached(v.step, c) for x, c in v.step):
            yield str(a), str(b)


def to_itself(v: Vocabulary) -> Found:
    for relation in (SKOS.related, *MATCHES):
        yield from ((str(a), "") for a, b in v.graph.subject_objects(relation) if a == b)


def matched_inside(v: Vocabulary) -> Found:
    for relation in MATCHES:
        for a, b in v.graph.subject_objects(relation):
            if a != b and {s for c, s in v.in_scheme if c == a} & {s for c, s in v.in_scheme if c == b}:
                yield str(a), str(b)


def no_language(v: Vocabulary) -> Found:
    yield from ((str(t), str(x)) for t, x in v.texts() if isinstance(x, Literal) and not x.language)


def no_such_language(v: Vocabulary) -> Found:
    for thing, value in v.texts():
        if isinstance(value, Literal) and value.language:
            first, *rest = value.language.split("-")
            if not (2 <= len(first) <= 3 and first.isalpha() and all(1 <= len(r) <= 8 and r.isalnum() for r in rest)):
                yield str(thing), str(value)


def empty(v: Vocabulary) -> Found:
    for thing, value in v.texts():
        if isinstance(value, Literal) and (not str(value) or re.match(r"\s", value) or re.search(r"\s$", value)):
            yield str(thing), str(value)


def not_skos(v: Vocabulary) -> Found:
    used = set(v.graph.predicates()) | set(v.graph.objects(None, RDF.type))
    known = {str(SKOS[name]) for name in SKOS.__annotations__}
    yield from ((str(x), "") for x in used if str(x).startswith(str(SKOS)) and str(x) not in known)


CHECKS: dict[str, Callable[[Vocabulary], Found]] = {
    "s9-scheme-that-is-a-concept": s9,
    "s13-one-text-as-two-kinds-of-label": s13,
    "s14-two-preferred-labels": s14,
    "s27-related-and-broader": s27,
    "s37-collection-that-is-a-concept": s37,
    "s46-exact-and-other-match": s46,
    "concepts-in-no-scheme": in_no_scheme,
    "concepts-without-any-label": no_label,
    "concepts-without-english-label": no_english,
    "languages-incomplete": languages,
    "labels-shared-in-a-scheme": shared_labels,
    "concepts-undocumented": undocumented,
    "schemes-without-top-concept": no_top,
    "top-concepts-below-others": top_below,
    "concepts-under-no-top": under_no_top,
    "concepts-unrelated": unrelated,
    "schemes-flat": flat,
    "hierarchy-in-a-circle": circles,
    "relations-told-one-way": one_way,
    "top-concepts-outside-their-scheme": top_outside,
    "broader-without-steps": without_steps,
    "broader-told-twice": told_twice,
    "relations-to-itself": to_itself,
    "matches-within-a-scheme": matched_inside,
    "labels-without-language": no_language,
    "languages-that-are-none": no_such_language,
    "labels-empty": empty,
    "words-that-are-not-skos": not_skos,
}
