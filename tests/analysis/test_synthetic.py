"""The generator of made-up registries: what it writes is well formed, the same every time, and as large as asked."""

from __future__ import annotations

import gzip
import hashlib
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from rdflib import Dataset, Graph

from targetgraph.checking import check_graph, read_waivers
from targetgraph.errors import TargetGraphError
from targetgraph.modelling import ontology
from targetgraph.modelling.synthetic import Plan, Pool
from targetgraph.namespaces import TG
from targetgraph.pipeline.assembling import DATA_SHAPES
from targetgraph.pipeline.generating import SMALLEST, generate
from targetgraph.store import canonical_nquads


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("synthetic") / "small.nq"
    generate(16_000, 3, path)
    return path


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(small: Path, tmp_path: Path) -> None:
    made = {}
    for seed in (3, 4):
        generate(16_000, seed, tmp_path / f"{seed}.nq")
        made[seed] = hashlib.sha256((tmp_path / f"{seed}.nq").read_bytes()).hexdigest()
    assert made[3] == hashlib.sha256(small.read_bytes()).hexdigest()
    assert made[3] != made[4]


def test_compressed_it_is_the_same_file(small: Path, tmp_path: Path) -> None:
    for name in ("a.nq.gz", "b.nq.gz"):
        generate(16_000, 3, tmp_path / name)
    assert gzip.decompress((tmp_path / "a.nq.gz").read_bytes()) == small.read_bytes()
    assert (tmp_path / "a.nq.gz").read_bytes() == (tmp_path / "b.nq.gz").read_bytes()


def test_the_file_is_its_own_canonical_form(small: Path) -> None:
    assert canonical_nquads(small) == small.read_bytes()


def test_it_keeps_to_the_shapes(small: Path) -> None:
    data = Graph()
    dataset = Dataset()
    dataset.parse(small, format="nquads")
    for subject, predicate, value, _ in dataset.quads((None, None, None, None)):
        data.add((subject, predicate, value))
    found = check_graph(data, ontology.read(DATA_SHAPES), {}, read_waivers(ontology.read("waivers.ttl")))
    assert [str(v.problem()) for v in found if v.severity == "violation" and not v.waived] == []


@pytest.mark.parametrize("wanted", [40_000, 150_000])
def test_it_is_about_as_large_as_asked(wanted: int, tmp_path: Path) -> None:
    made = generate(wanted, 1, tmp_path / "x.nq")
    lines = (tmp_path / "x.nq").read_bytes().count(b"\n")
    assert made.statements == lines
    assert abs(lines - wanted) < 0.08 * wanted


def test_everything_a_registry_has_is_in_it(tmp_path: Path) -> None:
    generate(150_000, 1, tmp_path / "x.nq")
    text = (tmp_path / "x.nq").read_text()
    expected = (
        TG.ResponsibilityLink, TG.SectorLink, TG.StageLink, TG.SdgLink, TG.IndicatorLink, TG.IssueLink, TG.LineageLink,
        TG.DependencyLink, TG.BracketedPassage, TG.Hedge, TG.Assessment, TG.NotApplicable, TG.DroppedAsTarget, TG.Framework,
        TG.Objective, TG.deadlineYear, TG.restsOn, TG.madeAgainst, "http://www.w3.org/ns/prov#wasRevisionOf",
    )  # fmt: skip
    missing = [iri for iri in expected if f"<{iri}>" not in text]
    assert missing == []
    assert len(expected) == 19


def test_few_concepts_take_most_of_the_links() -> None:
    pool = Pool([str(i) for i in range(60)], [f"c{i:02d}" for i in range(60)], np.zeros(60, dtype=bool))
    drawn = Counter(pool.draw(np.random.default_rng(1), 20_000).tolist())
    top = sum(count for _, count in drawn.most_common(6))
    assert 0.4 < top / 20_000 < 0.7
    assert len(drawn) == 60


def test_sizes_of_frameworks_are_skewed_and_add_up() -> None:
    plan = Plan.of(1, 10_000_000)
    assert plan.sizes.max() > 10 * np.median(plan.sizes)
    assert plan.sizes.min() >= 6
    assert Plan.of(1, 10_000_000).sizes.tolist() == plan.sizes.tolist()


def test_too_small_a_registry_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TargetGraphError, match="fewer than ontology and vocabularies"):
        generate(SMALLEST - 1, 1, tmp_path / "x.nq")


def test_a_file_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(TargetGraphError, match="cannot be written"):
        generate(SMALLEST, 1, tmp_path / "absent" / "x.nq")
