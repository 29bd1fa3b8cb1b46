"""The package's own source, as syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGE = CHECKOUT / "graph" / "targetgraph"
ERRORS = frozenset(
    ("TargetGraphError", "InputError", "StoreError", "QueryError", "LimitExceeded", "ResourceMissing")
)  # fmt: skip


@cache
def trees() -> dict[str, ast.Module]:
    """By path below the package."""
    return {
        str(path.relative_to(PACKAGE)): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }


def called(node: ast.Call) -> str:
    """The last part of the name of what is called."""
    function = node.func
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def error_calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Where an error is made, or a problem that goes into one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in ERRORS | {"Problem"}:
            yield node


def remedy_of(call: ast.Call) -> ast.expr | None:
    """The remedy that is given; ``None`` where there is none, or an empty one."""
    if any(isinstance(a, ast.Starred) for a in call.args) or any(k.arg is None for k in call.keywords):
        return ast.Constant(value=...)  # handed on from elsewhere
    given = call.args[2] if len(call.args) > 2 else {k.arg: k.value for k in call.keywords}.get("remedy")
    return None if given is None or (isinstance(given, ast.Constant) and not given.value) else given


def public_functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Public functions, and public methods of public classes, with their dotted names."""

    def within(body: list[ast.stmt], prefix: str) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
        for node in body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield from within(node.body, f"{prefix}{node.name}.")
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and not node.name.startswith("_"):
                yield f"{prefix}{node.name}", node

    yield from within(tree.body, "")
