"""A verdict a criterion, from what was found.

The words of a target can show that it is not specific, measurable or time-bound. Whether it can be achieved they
hardly ever show: that takes money, time and a baseline, which stand elsewhere. Then the verdict is *cannot tell*.
"""

from __future__ import annotations

from collections.abc import Sequence

from targetgraph.reading.mentions.finding import Reader, Reading
from targetgraph.reading.mentions.word_lists import WordLists
from targetgraph.reading.smart.findings import findings
from targetgraph.records.smart import (
    ABSENT,
    CANNOT_TELL,
    CRITERIA,
    MET,
    NOT,
    PARTLY,
    WORDING,
    Finding,
    SmartReading,
    Verdict,
)

_HINTLESS_LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")


def judge(reader: Reader, text: str, language: str = "en", basis: str = WORDING) -> SmartReading:
    """Judge one text.

    Parameters
    ----------
    reader : reads it for actors, dates and listed words.
    text : the wording, or a paraphrase where the wording is not held; empty where there is neither.
    language : its tag.
    basis : what ``text`` is (:mod:`targetgraph.records.smart`).

    Returns
    -------
    SmartReading
        Without a text, or in a language that no list has words in, every verdict is *cannot tell*.
    """
    return judge_reading(reader.read(text, language), reader.lists, language, basis)


def judge_reading(reading: Reading, lists: WordLists, language: str = "", basis: str = WORDING) -> SmartReading:
    """Judge a text that has been read, with what its document defined before it.

    Parameters
    ----------
    reading : the text with its mentions and deadlines.
    lists : the word lists it was read with.
    language, basis : as for :func:`judge`; the reading's own language by default.
    """
    text, language = reading.text, language or reading.language
    if not text.strip():
        nothing = "The wording is not held, so nothing can be told of it."
        return _untold(text, language, ABSENT, nothing)
    if language.split("-")[0].lower() not in _HINTLESS_LANGUAGES:
        return _untold(text, language, basis, f"There are no word lists for the language {language!r}.")
    found = findings(reading, lists)
    verdicts = (_specific(found), _measurable(found), _achievable(found), _relevant(found), _time_bound(found))
    return SmartReading(text=text, language=language, basis=basis, verdicts=verdicts, findings=tuple(found))


def _untold(text: str, language: str, basis: str, because: str) -> SmartReading:
    verdicts = tuple(Verdict(criterion=c, verdict=CANNOT_TELL, because=because) for c in CRITERIA)
    return SmartReading(text=text, language=language, basis=basis, verdicts=verdicts)


def _of(found: Sequence[Finding], *kinds: str) -> tuple[Finding, ...]:
    return tuple(f for f in found if f.kind in kinds)


def _quoted(found: Sequence[Finding], most: int = 3) -> str:
    words = list(dict.fromkeys(f"“{f.quote}”" for f in found))
    return ", ".join(words[:most]) + (f" and {len(words) - most} more" if len(words) > most else "")


def _specific(found: Sequence[Finding]) -> Verdict:
    actors, umbrellas = _of(found, "actor"), _of(found, "umbrella")
    soft = _of(found, "vague", "hedge")
    faults: list[str] = []
    if umbrellas and not actors:
        faults.append(f"only a catch-all acts ({_quoted(umbrellas)})")
    elif not actors:
        faults.append("nobody is said to act")
    if _of(soft, "vague"):
        faults.append(f"vague: {_quoted(_of(soft, 'vague'))}")
    if _of(soft, "hedge"):
        faults.append(f"softened: {_quoted(_of(soft, 'hedge'))}")
    verdict = MET if not faults else PARTLY if len(faults) == 1 else NOT
    because = "; ".join(faults) if faults else f"it is said who acts ({_quoted(actors)}), without vague words"
    return Verdict(
        criterion="specific", verdict=verdict, because=_sentence(because),
        findings=(*actors, *umbrellas, *soft, *_of(found, "passive", "no-actor")),
    )  # fmt: skip


def _measurable(found: Sequence[Finding]) -> Verdict:
    quantities, baseless, baseline = _of(found, "quantity"), _of(found, "no-baseline"), _of(found, "baseline")
    checkable, degree, activity = _of(found, "checkable"), _of(found, "degree"), _of(found, "activity")
    absolute = _of(found, "absolute")
    evidence = (*quantities, *baseless, *baseline, *checkable, *degree, *activity, *absolute)
    if quantities and not baseless:
        verdict, because = MET, f"a figure ({_quoted(quantities)}), and it is known what it is counted from"
    elif quantities:
        verdict, because = PARTLY, f"a figure ({_quoted(quantities)}), but not what it is counted from"
    elif degree and not checkable:
        verdict, because = NOT, f"more or less of something ({_quoted(degree)}), and no figure"
    elif activity and not checkable:
        verdict, because = NOT, f"an activity ({_quoted(activity)}), not what is then to be so"
    elif checkable:
        verdict, because = PARTLY, f"a state that can be checked ({_quoted(checkable)}), without a figure"
    else:
        verdict, because = NOT, "neither a figure nor a state that can be checked"
    return Verdict(criterion="measurable", verdict=verdict, because=_sentence(because), findings=evidence)


def _achievable(found: Sequence[Finding]) -> Verdict:
    means, absolute = _of(found, "means"), _of(found, "absolute")
    if means:
        because = f"means are named ({_quoted(means)}), but not whether they are enough"
        return Verdict(criterion="achievable", verdict=PARTLY, because=_sentence(because), findings=(*means, *absolute))
    because = "the text names no means, and what there is to start from stands elsewhere"
    if absolute:
        because = f"it claims everything or nothing ({_quoted(absolute)}) and names no means"
    return Verdict(criterion="achievable", verdict=CANNOT_TELL, because=_sentence(because), findings=absolute)


def _relevant(found: Sequence[Finding]) -> Verdict:
    purpose, concern = _of(found, "purpose"), _of(found, "concern")
    if purpose:
        return Verdict(
            criterion="relevant",
            verdict=MET,
            because=_sentence(f"it says what for ({_quoted(purpose)})"),
            findings=purpose,
        )
    if concern:
        because = f"it says what it concerns ({_quoted(concern)}), but not what for"
        return Verdict(criterion="relevant", verdict=PARTLY, because=_sentence(because), findings=concern)
    because = "the text says neither what it is for nor which sector, stage or issue it concerns"
    return Verdict(criterion="relevant", verdict=CANNOT_TELL, because=_sentence(because))


def _time_bound(found: Sequence[Finding]) -> Verdict:
    dated, open_ended, missing = _of(found, "deadline"), _of(found, "open-deadline"), _of(found, "no-deadline")
    if dated:
        verdict, because = MET, f"a date ({_quoted(dated)})"
    elif open_ended:
        verdict, because = PARTLY, f"no date that is certain ({_quoted(open_ended)})"
    else:
        verdict, because = NOT, "no date"
    return Verdict(
        criterion="time-bound", verdict=verdict, because=_sentence(because), findings=(*dated, *open_ended, *missing)
    )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + "."
