"""What somebody may have meant who wrote a name we do not know."""

from __future__ import annotations

from collections.abc import Iterable


def closest(name: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Known names that resemble ``name``, best first; a short name also matches the end of a path."""
    from difflib import get_close_matches  # only needed once something went wrong

    names = sorted(set(known))
    folded = name.casefold()
    inside = [n for n in names if folded and folded in n.casefold()]
    tails = {n.rsplit("/", 1)[-1].casefold(): n for n in names} | {n.casefold(): n for n in names}
    similar = [tails[t] for t in get_close_matches(folded, tails, n=most, cutoff=0.6)]
    return list(dict.fromkeys([*similar, *inside]))[:most]


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """A remedy: the resembling names, or ``otherwise`` (where ``{all}`` stands for every known name)."""
    names = sorted(set(known))
    resembling = closest(name, names)
    if resembling:
        return f"did you mean {' or '.join(repr(n) for n in resembling)}?"
    return otherwise.replace("{all}", ", ".join(names))
