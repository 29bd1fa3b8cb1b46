"""Identifiers and IRIs as they may stand in a table.

Identifiers become parts of IRIs and of commands people type, hence the narrow alphabet. They are brought to
Unicode NFC before they are looked at; text is never changed.
"""

from __future__ import annotations

import re
import unicodedata

# A spreadsheet leaves these around a value without anybody seeing it.
_EDGES = " \u00a0"

VOCABULARY = re.compile(r"[a-z0-9][a-z0-9.-]*")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
LONGEST = 100

# First parts of paths that targetgraph.iris uses for other things than frameworks.
RESERVED_FRAMEWORKS = frozenset(
    {
        "agent",
        "all",
        "dataset",
        "document",
        "graph",
        "indicator",
        "ontology",
        "organisation",
        "query",
        "run",
        "scheme",
        "sdg",
        "table",
    }
)

LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")

# RFC 3987 for http and https. Characters beyond ASCII are let through here and looked at below. Without IGNORECASE, which
# would go through all of Unicode, and take longer than all else at the start of a command that reads tables.
_UNRESERVED = r"[A-Za-z0-9._~!$&'()*+,;=\-\u00a0-\U0010ffff]|%[0-9A-Fa-f]{2}"
_PATH = rf"(?:{_UNRESERVED}|[:@/])*"
_IRI = re.compile(
    rf"[Hh][Tt][Tt][Pp][Ss]?://(?:(?:{_UNRESERVED}|:)*@)?(?:\[[0-9A-Fa-f:.]+\]|(?:{_UNRESERVED})+)(?::[0-9]{{1,5}})?"
    rf"(?:/{_PATH})?(?:\?(?:{_UNRESERVED}|[:@/?])*)?(?:#(?:{_UNRESERVED}|[:@/?])*)?"
)
_ILLEGAL_IN_IRI = set('<>"{}|\\^`')


def tidy(text: str) -> str:
    """A value without the spaces around it and in Unicode NFC; for everything but running text."""
    return unicodedata.normalize("NFC", text.strip(_EDGES))


def hidden_character(text: str) -> str:
    """Name the first character nobody can see (control, bidirectional override, zero width), or ``''``."""
    if text.isascii() and text.isprintable():
        return ""
    for character in text:
        category = unicodedata.category(character)
        if category[0] == "C" or category in ("Zl", "Zp"):
            name = unicodedata.name(character, "control character")
            return f"U+{ord(character):04X} ({name.lower()})"
    return ""


def fault_in_identifier(text: str, pattern: re.Pattern[str]) -> str:
    """What is wrong with an identifier, as the end of a sentence; empty if nothing is."""
    hidden = hidden_character(text)
    if hidden:
        return f"contains the invisible character {hidden}"
    if len(text) > LONGEST:
        return f"is {len(text)} characters long, more than the {LONGEST} allowed"
    if not pattern.fullmatch(text):
        return "is not an identifier"
    return ""


def is_web_address(text: str) -> bool:
    """Whether a value means to be an http(s) IRI, however well it is written."""
    return text[:8].lower().startswith(("http://", "https://"))


def fault_in_iri(text: str) -> str:
    """What is wrong with an absolute http(s) IRI, as the end of a sentence; empty if nothing is."""
    if not is_web_address(text):
        return "is not an absolute http or https address"
    hidden = hidden_character(text)
    if hidden:
        return f"contains the invisible character {hidden}"
    for character in text:
        if character in _ILLEGAL_IN_IRI or character.isspace():
            return f"contains {'a space' if character == ' ' else repr(character)}"
    return "" if _IRI.fullmatch(text) else "is not a well-formed address"
