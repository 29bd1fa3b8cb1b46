"""What changed, from Python: against the command, and against the statements themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import Dataset, URIRef

import targetgraph as tg
from targetgraph.cli import group
from tests.api.small import BASE, STATEMENTS, small_store
from tests.changes.test_feed import patched


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Three versions: a target, then its deadline, then another target."""
    root = tmp_path / "store"
    small_store(root)
    small_store(root, *STATEMENTS, 'my/target/N1 tg:deadlineYear "2030"')
    small_store(root, *STATEMENTS, 'my/target/N1 tg:deadlineYear "2031"', "my/target/N2 a tg:Target")
    return root


def _command(store: Path, *arguments: str) -> str:
    done = CliRunner().invoke(group, ["changes", "--store", str(store), *arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_same_as_the_command(store: Path, tmp_path: Path) -> None:
    whole = tg.changes(store)
    (first, _), (second, _), (third, built) = whole.versions.rows()
    assert json.loads(json.dumps(whole.to_dict()["steps"])) == json.loads(_command(store, "-f", "json"))
    assert f"{whole}\n" == _command(store)
    later = tg.changes(store, since=str(second)[:8])
    assert [step["after"] for step in later.to_dict()["steps"]] == [third]
    for form in ("text", "markdown", "json", "patch", "trig"):
        written = later.save(tmp_path / form, form).read_text(encoding="utf-8")
        assert written == _command(store, "--since", str(second), "-f", form), form
    assert later.restore(str(first), tmp_path / "first.nq").read_bytes().count(b"\n") == len(STATEMENTS)
    # The patch of the two steps leads from the first version to the third.
    patch = tg.changes(store, since=str(first)).save(tmp_path / "both", "patch").read_bytes()
    assert (
        patched((tmp_path / "first.nq").read_bytes(), patch)
        == later.restore(str(third), tmp_path / "third.nq").read_bytes()
    )
    assert built in {row[1] for row in later.rows()}


def test_one_row_a_sentence(store: Path) -> None:
    second = str(tg.changes(store).versions.rows()[1][0])
    later = tg.changes(store, since=second)
    frame = later.to_pandas()
    assert list(frame.columns) == ["version", "built", "framework", "kind", "sentence"]
    assert len(frame) == len(later) == 2
    told = set(frame["sentence"])
    assert "target N2: added" in told
    assert [s for s in told if "N1" in s and "2030 → 2031" in s]
    assert later and "2 sentences" in repr(later)
    members = later.to_rdflib()
    assert isinstance(members, Dataset)
    about = {str(o) for *_, o, _ in members.quads((None, URIRef("http://xmlns.com/foaf/0.1/primaryTopic"), None, None))}
    assert about == {f"{BASE}my/target/N1", f"{BASE}my/target/N2"}
    newest = tg.changes(store, since=str(tg.changes(store).versions.rows()[2][0]))
    assert not newest and len(newest) == 0 and str(newest) == "nothing has changed"
    assert "Nothing has changed." in newest._repr_html_()


def test_mistakes_say_what_to_do(store: Path, tmp_path: Path) -> None:
    with pytest.raises(tg.StoreError, match=r"'fedc' is no version that was recorded here\n  what to do: the versions"):
        tg.changes(store, since="fedc")
    with pytest.raises(
        tg.StoreError, match=r"no changes have been recorded here\n  what to do: run `targetgraph build`"
    ):
        tg.changes(tmp_path / "none")
    with pytest.raises(
        tg.StoreError, match=r"beside a store folder, not at a service\n  what to do: give --store FOLDER"
    ):
        tg.changes("http://localhost:9/sparql")
    whole = tg.changes(store)
    with pytest.raises(tg.TargetGraphError, match=r"are not told as 'docx'\n  what to do: use one of: text, markdown"):
        whole.save(tmp_path / "x", "docx")  # type: ignore[arg-type]
    with pytest.raises(
        tg.TargetGraphError, match=r"the version cannot be written: No such .*\n  what to do: give another"
    ):
        whole.restore(str(whole.versions.rows()[0][0]), tmp_path / "no" / "x.nq")
    assert {path.name for path in tmp_path.iterdir()} == {"store"}


def test_the_command_refuses_a_service_without_a_traceback() -> None:
    done = CliRunner().invoke(group, ["changes", "--store", "http://localhost:9/sparql"])
    assert isinstance(done.exception, tg.StoreError)
    assert "not at a service" in str(done.exception)
