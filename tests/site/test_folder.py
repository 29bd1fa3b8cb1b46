"""Nothing but a site is ever replaced, and never by half of one."""

from __future__ import annotations

import pytest

from targetgraph.cli import main
from targetgraph.errors import TargetGraphError
from targetgraph.publish.site.folder import MARK, SiteFolder

ABOUT = {"data_version": "x"}


def _write(folder, content: bytes) -> None:
    with SiteFolder(folder, ABOUT) as site:
        site.write("a/b.html", content)


def test_a_site_is_written_and_replaced_as_a_whole(tmp_path) -> None:
    _write(tmp_path / "site", b"1")
    (tmp_path / "site" / "old.html").write_text("gone with the next")
    _write(tmp_path / "site", b"2")
    assert {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()} == {
        "site/a/b.html",
        f"site/{MARK}",
    }
    assert (tmp_path / "site/a/b.html").read_bytes() == b"2"


def test_an_empty_folder_may_be_filled(tmp_path) -> None:
    (tmp_path / "site").mkdir()
    _write(tmp_path / "site", b"1")
    assert (tmp_path / "site/a/b.html").is_file()


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_what_is_somebody_elses_stays(kind, tmp_path) -> None:
    place = tmp_path / "mine"
    if kind == "folder":
        place.mkdir()
        (place / "thesis.txt").write_text("years of work")
    elif kind == "file":
        place.write_text("years of work")
    else:
        (tmp_path / "elsewhere").mkdir()
        place.symlink_to(tmp_path / "elsewhere")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(TargetGraphError):
        _write(place, b"1")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_failure_half_way_leaves_the_old_one(tmp_path) -> None:
    _write(tmp_path / "site", b"1")
    with pytest.raises(RuntimeError, match="half way"), SiteFolder(tmp_path / "site", ABOUT) as site:
        site.write("a/b.html", b"2")
        raise RuntimeError("half way")
    assert (tmp_path / "site/a/b.html").read_bytes() == b"1"
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_a_name_no_folder_can_hold_is_told(tmp_path) -> None:
    with pytest.raises(TargetGraphError, match="cannot be written"), SiteFolder(tmp_path / "site", ABOUT) as site:
        site.write("x" * 300, b"1")
    assert not list(tmp_path.iterdir())


def test_the_command_says_what_is_wrong(tmp_path, capsys, built_store) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").touch()
    for options, words in (
        (["--store", str(tmp_path / "none"), "-o", str(tmp_path / "s")], "no graph has been built"),
        (["--store", str(built_store), "-o", str(tmp_path / "mine")], "has not made"),
        (
            ["--store", str(built_store), "-o", str(tmp_path / "s"), "--base-url", "ftp://x"],
            "not the address of a site",
        ),
    ):
        with pytest.raises(SystemExit) as left:
            main(["site", *options])
        assert left.value.code == 2
        assert words in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["mine"]
