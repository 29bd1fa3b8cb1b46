"""The public interface is described: every parameter, what comes back, units and sources."""

from __future__ import annotations

import inspect
import re
from typing import Any

import pytest

import targetgraph as tg
from tests.docs.interface_page import members

# A parameter that needs no words of its own, with the reason.
WAIVED = {
    "opened": "Graphs are made by open and build, not by hand",
    "found": "results are made by the methods of a framework",
    "framework": "results are made by the methods of a framework",
    "graph": "results are made by the methods of a framework",
    "minimum": "said where the matrix is asked for",
}
# Methods named after people: where one is used, its source stands in the docstring.
SOURCES = {
    "Framework.close_gaps": "Chvátal 1979",
    "Framework.structure": "Hopcroft & Karp 1973",
    "Framework.surprise": "Strona et al. 2014",
    "Network.measures": "Freeman 1977",
}


def _described() -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name in tg.__all__:
        thing = getattr(tg, name)
        if inspect.isclass(thing):
            found += [(f"{name}.{member}", value) for member, value in members(thing)]
        elif callable(thing):
            found.append((name, thing))
    return found


def _doc(value: Any) -> str:
    return inspect.getdoc(value) or ""


def test_everything_is_described() -> None:
    found = _described()
    assert len(found) > 150
    assert not [name for name, value in found if len(_doc(value).split()) < 2]
    classes = [getattr(tg, name) for name in tg.__all__ if inspect.isclass(getattr(tg, name))]
    assert not [c.__name__ for c in classes if len((c.__doc__ or "").split()) < 3]


def test_every_parameter_has_a_meaning() -> None:
    """In a section, or by a word on where it is told; a single parameter may be explained in the sentence."""
    looked, missing = 0, []
    for name, value in _described():
        if isinstance(value, property) or not callable(value):
            continue
        doc = _doc(value)
        parameters = [p for p in inspect.signature(value).parameters if p != "self"]
        told = set(re.findall(r"\w+", " ".join(re.findall(r"^([\w, ]+) : ", doc, re.MULTILINE))))
        elsewhere = re.search(r"parameters: see|\bas for\b|errors: see", doc)
        for parameter in parameters:
            looked += 1
            if parameter not in told and not elsewhere and f"``{parameter}" not in doc and len(parameters) > 1:
                missing.append(f"{name}({parameter})")
    assert looked > 60
    assert not [m for m in missing if m.partition("(")[2][:-1] not in WAIVED]


@pytest.mark.parametrize("name", SOURCES)
def test_a_method_has_a_source(name: str) -> None:
    owner, _, member = name.partition(".")
    assert SOURCES[name] in _doc(dict(members(getattr(tg, owner)))[member])


def test_what_comes_back_has_a_type() -> None:
    """Every function and property of the interface says by its annotation what it gives."""
    bare = []
    for name, value in _described():
        function = value.fget if isinstance(value, property) else getattr(value, "func", value)
        if inspect.isfunction(function) and "return" not in function.__annotations__:
            bare.append(name)
    assert not bare
