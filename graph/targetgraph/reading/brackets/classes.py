"""Words that cannot both stay: verbs of obligation, years, quantities."""

from __future__ import annotations

import re

_MODAL = re.compile(
    r"\s*(?:shall|should|must|will|may|can|could|would|might|are\ to|is\ to|ought\ to|"
    r"are\ (?:encouraged|invited|requested|urged)\ to|"
    r"doivent|devraient|peuvent|doit|devrait|deben|deberían|deberán|pueden|должны|следует|могут|应|应当|须|可|宜|يجب|ينبغي|يجوز)"
    r"(?:\ not)?\s*",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\s*(?:by\s|in\s|until\s)?(?:the\ end\ of\s)?(?:19|20)[0-9]{2}\s*", re.IGNORECASE)
_QUANTITY = re.compile(
    r"\s*(?:at\ least\s|up\ to\s)?[0-9]{1,3}(?:[., ][0-9]{1,3})*"
    r"(?:\s?(?:%|per\ cent|percent|years?|months?|million|billion))?\s*",
    re.IGNORECASE,
)
_LONGEST = 60


def class_of(words: str) -> str:
    """``modal verbs``, ``years``, ``quantities``, or an empty string."""
    if len(words) > _LONGEST:
        return ""
    for name, pattern in (("modal verbs", _MODAL), ("years", _YEAR), ("quantities", _QUANTITY)):
        if pattern.fullmatch(words):
            return name
    return ""
