"""A graph: its frameworks, its queries, its statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from targetgraph.api.answers import Answer
from targetgraph.api.asking import Parameter, limits, question_called, told, written
from targetgraph.api.framework import Framework
from targetgraph.api.frameworks import Frameworks
from targetgraph.api.result import Result
from targetgraph.api.table import Table
from targetgraph.errors import StoreError, TargetGraphError
from targetgraph.library import Library
from targetgraph.pipeline.opening import OpenedVersion
from targetgraph.store.remote_address import RemoteAddress

if TYPE_CHECKING:
    import rdflib


_DESCRIPTIONS = ("dcat", "void", "examples")
_OWN_THEMES = ("derivation", "description", "extraction")


class Graph(Result):
    """One version of a graph, opened for reading; made by ``targetgraph.open`` and ``targetgraph.build``.

    A later build does not change it. It is a context manager, and closes its store when the block ends.
    """

    def __init__(self, opened: OpenedVersion, notes: Iterable[str] = ()) -> None:
        self._opened, self._notes = opened, tuple(notes)

    @property
    def version(self) -> str:
        """The data version: the same tables give the same on any machine."""
        return self._opened.coded.version

    @property
    def place(self) -> str:
        """The store folder, or the address of the service."""
        return str(self._opened.place)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a build had to say, such as advice and acceptances of gaps that are none."""
        return self._notes

    # -- frameworks --------------------------------------------------------------------------------------------------

    @cached_property
    def frameworks(self) -> Frameworks:
        """All frameworks by code, in the order of the graph."""
        return Frameworks(self)

    def framework(self, code: str) -> Framework:
        """A framework by code or IRI.

        Raises
        ------
        TargetGraphError : there is none of that code.
        """
        coded = self._opened.coded
        return Framework(self, coded.framework_number(code), coded)

    @property
    def dimensions(self) -> Table:
        """In what targets can be covered: short name, what its columns are, how many there are, whether anybody looked."""
        rows = [
            [d.code, d.label, d.plural, len(self._opened.coded.dimension(d.code).columns), d.assessed]
            for d in self._opened.coded.declarations.dimensions
        ]
        return Table("Dimensions", ("code", "label", "plural", "columns", "assessed"), rows)

    @property
    def obligations(self) -> Table:
        """What a kind of thing must have: gaps follow from these."""
        rows = [
            [o.code, o.label, o.dimension, o.minimum, o.severity, o.because]
            for o in self._opened.coded.declarations.obligations
        ]
        return Table("Obligations", ("code", "label", "dimension", "minimum", "severity", "because"), rows)

    @property
    def kinds(self) -> Table:
        """Kinds of gap: what each is called, how grave it is, why it counts, which query shows it."""
        rows = [[k.code, k.label, k.severity, k.because, k.shown_by] for k in self._opened.coded.declarations.kinds]
        return Table("Kinds of gap", ("code", "label", "severity", "because", "shown_by"), rows)

    def survey(self) -> Table:
        """How many gaps of each kind and dimension all frameworks have together, and how many frameworks have any."""
        from targetgraph.analysis.survey import survey

        found = survey(self._opened.coded).to_json()
        rows = [[g["kind"], g["dimension"], g["count"], g["frameworks"]] for g in found["gaps"]]
        caption = f"Gaps of all {found['frameworks']:,} frameworks, {found['targets']:,} targets"
        return Table(caption, ("kind", "dimension", "gaps", "frameworks"), rows, [f"Data version {self.version}."])

    # -- queries -----------------------------------------------------------------------------------------------------

    def questions(self, theme: str = "") -> Table:
        """The questions of the library: name, what each asks, its parameters.

        Parameters
        ----------
        theme : only questions of this theme; without it those that people ask, and none that the package asks for itself.

        Raises
        ------
        QueryError : there is no such theme.
        """
        library = Library()
        themes = [theme] if theme else [t for t in library.themes if t not in _OWN_THEMES]
        found = [q for t in themes for q in library.in_theme(t)]
        rows = [[q.short_name, q.theme, q.question, ", ".join(map(told, q.parameters))] for q in found]
        return Table("Questions of the library", ("name", "theme", "question", "parameters"), rows)

    def query(
        self,
        question: str | Path,
        *,
        limit_rows: int | None = 10_000,
        limit_seconds: float = 30.0,
        **parameters: Parameter,
    ) -> Answer:
        """Ask a question of the library, or of a file with our header.

        Parameters
        ----------
        question : its name, as :meth:`questions` lists it, or the path of a ``.rq`` file.
        limit_rows : rows after which the answer is cut, and says so; ``None`` for no limit.
        limit_seconds : time after which the query is stopped.
        parameters : by name; things are given as codes (``gfc``, ``A1``, ``governments``), prefixed names or IRIs.

        Raises
        ------
        QueryError : there is no such question, or a parameter is unknown, missing or does not fit.
        LimitExceeded : it took too long, or too much memory.
        """
        return self._asked(question, parameters, limit_rows, limit_seconds)

    def _asked(
        self,
        question: str | Path,
        parameters: Mapping[str, Parameter],
        rows: int | None = 10_000,
        seconds: float = 30.0,
    ) -> Answer:
        from targetgraph.store import resolver

        asked, store = question_called(question), self._opened.store
        values = {name: written(value) for name, value in parameters.items()}
        answered = store.query(asked.text(values, resolver(store)), limits(rows, seconds))
        return Answer(answered, asked.question, [column.meaning for column in asked.columns])

    def sparql(self, text: str, *, limit_rows: int | None = 10_000, limit_seconds: float = 30.0) -> Answer:
        """Ask in SPARQL 1.1. The usual prefixes need no declaration, and a query can reach nothing outside the graph.

        Parameters
        ----------
        text : SELECT, ASK, CONSTRUCT or DESCRIBE; the default graph is the union of the named graphs.
        limit_rows, limit_seconds : as for :meth:`query`.

        Raises
        ------
        QueryError : it cannot be read, or is refused (updates, ``SERVICE``, ``FROM`` outside the graph).
        LimitExceeded : it took too long, or too much memory.
        """
        return Answer(self._opened.store.query(text, limits(limit_rows, limit_seconds)))

    def text_of(self, question: str | Path, **parameters: Parameter) -> str:
        """A question of the library as a whole query, parameters bound, ready for any SPARQL endpoint (errors: see
        :meth:`query`).
        """
        from targetgraph.store import resolver

        values = {name: written(value) for name, value in parameters.items()}
        return question_called(question).text(values, resolver(self._opened.store))

    def rdflib(self) -> rdflib.Dataset:
        """The graph as an rdflib ``Dataset``, read-only, its default graph the union of all. Its queries run in Oxigraph, in
        this process and without limits.

        Raises
        ------
        StoreError : the graph is at a service.
        """
        from targetgraph.store import rdflib_dataset

        if self._opened.version is None:
            raise StoreError(
                "a graph at a service has no files to open", self.place,
                "ask it by sparql(), or open the address with rdflib's SPARQLStore",
            )  # fmt: skip
        return rdflib_dataset(self._opened.version.oxigraph)

    # -- for others --------------------------------------------------------------------------------------------------

    def export(
        self,
        form: str,
        path: str | Path,
        *,
        framework: str = "",
        graphs: Iterable[str] = (),
        inline_context: bool = False,
        gzip: bool = False,
        base: str = "https://w3id.org/targetgraph/",
    ) -> Path:
        """Write the store's current version as a file for others (``docs/exports.md``); the same data give the same bytes.

        Parameters
        ----------
        form : ``nquads``, ``trig``, ``ntriples``, ``turtle``, ``rdfxml``; ``jsonld``, ``jsonld-gaps``,
            ``jsonld-vocabularies``, ``jsonld-context``; ``csvw``, ``xlsx``, ``graphml``, ``gexf``, ``sssom``; ``dcat``,
            ``void``, ``examples``; or ``all``.
        path : a file; a folder for ``csvw`` (unless it ends in ``.zip``) and ``all``.
        framework : code; without it files of one framework are about ``gfc``.
        graphs : for dumps ``asserted``, ``mapped``, ``inferred``, ``computed`` or IRIs of named graphs.
        inline_context : for ``jsonld``: write the context into the document.
        gzip : for ``all``: compress the dumps.
        base : for ``dcat``, ``void`` and ``examples``: address of the site.

        Returns
        -------
        The path.

        Raises
        ------
        TargetGraphError : an unknown format, framework or graph, or the file cannot be written.
        StoreError : the graph is at a service.
        """
        from targetgraph.pipeline.describing import describe
        from targetgraph.pipeline.exporting import FORMATS, export

        if form in _DESCRIPTIONS:
            describe(form, Path(path), self._folder(), base)
            return Path(path)
        if form not in FORMATS:
            known = ", ".join((*FORMATS, *_DESCRIPTIONS))
            raise TargetGraphError(f"there is no format {form!r}", "", f"use one of: {known}")
        export(form, Path(path), self._folder(), framework, tuple(graphs), inline_context=inline_context, gzip=gzip)
        return Path(path)

    def site(self, folder: str | Path, base_url: str = "") -> Path:
        """Write the whole site as a folder that any web server can host: pages, data, pictures.

        Parameters
        ----------
        folder : replaced as a whole, if it was written by this before.
        base_url : where it will be hosted, for a sitemap and the catalogue.

        Returns
        -------
        The folder.

        Raises
        ------
        TargetGraphError : the folder holds something else, or cannot be written.
        StoreError : the graph is at a service.
        """
        from targetgraph.pipeline.site import write_site

        write_site(Path(folder), self._folder(), base_url)
        return Path(folder)

    def _folder(self) -> Path:
        if isinstance(self._opened.place, RemoteAddress):
            raise StoreError("files are written from a store folder", self.place, "build the graph into a folder")
        return self._opened.place

    def _fates(self) -> dict[tuple[str, str], str]:
        from targetgraph.pipeline.fates import fates_in

        return fates_in(self._opened.store)

    # -- housekeeping ------------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Let go of the store's files; the graph can go on being used, and opens them again."""
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def to_dict(self) -> dict[str, Any]:
        """Data version, place, frameworks (``code``, ``label``, ``targets``) and notes."""
        return {
            "data_version": self.version,
            "place": self.place,
            "frameworks": [
                {"code": f.code, "label": f.label, "targets": len(f.targets)} for f in self.frameworks.values()
            ],
            "notes": list(self._notes),
        }

    def __str__(self) -> str:
        return "\n".join([f"Graph of data version {self.version} in {self.place}", str(self.frameworks), *self._notes])

    def _summary(self) -> str:
        return f"data version {self.version}, frameworks {', '.join(self.frameworks)}, in {self.place}"

    def _repr_html_(self) -> str:
        return self.frameworks._table((f"Data version {self.version}, in {self.place}.", *self._notes))._repr_html_()
