"""A new version of a store from its current one and a file that differs little from what that was built from.

What cannot be shown to give the very result of building in full is not tried: `update` then raises
:class:`~targetgraph.store.changing.NotProven` with the reason, and the build is done in full.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, cast

from targetgraph import __version__, iris
from targetgraph.analysis.coding import FORMAT, CodedGraph
from targetgraph.analysis.extraction import Frame, read_frame
from targetgraph.analysis.recoding import recode, steps_of
from targetgraph.errors import StoreError
from targetgraph.library import Library
from targetgraph.namespaces import PREFIXES, TG
from targetgraph.pipeline.asking import ExtractionQueries
from targetgraph.reasoning import INFERRED, Steps, changes
from targetgraph.store import EmbeddedStore, Version
from targetgraph.store.changing import ChangingStore, NotProven, take_over
from targetgraph.store.difference import Change, NotSortedError, WithoutGraph, difference_of, ending
from targetgraph.store.layout import Building
from targetgraph.store.patching import patch_sorted

if TYPE_CHECKING:
    from targetgraph.pipeline.assembling import Progress

_BLOCK: Final = 1 << 20
_SHARE: Final = 50
"""One changed statement in so many, and building in full is as quick."""
_FEW: Final = 10_000
_ONTOLOGY: Final = iris.graph("ontology")


@dataclass(frozen=True, slots=True)
class Updated:
    """What an update did: statements now in the store, changed ones among those given, SHA-256 of the dataset."""

    statements: int
    changed: int
    digest: str


def method() -> str:
    """A hash of everything beside the statements that a version depends on: queries, package version, layout of the arrays."""
    digest = hashlib.sha256(f"{__version__} {FORMAT}".encode())
    for theme in ("derivation", "extraction"):
        for question in Library().in_theme(theme):
            digest.update(question.content.encode())
    return digest.hexdigest()[:16]


def can_follow(version: Version, infer: bool) -> bool:
    """Whether a version can be carried on: made from a dataset, by the methods of today, each statement spelt once."""
    made = version.manifest
    return bool(
        made.get("plain") and made.get("method") == method() and made.get("inferred") == infer and made.get("dataset")
    )


def gives_inferred(dataset: Path) -> bool:
    """Whether a file of statements holds some in the graph of derived ones."""
    with dataset.open("rb") as file:
        tail = b""
        end = ending(INFERRED)
        while block := file.read(_BLOCK):
            if end in tail + block:
                return True
            tail = block[-len(end) :]
    return False


def update(
    building: Building, base: Version, nquads: Path, made: Mapping[str, object], say: Progress
) -> Updated | None:
    """Fill a build in progress from the current version.

    Parameters
    ----------
    building : empty.
    base : the current version; `can_follow` says yes to it.
    nquads : the statements to build from; sorted, each once.
    made : what the manifest is to say of how the version was made.

    Returns
    -------
    What was done, or ``None`` when nothing at all differs: then nothing is in the build.

    Raises
    ------
    NotProven : building in full is needed; the message says why.
    StoreError : a file cannot be read or written.
    """
    say("comparing with the current version")
    asserted = _changes(base, nquads)
    if not asserted and all(base.manifest.get(key) == value for key, value in made.items()):
        return None
    say(f"{_counted(len(asserted), 'statement')} changed; taking over the rest")
    take_over(base.oxigraph, building.oxigraph)
    with (
        EmbeddedStore.open(base.oxigraph) as before,
        ChangingStore.open_to_change(building.oxigraph) as after,
    ):
        after.apply(asserted)
        old = CodedGraph.load(base.arrays, base.data_version)
        work = _Work(before, after, old)
        derived: list[Change] = []
        if made["inferred"]:
            derived = changes(before, after, work.things(asserted), Library())
            after.apply(derived)
        every = sorted([*asserted, *derived], key=lambda change: change[1])
        digest = patch_sorted(base.dataset, every, building.dataset)
        say("coding the links of what is touched")
        work.recoded(every, digest[:16]).save(building.arrays)
    more = sum(sign for sign, _ in every)
    return Updated(int(base.manifest["statements"]) + more, len(asserted), digest)


def _changes(base: Version, nquads: Path) -> list[Change]:
    """How the given statements differ from those that the version was built from."""
    most = max(_FEW, int(base.manifest["statements"]) // _SHARE)
    found: list[Change] = []
    inferred, ontology = ending(INFERRED), ending(_ONTOLOGY)
    try:
        with base.dataset.open("rb") as old, _opened(nquads) as new:
            for sign, line in difference_of(WithoutGraph(old, INFERRED), new, _BLOCK, doubt=True):
                found.append((sign, line))
                if len(found) > most:
                    raise NotProven("much has changed")
                if b"_:" in line:
                    raise NotProven("a statement with a blank node has changed")
                if line.endswith(inferred):
                    raise NotProven("the file holds derived statements")
                if line.endswith(ontology):
                    raise NotProven("the ontology has changed")
    except NotSortedError:
        raise NotProven("the file is not sorted") from None
    except (OSError, EOFError) as error:
        raise StoreError(f"the file cannot be read: {error}", str(nquads), "check the path") from error
    return found


def _opened(nquads: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(nquads) if nquads.suffix == ".gz" else nquads.open("rb"))


@dataclass(frozen=True)
class _Work:
    """What follows from changed statements.

    Parameters
    ----------
    before, after : the store without and with the changes.
    old : the coded columns before.
    """

    before: EmbeddedStore
    after: EmbeddedStore
    old: CodedGraph

    @property
    def _steps(self) -> Steps:
        return Steps().with_more(*steps_of(self.old.declarations))

    def _touched(self, subjects: Iterable[str]) -> set[str]:
        """Everything whose neighbourhood holds one of the subjects, before or after."""
        seeds = set(subjects)
        return self._steps.back(self.before, seeds) | self._steps.back(self.after, seeds)

    def _around(self, touched: Iterable[str]) -> set[str]:
        """The neighbourhoods of things, before and after."""
        # Both at once: what the one has beside the other is to be among the things of both.
        return self._steps.onward(self.before, touched) | self._steps.onward(self.after, touched)

    def things(self, changed: Sequence[Change]) -> set[str]:
        """What is touched, with its neighbourhood."""
        return self._around(self._touched(_subjects(changed)))

    def recoded(self, changed: Sequence[Change], version: str) -> CodedGraph:
        """The coded columns after the changes."""
        whole = ExtractionQueries(self.after, Library())
        frame = read_frame(whole, self.old.declarations)
        new = [subject for iri in self._newly_numbered(frame) for subject in self.after.subjects(None, iri)]
        touched = self._touched([*_subjects(changed), *new])
        frameworks = self._frameworks(touched)
        members = {s for iri in frameworks for s in self.after.subjects(TG.inFramework, iri)}
        members = {m for m in members if TG.Target in self.after.objects(m, f"{PREFIXES['rdf']}type")}
        part = ExtractionQueries(self.after.part(sorted(self._around(touched) | members)), Library())
        return recode(self.old, frame, whole, part, touched, frameworks, version)

    def _newly_numbered(self, frame: Frame) -> set[str]:
        """Concepts and objectives that had no number: statements about them were passed over so far."""
        known = {*self.old.tables["objectives"]["iri"]}
        known.update(iri for d in self.old.dimensions.values() for iri in d.concepts["iri"])
        now = {*frame.objective.iris, *(iri for numbers in frame.concept.values() for iri in numbers.iris)}
        return now - known

    def _frameworks(self, touched: Iterable[str]) -> set[str]:
        """Frameworks that touched things belong to, or belonged to."""
        return {f for thing in touched for s in (self.before, self.after) for f in s.objects(thing, TG.inFramework)}


def _subjects(changed: Sequence[Change]) -> set[str]:
    """IRIs of the subjects of lines; none has a blank node."""
    found = {line[1 : line.index(b">")] for _, line in changed}
    if any(b"\\" in iri for iri in found):
        raise NotProven("an IRI is spelt with escapes")
    return {iri.decode() for iri in found}


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
