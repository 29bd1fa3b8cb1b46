"""The annotated corpus, read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "corpus"
DEVELOPED_ON, HELD_BACK = FOLDER / "developed_on.txt", FOLDER / "held_back.txt"
MENTIONS = ("actor", "sector", "stage", "issue", "sdg", "document")

_HEAD = re.compile(r"\[(?P<id>[a-z]\d+) (?P<language>\w\w)\]")
_QUOTED = re.compile(r'^(?P<kind>\w+) (?P<rest>[^"]*)"(?P<quote>.*)"$')


@dataclass(frozen=True)
class Marked:
    """Something a reader marked: its kind, values, and where (start and end in characters)."""

    kind: str
    values: tuple[str, ...]
    start: int
    end: int
    quote: str


@dataclass
class Sentence:
    """A sentence with its marks; ``verdicts`` by letter of the criterion."""

    id: str
    language: str
    text: str
    marks: list[Marked] = field(default_factory=list)
    verdicts: dict[str, str] = field(default_factory=dict)

    def of(self, *kinds: str) -> list[Marked]:
        return [mark for mark in self.marks if mark.kind in kinds]


def read(path: Path) -> list[Sentence]:
    """All sentences of a file. A quotation that the sentence does not hold is a mistake of ours."""
    found: list[Sentence] = []
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if not lines:
            continue
        head = _HEAD.fullmatch(lines[0])
        assert head, f"{path.name}: {lines[0]}"
        sentence = Sentence(head["id"], head["language"], lines[1])
        taken: dict[str, int] = {}
        for line in lines[2:]:
            if line.startswith("smart"):
                sentence.verdicts = dict(pair.split("=") for pair in line.split()[1:])
                continue
            match = _QUOTED.fullmatch(line)
            assert match, f"{sentence.id}: {line}"
            quote = match["quote"]
            # The same words marked twice are two places.
            key = f"{match['kind']} {match['rest']}{quote}"
            start = sentence.text.find(quote, taken.get(key, 0))
            assert start >= 0, f"{sentence.id}: {quote!r} is not in the sentence"
            taken[key] = start + 1
            sentence.marks.append(Marked(match["kind"], tuple(match["rest"].split()), start, start + len(quote), quote))
        found.append(sentence)
    return found
