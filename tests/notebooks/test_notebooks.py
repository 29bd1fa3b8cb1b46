"""The notebooks, run from top to bottom as somebody who opens them would."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest
from nbformat import NotebookNode

from tests.notebooks.executing import NO_NETWORK, NOTEBOOKS, executed, read

_OPENED = r"2 frameworks.*<td[^>]*>gfc</td>.*Data version [0-9a-f]{16}"
_FRAME = r"<iframe srcdoc=[^>]* title=\"{}: {}[^>]* sandbox=\"allow-scripts\""
_GFC = "Global Framework on Chemicals"

# What a cell must show, by notebook and cell: patterns that occur in its output in this order.
SHOWN = {
    "01-a-tour": {
        "open": _OPENED,
        "framework": r"28 targets, \d+ gaps.*17 of 28 wordings not verified.*name no responsible actor.*A1 Chemicals laws",
        "target": r"C1 .*no date.*recalled \(not checked against the official text\).*Gaps.*gives no date",
        "gaps": r"Global Framework on Chemicals: \d+ gaps.*17 of 28.*10 of 28 targets reach .* only through a catch-all",
        "one-gap": r"Objective C .* has no date at all.*why it counts.*how sure.*medium.*evidence.*\[recalled\]",
        "ask-gap": r"<th[^>]*>objective</th>.*gfc/objective/C",
        "coverage": r"covered 33.*umbrella \d+.*gap \d+.*A1 Chemicals laws.*☂.*17 of 28 wordings not verified",
        "explain": r"A5 × Waste \(end of life\): gap ○.*No link reaches it.*The least that would make it covered.*Name Waste",
        "simulate": r"supposing without=governments.*gaps open.*Opens.*A1 .*names no responsible actor",
        "map": _FRAME.format("Coverage map", _GFC),
    },
    "02-coverage-and-gaps": {
        "open": _OPENED,
        "dimensions": r"<td[^>]*>actors</td>.*<td[^>]*>stages</td>.*<td class=\"tg-n\"[^>]*>19</td>",
        "obligations": r"Obligations.*<td class=\"tg-n\"[^>]*>\d",
        "matrix": r"Objectives by life-cycle stages.*C Issues of concern.*☂",
        "crossed": r"through the targets.*Agriculture and food production",
        "frame": r"<th>covered</th>.*Waste \(end of life\)",
        "stricter": r"1 \{'covered': 27, 'thin': 0\}\s+2 \{'covered': 2, 'thin': 25\}\s+3 ",
        "kinds": r"Kinds of gap.*no-deadline",
        "counts": r">empty-crossing</th>.*>sectors-stages</th>\s*<td>48</td>",
        "sure": r"5 gaps.*B1 .*names no responsible actor.*umbrella-only row: A4, A7, B2, B3",
        "robust": r"disappear under none of 10 assumptions.*If all words in brackets are deleted",
        "chance": r"pairs of columns that no target reaches together; chance with the same totals gives",
        "close": r"3 new links close 3 of the 3 chosen gaps.*Raw materials and feedstock",
        "spreadsheet": r"closing\.xlsx",
    },
    "03-network-and-scenarios": {
        "open": _OPENED,
        "network": _FRAME.format("Network", _GFC),
        "networkx": r"tied to nothing in particular: .*C1.*\nparts: \[\d+, ",
        "structure": r"13 links named in the text.*Single points of failure.*Governments",
        "single-points": r"'governments': \('A1', 'A5', ",
        "scenario": r"supposing without=companies,governments.*Opens",
        "table": r"<th>opened</th>.*only what the text names.*no hedges, and a date for C1",
        "suppose": r"Objectives by life-cycle stages.*Supposing umbrella=dropped",
        "compare": r"beyond2020 → gfc.*What became of the targets.*P2 \(Partnerships",
        "brackets": r"beyond2020 → beyond2020 under brackets=deleted",
    },
    "04-sparql-for-analysts": {
        "open": _OPENED,
        "library": r"<td[^>]*>who-must-act</td>.*framework=gfc, actor \(optional\)",
        "who-must-act": r"<th scope=\"col\" title=\"[^\"]+\">target</th>.*C1",
        "slip": r"nothing here is called 'goverments'.*\n  what to do: did you mean .*governments",
        "own": r"<td[^>]*>2030</td>.*<td[^>]*>2035</td>.*<td[^>]*>no date</td><td class=\"tg-n\"[^>]*>2</td>",
        "claims": r"<td[^>]*>A1</td><td[^>]*>Governments</td>",
        "absence": r"Water supply and sanitation",
        "graphs": r"graph/computed",
        "computed": r"(<td[^>]*>[a-z-]+</td><td class=\"tg-n\"[^>]*>\d+</td>.*){5}",
        "frames": r"shape: \(3, 3\).*i64",
        "triples": r"\d{3} triples about A1\s+33 targets",
        "elsewhere": r"PREFIX tg: .*SELECT \?target.*scheme/actor/governments>",
    },
    "05-your-own-framework": {
        "read": r"3 targets read in draft\.md.*time-bound.*N1.*by 2031.*nobody has accepted them",
        "proposed": r"Proposed links of draft\.md; nobody has accepted them.*farmers.*responsible.*waste",
        "write": r"^$",
        "check": r"0 to mend, 0 to consider, 0 waived",
        "mistake": r"links\.csv, row 2, column 'concept': there is no actor 'farmes'\n  what to do: did you mean 'farmers'",
        "build": r"3 frameworks.*Clean Farms Plan.*Built [\d,]+ statements",
        "gaps": r"Clean Farms Plan \(invented\): 9 gaps.*Every wording was seen in its source",
        "coverage": r"N1 Pesticide registers.*●.*N3 Take-back of containers",
        "explain": r"N2 × any responsible actor: gap ○",
        "close": r"5 new links close 5 of the 5 chosen gaps",
        "accept": r"/gap/no-deadline/N2,The ministry reports",
        "picture": _FRAME.format("Coverage map", r"Clean Farms Plan \(invented\)"),
    },
    "06-linked-data-for-registries": {
        "open": _OPENED,
        "names": r"tg:ActorCategory|tg:Target",
        "schemes": r"<th[^>]*>languages</th>.*stage",
        "languages": r"<th[^>]*>arabic</th>.*Agriculture|agriculture",
        "rdflib": r"tg:deadlineYear \"2030\".*tg:responsibleActor actor:governments",
        "beside": r"Cleaner air shares its SDG target with 16 targets\s+Safer solvents shares .* with 31 targets",
        "gaps": r"a tg:Gap,\s+tg:ObjectiveWithoutDeadline.*tg:because",
        "scenario": r"tg:closesGap <.*no-deadline/C1>",
        "exports": r"bytes  gfc\.jsonld.*bytes  catalogue\.ttl",
        "catalogue": r"'TargetGraph, the whole graph'",
    },
}


def _output(cell: NotebookNode) -> str:
    """What a cell printed and displayed."""
    parts = []
    for output in cell.outputs:
        data = output.get("data", {})
        parts.append(output.get("text") or data.get("text/html") or data.get("text/plain", ""))
    return "\n".join(parts)


def test_there_are_notebooks() -> None:
    assert [path.stem for path in NOTEBOOKS] == sorted(SHOWN)
    assert len(NOTEBOOKS) == 6


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_clean(path: Path) -> None:
    """No outputs, no counts, stable names of cells, nothing of the machine it was written on."""
    notebook = read(path)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(code) >= 8
    assert not [cell.id for cell in code if cell.outputs or cell.execution_count is not None]
    assert not [cell.id for cell in notebook.cells if not re.fullmatch(r"[a-z]+(-[a-z]+)*", cell.id)]
    assert set(notebook.metadata) <= {"kernelspec", "language_info"}
    assert notebook.metadata.kernelspec.name == "python3"
    assert set(notebook.metadata.language_info) == {"name"}
    again = nbformat.writes(notebook) + "\n"
    assert path.read_text(encoding="utf-8") == again


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_uses_only_the_interface(path: Path) -> None:
    """``import targetgraph as tg`` and nothing below it; no private name of anything."""
    source = "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "code")
    assert re.search(r"^import targetgraph as tg$", source, re.MULTILINE)
    assert not re.findall(r"^\s*(?:from targetgraph|import targetgraph\.).*", source, re.MULTILINE)
    assert not re.findall(r"(?<!\w)_[a-z]\w*|\w\._\w+", re.sub(r'"""?.*?"""?', "", source, flags=re.DOTALL))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_links_lead_somewhere(path: Path) -> None:
    text = "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
    local = [unquote(link) for link in re.findall(r"\]\(([^)#]+)", text) if "://" not in link]
    assert not [link for link in local if not (path.parent / link).exists()]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
# The kernel's own libraries complain of each other; what our code says in the kernel does not come this way.
@pytest.mark.filterwarnings("default")
def test_notebook_runs(path: Path, tmp_path: Path, built_store: Path) -> None:
    notebook = executed(path, tmp_path, built_store)
    if folder := os.environ.get("TARGETGRAPH_EXECUTED_NOTEBOOKS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, Path(folder) / path.name)
    shown = {cell.id: _output(cell) for cell in notebook.cells if cell.cell_type == "code"}
    expected = SHOWN[path.stem]
    assert set(expected) == set(shown)
    wrong = {i: shown[i][:2000] for i, pattern in expected.items() if not re.search(pattern, shown[i], re.DOTALL)}
    assert not wrong, wrong
    assert not [i for i, c in enumerate(notebook.cells) if any(o.get("name") == "stderr" for o in c.get("outputs", []))]


def test_reaching_out_is_noticed() -> None:
    """The guard itself, in an interpreter of its own."""
    reach = "import socket\nsocket.create_connection(('192.0.2.1', 80), timeout=1)"
    done = subprocess.run([sys.executable, "-c", f"{NO_NETWORK}\n{reach}"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "the notebook looks for 192.0.2.1" in done.stderr or "connects to 192.0.2.1" in done.stderr
