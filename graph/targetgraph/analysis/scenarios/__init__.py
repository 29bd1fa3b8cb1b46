"""Scenarios: what would be covered, and what would gape, if things were otherwise."""

from targetgraph.analysis.scenarios.applying import Applied, apply
from targetgraph.analysis.scenarios.robustness import Robustness, robustness
from targetgraph.analysis.scenarios.scenario import Addition, Dating, Scenario
from targetgraph.analysis.scenarios.simulation import Simulation, simulate

__all__ = ["Addition", "Applied", "Dating", "Robustness", "Scenario", "Simulation", "apply", "robustness", "simulate"]
