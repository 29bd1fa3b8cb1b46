"""Describing a thing: from statements to what a page says."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import replace

from targetgraph.analysis.description.beyond import ABOUT
from targetgraph.analysis.description.claims import claim, gap_line, natural
from targetgraph.analysis.description.record import Claim, Description, Fact, Group, Sheet, Value
from targetgraph.analysis.description.statements import (
    NOTATION,
    PREF_LABEL,
    RDFS_LABEL,
    TYPE,
    Pointing,
    Said,
    Statements,
)
from targetgraph.analysis.description.wordings import wording_line
from targetgraph.analysis.description.words import REPEATING, Name, Words, graph_words
from targetgraph.library.terms import BlankNode, Iri, Literal, Triple
from targetgraph.namespaces import PREFIXES, TG

_DESCRIPTION = PREFIXES["dct"] + "description"
_RESTS_ON = PREFIXES["prov"] + "wasDerivedFrom"
_BROADER = PREFIXES["skos"] + "broader"
_NAMING = frozenset({RDFS_LABEL, PREF_LABEL, NOTATION})
_SHOWN_APART = frozenset({TYPE, RDFS_LABEL, PREF_LABEL, NOTATION, _DESCRIPTION})

_FIRST = (
    TG.linkSubject, TG.wordingOf, TG.underObjective, TG.concerns, TG.gapSubject,
    PREFIXES["oa"] + "hasSource", _BROADER, PREFIXES["skos"] + "topConceptOf", PREFIXES["skos"] + "inScheme",
)  # fmt: skip

_OWN_FACTS_FIRST = (
    TG.inFramework, TG.underObjective, TG.status, TG.deadlineYear, TG.verification, TG.verificationNote,
    TG.linkSubject, TG.concerns, TG.role, TG.basis, TG.confidence, TG.rationale, TG.restsOn, TG.madeAgainst,
    TG.gapSubject, TG.missing, TG.because, TG.severity, TG.certaintyReason, TG.gapStatus, TG.firstSeen,
    TG.onDimension, TG.shownBy, TG.wordingOf, TG.inDocument,
)  # fmt: skip

#: Kinds of claim in the order of a fact sheet, with their headings.
CLAIM_KINDS = {
    TG.ResponsibilityLink: "Who: actors",
    TG.SectorLink: "Where: sectors",
    TG.StageLink: "When: life-cycle stages",
    TG.SdgLink: "Towards: Sustainable Development Goals",
    TG.IndicatorLink: "Measured how: indicators",
    TG.IssueLink: "Issues of concern",
    TG.DependencyLink: "Needs first: other targets",
    TG.LineageLink: "Lineage",
}

_WARNINGS = {
    TG.Recalled: "Recalled, not checked: nobody has compared this with the official text.",
    TG.Judged: "A judgement of the curators: there is no text to check it against.",
}
_TARGET_RECALLED = "The wording of this target was recalled, not checked against the official text."


class Describer:
    """Describes things out of statements.

    Parameters
    ----------
    statements : the whole graph, or the neighbourhood of what is to be described.
    terms : what the ontology says of its terms.
    most : how many things to list for each way of pointing.
    """

    def __init__(self, statements: Statements, terms: Statements, most: int = 200) -> None:
        self.statements = statements
        self.words = Words(statements, terms)
        self._most = most

    def describe(self, thing: str, part: bool = False) -> Description:
        """All that is shown of a thing; ``part`` for one that is shown with another."""
        types = self.statements.types(thing)
        told = [said for said in self.statements.said(thing) if said.property not in _SHOWN_APART]
        derived = [said for said in told if graph_words(said.graph).startswith("derived")]
        own = [said for said in told if said not in derived and not self._is_claim(said, types)]
        pointing = [] if part else self.statements.pointing_to(thing, self._most)
        return Description(
            name=self.words.name(thing),
            kind=self.words.kind(thing),
            types=tuple(types),
            labels=self.statements.labels(thing),
            warnings=tuple(self._warnings(thing, types)),
            summary=next(map(self._value, self._said(thing, _DESCRIPTION)), None),
            facts=tuple(sorted(self._facts(own), key=_fact_order)),
            derived=tuple(self._facts(derived)),
            groups=tuple(self._groups(thing, types, pointing)),
            sheet=self._sheet(thing, types),
            evidence=tuple(self._evidence(thing)) if TG.Gap in types else (),
            command=self._command(thing) if TG.Gap in types else "",
            members=tuple(self._members(thing)) if TG.Framework in types else (),
            parts=tuple(self.describe(p, part=True) for p in self.statements.parts(thing)) if not part else (),
        )

    def triples(self, thing: str) -> list[Triple]:
        """The statements of a document on a thing: its own, what points to it, and what everything named is called.

        Every statement whose subject is the thing, or a fragment of it, is there. Of a target, whatever is said
        of its wordings, passages and claims is there as well.
        """
        whole = [thing, *self.statements.parts(thing)]
        if TG.Target in self.statements.types(thing):
            whole += self._evidence_of_target(thing)
        found = dict.fromkeys(t for name in dict.fromkeys(whole) for t in self.statements.closure(name))
        for prop in self.statements.pointing_to(thing, self._most):
            if prop.property not in REPEATING:
                found.update(dict.fromkeys(Triple(Iri(s), Iri(prop.property), Iri(thing)) for s in prop.subjects))
        named = {str(term) for t in found for term in (t.subject, t.object) if isinstance(term, Iri)}
        for name in named.difference(whole):
            source = self.words.terms if name.startswith(TG.NAMESPACE) else self.statements
            for said in source.said(name):
                if said.property in _NAMING and said.graph != ABOUT:
                    found.setdefault(Triple(Iri(name), Iri(said.property), said.value))
        return list(found)

    def _evidence_of_target(self, target: str) -> list[str]:
        wordings = list(self.statements.subjects(TG.wordingOf, target))
        passages = [p for w in wordings for p in self.statements.subjects(PREFIXES["oa"] + "hasSource", w)]
        selectors = [part for p in passages for part in self.statements.parts(p)]
        return [*wordings, *passages, *selectors, *self.statements.subjects(TG.linkSubject, target)]

    def _is_claim(self, said: Said, types: Sequence[str]) -> bool:
        """Whether this names a claim that a gap rests on, which is shown in full elsewhere on the page."""
        return TG.Gap in types and said.property == _RESTS_ON and TG.Link in self.statements.types(str(said.value))

    def _said(self, thing: str, prop: str) -> list[Said]:
        return [said for said in self.statements.said(thing) if said.property == prop]

    def _value(self, said: Said) -> Value:
        origin = graph_words(said.graph)
        if not origin.startswith(("derived", "a mapping")):
            origin = ""
        if isinstance(said.value, Literal):
            return Value(_readable(said.value), said.value.language, None, origin)
        if isinstance(said.value, BlankNode):
            return Value(self._unnamed(said.value), "", None, origin)
        name = self.words.name(str(said.value))
        return Value(name.text, name.language, name, origin)

    def _unnamed(self, node: BlankNode) -> str:
        """A resource without a name: what it says, one level deep."""
        inner = self.statements.said(f"_:{node.value}")
        return "; ".join(f"{self.words.property(s.property)}: {s.value}" for s in inner) or "something without a name"

    def _facts(self, told: Iterable[Said]) -> list[Fact]:
        by_property: dict[str, list[Value]] = {}
        for said in told:
            by_property.setdefault(said.property, []).append(self._value(said))
        return [
            Fact(prop, self.words.property(prop), tuple(sorted(values, key=lambda v: natural(v.text))))
            for prop, values in by_property.items()
        ]

    def _warnings(self, thing: str, types: Sequence[str]) -> list[str]:
        known = self.statements.iris(thing, TG.verification)
        if TG.Recalled in known and TG.Target in types:
            return [_TARGET_RECALLED]
        found = [_WARNINGS[how] for how in known if how in _WARNINGS]
        if TG.Wording in types:
            for target in self.statements.iris(thing, TG.wordingOf):
                if TG.Recalled in self.statements.iris(target, TG.verification):
                    found.append(_TARGET_RECALLED)
        return found

    def _groups(self, thing: str, types: Sequence[str], pointing: Sequence[Pointing]) -> list[Group]:
        skipped = set(REPEATING)
        if TG.Target in types:
            skipped |= {TG.wordingOf, TG.linkSubject}  # in the sheet
        found = [self._group(p) for p in pointing if p.property not in skipped]
        if TG.Framework in types:
            found = [self._without_members(thing, group) for group in found]
        found = _each_gap_once(found)
        return sorted((g for g in found if g.listed), key=_group_order)

    def _group(self, pointing: Pointing) -> Group:
        claims, gaps, names = [], [], []
        for subject in pointing.subjects:
            types = self.statements.types(subject)
            if TG.Link in types:
                claims.append(claim(self.words, subject))
            elif TG.Gap in types:
                gaps.append(gap_line(self.words, subject))
            else:
                names.append(self.words.name(subject))
        return Group(
            pointing.property,
            self.words.pointing(pointing.property),
            pointing.total,
            tuple(sorted(claims, key=_claim_order)),
            tuple(sorted(gaps, key=lambda g: (-g.rank, g.gap.iri))),
            tuple(sorted(names, key=_name_order)),
            pointing.subjects[-1] if pointing.total > len(pointing.subjects) else "",
        )

    def _without_members(self, framework: str, group: Group) -> Group:
        """What belongs to a framework beside its objectives and targets, which are shown as such: its gaps."""
        if group.by != TG.inFramework:
            return group
        kinds = (self.statements.types(s) for s in self.statements.subjects(TG.inFramework, framework))
        members = sum(TG.Target in types or TG.Objective in types for types in kinds)
        return Group(group.by, "Gaps", group.total - members, (), group.gaps, (), group.after)

    def _sheet(self, thing: str, types: Sequence[str]) -> Sheet:
        if TG.Wording in types:
            return Sheet((wording_line(self.words, thing),))
        if TG.Target not in types:
            return Sheet()
        wordings = [wording_line(self.words, w) for w in self.statements.subjects(TG.wordingOf, thing)]
        by_kind: dict[str, list[Claim]] = {}
        for link in self.statements.subjects(TG.linkSubject, thing):
            told = claim(self.words, link)
            kinds = [k for k in CLAIM_KINDS if k in self.statements.types(link)]
            by_kind.setdefault(CLAIM_KINDS[kinds[0]] if kinds else "Other claims", []).append(told)
        headings = [*CLAIM_KINDS.values(), "Other claims"]
        ordered = {h: tuple(sorted(by_kind[h], key=_claim_order)) for h in headings if h in by_kind}
        return Sheet(tuple(wordings), ordered)

    def _evidence(self, gap: str) -> list[Claim]:
        links = [e for e in self.statements.iris(gap, _RESTS_ON) if TG.Link in self.statements.types(e)]
        return sorted((claim(self.words, link) for link in links), key=_claim_order)

    def _command(self, gap: str) -> str:
        """The command that shows a gap again; empty when its query is not stated, or not with plain parameters."""
        query = self.statements.text(gap, TG.shownBy).partition("/query/")[2]
        try:
            parameters = json.loads(self.statements.text(gap, TG.parameters) or "{}")
        except ValueError:
            return ""
        if not query or not isinstance(parameters, dict):
            return ""
        given = [f"--param {shlex.quote(f'{name}={value}')}" for name, value in sorted(parameters.items())]
        return " ".join(["targetgraph query", shlex.quote(query), *given])

    def _members(self, framework: str) -> list[tuple[Name, tuple[Name, ...]]]:
        """Objectives with their targets; targets under no objective stand under the framework itself."""
        belonging = self.statements.subjects(TG.inFramework, framework)
        targets = [t for t in belonging if TG.Target in self.statements.types(t)]
        objectives = [o for o in belonging if TG.Objective in self.statements.types(o)]
        under: dict[str, list[Name]] = {}
        for target in targets:
            objective = next(iter(self.statements.iris(target, TG.underObjective)), framework)
            under.setdefault(objective, []).append(self.words.name(target))
        heads = [o for o in sorted(objectives, key=self._place) if o in under or o in objectives]
        heads += sorted(set(under).difference(heads))
        return [(self.words.name(o), tuple(sorted(under.get(o, ()), key=_name_order))) for o in heads]

    def _place(self, thing: str) -> tuple[int, str]:
        order = self.statements.text(thing, TG.order)
        return (int(order) if order.isdigit() else 0, thing)


def _each_gap_once(groups: list[Group]) -> list[Group]:
    """What lacks something is evidence for its own gaps as well: these are listed as gaps only."""
    own = {gap.gap.iri for group in groups if group.by == TG.gapSubject for gap in group.gaps}
    if not own:
        return groups
    kept = []
    for group in groups:
        left = tuple(gap for gap in group.gaps if gap.gap.iri not in own)
        if group.by == _RESTS_ON and len(left) < len(group.gaps):
            group = replace(
                group, gaps=left, total=group.total - len(group.gaps) + len(left), words="Other gaps it is evidence for"
            )
        kept.append(group)
    return kept


_YES = {"true": "yes", "false": "no", "1": "yes", "0": "no"}


def _readable(literal: Literal) -> str:
    if literal.datatype == PREFIXES["xsd"] + "boolean":
        return _YES.get(literal.value, literal.value)
    return literal.value


def _fact_order(fact: Fact) -> tuple[int, str]:
    place = _OWN_FACTS_FIRST.index(fact.property) if fact.property in _OWN_FACTS_FIRST else len(_OWN_FACTS_FIRST)
    return (place, fact.words)


def _group_order(group: Group) -> tuple[int, str]:
    return (_FIRST.index(group.by) if group.by in _FIRST else len(_FIRST), group.words)


def _name_order(name: Name) -> tuple[object, ...]:
    return (natural(name.number or name.text), name.iri)


_BASES = ("named", "implied", "judged")


def _claim_order(told: Claim) -> tuple[object, ...]:
    subject = natural(told.subject.number or told.subject.text) if told.subject else natural("")
    return (_BASES.index(told.basis) if told.basis in _BASES else 9, subject, told.link.iri)
