"""From what was read to rows that can be decided on."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from targetgraph.reading.brackets import number_of_readings, parse_brackets, share_in_brackets
from targetgraph.reading.columns import LONGEST_CELL
from targetgraph.reading.mentions import Glossary, Reader, Reading
from targetgraph.reading.smart import judge_reading
from targetgraph.records.documents import Document, FoundTarget, Mark, Notice, Recognition
from targetgraph.records.negotiation import Negotiation
from targetgraph.records.review import FOLLOW, OPEN, Cells, Review
from targetgraph.records.smart import SmartReading

SHEETS = ("targets", "wordings", "passages", "links", "columns")
SMART_NOTE = "SMART"
"""Kind of the notes that hold verdicts."""

_LABEL_WORDS = 10
_DIMENSIONS = ("actor", "sector", "stage", "sdg", "issue")


@dataclass(frozen=True, slots=True)
class ReadTarget:
    """A target with all that was read in it."""

    found: FoundTarget
    negotiation: Negotiation
    reading: Reading | None
    smart: SmartReading | None = None


def identifier(text: str, otherwise: str) -> str:
    """An identifier made of a title or file name."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9.]+", "-", plain).strip("-.")[:60]
    return made or otherwise


def read_targets(recognition: Recognition, reader: Reader | None, language: str) -> list[ReadTarget]:
    """Read the brackets and, with a reader, the mentions of every target; abbreviations carry on from one to the next."""
    glossary: Glossary = {}
    result: list[ReadTarget] = []
    for found in recognition.targets:
        reading = reader.read(found.text, language, glossary) if reader else None
        smart = judge_reading(reading, reader.lists, language) if reader and reading else None
        result.append(ReadTarget(found, parse_brackets(found.text), reading, smart))
    return result


def propose(
    document: Document,
    recognition: Recognition,
    targets: Sequence[ReadTarget],
    about: Mapping[str, str],
    reader: Reader | None = None,
) -> Review:
    """The rows that a document gives.

    Parameters
    ----------
    document, recognition, targets : what was read.
    about : ``framework``, ``document``, ``language`` and ``title``; ``file`` and ``sha256`` are added.
    reader : for what the columns of a table name beside the targets.
    """
    sheets: dict[str, dict[str, Cells]] = {name: {} for name in SHEETS}
    notes = [_note("left out", notice) for notice in recognition.left_out]
    notes += [_note("notice", notice) for notice in (*document.notices, *recognition.notices)]
    for target in targets:
        if len(target.found.text) > LONGEST_CELL:
            what = f"the text of {target.found.id} has {len(target.found.text):,} characters, more than a cell can hold"
            notes.append(_note("left out", Notice(what=what, where=target.found.location)))
            continue
        _propose_target(target, about, sheets, notes)
        if reader:
            _propose_fields(target, reader, about, sheets)
    notes += [note for target in targets for note in _smart_notes(target)]
    for column in recognition.columns:
        key = f"{column.sheet}|{column.table}|{column.column}"
        why = (
            f"like {column.matched!r}, score {column.score:.2f}"
            if column.matched
            else "like none of the known headings"
        )
        sheets["columns"][key] = {
            "sheet": column.sheet,
            "table": str(column.table),
            "column": str(column.column),
            "heading": column.heading[:500],
            "role": column.role,
            "decision": OPEN,
            "where": column.location.within,
            "why": why,
            "changed": "",
        }
    full = {**about, "file": PurePath(document.file).name, "sha256": document.sha256}
    return Review(about=full, sheets=sheets, exported=sheets, notes=tuple(notes))


def _note(kind: str, notice: Notice) -> Cells:
    return {"kind": kind, "where": str(notice.where), "what": notice.what, "remedy": notice.remedy}


def _smart_notes(target: ReadTarget) -> Iterator[Cells]:
    """The verdicts on a target, with what they rest on and how to word it better."""
    for verdict in target.smart.verdicts if target.smart else ():
        hints = list(dict.fromkeys(f.hint for f in verdict.findings if f.hint))
        what = f"{target.found.id}, {verdict.criterion}: {verdict.verdict}. {verdict.because}"
        remedy = " ".join(hints) if verdict.verdict in ("partly", "not") else ""
        yield _note(SMART_NOTE, Notice(what=what, where=target.found.location, remedy=remedy))


def _cells(values: Mapping[str, str], decision: str, where: str, why: str) -> Cells:
    return {**values, "decision": decision, "where": where, "why": why, "changed": ""}


def _level(confidence: float) -> str:
    return "high" if confidence >= 0.85 else "medium" if confidence >= 0.6 else "low"


def _propose_target(
    target: ReadTarget, about: Mapping[str, str], sheets: dict[str, dict[str, Cells]], notes: list[Cells]
) -> None:
    found, text, where = target.found, target.found.text, target.found.location.within
    words = text.split()
    label = " ".join(words[:_LABEL_WORDS]) + (" …" if len(words) > _LABEL_WORDS else "")
    deadlines = [d for d in target.reading.deadlines if d.is_certain] if target.reading else []
    remarks = [f"under the heading {found.objective!r}"] if found.objective else []
    remarks += [f"{field.heading or field.role}: {field.text}" for field in found.fields]
    remarks += [_tracked(mark) for mark in found.marks if mark.kind in ("inserted", "deleted", "strike")]
    share = share_in_brackets(target.negotiation)
    if share.in_brackets:
        remarks.append(
            f"{share.in_brackets} of {share.words} words in brackets, {amount(number_of_readings(target.negotiation))} readings"
        )
    values = {
        "id": found.id,
        "objective": "",
        "status": "proposed",
        "deadline": str(deadlines[0].years[0]) if len(deadlines) == 1 else "",
        "label": label[:200],
        "summary": text,
        "verification": "sourced",
        "confidence": _level(found.confidence),
        "source": about["document"],
        "note": "; ".join(remarks)[:LONGEST_CELL],
    }
    why = f"{found.rule}; confidence {found.confidence:.2f}"
    sheets["targets"][found.id] = _cells(values, OPEN, where, why)
    wording = {
        "target": found.id,
        "language": about["language"],
        "document": about["document"],
        "text": text,
        "note": "",
    }
    sheets["wordings"][found.id] = _cells(wording, FOLLOW, where, why)
    brackets = _propose_passages(target, about, sheets)
    for repair in target.negotiation.repairs:
        place = f"character {repair.partner + 1} of {found.id}"
        what = f"a bracket without counterpart, at {place}; {repair.sign!r} was supplied at character {repair.position + 1}"
        notes.append(
            _note("repair", Notice(what=what, where=found.location, remedy="mend the text, or leave the bracket out"))
        )
    if target.negotiation.unread:
        notes.append(_note("notice", Notice(what=target.negotiation.unread, where=found.location)))
    if target.reading:
        _propose_links(target.reading, found, brackets, sheets)


def amount(count: int) -> str:
    """A number of readings for people: exact, or its power of ten."""
    return f"{count:,}" if count < 10**15 else f"about 10^{int(count.bit_length() * 0.30103)}"


def _tracked(mark: Mark) -> str:
    by = f" by {mark.author}" if mark.author else ""
    word = {"strike": "struck through"}.get(mark.kind, mark.kind)
    return f"{word}{by}: {mark.words[:200]!r}"


def _occurrence(text: str, quote: str, start: int) -> str:
    """Which occurrence of a quotation stands at a place; empty where there is only one."""
    number, position = 1, text.find(quote)
    if text.find(quote, position + 1) < 0:
        return ""
    while 0 <= position < start and number <= 1000:
        number, position = number + 1, text.find(quote, position + 1)
    return str(number)


def _propose_passages(
    target: ReadTarget, about: Mapping[str, str], sheets: dict[str, dict[str, Cells]]
) -> list[tuple[int, int, str]]:
    found, text = target.found, target.found.text
    brackets: list[tuple[int, int, str]] = []
    numbers: Counter[str] = Counter()
    for start, end, kind, why in [*_brackets(target.negotiation), *_emphases(found)]:
        numbers[kind] += 1
        name = f"{kind}-{numbers[kind]}"
        values = {
            "id": name,
            "target": found.id,
            "kind": kind,
            "quote": text[start:end],
            "occurrence": _occurrence(text, text[start:end], start),
            "document": about["document"],
            "note": why if kind == "bracket" and why else "",
        }
        where = f"{found.location.within}, characters {start}–{end}"
        sheets["passages"][f"{found.id}|{name}"] = _cells(values, FOLLOW, where, why)
        if kind == "bracket":
            brackets.append((start, end, name))
    return brackets


def _brackets(negotiation: Negotiation) -> Iterator[tuple[int, int, str, str]]:
    for segment in negotiation.segments[:1_000]:
        if segment.form == "bracket" and segment.kind in ("negotiated", "placeholder") and not segment.repaired:
            parts = ["a placeholder"] if segment.kind == "placeholder" else []
            if segment.attributions:
                parts.append("proposed by " + ", ".join(p for a in segment.attributions for p in a.parties))
            if segment.group >= 0:
                parts.append("one of several: " + negotiation.groups[segment.group].because)
            parts += [segment.doubtful] if segment.doubtful else []
            yield segment.start, segment.end, "bracket", "; ".join(parts)


def _emphases(found: FoundTarget) -> Iterator[tuple[int, int, str, str]]:
    for mark in found.emphases:
        yield mark.start, mark.end, "emphasis", mark.kind


def _propose_links(
    reading: Reading, found: FoundTarget, brackets: list[tuple[int, int, str]], sheets: dict[str, dict[str, Cells]]
) -> None:
    for mention in reading.mentions:
        if not mention.is_candidate or mention.kind not in _DIMENSIONS:
            continue
        inside = [name for start, end, name in brackets if start <= mention.start and mention.end <= end]
        rule = mention.rule + (f", {mention.role_rule}" if mention.role_rule else "")
        values = {
            "target": found.id,
            "dimension": mention.kind,
            "concept": mention.concept,
            "role": mention.role,
            "basis": "named",
            "confidence": mention.confidence,
            "rests_on": inside[-1] if inside else "",
            "rationale": f"the text says “{mention.quote}”",
            "status": "sourced",
        }
        key = "|".join((found.id, mention.kind, mention.concept, mention.role))
        where = f"{found.location.within}, characters {mention.start}–{mention.end}"
        sheets["links"].setdefault(key, _cells(values, OPEN, where, f"found by the rule {rule}"))


def _propose_fields(
    target: ReadTarget, reader: Reader, about: Mapping[str, str], sheets: dict[str, dict[str, Cells]]
) -> None:
    """What the columns of a table name beside the target: said by the table, not by the text, and so a judgement."""
    for field in target.found.fields:
        if field.role not in ("actors", "sectors"):
            continue
        kind = "actor" if field.role == "actors" else "sector"
        for mention in reader.read(field.text, about["language"]).of_kind(kind):
            role = "responsible" if kind == "actor" else ""
            key = "|".join((target.found.id, kind, mention.concept, role))
            if not mention.is_candidate:
                continue
            values = {
                "target": target.found.id,
                "dimension": kind,
                "concept": mention.concept,
                "role": role,
                "basis": "judged",
                "confidence": "medium",
                "rests_on": "",
                "rationale": f"the column {field.heading[:80]!r} of the table says “{mention.quote}”",
                "status": "judged",
            }
            why = f"found in the column {field.heading[:80]!r} by the rule {mention.rule}"
            sheets["links"].setdefault(key, _cells(values, OPEN, target.found.location.within, why))
