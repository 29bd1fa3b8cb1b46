"""All the files a data version can be had as: their names, what each is for, and how it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from targetgraph.errors import TargetGraphError
from targetgraph.library.suggestions import did_you_mean
from targetgraph.publish.catalogue.offers import FORMATS
from targetgraph.publish.exports.source import Source

CONTEXT_FILE: Final = "context.jsonld"
CSVW_FOLDER: Final = "csvw"
OF_ONE_FRAMEWORK: Final = ("jsonld", "jsonld-gaps", "xlsx", "graphml", "gexf", "sssom")
OF_EVERYTHING: Final = (
    "nquads",
    "trig",
    "ntriples",
    "turtle",
    "rdfxml",
    "csvw",
    "jsonld-vocabularies",
    "jsonld-context",
)
NAMES: Final = (*OF_EVERYTHING, *OF_ONE_FRAMEWORK)
MANY: Final = 12
"""With more frameworks than this, files of one framework are made only for those that are named."""

_CSV: Final = "text/csv"
_JSON: Final = "application/json"
_CSVM: Final = "application/csvm+json"


@dataclass(frozen=True, slots=True)
class Product:
    """Files that are made together.

    Parameters
    ----------
    name : path of the file, or of the folder, below the folder of exports.
    format : one of `NAMES`.
    title : what it is, in a few words.
    purpose : whom it serves, in a sentence.
    media_type : of the file; empty for a folder.
    write : makes it at the path given, which does not exist.
    framework : code of the framework it is about; empty for all.
    """

    name: str
    format: str
    title: str
    purpose: str
    media_type: str
    write: Callable[[Path], None]
    framework: str = ""

    @property
    def is_folder(self) -> bool:
        """Whether several files are made, in a folder of that name."""
        return not self.media_type


def media_type(name: str) -> str:
    """The media type of a file of an export, by the end of its name."""
    if name.endswith(".csv"):
        return _CSV
    if name.endswith("csv-metadata.json"):
        return _CSVM
    if name.endswith(".gz"):
        return "application/gzip"
    found = (f.media_type for f in FORMATS.values() if name.endswith(f".{f.suffix}"))
    return next(found, _JSON)


def products(source: Source, graphs: tuple[str, ...] = (), framework: str = "", inline: bool = False) -> list[Product]:
    """Everything a data version can be had as.

    Parameters
    ----------
    graphs : IRIs of the named graphs that dumps hold; all when empty.
    framework : only files about this one, and of the dumps those statements that are asserted of it.
    inline : write the JSON-LD context into each document.

    Raises
    ------
    TargetGraphError
        when there is no such framework.
    """
    if framework:
        source.framework(framework)
        graphs = graphs or (source.framework_graph(framework),)
    codes = [framework] if framework else list(source.codes if len(source.codes) <= MANY else ())
    found = _dumps(source, graphs, framework)
    found += [] if framework else _of_everything(source, inline)
    for code in codes:
        found += _of_one(source, code, inline)
    return found + _mappings(source, framework)


def product_named(source: Source, name: str) -> Product | None:
    """The product of that name, also of a framework whose files are not listed because there are many; or nothing."""
    found = next((p for p in products(source) if p.name == name), None)
    if found is None and len(source.codes) > MANY:
        stems = (
            name[: -len(end)] for end in ("-gaps.jsonld", ".jsonld", ".xlsx", ".graphml", ".gexf") if name.endswith(end)
        )
        code = next((stem for stem in stems if stem in source.codes), "")
        found = next((p for p in products(source, framework=code) if p.name == name), None) if code else None
    return found


def of_format(found: list[Product], name: str) -> list[Product]:
    """The products of a format.

    Raises
    ------
    TargetGraphError
        when there is no such format.
    """
    if name not in NAMES:
        remedy = did_you_mean(name, NAMES, "the formats are: {all}")
        raise TargetGraphError(f"there is no format {name!r}", "", remedy)
    return [p for p in found if p.format == name]


def _dump(source: Source, form: str, graphs: tuple[str, ...], path: Path) -> None:
    from targetgraph.publish.exports.dumps import write_dump

    with path.open("wb") as output:
        write_dump(source, output, form, graphs)


_DUMP_PURPOSES: Final = {
    "nquads": "For stores and for checking: canonical, one statement a line, sorted, with the named graphs.",
    "trig": "For reading and for stores: grouped by named graph and thing, with prefixes.",
    "ntriples": "For tools that know no named graphs: one statement a line, sorted.",
    "turtle": "For reading: grouped by thing, with prefixes, without the named graphs.",
    "rdfxml": "For older tools: RDF in XML, without the named graphs.",
}


def _dumps(source: Source, graphs: tuple[str, ...], framework: str) -> list[Product]:
    stem = framework or "targetgraph"
    return [
        Product(
            f"{stem}.{FORMATS[form].suffix}", form, f"Statements as {FORMATS[form].name}", purpose,
            FORMATS[form].media_type, partial(_dump, source, form, graphs), framework,
        )
        for form, purpose in _DUMP_PURPOSES.items()
    ]  # fmt: skip


def _of_everything(source: Source, inline: bool) -> list[Product]:
    def tables(path: Path) -> None:
        from targetgraph.publish.exports.csvw import write_tables

        path.mkdir()
        write_tables(source, path)

    def packed(path: Path) -> None:
        import tempfile

        from targetgraph.publish.exports.archives import write_zip
        from targetgraph.publish.exports.csvw import METADATA, write_tables

        beside = path.with_name(CSVW_FOLDER)
        if (beside / METADATA).is_file():  # just written
            write_zip(path, sorted(beside.iterdir()))
            return
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".tables-") as folder:
            write_tables(source, Path(folder))
            write_zip(path, sorted(Path(folder).iterdir()))

    def vocabularies(path: Path) -> None:
        from targetgraph.publish.exports.framed import framed, vocabulary_things

        path.write_text(framed(vocabulary_things(source), "vocabularies", inline), encoding="utf-8")

    def context(path: Path) -> None:
        from targetgraph.publish.exports.framed import context_text

        path.write_text(context_text(), encoding="utf-8")

    jsonld = FORMATS["jsonld"].media_type
    return [
        Product(
            CSVW_FOLDER, "csvw", "Tables (CSV on the Web)",
            "For spreadsheets, databases and statistics: a table a kind of thing, with what each column means.", "", tables,
        ),
        Product(
            "csvw.zip", "csvw", "The tables in one archive", "To take them all at once.", FORMATS["csvw"].media_type, packed,
        ),
        Product(
            "vocabularies.jsonld", "jsonld-vocabularies", "Vocabularies as nested JSON-LD",
            "For programmers: actors, sectors, stages, issues, indicators and SDGs as trees.", jsonld, vocabularies,
        ),
        Product(
            CONTEXT_FILE, "jsonld-context", "The JSON-LD context", "What the names in the JSON-LD documents mean.", jsonld,
            context,
        ),
    ]  # fmt: skip


def _of_one(source: Source, code: str, inline: bool) -> list[Product]:
    """Files about one framework."""
    label = source.coded.frameworks[source.coded.framework_number(code)].label

    def document(path: Path) -> None:
        from targetgraph.publish.exports.framed import framed, framework_things

        path.write_text(framed(framework_things(source, code), "framework", inline), encoding="utf-8")

    def gaps(path: Path) -> None:
        from targetgraph.publish.exports.framed import framed, gap_things

        path.write_text(framed(gap_things(source, code), "gaps", inline), encoding="utf-8")

    def workbook(path: Path) -> None:
        from targetgraph.publish.exports.workbook import write_workbook

        write_workbook(source, code, path)

    def network(form: str, path: Path) -> None:
        from targetgraph.publish.exports.networks import write_network

        write_network(source, code, form, path)

    def product(name: str, form: str, title: str, purpose: str, write: Callable[[Path], None]) -> Product:
        return Product(name, form, f"{label}: {title}", purpose, media_type(name), write, code)

    return [
        product(
            f"{code}.jsonld", "jsonld", "nested JSON-LD", "For programmers: targets with their links and wordings.", document,
        ),
        product(f"{code}-gaps.jsonld", "jsonld-gaps", "gaps as JSON-LD", "For programmers: every gap with its evidence.", gaps),
        product(
            f"{code}.xlsx", "xlsx", "workbook", "For analysts: targets, links, coverage and ranked gaps as sheets.", workbook,
        ),
        product(
            f"{code}.graphml", "graphml", "network (GraphML)", "For yEd, Cytoscape, igraph.", partial(network, "graphml"),
        ),
        product(f"{code}.gexf", "gexf", "network (GEXF)", "For Gephi.", partial(network, "gexf")),
    ]  # fmt: skip


def _mappings(source: Source, framework: str) -> list[Product]:
    from targetgraph.publish.exports.sssom import mapping_sets, write_mapping_set

    return [
        Product(
            f"{found.name}.sssom.tsv", "sssom", found.title, found.purpose, FORMATS["sssom"].media_type,
            partial(write_mapping_set, source, found), found.framework,
        )
        for found in mapping_sets(source, framework)
    ]  # fmt: skip
