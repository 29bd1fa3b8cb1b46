"""The statements of made-up frameworks, as N-Quads in the shape that the modelled tables have.

A *block* is all statements of one subject, one a line, sorted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from targetgraph import iris
from targetgraph.modelling.links import BASIS, KIND, ROLE
from targetgraph.modelling.vocabularies import ADOPTION
from targetgraph.namespaces import PREFIXES, TG

Pair = tuple[str, str]

DIMENSIONS = {
    "actors": TG.ActorDimension,
    "sectors": TG.SectorDimension,
    "stages": TG.StageDimension,
    "goals": TG.GoalDimension,
    "indicators": TG.IndicatorDimension,
}
_RDF_TYPE = PREFIXES["rdf"] + "type"
_LABEL = PREFIXES["rdfs"] + "label"
_SKOS, _DCT, _OA, _PROV, _XSD = (PREFIXES[p] for p in ("skos", "dct", "oa", "prov", "xsd"))
_CONFIDENCE = tuple(f'"{c}"^^<{_XSD}decimal>' for c in ("0.9", "0.6", "0.3"))
_MEASURABLE = (TG.Measurable, TG.PartlyMeasurable, TG.NotMeasurable)
_BASES = tuple(BASIS[name] for name in ("named", "implied", "judged"))
_ROLES = tuple(ROLE.values())
_ROLE_CODES = tuple(ROLE)
_ADOPTION = tuple(ADOPTION.values())
_WASTE = iris.concept("stage", "waste")

_VERBS = (
    "Phase out",
    "Label",
    "Register",
    "Replace",
    "Monitor",
    "Collect",
    "Report on",
    "Reduce",
    "Test",
    "Store safely",
)
_THINGS = (
    "solvents", "pesticides in use", "flame retardants", "lead in paint", "mercury in devices", "plastic additives",
    "laboratory stocks", "medicine residues", "metal plating baths", "cleaning agents", "old stockpiles", "dyes",
)  # fmt: skip
_HEDGES = ("where appropriate", "as far as possible", "taking into account national circumstances", "with a view to")


def _iri(value: str) -> str:
    return f"<{value}>"


def _plain(value: str, language: str = "") -> str:
    return f'"{value}"@{language}' if language else f'"{value}"'


def _integer(value: int) -> str:
    return f'"{value}"^^<{_XSD}integer>'


def _block(subject: str, graph: str, pairs: Iterable[Pair]) -> str:
    """Statements of a subject; ``pairs`` are predicates and written objects."""
    return "".join(sorted(f"<{subject}> <{p}> {o} <{graph}> .\n" for p, o in pairs))


def document(code: str, number: int) -> Iterator[str]:
    """The document of a framework."""
    yield _block(
        iris.document(code),
        iris.graph("documents"),
        [
            (_RDF_TYPE, _iri(TG.Document)),
            (_LABEL, _plain(f"Text of framework {number}", "en")),
            (TG.kind, _plain("document")),
            (TG.verification, _iri(TG.Sourced)),
            (_DCT + "source", _iri(iris.document(code))),
        ],
    )


def _concept(iri: str, scheme: str, kind: str, label: str, more: list[Pair]) -> str:
    return _block(
        iri,
        iris.graph("vocabularies"),
        [
            (_RDF_TYPE, _iri(_SKOS + "Concept")),
            (_RDF_TYPE, _iri(kind)),
            (_SKOS + "inScheme", _iri(iris.scheme(scheme))),
            (_SKOS + "prefLabel", _plain(label, "en")),
            (TG.isUmbrella, f'"false"^^<{_XSD}boolean>'),
            (TG.verification, _iri(TG.Judged)),
            *more,
        ],
    )


def indicator(code: str, number: int, adoption: int) -> Iterator[str]:
    """An indicator that a framework brings."""
    iri, scheme = iris.indicator(f"{code}-{number}"), iris.scheme("indicator")
    more = [
        (TG.adoptionStatus, _iri(_ADOPTION[adoption])),
        (TG.kind, _plain("indicator")),
        (_SKOS + "topConceptOf", _iri(scheme)),
    ]
    yield _concept(iri, "indicator", TG.Indicator, f"Indicator {number} of {code}", more)
    yield _block(scheme, iris.graph("vocabularies"), [(_SKOS + "hasTopConcept", _iri(iri))])


def body(code: str, number: int, category: str) -> Iterator[str]:
    """An organisation that acts in a framework, below a category of actors."""
    iri = iris.organisation(f"{code}-body-{number}")
    more = [(TG.kind, _plain("organisation")), (_SKOS + "broader", _iri(category))]
    yield _concept(iri, "actor", TG.Organisation, f"Body {number} of {code}", more)


class FrameworkText:
    """Writes what belongs into the graph of one framework.

    Parameters
    ----------
    code : its short name.
    number : its number, for titles.
    """

    def __init__(self, code: str, number: int) -> None:
        self.code, self.number, self.graph = code, number, iris.graph("framework", code)
        self.iri, self._document = iris.framework(code), _iri(iris.document(code))
        self._curators = _iri(iris.CURATORS)

    def _block(self, subject: str, pairs: Iterable[Pair]) -> str:
        return _block(subject, self.graph, pairs)

    def _target(self, t: int) -> str:
        return iris.target(self.code, f"T{t + 1}")

    def _objective(self, t: int) -> str:
        # A dozen targets share an objective.
        return iris.objective(self.code, f"O{t // 12 + 1}")

    def framework(self, size: int, successor: bool) -> Iterator[str]:
        """The framework and its objectives."""
        status = TG.Superseded if successor else TG.Adopted
        yield self._block(
            self.iri,
            [
                (_RDF_TYPE, _iri(TG.Framework)),
                (_LABEL, _plain(f"Made-up framework {self.number}", "en")),
                (_SKOS + "altLabel", _plain(f"Framework {self.number}", "en")),
                (_SKOS + "notation", _plain(self.code)),
                (_SKOS + "note", _plain("Synthetic: drawn at random, true of nothing", "en")),
                (TG.status, _iri(status)),
                (TG.verification, _iri(TG.Sourced)),
                (TG.inDocument, self._document),
                (_DCT + "source", self._document),
            ],
        )
        for first in range(0, size, 12):
            number = first // 12 + 1
            yield self._block(
                self._objective(first),
                [
                    (_RDF_TYPE, _iri(TG.Objective)),
                    (TG.inFramework, _iri(self.iri)),
                    (_LABEL, _plain(f"Objective {number}", "en")),
                    (_SKOS + "notation", _plain(f"O{number}")),
                    (TG.order, _integer(number)),
                    (TG.verification, _iri(TG.Sourced)),
                    (_DCT + "source", self._document),
                ],
            )

    def target(
        self, t: int, year: int, measurable: int, sourced: bool, confidence: int, phrase: bool, hedges: int
    ) -> str:
        """A target; year 0 is no date."""
        what = f"{_VERBS[t % len(_VERBS)]} {_THINGS[(t * 7 + self.number) % len(_THINGS)]}"
        softened = f", {_HEDGES[hedges % len(_HEDGES)]}" if hedges else ""
        pairs = [
            (_RDF_TYPE, _iri(TG.Target)),
            (TG.inFramework, _iri(self.iri)),
            (TG.underObjective, _iri(self._objective(t))),
            (_LABEL, _plain(what, "en")),
            (_SKOS + "notation", _plain(f"T{t + 1}")),
            (_DCT + "description", _plain(f"{what}{f' by {year}' if year else ''}{softened}.", "en")),
            (TG.order, _integer(t + 1)),
            (TG.status, _iri(TG.Adopted)),
            (TG.measurability, _iri(_MEASURABLE[measurable])),
            (TG.measurabilityNote, _plain("Drawn at random", "en")),
            (TG.verification, _iri(TG.Sourced if sourced else TG.Recalled)),
            (TG.confidence, _CONFIDENCE[confidence]),
            (_DCT + "source", self._document),
        ]
        if year:
            pairs.append((TG.deadlineYear, f'"{year}"^^<{_XSD}gYear>'))
        if phrase:
            pairs.append((TG.scopePhrase, _iri(_WASTE)))
        return self._block(self._target(t), pairs)

    def _wording(self, t: int, version: int) -> str:
        return iris.wording(self.code, f"T{t + 1}", f"text-{version}", "en")

    def wordings(self, t: int, revised: bool, brackets: int, hedges: int) -> Iterator[str]:
        """The wordings of a target and the passages in the first of them."""
        for version in (1, 2) if revised else (1,):
            pairs = [
                (_RDF_TYPE, _iri(TG.Wording)),
                (TG.wordingOf, _iri(self._target(t))),
                (TG.inDocument, self._document),
                (_DCT + "language", _plain("en")),
                (TG.textStatus, _iri(TG.TextNotReproduced)),
            ]
            if version == 2:
                pairs.append((_PROV + "wasRevisionOf", _iri(self._wording(t, 1))))
            yield self._block(self._wording(t, version), pairs)
        for n in range(brackets):
            yield from self._passage(t, f"bracket-{n}", TG.BracketedPassage, f"[or {_THINGS[(t + n) % len(_THINGS)]}]")
        for n in range(hedges):
            yield from self._passage(t, f"hedge-{n}", TG.Hedge, _HEDGES[(t + n) % len(_HEDGES)])

    def _passage(self, t: int, name: str, kind: str, quote: str) -> Iterator[str]:
        iri = iris.passage(self.code, f"T{t + 1}", name)
        yield self._block(
            iri,
            [
                (_RDF_TYPE, _iri(TG.Passage)),
                (_RDF_TYPE, _iri(kind)),
                (_RDF_TYPE, _iri(_OA + "SpecificResource")),
                (_OA + "hasSource", _iri(self._wording(t, 1))),
                (_OA + "hasSelector", _iri(iri + "#selector")),
                (_LABEL, _plain(quote, "en")),
            ],
        )
        yield self._block(
            iri + "#selector", [(_RDF_TYPE, _iri(_OA + "TextQuoteSelector")), (_OA + "exact", _plain(quote, "en"))]
        )

    def link(
        self, t: int, kind: str, code: str, concept: str, basis: int, confidence: int, role: int, sourced: bool,
        passage: int, version: int, reasoned: bool,
    ) -> str:  # fmt: skip
        """A link. ``role``, ``passage`` -1: none; ``version``: the wording it was made against."""
        cls, prop = KIND[kind]
        base = f"{self.iri}/link/T{t + 1}/{kind}/{code}"
        subject = f"<{base}/{_ROLE_CODES[role]}>" if role >= 0 else f"<{base}>"
        end = f" <{self.graph}> .\n"
        status = TG.Sourced if basis == 0 and sourced else TG.Recalled if basis == 0 else TG.Judged
        lines = [
            f"{subject} <{_DCT}source> {self._document}{end}",
            f"{subject} <{_RDF_TYPE}> <{cls}>{end}",
            f"{subject} <{_RDF_TYPE}> <{TG.Link}>{end}",
            f"{subject} <{_PROV}wasAttributedTo> {self._curators}{end}",
            f"{subject} <{TG.basis}> <{_BASES[basis]}>{end}",
            f"{subject} <{TG.concerns}> <{concept}>{end}",
            f"{subject} <{TG.confidence}> {_CONFIDENCE[confidence]}{end}",
            f"{subject} <{TG.linkSubject}> <{self.iri}/target/T{t + 1}>{end}",
            f"{subject} <{TG.madeAgainst}> <{self.iri}/wording/T{t + 1}/text-{version}/en>{end}",
            f"{subject} <{TG.verification}> <{status}>{end}",
            f"{subject} <{prop}> <{concept}>{end}",
        ]
        if reasoned:
            lines.append(f'{subject} <{TG.rationale}> "Drawn at random"@en{end}')
        if passage >= 0:
            lines.append(f"{subject} <{TG.restsOn}> <{self.iri}/passage/T{t + 1}/bracket-{passage}>{end}")
        if role >= 0:
            lines.append(f"{subject} <{TG.role}> <{_ROLES[role]}>{end}")
        lines.sort()
        return "".join(lines)

    def _claim(self, iri: str, t: int, kind: str, confidence: int, more: list[Pair]) -> str:
        return self._block(
            iri,
            [
                (_RDF_TYPE, _iri(TG.Link)),
                (_RDF_TYPE, _iri(kind)),
                (TG.linkSubject, _iri(self._target(t))),
                (TG.basis, _iri(TG.CuratorJudgement)),
                (TG.verification, _iri(TG.Judged)),
                (TG.confidence, _CONFIDENCE[confidence]),
                (TG.rationale, _plain("Drawn at random", "en")),
                (_PROV + "wasAttributedTo", self._curators),
                *more,
            ],
        )

    def dependency(self, t: int, needed: int, confidence: int) -> str:
        """A target needs another one."""
        iri, other = iris.link(self.code, f"T{t + 1}", "dependency", f"T{needed + 1}"), _iri(self._target(needed))
        return self._claim(iri, t, TG.DependencyLink, confidence, [(TG.prerequisite, other), (TG.concerns, other)])

    def lineage(self, t: int, successor: str, other: int, confidence: int) -> str:
        """A target became one of another framework, or (no successor) none."""
        iri = iris.link(self.code, f"T{t + 1}", "lineage", f"{successor}.T{other + 1}" if successor else "none")
        heir = _iri(iris.target(successor, f"T{other + 1}")) if successor else ""
        more = [(TG.successor, heir), (TG.concerns, heir)] if heir else []
        relation = _iri(TG.Became if heir else TG.DroppedAsTarget)
        return self._claim(iri, t, TG.LineageLink, confidence, [(TG.lineageRelation, relation), *more])

    def assessment(self, dimension: str, t: int = -1, applicable: bool = True) -> str:
        """Somebody looked at the framework, or found that a dimension does not apply to a target."""
        return self._block(
            iris.assessment(self.code, dimension, f"T{t + 1}" if t >= 0 else ""),
            [
                (_RDF_TYPE, _iri(TG.Assessment)),
                (TG.assesses, _iri(self._target(t) if t >= 0 else self.iri)),
                (TG.onDimension, _iri(DIMENSIONS[dimension])),
                (TG.assessmentResult, _iri(TG.Covered if applicable else TG.NotApplicable)),
                (_SKOS + "note", _plain("Drawn at random", "en")),
                (_DCT + "date", f'"2026-01-01"^^<{_XSD}date>'),
                (_PROV + "wasAttributedTo", self._curators),
            ],
        )
