"""The things of which a step changed something, with their statements before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Final

from targetgraph import iris
from targetgraph.namespaces import PREFIXES, TG
from targetgraph.publish.changes.lines import parts
from targetgraph.publish.changes.steps import ADDED, REMOVED, SignedLine

_TYPE: Final = f"<{PREFIXES['rdf']}type>".encode()
_INFERRED: Final = f"<{iris.graph('inferred')}>".encode()
_FRAMEWORK_GRAPH: Final = f"<{iris.graph('framework')}/".encode()
_KINDS: Final = {
    "Framework": ("framework", "framework"),
    "Objective": ("objectives", "objective"),
    "Target": ("targets", "target"),
    "Wording": ("wordings", "wording"),
    "Passage": ("wordings", "passage"),
    "ActorCategory": ("vocabularies", "actor"),
    "Organisation": ("vocabularies", "body"),
    "Sector": ("vocabularies", "sector"),
    "LifeCycleStage": ("vocabularies", "stage"),
    "IssueOfConcern": ("vocabularies", "issue"),
    "Indicator": ("vocabularies", "indicator"),
    "Document": ("documents", "document"),
    "ProcessEvent": ("documents", "meeting"),
    "WorkingGroup": ("documents", "group"),
    "SourceTable": ("tables", "table"),
    "Assessment": ("assessments", "assessment"),
}


@dataclass(frozen=True)
class ChangedThing:
    """A thing and its lines in a step.

    Parameters
    ----------
    subject : as written in N-Quads.
    lines : with their signs; all that either version says of it.
    """

    subject: bytes
    lines: tuple[SignedLine, ...]

    @property
    def iri(self) -> str:
        """Its address."""
        return self.subject.decode().strip("<>")

    @cached_property
    def _told(self) -> list[tuple[bytes, bytes, bytes, bytes]]:
        """Sign, predicate, object and graph, what is only derived left out."""
        return [(sign, p, o, g) for sign, line in self.lines for _, p, o, g in (parts(line),) if g != _INFERRED]

    @property
    def derived_only(self) -> bool:
        """Whether nothing changed but what follows by rule, or what belongs to a thing told by itself."""
        return "#selector" in self.iri or all(sign not in (ADDED, REMOVED) for sign, _, _, _ in self._told)

    @property
    def fate(self) -> str:
        """``added``, ``withdrawn`` or ``changed``."""
        signs = {sign for sign, _, _, _ in self._told}
        return "added" if signs == {ADDED} else "withdrawn" if signs == {REMOVED} else "changed"

    @cached_property
    def _types(self) -> set[str]:
        return {o.decode().strip("<>") for _, p, o, _ in self._told if p == _TYPE}

    @property
    def kind(self) -> str:
        """The group it belongs to: ``targets``, ``links``, ``vocabularies`` and so on."""
        if self.link_subject:
            return "links"
        return self._kind_and_noun()[0]

    @property
    def noun(self) -> str:
        """What one calls it."""
        return self._kind_and_noun()[1]

    def _kind_and_noun(self) -> tuple[str, str]:
        for local, found in _KINDS.items():
            if TG.NAMESPACE + local in self._types:
                return found
        return ("terms", "term") if self.iri.startswith(TG.NAMESPACE) else ("other", "")

    @property
    def framework(self) -> str:
        """Code of the framework in whose graph it is described, or empty."""
        graphs = {g for _, _, _, g in self._told if g.startswith(_FRAMEWORK_GRAPH)}
        return min(graphs).decode().strip("<>").rsplit("/", 1)[-1] if graphs else ""

    @cached_property
    def link_subject(self) -> str:
        """What a link is about; empty for what is no link."""
        wanted = f"<{TG.linkSubject}>".encode()
        return next((o.decode().strip("<>") for _, p, o, _ in self._told if p == wanted), "")

    def values(self, predicate: str) -> list[bytes]:
        """Objects of a property, those of either version."""
        wanted = f"<{predicate}>".encode()
        return [o for _, p, o, _ in self._told if p == wanted]

    def differing(self) -> dict[bytes, tuple[list[bytes], list[bytes]]]:
        """By property: the values that are gone, and those that came."""
        found: dict[bytes, tuple[list[bytes], list[bytes]]] = {}
        for sign, predicate, value, _ in self._told:
            if sign in (ADDED, REMOVED):
                found.setdefault(predicate, ([], []))[sign == ADDED].append(value)
        return found


def changed_things(ground: Path) -> Iterator[ChangedThing]:
    """The things of a step's file, in order."""
    with ground.open("rb") as file:
        signed = ((line[:1], line[1:]) for line in file)
        for subject, lines in groupby(signed, key=lambda item: item[1][: item[1].index(b" ")]):
            yield ChangedThing(subject, tuple(lines))
