"""Query evaluation and query syntax, each case one request.

All data files stand in one store, as named graphs; the dataset of a test is chosen by the parameters of the protocol.
Requests go in turn as GET, as a form and as a direct POST, and ask in turn for each format that can carry the answer,
save where a test is about one format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import cycle

from tests.w3c.answers import BY_ENDING, READERS, Answer, Table, difference, read_graph
from tests.w3c.manifests import Case, Suite
from tests.w3c.outcomes import Outcome, Verdict, judged, outcome
from tests.w3c.service import NOWHERE, Service

_HOW = ("get", "form", "direct")
_TABLES = ("application/sparql-results+xml", "application/sparql-results+json", "text/tab-separated-values")
_GRAPHS = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")
_OF_ONE_FORMAT = ("csv-tsv-res", "json-res")
FROM = "FROM names a graph that is none of the server's, and nothing is fetched"
_COMMENT_OR_IRI = re.compile(r"""<[^<>"{}|^`\\\x00-\x20]*>|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#[^\n]*""")


def evaluations(cases: Sequence[Case]) -> list[Case]:
    """The cases that have an answer to compare."""
    return [c for c in cases if c.kind in ("QueryEvaluationTest", "CSVResultFormatTest")]


def data_files(cases: Sequence[Case]) -> dict[str, str]:
    """The graphs all these cases query, each named by its file."""
    files = {f for c in evaluations(cases) for f in (*c.before.default, *(file for _, file in c.before.named))}
    return {NOWHERE: ""} | {file: file for file in sorted(files)}


def run_queries(service: Service, suite: Suite, cases: Sequence[Case]) -> Iterator[Outcome]:
    """Ask the query of every evaluation case, and compare."""
    how, tables, graphs = cycle(_HOW), cycle(_TABLES), cycle(_GRAPHS)
    for case in evaluations(cases):
        media_type = BY_ENDING[case.result.rpartition(".")[2]]
        expected = expected_answer(suite, case, media_type)
        if case.folder not in _OF_ONE_FORMAT:
            if isinstance(expected, Table):
                media_type = next(tables)
            elif not isinstance(expected, bool):
                media_type = next(graphs)
        text = suite.text(case.request)
        yield judged(case, _wrong(service, case, text, media_type, next(how), expected))


def expected_answer(suite: Suite, case: Case, media_type: str) -> Answer:
    """The answer the suite expects."""
    reader = read_graph("turtle", case.result) if media_type == "text/turtle" else READERS[media_type]
    return reader(suite.text(case.result))


def _wrong(service: Service, case: Case, text: str, media_type: str, how: str, expected: Answer) -> str:
    default, named = list(case.before.default), [name for name, _ in case.before.named]
    if _chooses(text):
        default, named = [], []  # it chooses for itself; the protocol would overrule it
    elif not default:
        default = [NOWHERE]
    reply = service.ask(f"BASE <{case.request}>\n{text}", media_type, default, named, how)
    where = f"{how}, {media_type}: "
    if reply.status != 200:
        return f"{where}status {reply.status}: {reply.text[:300]}"
    if reply.media_type != media_type:
        return f"{where}came as {reply.media_type}"
    try:
        got = READERS[media_type](reply.text)
    except Exception as error:  # whatever a reader says of a broken answer
        return f"{where}cannot be read: {error!r}"
    wrong = difference(expected, got)
    return f"{where}{wrong}" if wrong else ""


def _chooses(text: str) -> bool:
    """Whether a query says FROM."""
    return "FROM" in without_comments(text).upper().split()


def without_comments(text: str) -> str:
    """A query without its comments, IRIs and strings: enough to look for keywords."""
    return _COMMENT_OR_IRI.sub(" ", text)


def run_syntax(service: Service, suite: Suite, cases: Sequence[Case]) -> Iterator[Outcome]:
    """Send the query of every syntax case: 2xx where it is one, 400 where it is none."""
    how = cycle(_HOW)
    for case in cases:
        if case.kind not in ("PositiveSyntaxTest11", "NegativeSyntaxTest11"):
            continue
        raw = suite.path(case.request).read_text(encoding="utf-8")
        reply = service.ask(raw, "*/*", how=next(how))
        good = case.kind.startswith("Positive")
        if good and reply.status == 400 and _chooses(raw):
            yield outcome(case, Verdict.REFUSED, f"{FROM}: answered {reply.status}")
            continue
        right = 200 <= reply.status < 300 if good else reply.status == 400
        yield judged(
            case, "" if right else f"{'2xx' if good else '400'} expected, {reply.status} got: {reply.text[:300]}"
        )


def run_refused(service: Service, suite: Suite, cases: Sequence[Case], why: str) -> Iterator[Outcome]:
    """Send queries that the server must refuse, whatever the suite expects of others."""
    for case in cases:
        reply = service.ask(suite.text(case.request), "*/*", default=[NOWHERE])
        if 400 <= reply.status < 500:
            yield outcome(case, Verdict.REFUSED, f"{why}: answered {reply.status}")
        else:
            yield outcome(case, Verdict.FAILED, f"not refused, but answered {reply.status}")
