"""Vocabularies and texts of any size for the benchmarks of reading: made-up words, the same in every run."""

from __future__ import annotations

import random
from functools import lru_cache
from itertools import islice

from targetgraph.reading.mentions import Label, Reader
from targetgraph.reading.mentions.word_lists import WordLists
from tests.reading.corpus_reading import DEVELOPED_ON, HELD_BACK, read

_ONSETS = ["b", "br", "d", "dr", "f", "g", "gr", "k", "kl", "l", "m", "n", "p", "pr", "r", "t", "tr", "v", "z"]
_VOWELS = ["a", "e", "i", "o", "u", "ea", "ou"]
_CODAS = ["k", "l", "m", "n", "r", "t", "x"]


def _word(chance: random.Random) -> str:
    syllables = chance.randint(2, 3)
    return "".join(chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in range(syllables)) + chance.choice(_CODAS)


@lru_cache(maxsize=2)
def labels(number: int) -> tuple[Label, ...]:
    """So many labels of one to four words, for a fifth as many concepts."""
    chance = random.Random(7)
    words = list(dict.fromkeys(_word(chance) for _ in range(number)))
    made: dict[str, None] = {}
    while len(made) < number:
        made[" ".join(chance.choices(words, k=chance.choice((1, 2, 2, 3, 4))))] = None
    kinds = ("actor", "sector", "stage", "issue")
    return tuple(Label(kinds[n % 4], f"c{n // 5}", text, "en") for n, text in enumerate(made))


def reader(number: int) -> Reader:
    """A reader for made-up labels, with the bundled word lists."""
    return Reader(labels(number), WordLists())


def texts(number: int, vocabulary: int) -> list[str]:
    """Targets, each naming four made-up labels between words that are none."""
    chance = random.Random(11)
    known = labels(vocabulary)
    made = []
    for _ in range(number):
        a, b, c, d = (label.text for label in chance.choices(known, k=4))
        made.append(
            f"By {chance.randint(2026, 2040)}, {a} and {b} shall adopt [appropriate] measures, as feasible, to protect {c}; "
            f"the plan was agreed long ago. It is renewed together with {d} within five years."
        )
    return made


def corpus(number: int) -> list[str]:
    """The English sentences of the annotated corpus, over and over, each time with a number of its own."""
    sentences = [s.text for s in read(DEVELOPED_ON) + read(HELD_BACK) if s.language == "en"]
    endless = (f"({round_}) {text}" for round_ in range(number) for text in sentences)
    return list(islice(endless, number))
