"""A finding in sentences, that can be shown and taken as data."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from targetgraph.api.result import Result

Section = tuple[str, Sequence[str]]


class _Plain(Protocol):
    def to_json(self) -> dict[str, Any]: ...


class Report(Result):
    """A finding in sentences. :attr:`record` holds it as data, with an attribute for everything the sentences are made of."""

    _record: _Plain

    def __init__(self, record: _Plain) -> None:
        self._record = record

    @property
    def record(self) -> Any:
        """The finding as data: a frozen dataclass of ``targetgraph.analysis``, described there."""
        return self._record

    def to_dict(self) -> dict[str, Any]:
        """The finding as plain values."""
        return self._record.to_json()

    @property
    @abstractmethod
    def title(self) -> str:
        """What it is about."""

    @property
    @abstractmethod
    def sentences(self) -> tuple[str, ...]:
        """The outcome in short."""

    @abstractmethod
    def _sections(self) -> Iterator[Section]: ...

    def _repr_html_(self) -> str:
        from targetgraph.views.fragments.report import report

        return report(self.title, self.sentences, self._sections())

    def _summary(self) -> str:
        return f"{self.title}. {self.sentences[0]}" if self.sentences else self.title
