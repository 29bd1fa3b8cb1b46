"""Self-contained pages: escaping templates, inlined styles and scripts, and the policy that lets nothing else run."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from targetgraph import resources
from targetgraph.views.compiled import compiled_templates

# What would end a script element or a line of a script, as escapes that mean the same in JSON.
_ESCAPES = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})


def environment() -> Environment:
    """The one template environment: everything escaped, nothing undefined."""
    env = Environment(
        loader=FileSystemLoader(resources.templates()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=compiled_templates(),
    )
    env.filters["json_data"] = json_data
    env.filters["from_json"] = json.loads
    env.filters["percent"] = percent
    env.filters["theme_name"] = theme_name
    return env


def json_data(value: Any) -> Markup:
    """JSON that is safe inside a ``<script type="application/json">`` element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return Markup(text.translate(_ESCAPES))  # no markup is left in it


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: getattr(value, f.name) for f in fields(value)}
    raise TypeError(f"{type(value).__name__} does not go into a page")


def theme_name(theme: str) -> str:
    """What a theme of the query library, such as ``skos-quality``, is called in a heading."""
    first, *others = theme.split("-")
    return " ".join([{"sdgs": "SDGs", "skos": "SKOS"}.get(first, first.capitalize()), *others])


def percent(share: float) -> str:
    """A share as a whole percentage that never rounds something to nothing or nearly all to all."""
    whole = round(share * 100)
    if share > 0 and whole == 0:
        return "<1 %"
    if share < 1 and whole == 100:
        return ">99 %"
    return f"{whole} %"


@dataclass(frozen=True, slots=True)
class Inline:
    """Code written into the page, with the hash that its policy knows it by."""

    text: Markup
    digest: str

    @classmethod
    def of(cls, source: str) -> Inline:
        """Take in a style sheet or script of the installation.

        Raises
        ------
        ValueError : it would end its own element; our files and vis-network's do not.
        """
        # A browser reads every line end as LF before it hashes.
        text = source.replace("\r\n", "\n").replace("\r", "\n")
        if any(mark in text.lower() for mark in ("</script", "</style", "<!--")):
            raise ValueError("this code cannot be written into a page")
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        return cls(Markup(text), f"'sha256-{digest}'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What every page says of itself.

    Parameters
    ----------
    title : title and heading.
    lead : sentences under the heading: where the holes are.
    framework, framework_label, version : whose data it shows, and which.
    targets, unverified : how many targets there are, and how many wordings nobody has checked.
    note : what to know about the framework's data.
    styles, scripts : in the order in which they are written.
    """

    title: str
    lead: tuple[str, ...]
    framework: str
    framework_label: str
    version: str
    targets: int
    unverified: int
    note: str
    styles: tuple[Inline, ...] = field(repr=False)
    scripts: tuple[Inline, ...] = field(repr=False)

    @property
    def policy(self) -> str:
        """The Content-Security-Policy: only what is written in the page, nothing from anywhere."""
        return "; ".join(
            (
                "default-src 'none'",
                f"script-src {' '.join(s.digest for s in self.scripts)}",
                f"style-src {' '.join(s.digest for s in self.styles)}",
                "img-src data:",
                "base-uri 'none'",
                "form-action 'none'",
            )
        )


def styles(*names: str) -> tuple[Inline, ...]:
    """Style sheets among the templates, after those that every page has."""
    return tuple(Inline.of(_source(f"{name}.css")) for name in ("tokens", "page", *names))


def scripts(*names: str, library: Sequence[str] = ()) -> tuple[Inline, ...]:
    """Scripts among the templates, after ``library`` sources and those that every page has."""
    own = [_source(f"{name}.js") for name in ("page", "evidence", *names)]
    return tuple(Inline.of(source) for source in (*library, *own))


def _source(name: str) -> str:
    return (resources.templates() / name).read_text(encoding="utf-8")


def render(template: str, page: Page, **context: Any) -> str:
    """Render a template of the installation.

    Parameters
    ----------
    template : file name.
    page : what the base template needs.
    context : what the template itself needs.
    """
    return environment().get_template(template).render(page=page, **context)


def listed_few(names: Sequence[str], limit: int = 6) -> str:
    """Names as in a sentence, beyond ``limit`` the number of the others."""
    shown = list(names[:limit])
    if len(names) > limit:
        shown.append(f"{len(names) - limit} more")
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def counted(number: int, words: Mapping[bool, str]) -> str:
    """A number with its noun: ``words[True]`` for one, ``words[False]`` for any other."""
    return f"{number} {words[number == 1]}"
