"""Errors that come as plain English are recognised, and nothing is looked for that the code does not say."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targetgraph import resources
from targetgraph.phrases import Phrase, Telling, recognised, say
from targetgraph.phrases.recognising import FILE
from tests.packaging.sources import trees

#: Names that `did_you_mean` joins.
_JOINED = {"'{one}' or '{two}'", "'{one}' or '{two}' or '{three}'"}
#: Letters that the code may choose.
_CHOSEN = 24
_PLACE = re.compile(r"\{(\w+)\}")


@cache
def _templates() -> tuple[str, ...]:
    return tuple(tomllib.loads((resources.templates() / "phrases" / "fr" / FILE).read_text(encoding="utf-8")))


def _shape(node: ast.expr) -> str:
    """A text of the code with nothing in its places; what is quoted by ``!r`` stands in quotes."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return _PLACE.sub("{}", node.value)
    if isinstance(node, ast.FormattedValue):
        return "'{}'" if node.conversion == ord("r") else "{}"
    return "".join(_shape(part) for part in node.values) if isinstance(node, ast.JoinedStr) else "{}"


@cache
def _shapes() -> frozenset[str]:
    return frozenset(
        _shape(node)
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, (ast.JoinedStr, ast.Constant))
    )


def _says(shape: str, template: str) -> bool:
    """Whether a text of the code is the template, but for a word or two that the code chooses (``{'one' if … else 'a'}``)."""
    own = len(shape.replace("{}", ""))
    if own < 4 or own + _CHOSEN < len(template.replace("{}", "")):
        return False
    return re.fullmatch(re.escape(shape).replace(r"\{\}", ".+"), template) is not None


def test_the_code_says_each_of_them():
    assert len(_templates()) > 90
    bare = {template: _PLACE.sub("{}", template) for template in _templates()}
    left = [t for t, shape in bare.items() if shape not in _shapes() and t not in _JOINED]
    missing = [t for t in left if not any(_says(shape, bare[t]) for shape in _shapes())]
    assert not missing, "\n".join(missing)
    assert len(left) < 15


@pytest.mark.parametrize("template", _templates())
def test_each_is_recognised_with_what_stands_in_it(template):
    places = {name: f"x{n}y" for n, name in enumerate(_PLACE.findall(template))}
    found = recognised(template.format_map(places))
    assert isinstance(found, Phrase)
    assert (found.template, dict(found.places)) == (template, places)
    assert str(found) == template.format_map(places)


@given(st.text())
def test_whatever_is_not_known_stays_as_it_is(text):
    assert str(recognised(text)) == text


def test_a_phrase_stays_itself_and_parts_are_recognised_too():
    said = say("{code} ({name})", code="A1", name="this is not a query")
    assert recognised(said) is said
    told = Telling("fr")
    where = "line 2, column 7: SERVICE is refused; queries reach nothing outside this graph"
    assert told(recognised(where)).startswith("ligne 2, colonne 7 : SERVICE est refusé")
    assert told(recognised("did you mean 'a' or 'b'?")) == "vouliez-vous dire « a » ou « b » ?"
