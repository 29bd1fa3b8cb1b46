"""The pages that are not on one thing: home, the list of queries, and what is not there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from targetgraph import iris
from targetgraph.analysis.description.beyond import LICENCE, query_iri
from targetgraph.analysis.description.words import Name, graph_words
from targetgraph.analysis.gaps.record import Gap
from targetgraph.analysis.standing import Standing
from targetgraph.library import Question
from targetgraph.views.site.shell import PICTURES, Shell, page

WORST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class WorstGap:
    """A gap as the home page tells it."""

    iri: str
    sentence: str
    because: str
    certainty: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkCard:
    """A framework as the home page shows it.

    Parameters
    ----------
    claims, named : how many claims its targets carry, and how many of them the text names.
    unverified : how many wordings nobody has checked.
    """

    name: Name
    targets: int
    objectives: int
    claims: int
    named: int
    gaps: int
    accepted: int
    unverified: int
    worst: tuple[WorstGap, ...]

    @property
    def views(self) -> list[tuple[str, str]]:
        """Its pictures: words and path."""
        code = self.name.iri.removeprefix(iris.BASE)
        return [(words, f"views/{code}/{file}.html") for words, file in PICTURES]


def framework_card(name: Name, standing: Standing, objectives: int, claims: int, named: int) -> FrameworkCard:
    """A framework's card, from its gap report.

    Parameters
    ----------
    name : what it is called.
    standing : how it stands.
    objectives, claims, named : counted in the graph.
    """
    report = standing.report
    return FrameworkCard(
        name=name,
        targets=report.targets,
        objectives=objectives,
        claims=claims,
        named=named,
        gaps=len(report.gaps),
        accepted=report.accepted,
        unverified=report.unverified,
        worst=tuple(_worst(report.gaps)),
    )


def _worst(gaps: Iterable[Gap]) -> list[WorstGap]:
    """The gravest gap of each of the gravest kinds: five that differ say more than five alike."""
    first: dict[str, Gap] = {}
    for gap in gaps:
        first.setdefault(gap.kind, gap)
    return [
        WorstGap(
            iri=gap.iri,
            sentence=gap.sentence,
            because=gap.because,
            certainty=gap.certainty.level,
            reason=gap.certainty.reason,
        )
        for gap in list(first.values())[:WORST]
    ]


def home_page(
    shell: Shell,
    frameworks: Sequence[FrameworkCard],
    schemes: Sequence[tuple[Name, int]],
    graphs: Sequence[tuple[Name, int]],
    data: Sequence[tuple[str, str, str]],
) -> str:
    """The home page.

    Parameters
    ----------
    shell : the frame.
    frameworks : the cards.
    schemes : concept schemes and how many concepts each holds.
    graphs : named graphs and how many statements each holds.
    data : words, path and a note for each way of getting at the data.
    """
    statements = sum(count for _, count in graphs)
    return page(
        "home.html",
        shell,
        shell.place("index"),
        "Who must act, where, when, and where nobody does",
        frameworks=frameworks,
        schemes=schemes,
        graphs=[(name, graph_words(name.iri), f"{count:,}") for name, count in graphs],
        statements=f"{statements:,}",
        data=data,
        base=iris.BASE,
        schema_org={
            "@context": "https://schema.org",
            "@type": "Dataset",
            "@id": iris.dataset(shell.version),
            "url": iris.BASE,
            "name": "TargetGraph: policy targets as a graph with evidence, and where nothing covers them",
            "description": "Frameworks of policy targets, their wordings, every claim that a target concerns an actor, a "
            "sector, a life-cycle stage, a Sustainable Development Goal or an indicator with its basis and confidence, "
            "and the gaps that follow.",
            "license": LICENCE,
            "version": shell.version,
            "creator": {"@type": "Organization", "@id": iris.CURATORS, "name": "Curators of the TargetGraph tables"},
            "isAccessibleForFree": True,
            "hasPart": [{"@type": "DefinedTermSet", "@id": f.name.iri, "name": f.name.text} for f in frameworks],
        },
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    iri: str
    name: str
    summary: str
    question: str


def queries_page(shell: Shell, questions: Iterable[Question]) -> str:
    """The list of the query library, by theme."""
    ordered = sorted(questions, key=lambda q: q.name)
    themes = [
        (theme, [_Entry(query_iri(q), q.name, q.summary, q.question) for q in group])
        for theme, group in groupby(ordered, key=lambda q: q.theme)
    ]
    return page("queries.html", shell, shell.place("queries"), "Questions", themes=themes, count=len(ordered))


def data_page(shell: Shell, files: Sequence[tuple[str, str, str]]) -> str:
    """The list of what can be had as a whole: words, path and a note for each file."""
    return page("data.html", shell, shell.place("data/index"), "The data as files", files=files)


def missing_page(
    shell: Shell,
    path: str,
    title: str,
    sentence: str,
    remedy: str,
    alike: Sequence[tuple[str, str]] = (),
    address: str = "",
) -> str:
    """A page that says why there is no other.

    Parameters
    ----------
    path : that was asked for, without suffix.
    title, sentence, remedy : what is wrong, and what to do.
    alike : IRI and label of things that may have been meant.
    address : the IRI that leads nowhere.
    """
    return page(
        "missing.html", shell, shell.place(path), title, sentence=sentence, remedy=remedy, alike=alike, address=address
    )
