"""Claims and gaps in a line each, from the statements about them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from targetgraph.analysis.description.record import Claim, GapLine, Value
from targetgraph.analysis.description.statements import RDFS_LABEL
from targetgraph.analysis.description.words import Name, Words
from targetgraph.namespaces import PREFIXES, TG

_BASIS = {TG.NamedInText: "named", TG.Implied: "implied", TG.CuratorJudgement: "judged"}
_SOURCE = PREFIXES["dct"] + "source"
_DIGITS = re.compile(r"(\d+)")


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key that puts A2 before A10."""
    return tuple((1, int(p), "") if p.isdigit() and p.isascii() else (0, 0, p.casefold()) for p in _DIGITS.split(text))


def claim(words: Words, link: str) -> Claim:
    """A claim, from what is said of a `tg:Link`."""
    said = words.statements
    basis = next(iter(said.iris(link, TG.basis)), "")
    how = next(iter(said.iris(link, TG.verification)), "")
    passages = said.iris(link, TG.restsOn)
    other = _first_name(words, link, TG.concerns)
    subject = _first_name(words, link, TG.linkSubject)
    return Claim(
        link=words.name(link),
        kind=words.kind(link),
        subject=subject,
        other=other,
        role=", ".join(words.term(r).partition(" (")[0] for r in said.iris(link, TG.role, TG.lineageRelation)),
        basis=_BASIS.get(basis, ""),
        basis_words=words.term(basis) if basis else "",
        confidence=said.text(link, TG.confidence),
        verification=words.term(how) if how else "",
        recalled=how == TG.Recalled,
        quotes=tuple(filter(None, (said.text(p, RDFS_LABEL) for p in passages))),
        bracketed=any(TG.BracketedPassage in said.types(p) for p in passages),
        remarks=tuple(_remarks(words, other)) if other else (),
        rationale=said.text(link, TG.rationale),
        sources=tuple(Value(s, "", words.name(s)) for s in said.iris(link, _SOURCE)),
    )


def _first_name(words: Words, link: str, prop: str) -> Name | None:
    return next((words.name(iri) for iri in words.statements.iris(link, prop)), None)


def _remarks(words: Words, other: Name) -> Iterator[str]:
    if words.statements.text(other.iri, TG.isUmbrella) == "true":
        yield "a catch-all"
    for status in words.statements.iris(other.iri, TG.adoptionStatus):
        yield words.term(status)


def gap_line(words: Words, gap: str) -> GapLine:
    """A gap, from what is said of a `tg:Gap`."""
    said = words.statements
    status = next(iter(said.iris(gap, TG.gapStatus)), "")
    kind = next(iter(words.specific(said.types(gap))), "")
    return GapLine(
        gap=words.name(gap),
        kind=words.term(kind) if kind else "gap",
        kind_means=words.definition(kind) if kind else "",
        because=said.text(gap, TG.because),
        severity=said.text(gap, TG.severity),
        certainty=said.text(gap, TG.confidence),
        certainty_reason=said.text(gap, TG.certaintyReason),
        status=words.term(status) if status else "",
        first_seen=said.text(gap, TG.firstSeen),
        accepted_because=said.text(gap, TG.acceptedBecause),
    )
