"""The colours: text on its ground must be readable, in light and in dark."""

from __future__ import annotations

import re

import pytest

from targetgraph import resources

# Text (at least 4.5 to 1) on its ground.
TEXT = [
    *[(ink, ground) for ink in ("ink", "quiet", "accent", "gap") for ground in ("ground", "panel")],
    *[(f"on-blue-{n}", f"blue-{n}") for n in (1, 2, 3, 4)],
    ("on-accent", "accent"),
    ("implied", "implied-ground"),
    ("implied", "ground"),
    ("catch", "catch-ground"),
    ("catch", "ground"),
    ("gap", "gap-ground"),
]
# What only has to be seen (at least 3 to 1): outlines of controls and the ring of focus.
SEEN = [("control", "ground"), ("focus", "ground"), ("focus", "panel")]


def schemes() -> dict[str, dict[str, str]]:
    source = (resources.templates() / "tokens.css").read_text(encoding="utf-8")
    light, dark = source.split("@media screen and (prefers-color-scheme: dark)")
    pattern = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6});")
    base = dict(pattern.findall(light))
    return {"light": base, "dark": base | dict(pattern.findall(dark))}


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_readable_and_outlines_are_seen(scheme) -> None:
    tokens = schemes()[scheme]
    assert len(tokens) >= 28
    weak = [
        f"{ink} on {ground}: {contrast(tokens[ink], tokens[ground]):.2f}"
        for pairs, least in ((TEXT, 4.5), (SEEN, 3.0))
        for ink, ground in pairs
        if contrast(tokens[ink], tokens[ground]) < least
    ]
    assert not weak


def test_dark_has_colours_of_its_own() -> None:
    found = schemes()
    assert sum(found["light"][name] != found["dark"][name] for name in found["light"]) >= 24
