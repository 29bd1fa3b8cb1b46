"""The page on the ontology with pyLODE and without."""

from __future__ import annotations

import pytest

from targetgraph import iris
from targetgraph.modelling import ontology
from targetgraph.publish import ontology_docs
from targetgraph.views.site.ontology import ontology_page
from targetgraph.views.site.shell import Shell
from tests.site.reading import Reader


def test_without_pylode_every_term_is_listed_plainly(neighbourhoods) -> None:
    statements = neighbourhoods.graph(iris.graph("ontology"))
    reader = Reader(ontology_page(statements, Shell("v", ()), generated=None))
    terms = {t.removeprefix(iris.TERMS) for t in statements if t.startswith(iris.TERMS)}
    assert len(terms) > 240 and terms <= set(reader.ids)
    assert not reader.wrong and all(link[1:] in reader.ids for link in reader.links if link.startswith("#"))


def test_what_is_kept_is_used_and_without_it_and_pylode_there_is_none(tmp_path, monkeypatch) -> None:
    graph = ontology.read("dimensions.ttl")
    monkeypatch.setattr(ontology_docs, "_MAKER", "no_such_module")
    assert ontology_docs.documentation(graph, tmp_path) is None
    name = f"ontology-{ontology_docs._fingerprint(graph)}.html"
    (tmp_path / name).write_text("<body><p>kept<script>x</script></p></body>")
    assert ontology_docs.documentation(graph, tmp_path) == "<p>kept</p>"


@pytest.mark.parametrize("folder", [None, "kept"])
def test_a_maker_that_fails_is_no_error(folder, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(ontology_docs, "_MAKER", "this")  # a module that makes nothing
    assert ontology_docs.documentation(ontology.read("dimensions.ttl"), tmp_path / folder if folder else None) is None
