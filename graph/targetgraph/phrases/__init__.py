"""Sentences that can be told in another language: what the analysis writes, and how it is told in French.

The analysis says its sentences in English, with :func:`say`; each remembers its template and what was put into it, so that who
shows it can tell it in another language (:class:`Telling`) without anything being computed again.
"""

from targetgraph.phrases.phrase import Listed, Native, Phrase, capitalised, counted, declared, few, joined, listed, say
from targetgraph.phrases.recognising import recognised
from targetgraph.phrases.telling import LANGUAGES, Telling

__all__ = [
    "LANGUAGES",
    "Listed",
    "Native",
    "Phrase",
    "Telling",
    "capitalised",
    "counted",
    "declared",
    "few",
    "joined",
    "listed",
    "recognised",
    "say",
]
