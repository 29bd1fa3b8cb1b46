"""Questions about a whole registry, answered in four ways: coded arrays, SPARQL on any engine, sets and dictionaries.

They are those of the survey that a query can put without running through obligations and assessments; the survey answers many
more in the same pass.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.states import REACHED, State
from targetgraph.analysis.survey import survey
from targetgraph.namespaces import PREFIXES, TG

Answers = dict[str, int]

_PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
_ACTS = "tg:role ?role . FILTER(?role IN (tg:Responsible, tg:Provider, tg:RoleUnstated))"
_LINK = {"actors": f"?link tg:linkSubject ?target ; tg:actor ?concept ; {_ACTS}"} | {
    f"{kind}s": f"?link tg:linkSubject ?target ; tg:{kind} ?concept ." for kind in ("sector", "stage")
}
_COUNTS = """ ?link tg:basis tg:NamedInText . ?concept tg:isUmbrella false .
    MINUS { ?link tg:restsOn ?passage . ?passage a tg:BracketedPassage }
    MINUS { ?link tg:madeAgainst ?wording . ?newer prov:wasRevisionOf ?wording }"""


def _total(body: str, counted: str = "*") -> str:
    return f"{_PROLOGUE}SELECT (COUNT({counted}) AS ?n) WHERE {{ {body} }}"


def queries() -> dict[str, str]:
    """A query for each question; a gap is written as MINUS, the fast form."""
    found = {
        "no deadline": _total("?target a tg:Target . MINUS { ?target tg:deadlineYear ?year }"),
        "order cannot work": _total(
            """?link a tg:DependencyLink ; tg:linkSubject ?target ; tg:prerequisite ?needed .
            ?target tg:deadlineYear ?due . OPTIONAL { ?needed tg:deadlineYear ?ready }
            FILTER(!BOUND(?ready) || xsd:integer(STR(?ready)) > xsd:integer(STR(?due)))"""
        ),
        "hedged": _total("?hedge a tg:Hedge ; oa:hasSource ?w . ?w tg:wordingOf ?target", "DISTINCT ?target"),
        "single actor": _total(
            f"{{ SELECT ?target WHERE {{ {_LINK['actors']}{_COUNTS} }}"
            " GROUP BY ?target HAVING (COUNT(DISTINCT ?concept) = 1) }"
        ),
        "sectors reached by nobody": _total(
            """?framework a tg:Framework . ?sector a tg:Sector ; tg:isUmbrella false .
            MINUS { SELECT DISTINCT ?framework ?sector WHERE {
              { SELECT DISTINCT ?framework ?linked WHERE
                { ?link tg:sector ?linked ; tg:linkSubject ?target . ?target tg:inFramework ?framework } }
              { ?linked skos:broader* ?sector }
              UNION { ?linked tg:isUmbrella true . ?sector skos:broader+ ?linked } } }"""
        ),
    }
    for code, link in _LINK.items():
        found[f"no link ({code})"] = _total(f"?target a tg:Target . MINUS {{ {link} }}")
        found[f"not covered ({code})"] = _total(f"?target a tg:Target . MINUS {{ {link}{_COUNTS} }}")
    return found


def by_queries(ask: Callable[[str], int]) -> Answers:
    """Ask an engine each of them."""
    return {name: ask(text) for name, text in queries().items()}


def by_survey(graph: CodedGraph) -> Answers:
    """Everything the survey counts, and from it the answers."""
    found = survey(graph)
    targets = int(found.targets.sum())
    answers = {
        "no deadline": found.total(("no-deadline", "")),
        "order cannot work": found.total(("order-cannot-work", "")),
        "hedged": found.total(("hedged-wording", "")),
        "single actor": found.total(("single-actor", "actors")),
    }
    sectors = graph.dimension("sectors")
    columns = [c for c in sectors.columns.tolist() if not sectors.concepts.umbrella[c]]
    answers["sectors reached by nobody"] = int((found.figures["sectors"].columns[:, columns] > REACHED).sum())
    for code in _LINK:
        rows = found.figures[code].rows.sum(axis=0)
        answers[f"no link ({code})"] = int(rows[REACHED + 1 :].sum())
        answers[f"not covered ({code})"] = targets - int(rows[State.COVERED])
    return answers


class PlainRegistry:
    """What a straightforward script would do: properties in dictionaries, questions as sets and loops."""

    def __init__(self, nquads: Path) -> None:
        self.values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        with nquads.open(encoding="utf-8") as lines:
            for line in lines:
                subject, predicate, rest = line.split(" ", 2)
                self.values[predicate[1:-1]][subject].append(rest[: rest.rindex(" <")])

    def _instances(self, cls: str) -> set[str]:
        types = self.values[PREFIXES["rdf"] + "type"]
        return {s for s, values in types.items() if f"<{cls}>" in values}

    def answers(self) -> Answers:
        """All answers."""
        v, targets = self.values, self._instances(TG.Target)
        years = {s: int(y[0][1:5]) for s, y in v[TG.deadlineYear].items()}
        late = 0
        for link in self._instances(TG.DependencyLink):
            due, needed = years.get(v[TG.linkSubject][link][0]), v[TG.prerequisite][link][0]
            late += due is not None and (needed not in years or years[needed] > due)
        hedged = {
            target
            for hedge in self._instances(TG.Hedge)
            for wording in v[PREFIXES["oa"] + "hasSource"][hedge]
            for target in v[TG.wordingOf][wording]
        }
        found = {
            "no deadline": sum(t not in years for t in targets),
            "order cannot work": late,
            "hedged": len(hedged),
        }
        self._coverage(targets, found)
        return found

    def _coverage(self, targets: set[str], found: Answers) -> None:
        v = self.values
        brackets = self._instances(TG.BracketedPassage)
        revised = {w for values in v[PREFIXES["prov"] + "wasRevisionOf"].values() for w in values}
        umbrella = {s for s, x in v[TG.isUmbrella].items() if x[0].startswith('"true"')}
        acting = {f"<{r}>" for r in (TG.Responsible, TG.Provider, TG.RoleUnstated)}
        for code, prop in (("actors", TG.actor), ("sectors", TG.sector), ("stages", TG.stage)):
            linked, named = set(), defaultdict(set)
            for link, concepts in v[prop].items():
                if code == "actors" and v[TG.role][link][0] not in acting:
                    continue
                target = v[TG.linkSubject][link][0]
                linked.add(target)
                if (
                    v[TG.basis][link][0] == f"<{TG.NamedInText}>"
                    and concepts[0] not in umbrella
                    and not brackets.intersection(v[TG.restsOn].get(link, ()))
                    and not revised.intersection(v[TG.madeAgainst].get(link, ()))
                ):
                    named[target].add(concepts[0])
            found[f"no link ({code})"] = len(targets - linked)
            found[f"not covered ({code})"] = len(targets - set(named))
            if code == "actors":
                found["single actor"] = sum(len(concepts) == 1 for concepts in named.values())
        found["sectors reached by nobody"] = self._unreached_sectors(umbrella)

    def _unreached_sectors(self, umbrella: set[str]) -> int:
        v, sectors = self.values, self._instances(TG.Sector)
        parents = v[PREFIXES["skos"] + "broader"]

        def above(concept: str) -> set[str]:
            return {concept}.union(*(above(p) for p in parents.get(concept, ())))

        reaches = {s: above(s) | {o for o in sectors if s in umbrella and s in above(o)} for s in sectors}
        framework = {t: f[0] for t, f in v[TG.inFramework].items()}
        met = {(framework[v[TG.linkSubject][link][0]], c) for link, values in v[TG.sector].items() for c in values}
        reached = {(f, c) for f, linked in met for c in reaches[linked] if c not in umbrella}
        return len(self._instances(TG.Framework)) * len(sectors - umbrella) - len(reached)
