"""Who proposed some words: names of groups, parties and observers, and the ways texts attribute."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from targetgraph.records.negotiation import Attribution

_ACRONYMS = (
    *("EU", "UE", "US", "USA", "UK", "UAE", "DRC", "ROK", "PRC", "NZ"),
    *("G77", "G-77", "GRULAC", "AOSIS", "SIDS", "LDCs", "LDC", "LMDC", "LMG", "EIG", "CANZ", "JUSCANZ", "JUSSCANNZ"),
    *("WEOG", "CEE", "EECCA", "ALBA", "AILAC", "CARICOM", "ASEAN", "GCC", "APEC", "PSIDS", "HAC", "AU", "BRICS"),
    *(
        "IPEN",
        "ICCA",
        "PAN",
        "WWF",
        "WHO",
        "UNEP",
        "UNDP",
        "FAO",
        "ILO",
        "UNIDO",
        "UNITAR",
        "OECD",
        "IOMC",
        "HEJSupport",
    ),
)
_GROUPS = (
    *("European Union", "European Commission", "African Group", "African Region", "Africa Group", "Arab Group"),
    *("Group of 77 and China", "Group of 77", "G77 and China", "G-77 and China", "Latin America and the Caribbean"),
    *(
        "Asia-Pacific Group",
        "Asia-Pacific Region",
        "Asia-Pacific",
        "Central and Eastern Europe",
        "High Ambition Coalition",
    ),
    *("Small Island Developing States", "Pacific Small Island Developing States", "Least Developed Countries"),
    *("Like-Minded Group", "Like-Minded Developing Countries", "Umbrella Group", "Environmental Integrity Group"),
    *(
        "co-facilitators",
        "co-facilitator",
        "co-chairs",
        "co-chair",
        "chair",
        "secretariat",
        "industry",
        "civil society",
        "NGOs",
    ),
    *(
        "Union européenne",
        "Groupe africain",
        "Grupo Africano",
        "Unión Europea",
        "ЕС",
        "Африканская группа",
        "欧盟",
        "非洲集团",
    ),
    *("الاتحاد الأوروبي", "المجموعة الأفريقية"),
)
_COUNTRIES = (
    *("Afghanistan", "Albania", "Algeria", "Andorra", "Angola", "Antigua and Barbuda", "Argentina", "Armenia"),
    *("Australia", "Austria", "Azerbaijan", "Bahamas", "Bahrain", "Bangladesh", "Barbados", "Belarus", "Belgium"),
    *("Belize", "Benin", "Bhutan", "Bolivia", "Bosnia and Herzegovina", "Botswana", "Brazil", "Brunei", "Bulgaria"),
    *("Burkina Faso", "Burundi", "Cabo Verde", "Cambodia", "Cameroon", "Canada", "Central African Republic"),
    *("Chad", "Chile", "China", "Colombia", "Comoros", "Congo", "Cook Islands", "Costa Rica", "Côte d’Ivoire"),
    *("Côte d'Ivoire", "Croatia", "Cuba", "Cyprus", "Czechia", "Denmark", "Djibouti", "Dominica"),
    *("Dominican Republic", "Ecuador", "Egypt", "El Salvador", "Equatorial Guinea", "Eritrea", "Estonia"),
    *("Eswatini", "Ethiopia", "Fiji", "Finland", "France", "Gabon", "Gambia", "Georgia", "Germany", "Ghana"),
    *("Greece", "Grenada", "Guatemala", "Guinea", "Guinea-Bissau", "Guyana", "Haiti", "Holy See", "Honduras"),
    *("Hungary", "Iceland", "India", "Indonesia", "Iran", "Iraq", "Ireland", "Israel", "Italy", "Jamaica", "Japan"),
    *("Jordan", "Kazakhstan", "Kenya", "Kiribati", "Kuwait", "Kyrgyzstan", "Lao PDR", "Latvia", "Lebanon"),
    *("Lesotho", "Liberia", "Libya", "Liechtenstein", "Lithuania", "Luxembourg", "Madagascar", "Malawi"),
    *("Malaysia", "Maldives", "Mali", "Malta", "Marshall Islands", "Mauritania", "Mauritius", "Mexico"),
    *("Micronesia", "Moldova", "Monaco", "Mongolia", "Montenegro", "Morocco", "Mozambique", "Myanmar", "Namibia"),
    *("Nauru", "Nepal", "Netherlands", "New Zealand", "Nicaragua", "Niger", "Nigeria", "Niue", "North Macedonia"),
    *("Norway", "Oman", "Pakistan", "Palau", "Panama", "Papua New Guinea", "Paraguay", "Peru", "Philippines"),
    *("Poland", "Portugal", "Qatar", "Republic of Korea", "Romania", "Russian Federation", "Russia", "Rwanda"),
    *("Saint Kitts and Nevis", "Saint Lucia", "Samoa", "San Marino", "Sao Tome and Principe", "Saudi Arabia"),
    *("Senegal", "Serbia", "Seychelles", "Sierra Leone", "Singapore", "Slovakia", "Slovenia", "Solomon Islands"),
    *("Somalia", "South Africa", "South Sudan", "Spain", "Sri Lanka", "State of Palestine", "Sudan", "Suriname"),
    *("Sweden", "Switzerland", "Syria", "Tajikistan", "Tanzania", "Thailand", "Timor-Leste", "Togo", "Tonga"),
    *("Trinidad and Tobago", "Tunisia", "Türkiye", "Turkey", "Turkmenistan", "Tuvalu", "Uganda", "Ukraine"),
    *("United Arab Emirates", "United Kingdom", "United States", "United States of America", "Uruguay"),
    *("Uzbekistan", "Vanuatu", "Venezuela", "Viet Nam", "Yemen", "Zambia", "Zimbabwe"),
)
_NAMES = sorted({*_ACRONYMS, *_GROUPS, *_COUNTRIES}, key=len, reverse=True)
_ANY = "|".join(re.escape(name).replace("\\ ", r"\s") for name in _NAMES)
_PARTY = rf"(?:the\s)?(?:{_ANY})(?![\w])"
_AND = r"(?:,?\sand\s|,?\swith\s|\s?[,;/&+]\s?)"
_PARTIES = rf"{_PARTY}(?:{_AND}{_PARTY}){{0,30}}"
_VERB = (
    r"(?P<verb>proposed|supported|suggested|added|requested|inserted|submitted|reserved|introduced|text|proposal|"
    r"proposé|proposée|propuesto|предложено|предложение|提议|اقترح)"
)
_SAID = rf"\(\s?{_VERB}(?:\s(?:by|from|par|por))?\s(?P<said>[^()\[\]\n]{{1,120}}?)\s?\)"
_IN_PARENTHESES = rf"\(\s?(?P<inside>{_PARTIES})\s?\)"

_AFTER = rf"[ \t\u00a0]?(?:{_SAID}|{_IN_PARENTHESES})"
_SAID_AT_END = rf"[ \t\u00a0]?(?:{_SAID}|{_IN_PARENTHESES})\s?$"
_DASHED_AT_END = rf"(?:\s?[–—:;]|\s-|,)\s?(?P<inside>{_PARTIES})\s?$"
_ACRONYM = "|".join(re.escape(name) for name in sorted(_ACRONYMS, key=len, reverse=True))
_BARE_AT_END = (
    rf"(?<![\w-])(?P<before>[\w’'-]+[,;]?)\s+(?P<inside>(?:{_ACRONYM})(?!\w)(?:{_AND}(?:{_ACRONYM})(?!\w)){{0,30}})\s?$"
)
_LEADING = rf"\s?(?P<inside>{_PARTIES})(?:\s(?:proposal|text))?\s?:\s?"
_NOTHING_ELSE = rf"\s?(?:{_VERB}\s(?:by\s)?)?(?P<inside>{_PARTIES})\s?"
_TAKES_A_NAME = frozenset(
    (
        *(
            "the",
            "of",
            "in",
            "by",
            "with",
            "for",
            "from",
            "to",
            "and",
            "or",
            "between",
            "within",
            "at",
            "on",
            "de",
            "la",
            "le",
        ),
        *("du", "des", "el", "los", "en", "por", "par", "и", "в", "для"),
    )
)
_LETTERS = re.compile(r"[\w&-]+")
_LAST_WORDS = frozenset(_LETTERS.findall(name)[-1].casefold() for name in _NAMES)
_FIRST_WORDS = frozenset(_LETTERS.findall(name)[0].casefold() for name in _NAMES) | {
    "the",
    "proposed",
    "supported",
    "text",
}
_REACH = 200


@cache
def _compiled(pattern: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """A pattern of this module, at its first use: whoever imports the module does not wait for all of them."""
    return re.compile(pattern, flags)


def after(text: str, end: int) -> Attribution | None:
    """The attribution in parentheses that follows a bracket, such as “[and waste] (proposed by Norway)”."""
    if "(" not in text[end : end + 2]:
        return None
    found = _compiled(_AFTER).match(text, end, min(len(text), end + _REACH))
    return _attribution(found, 0) if found else None


def at_end(text: str, start: int, end: int) -> Attribution | None:
    """The attribution at the end of the words of a bracket, such as “[and waste – EU]” or “[and waste EU]”.

    A bare acronym counts where the word before it does not take a name (“in the EU” attributes nothing).
    """
    begin = max(start, end - _REACH)
    tail = text[begin:end]
    if not _may_end_in_a_name(tail):
        return None
    found = _compiled(_SAID_AT_END).search(tail) or _compiled(_DASHED_AT_END).search(tail)
    if found and (begin > start or tail[: found.start()].strip()):
        return _attribution(found, begin)
    bare = _compiled(_BARE_AT_END, re.NOFLAG).search(tail)
    if bare and bare["before"].casefold().rstrip(",;") not in _TAKES_A_NAME:
        return Attribution(
            start=begin + bare.start("inside"), end=begin + bare.end(), parties=tuple(_names(bare["inside"]))
        )
    return None


def leading(text: str, start: int, end: int) -> Attribution | None:
    """The attribution before the words of a bracket, such as “[EU: and waste]”."""
    if ":" not in text[start : min(end, start + _REACH)]:
        return None
    found = _compiled(_LEADING).match(text, start, min(end, start + _REACH))
    return _attribution(found, 0) if found and found.end() < end else None


def nothing_else(text: str, start: int, end: int) -> Attribution | None:
    """The attribution that a bracket consists of, such as the second one of “[and waste] [EU, Norway]”."""
    if end - start > _REACH or not _may_begin_with_a_name(text, start, end):
        return None
    found = _compiled(_NOTHING_ELSE).fullmatch(text, start, end)
    return _attribution(found, 0) if found else None


def _may_end_in_a_name(tail: str) -> bool:
    """A quick look that spares most brackets the long patterns."""
    if tail.rstrip().endswith(")"):
        return True
    words = _LETTERS.findall(tail[-40:])
    return bool(words) and words[-1].casefold() in _LAST_WORDS


def _may_begin_with_a_name(text: str, start: int, end: int) -> bool:
    first = _LETTERS.search(text, start, min(end, start + 40))
    return first is not None and first.group().casefold() in _FIRST_WORDS


def _attribution(found: re.Match[str], shift: int) -> Attribution:
    groups = found.groupdict()
    said, inside = groups.get("said"), groups.get("inside")
    names = tuple(_names(inside)) if inside else tuple(_said(said or ""))
    verb = (groups.get("verb") or "").lower()
    return Attribution(start=shift + found.start(), end=shift + found.end(), parties=names, verb=verb)


def _names(text: str) -> Iterator[str]:
    for found in _compiled(_PARTY).finditer(text):
        yield re.sub(r"^the\s", "", found.group(), flags=re.IGNORECASE)


def _said(text: str) -> Iterator[str]:
    """The parties of “proposed by …”, whoever they are: known names whole, the rest parted at commas and “and”."""
    known = list(_names(text))
    if known and not re.sub(rf"{_AND}|\bthe\b|\s", "", _compiled(_PARTY).sub("", text)):
        yield from known
        return
    for part in re.split(r",\s?(?:and\s)?|;\s?|\sand\s", text):
        name = re.sub(r"^the\s", "", part.strip(), flags=re.IGNORECASE)
        if name:
            yield name
