"""What every result can do: be printed, be shown in a notebook, be taken elsewhere as plain values."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any


class Result(ABC):
    """Something the graph answered.

    ``print`` gives the report that the command line prints, a notebook shows it as HTML, and :meth:`to_dict` gives plain
    values, the same that the command's ``--format json`` writes.
    """

    @abstractmethod
    def __str__(self) -> str: ...

    @abstractmethod
    def _repr_html_(self) -> str: ...

    @abstractmethod
    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values: dictionaries, lists, texts, numbers."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self._summary()}>"

    @abstractmethod
    def _summary(self) -> str:
        """The result in a few words, on one line."""
