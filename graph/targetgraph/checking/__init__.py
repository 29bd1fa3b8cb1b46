"""Checking the graph against its SHACL shapes, and vocabularies against SKOS, in words people can act on."""

from targetgraph.checking.report import CheckReport
from targetgraph.checking.shapes import Violation, check_graph, check_statements
from targetgraph.checking.vocabularies import check_vocabularies
from targetgraph.checking.waivers import Waiver, read_waivers

__all__ = [
    "CheckReport",
    "Violation",
    "Waiver",
    "check_graph",
    "check_statements",
    "check_vocabularies",
    "read_waivers",
]
