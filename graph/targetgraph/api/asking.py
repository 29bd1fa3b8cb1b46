"""Questions of the library, as Python asks them: by name or file, with values of Python's own types."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from targetgraph.errors import QueryError
from targetgraph.library import Library, has_header, question_from_text, read_text

if TYPE_CHECKING:
    from targetgraph.library import Question
    from targetgraph.store import Limits

Parameter = str | int | float | bool


def question_called(question: str | Path) -> Question:
    """A question of the library by name, or that of a file with our header (errors: see :meth:`Graph.query`)."""
    if isinstance(question, Path) or question.endswith((".rq", ".sparql")):
        text = read_text(Path(question))
        if not has_header(text):
            raise QueryError(
                "the file has no header, and hence no parameters", str(question), "ask its text by sparql()"
            )
        return question_from_text(text, str(question))
    return Library().find(question)


def limits(rows: int | None, seconds: float) -> Limits:
    """Limits of a query in rows and seconds; ``None`` for no limit of rows."""
    from targetgraph.store import Limits

    return Limits(time_seconds=seconds, rows=rows)


def written(value: Parameter) -> str:
    """A value as the library takes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def told(parameter: Any) -> str:
    """A parameter with its default, for a list of questions."""
    if parameter.default is not None:
        return f"{parameter.name}={parameter.default}"
    return f"{parameter.name} (optional)" if parameter.optional else f"{parameter.name}=…"
