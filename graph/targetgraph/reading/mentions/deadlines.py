"""Deadlines in six languages: years behind a word that sets a limit, alternatives in brackets, spans of time.

A year alone is no deadline: documents, standards, frameworks and baselines carry years too ("Beyond 2020", "the 2030
Agenda", "resolution 73/2015", "2015 levels"). Only the patterns below count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from targetgraph.records.mentions import Deadline

FIRST_YEAR, LAST_YEAR = 1990, 2150

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９", "0123456789" * 3)

_YEAR = r"(?:\[\s*(?:or|ou|o|или|أو|或)?\s*)?(?<!\d)(?<!\d[/.])20\d\d(?![\d/]|[-–]\d\d\d?(?!\d)|\.\d)(?:\s*\])?"
_OR = r"\s*(?:,|/|or|ou|o|или|أو|或)?\s*(?:by\s+|d[’']ici\s+|para\s+)?"
_YEARS = rf"(?P<years>{_YEAR}(?:{_OR}{_YEAR})*)"
_EN_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_FR_MONTH = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_ES_MONTH = "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
_RU_MONTH = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"

_NUMBERS = {
    "en": "one two three four five six seven eight nine ten eleven twelve",
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze",
    "es": "un dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "ru": "одного двух трех четырех пяти шести семи восьми девяти десяти одиннадцати двенадцати",
    "zh": "一 二 三 四 五 六 七 八 九 十",
}
_ALSO = {
    "fr": {"une": 1},
    "es": {"una": 1, "uno": 1},
    "zh": {"两": 2},
    "ru": {"трёх": 3, "четырёх": 4, "года": 1},
    "ar": {
        "سنة": 1, "عام": 1, "سنتين": 2, "عامين": 2, "ثلاث": 3, "ثلاثة": 3, "أربع": 4, "أربعة": 4, "خمس": 5, "خمسة": 5,
        "ست": 6, "ستة": 6, "سبع": 7, "سبعة": 7, "ثماني": 8, "ثمانية": 8, "تسع": 9, "تسعة": 9, "عشر": 10, "عشرة": 10,
    },
    "en": {"a": 1, "two": 2},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Grammar:
    """What dates and spans look like in a language; ``span`` has groups ``number``, ``unit`` and may have ``from``."""

    date: str
    span: str = ""
    period: str = ""


_EN_PART = (
    r"(?:the\s+)?(?:end\s+of\s+|close\s+of\s+|beginning\s+of\s+|start\s+of\s+|mid-?\s*|(?:the\s+)?year\s+"
    rf"|(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:{_EN_MONTH})\s+(?:\d{{1,2}},?\s+)?"
    r"|(?:first|second|third|fourth|last)\s+quarter\s+of\s+)*"
)
_FR_PART = (
    r"(?:(?:à\s+)?(?:la\s+|le\s+|l[’'])?(?:fin\s+(?:de\s+)?(?:l[’'])?|mi-|début\s+(?:de\s+)?|année\s+|an\s+"
    rf"|(?:\d{{1,2}}(?:er)?\s+)?(?:{_FR_MONTH})\s+))*"
)
_ES_PART = (
    r"(?:(?:el\s+|la\s+)?(?:final(?:es)?\s+(?:de\s+)?|fin(?:es)?\s+(?:de\s+)?|mediados\s+de\s+|principios\s+de\s+"
    rf"|año\s+|(?:\d{{1,2}}\s+de\s+)?(?:{_ES_MONTH})\s+(?:de\s+)?))*"
)
_RU_PART = rf"(?:конца\s+|концу\s+|начала\s+|началу\s+|середины\s+|середине\s+|(?:\d{{1,2}}\s+)?(?:{_RU_MONTH})\s+)*"
_AR_PART = r"(?:نهاية\s+|أواخر\s+|منتصف\s+|بداية\s+|حلول\s+|مطلع\s+)*(?:عام\s+|سنة\s+|العام\s+)?"

_GRAMMARS = {
    "en": _Grammar(
        rf"\b(?:(?:by|before|until|till|no(?:t)?\s+later\s+than|not\s+after|prior\s+to|at\s+the\s+latest\s+(?:by|in)|latest\s+by|ending\s+in|up\s+to|through\s+to|towards\s+the\s+year)\s+{_EN_PART}{_YEARS}"
        rf"|in\s+{_EN_PART}(?P<years2>{_YEAR})\s+at\s+the\s+latest"
        rf"|(?:deadline|target\s+date|target\s+year|due\s+date)\s*(?:of|is|:)?\s*{_EN_PART}(?P<years3>{_YEAR}))",
        r"\b(?:within|in\s+no\s+more\s+than|no\s+later\s+than|not\s+later\s+than|over|in|during)\s+(?:the\s+)?(?:next\s+|coming\s+|first\s+|period\s+of\s+)*(?:\[\s*)?(?P<number>\d{1,2}|[a-z]+)(?:\s*\])?\s+(?P<unit>years?|months?)(?P<from>\s+(?:of|from|after|following)\s+[^,.;\[\]]{3,60})?",
        rf"\b(?:between|from|over\s+the\s+period|in\s+the\s+period|during|period)\s+(?P<first>20\d\d)\s*(?:and|to|until|[-–])\s*(?P<years>{_YEAR})|\b(?P<first2>20\d\d)\s*[-–]\s*(?P<years2>20\d\d)\s+period",
    ),
    "fr": _Grammar(
        rf"(?:\bd[’']\s?ici\s+(?:à\s+)?{_FR_PART}{_YEARS}|\bavant\s+{_FR_PART}(?P<years2>{_YEAR})|\b(?:au\s+plus\s+tard|pas\s+plus\s+tard\s+qu[’']|jusqu[’'])\s*(?:en\s+|à\s+|le\s+|avant\s+)?{_FR_PART}(?P<years3>{_YEAR}(?:{_OR}{_YEAR})*)"
        rf"|\bà\s+l[’']horizon\s+(?P<years4>{_YEAR})|\ben\s+(?P<years5>{_YEAR})\s+au\s+plus\s+tard|\bà\s+compter\s+de\s+là|\b(?:à|pour)\s+{_FR_PART}(?P<years6>fin\s+{_YEAR}))",
        r"\b(?:dans|sous|en)\s+(?:un\s+délai\s+(?:maximal\s+|maximum\s+)?(?:de\s+|d[’'])|les\s+|l[’'])?(?:\[\s*)?(?P<number>\d{1,2}|[a-zé]+)(?:\s*\])?\s+(?:prochaines?\s+|prochains?\s+)?(?P<unit>ans?|années?|mois)(?!\s+\d)(?P<from>\s+(?:à\s+compter|suivant|après|à\s+partir|qui\s+suivent)\s+[^,.;\[\]]{3,60})?",
        rf"\b(?:entre|de)\s+(?P<first>20\d\d)\s+(?:et|à)\s+(?P<years>{_YEAR})|\bpériode\s+(?P<first2>20\d\d)\s*[-–]\s*(?P<years2>20\d\d)",
    ),
    "es": _Grammar(
        rf"\b(?:(?:para|antes\s+de(?:l)?|hasta|a\s+más\s+tardar\s+(?:en|el|a|para)?|de\s+aquí\s+a|no\s+más\s+tarde\s+de(?:l)?|como\s+máximo\s+en)\s*(?:el\s+|la\s+)?{_ES_PART}{_YEARS}|en\s+(?P<years2>{_YEAR})\s+a\s+más\s+tardar|en\s+el\s+horizonte\s+(?P<years3>{_YEAR}))",
        r"\b(?:en|dentro\s+de)\s+(?:un\s+plazo\s+(?:máximo\s+)?(?:de\s+)?|el\s+plazo\s+de\s+|los\s+próximos\s+|los\s+)?(?:\[\s*)?(?P<number>\d{1,2}|[a-zé]+)(?:\s*\])?\s+(?P<unit>años?|meses|mes)(?P<from>\s+(?:a\s+partir|desde|después|siguientes)\s+[^,.;\[\]]{3,60})?",
        rf"\b(?:entre|de|desde)\s+(?P<first>20\d\d)\s+(?:y|a|hasta)\s+(?P<years>{_YEAR})|\b(?:período|periodo)\s+(?P<first2>20\d\d)\s*[-–]\s*(?P<years2>20\d\d)",
    ),
    "ru": _Grammar(
        rf"\b(?:к|до|ко|не\s+позднее|не\s+позже|по\s+состоянию\s+на\s+конец)\s+{_RU_PART}{_YEARS}(?:\s*(?:году|года|г\.))?",
        r"\b(?:в\s+течение|в\s+срок\s+до|за|в\s+пределах)\s+(?:ближайших\s+|следующих\s+|первых\s+)?(?:\[\s*)?(?P<number>\d{1,2}|[а-яё]+)(?:\s*\])?\s+(?P<unit>лет|года|год|месяцев|месяца)(?P<from>\s+(?:после|со\s+дня|с\s+даты|с\s+момента)\s+[^,.;\[\]]{3,60})?",
        rf"\b(?:с|между|в\s+период\s+с)\s+(?P<first>20\d\d)\s+(?:года?\s+)?(?:по|до|и)\s+(?P<years>{_YEAR})\s*(?:год[а-я]*)?",
    ),
    "ar": _Grammar(
        rf"(?:بحلول|قبل|حتى|في\s+موعد\s+أقصاه|في\s+موعد\s+لا\s+يتجاوز|بنهاية|في\s+أجل\s+أقصاه|لغاية|إلى\s+غاية)\s+{_AR_PART}{_YEARS}",
        r"(?:في\s+غضون|خلال|في\s+ظرف|في\s+مدة)\s+(?:ال)?(?:\[\s*)?(?:(?P<number>\d{1,2}|[\u0621-\u064a]+)(?:\s*\])?\s+(?P<unit>سنوات|سنة|أعوام|عاما|شهرا|أشهر|أعوام)|(?P<number2>سنتين|عامين))(?P<from>\s+(?:من|بعد)\s+[^،.؛\[\]]{3,60})?",
        rf"(?:بين|من)\s+(?:عامي\s+|عام\s+)?(?P<first>20\d\d)\s+(?:و|إلى|حتى)\s*(?:عام\s+)?(?P<years>{_YEAR})",
    ),
    "zh": _Grammar(
        rf"(?:(?:到|至|截至|截止到|直至|不迟于|不晚于|最迟(?:于|在|到)?|于)\s*{_YEARS}\s*年(?:底|末|中|初)?(?:之前|以前|前)?|在?\s*(?P<years2>{_YEAR})\s*年(?:底|末)?(?:之前|以前|前))",
        r"(?:在|于)?\s*(?:未来|今后|接下来|通过后|生效后)?\s*(?P<number>\d{1,2}|[一二两三四五六七八九十])\s*(?P<unit>年|个月)(?:之内|以内|内)",
        r"(?:从|自|在)?(?P<first>20\d\d)\s*年?\s*(?:至|到|-|–|—)\s*(?P<years>20\d\d)\s*年(?:期间|间)",
    ),
}
# What makes of a year behind "by" or "before" something else: levels of a baseline, a document, a standard.
_NO_DEADLINE_AFTER = re.compile(
    r"\s*(?:levels?|baselines?|values?|figures?|Agenda|agenda|process|framework|Framework|emissions|edition|report)\b"
)
_NO_DEADLINE_BEFORE = re.compile(
    r"(?:Beyond|beyond|Agenda|ISO|resolution|decision|compared\s+with|relative\s+to|reduced|adopted\s+(?:in|on)?|since|after|as\s+amended)\s*$"
)


@lru_cache(maxsize=32)
def _compiled(language: str) -> tuple[re.Pattern[str], re.Pattern[str] | None, re.Pattern[str] | None]:
    grammar = _GRAMMARS.get(language, _GRAMMARS["en"])
    flags = re.IGNORECASE
    return (
        re.compile(grammar.date, flags),
        re.compile(grammar.span, flags) if grammar.span else None,
        re.compile(grammar.period, flags) if grammar.period else None,
    )


def deadlines(text: str, language: str) -> list[Deadline]:
    """All deadlines of a text, in its order.

    Parameters
    ----------
    text : the text; Arabic-Indic and full-width digits count as digits.
    language : two-letter code; English patterns are used for languages without any of their own.
    """
    if not any(character.isdigit() for character in text) and language not in _NUMBERS and language != "ar":
        return []
    plain = text.translate(_DIGITS)
    date, span, period = _compiled(language)
    found: list[Deadline] = []
    for match in date.finditer(plain):
        made = _dated(text, plain, match)
        if made:
            found.append(made)
    for pattern, make in ((period, _period), (span, _span)):
        for match in pattern.finditer(plain) if pattern else ():
            made = make(text, match, language)
            if made and not any(made.start < d.end and d.start < made.end for d in found):
                found.append(made)
    return sorted(_trimmed(found), key=lambda d: d.start)


def _trimmed(found: list[Deadline]) -> Iterator[Deadline]:
    for deadline in found:
        if deadline.years or deadline.months:
            yield deadline


def _dated(text: str, plain: str, match: re.Match[str]) -> Deadline | None:
    words = next((match[name] for name in match.groupdict() if name.startswith("years") and match[name]), "")
    years = tuple(dict.fromkeys(int(year) for year in re.findall(r"20\d\d", words)))
    if (
        not years
        or _NO_DEADLINE_AFTER.match(plain, match.end())
        or _NO_DEADLINE_BEFORE.search(plain[max(0, match.start() - 40) : match.start()])
    ):
        return None
    start, end = match.start(), match.end()
    # A bracket that opens before the phrase and ends with it belongs to it: "[by 2030]".
    bracketed = "[" in words or _inside_bracket(plain, start)
    rule = "date-alternatives" if len(years) > 1 else "date-by"
    return Deadline(start=start, end=end, quote=text[start:end], rule=rule, years=years, bracketed=bracketed)


def _inside_bracket(plain: str, start: int) -> bool:
    return plain.count("[", 0, start) > plain.count("]", 0, start)


def _period(text: str, match: re.Match[str], language: str) -> Deadline | None:
    groups = match.groupdict()
    last = re.search(r"20\d\d", groups.get("years") or groups.get("years2") or "")
    first = groups.get("first") or groups.get("first2") or ""
    if not last or not first or int(last.group()) <= int(first):
        return None
    return Deadline(
        start=match.start(), end=match.end(), quote=text[match.start() : match.end()],
        rule="period-end", years=(int(last.group()),), bracketed=_inside_bracket(match.string, match.start()),
    )  # fmt: skip


def _span(text: str, match: re.Match[str], language: str) -> Deadline | None:
    groups = match.groupdict()
    word = groups.get("number") or groups.get("number2") or ""
    number = _number(word, language)
    if not number:
        return None
    unit = groups.get("unit") or ""
    months = number * (1 if unit.startswith(("month", "mois", "mes", "месяц", "شهر", "أشهر", "个月")) else 12)
    start, end = match.start(), match.end()
    return Deadline(
        start=start, end=end, quote=text[start:end].rstrip(), rule="span", months=months,
        counted_from=(groups.get("from") or "").strip(),
        bracketed="[" in match.group() or _inside_bracket(match.string, start),
    )  # fmt: skip


def _number(word: str, language: str) -> int:
    if word.isdigit():
        return int(word)
    low = word.casefold().removeprefix("ال") if language == "ar" else word.casefold().replace("ё", "е")
    names = {name: n for n, name in enumerate(_NUMBERS.get(language, "").split(), start=1)}
    return names.get(low) or _ALSO.get(language, {}).get(low, 0)
