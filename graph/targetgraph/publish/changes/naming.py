"""Names of things in sentences about changes, looked up in the statements themselves."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from targetgraph import iris
from targetgraph.namespaces import PREFIXES, TG
from targetgraph.publish.changes.lines import SortedLines, parts
from targetgraph.publish.changes.things import ChangedThing

_LABELS: Final = tuple(f"<{PREFIXES[p]}{name}>".encode() for p, name in (("rdfs", "label"), ("skos", "prefLabel")))
_NOTATION: Final = f"<{PREFIXES['skos']}notation>".encode()
_IDENTIFIER: Final = f"<{PREFIXES['dct']}identifier>".encode()
_LONG: Final = 60
_UNSAID: Final = frozenset(
    f"<{iri}>".encode() for iri in (PREFIXES["rdf"] + "type", TG.concerns, PREFIXES["prov"] + "wasAttributedTo")
)
_ESCAPE = re.compile(r'\\(["\\ntrbf]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})')
_PLAIN = {"n": " ", "t": " ", "r": " ", "b": " ", "f": " "}


class Names:
    """Names by address, from two versions.

    Parameters
    ----------
    new, old : statements; the newer are asked first.
    """

    def __init__(self, new: SortedLines, old: SortedLines) -> None:
        self._sources = (new, old)
        self._found = cache(self._look_up)

    def _look_up(self, iri: str) -> tuple[str, str]:
        """Notation and English label, each empty where there is none."""
        for source in self._sources:
            notation = label = ""
            for line in source.of(f"<{iri}>".encode()):
                _, predicate, value, _ = parts(line)
                if predicate == _NOTATION:
                    notation = _text(value)
                elif predicate in _LABELS and (not label or value.endswith(b"@en")):
                    label = _text(value)
            if notation or label:
                return notation, label
        return "", ""

    def label(self, iri: str) -> str:
        """The label, or what the address ends with."""
        return self._found(iri)[1] or _last_part(iri)

    def title(self, iri: str, noun: str) -> str:
        """``target D4 (Lead in paint)``: noun, code and label as far as there are any."""
        notation, label = self._found(iri)
        code = notation or ("" if label else _last_part(iri))
        named = f"{code} ({label})" if code and label else code or label
        return f"{noun} {named}" if noun else named

    def link(self, thing: ChangedThing) -> str:
        """What a link points to, and in which role: ``governments as responsible``."""
        to = [_iri(value) for value in thing.values(TG.concerns)]
        roles = [self.label(_iri(value)) for value in thing.values(TG.role)]
        named = " / ".join(dict.fromkeys(self.label(iri) for iri in to)) or _last_part(thing.iri)
        return f"{named} as {' / '.join(dict.fromkeys(roles))}" if roles else named

    def differences(self, thing: ChangedThing) -> list[str]:
        """What changed in a thing: ``deadline year 2030 → 2035``."""
        said = []
        for predicate, (gone, came) in sorted(thing.differing().items()):
            if predicate in _UNSAID:
                continue
            if predicate == _IDENTIFIER and thing.kind == "tables":
                said.append("other content")  # its hash, which says nothing to people
                continue
            name = self.label(_iri(predicate))
            before, after = ([self._value(value) for value in values] for values in (gone, came))
            if len(before) == len(after) == 1:
                long = max(len(before[0]), len(after[0])) > _LONG
                said.append(f"{name} reworded" if long else f"{name} {before[0]} → {after[0]}")
            elif len(before) + len(after) > 6:
                said.append(f"{name}: {len(after):,} values added, {len(before):,} removed")
            else:
                said += [f"{name} {_cut(value)} removed" for value in before]
                said += [f"{name} {_cut(value)} added" for value in after]
        return said

    def _value(self, value: bytes) -> str:
        return _text(value) if value.startswith(b'"') else self.label(_iri(value))


def _iri(value: bytes) -> str:
    return value.decode().strip("<>")


def _cut(text: str) -> str:
    return text if len(text) <= _LONG else text[: _LONG - 1] + "…"


def _last_part(iri: str) -> str:
    """What tells an address from others of its kind: of ours, what follows the framework and the kind of thing."""
    path = iris.shorten(iri)
    ends = [part for part in re.split(r"[/#]", path) if part]
    return "/".join(ends[2:] if path != iri and len(ends) > 2 else ends[-1:]) or path


def _text(literal: bytes) -> str:
    """The text of a literal as written in N-Quads, on one line."""
    quoted = literal.decode()
    inner = quoted[1 : quoted.rindex('"')]
    return _ESCAPE.sub(lambda m: _unescaped(m[1]), inner)


def _unescaped(code: str) -> str:
    if len(code) == 1:
        return _PLAIN.get(code, code)
    return chr(int(code[1:], 16))
