"""Mentions, roles, deadlines and SMART verdicts of many targets, against small and large vocabularies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from targetgraph.reading.documents import read_document
from targetgraph.reading.mentions import Reader
from targetgraph.reading.review.proposing import propose, read_targets
from targetgraph.reading.smart import judge
from targetgraph.reading.targets import recognise
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


def _written(bench: Workbench, name: str, texts: Sequence[str]) -> Path:
    """A Markdown document with a numbered paragraph for each target."""
    path = bench.folder / f"{name}.md"
    path.write_text("# Targets\n\n" + "\n\n".join(f"Target A{n}. {text}" for n, text in enumerate(texts, 1)), "utf-8")
    return path


def _whole(path: Path, reader: Reader) -> int:
    """Everything that ``targetgraph read`` does but write: the file opened and segmented, targets recognised, brackets,
    mentions, roles, deadlines and verdicts read, and rows made for the review. How many targets."""
    document = read_document(path)
    found = recognise(document)
    targets = read_targets(found, reader, "en")
    about = {"framework": "made-up", "document": "made-up", "language": "en", "title": "made-up"}
    review = propose(document, found, targets, about, reader)
    assert all(target.smart and len(target.smart.verdicts) == 5 for target in targets)
    return len(review.sheets["targets"])


@row("A document of 1,000 targets read as a whole, bundled vocabularies", rounds=5)
def reading_whole(bench: Workbench) -> list[Contender]:
    """Segmenting, brackets, mentions, roles, deadlines, SMART and the rows of the review; the goal is 2 s."""
    path, reader = _written(bench, "bundled", made_up_labels.corpus(TARGETS)), _ready(bundled())
    return [call("read, judge and propose", lambda: _whole(path, reader))]


@row("The same, 4,000 targets", rounds=3)
def reading_whole_linear(bench: Workbench) -> list[Contender]:
    """Beside the row above: the ratio of the two is what growth costs."""
    path, reader = _written(bench, "bundled-4000", made_up_labels.corpus(4 * TARGETS)), _ready(bundled())
    return [call("read, judge and propose", lambda: _whole(path, reader))]


@row("A document of 1,000 targets read as a whole, 50,000 labels", rounds=5)
def reading_whole_large(bench: Workbench) -> list[Contender]:
    """As with the bundled vocabularies; the goal is 2 s here too."""
    path = _written(bench, "large", made_up_labels.texts(TARGETS, LARGE))
    reader = _ready(made_up_labels.reader(LARGE))
    return [call("read, judge and propose", lambda: _whole(path, reader))]


@row("The same, 4,000 targets", rounds=3)
def reading_whole_large_linear(bench: Workbench) -> list[Contender]:
    """Beside the row above: the ratio of the two is what growth costs."""
    path = _written(bench, "large-4000", made_up_labels.texts(4 * TARGETS, LARGE))
    reader = _ready(made_up_labels.reader(LARGE))
    return [call("read, judge and propose", lambda: _whole(path, reader))]


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
