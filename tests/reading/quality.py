"""How well the rules read the annotated corpus: precision and recall a phenomenon.

``python -m tests.reading.quality`` prints the figures of both halves, and what went wrong in the half the rules were developed
on; of the other half never, so that nobody is tempted. ``--write`` puts them into ``docs/reading-quality.md``.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from targetgraph import resources
from targetgraph.reading.brackets import parse_brackets
from targetgraph.reading.collection import read_collection
from targetgraph.reading.mentions import Reader, Reading
from targetgraph.reading.smart import judge
from tests.docs.markdown import CHECKOUT
from tests.reading.corpus_reading import DEVELOPED_ON, HELD_BACK, MENTIONS, Sentence, read


@dataclass
class Tally:
    """Right, wrong and missed of one phenomenon."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    told: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@lru_cache(maxsize=1)
def reader() -> Reader:
    return Reader.of(read_collection([resources.tables()]))


Item = tuple[str, int, int]
"""What is compared: a value, and where it stands."""


def compare(tally: Tally, where: str, wanted: list[Item], got: list[Item]) -> list[tuple[Item, Item]]:
    """Pair what overlaps and has the same value, each at most once; count the rest."""
    pairs: list[tuple[Item, Item]] = []
    free = list(got)
    for item in wanted:
        match = next((g for g in free if g[0] == item[0] and g[1] < max(item[2], item[1] + 1) and item[1] < g[2]), None)
        if match is None:
            tally.missed += 1
            tally.told.append(f"{where}: missed {item[0]}")
        else:
            free.remove(match)
            tally.right += 1
            pairs.append((item, match))
    for item in free:
        tally.wrong += 1
        tally.told.append(f"{where}: wrong {item[0]} at {item[1]}")
    return pairs


def mention_figures(sentences: list[Sentence]) -> dict[str, Tally]:
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    for sentence in sentences:
        found = reader().read(sentence.text, sentence.language)
        for kind in MENTIONS:
            wanted = [(m.values[0], m.start, m.end) for m in sentence.of(kind)]
            got = [(m.concept, m.start, m.end) for m in found.of_kind(kind) if m.concept and m.role != "scope-phrase"]
            pairs = compare(tallies[kind], sentence.id, wanted, got)
            compare(tallies["mentions"], f"{sentence.id} {kind}", wanted, got)
            compare(tallies[f"mentions ({sentence.language})"], f"{sentence.id} {kind}", wanted, got)
            if kind == "actor":
                _roles(tallies["roles"], sentence, found, pairs)
        _deadlines(tallies["deadlines"], sentence, found)
    return dict(tallies)


def _roles(tally: Tally, sentence: Sentence, found: Reading, pairs: list[tuple[Item, Item]]) -> None:
    wanted = {(m.values[0], m.start): m.values[1] for m in sentence.of("actor")}
    got = {(m.concept, m.start): m.role for m in found.of_kind("actor")}
    for mark, hit in pairs:
        expected, role = wanted[mark[0], mark[1]], got[hit[0], hit[1]]
        if expected == role:
            tally.right += 1
        else:
            tally.wrong += 1
            tally.missed += 1
            tally.told.append(f"{sentence.id}: {mark[0]} is {expected}, read as {role}")


def _deadlines(tally: Tally, sentence: Sentence, found: Reading) -> None:
    wanted = [(m.values[0], m.start, m.end) for m in sentence.of("deadline")]
    got = [(",".join(map(str, d.years)) if d.years else f"+{d.months / 12:g}", d.start, d.end) for d in found.deadlines]
    compare(tally, sentence.id, wanted, got)


FINDINGS = ("vague", "hedge", "absolute", "activity", "no-baseline", "passive")
_LETTERS = {"S": "specific", "M": "measurable", "T": "time-bound"}


def smart_figures(sentences: list[Sentence]) -> dict[str, Tally]:
    """What the SMART reading finds, a kind of finding, and its verdicts, a criterion.

    A hedge or vague word that nobody marked counts as wrong only in sentences in which some finding of its kind is marked or
    a verdict is given; which is nearly all of them.
    """
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    for sentence in sentences:
        found = judge(reader(), sentence.text, sentence.language)
        for kind in FINDINGS:
            wanted = [
                (kind, m.start, m.end if m.quote else len(sentence.text))
                for m in sentence.of("find")
                if m.values[0] == kind
            ]
            got = [(kind, f.start, f.end) for f in found.findings if f.kind == kind and f.start >= 0]
            compare(tallies[kind], sentence.id, wanted, got)
        for letter, expected in sentence.verdicts.items():
            tally, got_verdict = tallies[f"verdict {letter}"], found.of(_LETTERS[letter]).verdict
            if got_verdict == expected:
                tally.right += 1
            else:
                tally.wrong += 1
                tally.missed += 1
                tally.told.append(f"{sentence.id}: {letter} is {expected}, read as {got_verdict}")
    return dict(tallies)


def bracket_figures(sentences: list[Sentence]) -> Tally:
    """Brackets under negotiation, exact to the character; one that follows another bracket's end is another one."""
    tally = Tally()
    for sentence in sentences:
        wanted = {(m.start, m.end) for m in sentence.of("bracket")}
        got = {
            (s.start, s.end)
            for s in parse_brackets(sentence.text).segments
            if s.form == "bracket" and s.kind in ("negotiated", "placeholder")
        }
        tally.right += len(wanted & got)
        tally.missed += len(wanted - got)
        tally.wrong += len(got - wanted)
        tally.told += [f"{sentence.id}: missed {sentence.text[a:b]}" for a, b in sorted(wanted - got)]
        tally.told += [f"{sentence.id}: wrong {sentence.text[a:b]}" for a, b in sorted(got - wanted)]
    return tally


def all_figures(sentences: list[Sentence]) -> dict[str, Tally]:
    """Every phenomenon, in the order of the table."""
    mentions = mention_figures(sentences)
    names = [
        "mentions",
        *(f"mentions ({code})" for code in ("en", "fr", "es", "ar", "zh", "ru")),
        *MENTIONS,
        "roles",
        "deadlines",
    ]
    found = {name: mentions.get(name, Tally()) for name in names}
    found["brackets"] = bracket_figures(sentences)
    smart = smart_figures(sentences)
    return found | {name: smart.get(name, Tally()) for name in (*FINDINGS, "verdict S", "verdict M", "verdict T")}


PAGE = CHECKOUT / "docs" / "reading-quality.md"
_TABLE = re.compile(r"(?<=<!-- figures -->\n).*?(?=<!-- end -->)", re.DOTALL)


def table() -> str:
    """The table of the docs, in Markdown."""
    halves = [all_figures(read(path)) for path in (HELD_BACK, DEVELOPED_ON)]
    lines = [
        "| phenomenon | held back: marked | precision | recall | F1 | developed on: marked | F1 |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for name, held in halves[0].items():
        other = halves[1][name]
        sizes = [t.right + t.missed for t in (held, other)]
        figures = [f"{x:.3f}" if sizes[0] else "–" for x in (held.precision, held.recall, held.f1)]
        last = f"{other.f1:.3f}" if sizes[1] else "–"
        lines.append(f"| {name} | {sizes[0]} | {' | '.join(figures)} | {sizes[1]} | {last} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print, and with ``--write`` rewrite the page."""
    if "--write" in sys.argv:
        PAGE.write_text(_TABLE.sub(lambda _: table(), PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(table())
    for name, tally in all_figures(read(DEVELOPED_ON)).items():
        for line in tally.told if not name.startswith("mentions (") else ():
            print(f"{name}: {line}")


if __name__ == "__main__":
    main()
