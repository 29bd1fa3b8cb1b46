"""The registry's questions by a script as one would write it with pandas and networkx.

``python -m tests.benchmarks.registry_by_pandas FILE.nq``: the questions answered, reading included.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import networkx as nx
import pandas as pd

from targetgraph.namespaces import PREFIXES, TG
from tests.benchmarks.registry_questions import Answers

_WANTED = {
    PREFIXES["rdf"] + "type", PREFIXES["skos"] + "broader", PREFIXES["prov"] + "wasRevisionOf", PREFIXES["oa"] + "hasSource",
    TG.linkSubject, TG.actor, TG.sector, TG.stage, TG.role, TG.basis, TG.restsOn, TG.madeAgainst, TG.isUmbrella,
    TG.deadlineYear, TG.prerequisite, TG.wordingOf, TG.inFramework,
}  # fmt: skip


class PandasRegistry:
    """A frame a property, questions as merges and groups, hierarchies and dependencies as graphs."""

    def __init__(self, nquads: Path) -> None:
        lines = pd.read_csv(nquads, sep="\x01", header=None, names=["line"], quoting=3, encoding="utf-8", dtype=str)[
            "line"
        ]
        parts = lines.str.split(" ", n=2, expand=True)
        parts.columns = pd.Index(["s", "p", "o"])
        parts["p"] = parts["p"].str[1:-1]
        parts = parts[parts["p"].isin(_WANTED)]
        parts["o"] = parts["o"].str.rsplit(" <", n=1).str[0]
        self.frames = {str(p): frame[["s", "o"]] for p, frame in parts.groupby("p")}

    def _values(self, prop: str, subject: str, value: str) -> pd.DataFrame:
        """A property as a frame of two columns with the names given."""
        empty = pd.DataFrame({"s": [], "o": []}, dtype=str)
        return self.frames.get(prop, empty).set_axis([subject, value], axis=1)

    def _instances(self, cls: str) -> pd.Series:
        types = self._values(PREFIXES["rdf"] + "type", "s", "type")
        return types.loc[types["type"] == f"<{cls}>", "s"]

    def answers(self) -> Answers:
        """All answers."""
        targets = self._instances(TG.Target)
        years = self._values(TG.deadlineYear, "target", "year")
        years["year"] = years["year"].str[1:5].astype(int)
        hedges = self._values(PREFIXES["oa"] + "hasSource", "hedge", "wording")
        hedges = hedges[hedges["hedge"].isin(self._instances(TG.Hedge))]
        hedged = hedges.merge(self._values(TG.wordingOf, "wording", "target"), on="wording")
        found = {
            "no deadline": int((~targets.isin(years["target"])).sum()),
            "order cannot work": self._late(years),
            "hedged": int(hedged["target"].nunique()),
        }
        umbrella = self._values(TG.isUmbrella, "concept", "is")
        umbrellas = umbrella.loc[umbrella["is"].str.startswith('"true"'), "concept"]
        self._coverage(targets, umbrellas, found)
        found["sectors reached by nobody"] = self._unreached_sectors(umbrellas)
        return found

    def _late(self, years: pd.DataFrame) -> int:
        ends = self._values(TG.linkSubject, "link", "target").merge(
            self._values(TG.prerequisite, "link", "needed"), on="link"
        )
        ends = ends[ends["link"].isin(self._instances(TG.DependencyLink))]
        due = dict(zip(years["target"], years["year"], strict=True))
        graph = nx.from_pandas_edgelist(ends, "target", "needed", edge_key="link", create_using=nx.MultiDiGraph)
        return sum(t in due and (n not in due or due[n] > due[t]) for t, n in graph.edges())

    def _coverage(self, targets: pd.Series, umbrellas: pd.Series, found: Answers) -> None:
        subject = self._values(TG.linkSubject, "link", "target")
        basis = self._values(TG.basis, "link", "basis")
        rests = self._values(TG.restsOn, "link", "passage")
        contingent = rests.loc[rests["passage"].isin(self._instances(TG.BracketedPassage)), "link"]
        made = self._values(TG.madeAgainst, "link", "wording")
        revised = self._values(PREFIXES["prov"] + "wasRevisionOf", "newer", "wording")["wording"]
        stale = made.loc[made["wording"].isin(revised), "link"]
        for code, prop in (("actors", TG.actor), ("sectors", TG.sector), ("stages", TG.stage)):
            links = self._values(prop, "link", "concept").merge(subject, on="link")
            if code == "actors":
                acting = [f"<{r}>" for r in (TG.Responsible, TG.Provider, TG.RoleUnstated)]
                roles = self._values(TG.role, "link", "role")
                links = links[links["link"].isin(roles.loc[roles["role"].isin(acting), "link"])]
            counted = links.merge(basis[basis["basis"] == f"<{TG.NamedInText}>"], on="link")
            counted = counted[
                ~counted["concept"].isin(umbrellas) & ~counted["link"].isin(contingent) & ~counted["link"].isin(stale)
            ]
            found[f"no link ({code})"] = int((~targets.isin(links["target"])).sum())
            found[f"not covered ({code})"] = int((~targets.isin(counted["target"])).sum())
            if code == "actors":
                found["single actor"] = int((counted.groupby("target")["concept"].nunique() == 1).sum())

    def _unreached_sectors(self, umbrellas: pd.Series) -> int:
        sectors, catch_alls = self._instances(TG.Sector), set(umbrellas)
        steps = self._values(PREFIXES["skos"] + "broader", "narrower", "broader")
        tree = nx.from_pandas_edgelist(steps, "narrower", "broader", create_using=nx.DiGraph)
        tree.add_nodes_from(sectors)
        rows = [(s, above) for s in sectors for above in ({s} | nx.descendants(tree, s))]
        rows += [(s, below) for s in catch_alls.intersection(sectors) for below in nx.ancestors(tree, s)]
        reach = pd.DataFrame(rows, columns=["concept", "sector"])
        links = self._values(TG.sector, "link", "concept").merge(
            self._values(TG.linkSubject, "link", "target"), on="link"
        )
        links = links.merge(self._values(TG.inFramework, "target", "framework"), on="target")
        met = links[["framework", "concept"]].drop_duplicates().merge(reach, on="concept")
        met = met[met["sector"].isin(sectors) & ~met["sector"].isin(umbrellas)]
        reached = met[["framework", "sector"]].drop_duplicates()
        return len(self._instances(TG.Framework)) * int((~sectors.isin(umbrellas)).sum()) - len(reached)


if __name__ == "__main__":
    print(json.dumps(PandasRegistry(Path(sys.argv[1])).answers()))
