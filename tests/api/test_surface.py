"""What ``import targetgraph`` offers, and that it costs nothing until it is used."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import targetgraph as tg
from tests.copies import copy_of


def test_every_name_is_there() -> None:
    assert len(tg.__all__) == len(set(tg.__all__)) == 40
    for name in tg.__all__:
        assert getattr(tg, name) is not None
        assert name in dir(tg)
    with pytest.raises(AttributeError, match="no attribute 'opne'"):
        _ = tg.opne


def test_names_are_loaded_when_used(tmp_path: Path) -> None:
    code = (
        "import json, sys, targetgraph\n"
        "before = set(sys.modules)\n"
        "dir(targetgraph), targetgraph.TargetGraphError\n"
        "light = set(sys.modules)\n"
        "targetgraph.Graph\n"
        "print(json.dumps([sorted(light - before), sorted(set(sys.modules) - light)]))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    light, late = json.loads(done.stdout)
    assert "targetgraph.errors" in light
    assert not [name for name in light if name.partition(".")[0] in ("numpy", "rdflib", "networkx", "pyoxigraph")]
    assert "targetgraph.api.graph" in late


def test_nothing_built_there(tmp_path: Path) -> None:
    with pytest.raises(tg.StoreError, match=r"no graph has been built here\n  what to do: run `targetgraph build`"):
        tg.open(tmp_path)


def test_the_environment_names_the_store(built_store: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TARGETGRAPH_STORE", str(built_store))
    assert tg.open().place == str(built_store)
    monkeypatch.setenv("TARGETGRAPH_STORE", "ftp://example.org/sparql")
    with pytest.raises(tg.StoreError, match="http"):
        tg.open()


def test_mistakes_have_remedies(gfc: tg.Framework, graph: tg.Graph, tmp_path: Path) -> None:
    """Each with a sentence on what to do, and none with a traceback in a notebook."""
    matrix = gfc.coverage("targets", "stages")
    mistakes = [
        lambda: graph.framework("gcf"),
        lambda: gfc.target("Z9"),
        lambda: gfc.gaps("no-such-kind"),
        lambda: gfc.gaps(status="closed"),
        lambda: gfc.coverage("targets", "colours"),
        lambda: matrix["A4", "no such stage"],
        lambda: matrix["Z9", "use"],
        lambda: gfc.coverage("sectors", "stages").explain("agriculture", "use"),
        lambda: gfc.simulate(),
        lambda: gfc.simulate(without="nobody"),
        lambda: gfc.simulate(brackets="bent"),
        lambda: gfc.close_gaps(costs={"A1": 2}),
        lambda: gfc.close_gaps(costs={"A1:stages:use": -1}),
        lambda: gfc.compare("gfc"),
        lambda: gfc.view("globe"),  # type: ignore[arg-type]
        lambda: gfc.view("map", "targets"),
        lambda: matrix.to_pandas("colour"),  # type: ignore[arg-type]
        lambda: graph.query("who-must-dance"),
        lambda: graph.query("targets-naming-only", actr="governments"),
        lambda: graph.sparql("SELECT"),
        lambda: graph.sparql("ASK {}").to_rdflib(),
        lambda: graph.sparql("ASK {}").to_networkx(),
        lambda: graph.sparql(
            "CONSTRUCT { ?t rdfs:comment <<( ?t a tg:Target )>> } WHERE { ?t a tg:Target }"
        ).to_rdflib(),
        lambda: graph.export("docx", tmp_path / "x"),
        lambda: gfc.gaps().to_csv(tmp_path / "none" / "gaps.csv"),
        lambda: gfc.gaps().to_xlsx(tmp_path / "none" / "gaps.xlsx"),
        lambda: gfc.view().save(tmp_path / "none" / "map.html"),
        lambda: tg.build(tmp_path, tmp_path / "s", dataset=tmp_path / "d.nq"),
        lambda: tg.build(store=tmp_path / "s", shapes=True),
        lambda: tg.check(tmp_path / "none"),
    ]
    assert len(mistakes) == 30
    for number, mistake in enumerate(mistakes):
        with pytest.raises(tg.TargetGraphError) as caught:
            mistake()
        assert all(problem.remedy for problem in caught.value.problems), (number, str(caught.value))
        told = "\n".join(caught.value._render_traceback_())
        assert "what to do:" in told and "Traceback" not in told
    assert list(tmp_path.iterdir()) == []


def test_a_missing_library_is_named(gfc: tg.Framework, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(tg.ResourceMissing, match=r"polars is not installed\n  what to do: .*pip install polars"):
        gfc.targets.to_polars()


def test_a_version_stays_as_it_was_opened(built_store: Path, tmp_path: Path) -> None:
    """A build that follows does not change what somebody works with."""
    from tests.own_tables import write_own_tables

    own = write_own_tables(tmp_path / "tables")
    copy_of(built_store, tmp_path / "store")
    before = tg.open(tmp_path / "store")
    after = tg.build(own, tmp_path / "store")
    assert list(before.frameworks) == ["beyond2020", "gfc"]
    assert "plan" in after.frameworks and "plan" not in before.frameworks
    assert before.version != after.version == tg.open(tmp_path / "store").version
    ask = "SELECT (COUNT(?f) AS ?n) { ?f a tg:Framework }"
    assert [g.sparql(ask).to_dicts()[0]["n"] for g in (before, after)] == [2, 3]
    assert len(before.frameworks["gfc"].gaps()) == len(after.frameworks["gfc"].gaps()) > 0
    assert after.frameworks["plan"].targets["N1"].deadline == 2031
    assert not tg.check(own).to_mend
    comparison = before.framework("gfc").compare(after.framework("gfc"))
    assert before.version in comparison.sentences[0] and after.version in comparison.sentences[0]
