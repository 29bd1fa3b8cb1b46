"""The rules for w3id.org, read and followed as Apache does (mod_rewrite), lead to documents that the site has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pytest

from targetgraph import iris
from targetgraph.analysis.description.addresses import path_of

RULES = Path(__file__).resolve().parents[2] / "docs/w3id/targetgraph/.htaccess"
BASE = "https://targetgraph.example.org"


@dataclass(frozen=True)
class Rule:
    pattern: str
    target: str
    flags: tuple[str, ...]
    accept: str


def _rules() -> list[Rule]:
    found, accept = [], ""
    for line in RULES.read_text(encoding="utf-8").splitlines():
        words = line.split()
        if line.startswith("RewriteCond"):
            assert words[1] == "%{HTTP_ACCEPT}", "the interpreter knows no other condition"
            accept = words[2]
        elif line.startswith("RewriteRule"):
            _, pattern, target, flags = words
            found.append(Rule(pattern, target, tuple(flags.strip("[]").split(",")), accept))
            accept = ""
        else:
            assert not words or line.startswith("#") or line == "RewriteEngine On"
    return found


def follow(path: str, accept: str) -> tuple[int, str]:
    """Status and location for a path below the folder of the rules."""
    deployed = ""
    for rule in _rules():
        match = re.search(rule.pattern, unquote(path))
        if not match or (rule.accept and not re.search(rule.accept, accept)):
            continue
        for flag in rule.flags:
            if flag.startswith("E=DEPLOYED:"):
                deployed = flag.removeprefix("E=DEPLOYED:")
        if rule.target == "-":
            continue
        target = rule.target.replace("%{ENV:DEPLOYED}", deployed)
        for number, group in enumerate(match.groups(), 1):
            target = target.replace(f"${number}", group or "")
        (status,) = [flag.removeprefix("R=") for flag in rule.flags if flag.startswith("R=")]
        assert "L" in rule.flags
        return int(status), target
    raise AssertionError(f"no rule for {path}")


def test_things_of_every_kind_lead_to_documents_that_are_there(site) -> None:
    seen: dict[tuple[str, ...], str] = {}
    for page in sorted(site.rglob("*.ttl")):
        path = page.relative_to(site).with_suffix("").as_posix()
        parts = path.split("/")
        if parts[0] not in ("void", "catalogue"):
            seen.setdefault((*parts[:2][-1:], str(len(parts))), path)
    assert len(seen) >= 15
    for path in [*seen.values(), "table/gfc/links.csv", "ontology", "ontology/0.1.0"]:
        for accept, suffix in (
            ("text/turtle", "ttl"),
            ("application/ld+json, */*;q=0.1", "jsonld"),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
            ("*/*", "html"),
            ("", "html"),
        ):
            status, there = follow(path, accept)
            assert (status, there) == (303, f"{BASE}/{path}.{suffix}")
            assert (site / f"{path}.{suffix}").is_file(), there


@pytest.mark.parametrize(
    "path, there",
    [
        ("", "/"),
        ("gfc/target/A1.ttl", "/gfc/target/A1.ttl"),
        ("ontology.html", "/ontology.html"),
        ("sparql", "/sparql"),
        (".well-known/void", "/.well-known/void"),
        ("views/gfc/matrix.html", "/views/gfc/matrix.html"),
        ("static/site.css", "/static/site.css"),
        ("data/targetgraph.nq.gz", "/data/targetgraph.nq.gz"),
    ],
)
def test_documents_and_services_are_passed_on(path, there) -> None:
    assert follow(path, "text/turtle") == (302, BASE + there)


def test_formats_that_only_a_server_has() -> None:
    assert follow("gfc", "application/rdf+xml") == (303, f"{BASE}/gfc.rdf")
    assert follow("gfc", "application/n-triples") == (303, f"{BASE}/gfc.nt")


def test_the_place_it_is_kept_at_is_said_once() -> None:
    assert RULES.read_text().count("targetgraph.example.org") == 1
    assert path_of(iris.framework("gfc")) == ("gfc", "")
