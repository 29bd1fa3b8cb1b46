"""Goals and targets of the 2030 Agenda by number, and documents by symbol: found by pattern, not by label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from targetgraph.records.mentions import Mention

_GOAL = {
    "en": r"(?:SDGs?|Sustainable\s+Development\s+Goals?(?:\s*\(SDGs?\))?|Goals?(?=\s+\d))",
    "fr": r"(?:ODD|objectifs?\s+de\s+développement\s+durable)",
    "es": r"(?:ODS|Objetivos?\s+de\s+Desarrollo\s+Sostenible)",
    "ru": r"(?:ЦУР|цел[ьиейям]+\s+(?:в\s+области\s+)?устойчивого\s+развития)",
    "ar": r"(?:أهداف\s+التنمية\s+المستدامة|هدف\s+التنمية\s+المستدامة|الهدف)",
    "zh": r"(?:可持续发展目标|目标)",
}
_TARGET = r"(?:\s*(?:targets?|cibles?|metas?|задач[а-я]*|الغاية|الغايات|具体目标|的具体目标))?"
_NUMBER = r"\d{1,2}(?:\.(?:\d{1,2}|[a-d])(?:\.\d{1,2})?)?"
_NEXT = rf"\s*(?:,|and|or|et|ou|y|e|и|و|和|、|،)\s*(?:to\s+|and\s+|the\s+|SDG\s+|targets?\s+|Goal\s+)?{_NUMBER}"
_CITED = re.compile(
    r"\b(?:resolution|decision|résolution|décision|resolución|decisión|резолюци[а-я]+|القرار|决议)\s*(?:第)?\s*"
    r"(?P<number>[IVX]{1,5}/\d{1,3}|\d{1,3}/\d{1,4}|[A-Z]{2,4}[-/.]?\d[\w./-]*)",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"\b[A-Z]{2,}(?:/[A-Z0-9][A-Za-z0-9.-]*)+")


def sdg_mentions(text: str, language: str, known: frozenset[str]) -> Iterator[Mention]:
    """Mentions of goals and targets by number, each number apart.

    Parameters
    ----------
    known : identifiers there are; a number that is none of them ("Goal 23" of another framework) is no mention.
    """
    goal = _GOAL.get(language, _GOAL["en"])
    pattern = re.compile(rf"(?<!\w){goal}{_TARGET}\s*(?:No\.\s*|n°\s*|№\s*)?(?P<numbers>{_NUMBER}(?:{_NEXT})*)")
    taken: set[int] = set()
    for match in pattern.finditer(text):
        for number in re.finditer(_NUMBER, match["numbers"]):
            start = match.start("numbers") + number.start()
            code = _code(number.group())
            if code in known and start not in taken:
                taken.add(start)
                first = match.start() if number.start() == 0 else start
                end = start + len(number.group())
                yield Mention(kind="sdg", concept=code, start=first, end=end, quote=text[first:end], rule="sdg-number")


def _code(number: str) -> str:
    """Identifier of a goal or target; an indicator stands for its target."""
    return ".".join(number.split(".")[:2])


def document_mentions(text: str, symbols: Mapping[str, str]) -> Iterator[Mention]:
    """Documents by symbol or number of a resolution.

    Parameters
    ----------
    symbols : identifier by symbol, as ``documents.csv`` gives it. A resolution or symbol that is not there is still
        told, with no concept: the text cites it, the vocabulary does not hold it.
    """
    seen: set[int] = set()
    for pattern, group in ((_CITED, "number"), (_SYMBOL, 0)):
        for match in pattern.finditer(text):
            if not seen.isdisjoint(range(match.start(), match.end())):
                continue
            seen.add(match.start(group))
            symbol = match[group].rstrip(".-")
            end = match.start(group) + len(symbol)
            yield Mention(
                kind="document", concept=symbols.get(symbol, ""), start=match.start(), end=end,
                quote=text[match.start() : end], rule="document-symbol",
            )  # fmt: skip
