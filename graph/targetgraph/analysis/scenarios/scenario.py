"""A scenario: an immutable value that says what is supposed otherwise, with a canonical form that can be shared.

The canonical form is a line of ``key=value,value`` parts joined by semicolons, such as
``without=governments;brackets=deleted``. Keys stand in the order of :data:`KEYS`, values are sorted, and what would
be taken for punctuation is percent-encoded (RFC 3986), so that equal scenarios have equal texts and
``Scenario.parse(str(s)) == s``. The empty scenario is written ``today``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from urllib.parse import quote, unquote

from targetgraph.errors import TargetGraphError

TODAY = "today"
BASES = ("named", "implied", "judged")
STATUSES = ("sourced", "recalled", "judged")
BRACKETS = ("as-is", "kept", "deleted")
UMBRELLAS = ("as-is", "covering", "dropped")
HEDGES = ("as-is", "dropped")
NO_DATE = "none"
_SAFE = "-._~/"


@dataclass(frozen=True, slots=True, order=True)
class Addition:
    """A link supposed to be named in the text.

    Parameters
    ----------
    target, dimension, concept : code (target and concept also label or IRI) of what is tied to what.
    role : for actors, the part played, such as ``responsible``; by default the first role that the dimension counts.
    """

    target: str
    dimension: str
    concept: str
    role: str = ""

    @classmethod
    def parse(cls, text: str) -> Addition:
        """Read ``TARGET:DIMENSION:CONCEPT[:role]``; a colon inside a part is written ``%3A``.

        Raises
        ------
        TargetGraphError : there are not three or four parts, or one is empty.
        """
        parts = [unquote(part.strip()) for part in text.split(":")]
        if len(parts) not in (3, 4) or not all(parts):
            raise TargetGraphError(
                f"{text!r} does not say which link to add",
                "",
                "write TARGET:DIMENSION:CONCEPT, such as A1:actors:farmers, and :ROLE after it if it matters",
            )
        return cls(*parts)

    def __str__(self) -> str:
        parts = (self.target, self.dimension, self.concept, *((self.role,) if self.role else ()))
        return ":".join(quote(part, safe=_SAFE) for part in parts)


@dataclass(frozen=True, slots=True, order=True)
class Dating:
    """A date that a target is supposed to have.

    Parameters
    ----------
    target : code, label or IRI of the target.
    year : the year it is due in, or 0 for no date.
    """

    target: str
    year: int

    @classmethod
    def parse(cls, text: str) -> Dating:
        """Read ``TARGET:YEAR`` or ``TARGET=YEAR``, with ``none`` for no date; a colon inside the target is written ``%3A``.

        Raises
        ------
        TargetGraphError : there is no target, or no year of four digits.
        """
        found = re.fullmatch(r"\s*(\S.*?)\s*[:=]\s*([1-9]\d{3}|none)\s*", text, re.ASCII | re.DOTALL)
        if not found:
            raise TargetGraphError(
                f"{text!r} does not say which target is due when", "", "write TARGET=YEAR, such as A1=2030, or A1=none"
            )
        return cls(unquote(found[1]), 0 if found[2] == NO_DATE else int(found[2]))

    def __str__(self) -> str:
        return f"{quote(self.target, safe=_SAFE)}:{self.year or NO_DATE}"


def _key(name: str) -> str:
    return name.replace("_", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What is supposed otherwise than it is. Parts that are left out change nothing.

    Parameters
    ----------
    without : concepts (codes, labels or IRIs; ``dimension:code`` where a code is used twice) whose links are taken
        away, with those to everything narrower.
    without_links : links taken away, by IRI.
    without_basis : links on this basis are taken away: ``named``, ``implied``, ``judged``.
    without_status : links so verified are taken away: ``sourced``, ``recalled``, ``judged``.
    min_confidence : links of less confidence are taken away, 0 to 1.
    only_sources : only targets resting on one of these sources keep their links.
    brackets : ``kept``: words in brackets count as text; ``deleted``: what rests on them is taken away.
    umbrella : ``covering``: a link to a catch-all counts for all it stands for; ``dropped``: such links are taken away.
    as_named : links on this basis count as if the text named what they concern: ``implied``, ``judged``.
    add : links that the text is supposed to name.
    name : links (IRIs) supposed to be named in the text.
    lift : links (IRIs) whose words are supposed to lose their brackets; others of the target resting on them follow.
    renew : links (IRIs) supposed to be found in the current wording too.
    date : when targets are supposed to be due.
    hedges : ``dropped``: words that soften or condition a target are gone.

    Raises
    ------
    TargetGraphError : a value is unknown, the confidence is not from 0 to 1, or two parts contradict each other.
    """

    without: frozenset[str] = frozenset()
    without_links: frozenset[str] = frozenset()
    without_basis: frozenset[str] = frozenset()
    without_status: frozenset[str] = frozenset()
    min_confidence: float = 0.0
    only_sources: frozenset[str] = frozenset()
    brackets: str = "as-is"
    umbrella: str = "as-is"
    as_named: frozenset[str] = frozenset()
    add: frozenset[Addition] = field(default=frozenset())
    name: frozenset[str] = frozenset()
    lift: frozenset[str] = frozenset()
    renew: frozenset[str] = frozenset()
    date: frozenset[Dating] = field(default=frozenset())
    hedges: str = "as-is"

    def __post_init__(self) -> None:
        _known(self.without_basis, BASES, "basis")
        _known(self.without_status, STATUSES, "verification status")
        _known(self.as_named, BASES[1:], "basis to count as named")
        _known({self.brackets}, BRACKETS, "treatment of brackets")
        _known({self.umbrella}, UMBRELLAS, "treatment of catch-alls")
        _known({self.hedges}, HEDGES, "treatment of hedges")
        if not 0 <= self.min_confidence <= 1 or math.isnan(self.min_confidence):
            raise TargetGraphError(
                f"a confidence of {self.min_confidence:g} is not from 0 to 1", "", "give a number such as 0.7"
            )
        if set(BASES) <= self.without_basis:
            raise TargetGraphError("no link is left: every basis is taken away", "", "keep at least one basis")
        if set(STATUSES) <= self.without_status:
            raise TargetGraphError("no link is left: every status is taken away", "", "keep at least one status")
        self._agree("as_named", self.as_named & self.without_basis)
        for part in ("name", "lift", "renew"):
            self._agree(part, getattr(self, part) & self.without_links)
        for target, several in sorted(_by_target(self.date).items()):
            if len(several) > 1:
                told = " and ".join(str(year or NO_DATE) for year in sorted(several))
                raise TargetGraphError(
                    f"the scenario contradicts itself: {target!r} has two dates, {told}",
                    "",
                    "give one date for each target",
                )
        if self.add and "named" in self.without_basis:
            raise TargetGraphError(
                "the scenario adds links named in the text and takes all such links away", "", "drop one of the two"
            )

    def _agree(self, part: str, both: Iterable[str]) -> None:
        for value in sorted(both):
            raise TargetGraphError(
                f"the scenario contradicts itself: {value!r} is under {_key(part)} and taken away",
                "",
                "drop one of the two",
            )

    @property
    def is_today(self) -> bool:
        """Whether nothing is supposed otherwise."""
        return self == Scenario()

    def __str__(self) -> str:
        return ";".join(f"{key}={text}" for key, text in self._parts()) or TODAY

    def _parts(self) -> list[tuple[str, str]]:
        found = []
        for declared in fields(self):
            value = getattr(self, declared.name)
            if value == declared.default:
                continue
            if isinstance(value, frozenset):
                texts = [str(v) if isinstance(v, Addition | Dating) else quote(v, safe=_SAFE + ":") for v in value]
                found.append((_key(declared.name), ",".join(sorted(texts))))
            else:
                found.append((_key(declared.name), value if isinstance(value, str) else repr(float(value))))
        return found

    @classmethod
    def parse(cls, text: str) -> Scenario:
        """Read the canonical form, or the same with its parts in any order.

        Raises
        ------
        TargetGraphError : a part is malformed, unknown or given twice; and see the class.
        """
        found: dict[str, object] = {}
        if text.strip() in ("", TODAY):
            return cls()
        for part in filter(None, (p.strip() for p in text.split(";"))):
            key, equals, values = part.partition("=")
            key = key.strip()
            if not equals or key not in KEYS:
                raise TargetGraphError(
                    f"a scenario has no part {key!r}", f"scenario {text!r}", f"use {', '.join(KEYS)}, each with ="
                )
            if key in found:
                raise TargetGraphError(f"the part {key!r} is given twice", f"scenario {text!r}", "join its values")
            found[key] = _read(key, [v.strip() for v in values.split(",") if v.strip()], text)
        return cls(**{key.replace("-", "_"): value for key, value in found.items()})  # type: ignore[arg-type]

    def joined(self, other: Scenario) -> Scenario:
        """Both at once.

        Raises
        ------
        TargetGraphError : they suppose different things of the same.
        """
        merged: dict[str, object] = {}
        for declared in fields(self):
            mine, theirs = getattr(self, declared.name), getattr(other, declared.name)
            if isinstance(mine, frozenset):
                merged[declared.name] = mine | theirs
            elif mine != theirs and declared.default not in (mine, theirs):
                raise TargetGraphError(
                    f"{_key(declared.name)} is given as {mine} and as {theirs}", "", "choose one of the two"
                )
            else:
                merged[declared.name] = theirs if mine == declared.default else mine
        return replace(self, **merged)  # type: ignore[arg-type]


KEYS = tuple(_key(declared.name) for declared in fields(Scenario))
_SINGLE = ("brackets", "umbrella", "hedges", "min-confidence")
_PARSED: dict[str, Callable[[str], object]] = {"add": Addition.parse, "date": Dating.parse}


def _read(key: str, values: list[str], text: str) -> object:
    if not values or (key in _SINGLE and len(values) > 1):
        raise TargetGraphError(
            f"the part {key!r} needs {'one value' if key in _SINGLE else 'a value'}",
            f"scenario {text!r}",
            f"write {key}=VALUE, or leave the part out",
        )
    if key == "min-confidence":
        try:
            return float(values[0])
        except ValueError:
            raise TargetGraphError(f"{values[0]!r} is no confidence", "", "give a number such as 0.7") from None
    if key in _SINGLE:
        return values[0]
    return frozenset(_PARSED.get(key, unquote)(v) for v in values)


def _by_target(dates: Iterable[Dating]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for dating in dates:
        found.setdefault(dating.target, set()).add(dating.year)
    return found


def _known(values: Iterable[str], allowed: tuple[str, ...], what: str) -> None:
    for value in sorted(set(values) - set(allowed)):
        raise TargetGraphError(f"there is no {what} {value!r}", "", f"use one of: {', '.join(allowed)}")
