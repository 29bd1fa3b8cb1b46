"""``docs/api.md``: every public name with its members, as their docstrings say."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import targetgraph as tg

_HEAD = """# Python interface

<!-- Made by `python -m tests.docs.reference` from the docstrings; do not edit. -->

`import targetgraph as tg` offers the names below and loads nothing until one of them is used. Everything else in the package is
how it is made, and may change with any release; the notebooks use only what is here.

```python
import targetgraph as tg

with tg.open() as graph:  # what `targetgraph build` left in .targetgraph
    gfc = graph.framework("gfc")
    print(gfc.gaps("no-deadline"))  # as the command line prints it; a notebook shows it as HTML
    states = gfc.coverage("targets", "stages").to_pandas()  # one row a target, one column a stage
    answer = graph.query("who-must-act", framework="gfc")
```

Tables go on by `to_pandas`, `to_polars` (each where it is installed), `to_csv`, `to_xlsx` and `to_dicts`; networks by
`to_networkx`; what is linked data by `to_rdflib`. A mistake raises a `TargetGraphError` that says what is wrong, where, and
what to do; a notebook shows that and no traceback.

"""
_SECTION = re.compile(r"^(Parameters|Returns|Raises)\n-+\n", re.MULTILINE)
_INHERITED = {"Result": "print, `to_dict()`", "Tabular": "`to_pandas`, `to_polars`, `to_csv`, `to_xlsx`, `to_dicts`"}


def public_names() -> list[str]:
    """Functions first, then classes, errors last."""
    names = [n for n in tg.__all__ if n != "__version__"]
    return sorted(names, key=lambda n: (2 if _is_error(getattr(tg, n)) else inspect.isclass(getattr(tg, n)), n))


def _is_error(thing: Any) -> bool:
    return inspect.isclass(thing) and issubclass(thing, Exception)


def page() -> str:
    """The whole page."""
    parts = []
    for name in public_names():
        thing = getattr(tg, name)
        parts.append(_class(name, thing) if inspect.isclass(thing) else _function(name, thing))
    return _HEAD + "\n".join(parts)


def members(thing: type) -> Iterator[tuple[str, Any]]:
    """Public methods and properties, a class's own and those of its bases in the interface, in the order of the source."""
    seen = set()
    for base in thing.__mro__:
        if base.__module__.startswith("targetgraph.api") and base.__name__ not in _INHERITED:
            for name, value in vars(base).items():
                if not name.startswith("_") and name not in seen and _is_member(value):
                    seen.add(name)
                    yield name, value


def _is_member(value: Any) -> bool:
    return isinstance(value, (property, cached_property, classmethod, staticmethod)) or inspect.isfunction(value)


def _function(name: str, thing: Any) -> str:
    return f"## {name}\n\n`{name}{_signature(thing)}`\n\n{_text(thing.__doc__)}\n"


def _class(name: str, thing: type) -> str:
    lines = [f"## {name}", "", _text(thing.__doc__ or "")]
    also = [told for base, told in _INHERITED.items() if base in [b.__name__ for b in thing.__mro__]]
    if also:
        lines += [f"Like others of its kind: {'; '.join(also)}.", ""]
    for member, value in members(thing):
        if isinstance(value, (property, cached_property)):
            doc = value.__doc__ or ""
            lines += [f"- **`{member}`** {_inline(doc)}"]
        else:
            lines += [f"- **`{member}{_signature(value)}`** {_indented(_text(value.__doc__ or ''))}"]
    return "\n".join(lines).rstrip() + "\n"


def _signature(thing: Any) -> str:
    signature = inspect.signature(thing)
    shown = [p.replace(annotation=inspect.Parameter.empty) for n, p in signature.parameters.items() if n != "self"]
    return str(signature.replace(parameters=shown, return_annotation=inspect.Signature.empty))


def _text(doc: str) -> str:
    """A docstring in Markdown: sentences, then what its sections list."""
    first, *rest = _SECTION.split(inspect.cleandoc(doc))
    lines = [_inline(part) + "\n" for part in first.strip().split("\n\n")]
    for section, body in zip(rest[::2], rest[1::2], strict=True):
        items = re.sub(r"\n {4,}", " ", body.strip()).split("\n")
        if section == "Returns":
            lines.append(f"Returns: {_inline(' '.join(items))}\n")
        else:
            lines += [f"  - {_item(item)}" for item in items if item.strip()]
            lines.append("")
    return "\n".join(lines)


def _item(item: str) -> str:
    name, colon, meaning = item.partition(" : ")
    return f"`{name}`: {_inline(meaning)}" if colon else _inline(item)


def _indented(text: str) -> str:
    return text.strip().replace("\n\n", "\n").replace("\n", "\n  ")


def _inline(text: str) -> str:
    text = re.sub(r":\w+:`~?([^`]+)`", r"`\1`", " ".join(text.split()))
    return text.replace("``", "`")
