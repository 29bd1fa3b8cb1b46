"""Changes to the statements of a made-up registry, by cutting and copying lines: nothing here knows what a build does."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from targetgraph.namespaces import PREFIXES, TG

Lines = frozenset[bytes]
F0, F1 = "https://w3id.org/targetgraph/framework-00000", "https://w3id.org/targetgraph/framework-00001"
RDF_TYPE, LABEL = f"{PREFIXES['rdf']}type", f"{PREFIXES['rdfs']}label"
BROADER, REVISES = f"{PREFIXES['skos']}broader", f"{PREFIXES['prov']}wasRevisionOf"


def line(subject: str, predicate: str, value: str, graph: str = "framework/framework-00000") -> bytes:
    return f"<{subject}> <{predicate}> {value} <{PREFIXES['graph']}{graph}> .\n".encode()


def first(lines: Lines, pattern: str) -> str:
    """The first subject of lines that match, in the order of the alphabet."""
    found = (re.search(pattern.encode(), each) for each in sorted(lines))
    return next(m.string.split(b">")[0][1:].decode() for m in found if m)


def link(lines: Lines, target: str, kind: str) -> str:
    return first(lines, f"^<{F0}/link/{target}/{kind}/.*#linkSubject>")


def about(lines: Lines, subject: str, predicate: str = "") -> Lines:
    return frozenset(
        each for each in lines if each.startswith(f"<{subject}> {f'<{predicate}>' if predicate else ''}".encode())
    )


def set_to(lines: Lines, subject: str, predicate: str, value: str) -> Lines:
    """Another value in the place of all that are there."""
    return lines - about(lines, subject, predicate) | {line(subject, predicate, value)}


def copied(lines: Lines, pattern: str, old: str, new: str) -> Lines:
    """Lines that match once more, with other words in them."""
    return lines | {each.replace(old.encode(), new.encode()) for each in lines if re.search(pattern.encode(), each)}


def dropped(lines: Lines, pattern: str) -> Lines:
    return frozenset(each for each in lines if not re.search(pattern.encode(), each))


def wording(lines: Lines, target: str) -> str:
    return first(lines, f"^<{F0}/wording/{target}/.*#wordingOf>")


def actor(lines: Lines, beginning: str) -> str:
    return first(lines, f"^<[^>]*/scheme/actor/{beginning}.*#Actor")


def integer(number: int) -> str:
    return f'"{number}"^^<{PREFIXES["xsd"]}integer>'


LOCAL: dict[str, Callable[[Lines], Lines]] = {
    "another label": lambda g: set_to(g, f"{F0}/target/T2", LABEL, '"Called otherwise"@en'),
    "another place in the list": lambda g: set_to(g, f"{F0}/target/T1", TG.order, integer(99)),
    "no deadline": lambda g: g - about(g, f"{F0}/target/T4", TG.deadlineYear),
    "a new target": lambda g: copied(g, f"<{F0}/.*/T1[/>]", "/T1", "/T1x"),
    "a target less": lambda g: dropped(g, f"{F0}/.*/T5[/>]"),
    "a target in another framework": lambda g: set_to(g, f"{F0}/target/T6", TG.inFramework, f"<{F1}>"),
    "a link less": lambda g: g - about(g, link(g, "T2", "actor")),
    "a link to something else": lambda g: copied(g, f"^<{link(g, 'T3', 'sector')}>", "/scheme/sector/", "/scheme/stage/"),
    "a basis": lambda g: set_to(g, first(g, f"^<{F0}/link/T[23]/stage/.*#Implied"), TG.basis, f"<{TG.NamedInText}>"),
    "a link about two targets": lambda g: g | {line(link(g, "T3", "stage"), TG.linkSubject, f"<{F0}/target/T4>")},
    "words in brackets": lambda g: g | {
        line(link(g, "T4", "actor"), TG.restsOn, f"<{F0}/passage/x>"),
        line(f"{F0}/passage/x", RDF_TYPE, f"<{TG.BracketedPassage}>"),
        line(f"{F0}/passage/x", LABEL, '"new words"'),
    },
    "a hedge less": lambda g: g - about(g, first(g, f"^<{F0}/.*#Hedge>")),
    "a wording revised": lambda g: g | {line(f"{F0}/wording/x", REVISES, f"<{wording(g, 'T2')}>")},
    "a source in two graphs": lambda g: copied(
        g, f"^<{F0}/target/T2> <[^>]*/source>", "graph/framework/framework-00000", "graph/more"
    ),
    "that graph gone": lambda g: dropped(g, "graph/more> "),
    "a dependency": lambda g: g | {
        line(f"{F0}/link/x", RDF_TYPE, f"<{TG.DependencyLink}>"),
        line(f"{F0}/link/x", TG.linkSubject, f"<{F0}/target/T4>"),
        line(f"{F0}/link/x", TG.prerequisite, f"<{F0}/target/T1>"),
        line(f"{F0}/link/x", TG.confidence, f'"0.6"^^<{PREFIXES["xsd"]}decimal>'),
    },
    "an assessment less": lambda g: g - about(g, first(g, f"^<{F0}/assessment/")),
    "a new concept": lambda g: copied(g, "^<[^>]*/scheme/sector/agriculture>", "sector/agriculture>", "sector/agriculture-x>"),
    "a concept less": lambda g: dropped(g, "^<[^>]*/scheme/sector/agriculture>"),
    "a hierarchy": lambda g: g | {line(actor(g, ""), BROADER, f"<{actor(g, '[g-z]')}>")},
    "a new objective": lambda g: copied(g, f"^<{F0}/objective/O1>", "/O1>", "/O0>"),
    "a framework less": lambda g: dropped(set_to(g, f"{F0}/target/T6", TG.inFramework, f"<{F0}>"), f"{F1}[/>]"),
    "a framework back, and called otherwise": lambda g: copied(g, f"<{F0}[/>]", "framework-00000", "framework-00007"),
}  # fmt: skip
"""Changes after which few rows are to be coded again."""


def at_random(lines: Lines, random: Random) -> Lines:
    """One change to anything but the ontology: a line gone, a thing gone, a thing copied, an object exchanged."""
    eligible = sorted(each for each in lines if b"_:" not in each and b"graph/ontology>" not in each)
    # Half of what is changed is about targets and links: there is more that can go wrong.
    local = [each for each in eligible if b"graph/framework/" in each]
    chosen = random.choice(random.choice([eligible, local]))
    subject = chosen.split(b">")[0] + b">"
    of_subject = {each for each in lines if each.startswith(subject)}
    match random.randrange(5):
        case 0:
            return lines - {chosen}
        case 1:
            return lines - of_subject
        case 2:
            return lines | {each.replace(subject, subject[:-1] + b"-x>", 1) for each in of_subject}
        case 3:
            predicate = chosen.split(b" ")[1]
            other = random.choice([each for each in eligible if each.split(b" ")[1] == predicate])
            return lines - {chosen} | {subject + other[other.index(b"> ") + 1 :]}
        case _:
            number = re.sub(rb"\d+", b"1", subject.rpartition(b"/")[2])
            return lines | {each.replace(subject, subject.rpartition(b"/")[0] + b"/" + number) for each in of_subject}
