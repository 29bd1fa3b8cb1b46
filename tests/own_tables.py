"""A small framework of a user's own, as a folder of tables; tests spoil copies of it."""

from __future__ import annotations

from pathlib import Path

FRAMEWORK = "plan"

_FILES = {
    "frameworks.csv": (
        "id,label,short_label,status,document,date,note,verification,source\n"
        "plan,National plan,Plan,adopted,,2025-01-01,A plan for tests,sourced,https://example.org/plan\n"
    ),
    "objectives.csv": "framework,id,label,status\nplan,1,Everything,recalled\n",
    "plan/targets.csv": (
        "id,objective,status,deadline,label,summary,measurable,measurable_note,scope_phrase,official_number,"
        "verification,confidence,source,partial_evidence,note\n"
        "N1,1,adopted,2031,Pesticide registers,Farms keep registers,yes,Countable,,,sourced,high,"
        "https://example.org/plan,,\n"
        "N2,1,adopted,,Clean water,Water is clean,no,No limit value,waste,,sourced,high,https://example.org/plan,,\n"
    ),
    "plan/wordings.csv": (
        "target,language,document,revises,text,note\n"
        "N1,en,gfc,,Farmers shall keep registers of pesticides [by 2031].,\n"
        "N2,en,gfc,,Water shall be clean.,\n"
    ),
    "plan/passages.csv": "id,target,kind,quote,occurrence,note\nbracket-1,N1,bracket,[by 2031],,\n",
    "plan/links.csv": (
        "target,dimension,concept,role,basis,confidence,rests_on,rationale,status,source\n"
        "N1,actor,farmers,responsible,named,high,,,sourced,\n"
        "N1,sector,agriculture,,named,high,,,sourced,\n"
        "N1,stage,agricultural-use,,named,high,bracket-1,,sourced,\n"
        "N2,sector,water,,implied,medium,,,judged,\n"
    ),
    "assessments.csv": (
        "framework,target,dimension,concept,result,reason,date\n"
        "plan,,actors,,assessed,Read by the test,2026-01-01\n"
        "plan,,stages,,assessed,Read by the test,2026-01-01\n"
        "plan,N2,stages,,not-applicable,Water has no stage,2026-01-01\n"
    ),
}


def write_own_tables(folder: Path) -> Path:
    """Write the tables below ``folder``; returns the folder."""
    for name, content in _FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder
