"""Mentions, roles, deadlines and SMART verdicts of many targets, against small and large vocabularies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from targetgraph.reading.mentions import Reader
from targetgraph.reading.smart import judge
from tests.benchmarks import made_up_labels
from tests.benchmarks.harness import Contender, Workbench, call, row
from tests.reading.quality import reader as bundled

TARGETS = 1_000
LARGE = 50_000


def _read(reader: Reader, texts: Sequence[str]) -> int:
    return sum(len(found.mentions) + len(found.deadlines) for found in (reader.read(text, "en") for text in texts))


def _ready(reader: Reader) -> Reader:
    """With the tree of labels made, which happens once a process."""
    reader.read("Governments act by 2030.", "en")
    return reader


@row("Mentions, roles and deadlines in 1,000 targets, bundled vocabularies", rounds=5)
def reading_bundled(bench: Workbench) -> list[Contender]:
    """English sentences of the annotated corpus. The vocabularies' labels are ready; making them ready takes a process
    about 0.1 s. The second contender reads and judges (SMART) too."""
    reader, texts = _ready(bundled()), made_up_labels.corpus(TARGETS)
    found = _read(reader, texts)

    def judged() -> int:
        # Judging reads again what it judges, so this is the whole of it.
        return found if all(len(judge(reader, text).verdicts) == 5 for text in texts) else 0

    return [call("read", lambda: _read(reader, texts)), call("read and judge", judged)]


@row("The same in 4,000 targets: four times as much work is to take four times as long", rounds=3)
def reading_linear(bench: Workbench) -> list[Contender]:
    """Beside the row above: the ratio of the two is what growth costs."""
    reader, texts = _ready(bundled()), made_up_labels.corpus(4 * TARGETS)
    return [call("read", lambda: _read(reader, texts))]


@row("Mentions, roles and deadlines in 1,000 targets, 50,000 labels", rounds=5)
def reading_large(bench: Workbench) -> list[Contender]:
    """Made-up labels of one to four words. Making the tree of labels ready takes a process about 1.8 s and is not counted."""
    texts, reader = made_up_labels.texts(TARGETS, LARGE), _ready(made_up_labels.reader(LARGE))
    return [call("read", lambda: _read(reader, texts))]


@row("Labels of a vocabulary of 50,000 in 100 targets", rounds=3)
def reading_large_against_expression(bench: Workbench) -> list[Contender]:
    """The other contender is one regular expression of all labels, longest first, which finds words as they stand, and
    neither inflections nor roles nor deadlines."""
    texts, reader = made_up_labels.texts(TARGETS // 10, LARGE), _ready(made_up_labels.reader(LARGE))
    known = sorted((label.text for label in made_up_labels.labels(LARGE)), key=len, reverse=True)
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, known)) + r")\b")

    def ours() -> int:
        return sum(len({m.start for m in reader.read(text, "en").mentions}) for text in texts)

    def alternation() -> int:
        return sum(len(pattern.findall(text)) for text in texts)

    return [call("read, with roles and deadlines", ours), call("one regular expression", alternation)]
