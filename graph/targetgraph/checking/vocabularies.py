"""Vocabularies against the conditions of SKOS and the usual checks of quality, each a query of the library.

The integrity conditions are those of the SKOS Reference (W3C Recommendation of 18 August 2009): S9, S13, S14, S27, S37, S46.
The others follow qSKOS (C. Mader, B. Haslhofer, A. Isaac, *Finding Quality Issues in SKOS Vocabularies*, TPDL 2012) and Skosify
(O. Suominen, E. Hyvönen, *Improving the Quality of SKOS Vocabularies with Skosify*, EKAW 2012). What SKOS lets one infer (a
broader concept from a narrower one, what lies further up) the queries follow by property paths.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from targetgraph.checking.shapes import Violation
from targetgraph.checking.waivers import Waiver
from targetgraph.errors import Place
from targetgraph.library import Library
from targetgraph.store import Store

THEME: Final = "skos-quality"
ONTOLOGY_THEME: Final = "ontology-quality"
SEVERITIES: Final = ("violation", "warning", "note")


def check_vocabularies(
    store: Store,
    library: Library,
    origins: Mapping[str, Place],
    waivers: Sequence[Waiver] = (),
    theme: str = THEME,
) -> list[Violation]:
    """Everything that the queries of a theme find, ``skos-quality`` by default.

    Parameters
    ----------
    store : the statements to check, trusted: the queries run without limits.
    library : holds the queries; a tag of each says how grave its findings are.
    origins : file and row of what came from a table.
    waivers : exceptions, by the query's name.
    theme : the folder of queries.
    """
    found: list[Violation] = []
    for question in library.in_theme(theme):
        severity = next(tag for tag in SEVERITIES if tag in question.tags)
        for row in store.select(question.text(), limits=None):
            focus = str(row["resource"])
            rule = question.short_name
            reason = next((w.reason for w in waivers if w.covers(rule, focus)), "")
            value = str(row.get("value", ""))
            place = origins.get(focus, Place())
            found.append(Violation(focus, "", value, question.summary + ".", severity, rule, place, reason))
    return sorted(found, key=lambda v: (SEVERITIES.index(v.severity), v.rule, v.focus, v.value))
