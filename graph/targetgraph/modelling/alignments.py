"""Alignments made by hand: what concepts of ours are called elsewhere, read from SSSOM/TSV.

A Simple Standard for Sharing Ontological Mappings, version 1.0 (Matentzoglu and others 2022, doi:10.1093/database/baac035).
The file carries why each match is held (``semapv:…``) and how sure its author is; the graph carries the match itself, in the
graph of mappings, and the export joins both again.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from targetgraph import resources
from targetgraph.errors import Place, TargetGraphError
from targetgraph.modelling.writer import GraphWriter

FILE: Final = "alignments.sssom.tsv"
_PREFIX = re.compile(r'#\s+(\w+): "(\S+)"$')
_NEEDED: Final = ("subject_id", "predicate_id", "object_id", "mapping_justification", "confidence")


@dataclass(frozen=True, slots=True)
class Alignment:
    """One match.

    Parameters
    ----------
    subject, predicate, object : IRIs; the predicate is one of the mapping properties of SKOS.
    object_label : what the other vocabulary calls it.
    justification : a term of the Semantic Mapping Vocabulary, as a prefixed name.
    confidence : from 0 to 1, as written.
    author, see_also, comment : who holds it, where the other IRI was seen, and what differs.
    """

    subject: str
    predicate: str
    object: str
    object_label: str
    justification: str
    confidence: str
    author: str
    see_also: str
    comment: str

    @property
    def triple(self) -> tuple[str, str, str]:
        """The match as a statement."""
        return (self.subject, self.predicate, self.object)


@cache
def bundled() -> tuple[Alignment, ...]:
    """The alignments that come with the ontology (errors: see `read`)."""
    return tuple(read(resources.ontology() / FILE))


def read(path: Path) -> list[Alignment]:
    """Alignments of a file, in its order.

    Raises
    ------
    TargetGraphError : a column is missing, a prefix is not declared, a confidence is no number from 0 to 1, a match has no
        justification.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    head = [line for line in lines if line.startswith("#")]
    prefixes = {m[1]: m[2] for line in head[_start(head) :] if (m := _PREFIX.match(line))}
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    missing = [name for name in _NEEDED if name not in (rows.fieldnames or ())]
    if missing:
        raise TargetGraphError(f"the columns {', '.join(missing)} are missing", str(path), "write SSSOM/TSV")
    return [_alignment(row, prefixes, Place(str(path), len(head) + 1 + n)) for n, row in enumerate(rows, start=1)]


def _start(head: list[str]) -> int:
    return next((n + 1 for n, line in enumerate(head) if line.strip("# ") == "curie_map:"), len(head))


def _alignment(row: dict[str, str], prefixes: dict[str, str], place: Place) -> Alignment:
    def full(name: str) -> str:
        prefix, _, local = row[name].partition(":")
        if prefix not in prefixes or not local:
            raise TargetGraphError(
                f"{row[name]!r} has no declared prefix", place, "declare it in curie_map at the head"
            )
        return prefixes[prefix] + local

    try:
        sure = float(row["confidence"])
    except ValueError:
        sure = -1.0
    if not 0 <= sure <= 1:
        raise TargetGraphError(
            f"the confidence {row['confidence']!r} is no number from 0 to 1", place, "write a number such as 0.8"
        )
    if not row["mapping_justification"].startswith("semapv:"):
        raise TargetGraphError("a match without justification", place, "say why, such as semapv:ManualMappingCuration")
    return Alignment(
        full("subject_id"), full("predicate_id"), full("object_id"), row.get("object_label", ""),
        row["mapping_justification"], row["confidence"], row.get("author_label", ""), row.get("see_also", ""),
        row.get("comment", ""),
    )  # fmt: skip


def write_alignments(mapped: GraphWriter, known: Iterable[str]) -> None:
    """Write the bundled alignments of things that are in the graph into the graph of mappings."""
    there = set(known)
    for alignment in bundled():
        if alignment.subject in there:
            mapped.add(alignment.subject, alignment.predicate, alignment.object)
