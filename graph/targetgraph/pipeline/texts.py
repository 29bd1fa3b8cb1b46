"""Texts of targets, from a store or from a document, and what is read off them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from targetgraph import iris, resources
from targetgraph.errors import TargetGraphError
from targetgraph.library import Library
from targetgraph.library.terms import Iri
from targetgraph.pipeline.opening import open_store
from targetgraph.reading.collection import read_collection
from targetgraph.reading.mentions import Reader
from targetgraph.reading.mentions.own_terms import terms_in
from targetgraph.records.smart import ABSENT, PARAPHRASE, WORDING
from targetgraph.records.wordings import TargetText
from targetgraph.store.remote_address import StorePlace


def reader(folders: Sequence[Path] = (), terms: Iterable[Path] = ()) -> Reader:
    """A reader for the bundled vocabularies and those of further folders of tables.

    Parameters
    ----------
    folders : folders of tables laid beside the bundled ones; ``labels.ttl`` and ``wording-terms.ttl`` in them are taken too.
    terms : further Turtle files with labels and listed words of one's own.

    Raises
    ------
    InputError : a table or a file cannot be read.
    """
    return Reader.of(read_collection([resources.tables(), *folders]), [*terms_in(folders), *terms])


def texts_in_store(store: StorePlace, framework: str) -> list[TargetText]:
    """The texts of a framework's targets in a store, in the order of their addresses; ``basis`` says what each is.

    Parameters
    ----------
    framework : its code, such as ``gfc``.

    Raises
    ------
    StoreError : nothing has been built there, or it is damaged.
    TargetGraphError : there is no such framework in it, or it has no targets.
    """
    query = Library().find("wording/texts-of-targets").text({"framework": Iri(iris.framework(framework))})
    with open_store(store) as opened:
        rows = list(opened.values(query))
    if not rows:
        raise TargetGraphError(
            f"the graph holds no target of a framework {framework!r}",
            str(store),
            "give the code of a framework, such as gfc (targetgraph query frameworks-in-numbers), or a file",
        )
    found: dict[str, TargetText] = {}
    for _, number, label, language, text, paraphrase in rows:
        code = number or ""
        if code in found and found[code].basis == WORDING:
            continue
        basis = WORDING if text else PARAPHRASE if paraphrase else ABSENT
        found[code] = TargetText(
            code=code,
            text=text or paraphrase or "",
            language=(language or "en") if text else "en",
            label=label or "",
            basis=basis,
        )
    return list(found.values())


def texts_in_file(path: Path, language: str = "") -> list[TargetText]:
    """The targets found in a document.

    Parameters
    ----------
    path : a document in any format that can be read.
    language : its language; what the document says of itself, else English, by default.

    Raises
    ------
    InputError, TargetGraphError : the file cannot be read, or no target was found in it.
    """
    from targetgraph.reading.documents import read_document
    from targetgraph.reading.targets import recognise

    document = read_document(path)
    tag = language or document.language or "en"
    found = [TargetText(code=t.id, text=t.text, language=tag, label=t.text[:60]) for t in recognise(document).targets]
    if not found:
        raise TargetGraphError(
            "no target was found in this file",
            str(path),
            "put each target in a list item, a numbered paragraph or a table row",
        )
    return found


def texts(place: str, store: StorePlace, language: str = "") -> list[TargetText]:
    """The texts of what a user names: a file if there is one of that name, else a framework of the store.

    Raises
    ------
    TargetGraphError : there is neither.
    """
    path = Path(place)
    if path.is_file():
        return texts_in_file(path, language)
    if path.suffix or "/" in place:
        raise TargetGraphError(
            f"there is no file {place!r}", place, "give the path of a document, or the code of a framework"
        )
    return texts_in_store(store, place)
