"""A small folder of tables that is right in every respect, for tests to spoil."""

# The tables below are shown a row a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import copy
import csv
import io
from pathlib import Path

Grid = list[list[str]]

_TEXT = "Plants report releases, as appropriate, and reduce them [and waste] as appropriate."

_TABLES: dict[str, str] = {
    "actors.csv": """id,kind,broader,umbrella,label_en,label_fr,homepage,wikidata,note,status,source
everybody,category,,yes,Everybody,Tout le monde,,,,recalled,
ministries,category,everybody,no,Ministries,,,,,sourced,https://example.org/ministries ; act
agency,organisation,ministries,no,Agency,,https://example.org/agency,Q42,,sourced,act
""",
    "sectors.csv": """id,kind,broader,umbrella,label_en,isic_section,isic_division,note,status,source
industry,economic,,yes,Industry,C,10-33,,recalled,
paper,economic,industry,no,Paper,C,17,,recalled,
""",
    "stages.csv": """id,order,kind,broader,umbrella,label_en,definition,note,status,source
cycle,0,umbrella,,yes,Life cycle,Everything,,recalled,
waste,1,stage,cycle,no,Waste,,,recalled,
""",
    "issues.csv": """id,kind,label_en,session,year,resolution,gfc_status,note,status,source
dust,issue,Dust,First,2009,I/1,,,recalled,
""",
    "sdgs.csv": """id,level,goal,label,deadline_year,un_iri,sdgio_iri,note,status,source
12,goal,12,Consumption,,http://metadata.un.org/sdg/12,,,recalled,
12.4,target,12,Chemicals,2020,http://metadata.un.org/sdg/12.4,,,recalled,
""",
    "sdg_indicators.csv": """code,target,label,un_permanent_code,un_iri,repeats_code,in_global_framework_2024,note,status,source
12.4.1,12.4,Parties,C120401,http://metadata.un.org/sdg/C120401,,yes,,recalled,
12.4.2,12.4,Waste,,,12.4.1,no,,recalled,
""",
    "indicators.csv": """id,kind,label,adoption,adoption_note,measures_framework,scope,custodian,sdg_indicator,note,status,source
reports,proxy,Reports,proposed,not yet,plan,all,,12.4.1;12.4.2,,recalled,
""",
    "documents.csv": """id,kind,title,symbol,date_start,date_end,place,note,status,source
act,document,The Act,A/1,2023,,Bonn,,recalled,
draft,document,The draft,A/0,2020-10,2020-11-02,,,recalled,
""",
    "frameworks.csv": """id,label,short_label,status,document,date,note,verification,source
plan,National plan,Plan,adopted,act,2023-09-30,,sourced,act
""",
    "objectives.csv": """framework,id,label,status
plan,O1,Less harm,recalled
""",
    "issue_links.csv": """issue,dimension,concept,basis,confidence,rationale,status,source
dust,sector,paper,judged,low,,judged,
""",
    "lineage.csv": """framework,proposal,relation,successor_framework,successor,confidence,rationale,note
plan,T1,became,plan,T2,high,same words,
plan,T3,dropped,,,low,nobody asked,
""",
    "dependencies.csv": """framework,target,needs,confidence,rationale
plan,T2,T1,medium,reports come first
""",
    "assessments.csv": """framework,target,dimension,concept,result,reason,date
plan,,sectors,,assessed,all read,2024-01
plan,T1,stages,waste,not-applicable,no waste,2024-01-02
""",
    "plan/targets.csv": """id,objective,status,deadline,label,summary,measurable,scope_phrase,verification,confidence,source,note
T1,O1,adopted,2030,Report,Plants report releases,yes,waste,sourced,high,act,
T2,O1,adopted,,Reduce,"Plants reduce
releases",partly,,recalled,low,,
T3,,dropped,none,Forget,Plants forget,,,recalled,medium,,
""",
    "plan/wordings.csv": f"""target,language,document,revises,text,note
T1,en,draft,,"{_TEXT}",
T1,en,act,draft,"{_TEXT}",
T2,en,act,,,not held
""",
    "plan/passages.csv": """id,target,kind,quote,occurrence,document,note
bracket-1,T1,bracket,[and waste],,,
hedge-1,T1,hedge,as appropriate,2,act,
hedge-1,T2,hedge,where possible,,,
""",
    "plan/links.csv": """target,dimension,concept,role,basis,confidence,rests_on,made_against,rationale,status,source
T1,actor,agency,responsible,named,high,,act,,sourced,
T1,sector,paper,,implied,medium,,,,judged,
T1,stage,waste,,named,high,bracket-1,draft,,sourced,act
T1,sdg,12.4,,judged,low,,,,judged,
T2,indicator,reports,,judged,low,,,,judged,
T2,issue,dust,,judged,low,,,,judged,
""",
}


class Folder:
    """Tables in memory: change cells, then write them all into a folder."""

    def __init__(self) -> None:
        self.grids: dict[str, Grid] = {
            name: list(csv.reader(io.StringIO(text, newline=""))) for name, text in _TABLES.items()
        }
        self.raw: dict[str, bytes] = {}

    def copy(self) -> Folder:
        return copy.deepcopy(self)

    def put(self, name: str, row: int, column: str, value: str) -> None:
        """Overwrite a cell; ``row`` counts records, the heading being 1."""
        grid = self.grids[name]
        grid[row - 1][grid[0].index(column)] = value

    def add(self, name: str, **cells: str) -> None:
        """Append a row."""
        heading = self.grids[name][0]
        assert set(cells) <= set(heading), set(cells) - set(heading)
        self.grids[name].append([cells.get(column, "") for column in heading])

    def bytes_of(self, name: str) -> bytes:
        out = io.StringIO(newline="")
        # With Windows line ends, since the writer would otherwise leave a bare carriage return unquoted.
        csv.writer(out, lineterminator="\r\n").writerows(self.grids[name])
        return out.getvalue().encode()

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        for name in self.grids.keys() | self.raw.keys():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self.raw[name] if name in self.raw else self.bytes_of(name))
        return folder
