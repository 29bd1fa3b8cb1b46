"""Every error that a user can cause says what to do about it.

The two kinds of `Refused`, by which the server answers, cannot be made without: their remedy has no default, and mypy looks.
"""

from __future__ import annotations

import ast

import pytest

from targetgraph import errors
from tests.packaging.sources import ERRORS, PACKAGE, called, error_calls, public_functions, remedy_of, trees


def test_the_list_of_errors_is_complete() -> None:
    found = {name for name, thing in vars(errors).items() if isinstance(thing, type) and issubclass(thing, Exception)}
    assert found == ERRORS


def test_every_error_has_a_remedy() -> None:
    """Each place at which one is made: a third argument, or ``remedy=``, that is not empty."""
    looked, bare = 0, []
    for path, tree in trees().items():
        for call in error_calls(tree):
            if called(call) == "InputError":
                continue  # it is made of problems, which are looked at themselves
            looked += 1
            if remedy_of(call) is None:
                bare.append(f"{path}:{call.lineno}")
    assert looked > 250
    assert not bare


@pytest.mark.parametrize("code", ["StoreError('it is gone', 'here')", "QueryError('no', remedy='')", "Problem('x')"])
def test_a_missing_remedy_is_noticed(code: str) -> None:
    (call,) = error_calls(ast.parse(code))
    assert remedy_of(call) is None


def test_a_given_remedy_is_seen() -> None:
    for code in ("StoreError('x', 'here', f'run {it}')", "QueryError('x', remedy=told)", "Problem(*parts)"):
        (call,) = error_calls(ast.parse(code))
        assert remedy_of(call) is not None


# The entry of a child process: its parent tells.
_TOLD_ELSEWHERE = {("pipeline/kept_exports.py", "main")}


def test_functions_that_raise_say_so() -> None:
    """In the words of their docstring; a command's docstring is its help, and it says what the exit code means as a whole."""
    silent, looked = [], 0
    for path, tree in trees().items():
        for name, function in public_functions(tree):
            raised = [
                n for n in ast.walk(function)
                if isinstance(n, ast.Raise) and isinstance(n.exc, ast.Call) and called(n.exc) in ERRORS
            ]  # fmt: skip
            if not raised:
                continue
            looked += 1
            doc = ast.get_docstring(function) or ""
            told = any(
                word in doc for word in ("Raises", "rrors: see", "(errors", "raises", "refuse", "Refuse", "Error")
            )
            if not told and (path, name) not in _TOLD_ELSEWHERE and not (path.startswith("cli/") and name == "command"):
                silent.append(f"{PACKAGE.name}/{path}:{function.lineno} {name}")
    assert looked > 60
    assert not silent
