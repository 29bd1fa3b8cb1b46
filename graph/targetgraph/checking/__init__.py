"""Checking the graph against its SHACL shapes, in words people can act on."""

from targetgraph.checking.report import CheckReport
from targetgraph.checking.shapes import Violation, check_graph
from targetgraph.checking.waivers import Waiver, read_waivers

__all__ = ["CheckReport", "Violation", "Waiver", "check_graph", "read_waivers"]
