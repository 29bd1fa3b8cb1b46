"""What messages of errors say, read from the sources: also where a function makes them of what it is handed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.packaging.sources import ERRORS, called

#: Stands for what differs from time to time.
PLACE = "\0"
#: ``Refused`` is what pages of the explorer refuse with.
_MADE_BY = ERRORS | {"Problem", "Refused"}
_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Message:
    """A message: where it is made, and its text, with ``PLACE`` for what differs."""

    where: str
    text: str

    @property
    def letters(self) -> int:
        """How much of it is the same whenever it is told."""
        return len(self.text.replace(PLACE, "").strip())


def messages_of(path: str, tree: ast.Module) -> list[Message]:
    """Every message that is written in a module; one that is handed on whole counts where it is written."""
    scopes: list[ast.AST] = [tree, *(n for n in ast.walk(tree) if isinstance(n, _Function))]
    inside = {scope: list(_own(scope)) for scope in scopes}
    calls = {scope: [n for n in nodes if isinstance(n, ast.Call)] for scope, nodes in inside.items()}
    handing = {**_HANDED_ACROSS, **dict(_handing_on(calls))}
    found: dict[Message, None] = {}
    for scope, made in calls.items():
        told = [(c.lineno, w) for c in made if (w := _what(c, handing)) is not None]
        assigned = _assigned(inside[scope]) if any(isinstance(w, ast.Name) for _, w in told) else {}
        for line, what in told:
            for given in assigned.get(what.id, []) if isinstance(what, ast.Name) else [what]:
                found.update(dict.fromkeys(Message(f"{path}:{line}", text) for text in _texts(given)))
    return [m for m in found if m.letters >= 7]


def _own(scope: ast.AST) -> Iterator[ast.AST]:
    """What stands in a function itself, not in one inside it."""
    waiting = list(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, _Function):
            waiting += ast.iter_child_nodes(node)


#: By an outsider: a table's problems are told by `problems.add(what, …)`, documents refuse by `refused(what, …)`.
_HANDED_ACROSS = {"add": 0, "refused": 0, "damaged": 1}


def _handing_on(calls: Mapping[ast.AST, list[ast.Call]]) -> Iterator[tuple[str, int]]:
    """Functions that make an error of their parameter ``what``, and its position among what they are called with."""
    for function, inside in calls.items():
        names = [a.arg for a in function.args.args] if isinstance(function, _Function) else []
        made = [c for c in inside if called(c) in _MADE_BY and c.args]
        if "what" in names and any(isinstance(c.args[0], ast.Name) and c.args[0].id == "what" for c in made):
            yield getattr(function, "name", ""), names.index("what") - (names[0] == "self")


def _what(call: ast.Call, handing: dict[str, int]) -> ast.expr | None:
    name = called(call)
    if name in _MADE_BY:
        # The protocol's refusals begin with a status.
        status = name == "Refused" and _is_number(call.args[:1])
        return call.args[status] if len(call.args) > status else None
    position = handing.get(name)
    return call.args[position] if position is not None and len(call.args) > max(position, 1) else None


def _is_number(arguments: list[ast.expr]) -> bool:
    return any(isinstance(a, ast.Constant) and isinstance(a.value, int) for a in arguments)


def _assigned(inside: list[ast.AST]) -> dict[str, list[ast.expr]]:
    """What the names of a function are given in it."""
    found: dict[str, list[ast.expr]] = {}
    for node in (n for n in inside if isinstance(n, ast.Assign)):
        for target in node.targets:
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = list(zip(target.elts, node.value.elts, strict=True))
            for name, value in pairs:
                if isinstance(name, ast.Name):
                    found.setdefault(name.id, []).append(value)
    return found


def _texts(expression: ast.expr) -> list[str]:
    """Every text that an expression can give."""
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        return [expression.value]
    if isinstance(expression, ast.JoinedStr):
        return ["".join(str(v.value) if isinstance(v, ast.Constant) else PLACE for v in expression.values)]
    if isinstance(expression, ast.IfExp):
        return [*_texts(expression.body), *_texts(expression.orelse)]
    if isinstance(expression, ast.BinOp) and isinstance(expression.op, ast.Add):
        return [a + b for a in _texts(expression.left) for b in _texts(expression.right)]
    if isinstance(expression, ast.Call) and called(expression) == "say" and expression.args:
        return [re.sub(r"\{[^}]*\}", PLACE, text) for text in _texts(expression.args[0])]
    return [PLACE]


def mentioned(message: str, text: str) -> bool:
    """Whether three words running of a message, ten letters or more, stand in a text, or all of it whatever its places hold."""
    parts = message.split(PLACE)
    for single in map(str.split, parts):
        runs = (" ".join(single[n : n + 3]) for n in range(max(1, len(single) - 2)))
        if any(run in text for run in runs if len(run) >= 10):
            return True
    if len("".join(parts).strip()) < 10:
        return False
    return re.search(".{1,60}?".join(re.escape(part) for part in parts).strip(), text) is not None
