"""The changes as a Linked Data Event Stream, in pages of TriG.

Vocabulary: Linked Data Event Streams and the TREE hypermedia specification (both W3C TREE community group, SEMIC); creation,
change and deletion are told with the classes of ActivityStreams 2.0. The first page names the stream, its shape, the first
page of each step, and the moment of each version, after which a copy of that version has to read on; a step's pages follow
one another. Pages of a step never change.

A page holds the things whose statements begin in one stretch of the step's file, so that any page is found without reading
the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Final
from urllib.parse import urljoin

from targetgraph import iris
from targetgraph.errors import TargetGraphError
from targetgraph.publish.changes.lines import has_blank
from targetgraph.publish.changes.members import Member, blank_members, members_of
from targetgraph.publish.changes.steps import ADDED, Feed, SignedLine, Step

STRETCH: Final = 1 << 18
"""Bytes of a step's file that make a page."""

MEDIA_TYPE: Final = "application/trig"
_STREAM: Final = iris.changes()
_PREFIXES: Final = """\
PREFIX as: <https://www.w3.org/ns/activitystreams#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX ldes: <https://w3id.org/ldes#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX tree: <https://w3id.org/tree#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

"""


def address(step: int = 0, page: int = 1) -> str:
    """Address of a page relative to the base of the site; without a step, of the first."""
    return f"changes/{step}/{page}" if step else "changes/"


def pages_of(step: Step, stretch: int = STRETCH) -> int:
    """How many pages a step has; the last is for statements with blank nodes."""
    return -(-step.ground().stat().st_size // stretch) + 1


def first_page(feed: Feed, base: str = iris.BASE, stretch: int = STRETCH) -> Iterator[str]:
    """The page that everything begins with.

    Parameters
    ----------
    base : URL of the site; the stream and its members keep their names wherever they are served.
    """
    node = urljoin(base, address())
    yield _PREFIXES
    yield f"""\
<{_STREAM}> a ldes:EventStream ;
  dct:title "Changes of TargetGraph"@en ;
  ldes:timestampPath prov:generatedAtTime ;
  ldes:versionOfPath dct:isVersionOf ;
  ldes:versionCreateObject as:Create ;
  ldes:versionUpdateObject as:Update ;
  ldes:versionDeleteObject as:Delete ;
  tree:shape <{_STREAM}#shape> ;
  tree:view <{node}> .

<{_STREAM}#shape> a sh:NodeShape ;
  sh:property [ sh:path dct:isVersionOf ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path prov:generatedAtTime ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:dateTime ] ,
    [ sh:path foaf:primaryTopic ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dct:isPartOf ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path rdf:type ; sh:minCount 1 ; sh:in ( as:Create as:Update as:Delete ) ] .

<{node}> a tree:Node .
"""
    if feed.steps:
        # Everything is kept from the step on that the feed began, or last began anew, with.
        begun = next(step for step in reversed(feed.steps) if step.begins)
        kept_from = begun.record.recorded
        yield f"""\
<{node}> ldes:retentionPolicy [ a ldes:RetentionPolicy ; ldes:startingFrom "{kept_from}"^^xsd:dateTime ] .
"""
        for step in feed.since():
            yield _relation(node, urljoin(base, address(step.record.number)), step.record.recorded)
            version = iris.dataset(step.record.after)
            yield f'<{version}> prov:generatedAtTime "{step.record.recorded}"^^xsd:dateTime .\n'


def _relation(node: str, to: str, moment: str = "") -> str:
    if not moment:
        return f"<{node}> tree:relation [ a tree:Relation ; tree:node <{to}> ] .\n"
    return (
        f"<{node}> tree:relation [ a tree:GreaterThanOrEqualToRelation ; tree:path prov:generatedAtTime ;\n"
        f'  tree:value "{moment}"^^xsd:dateTime ; tree:node <{to}> ] .\n'
    )


def step_page(feed: Feed, number: int, page: int, base: str = iris.BASE, stretch: int = STRETCH) -> Iterator[bytes]:
    """A page of a step.

    Parameters
    ----------
    number, page : both from 1.

    Raises
    ------
    TargetGraphError
        when there is no such page.
    """
    step = next((s for s in feed.steps if s.record.number == number), None)
    last = pages_of(step, stretch) if step else 0
    if step is None or not 1 <= page <= last:
        raise TargetGraphError(
            f"the feed has no page {page} of step {number}", remedy=f"begin with {urljoin(base, address())}"
        )
    return _page(step, page, last, base, stretch)


def whole(steps: Iterable[Step]) -> Iterator[bytes]:
    """The members of steps as one document, without pages."""
    yield _PREFIXES.encode()
    yield f"<{_STREAM}> a ldes:EventStream .\n".encode()
    for step in steps:
        for members in (members_of(step.ground_lines()), blank_members(step)):
            for member in members:
                yield from _told(member, step)


def _page(step: Step, page: int, last: int, base: str, stretch: int) -> Iterator[bytes]:
    node = urljoin(base, address(step.record.number, page))
    yield _PREFIXES.encode()
    yield f"<{node}> a tree:Node ; ldes:immutable true .\n<{_STREAM}> tree:view <{node}> .\n".encode()
    if page < last:
        yield _relation(node, urljoin(base, address(step.record.number, page + 1))).encode()
    members = members_of(_stretch_of(step, (page - 1) * stretch, stretch)) if page < last else blank_members(step)
    for member in members:
        yield from _told(member, step)


def _told(member: Member, step: Step) -> Iterator[bytes]:
    this = member.iri(step.record.number)
    topic = f" ; foaf:primaryTopic <{member.about}>" if member.about else ""
    graph = f" ; dct:isPartOf <{member.graph}>" if member.graph else ""
    yield (
        f"\n<{_STREAM}> tree:member <{this}> .\n"
        f"<{this}> a as:{member.fate} ; dct:isVersionOf <{member.record}>{topic}{graph} ;\n"
        f'  prov:generatedAtTime "{step.record.recorded}"^^xsd:dateTime ;\n'
        f"  prov:wasGeneratedBy <{iris.dataset(step.record.after)}#build> .\n"
    ).encode()
    if member.triples:
        yield f"GRAPH <{this}> {{\n".encode()
        yield from member.triples
        yield b"}\n"


def _stretch_of(step: Step, start: int, length: int) -> Iterator[SignedLine]:
    """The lines of the things that begin in a stretch of a step's file; those of a thing are never parted."""
    lead = 0 if step.begins else 1
    with step.ground().open("rb") as file:
        carried = b""
        if start:
            # The thing of the line that reaches up to the stretch began before it: the page before tells it.
            file.seek(_line_begin(file, start - 1))
            carried = _subject(file.readline()[lead:])
        current = carried
        while line := file.readline():
            own = _subject(line[lead:])
            if own != current and file.tell() - len(line) >= start + length:
                return
            current = own
            if own != carried and not has_blank(line[lead:]):
                yield (ADDED, line) if step.begins else (line[:1], line[1:])


def _line_begin(file: IO[bytes], place: int) -> int:
    """Where the line begins that the byte at ``place`` belongs to."""
    while place:
        reach = min(place, 1 << 12)
        file.seek(place - reach)
        end = file.read(reach).rfind(b"\n")
        if end >= 0:
            return place - reach + end + 1
        place -= reach
    return 0


def _subject(line: bytes) -> bytes:
    return line[: line.index(b" ")]
