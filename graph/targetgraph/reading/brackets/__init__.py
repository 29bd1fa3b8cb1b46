"""Brackets in negotiating text: what they mean, and the clean readings they leave open."""

from targetgraph.reading.brackets.parsing import parse_brackets
from targetgraph.reading.brackets.readings import (
    Share,
    all_deleted,
    all_kept,
    clean_reading,
    decisive_readings,
    each_alternative,
    number_of_readings,
    share_in_brackets,
)

__all__ = [
    "Share",
    "all_deleted",
    "all_kept",
    "clean_reading",
    "decisive_readings",
    "each_alternative",
    "number_of_readings",
    "parse_brackets",
    "share_in_brackets",
]
