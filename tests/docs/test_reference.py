"""The reference tables say what the project does."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from targetgraph.reading.schemas import FRAMEWORK_TABLES, ROOT_TABLES
from tests.docs import reference
from tests.docs.markdown import CHECKOUT

STATES, TABLES = reference.FILES


@pytest.mark.parametrize("path", reference.FILES, ids=lambda path: path.name)
def test_tables_are_up_to_date(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert reference.rewritten(text) == text, "run `python -m tests.docs.reference`"


@pytest.mark.parametrize("path", reference.WHOLE, ids=lambda path: path.name)
def test_whole_pages_are_up_to_date(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == reference.WHOLE[path](), "run `python -m tests.docs.reference`"


def test_every_command_and_option_is_on_its_page() -> None:
    """An independent look: against what `--help` prints."""
    import click
    from click.testing import CliRunner

    from targetgraph.cli import COMMANDS, group

    text = (CHECKOUT / "docs" / "cli.md").read_text(encoding="utf-8")
    looked = 0
    for name in COMMANDS:
        (section,) = re.findall(rf"^## {name}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
        printed = CliRunner().invoke(group, [name, "--help"]).stdout
        options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", printed.partition("Options:")[2]))
        assert options, name
        assert not [o for o in options if o not in section], name
        command = group.get_command(click.Context(group), name)
        assert command is not None
        assert all(p.help for p in command.params if isinstance(p, click.Option)), f"an option of {name} has no help"
        assert (command.help or "").strip() and COMMANDS[name] in f"{text}"
        looked += len(options)
    assert looked > 100


def test_every_public_name_is_on_its_page() -> None:
    import targetgraph as tg

    text = (CHECKOUT / "docs" / "api.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^## (\w+)$", text, re.MULTILINE)) == set(tg.__all__) - {"__version__"}
    for name in ("close_gaps", "suppose", "to_networkx", "headlines", "limit_seconds"):
        assert name in text


def test_every_table_is_there() -> None:
    assert reference.marked(TABLES.read_text(encoding="utf-8")) == [s.file for s in (*ROOT_TABLES, *FRAMEWORK_TABLES)]
    assert set(reference.marked(STATES.read_text(encoding="utf-8"))) == {
        "states",
        "dimensions",
        "obligations",
        "kinds of gap",
    }


def test_every_column_has_a_meaning() -> None:
    said = reference.meanings(TABLES.read_text(encoding="utf-8"))
    assert len(said) == sum(len(s.columns) for s in (*ROOT_TABLES, *FRAMEWORK_TABLES))
    assert not [column for column, meaning in said if not meaning]


def test_bundled_tables_have_no_other_columns() -> None:
    """An independent look: the headings in use are those described, but for labels in further languages."""
    from targetgraph import resources

    text = TABLES.read_text(encoding="utf-8")
    looked = 0
    for path in resources.tables().rglob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            headings = next(csv.reader(stream))
        part = text.partition(f"<!-- table: {path.name} -->")[2].partition("<!-- end -->")[0]
        described = {column for column, _ in reference.meanings(part)}
        assert {h for h in headings if not h.startswith("label_")} <= described, path
        looked += 1
    assert looked >= 18


def test_a_stale_table_is_noticed() -> None:
    text = STATES.read_text(encoding="utf-8")
    spoilt = text.replace("| `no-deadline` |", "| `no-date` |")
    assert spoilt != text
    assert reference.rewritten(spoilt) == text
