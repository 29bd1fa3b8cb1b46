"""Documentation of the ontology, made by pyLODE and made safe: no script, style, image or outside request is left in it.

It is made where the ontology is edited, by `targetgraph ontology`, and lies beside it (`FILE`) under the hash of what it
documents. Whoever serves it needs no pyLODE. Where it does not belong to the ontology, pages list the terms themselves.
"""

from __future__ import annotations

import hashlib
import html
import importlib.util
import re
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Final

from targetgraph import iris, resources

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

FILE: Final = "documentation.html"
"""Beside the files of the ontology."""

_MAKER: Final = "pylode"
_SECONDS: Final = 120
# What is kept of pyLODE's page: structure and links. Everything else is dropped, of the third kind with its content.
_KEPT: Final = frozenset(
    {
        "a", "code", "dd", "div", "dl", "dt", "em", "h2", "h3", "h4", "li", "ol", "p", "pre", "span", "strong", "sup",
        "table", "tbody", "td", "th", "tr", "ul",
    }
)  # fmt: skip
_WITH_CONTENT: Final = frozenset({"script", "style", "head", "h1", "svg"})
_VOID: Final = frozenset({"img", "link", "meta", "br", "input", "hr"})
_CLASSES: Final = frozenset({"entity", "section", "second", "hlist"})
_ENTITY = re.compile(r'<div[^>]*\bentity\b[^>]*\bid="([^"]+)"[^>]*>.*?<code>([^<]+)</code>', re.DOTALL)


def documentation(ontology: Graph, path: Path | None = None) -> str | None:
    """The documentation of an ontology as a piece of HTML, safe to put into a page of ours.

    Parameters
    ----------
    ontology : its statements.
    path : the file of the documentation; that of the package by default.

    Returns
    -------
    str or None
        None where there is none, or it is of another ontology.
    """
    try:
        head, _, text = (path or resources.ontology() / FILE).read_text(encoding="utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return None
    return text if head == _head(ontology) else None


def written(ontology: Graph) -> str | None:
    """What the file of the documentation has to hold; None where pyLODE is not installed, or fails."""
    if importlib.util.find_spec(_MAKER) is None:
        return None
    made = _made(ontology)
    return None if made is None else f"{_head(ontology)}\n{cleaned(made)}\n"


def _head(ontology: Graph) -> str:
    return f"<!-- made by pyLODE of the ontology {_fingerprint(ontology)} -->"


def _fingerprint(ontology: Graph) -> str:
    lines = sorted(f"{s.n3()} {p.n3()} {o.n3()}" for s, p, o in ontology if "_:" not in f"{s.n3()[:2]}{o.n3()[:2]}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def _made(ontology: Graph) -> str | None:
    """What pyLODE makes of an ontology; None when it fails.

    It takes every concept scheme for an ontology of its own; ours hold the fixed values and are left out. It stumbles over
    class expressions inside class expressions (``unhashable type: 'list'``, as of 3.3.4); what is said by them is left to
    definitions and to the ontology itself. It runs in a process of its own: it takes the logging of the whole process over.
    """
    from rdflib import RDF, SKOS, Graph

    copy = Graph()
    for prefix, namespace in ontology.namespaces():
        copy.bind(prefix, namespace)
    nested = _nested(ontology)
    for triple in ontology:
        if triple[1:] != (RDF.type, SKOS.ConceptScheme) and triple[2] not in nested and triple[0] not in nested:
            copy.add(triple)
    with tempfile.TemporaryDirectory(prefix="targetgraph-") as folder:
        given, made = Path(folder) / "ontology.ttl", Path(folder) / "ontology.html"
        copy.serialize(given, format="turtle")
        command = [sys.executable, "-m", _MAKER, "-s", str(given), "-o", str(made)]
        try:
            subprocess.run(command, cwd=folder, capture_output=True, timeout=_SECONDS, check=True)
            return made.read_text(encoding="utf-8")
        except (OSError, subprocess.SubprocessError):
            return None


def _nested(ontology: Graph) -> set[Node]:
    """Blank nodes that belong to a class expression with another one inside."""
    from rdflib import OWL, RDF, RDFS, BNode

    found: set[Node] = set()
    for axiom in (RDFS.subClassOf, OWL.equivalentClass, RDFS.domain, RDFS.range):
        for expression in ontology.objects(None, axiom):
            if not isinstance(expression, BNode):
                continue
            inside: set[Node] = set()
            pending: list[Node] = [expression]
            while pending:
                node = pending.pop()
                inside.add(node)
                pending += [o for o in ontology.objects(node) if isinstance(o, BNode) and o not in inside]
            if sum(1 for node in inside if (node, RDF.first, None) not in ontology) > 1:
                found |= inside
    return found


def cleaned(written: str) -> str:
    """Only the structure and the web links of a page of pyLODE, with anchors named after the terms.

    pyLODE names anchors after labels; ``ontology#BracketedPassage`` has to lead somewhere, so they are renamed.
    """
    named = {anchor: iri.rpartition("#")[2] for anchor, iri in _ENTITY.findall(written) if iri.startswith(iris.TERMS)}
    cleaner = _Cleaner(named)
    cleaner.feed(written)
    cleaner.close()
    return "".join(cleaner.pieces)


class _Cleaner(HTMLParser):
    """Copies what is known to be harmless, and nothing else."""

    def __init__(self, named: dict[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._named = named
        self._dropping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _WITH_CONTENT:
            self._dropping += 1
        elif not self._dropping and tag in _KEPT:
            kept = [f' {name}="{html.escape(value)}"' for name, value in self._attributes(dict(attrs))]
            self.pieces.append(f"<{tag}{''.join(kept)}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in _WITH_CONTENT:
            self._dropping = max(0, self._dropping - 1)
        elif not self._dropping and tag in _KEPT:
            self.pieces.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._dropping:
            self.pieces.append(html.escape(re.sub(r"\s*\n\s*", "\n", data), quote=False))

    def _attributes(self, given: dict[str, str | None]) -> list[tuple[str, str]]:
        found = []
        if anchor := given.get("id"):
            found.append(("id", self._named.get(anchor, f"pylode-{anchor}")))
        if href := self._address(given.get("href") or ""):
            found.append(("href", href))
        if kept := _CLASSES.intersection((given.get("class") or "").split()):
            found.append(("class", " ".join(sorted(kept))))
        return found

    def _address(self, href: str) -> str:
        """A link to a term of ours stays on the page; of the others only web addresses are kept."""
        if href.startswith(iris.TERMS):
            return "#" + href.removeprefix(iris.TERMS)
        if href.startswith("#"):
            return "#" + self._named.get(href[1:], f"pylode-{href[1:]}")
        return href if href.startswith(("http://", "https://")) else ""
