"""Every page of the explorer, for tests that look at all of them. A new page adds its addresses here."""

from __future__ import annotations

#: Name and address (with a state worth looking at); `test_every_page.py` runs through them all.
PAGES: dict[str, str] = {
    "overview": "/explore",
    "overview-other": "/explore?framework=beyond2020&lang=ar&ui=fr",
    "gaps-chosen": "/explore/gaps?kind=hedged-wording&objective=A&ui=fr",
    "gap": "/explore/gaps/gfc/gap/implied-only-row/actors/B1",
    "targets": "/explore/targets?dimension=actors&state=umbrella&sort=gaps&lang=zh",
    "sheet-bracketed": "/explore/targets/beyond2020/P2?ui=fr&lang=ar",
    "actors": "/explore/actors?shown=all",
    "actor": "/explore/actors/governments",
    "lineage": "/explore/lineage",
    "query": "/explore/query",
    "query-plain": "/explore/query?editor=plain&ui=fr",
    "query-bars": "/explore/query?name=wording/hedges-per-target&view=bar",
    "query-matrix": "/explore/query?name=coverage/objectives-by-concept&view=matrix",
    "query-map": "/explore/query?name=lineage/what-became-of-each-proposal&view=map",
    "query-wrong": "/explore/query?query=SELEKT",
    "briefing-full": "/explore/briefing?item=overview&item=map&item=gaps:kind%3Dno-deadline&item=gap:gfc/gap/no-deadline/C1"
    "&item=target:gfc/A1&item=actors&item=actor:governments&item=lineage:beyond2020/gfc"
    "&item=matrix:rows%3Dtargets%26columns%3Dstages&item=query:name%3Dwording/hedges-per-target&item=nonsense",
    "search": "/explore/search?q=agri&lang=ar",
    "search-nothing": "/explore/search?q=zzzz&ui=fr",
    "data": "/explore/data?ui=fr",
    "map": "/explore/map",
    "map-focus": "/explore/map?focus=t-A1&all=yes&lang=ar&ui=fr",
    "map-supposed": "/explore/map?framework=beyond2020&scenario=brackets%3Ddeleted&lang=zh",
    "matrix": "/explore/matrix?columns=actors&cell=A1~governments",
    "matrix-crossed": "/explore/matrix?rows=sectors&columns=stages&third=goals&order=gaps&ui=fr&lang=ru",
    "matrix-compared": "/explore/matrix?columns=stages&against=beyond2020&only=yes",
    "network": "/explore/network?focus=target:A1",
    "network-opened": "/explore/network?open=actor:governments&hide=goal&start=target:A1&end=sector:agriculture&ui=fr&lang=ru",
    "scenario": "/explore/scenario",
    "scenario-then": "/explore/scenario?scenario=without%3Dgovernments&show=gaps&ui=fr&lang=ar",
    "versions": "/explore/versions?ui=fr",
    "own": "/explore/own?ui=fr",
    "help": "/explore/help",
    "state": "/explore/nowhere",
}
#: Those that are answered with another status than 200.
STATUS: dict[str, int] = {"state": 404}
