"""Where the things that evidence names are shown: words in a wording, claims on a fact sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from targetgraph import iris
from targetgraph.analysis.gaps import Evidence
from targetgraph.views.explorer.urls import Urls

_PARTS: Final = {"passage": "passage", "link": "claim", "wording": "wording"}


def anchor(iri: str) -> str:
    """The fragment under which a fact sheet shows a passage, a claim or a wording; empty for anything else.

    ``…/gfc/passage/A1/hedge-1`` is at ``passage-hedge-1`` of the sheet of A1.
    """
    parts = iri.removeprefix(iris.BASE).split("/")
    if len(parts) < 4 or parts[1] not in _PARTS:
        return ""
    return "-".join([_PARTS[parts[1]], *parts[3:]])


def sheet_of(iri: str) -> str:
    """IRI of the target that a passage, claim or wording belongs to; empty for anything else."""
    parts = iri.removeprefix(iris.BASE).split("/")
    return iris.BASE + "/".join([parts[0], "target", parts[2]]) if anchor(iri) else ""


def place(to: Urls, iri: str) -> str:
    """The address at which something named as evidence is shown; empty where there is none that a page may lead to."""
    if not iri:
        return ""
    if anchor(iri):
        return to.inside_target(sheet_of(iri), anchor(iri))
    if iri.startswith(iris.BASE):
        return to.thing(iri)
    return iri if iri.startswith(("http://", "https://")) else ""


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """Something that a gap rests on.

    Parameters
    ----------
    kind : ``passage``, ``claim``, ``wording``, ``target``, ``source`` (of others), ``record`` or ``remark``.
    address : where it is shown.
    """

    text: str
    status: str
    kind: str
    address: str

    @property
    def host(self) -> str:
        """The host of an address elsewhere."""
        return urlsplit(self.address).netloc if self.outside else ""

    @property
    def outside(self) -> bool:
        """Whether the address is that of somebody else."""
        return self.kind == "source"


def evidence_lines(to: Urls, evidence: tuple[Evidence, ...]) -> tuple[EvidenceLine, ...]:
    """Evidence as pages show it."""
    return tuple(EvidenceLine(e.text, e.status, _kind(e.iri), place(to, e.iri)) for e in evidence)


def _kind(iri: str) -> str:
    kind = anchor(iri).partition("-")[0]
    if kind:
        return kind
    if not iri:
        return "remark"
    if not iri.startswith(iris.BASE):
        return "source"
    return "target" if "/target/" in iri else "record"
