"""What changed from version to version of a graph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from targetgraph.api.opening import place_of
from targetgraph.api.result import Result
from targetgraph.api.table import Table
from targetgraph.api.tabular import Tabular, Value
from targetgraph.errors import TargetGraphError
from targetgraph.publish.changes import notes
from targetgraph.publish.changes.steps import Feed

if TYPE_CHECKING:
    import rdflib

    from targetgraph.publish.changes.steps import Step

FORMS = ("text", "markdown", "json", "patch", "trig")


def changes(store: str | Path | None = None, *, since: str = "") -> Changes:
    """What was added, changed and withdrawn between builds (``docs/changes.md``).

    Parameters
    ----------
    store : the store folder (default: see :func:`open_graph`).
    since : a data version, or its beginning: only what changed after it. By default all that was recorded.

    Raises
    ------
    StoreError : nothing was built there, the record is damaged, it does not know the version, or the store is a service.
    """
    feed = Feed.at(place_of(store))
    return Changes(feed, feed.since(since))


class Changes(Result, Tabular):
    """What builds added, changed and withdrawn. As a table it has one row a sentence, the newest version last."""

    def __init__(self, feed: Feed, steps: tuple[Step, ...]) -> None:
        self._feed, self._steps = feed, steps
        self._told = [(step.record, step.note()) for step in steps]

    @property
    def versions(self) -> Table:
        """All versions that were recorded, oldest first: data version, and the moment it was built."""
        return Table("Versions", ("version", "built"), self._feed.versions())

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return ("version", "built", "framework", "kind", "sentence")

    def rows(self) -> Iterator[tuple[Value, ...]]:
        """One row a sentence; ``framework`` is empty for what belongs to none. Of a group of sentences 200 are kept, and one
        more row says how many there were beside.
        """
        for record, note in self._told:
            for group in note["groups"]:
                more = [f"and {group['more']:,} more"] if group["more"] else []
                for sentence in (*group["sentences"], *more):
                    yield record.after, record.built, group["framework"], group["kind"], sentence

    def __len__(self) -> int:
        return sum(1 for _ in self.rows())

    def __bool__(self) -> bool:
        """Whether anything has changed."""
        return bool(self._steps)

    def to_rdflib(self) -> rdflib.Dataset:
        """The changes as members of a Linked Data Event Stream, in an rdflib ``Dataset``: each member's statements are in the
        named graph of its own name.
        """
        from rdflib import Dataset

        from targetgraph.publish.changes.stream import whole

        return Dataset().parse(data=b"".join(whole(self._steps)), format="trig")

    def save(self, path: str | Path, form: Literal["text", "markdown", "json", "patch", "trig"] = "markdown") -> Path:
        """Write the changes to a file, whole or not at all.

        Parameters
        ----------
        path : the file.
        form : ``text`` and ``markdown`` for people, ``json``; ``patch`` (RDF Patch) and ``trig`` (members of the event
            stream) bring a copy of the version they begin from up to date.

        Returns
        -------
        The path.

        Raises
        ------
        TargetGraphError : an unknown form, or the file cannot be written.
        """
        from targetgraph.publish.changes.patches import patch
        from targetgraph.publish.changes.stream import whole
        from targetgraph.store.durable import write_whole

        if form not in FORMS:
            raise TargetGraphError(f"changes are not told as {form!r}", "", f"use one of: {', '.join(FORMS)}")
        if form in ("patch", "trig"):
            write_whole(Path(path), patch(self._steps) if form == "patch" else whole(self._steps), "give another path")
            return Path(path)
        write_whole(Path(path), self._as(form).encode(), "give another path")
        return Path(path)

    def _as(self, form: str) -> str:
        if form == "json":
            import json

            return json.dumps(notes.as_data(self._told), ensure_ascii=False, indent=2) + "\n"
        return notes.as_markdown(self._told) if form == "markdown" else notes.as_text(self._told)

    def restore(self, version: str, path: str | Path) -> Path:
        """Write the statements of a version that was recorded, as canonical N-Quads.

        Parameters
        ----------
        version : its data version, or the beginning of it.
        path : the file.

        Returns
        -------
        The path.

        Raises
        ------
        StoreError : the record does not know the version.
        TargetGraphError : the file cannot be written.
        """
        from targetgraph.publish.changes.patches import restore

        restore(self._feed, self._feed.step_of(version), Path(path))
        return Path(path)

    def to_dict(self) -> dict[str, Any]:
        """``steps``: what the command's ``--format json`` writes, one dictionary a step."""
        return {"steps": notes.as_data(self._told)}

    def __str__(self) -> str:
        return notes.as_text(self._told).rstrip("\n")

    def _summary(self) -> str:
        if not self._steps:
            return "nothing has changed"
        return f"{len(self._steps)} steps, {len(self)} sentences, up to data version {self._steps[-1].record.after}"

    def _repr_html_(self) -> str:
        heads = [f"{notes.headline(record, note)}." for record, note in self._told]
        return Table("What changed", self.columns, list(self.rows()), heads or ["Nothing has changed."])._repr_html_()
