"""The French catalogue against the code and the ontology that say the English sentences."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache

import pytest

from targetgraph import resources
from targetgraph.library import Library
from targetgraph.phrases.recognising import FILE
from targetgraph.phrases.telling import LANGUAGES, catalogue
from targetgraph.views.explorer.query import by_theme
from targetgraph.views.page import theme_name

_PLACE = re.compile(r"\{(\w+)(?::[^}]*)?\}")
_WORD = re.compile(r"[^\W\d_]{3,}")
#: Words that the code puts together: names of roles.
_COMPOSED = {"role unstated"}
_OTHERS = [language for language in LANGUAGES if language != "en"]


@cache
def _sources() -> tuple[tuple[str, ast.Module], ...]:
    package = resources.templates().parent
    return tuple(
        (path.relative_to(package).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(package.rglob("*.py"))
    )


def _said() -> dict[str, str]:
    """Templates of every call of `say` and `counted` by what a catalogue knows them by, with where they stand."""
    found = {}
    for name, module in _sources():
        called = {
            alias.asname or alias.name
            for node in ast.walk(module)
            if isinstance(node, ast.ImportFrom) and node.module == "targetgraph.phrases"
            for alias in node.names
            if alias.name in ("say", "counted")
        }
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in called:
                for constant in [a.value for a in node.args[:2] if isinstance(a, ast.Constant)][-1:]:
                    if isinstance(constant, str):
                        found[constant] = f"{name}:{node.lineno}"
    return found


@cache
def _asked() -> dict[str, str]:
    """What pages show of the query library, themes and questions with their parameters and columns, and where it stands."""
    found = {}
    for theme, questions in by_theme(Library()):
        found[theme_name(theme)] = theme
        for question in questions:
            texts = [
                question.summary,
                question.question,
                *(p.meaning for p in question.parameters),
                *(c.meaning for c in question.columns),
            ]
            found |= dict.fromkeys(texts, question.name)
    return found


def _refused() -> dict[str, str]:
    """What pages say when they refuse something in a fixed sentence, with where it stands."""
    return {
        part.value: f"{name}:{node.lineno}"
        for name, module in _sources()
        for node in ast.walk(module)
        if name.startswith("web/explorer/")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused"
        for argument in node.args[:2]
        for part in (argument.values if isinstance(argument, ast.BoolOp) else [argument])
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value
    }


def _forms(entry: object) -> list[str]:
    return list(entry) if isinstance(entry, list) else list(entry.values()) if isinstance(entry, dict) else [str(entry)]


def test_there_are_sentences():
    assert len(_said()) >= 60


@pytest.mark.parametrize("language", _OTHERS)
def test_every_sentence_of_the_code_can_be_told(language):
    known = catalogue(language)
    missing = [
        f"{place}: {template}"
        for template, place in _said().items()
        if _WORD.search(_PLACE.sub("", template)) and template not in known
    ]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("language", _OTHERS)
def test_every_refusal_can_be_told(language):
    assert len(_refused()) >= 30
    missing = [f"{place}: {text}" for text, place in _refused().items() if text not in catalogue(language)]
    assert not missing, "\n".join(missing)


def test_no_refusal_is_put_together_otherwise():
    loose = [
        f"{name}:{node.lineno}"
        for name, module in _sources()
        for node in ast.walk(module)
        if name.startswith("web/explorer/")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused"
        if any(isinstance(argument, ast.JoinedStr) for argument in node.args)
    ]
    assert not loose


def test_there_are_questions():
    assert len(_asked()) >= 400


@pytest.mark.parametrize("language", _OTHERS)
def test_every_question_of_the_library_can_be_told(language):
    known = catalogue(language)
    missing = [f"{place}: {text}" for text, place in _asked().items() if text not in known]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("language", _OTHERS)
def test_what_is_told_has_the_places_of_the_english(language):
    for english, entry in catalogue(language).items():
        places = set(_PLACE.findall(english))
        for form in _forms(entry):
            assert form.strip() and set(_PLACE.findall(form)) == places, english
        if "{n}" in english and isinstance(entry, list):
            assert len(entry) == 2, english


@pytest.mark.parametrize("language", _OTHERS)
def test_a_catalogue_holds_nothing_that_nobody_says(language):
    literals = {
        node.value
        for _, module in _sources()
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    ontology = "\n".join(p.read_text(encoding="utf-8") for p in resources.ontology().glob("*.ttl"))
    words = {
        w
        for text in literals
        for w in (text, text.lower(), text.replace("_", " ").lower(), *re.split(r"[ _,;]+", text))
    }
    with (resources.templates() / "phrases" / language / FILE).open("rb") as stream:
        errors = set(tomllib.load(stream))  # test_recognising.py looks for them in the code
    said = words | _COMPOSED | set(_asked()) | errors
    idle = [e for e in catalogue(language) if e not in said and f'"{e}"' not in ontology]
    assert not idle, idle
