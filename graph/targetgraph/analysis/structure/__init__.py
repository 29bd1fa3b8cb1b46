"""Structure of who acts on what: single points of failure, bottlenecks, bridges, communities, centralities."""

from targetgraph.analysis.structure.report import Structure, structure

__all__ = ["Structure", "structure"]
