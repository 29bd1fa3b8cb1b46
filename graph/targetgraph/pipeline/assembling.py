"""From folders of tables to a modelled graph: the part that building and checking share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from targetgraph import resources
from targetgraph.analysis.declarations import read_declarations
from targetgraph.checking import Violation, check_statements, read_waivers
from targetgraph.modelling import ontology
from targetgraph.modelling.dataset import Model, model
from targetgraph.reading import read_collection
from targetgraph.records import Collection

Progress = Callable[[str], None]
DATA_SHAPES = "shapes/data.ttl"


def assemble(folders: Sequence[Path], progress: Progress | None) -> tuple[Collection, Model]:
    """Read the bundled tables and those of ``folders``, and model them.

    Raises
    ------
    InputError : something in the tables is wrong; every problem names file, row and column.
    """
    terms = ontology.read()
    codes = [dimension.code for dimension in read_declarations(terms).dimensions]
    collection = read_collection([resources.tables(), *folders], progress, dimensions=codes)
    return collection, model(collection, terms, progress)


def shape_violations(statements: bytes, modelled: Model, progress: Progress | None) -> list[Violation]:
    """Results of validating the asserted statements, as `Model.nquads` gives them, against the shapes of the data."""
    waivers = read_waivers(ontology.read("waivers.ttl"))
    return check_statements(statements, ontology.read(DATA_SHAPES), modelled.origins, waivers, progress)
