"""A store of a few statements, for what reads statements only; the engine's own files play no part in it."""

from __future__ import annotations

from pathlib import Path

from targetgraph.store import Version
from tests.changes.feeds import publish

BASE = "https://w3id.org/targetgraph/"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_NAMES = {"a": TYPE, "label": "http://www.w3.org/2000/01/rdf-schema#label"}

# One target that names a stage, and nobody.
STATEMENTS = (
    "my/target/N1 a tg:Target",
    "my/link/N1/stage/waste a tg:StageLink",
    "my/link/N1/stage/waste tg:linkSubject my/target/N1",
    "my/link/N1/stage/waste tg:stage scheme/stage/waste",
    "my/link/N1/stage/waste tg:basis tg:NamedInText",
)


def nquads(*statements: str) -> str:
    """Statements as N-Quads in one named graph; names are paths below our address, ``tg:`` names, or quoted texts."""
    return "".join(
        f"{' '.join(_term(name) for name in statement.split(' ', 2))} <{BASE}graph/framework/my> .\n"
        for statement in statements
    )


def _term(name: str) -> str:
    if name.startswith('"'):
        return name
    local = name.removeprefix("tg:")
    return f"<{_NAMES.get(name) or (BASE + local if local == name else f'{BASE}ontology#{local}')}>"


def small_store(root: Path, *statements: str) -> Version:
    """Publish statements as the next version of a store, and record what changed."""
    return publish(root, nquads(*(statements or STATEMENTS)))
