"""The canonical form of a dataset: RDFC-1.0 labels, one quad a line, lines sorted by code point.

The same statements give the same bytes, in whatever order and with whatever blank-node labels they came. The
hash of those bytes is the data version (RDF Dataset Canonicalization, W3C Recommendation of 21 May 2024).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from targetgraph.errors import StoreError
from targetgraph.store.durable import write_durably

VERSION_LENGTH = 16


def canonical_nquads(nquads: bytes | str | Path) -> bytes:
    """Canonical N-Quads of a dataset.

    Parameters
    ----------
    nquads : an N-Quads document, or the path of one.

    Returns
    -------
    bytes
        UTF-8, each line ended by a line feed; repeated quads appear once.

    Raises
    ------
    StoreError
        when the document is not N-Quads.

    Notes
    -----
    Datasets without blank nodes (ours mint IRIs) take linear time; the worst case of RDFC-1.0 is exponential
    in the number of blank nodes that cannot be told apart.
    """
    try:
        if isinstance(nquads, Path):
            quads = ox.parse(path=str(nquads), format=ox.RdfFormat.N_QUADS)
        else:
            quads = ox.parse(nquads, format=ox.RdfFormat.N_QUADS)
        dataset = ox.Dataset(quads)
    except SyntaxError as error:
        where = str(nquads) if isinstance(nquads, Path) else ""
        raise StoreError(f"the statements are not N-Quads: {error}", where, "correct the line") from error
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    written: bytes = ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b""
    # split at line feeds only: literals may hold other characters that str.splitlines would split at
    lines = sorted(set(written.split(b"\n")) - {b""})
    return b"".join(line + b"\n" for line in lines)


def write_canonical(nquads: bytes | str | Path, path: Path) -> str:
    """Write the canonical N-Quads to a file, durably; returns the data version."""
    content = canonical_nquads(nquads)
    write_durably(path, content)
    return data_version(content)


def data_version(canonical: bytes | Path) -> str:
    """First 16 hexadecimal digits of the SHA-256 of canonical N-Quads (bytes, or a file of them)."""
    if isinstance(canonical, bytes):
        return hashlib.sha256(canonical).hexdigest()[:VERSION_LENGTH]
    with canonical.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:VERSION_LENGTH]


def repeated_statements(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Triples that stand in more than one graph of a canonical N-Quads file, with the IRIs of these graphs.

    Oxigraph's union of graphs is not a merge: a query over it sees such a triple once for each graph, and
    counts it so (SPARQL 1.1, 13.1, would have it once). A build must therefore keep every triple in one graph
    only.
    """
    quads = ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS)
    for triple, group in groupby(quads, key=lambda quad: quad.triple):  # sorted, so equal triples are neighbours
        graphs = [getattr(quad.graph_name, "value", "") for quad in group]
        if len(graphs) > 1:
            yield str(triple), graphs
