"""Dimensions, obligations, crossings and kinds of gap as values."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """A way in which targets can be covered (``tg:Dimension``).

    Paths are SPARQL property paths, made from the SHACL paths of the declaration. ``filter_path`` with
    ``filter_values`` keeps only links where the path leads to one of the values.
    """

    iri: str
    code: str
    label: str
    singular: str
    plural: str
    order: int
    row_class: str
    scheme: str
    column_class: str
    column_path: str
    evidence_path: str = ""
    roll_up: str = ""
    filter_path: str = ""
    filter_values: tuple[str, ...] = ()
    assessed: bool = False
    accepts_judgement: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """What a kind of thing must have (``tg:Obligation``).

    ``severity`` is from 0 to 1. Where ``frameworks`` is given, only these are bound; where ``where_path`` is given, only rows
    from which the path leads to one of ``where_values``. Where ``among`` is given, only links to one of these concepts, or to
    a narrower one, meet it.
    """

    iri: str
    code: str
    label: str
    applies_to: str
    dimension: str
    minimum: int
    severity: float
    because: str
    required_value: str = ""
    where_path: str = ""
    where_values: tuple[str, ...] = ()
    among: tuple[str, ...] = ()
    frameworks: tuple[str, ...] = ()

    @property
    def particular(self) -> bool:
        """Whether it binds only some rows or asks for particular concepts."""
        return bool(self.where_path or self.among)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """Two dimensions whose every pair of columns some target should bring together (``tg:Crossing``)."""

    iri: str
    code: str
    label: str
    rows: str
    columns: str
    severity: float
    because: str
    frameworks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GapKind:
    """A kind of gap (a subclass of ``tg:Gap``).

    ``shown_by`` is the library query that shows it; ``headline`` sums several up, with places for ``count``, ``targets``,
    ``names``, ``singular`` and ``plural``.
    """

    iri: str
    code: str
    label: str
    severity: float
    because: str
    shown_by: str
    headline: str
    threshold: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Declarations:
    """All of them, in their declared order."""

    dimensions: tuple[Dimension, ...]
    obligations: tuple[Obligation, ...]
    kinds: tuple[GapKind, ...]
    crossings: tuple[Crossing, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain lists and dictionaries."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Declarations:
        """The inverse of :meth:`to_json`."""
        return cls(
            dimensions=tuple(_restored(Dimension, d) for d in data["dimensions"]),
            obligations=tuple(_restored(Obligation, o) for o in data["obligations"]),
            kinds=tuple(_restored(GapKind, k) for k in data["kinds"]),
            crossings=tuple(_restored(Crossing, c) for c in data["crossings"]),
        )


def _restored(cls: type, data: dict[str, Any]) -> Any:
    known = {f.name for f in fields(cls)}
    return cls(**{k: tuple(v) if isinstance(v, list) else v for k, v in data.items() if k in known})
