"""Ways to spoil the small folder, and the problem each must lead to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.reading.folders import Folder

Spoil = Callable[[Folder], None]


@dataclass(frozen=True)
class Case:
    """A way to spoil the small folder, and the one problem it must lead to."""

    name: str
    spoil: Spoil
    file: str
    row: int | None
    column: str
    what: str
    remedy: str


def put(file: str, row: int, column: str, value: str) -> Spoil:
    return lambda folder: folder.put(file, row, column, value)


def add(file: str, **cells: str) -> Spoil:
    return lambda folder: folder.add(file, **cells)


def raw(file: str, change: Callable[[bytes], bytes]) -> Spoil:
    return lambda folder: folder.raw.update({file: change(folder.bytes_of(file))})


def grid(file: str, change: Callable[[list[list[str]]], object]) -> Spoil:
    def spoil(folder: Folder) -> None:
        change(folder.grids[file])

    return spoil


def drop(column: str) -> Callable[[list[list[str]]], None]:
    def change(rows: list[list[str]]) -> None:
        at = rows[0].index(column)
        for row in rows:
            del row[at]

    return change


def widen(heading: str) -> Callable[[list[list[str]]], None]:
    def change(rows: list[list[str]]) -> None:
        for number, row in enumerate(rows):
            row.append(heading if number == 0 else "")

    return change


A, S, T, W = "actors.csv", "sectors.csv", "plan/targets.csv", "plan/wordings.csv"
P, L, D, F = "plan/passages.csv", "plan/links.csv", "documents.csv", "frameworks.csv"
LINK = {"basis": "named", "confidence": "high", "status": "sourced"}

CASES = [
    # the heading
    Case("missing column", grid(A, drop("broader")), A, 1, "broader", "missing", "add the column"),
    Case("missing key column", grid(A, drop("id")), A, 1, "id", "missing", "add the column"),
    Case("misspelt extra column", grid(A, widen("isic_sektion")), A, 1, "isic_sektion", "not a column",
         "rename"),
    Case("capital column", grid(S, widen("Note ")), S, 1, "Note", "not a column", "rename or delete"),
    Case("misspelt column", put(S, 1, "isic_section", "isic_sektion"), S, 1, "isic_sektion", "not a column",
         "did you mean 'isic_section'?"),
    Case("reserved framework", add(F, id="graph", label="x", short_label="x", status="adopted",
                                   verification="recalled"), F, 3, "id",
         "cannot be called 'graph'", "graph-framework"),
    Case("column twice", grid(A, widen("note")), A, 1, "note", "two columns are called 'note'", "delete or rename"),
    Case("very wide", grid(A, lambda rows: rows[0].extend(["x"] * 300)), A, 1, "",
         "the heading has 311 columns, more than 200", "keep the columns"),
    Case("no heading", grid(A, widen(" ")), A, 1, "number 12", "column 12 has no heading", "name the column"),
    Case(
        "semicolons",
        raw(S, lambda data: data.replace(b",", b";")),
        S,
        1,
        "id;kind;broader;umbrella;label_en;isic_section;isic_division;note;status;source",
        "not a column",
        "separated by semicolons",
    ),
    Case("a heading of thousands", raw(S, lambda d: b"x" + b",x" * 9000), S, 1, "", "9,001 columns", "keep"),
    # rows
    Case("too few cells", grid(S, lambda g: g[2].pop()), S, 3, "", "9 cells, fewer",
         "a comma for every cell"),
    Case("too many cells", grid(S, lambda g: g[2].append("x")), S, 3, "", "11 cells, more",
         "quotation marks"),
    Case("empty file", raw(S, lambda data: b""), S, 1, "", "the file is empty",
         "heading id,broader,label_en"),
    Case("blank file", raw(S, lambda data: b"\xef\xbb\xbf \n,,\n"), S, 1, "", "is empty",
         "heading id,broader"),
    Case("heading only", grid(T, lambda g: g.__delitem__(slice(1, None))), T, 1, "", "no rows",
         "at least one row"),
    Case("row after a cell of two lines", put(T, 4, "deadline", "20x0"), T, 5, "deadline", "not a year",
         "four"),
    # identifiers
    Case("duplicate id", add(A, id="agency", kind="category", label_en="x", status="recalled"), A, 5, "id",
         "'agency' is given twice; first in actors.csv, row 4", "of its own"),
    Case("duplicate target", grid(T, lambda g: g.append(g[1])), T, 6, "id", "plan/targets.csv, row 2",
         "delete one"),
    Case("id with a space", put(D, 3, "id", "dra ft"), D, 3, "id", "not an identifier", "small letters"),
    Case("id in capitals", put("issues.csv", 2, "id", "Dust"), "issues.csv", 2, "id", "not an ident",
         "small letters"),
    Case("id with a bell", put(S, 3, "id", "pap\x07er"), S, 3, "id", "U+0007", "delete that character"),
    Case("id with a bidi override", put(S, 3, "id", "pap\u202eer"), S, 3, "id",
         "U+202E (right-to-left override)", ""),
    Case("id with a zero width space", put(S, 3, "id", "pap\u200ber"), S, 3, "id",
         "U+200B (zero width space)", ""),
    Case("id of a Greek letter", put(S, 3, "id", "ραρερ"), S, 3, "id", "not an identifier", "small letters"),
    Case("target id with a slash", put(T, 4, "id", "../T3"), T, 5, "id", "not an identifier", "no spaces"),
    Case("id too long", put(S, 3, "id", "p" * 101), S, 3, "id", "101 characters", "small letters"),
    # references
    Case("unknown actor", put(L, 2, "concept", "agencie"), L, 2, "concept", "no actor 'agencie'",
         "mean 'agency'"),
    Case("unknown sector", put(L, 3, "concept", "papper"), L, 3, "concept", "no sector", "mean 'paper'"),
    Case("unknown stage", put(L, 4, "concept", "wast"), L, 4, "concept", "no stage", "mean 'waste'"),
    Case("unknown SDG", put(L, 5, "concept", "12.44"), L, 5, "concept", "no SDG '12.44'", "mean '12.4'"),
    Case("unknown indicator", put(L, 6, "concept", "report"), L, 6, "concept", "no indicator",
         "mean 'reports'"),
    Case("unknown issue", put(L, 7, "concept", "rust"), L, 7, "concept", "no issue 'rust'", "mean 'dust'"),
    Case("unknown target", put(L, 7, "target", "T9"), L, 7, "target", "no target 'T9'", "T1, T2, T3"),
    Case("unknown passage", put(L, 4, "rests_on", "bracket-2"), L, 4, "rests_on", "no passage",
         "'bracket-1'"),
    Case("passage of another target", put(L, 7, "rests_on", "bracket-1"), L, 7, "rests_on", "no passage",
         "T2"),
    Case("unknown source", put(A, 4, "source", "akt"), A, 4, "source", "no document 'akt'", "mean 'act'"),
    Case("unknown document", put(F, 2, "document", "acts"), F, 2, "document", "no document", "mean 'act'"),
    Case("unknown objective", put(T, 2, "objective", "O2"), T, 2, "objective", "no objective",
         "objectives.csv of plan (O1)"),
    Case("unknown scope phrase", put(T, 2, "scope_phrase", "waste;wastes"), T, 2, "scope_phrase", "no stage",
         "waste"),
    Case("unknown framework", put("dependencies.csv", 2, "framework", "plann"), "dependencies.csv", 2,
         "framework",
         "no framework 'plann'", "mean 'plan'"),
    Case("unknown SDG indicator", put("indicators.csv", 2, "sdg_indicator", "12.4.1;12.4.9"),
         "indicators.csv", 2,
         "sdg_indicator", "no SDG indicator '12.4.9'", "mean"),
    Case("unknown broader", put(S, 3, "broader", "industri"), S, 3, "broader", "no sector",
         "mean 'industry'"),
    Case("unknown successor", put("lineage.csv", 2, "successor", "T7"), "lineage.csv", 2, "successor",
         "no target", "targets.csv"),
    Case("unknown assessed concept", put("assessments.csv", 3, "concept", "wiste"), "assessments.csv", 3,
         "concept",
         "there is no actor or sector or stage", "mean 'waste'"),
    # values
    Case("year in words", put(T, 2, "deadline", "soon"), T, 2, "deadline", "'soon' is not a year",
         "1900 to 2200"),
    Case("year too early", put(T, 2, "deadline", "1899"), T, 2, "deadline", "not a year", "1900 to 2200"),
    Case("year too late", put(T, 2, "deadline", "2201"), T, 2, "deadline", "not a year", "1900 to 2200"),
    Case("year in Arabic digits", put(T, 2, "deadline", "٢٠٣٠"), T, 2, "deadline", "not a year",
         "four digits"),
    Case("no such day", put(D, 2, "date_start", "2023-02-30"), D, 2, "date_start", "not a date",
         "2023-09-30"),
    Case("date the other way", put(D, 2, "date_start", "30.9.2023"), D, 2, "date_start", "not a date",
         "2023-09"),
    Case("bad choice", put(L, 2, "basis", "namd"), L, 2, "basis", "'namd' is not one",
         "did you mean 'named'?"),
    Case("bad yes or no", put(A, 2, "umbrella", "maybe"), A, 2, "umbrella", "neither yes nor no",
         "write yes or no"),
    Case("bad number", put("stages.csv", 2, "order", "-1"), "stages.csv", 2, "order", "not a whole number",
         "digits"),
    Case("empty required cell", put(T, 3, "label", " "), T, 3, "label", "the cell is empty", "fill it in"),
    Case("bad language", put(W, 4, "language", "English"), W, 4, "language", "not an identifier",
         "language tag"),
    Case("bad Wikidata", put(A, 4, "wikidata", "42"), A, 4, "wikidata", "not an identifier", "Q7817"),
    Case("relative address", put(A, 4, "homepage", "www.example.org"), A, 4, "homepage", "not an abs",
         "full address"),
    Case("script address", put(A, 4, "homepage", "javascript:alert(1)"), A, 4, "homepage", "http",
         "full address"),
    Case("address with a space", put(A, 4, "homepage", "https://example.org/a b"), A, 4, "homepage",
         "a space", "full"),
    Case("address with a bracket", put(A, 4, "homepage", "https://example.org/<a>"), A, 4, "homepage", "'<'",
         "full"),
    Case("address with bad escape", put(A, 4, "homepage", "https://example.org/%zz"), A, 4, "homepage",
         "well-formed",
         "full address"),
    Case("source with commas", put(A, 3, "source", "https://a.org, https://b.org"), A, 3, "source", "a space",
         'separated by " ; "'),
    Case("same address twice", put("sdgs.csv", 3, "un_iri", "http://metadata.un.org/sdg/12"), "sdgs.csv", 3,
         "un_iri",
         "already that of '12'", "one of its own"),
    Case("listed twice", put(T, 2, "scope_phrase", "waste;waste"), T, 2, "scope_phrase", "listed twice",
         "once"),
    Case("control character in text", put(T, 2, "label", "Re\x1bport"), T, 2, "label", "U+001B",
         "delete that"),
    # what spreadsheets would run or cut
    *(
        Case(f"formula {cell!r}", put(T, 2, "note", cell), T, 2, "note", "begins like a formula",
         "begin with a letter")
        for cell in ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\rx", "  =1",
         "- dash", "＝1", "＠a")
    ),
    Case("formula in a choice", put(L, 2, "basis", "=named"), L, 2, "basis", "like a formula", "begin with"),
    Case("cell of 32,768", put(T, 2, "summary", "x" * 32_768), T, 2, "summary", "32,768 characters",
         "shorten"),
    Case("cell of 200,000", put(T, 2, "summary", "x" * 200_000), T, 2, "summary", "more than the 32,767",
         "shorten"),
    Case("quoted cell of 200,000", put(T, 3, "summary", "x,\n" * 70_000), T, 3, "summary", "32,767",
         "shorten"),
    # bytes
    Case("Latin-1", raw(S, lambda d: d.replace(b"Paper", b"Pap\xe9")), S, 3, "label_en",
         "byte 0xE9 at position 31 of line 3", "Latin-1 or Windows-1252 (the byte would be 'é')"),
    Case("Latin-1 after a cell of two lines", raw(T, lambda d: d.replace(b"Forget", b"Forg\xe9t")), T, 5,
         "label",
         "of line 5", "CSV UTF-8"),
    Case("UTF-16", raw(S, lambda d: d.decode().encode("utf-16")), S, 1, "", "not UTF-8: it looks like UTF-16",
         "UTF-8"),
    Case("UTF-16 without a mark", raw(S, lambda d: d.decode().encode("utf-16-be")), S, 1, "",
         "looks like UTF-16",
         "open it as UTF-16"),
    Case("NUL", raw(S, lambda d: d.replace(b"Paper", b"Pa\0per")), S, 3, "label_en", "line 3 contains a NUL",
         "export"),
    Case("workbook", raw(S, lambda d: b"PK\x03\x04" + d), S, 1, "", "this is a spreadsheet workbook, not CSV", "CSV UTF-8"),
    Case("quote never closed", raw(S, lambda d: d.replace(b"Paper", b'"Paper')), S, 3, "label_en",
         "a quotation mark is opened here and never closed",
         "written twice"),
    Case("text after a quote", raw(S, lambda d: d.replace(b"Paper", b'"Pap"er')), S, 3, "label_en",
         "text follows a closing quotation mark", "written twice"),
    Case("old Macintosh", raw(S, lambda d: d.replace(b"\r\n", b"\r")), S, 1, "", "bare carriage return",
         "line ends"),
    # what must hold between cells and rows
    Case("broader than itself", put(S, 2, "broader", "industry"), S, 2, "broader",
         "'industry' is said to be broader",
         "leave the cell empty"),
    Case("circle", put(A, 2, "broader", "agency"), A, 2, "broader",
         "everybody → agency → ministries → everybody",
         "outside the circle"),
    Case("duplicate link", grid(L, lambda g: g.append(g[1])), L, 8, "role",
         "same framework, target, dimension, concept",
         "delete one"),
    Case("duplicate link without role", grid(L, lambda g: g.append(g[2])), L, 8, "concept",
         "as plan/links.csv, row 3",
         "delete one"),
    Case("role on a sector", put(L, 3, "role", "responsible"), L, 3, "role", "only a link to an actor",
         "leave the cell"),
    Case("actor without role", put(L, 2, "role", ""), L, 2, "role", "needs a role", "'unstated'"),
    Case("dropped with successor", put("lineage.csv", 2, "relation", "dropped"), "lineage.csv", 2,
         "successor_framework",
         "has no successor", "empty the cell"),
    Case("became nothing", put("lineage.csv", 3, "relation", "became"), "lineage.csv", 3,
         "successor_framework",
         "needs a successor", "or say dropped"),
    Case("became itself", put("lineage.csv", 2, "successor", "T1"), "lineage.csv", 2, "successor",
         "its own successor",
         "another target"),
    Case("needs itself", put("dependencies.csv", 2, "needs", "T2"), "dependencies.csv", 2, "needs",
         "need itself",
         "another target"),
    Case("need each other", add("dependencies.csv", framework="plan", target="T1", needs="T2", confidence="high",
                                rationale="Said so"), "dependencies.csv", 2, "needs",
         "need one another in a circle: T2 → T1 → T2",
         "one target has to come first"),
    Case("goal that is a target", put("sdgs.csv", 3, "goal", "12.4"), "sdgs.csv", 3, "goal", "not a goal",
         "name the goal"),
    Case("framework without targets",
         add(F, id="other", label="x", short_label="x", status="adopted", verification="recalled"),
         F, 3, "id", "'other' has no targets", "other/targets.csv"),
    # wordings
    Case("revises a stranger", put(W, 4, "revises", "draft"), W, 4, "revises", "no wording in 'draft'",
         "add that wording"),
    Case("revisions in a circle", put(W, 2, "revises", "act"), W, 2, "revises", "draft → act → draft",
         "earliest"),
    Case("quote not there", put(P, 2, "quote", "[and Waste]"), P, 2, "quote", "does not contain",
         "other capitals"),
    Case("quote ambiguous", put(P, 3, "occurrence", ""), P, 3, "occurrence", "2 times",
         "a number from 1 to 2"),
    Case("no such occurrence", put(P, 3, "occurrence", "3"), P, 3, "occurrence", "no occurrence 3",
         "from 1 to 2"),
    Case("occurrence zero", put(P, 3, "occurrence", "0"), P, 3, "occurrence", "no occurrence 0",
         "from 1 to 2"),
    Case("nothing to quote from", put(P, 4, "target", "T3"), P, 4, "target", "'T3' has no wording",
         "wordings.csv"),
    Case("no wording there", put(P, 4, "document", "draft"), P, 4, "document", "no wording with document",
         "act"),
    Case("link made against a stranger", put(L, 6, "made_against", "draft"), L, 6, "made_against",
         "no wording", "act"),
    # files
    Case("misnamed table", lambda folder: folder.raw.update({"actor.csv": b"id\n"}), "actor.csv", None, "",
         "not the name of a table",
         "did you mean 'actors.csv'?"),
    Case("table in the wrong place", lambda folder: folder.raw.update({"links.csv": b"id\n"}), "links.csv",
         None, "",
         "not the name of a table", "folder of a framework"),
    Case("folder of no framework", lambda folder: folder.raw.update({"plam/links.csv": b"id\n"}), "plam",
         None, "",
         "no framework 'plam'", "did you mean 'plan'?"),
]  # fmt: skip
