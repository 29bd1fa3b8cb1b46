"""The parts of our Markdown files that tests look at: headings, links, code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
_FENCE = re.compile(
    r"^(?P<mark>```+|~~~+)(?P<language>\w*)[^\n]*\n(?P<body>.*?)^(?P=mark)\s*$", re.MULTILINE | re.DOTALL
)
_SPAN = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")


def markdown_files() -> list[Path]:
    """All Markdown files of the project that people write: those below folders of tools are none."""
    tops = [*CHECKOUT.glob("*.md"), *CHECKOUT.glob("[a-z]*/**/*.md")]
    return sorted(p for p in tops if not {"node_modules", "build", "dist"}.intersection(p.relative_to(CHECKOUT).parts))


@dataclass(frozen=True)
class Block:
    """A fenced block of code: its language, its text and the line of the file it begins on."""

    language: str
    text: str
    line: int


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks of a text."""
    for match in _FENCE.finditer(text):
        yield Block(match["language"], match["body"], text.count("\n", 0, match.start("body")) + 1)


def without_blocks(text: str) -> str:
    """The text with its fenced blocks blanked out."""
    return _FENCE.sub("\n", text)


def spans(text: str) -> list[str]:
    """Code within sentences, on one line each."""
    return [" ".join(match[2].split()) for match in _SPAN.finditer(without_blocks(text))]


def links(text: str) -> list[str]:
    """Where the links and pictures of a text lead."""
    return _LINK.findall(_SPAN.sub("", without_blocks(text)))


def anchors(text: str) -> set[str]:
    """The anchors that a code host gives to the headings of a text."""
    found: Counter[str] = Counter()
    names = set()
    for heading in re.findall(r"^#{1,6}\s+(.+?)\s*#*$", without_blocks(text), re.MULTILINE):
        plain = re.sub(r"[`*]|!?\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        slug = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        names.add(f"{slug}-{found[slug]}" if found[slug] else slug)
        found[slug] += 1
    return names


@dataclass(frozen=True)
class Step:
    """A command of a console block and the lines of output shown below it."""

    command: str
    output: tuple[str, ...]
    line: int


def steps(text: str) -> list[Step]:
    """The commands of all ``console`` blocks: a line ``$ …``, its continuations ``> …``, and what they print."""
    found: list[Step] = []
    for block in blocks(text):
        if block.language != "console":
            continue
        for offset, line in enumerate(block.text.splitlines()):
            if line.startswith("$ "):
                found.append(Step(line[2:], (), block.line + offset))
            elif line.startswith(">") and not found[-1].output:
                last = found[-1]
                found[-1] = Step(f"{last.command}\n{line[2:]}", (), last.line)
            else:
                last = found[-1]
                found[-1] = Step(last.command, (*last.output, line), last.line)
    return found
