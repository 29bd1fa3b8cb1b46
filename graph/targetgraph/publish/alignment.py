"""Two versions of a list of targets, aligned, as text, JSON and Markdown."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

from targetgraph.publish.folding import folded
from targetgraph.publish.tables import escaped
from targetgraph.records.wordings import Alignment, DiffPart

_LEGEND = (
    "[-deleted-] {+inserted+} {=brackets lifted, or chosen=} [~not chosen~] {[now in brackets]}; "
    "* after a sign: the words stood, or stand, in brackets."
)
_SIGNS = {"deleted": ("[-", "-]"), "inserted": ("{+", "+}"), "lifted": ("{=", "=}"), "chosen": ("{=", "=}"),
          "not chosen": ("[~", "~]"), "bracketed": ("{[", "]}")}  # fmt: skip
_NO_SPACE_BEFORE = tuple(".,;:!?)’。，；：！？）")


def inline(diff: Sequence[DiffPart]) -> str:
    """A word diff in one line, with signs."""
    written = ""
    for part in diff:
        opening, closing = _SIGNS.get(part.kind, ("", ""))
        star = "*" if part.disputed and part.kind != "not chosen" else ""
        text = f"{opening}{star}{part.text}{closing}"
        space = "" if not written or (part.kind == "kept" and part.text.startswith(_NO_SPACE_BEFORE)) else " "
        written += space + text
    return written


def _title(alignment: Alignment) -> str:
    before = alignment.before.code if alignment.before else ""
    after = alignment.after.code if alignment.after else ""
    arrow = " → ".join(code for code in (before, after) if code)
    return f"{arrow}: {alignment.relation}"


def _paraphrased(alignment: Alignment) -> bool:
    return any(text is not None and text.basis != "wording" for text in (alignment.before, alignment.after))


def _summary(found: Sequence[Alignment]) -> str:
    counts = Counter(a.relation for a in found)
    told = ", ".join(f"{n} {relation}" for relation, n in counts.items())
    softer = sum(any(d.direction == "softer" for d in a.drift) for a in found)
    firmer = sum(any(d.direction == "firmer" for d in a.drift) for a in found)
    paraphrased = sum(map(_paraphrased, found))
    rest = (
        f" {paraphrased} comparisons rest on a paraphrase, because the official wording is not held."
        if paraphrased
        else ""
    )
    return f"{told or 'nothing'}. Softer in some way: {softer}; firmer in some way: {firmer}.{rest}"


def _lines(alignment: Alignment) -> list[str]:
    text = alignment.before or alignment.after
    lines = [inline(alignment.diff)] if alignment.diff else [text.text if text else ""]
    if alignment.before and alignment.after:
        lines.append(f"alike {alignment.similarity.score:.2f}: {alignment.similarity.because}")
    lines += [f"{drift.direction}: {drift.says}" for drift in alignment.drift]
    if _paraphrased(alignment):
        lines.append("compared on our paraphrase; the official wording is not held")
    return lines


def as_text(old: str, new: str, found: Sequence[Alignment], columns: int | None = None) -> str:
    """For a terminal (``columns``: its width)."""
    lines = [f"{old} → {new}", _summary(found), _LEGEND]
    for alignment in found:
        first, *rest = _lines(alignment)
        lines += ["", _title(alignment), f"  {first}", *(f"  - {line}" for line in rest)]
    return folded(lines, columns)


def as_markdown(old: str, new: str, found: Sequence[Alignment]) -> str:
    """The same as a document."""
    lines = [f"# {escaped(old)} → {escaped(new)}", "", escaped(_summary(found)), "", escaped(_LEGEND)]
    for alignment in found:
        first, *rest = _lines(alignment)
        lines += [
            "",
            f"## {escaped(_title(alignment))}",
            "",
            f"> {escaped(first)}",
            "",
            *(f"- {escaped(line)}" for line in rest),
        ]
    return "\n".join(lines)


def as_json(old: str, new: str, found: Sequence[Alignment]) -> str:
    """Everything, as plain values."""
    return json.dumps(
        {"old": old, "new": new, "summary": _summary(found), "alignments": [asdict(a) for a in found]},
        ensure_ascii=False,
        indent=2,
    )
