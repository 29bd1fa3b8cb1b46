from __future__ import annotations

import os
from urllib.parse import quote, unquote, urljoin

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from targetgraph import iris
from targetgraph.analysis.description.addresses import Place, file_of, iris_at, path_of, web_safe

PARTS = st.text(min_size=1, max_size=12).filter(lambda t: not any("\ud800" <= c <= "\udfff" for c in t))


@given(PARTS, PARTS)
@example("a/b", "..")
@example("été", "100 %")
def test_an_address_leads_back_to_its_thing(framework, target) -> None:
    thing = iris.target(framework, target)
    assert thing in iris_at(path_of(thing)[0])


@pytest.mark.parametrize(
    "iri", ["http://metadata.un.org/sdg/12.4", "https://example.org/a/b", "http://metadata.un.org/sdg"]
)
def test_so_does_that_of_what_others_named(iri) -> None:
    path, fragment = path_of(iri)
    assert path.startswith("external/") and not fragment
    assert iri in iris_at(path)


def test_fragments_are_part_of_a_document() -> None:
    assert path_of(iris.TERMS + "Target") == ("ontology", "Target")


@given(PARTS, PARTS)
@example("..", ".")
@example("a/b", "con. ")
@example("x\\y", "C:")
def test_no_file_leaves_the_folder(framework, target) -> None:
    name = file_of(path_of(iris.target(framework, target))[0])
    parts = name.split("/")
    assert len(parts) == 3
    assert not {"", ".", ".."} & set(parts) and not any(c in name for c in '\\:*?"<>|\0')
    assert os.path.normpath(name) == name


PATHS = st.lists(PARTS.filter(lambda t: t.strip(".")), min_size=1, max_size=4)


@given(PATHS, PATHS, st.booleans())
def test_a_relative_link_leads_where_it_should(here, there, as_files) -> None:
    """As a browser resolves it (RFC 3986, 5.2, by the standard library)."""
    mine, other = (iris.BASE + "/".join(quote(p, safe="-._~") for p in parts) for parts in (here, there))
    place = Place(path_of(mine)[0], as_files)
    where = quote(file_of(place.path), safe="/-._~") if as_files else place.path
    base = "https://example.org/sub/"
    resolved = urljoin(f"{base}{where}.html", place.page(other))
    if as_files:
        assert unquote(resolved) == unquote(base) + file_of(path_of(other)[0]) + ".html"
    else:
        assert resolved == f"{base}{path_of(other)[0]}.html"


def test_links_lead_to_the_web_or_nowhere() -> None:
    assert web_safe("https://example.org/x") and web_safe("http://example.org")
    for url in (
        "javascript:alert(1)",
        "data:text/html,x",
        "https:",
        "file:///etc/passwd",
        "//example.org",
        "JaVaScript://x/%0aalert(1)",
    ):
        assert not web_safe(url), url
