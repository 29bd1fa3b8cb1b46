"""What clients are told when the engine itself gives up. A stand-in raises what no test can bring about for certain."""

from __future__ import annotations

from typing import Any, cast

import pyoxigraph as ox
import pytest

from targetgraph.store.documents import Refused
from targetgraph.store.protocol_answers import Asked, answered
from targetgraph.store.updates import updated

ASKED = Asked("SELECT * { ?s ?p ?o }", "json", "turtle", None, None, True, False, None, None, None)


class Failing:
    """In the place of a store whose engine fails in a certain way."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def query(self, *_: object, **__: object) -> Any:
        raise self._error

    update = query


def failing(error: Exception) -> ox.Store:
    return cast(ox.Store, Failing(error))


def test_a_query_that_runs_out_of_memory_is_told_to_ask_for_less() -> None:
    with pytest.raises(Refused, match="the query ran out of memory") as told:
        answered(failing(MemoryError()), ASKED)
    assert told.value.status == 503 and told.value.remedy == "ask for less at once"


@pytest.mark.parametrize("error", [OSError("a block is corrupt"), RuntimeError("a block is corrupt")])
def test_an_engine_that_fails_is_told_as_such_and_not_as_a_mistake_of_the_client(error: Exception) -> None:
    with pytest.raises(Refused, match="the engine failed: a block is corrupt") as told:
        answered(failing(error), ASKED)
    assert told.value.status == 500 and "targetgraph build" in told.value.remedy


def test_an_update_that_runs_out_of_memory_is_told_to_write_less() -> None:
    with pytest.raises(Refused, match="the update ran out of memory") as told:
        updated(failing(MemoryError()), "INSERT DATA { <urn:a> <urn:b> <urn:c> }", (), ())
    assert told.value.status == 503 and told.value.remedy == "write less at once"
