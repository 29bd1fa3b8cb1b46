"""Checking tables and ontology without building anything."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from targetgraph.checking import CheckReport, Violation, check_graph, check_vocabularies, read_waivers
from targetgraph.checking.vocabularies import ONTOLOGY_THEME
from targetgraph.errors import Place
from targetgraph.library import Library
from targetgraph.modelling import ontology
from targetgraph.pipeline.assembling import Progress, assemble, shape_violations
from targetgraph.reasoning.dl_profile import dl_violations
from targetgraph.reasoning.profile_terms import ProfileViolation
from targetgraph.reasoning.rl_profile import rl_violations
from targetgraph.store import load_memory

STYLE_SHAPES = "shapes/style.ttl"


def check_tables(folders: Sequence[Path] = (), progress: Progress | None = None) -> CheckReport:
    """Check the bundled tables and those of ``folders`` against the shapes of the data.

    Raises
    ------
    InputError : the tables cannot even be read as records.
    """
    collection, modelled = assemble(folders, progress)
    changed = tuple(t.name for t in collection.tables if t.changed)
    return _report(shape_violations(modelled.nquads(), modelled, progress), changed)


def check_skos(folders: Sequence[Path] = (), progress: Progress | None = None) -> CheckReport:
    """Check every vocabulary, those of ``folders`` included, against the conditions of SKOS and for quality.

    Raises
    ------
    InputError : the tables cannot even be read as records.
    """
    collection, modelled = assemble(folders, progress)
    asserted = modelled.nquads()
    waivers = read_waivers(ontology.read("waivers.ttl"))
    changed = tuple(t.name for t in collection.tables if t.changed)
    return _report(check_vocabularies(load_memory(asserted), Library(), modelled.origins, waivers), changed)


def check_ontology(progress: Progress | None = None) -> CheckReport:
    """Check the terms of the ontology against the shapes of the house style."""
    return _report(
        check_graph(
            ontology.read(), ontology.read(STYLE_SHAPES), {}, read_waivers(ontology.read("waivers.ttl")), progress
        ),
        (),
    )


def check_ontology_quality() -> CheckReport:
    """Check the ontology by the queries of the theme ``ontology-quality``, and its terms by the conditions of OWL 2 DL."""
    asserted = ontology.read().serialize(format="nt", encoding="utf-8")
    waivers = read_waivers(ontology.read("waivers.ttl"))
    found = check_vocabularies(load_memory(asserted), Library(), {}, waivers, ONTOLOGY_THEME)
    outside = [
        Violation(v.term, "", v.reference, v.what, "violation", f"dl-{v.rule}", Place())
        for v in profile_violations("dl")
    ]
    return _report([*outside, *found], ())


def profile_violations(profile: str) -> list[ProfileViolation]:
    """What keeps the terms of the ontology from being of a profile of OWL 2.

    Parameters
    ----------
    profile : ``dl``, or ``rl``: axioms that the rules do not see.
    """
    terms = ontology.read("targetgraph.ttl")
    return dl_violations(terms) if profile == "dl" else rl_violations(terms)


def _report(found: list[Violation], changed: tuple[str, ...]) -> CheckReport:
    return CheckReport(tuple(v for v in found if not v.waived), tuple(v for v in found if v.waived), changed)
