"""A verdict a criterion, from what was found.

The words of a target can show that it is not specific, measurable or time-bound. Whether it can be achieved they
hardly ever show: that takes money, time and a baseline, which stand elsewhere. Then the verdict is *cannot tell*.
"""

from __future__ import annotations

from collections.abc import Sequence

from targetgraph.phrases import capitalised, joined, say
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
        nothing = say("The wording is not held, so nothing can be told of it.")
        return _untold(text, language, ABSENT, nothing)
    if language.split("-")[0].lower() not in _HINTLESS_LANGUAGES:
        unknown = say("There are no word lists for the language {language}.", language=repr(language))
        return _untold(text, language, basis, unknown)
    found = findings(reading, lists)
    verdicts = (_specific(found), _measurable(found), _achievable(found), _relevant(found), _time_bound(found))
    return SmartReading(text=text, language=language, basis=basis, verdicts=verdicts, findings=tuple(found))


def _untold(text: str, language: str, basis: str, because: str) -> SmartReading:
    verdicts = tuple(Verdict(criterion=c, verdict=CANNOT_TELL, because=because) for c in CRITERIA)
    return SmartReading(text=text, language=language, basis=basis, verdicts=verdicts)


def _of(found: Sequence[Finding], *kinds: str) -> tuple[Finding, ...]:
    return tuple(f for f in found if f.kind in kinds)


def _quoted(found: Sequence[Finding], most: int = 3) -> str:
    words = list(dict.fromkeys(say("“{quote}”", quote=f.quote) for f in found))
    shown = joined(words[:most], ", ")
    return say("{quotes} and {number} more", quotes=shown, number=len(words) - most) if len(words) > most else shown


def _specific(found: Sequence[Finding]) -> Verdict:
    actors, umbrellas = _of(found, "actor"), _of(found, "umbrella")
    soft = _of(found, "vague", "hedge")
    faults: list[str] = []
    if umbrellas and not actors:
        faults.append(say("only a catch-all acts ({quotes})", quotes=_quoted(umbrellas)))
    elif not actors:
        faults.append(say("nobody is said to act"))
    if _of(soft, "vague"):
        faults.append(say("vague: {quotes}", quotes=_quoted(_of(soft, "vague"))))
    if _of(soft, "hedge"):
        faults.append(say("softened: {quotes}", quotes=_quoted(_of(soft, "hedge"))))
    verdict = MET if not faults else PARTLY if len(faults) == 1 else NOT
    because = (
        joined(faults, "; ")
        if faults
        else say("it is said who acts ({quotes}), without vague words", quotes=_quoted(actors))
    )
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
        verdict, because = (
            MET,
            say("a figure ({quotes}), and it is known what it is counted from", quotes=_quoted(quantities)),
        )
    elif quantities:
        verdict, because = (
            PARTLY,
            say("a figure ({quotes}), but not what it is counted from", quotes=_quoted(quantities)),
        )
    elif degree and not checkable:
        verdict, because = NOT, say("more or less of something ({quotes}), and no figure", quotes=_quoted(degree))
    elif activity and not checkable:
        verdict, because = NOT, say("an activity ({quotes}), not what is then to be so", quotes=_quoted(activity))
    elif checkable:
        verdict, because = (
            PARTLY,
            say("a state that can be checked ({quotes}), without a figure", quotes=_quoted(checkable)),
        )
    else:
        verdict, because = NOT, say("neither a figure nor a state that can be checked")
    return Verdict(criterion="measurable", verdict=verdict, because=_sentence(because), findings=evidence)


def _achievable(found: Sequence[Finding]) -> Verdict:
    means, absolute = _of(found, "means"), _of(found, "absolute")
    if means:
        because = say("means are named ({quotes}), but not whether they are enough", quotes=_quoted(means))
        return Verdict(criterion="achievable", verdict=PARTLY, because=_sentence(because), findings=(*means, *absolute))
    because = say("the text names no means, and what there is to start from stands elsewhere")
    if absolute:
        because = say("it claims everything or nothing ({quotes}) and names no means", quotes=_quoted(absolute))
    return Verdict(criterion="achievable", verdict=CANNOT_TELL, because=_sentence(because), findings=absolute)


def _relevant(found: Sequence[Finding]) -> Verdict:
    purpose, concern = _of(found, "purpose"), _of(found, "concern")
    if purpose:
        return Verdict(
            criterion="relevant",
            verdict=MET,
            because=_sentence(say("it says what for ({quotes})", quotes=_quoted(purpose))),
            findings=purpose,
        )
    if concern:
        because = say("it says what it concerns ({quotes}), but not what for", quotes=_quoted(concern))
        return Verdict(criterion="relevant", verdict=PARTLY, because=_sentence(because), findings=concern)
    because = say("the text says neither what it is for nor which sector, stage or issue it concerns")
    return Verdict(criterion="relevant", verdict=CANNOT_TELL, because=_sentence(because))


def _time_bound(found: Sequence[Finding]) -> Verdict:
    dated, open_ended, missing = _of(found, "deadline"), _of(found, "open-deadline"), _of(found, "no-deadline")
    if dated:
        verdict, because = MET, say("a date ({quotes})", quotes=_quoted(dated))
    elif open_ended:
        verdict, because = PARTLY, say("no date that is certain ({quotes})", quotes=_quoted(open_ended))
    else:
        verdict, because = NOT, say("no date")
    return Verdict(
        criterion="time-bound", verdict=verdict, because=_sentence(because), findings=(*dated, *open_ended, *missing)
    )


def _sentence(words: str) -> str:
    return capitalised(say("{words}.", words=words))
