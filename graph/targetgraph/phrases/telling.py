"""Phrases told in another language than English, from a catalogue of templates.

A catalogue is every file of ``templates/phrases/<language>``, in which the English template is the key::

    "{target} gives no date." = "{target} ne donne pas de date."
    "{n} links" = ["{n} lien", "{n} liens"]
    "responsible actor" = {m = "acteur responsable"}

A pair is for one and for several; a noun says its gender. Beside a place of a French template may stand what the word needs
before it: ``{singular:un}``, ``{singular:aucun}``, ``{singular:de}``, ``{singular:que}`` (with elision), or ``{text:min}`` and
``{text:maj}`` for its first letter. What is not in the catalogue and no name of a thing stays English and is said to be so.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from targetgraph import resources
from targetgraph.phrases.phrase import Listed, Native, Phrase

#: Languages in which sentences can be told.
LANGUAGES: Final = ("en", "fr")
_PLACE: Final = re.compile(r"\{(\w+)(?::([^}]*))?\}")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_VOWEL: Final = re.compile(r"[«“]?\s?[aeiouyâàéèêëîïôûœæh]", re.IGNORECASE)
_ASPIRATED: Final = ("haut", "huit", "hors", "harm", "hand", "hier", "hon")
_THIN: Final = "\u202f"

Piece = tuple[str, str]
"""A stretch of text and the tag of its language; empty where it is in none, as a number or a code."""


@cache
def catalogue(language: str) -> Mapping[str, Any]:
    """Templates of a language by their English; empty for English."""
    found: dict[str, Any] = {}
    for path in sorted((resources.templates() / "phrases" / language).glob("*.toml")):
        with path.open("rb") as stream:
            found |= tomllib.load(stream)
    return found


class Telling:
    """Tells phrases in a language.

    Parameters
    ----------
    language : ``en`` or ``fr``.
    names : what things are called in that language, by their English names.
    """

    def __init__(self, language: str, names: Mapping[str, str] | None = None) -> None:
        self.language, self._names, self._known = language, names or {}, catalogue(language)

    def __call__(self, text: str) -> str:
        """A phrase, or any text, as plain text in the language as far as it can be told."""
        return "".join(t for t, _ in self.pieces(text))

    def pieces(self, text: str) -> list[Piece]:
        """The same in stretches, each with its language."""
        if self.language == "en":
            return [(str(text), "en")]
        merged: list[Piece] = []
        for part, language in self._pieces(text):
            if merged and (language in ("", merged[-1][1]) or not merged[-1][1]):
                merged[-1] = (merged[-1][0] + part, language or merged[-1][1])
            elif part:
                merged.append((part, language))
        return merged

    def knows(self, text: str) -> bool:
        """Whether all of a text is told in the language."""
        return all(language in ("", self.language) for _, language in self.pieces(text))

    def _pieces(self, text: str) -> Iterator[Piece]:
        if isinstance(text, Listed):
            yield from self._list(text)
        elif isinstance(text, Phrase):
            found = self._known.get(text.many or text.template)
            if found is None and _WORD.search(_PLACE.sub("", text.template)):
                yield str(text), "en"
            else:
                yield from self._filled(self._form(found or text.template, text), text.places)
        elif isinstance(text, Native):
            yield str(text), self.language
        else:
            yield self._plain(str(text))

    def _form(self, found: Any, text: Phrase) -> str:
        if isinstance(found, list):
            return str(found[0 if text.places.get("n", 0) in (0, 1) else 1])
        return _noun(found)[0]

    def _plain(self, text: str) -> Piece:
        if text in self._names:
            return self._names[text], self.language
        if text in self._known:
            return _noun(self._known[text])[0], self.language
        small = text[:1].lower() + text[1:]
        if small in self._known:  # a word that somebody has put a capital to
            found = _noun(self._known[small])[0]
            return found[:1].upper() + found[1:], self.language
        return text, "en" if _WORD.search(text) else ""

    def _filled(self, template: str, places: Mapping[str, Any]) -> Iterator[Piece]:
        at = 0
        for match in _PLACE.finditer(template):
            yield template[at : match.start()], self.language
            at = match.end()
            if match[1] in places:
                yield from self._place(places[match[1]], match[2] or "")
            else:
                yield match[0], ""
        yield template[at:], self.language

    def _place(self, value: Any, form: str) -> Iterator[Piece]:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            yield from self._formed(str(value) if not isinstance(value, str) else value, form)
        elif isinstance(value, int):
            yield f"{value:,}".replace(",", _THIN), ""
        else:
            yield format(value, form).replace(".", ",").replace("%", f"{_THIN}%"), ""

    def _formed(self, value: str, form: str) -> Iterator[Piece]:
        form, _, then = form.partition(":")
        if then:
            yield from _first_letter(list(self._formed(value, form)), then)
            return
        parts = list(self._pieces(value))
        whole = "".join(t for t, _ in parts)
        if form in ("un", "aucun"):
            feminine = isinstance(found := self._known.get(value), dict) and "f" in found
            yield f"{form}{'e' if feminine else ''} ", self.language
        elif form in ("de", "que"):
            elided = bool(_VOWEL.match(whole)) and not whole.lower().startswith(_ASPIRATED)
            yield f"{form[:-1]}’" if elided else f"{form} ", self.language
        yield from _first_letter(parts, form)

    def _list(self, text: Listed) -> Iterator[Piece]:
        if not text.items:
            yield ("" if text.between else "aucun"), self.language
        others = f"{text.rest} autres" if text.rest else ""
        last = len(text.items) - 1
        word = text.between.strip()
        between = text.between.replace(word, str(self._known.get(word, word))) if word else text.between
        between = f"{_THIN}{between}" if between[:1] in (";", ":") else between
        for position, item in enumerate(text.items):
            if position:
                ends = position == last and not others
                yield between or (" et " if ends else ", "), self.language
            yield from self._pieces(item)
        if others:
            yield f" et {others}", self.language


def _first_letter(parts: list[Piece], form: str) -> list[Piece]:
    """Stretches of which the first begins as ``min`` or ``maj`` says."""
    if not parts or form not in ("min", "maj"):
        return parts
    first, language = parts[0]
    return [((first[:1].lower() if form == "min" else first[:1].upper()) + first[1:], language), *parts[1:]]


def _noun(found: Any) -> tuple[str, str]:
    """The words of an entry and their gender: empty where it says none."""
    if isinstance(found, dict):
        gender, text = next(iter(found.items()))
        return str(text), gender
    return str(found[-1] if isinstance(found, list) else found), ""
