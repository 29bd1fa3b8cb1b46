"""What a text asks for in every reading that its brackets leave open, in some, and in none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from targetgraph.reading.brackets import decisive_readings, parse_brackets
from targetgraph.reading.mentions import Reader, Reading
from targetgraph.records.wordings import TargetText

ABSENT, OPEN, CERTAIN = 0, 1, 2
"""Whether something stands in no reading, in some, or in all."""

_MOST_TRIED, _MOST_READ = 40, 400_000
"""Alternatives that are tried, and characters that are read for them: of very long texts fewer are tried."""
_STRENGTH = {"binding": 3, "recommending": 2, "permitting": 1}


@dataclass(frozen=True, slots=True)
class OpenText:
    """A text with readings that between them show all that its brackets leave open; one reading where nothing is open."""

    text: TargetText
    readings: Sequence[Reading]

    @property
    def language(self) -> str:
        """Two-letter code of its language."""
        return self.readings[0].language

    def standing(self, found: Callable[[Reading], dict[str, str]]) -> dict[str, tuple[int, str]]:
        """How things stand (:data:`OPEN`, :data:`CERTAIN`) and the words, by key.

        Parameters
        ----------
        found : what a reading holds: words by key.
        """
        each = [found(reading) for reading in self.readings]
        merged = {key: words for one in reversed(each) for key, words in one.items()}
        return {key: (CERTAIN if all(key in one for one in each) else OPEN, words) for key, words in merged.items()}


def opened(text: TargetText, reader: Reader) -> OpenText:
    """Read a text in all that its brackets leave open.

    Parameters
    ----------
    reader : reads each clean reading.
    """
    read = parse_brackets(text.text)
    most = max(1, min(_MOST_TRIED, _MOST_READ // max(1, len(text.text))))
    clean = decisive_readings(read, most) if read.contested else [text.text]
    return OpenText(text, [reader.read(one, text.language) for one in clean])


def duty(reading: Reading) -> tuple[int, tuple[str, ...]]:
    """The strength of the weakest word of duty, and the words of that strength.

    3 is a duty, 2 a recommendation, 1 an encouragement, 0 no such word. A longer phrase hides the words in it.
    """
    found: dict[int, list[str]] = {}
    taken: set[int] = set()
    for hit in sorted(reading.listed, key=lambda h: (h.first - h.last, h.first)):
        levels = [_STRENGTH[code] for code in hit.lists if code in _STRENGTH]
        if levels and not taken.intersection(range(hit.first, hit.last)):
            taken.update(range(hit.first, hit.last))
            quote = reading.text[reading.words.starts[hit.first] : reading.words.ends[hit.last - 1]]
            found.setdefault(min(levels), []).append(quote)
    weakest = min(found, default=0)
    return weakest, tuple(dict.fromkeys(found.get(weakest, ())))


def last_year(reading: Reading) -> int | None:
    """The latest year by which something is due; ``None`` without a date."""
    return max((year for deadline in reading.deadlines for year in deadline.years), default=None)


def longest_span(reading: Reading) -> int | None:
    """The longest span within which something is due, in months; ``None`` without one."""
    return max((deadline.months for deadline in reading.deadlines if deadline.months), default=None)
