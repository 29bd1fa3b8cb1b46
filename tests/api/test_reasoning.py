"""Reasoning from Python: against the command, and against what can be said by hand of five statements."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import RDF, Dataset, URIRef

import targetgraph as tg
from targetgraph.cli import group
from targetgraph.namespaces import TG
from tests.api.small import BASE, nquads, small_store
from tests.components import need
from tests.copies import copy_of

WASTE, N1 = f"{BASE}scheme/stage/waste", f"{BASE}my/target/N1"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("reasoning") / "store"
    small_store(root)
    return root


@pytest.fixture(scope="module")
def mistake(store: Path) -> Path:
    """A stage that is a sector."""
    path = store.parent / "mistake.nt"
    path.write_text(nquads("scheme/stage/waste a tg:Sector").replace(f" <{BASE}graph/framework/my>", ""))
    return path


@pytest.fixture(scope="module")
def found(store: Path) -> tg.Conclusions:
    """By the rules, once for all tests."""
    return tg.reason(store, engine="rl")


def test_rules_as_the_command_tells(store: Path, found: tg.Conclusions, tmp_path: Path) -> None:
    command = ["reason", "--store", str(store), "--engine", "rl", "-q", "-o", str(tmp_path / "by.nq")]
    done = CliRunner().invoke(group, command, catch_exceptions=False)
    assert (done.exit_code, done.stdout) == (0, f"{found}\n")
    kept = Dataset().parse(tmp_path / "by.nq", format="nquads").graph(URIRef(f"{BASE}graph/inferred/rl"))
    ours = Dataset().parse(found.save(tmp_path / "ours.nq"), format="nquads").graph(kept.identifier)
    provenance = set(kept.triples((URIRef(str(kept.identifier)), None, None)))
    assert len(provenance) == 7
    assert {t for t in kept if t not in provenance} == set(found.to_rdflib())
    assert {p for _, p, _ in provenance} == set(ours.predicates(URIRef(str(kept.identifier))))
    assert (N1, TG.atStage, WASTE) in set(found.rows())
    assert (WASTE, str(RDF.type), TG.LifeCycleStage) in set(found.rows())
    assert found and found.consistent and not found.members and found.version in repr(found)
    assert len(found.to_pandas()) == len(found) == len(found.to_dict()["inferred"])


def test_why_a_link_follows(store: Path, found: tg.Conclusions) -> None:
    why = found.why("my/target/N1", "tg:atStage", "scheme/stage/waste")
    assert why and why.follows and not why.stated
    assert why.statement == "my/target/N1 has “at stage” scheme/stage/waste."
    assert set(why.axioms) == {
        "my/link/N1/stage/waste has “link subject” my/target/N1.",
        "my/link/N1/stage/waste has “stage” scheme/stage/waste.",
        "my/target/N1 is “target”.",
        "Who follows “is target”, then the inverse of “link subject”, then “stage” arrives at “at stage”.",
    }
    assert found.why("my/target/N1", "a", "tg:Target").stated
    other = found.why("my/target/N1", "tg:atStage", "scheme/stage/use")
    assert not other and str(other).startswith("does not follow, by OWL 2 RL")
    assert "Because" in why._repr_html_() and why.to_dict()["axioms"] == list(why.axioms)
    assert why.all == (why.axioms,) and not why.complete
    every = found.why("my/target/N1", "tg:atStage", "scheme/stage/waste", most=5)
    assert every.complete and every.all == why.all and str(every) == str(why)


def test_kept_in_the_store_and_asked_by_its_name(built_store: Path, tmp_path: Path, mistake: Path) -> None:
    root = copy_of(built_store, tmp_path / "store")
    with pytest.raises(tg.TargetGraphError, match="from statements outside the store"):
        tg.reason(root, engine="rl", keep=True, more=mistake)
    found = tg.reason(root, engine="rl", keep=True)
    with tg.open(root) as graph:
        named = graph.sparql(f"SELECT ?s ?p ?o {{ GRAPH <{BASE}graph/inferred/rl> {{ ?s ?p ?o }} }}")
        assert len(named.to_dicts()) == len(found) + 7
        assert graph.version == found.version


def test_pellet_by_python_and_by_the_command(store: Path) -> None:
    """N1 names nobody, no sector, and a stage: by hand."""
    need("java")
    found = tg.reason(store, engine="pellet")
    assert found.engine.startswith("Pellet of owlready2 ") and found.consistent and not found.unsatisfiable
    assert {kind: things for kind, things in found.members.items() if things} == {
        "OrphanTarget": (N1,), "SectorlessTarget": (N1,),
    }  # fmt: skip
    command = ["reason", "--store", str(store), "--engine", "pellet", "-q"]
    done = CliRunner().invoke(group, command, catch_exceptions=False)
    assert (done.exit_code, done.stdout) == (0, f"{found}\n")


def test_a_contradiction_is_told_and_is_false(store: Path, mistake: Path) -> None:
    found = tg.reason(store, engine="rl", more=mistake)
    assert not found and not found.consistent and len(found) == 0
    assert "No “sector” is “life-cycle stage”." in found.contradiction
    assert "scheme/stage/waste is “sector”." in found.contradiction
    assert "inconsistent: these cannot all be true" in str(found)
    assert "Cannot all be true" in found._repr_html_()


def test_every_smallest_contradiction_is_told_and_whether_there_may_be_others(store: Path, mistake: Path) -> None:
    """By hand: the waste stage is one for being somebody's stage, and for being stated to be one."""
    stated = store.parent / "stated.ttl"
    stated.write_text(f"<{WASTE}> a <{TG.LifeCycleStage}> .")
    found = tg.reason(store, engine="rl", more=[mistake, stated], most=9)
    assert found.complete and not found.unfinished and found.contradiction == found.contradictions[0]
    both = {"No “sector” is “life-cycle stage”.", "scheme/stage/waste is “sector”."}
    link = {"Every value of “stage” is “life-cycle stage”.", "my/link/N1/stage/waste has “stage” scheme/stage/waste."}
    assert {frozenset(each) for each in found.contradictions} == {
        frozenset(both | link), frozenset(both | {"scheme/stage/waste is “life-cycle stage”."}),
    }  # fmt: skip
    command = [
        "reason",
        "--store",
        str(store),
        "--engine",
        "rl",
        "-q",
        "--with",
        str(mistake),
        "--with",
        str(stated),
        "--all",
    ]
    done = CliRunner().invoke(group, command, catch_exceptions=False)
    assert (done.exit_code, done.stdout) == (1, f"{found}\n")
    assert done.stdout.splitlines()[-1] == "these are all there are"
    one = CliRunner().invoke(group, [*command, "1"], catch_exceptions=False)
    assert one.stdout.count("these cannot all be true (1 of 1 found)") == 1
    assert one.stdout.splitlines()[-1] == "there may be others: number or time came to an end"
    assert found.to_dict()["contradictions"] == [list(each) for each in found.contradictions]


def test_hermit_answers_questions_of_coverage(store: Path) -> None:
    """The target names a stage, and no actor and no sector."""
    need("java")
    found = tg.reason(store)
    assert found and found.engine.startswith("HermiT") and found.unsatisfiable == {}
    assert found.members == {
        "OrphanTarget": (N1,),
        "GovernmentsOnlyTarget": (),
        "EverybodysTarget": (),
        "SectorlessTarget": (N1,),
        "StagelessTarget": (),
    }
    assert (N1, str(RDF.type), TG.OrphanTarget) in set(found.rows())
    assert "\nconsistent\n" in str(found)


def test_mistakes_say_what_to_do(
    store: Path, found: tg.Conclusions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(tg.TargetGraphError, match=r"there is no engine 'elk'\n  what to do: use one of: hermit"):
        tg.reason(store, engine="elk")  # type: ignore[arg-type]
    with pytest.raises(tg.TargetGraphError, match=r"(?s)no RDF that can be read.*what to do: give Turtle or N-Triples"):
        tg.reason(store, engine="rl", more=__file__)
    with pytest.raises(tg.TargetGraphError, match=r"a built folder, not a service\n  what to do: give --store FOLDER"):
        tg.reason("http://localhost:9/sparql", engine="rl")
    with pytest.raises(tg.StoreError, match="no graph has been built here"):
        tg.reason(tmp_path, engine="rl")
    with pytest.raises(tg.TargetGraphError, match=r"the prefix of 'x:y' is not known\n  what to do: use one of"):
        found.why("x:y", "a", "tg:Target")
    with pytest.raises(tg.TargetGraphError, match="the file cannot be written"):
        found.save(tmp_path / "none" / "x.nq")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(tg.ResourceMissing, match=r"need Java, which is not on the PATH\n  what to do: install a Java"):
        tg.reason(store)
