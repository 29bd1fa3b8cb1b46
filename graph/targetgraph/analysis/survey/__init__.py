"""Coverage and gap numbers of every framework of a registry at once, from the arrays alone.

`gap_report` tells each gap of one framework with its evidence; `survey` counts the gaps of all frameworks, by kind and
dimension, without making any of them. The two agree: a test compares them framework by framework.
"""

from targetgraph.analysis.survey.record import Figures, Survey
from targetgraph.analysis.survey.report import survey

__all__ = ["Figures", "Survey", "survey"]
