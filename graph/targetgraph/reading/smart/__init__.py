"""SMART: is a target specific, measurable, achievable, relevant and time-bound, as far as its words can tell."""

from targetgraph.reading.smart.consistency import Inconsistency, inconsistencies
from targetgraph.reading.smart.judging import judge, judge_reading

__all__ = ["Inconsistency", "inconsistencies", "judge", "judge_reading"]
