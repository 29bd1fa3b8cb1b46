"""The same is said of a thing from its neighbourhood, asked for by queries, as from the whole graph."""

from __future__ import annotations

from targetgraph import iris
from targetgraph.analysis.description.describing import Describer
from targetgraph.analysis.description.neighbourhood import PAGE
from targetgraph.namespaces import PREFIXES, TG

ATTRIBUTED = PREFIXES["prov"] + "wasAttributedTo"


def _one_of_each_class(whole):
    """The first thing of each class of ours and of each other vocabulary's, with those most pointed to."""
    found: dict[str, str] = {}
    for thing in sorted(whole):
        if not thing.startswith("_:") and "#" not in thing and thing != iris.ONTOLOGY:
            for cls in whole.types(thing):
                found.setdefault(cls, thing)
    return sorted({*found.values(), iris.framework("beyond2020"), iris.concept("actor", "stakeholders")})


def test_described_alike(whole, terms, neighbourhoods) -> None:
    things = _one_of_each_class(whole)
    assert len(things) >= 50
    everything = Describer(whole, terms, PAGE)
    for thing in things:
        nearby = Describer(neighbourhoods.around(thing), terms, PAGE)
        cut = any(p.total > PAGE for p in whole.pointing_to(thing))
        if not cut:
            assert nearby.describe(thing) == everything.describe(thing), thing
            assert set(nearby.triples(thing)) == set(everything.triples(thing)), thing
        else:
            assert nearby.describe(thing).facts == everything.describe(thing).facts, thing


def test_a_long_list_can_be_read_to_its_end(whole, neighbourhoods) -> None:
    everybody = set(whole.subjects(ATTRIBUTED, iris.CURATORS))
    assert len(everybody) > 2 * PAGE
    met, after = [], ""
    for _ in range(20):
        (page,) = [
            p for p in neighbourhoods.around(iris.CURATORS, ATTRIBUTED, after).pointing_to(iris.CURATORS)
            if p.property == ATTRIBUTED
        ]  # fmt: skip
        assert page.total == len(everybody)
        new = [s for s in page.subjects if s > after]
        met += new
        after = max(new, default="")
        if len(new) < PAGE:
            break
    assert len(met) == len(set(met)) and set(met) == everybody


def test_nothing_is_known_of_what_is_not_there(neighbourhoods) -> None:
    assert not list(neighbourhoods.around(iris.target("gfc", "A99")))
    assert not list(neighbourhoods.own("https://example.org/nobody"))


def test_numbers_are_those_of_a_count(whole, neighbourhoods) -> None:
    for framework, objectives, claims, named in neighbourhoods.frameworks():
        members = whole.subjects(TG.inFramework, framework)
        targets = [m for m in members if TG.Target in whole.types(m)]
        links = [link for t in targets for link in whole.subjects(TG.linkSubject, t)]
        assert objectives == sum(TG.Objective in whole.types(m) for m in members)
        assert claims == len(links) > 0
        assert named == sum(TG.NamedInText in whole.iris(link, TG.basis) for link in links) > 0


def test_names_that_come_near_are_found(neighbourhoods) -> None:
    assert iris.concept("sector", "agriculture") in dict(neighbourhoods.alike("agri"))
    assert iris.target("gfc", "A1") in dict(neighbourhoods.alike("gfc/target/"))
    assert neighbourhoods.alike('"} UNION {?s ?p ?o} #') == []
