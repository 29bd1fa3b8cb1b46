"""What follows from ontology and graph, whether they hold together, and why."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from targetgraph.api.opening import place_of
from targetgraph.api.result import Result
from targetgraph.api.tabular import Tabular, Value
from targetgraph.errors import TargetGraphError

if TYPE_CHECKING:
    import rdflib

    from targetgraph.pipeline.inference_explaining import Explanation
    from targetgraph.pipeline.reasoning_run import Conclusions as ConclusionsRecord
    from targetgraph.reasoning.axioms import Triple3
    from targetgraph.reasoning.description_logic import Limits

    Given = Callable[[], Collection[Triple3]]

Progress = Callable[[str], None]
Engine = Literal["hermit", "pellet", "rl"]
ENGINES = ("hermit", "pellet", "rl")


def reason(
    store: str | Path | None = None,
    *,
    engine: Engine = "hermit",
    more: str | Path | Iterable[str | Path] = (),
    keep: bool = False,
    full: bool = False,
    seconds: float = 120.0,
    megabytes: int = 1000,
    most: int = 1,
    progress: Progress | None = None,
) -> Conclusions:
    """Say whether ontology and graph hold together, and what follows from them (``docs/reasoning.md``).

    HermiT (Glimm and others 2014) and Pellet (Sirin and others 2007) tell consistency, classes that can have no member, the
    classification, and the members of the classes that are questions of coverage; they need Java, and take a minute on the
    bundled graph. The rules of OWL 2 RL (W3C 2012, Profiles, 4.3) tell contradictions that they see, types and links, in
    seconds, without Java. A contradiction is told as a smallest set of axioms.

    Parameters
    ----------
    store : the store folder (default: see :func:`open_graph`).
    engine : ``hermit``, ``pellet`` or ``rl``.
    more : further RDF files to reason over, Turtle or N-Triples.
    keep : keep what follows in the store, in a named graph of its own that only queries naming it see
        (``docs/reasoning.md``); not together with ``more``. Where what ``rl`` inferred is kept of this version or of the one
        before and little has changed since, only what the changes reach is inferred again, with the same result.
    full : with ``keep``: apply the rules to everything all the same.
    seconds, megabytes : limits of each call of a reasoner: its time, and the heap of Java; finding why there is a contradiction
        may take the time in all.
    most : where there is a contradiction: smallest sets of axioms to look for, as long as there is time
        (:attr:`Conclusions.contradictions`).
    progress : called with a short sentence before each step; ``print`` will do.

    Raises
    ------
    StoreError : nothing has been built there.
    TargetGraphError : an unknown engine, a file that is no RDF, a store that is a service, the reasoner did not end within its
        limits; or there is a contradiction, or ``more``, where something is to be kept.
    ResourceMissing : there is no Java.
    """
    from targetgraph.pipeline.carrying_inferences import carried_on
    from targetgraph.pipeline.keeping import keep as keep_in_store
    from targetgraph.pipeline.keeping import require_writable
    from targetgraph.pipeline.reasoning_run import asserted_in, names_told, reason, statements_of
    from targetgraph.reasoning.description_logic import Limits, require
    from targetgraph.store import StoreFolder

    if engine not in ENGINES:
        raise TargetGraphError(f"there is no engine {engine!r}", "", f"use one of: {', '.join(ENGINES)}")
    if engine != "rl":
        require()
    files = [Path(more)] if isinstance(more, (str, Path)) else [Path(file) for file in more]
    if keep and files:
        what = "what follows from statements outside the store cannot be kept in it"
        raise TargetGraphError(what, "", "leave keep or more out")
    place = place_of(store)
    limits = Limits(seconds, megabytes)
    record = None
    if keep and isinstance(place, Path):
        require_writable(place)
        record = carried_on(place, progress) if engine == "rl" and not full else None
    if record is None:
        statements, version = statements_of(place, files)
        given: Given = partial(_same, statements)
        record = reason(statements, version, engine, limits, progress, most, names_told(files))
    else:
        assert isinstance(place, Path)
        dataset = StoreFolder(place).current().dataset
        given = cache(partial(asserted_in, dataset))
    if keep:
        assert isinstance(place, Path), "reasoning reads a folder"
        keep_in_store(record, engine, place)
    return Conclusions(record, engine, given, limits)


def _same(statements: Collection[Triple3]) -> Collection[Triple3]:
    return statements


class Conclusions(Result, Tabular):
    """What a reasoner concluded. True where it found no contradiction. As a table it has one row a statement that follows."""

    def __init__(self, record: ConclusionsRecord, engine: str, given: Given, limits: Limits) -> None:
        self._record, self._engine, self._given, self._limits = record, engine, given, limits

    @property
    def engine(self) -> str:
        """The reasoner and its version."""
        return self._record.engine

    @property
    def version(self) -> str:
        """Data version of the graph that was reasoned over."""
        return self._record.version

    @property
    def consistent(self) -> bool:
        """Whether all statements can be true together; by ``rl``, as far as its rules see."""
        return self._record.consistent

    @property
    def contradiction(self) -> tuple[str, ...]:
        """A smallest set of axioms that cannot all be true, in sentences; empty where there is none, and where none of a
        size that can be read was found within the limits (``unfinished``).
        """
        return self.contradictions[0] if self.contradictions else ()

    @property
    def contradictions(self) -> tuple[tuple[str, ...], ...]:
        """Every smallest set of axioms that cannot all be true that was found; one unless more were asked for."""
        return self._record.contradiction.sets if self._record.contradiction else ()

    @property
    def complete(self) -> bool:
        """Whether ``contradictions`` are all there are: False where no other was looked for, or number or time ended first."""
        return self._record.contradiction.complete if self._record.contradiction else True

    @property
    def unfinished(self) -> str:
        """Why ``contradiction`` is not known to be smallest; empty where it is."""
        return self._record.contradiction.unfinished if self._record.contradiction else ""

    @property
    def unsatisfiable(self) -> dict[str, tuple[str, ...]]:
        """By IRI of a class that can have no member: a smallest set of axioms from which that follows, in sentences."""
        return {kind: tuple(self._record.why_unsatisfiable.get(kind, ())) for kind in self._record.unsatisfiable}

    @property
    def members(self) -> dict[str, tuple[str, ...]]:
        """By name of a class that is a question of coverage, such as ``OrphanTarget``: IRIs of the targets in it, their links
        taken as all there are. Empty by ``rl``, which cannot tell.
        """
        return {kind.rpartition("#")[2]: tuple(things) for kind, things in self._record.members.items()}

    @property
    def left_out(self) -> int:
        """How many statements were left out: years and dates, which OWL 2 DL does not know, and things without names."""
        return self._record.left_out

    def why(
        self, subject: str, predicate: str, object: str, *, most: int = 1, progress: Progress | None = None
    ) -> Inference:
        """Why a single statement follows: a type, a link, or that a class lies below another.

        More than one smallest set of axioms is found by the hitting-set tree (Reiter 1987; Kalyanpur and others 2007).

        Parameters
        ----------
        subject, predicate, object : IRIs, prefixed names (``tg:responsibleActor``), ``a``, or paths such as ``gfc/target/A1``.
        most : smallest sets of axioms to look for; no further one is looked for after the limit of time.
        progress : called with a short sentence before each step.

        Raises
        ------
        TargetGraphError : a prefix is not known, or the reasoner did not end within its limits.
        ResourceMissing : it is a question of coverage, or about classes, and there is no Java.
        """
        from targetgraph.pipeline.inference_explaining import explain

        return Inference(explain(self._given(), (subject, predicate, object), self._limits, progress, most))

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return ("subject", "predicate", "object")

    def rows(self) -> Iterator[tuple[Value, ...]]:
        """One row a statement that follows, its terms as text: nobody asserted it."""
        return ((str(s), str(p), str(o)) for s, p, o in self._record.inferred)

    def __len__(self) -> int:
        return len(self._record.inferred)

    def __bool__(self) -> bool:
        return self.consistent

    def to_rdflib(self) -> rdflib.Graph:
        """The statements that follow, in an rdflib ``Graph``."""
        from rdflib import Graph

        made = Graph()
        for triple in self._record.inferred:
            made.add(triple)
        return made

    def save(self, path: str | Path) -> Path:
        """Write what follows as N-Quads, in a named graph of its own that says by what it was inferred, and from what.

        Returns
        -------
        The path.

        Raises
        ------
        TargetGraphError : the file cannot be written.
        """
        from targetgraph.pipeline.reasoning_run import as_nquads
        from targetgraph.store.durable import write_whole

        moment = datetime.now(UTC).isoformat(timespec="seconds")
        write_whole(Path(path), as_nquads(self._record, self._engine, moment).encode(), "give another path")
        return Path(path)

    def to_dict(self) -> dict[str, Any]:
        """All properties, and ``inferred`` (statements, as the rows)."""
        return {
            "engine": self.engine,
            "version": self.version,
            "consistent": self.consistent,
            "contradiction": list(self.contradiction),
            "contradictions": [list(axioms) for axioms in self.contradictions],
            "complete": self.complete,
            "unfinished": self.unfinished,
            "unsatisfiable": {kind: list(why) for kind, why in self.unsatisfiable.items()},
            "members": {kind: list(things) for kind, things in self.members.items()},
            "left_out": self.left_out,
            "inferred": self.to_dicts(),
        }

    def __str__(self) -> str:
        return "\n".join(self._told())

    def _told(self) -> Iterator[str]:
        return self._record.told(asked=len(self.contradictions) > 1)

    def _summary(self) -> str:
        verdict = "no contradiction" if self.consistent else "a contradiction"
        return f"{self.engine}, data version {self.version}: {verdict}, {len(self):,} statements follow"

    def _repr_html_(self) -> str:
        from targetgraph.views.fragments.report import report

        lead = [line for line in self._told() if not line.startswith("- ") and not line.endswith("can have no member:")]
        sections = [("Cannot all be true" if n == 0 else "Nor can these", s) for n, s in enumerate(self.contradictions)]
        sections += [
            (f"Why {kind.rpartition('#')[2]} can have no member", why) for kind, why in self.unsatisfiable.items()
        ]
        return report("What follows", lead, sections)


class Inference(Result):
    """Whether a statement follows, and why. True where it does."""

    def __init__(self, record: Explanation) -> None:
        self._record = record

    @property
    def statement(self) -> str:
        """The statement as a sentence."""
        return self._record.statement

    @property
    def follows(self) -> bool:
        """Whether it follows, or is stated."""
        return self._record.follows

    @property
    def stated(self) -> bool:
        """Whether it is stated, so that nothing had to be inferred."""
        return self._record.stated

    @property
    def engine(self) -> str:
        """The reasoner and its version; empty where the statement is stated."""
        return self._record.engine

    @property
    def axioms(self) -> tuple[str, ...]:
        """A smallest set of axioms from which it follows, in sentences."""
        return self._record.why

    @property
    def all(self) -> tuple[tuple[str, ...], ...]:
        """Every smallest set of axioms that was found, each in sentences; one unless more were asked for."""
        return self._record.all

    @property
    def complete(self) -> bool:
        """Whether ``all`` are all there are: False where no other was looked for, or number or time came to an end."""
        return self._record.complete

    def __bool__(self) -> bool:
        return self.follows

    def to_dict(self) -> dict[str, Any]:
        """All properties."""
        return {
            "statement": self.statement,
            "follows": self.follows,
            "stated": self.stated,
            "engine": self.engine,
            "axioms": list(self.axioms),
            "all": [list(axioms) for axioms in self.all],
            "complete": self.complete,
        }

    def __str__(self) -> str:
        return "\n".join(self._record.lines(asked=len(self.all) > 1))

    def _summary(self) -> str:
        return self._record.told()

    def _repr_html_(self) -> str:
        from targetgraph.views.fragments.report import report

        others = [("Also because", axioms) for axioms in self.all[1:]]
        return report(self._record.told(), (), [("Because", self.axioms), *others])
