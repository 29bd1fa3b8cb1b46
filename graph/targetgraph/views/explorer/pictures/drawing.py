"""What pictures are made of: escaped text, and states with colour, pattern and symbol.

Every element has its colours as attributes, which any program that reads SVG understands, and a class by which a style sheet of
a page changes them (for dark mode).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import escape

from targetgraph.analysis.description.words import RIGHT_TO_LEFT
from targetgraph.analysis.states import State
from targetgraph.views.explorer.names import Label

FONT: Final = "Inter, 'Segoe UI', 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
INK, QUIET, RULE, GROUND = "#14202b", "#4d5b69", "#d3dbe3", "#ffffff"
GAP, GAP_GROUND, GAP_HATCH = "#b34700", "#fff4ec", "#f6cdb0"
SHADES: Final = (("#cfe3f3", "#0a2740"), ("#8fbfe0", "#06223a"), ("#2a76ad", "#ffffff"), ("#08426f", "#ffffff"))


@dataclass(frozen=True, slots=True)
class Dress:
    """How a state is drawn: ground, ink, line and its dashes."""

    ground: str
    ink: str
    line: str
    dashes: str = ""


DRESSES: Final[dict[State, Dress]] = {
    State.COVERED: Dress(SHADES[0][0], SHADES[0][1], "#8fbfe0"),
    State.THIN: Dress(SHADES[0][0], SHADES[0][1], "#2a76ad", "1 2"),
    State.IMPLIED: Dress("#f6fafd", "#2c5f88", "#7ea9c9", "3 2"),
    State.UMBRELLA: Dress("#fbf4dc", "#6a4f00", "#b08c1a", "5 2"),
    State.CONTINGENT: Dress("#f5f7fa", QUIET, "#76828e", "1 2"),
    State.STALE: Dress("#f5f7fa", QUIET, "#76828e", "1 2"),
    State.NOT_APPLICABLE: Dress(GROUND, QUIET, RULE),
    State.NOT_ASSESSED: Dress(GROUND, QUIET, RULE),
    State.GAP: Dress("url(#hatch)", GAP, GAP, "4 2"),
}
HATCH: Final = (
    f'<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    f'<rect class="p-gap-ground" width="6" height="6" fill="{GAP_GROUND}"/>'
    f'<rect class="p-gap-line" width="1.2" height="6" fill="{GAP_HATCH}"/></pattern></defs>'
)


def state_class(state: State) -> str:
    """The class of a state in style sheets."""
    return "s-" + state.word.replace(" ", "-")


def text(
    x: float,
    y: float,
    said: str | Label,
    *,
    size: float = 12,
    fill: str = INK,
    anchor: str = "start",
    weight: int = 400,
    turned: float = 0,
    kind: str = "",
    room: float = 0,
) -> str:
    """A line of text; one that is longer than ``room`` is cut, its whole in a tooltip.

    Parameters
    ----------
    room : width there is, 0 for any. For text written from right to left, ``x`` is where its line would begin from the left.
    """
    label = said if isinstance(said, Label) else Label(said)
    shown = fitted(label.text, room, size) if room else label.text
    more = f' lang="{escape(label.language)}"' if label.language != "en" else ""
    if label.language.partition("-")[0] in RIGHT_TO_LEFT:
        more += ' direction="rtl"'
        x += room if room and anchor == "start" else 0
    more += f' text-anchor="{anchor}"' if anchor != "start" else ""
    more += f' font-weight="{weight}"' if weight != 400 else ""
    more += f' transform="rotate({turned:g} {x:g} {y:g})"' if turned else ""
    more += f' class="{kind}"' if kind else ""
    title = f"<title>{escape(label.text)}</title>" if shown != label.text else ""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{fill}"{more}>{escape(shown)}{title}</text>'


def width(said: str, size: float) -> float:
    """About how wide a text is, a little more rather than less."""
    wide = sum(
        1.0 if unicodedata.east_asian_width(c) in "WF" else 0.34 if c in " iljt.,:;'|!()I" else 0.57 for c in said
    )
    return wide * size


def fitted(said: str, room: float, size: float) -> str:
    """A text that is no wider than its room."""
    if width(said, size) <= room:
        return said
    while said and width(said + "…", size) > room:
        said = said[:-1]
    return said.rstrip() + "…"


def folded(said: str, room: float, size: float, most: int = 2) -> list[str]:
    """A text in lines no wider than their room; the last of them cut where there is more."""
    words, lines = said.split(), [""]
    for number, word in enumerate(words):
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or width(longer, size) <= room:
            lines[-1] = longer
        elif len(lines) < most:
            lines.append(word)
        else:
            lines[-1] = " ".join([lines[-1], *words[number:]])
            break
    return [fitted(line, room, size) for line in lines]


def picture(wide: float, high: float, title: str, parts: Sequence[str], said: str = "", more: str = "") -> str:
    """A whole picture.

    Parameters
    ----------
    title, said : what it shows; read out in place of it.
    more : attributes of the root.
    """
    told = f"<desc>{escape(said)}</desc>" if said else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {high:g}" width="{wide:g}" height="{high:g}" '
        f'font-family="{escape(FONT)}" role="img"{more}><title>{escape(title)}</title>{told}{HATCH}'
        + "".join(parts)
        + "</svg>"
    )
