"""``simulate``, ``compare`` and ``explain`` as people call them: answers, and messages instead of tracebacks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from targetgraph import cli


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("simulate", "compare", "explain"):
        monkeypatch.setitem(cli.COMMANDS, name, name)


@pytest.fixture
def run(built_store: Path, capsys: pytest.CaptureFixture[str]):
    """Call the command line with the bundled store; returns exit code, output and messages."""

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            cli.main([*arguments, "--store", str(built_store)])
        said = capsys.readouterr()
        code = ended.value.code
        return (code if isinstance(code, int) else 0), said.out, said.err

    return call


WRONG = [
    (("simulate",), "nothing is supposed otherwise"),
    (("simulate", "--without", "nobody"), "nothing in the vocabularies is called 'nobody'"),
    (("simulate", "--min-confidence", "1.5"), "not from 0 to 1"),
    (("simulate", "--brackets", "gone"), "no treatment of brackets"),
    (("simulate", "--without", "governments", "--framework", "atlantis"), "no framework 'atlantis'"),
    (("simulate", "--without", "governments", "--add", "A1:actors:governments"), "takes all links to governments"),
    (("simulate", "--add", "A1:actors:governments"), "already there"),
    (("simulate", "--add", "A1"), "does not say which link"),
    (("simulate", "--only-source", "submission"), "no link of gfc is left"),
    (("simulate", "--scenario", "brackets=kept", "--brackets", "deleted"), "brackets is given as"),
    (("simulate", "--robustness", "--brackets", "kept"), "makes its own suppositions"),
    (("simulate", "--from", "nowhere.ttl"), "cannot be read"),
    (("simulate", "--date", "A1"), "does not say which target is due when"),
    (("simulate", "--date", "Z9=2030"), "gfc has no target 'Z9'"),
    (("simulate", "--date", "A1=2030", "--date", "A1=2031"), "'A1' has two dates, 2030 and 2031"),
    (
        ("simulate", "--date", "A1=2030", "--scenario", "date=https%3A//w3id.org/targetgraph/gfc/target/A1:none"),
        "A1 has two dates, under two names",
    ),
    (("simulate", "--without-hedges", "--scenario", "hedges=some"), "no treatment of hedges 'some'"),
    (("compare", "gfc", "gfc"), "both sides are gfc"),
    (("compare", "gfc", "atlantis"), "no framework 'atlantis'"),
    (("compare", "gfc", "brackets=lifted"), "no treatment of brackets"),
    (("compare", "beyond2020", "gfc", "--store-b", "nowhere"), "nowhere"),
    (("explain", "Z9", "health"), "no target 'Z9'"),
    (("explain", "A1", "cheese"), "nothing in the vocabularies is called 'cheese'"),
    (("explain", "A1", "health", "--dimension", "nowhere"), "no dimension 'nowhere'"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG)
def test_mistakes(run, tmp_path: Path, monkeypatch, arguments: tuple[str, ...], said: str) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*arguments)
    assert code == 2 and said in err
    assert "Traceback" not in err and not out


@pytest.mark.parametrize(
    "arguments",
    [
        ("simulate", "--without", "governments"),
        ("simulate", "--umbrella", "covering", "--without-basis", "implied"),
        ("simulate", "--robustness"),
        ("compare", "beyond2020", "gfc"),
        ("compare", "gfc", "without=governments"),
        ("compare", "gfc", "gfc?min-confidence=0.7"),
        ("explain", "A1", "farmers"),
        ("explain", "P2", "stages", "--framework", "beyond2020"),
    ],
)
@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_every_form(run, arguments: tuple[str, ...], form: str) -> None:
    code, out, err = run(*arguments, "--format", form)
    assert (code, err) == (0, "")
    if form == "json":
        assert json.loads(out)
    assert len(out.splitlines()) > 5
    assert "data_version" in out or "ata version" in out


def test_scenario_is_saved_shared_and_read_back(run, tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    _, first, _ = run(
        "simulate", "--without", "companies", "--min-confidence", "0.7", "--save", str(path), "-f", "json"
    )
    form = json.loads(first)["scenario"]
    assert form == "without=companies;min-confidence=0.7"
    _, second, _ = run("simulate", "--from", str(path), "-f", "json")
    _, third, _ = run("simulate", "--scenario", form, "-f", "json")
    assert json.loads(first) == json.loads(second) == json.loads(third)
    code, _, err = run("simulate", "--from", str(path), "--framework", "beyond2020")
    assert code == 2 and "is about gfc" in err


def test_dates_and_hedges_are_saved_shared_and_read_back(run, tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    _, first, _ = run(
        "simulate", "--date", "C1=2029", "--date", "D1=none", "--without-hedges", "--save", str(path), "-f", "json"
    )
    assert json.loads(first)["scenario"] == "date=C1:2029,D1:none;hedges=dropped"
    _, second, _ = run("simulate", "--from", str(path), "-f", "json")
    assert json.loads(first) == json.loads(second)
    path.write_text(path.read_text().replace('"2029"^^xsd:gYear', '"2028"^^xsd:gYear'))
    code, _, err = run("simulate", "--from", str(path))
    assert code == 2 and "do not say what its canonical form says" in err


def test_the_proposed_command_does_what_it_says(run) -> None:
    _, out, _ = run("explain", "A1", "health", "-f", "json")
    change = json.loads(out)["counterfactuals"][0]["scenario"]
    code, told, _ = run("simulate", "--scenario", change, "-f", "json")
    assert code == 0
    assert "https://w3id.org/targetgraph/gfc/gap/implied-only-row/sectors/A1" in {
        gap["iri"] for gap in json.loads(told)["closed"]
    }


def test_two_stores(run, built_store: Path) -> None:
    """The same store by another path is the same graph; under a scenario it differs."""
    other = str(built_store.parent / "." / built_store.name)
    code, _, err = run("compare", "gfc", "gfc", "--store-b", other)
    assert code == 2 and "both sides" in err
