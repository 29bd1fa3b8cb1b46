"""Labels that try to be markup, scripts or links stay text."""

from __future__ import annotations

import json

import pytest

from targetgraph import iris
from targetgraph.analysis.description.describing import Describer
from targetgraph.analysis.description.statements import PREF_LABEL, RDFS_LABEL, TYPE, Quad, Statements
from targetgraph.library.terms import Iri, Literal
from targetgraph.namespaces import PREFIXES, TG
from targetgraph.publish.ontology_docs import cleaned
from targetgraph.views.site.shell import FORMATS, Shell, assets
from targetgraph.views.site.thing import thing_page
from tests.site.reading import Reader

LANG = PREFIXES["rdf"] + "langString"
EVIL = "</script></title><img src=x onerror=alert(1)><script>alert(2)</script>\u2028\"'{{7*7}}"
TARGET = iris.target("x", 'T"><script>')
SHELL = Shell("v", (("Home", "index.html"),), FORMATS, complete=False, dump="data/index.html")


def _page() -> str:
    concept = iris.concept("sector", "evil")
    link = iris.link("x", "T", "sector", "evil")
    dct = PREFIXES["dct"]
    text = Literal(EVIL, LANG, "en")
    quads: list[Quad] = [
        (TARGET, TYPE, Iri(TG.Target), ""),
        (TARGET, RDFS_LABEL, text, ""),
        (TARGET, dct + "description", text, ""),
        (TARGET, dct + "source", Iri("javascript:alert(3)"), ""),
        (
            TARGET,
            dct + "source",
            Iri("data:text/html,<script>alert(4)</script>".replace("<", "%3C").replace(">", "%3E")),
            "",
        ),
        (TARGET, TG.verificationNote, text, ""),
        (concept, TYPE, Iri(PREFIXES["skos"] + "Concept"), ""),
        (concept, PREF_LABEL, Literal(EVIL, LANG, "ar"), ""),
        (link, TYPE, Iri(TG.Link), ""),
        (link, TG.linkSubject, Iri(TARGET), ""),
        (link, TG.concerns, Iri(concept), ""),
        (link, TG.rationale, text, ""),
        (link, TG.basis, Iri(TG.NamedInText), ""),
    ]
    return thing_page(Describer(Statements(quads), Statements()).describe(TARGET), SHELL, "x/target/T")


def test_read_by_a_parser() -> None:
    reader = Reader(_page())
    assert not reader.wrong
    assert not [link for link in reader.links if link.lower().startswith(("javascript", "data"))]
    node = json.loads("".join(reader.data))
    assert node["name"] == EVIL and node["description"] == EVIL


def test_read_by_a_browser(page, tmp_path) -> None:
    page.add_init_script("window.alert = text => { document.title = `alert ${text}`; };")
    for name, content in assets().items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    file = tmp_path / "x" / "target" / "T.html"
    file.parent.mkdir(parents=True)
    file.write_text(_page(), encoding="utf-8")
    page.goto(file.as_uri())
    assert page.locator("img").count() == 0
    assert not page.title().startswith("alert") and page.title().startswith(EVIL[:9])
    assert EVIL[:40] in page.locator("h1").inner_text()
    assert page.locator("[dir=rtl]").first.get_attribute("lang") == "ar"


@pytest.mark.parametrize(
    "written",
    [
        "<p onclick='x()'>t</p>", "<img src='https://x.y/z.png'>", "<style>p{}</style><p>t</p>", "<p>&lt;script&gt;</p>",
        "<a href='javascript:x()'>t</a>", "<a href='//x.y'>t</a>", "<script>alert(1)</script>",
        "<svg onload=x()><script>1</script></svg>", "<p style='color:red'>t</p>", "<iframe src=https://x.y></iframe>",
        "<link rel=stylesheet href=https://x.y>",
    ],
)  # fmt: skip
def test_nothing_harmful_is_left_of_what_a_tool_wrote(written) -> None:
    reader = Reader(cleaned(written))
    assert not reader.wrong and not reader.loads and not reader.links
