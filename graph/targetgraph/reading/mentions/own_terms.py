"""Labels and listed words of one's own: Turtle files beside the bundled ones, where they lie, and what is wrong in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

from targetgraph import iris
from targetgraph.errors import InputError, Place, Problem
from targetgraph.namespaces import PREFIXES
from targetgraph.reading.mentions import labels, word_lists
from targetgraph.store.turtle_files import literal_statements

_LABELS = frozenset(PREFIXES["skos"] + name for name in ("prefLabel", "altLabel", "hiddenLabel"))
_BASE = iris.concept("x", "x").removesuffix("scheme/x/x")
_LISTS = iris.concept("wording", "x")[:-1]


def terms_in(folders: Iterable[Path]) -> list[Path]:
    """The files ``labels.ttl`` and ``wording-terms.ttl`` that lie directly in folders of tables."""
    places = (folder / name for folder in folders for name in (labels.FILE, word_lists.FILE))
    return [path for path in places if path.is_file()]


def check_terms(files: Sequence[Path], concepts: Collection[str], lists: Collection[str]) -> None:
    """Refuse what would have no effect: a label of a concept that is not there, a word of no list, a word without a language.

    Parameters
    ----------
    files : the files; statements about anything whose address is none of ours are nobody's business here.
    concepts : addresses of what may have labels.
    lists : codes of the word lists.

    Raises
    ------
    InputError : with every such statement.
    """
    problems: list[Problem] = []
    for file in files:
        for statement in literal_statements(file):
            subject = statement.subject
            if statement.predicate not in _LABELS or not subject.startswith(_BASE) or subject in concepts:
                continue
            where = Place(str(file), iri=subject)
            said = f"{statement.text!r}"
            if not subject.startswith(_LISTS):
                what, known = f"{said} is a label of a concept that is in no vocabulary", concepts
                problems.append(Problem(what, where, _suggestion(subject, known)))
            elif subject[len(_LISTS) :] not in lists:
                what = f"{said} is in a list of words that nothing reads"
                problems.append(Problem(what, where, _suggestion(subject, [_LISTS + code for code in lists])))
            elif not statement.language:
                problems.append(Problem(f"{said} has no language", where, f'write "{statement.text}"@en, or another'))
    if problems:
        raise InputError(problems[:50])


def _suggestion(subject: str, known: Collection[str]) -> str:
    near = get_close_matches(subject, known, 1, 0.85)
    return f"did you mean <{near[0]}>?" if near else "use the address of one that there is (docs/mentions-and-smart.md)"
