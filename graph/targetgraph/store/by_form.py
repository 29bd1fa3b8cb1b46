"""Queries by their form: what every store can do once it answers queries of any form."""

from __future__ import annotations

from abc import ABC, abstractmethod

from targetgraph.errors import QueryError
from targetgraph.store.limits import DEFAULT_LIMITS, Limits
from targetgraph.store.results import Result, Solutions, Statements, Truth


class AnswersByForm(ABC):
    """SELECT, ASK and CONSTRUCT by a store's `query`."""

    @abstractmethod
    def query(self, text: str, limits: Limits | None = DEFAULT_LIMITS) -> Result:
        """Answer a query of any form."""

    def select(self, text: str, limits: Limits | None = DEFAULT_LIMITS) -> Solutions:
        """Answer a SELECT (errors: see `query`)."""
        answer = self.query(text, limits)
        if not isinstance(answer, Solutions):
            raise QueryError("a SELECT is needed here", remedy="begin the query with SELECT")
        return answer

    def ask(self, text: str, limits: Limits | None = DEFAULT_LIMITS) -> bool:
        """Answer an ASK (errors: see `query`)."""
        answer = self.query(text, limits)
        if not isinstance(answer, Truth):
            raise QueryError("an ASK is needed here", remedy="begin the query with ASK")
        return answer.value

    def construct(self, text: str, limits: Limits | None = DEFAULT_LIMITS) -> Statements:
        """Answer a CONSTRUCT or DESCRIBE (errors: see `query`)."""
        answer = self.query(text, limits)
        if not isinstance(answer, Statements):
            raise QueryError("a CONSTRUCT is needed here", remedy="begin the query with CONSTRUCT or DESCRIBE")
        return answer
