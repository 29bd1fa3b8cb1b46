"""What a bracket is: negotiated words, something to be filled in, a citation, or an editor's remark."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LONGEST_REMARK = 200
_PLACEHOLDER = re.compile(
    r"""\s*(?:
      | [.…\s]+ | [_\-–—?]+
      | [XxYyZzNn]{1,4}(?:\s?(?:%|per\ cent|percent|years?|countries|tons|tonnes))?
      | (?:19|20)(?:[XxYy_?]{2}|[0-9][XxYy_?])
      | (?:TBD|TBC|TBA|tbd|tbc|tba|t\.b\.d\.|t\.b\.c\.)
      | (?:to\ be|à|a|por|подлежит|будет)\ (?:determined|confirmed|decided|completed|agreed|inserted|defined|added|specified|
          déterminer|définir|compléter|préciser|confirmer|determinar|definir|confirmar|определено|определению|уточнено)[^\[\]]{0,60}
      | (?:insert|add|specify|insérer|insertar|вставить)\s[^\[\]]{1,60}
      | (?:the\ )?(?:number|date|year|name|percentage|figure|value|amount|baseline)(?:\s(?:to\ be\s\w+|tbd))?
      | 待定|待补充|有待确定|يحدد\ لاحقا|يُحدَّد\ لاحقاً
    )\s*""",
    re.VERBOSE | re.IGNORECASE,
)
_NUMBERS = re.compile(r"\s*[0-9]{1,3}(?:\s?[,;–-]\s?[0-9]{1,3}){0,20}\s*")
_AUTHOR_YEAR = re.compile(
    r"\s*[A-Z][\w.&’'-]+(?:\s(?:et\ al\.?|and\s[A-Z][\w’'-]+|&\s[A-Z][\w’'-]+))?,?"
    r"\s(?:19|20)[0-9]{2}[a-z]?(?:,\sp{1,2}\.\s?[0-9–-]+)?\s*"
)
_SYMBOL = re.compile(
    r"\s*(?:see\s|cf\.\s|ref\.\s)?[A-Z][A-Za-z]*(?:\.[0-9]+)?"
    r"(?:/[A-Z0-9][A-Za-z0-9.\-]*){1,6}(?:,\s(?:para|annex)[^\[\]]{0,30})?\s*"
)
_EDITORIAL = re.compile(
    r"\s*(?:sic\b|emphasis\ added|footnote|endnote|translation|traduction|original:|nota?\b|note\b|note\ by|editor|secretariat|"
    r"agreed\b|text\ under|under\ (?:discussion|negotiation)|bracket(?:s|ed)?\b|alternative\ text|no\ text|"
    r"to\ be\ (?:moved|discussed|revisited|"
    r"considered|continued|merged)|"
    r"moved\ (?:to|from)|deleted|see\ |placement|cross-reference|continued|omitted|unofficial|reserved\b|ad\ ref)",
    re.IGNORECASE,
)
_QUANTITY_BEFORE = re.compile(
    r"(?:\bby|\bleast|\bof|\bto|\bthan|\bwithin|\bevery|\bin|\bfrom|\bbetween|\band|\bor|\bmost|\bat|\bleast|\bfor|\babout|"
    r"\bde|\bd[’']ici|\bal\ menos|\bmoins|\baprès|[£$€])\s?$",
    re.IGNORECASE,
)
_QUANTITY_AFTER = re.compile(
    r"\s?(?:%|per\ cent|percent|pour\ cent|por\ ciento|процент|"
    r"years?\b|million|billion|countries|tonnes?|tons?\b|ans\b|days?\b|months?\b|\[)"
)


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of a bracket and, where it is uncertain, why."""

    name: str
    doubtful: str = ""


NEGOTIATED = Kind("negotiated")


def kind_of(text: str, start: int, end: int, inner_start: int, inner_end: int) -> Kind:
    """The kind of a bracket that holds no other.

    Parameters
    ----------
    text : the whole text.
    start, end : the bracket.
    inner_start, inner_end : the words in it.
    """
    if inner_end - inner_start > _LONGEST_REMARK:
        return NEGOTIATED
    inner = text[inner_start:inner_end]
    if _NUMBERS.fullmatch(inner):
        return _of_number(text, start, end, inner)
    inside_a_word = text[start - 1 : start].isalpha() or text[end : end + 1].isalpha()
    if _PLACEHOLDER.fullmatch(inner) and not (inside_a_word and inner.isalpha()):
        return Kind("placeholder")
    if _AUTHOR_YEAR.fullmatch(inner) or _SYMBOL.fullmatch(inner):
        return Kind("citation")
    if _EDITORIAL.match(inner):
        return Kind("editorial")
    if len(inner) == 1 and inner.isalpha() and text[end : end + 1].isalpha() and not text[start - 1 : start].isalpha():
        return Kind("editorial")  # “[t]he”: a letter changed by who quotes
    return NEGOTIATED


def _of_number(text: str, start: int, end: int, inner: str) -> Kind:
    """A bare number: a quantity under negotiation, or the number of a reference."""
    before, after = text[max(0, start - 20) : start], text[end : end + 20]
    if _QUANTITY_AFTER.match(after) or before.endswith("]"):
        return NEGOTIATED
    attached = bool(before) and (before[-1].isalnum() or before[-1] in '.,;:)”"’')
    several = not inner.strip().isdigit()
    if attached or (several and not _QUANTITY_BEFORE.search(before)):
        return Kind("citation")
    if _QUANTITY_BEFORE.search(before) and after[:1].isspace():
        return NEGOTIATED
    if not after.strip() or after.lstrip()[:1] in ".,;:)":
        return Kind("citation", "a number in brackets; read as a reference, as nothing is counted after it")
    return Kind("negotiated", "a number in brackets; read as negotiated, as something may be counted after it")
