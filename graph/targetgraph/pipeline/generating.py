"""A registry of made-up frameworks, written as sorted N-Quads: streamed, so that its size is limited by the disk only."""

from __future__ import annotations

import gzip
from bisect import bisect_left
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import numpy as np

from targetgraph import iris
from targetgraph.errors import TargetGraphError
from targetgraph.modelling.synthetic import Plan, Pool, framework_lines, shared_lines
from targetgraph.namespaces import PREFIXES, TG
from targetgraph.pipeline.assembling import Progress, assemble
from targetgraph.store import canonical_nquads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from targetgraph.modelling.dataset import Model

SMALLEST = 8_000
_WHOLE_VOCABULARY = 100_000
# What the analysis reads of a concept; the rest (translations, notes, mappings) is left out of small registries.
_NEEDED = tuple(
    f"<{PREFIXES[prefix]}{name}>"
    for prefix, name in (
        ("rdf", "type"), ("skos", "inScheme"), ("skos", "broader"), ("skos", "notation"), ("skos", "prefLabel"),
        ("tg", "isUmbrella"), ("tg", "order"), ("tg", "verification"), ("tg", "adoptionStatus"), ("dct", "source"),
    )
)  # fmt: skip
_SCHEMES = {"actor": "actor", "sector": "sector", "stage": "stage", "issue": "issue"}


@dataclass(frozen=True, slots=True)
class Generated:
    """What was written: statements, frameworks, targets."""

    statements: int
    frameworks: int
    targets: int


def generate(triples: int, seed: int, output: Path, progress: Progress | None = None, *, targets: int = 0) -> Generated:
    """Write a made-up registry of about ``triples`` statements.

    The vocabularies are the bundled ones, the ontology graph is included; the frameworks are drawn from ``seed``. The
    file is sorted by line and holds each statement once, so it is its own canonical form and the same for the same seed,
    package version and numpy generator. With a name that ends in ``.gz`` it is compressed.

    Parameters
    ----------
    targets : one framework with so many targets, instead of many; ``triples`` then only says whether vocabularies are whole.

    Raises
    ------
    TargetGraphError : fewer statements are wanted than the vocabularies alone have, or the file cannot be written.
    """
    if triples < SMALLEST:
        raise TargetGraphError(
            f"{triples} statements are fewer than ontology and vocabularies have",
            "--triples",
            f"ask for {SMALLEST} or more",
        )
    say = progress or (lambda _: None)
    _, modelled = assemble([], say)
    base = _base_lines(modelled, slim=triples < _WHOLE_VOCABULARY)
    plan = Plan(seed, np.array([targets])) if targets else Plan.of(seed, triples - len(base))
    pools = _pools(modelled)
    categories = [i for i, umbrella in zip(pools["actor"].iris, pools["actor"].umbrella, strict=True) if not umbrella]
    base = sorted({*base, *shared_lines(plan, categories)})
    # Frameworks have consecutive names, so their statements stand together in the sorted whole.
    cut = bisect_left(base, f"<{iris.framework(plan.code(0))[:-1]}")
    with _opened(output) as file:
        statements = _written(file, base[:cut])
        for number in range(len(plan.sizes)):
            if number % 50 == 0:
                say(f"framework {number + 1} of {len(plan.sizes)}")
            statements += _written(file, framework_lines(plan, number, pools))
        statements += _written(file, base[cut:])
    return Generated(statements, len(plan.sizes), int(plan.sizes.sum()))


def _written(file: IO[bytes], blocks: Iterable[str]) -> int:
    text = "".join(blocks)
    file.write(text.encode())
    return text.count("\n")


@contextmanager
def _opened(output: Path) -> Iterator[IO[bytes]]:
    """The file, under a temporary name until it is whole."""
    beside = output.with_name(f".{output.name}.part")
    try:
        with beside.open("wb") as raw:
            if output.suffix == ".gz":
                # No name and no time in the header: the same seed gives the same bytes.
                with gzip.GzipFile("", "wb", 6, raw, mtime=0) as file:
                    yield cast("IO[bytes]", file)
            else:
                yield raw
        beside.replace(output)
    except OSError as error:
        raise TargetGraphError(
            f"the file cannot be written: {error.strerror}", str(output), "give another --output"
        ) from error
    finally:
        beside.unlink(missing_ok=True)


def _base_lines(modelled: Model, slim: bool) -> list[str]:
    """Statements of the ontology and the vocabularies, without those about the bundled frameworks."""
    names = ("ontology", "vocabularies", "sdg") if slim else ("ontology", "vocabularies", "sdg", "mapped")
    graphs = [_iri_of_graph(name) for name in names]
    lines = canonical_nquads(modelled.nquads()).decode().splitlines(True)
    kept = [line for line in lines if line.endswith(tuple(f"{g} .\n" for g in graphs))]
    # Links of the bundled issues belong to no framework, and indicators name frameworks that are not here.
    kept = [line for line in kept if "/scheme/issue/link/" not in line and f"<{TG.measuresFramework}>" not in line]
    if slim:
        kept = [line for line in kept if line.endswith(f"{graphs[0]} .\n") or _needed(line)]
    return kept


def _iri_of_graph(name: str) -> str:
    return f"<{iris.graph(name)}>"


def _needed(line: str) -> bool:
    subject, predicate, rest = line.split(" ", 2)
    is_translation = predicate.endswith("prefLabel>") and '"@en ' not in rest
    return predicate in _NEEDED and not is_translation and "/sdg/indicator/" not in subject


def _pools(modelled: Model) -> dict[str, Pool]:
    """What links of each kind can go to: the bundled concepts."""
    from rdflib import RDF, SKOS, Literal, URIRef

    dataset = modelled.dataset
    found: dict[str, list[str]] = {
        kind: sorted(str(s) for s in dataset.subjects(SKOS.inScheme, URIRef(iris.scheme(scheme))))
        for kind, scheme in _SCHEMES.items()
    }
    found["sdg"] = sorted(str(s) for s in dataset.subjects(RDF.type, URIRef(TG.SdgTarget)))
    umbrella = {str(s) for s in dataset.subjects(URIRef(TG.isUmbrella), Literal(True))}
    return {
        kind: Pool(members, [m.rpartition("/")[2] for m in members], np.array([m in umbrella for m in members]))
        for kind, members in found.items()
    }
