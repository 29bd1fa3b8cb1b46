"""Which messages of errors some test mentions: read from the sources, so that child processes make no difference.

A message counts as mentioned where three words running of it stand in the source of a test, or all of it with anything in the
places of what differs. That is a lower bound of what is reached: tests that only look at exit codes do not count.
`tests.error_sites` measures what one process reaches.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.packaging.messages import PLACE, mentioned, messages_of
from tests.packaging.sources import CHECKOUT, trees


def _sources() -> list[Path]:
    here = Path(__file__).resolve()
    return [path for path in (CHECKOUT / "tests").rglob("*.py") if path.resolve() != here]


def _tests() -> str:
    """The sources of all tests, in which texts that are cut into lines are whole again."""
    sources = "\n".join(path.read_text(encoding="utf-8") for path in sorted(_sources()))
    return " ".join(re.sub(r'"\s*\n\s*f?r?"', "", sources).replace("\\", "").split())


def test_every_message_of_an_error_is_mentioned_in_a_test() -> None:
    text, found = _tests(), [m for path, tree in trees().items() for m in messages_of(path, tree)]
    told = {m.where: m.text.replace(PLACE, "…") for m in found if not mentioned(m.text, text)}
    assert len(found) > 480
    assert told == {}


def test_a_message_is_found_by_three_words_of_it_or_as_a_whole_and_not_by_two() -> None:
    (message,) = messages_of("x.py", ast.parse("StoreError(f'there is no such file as {it}', 'here')"))
    assert message.text == "there is no such file as " + PLACE
    assert mentioned(message.text, "match='no such file'")
    assert not mentioned(message.text, "such file")
    assert mentioned(f"the limit {PLACE} is {PLACE}", "the limit rows is 0") and not mentioned(f"a {PLACE}", "a limit")


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ("def f():\n what = f'there are {n} of them'\n raise QueryError(what)", {f"there are {PLACE} of them"}),
        ("raise InputError([Problem('one way' if x else 'the other way')])", {"one way", "the other way"}),
        ("def _bad(what):\n return Problem(what, y)\n\ndef f():\n _bad('this is bad', z)", {"this is bad"}),
        ("raise Refused(say('no “{name}” here', name=x), 'do')", {f"no “{PLACE}” here"}),
        ("raise Refused(404, 'there is nothing', 'go')", {"there is nothing"}),
        ("found.add('something')", set()),
    ],
)
def test_messages_are_found_however_they_are_handed_on(code: str, texts: set[str]) -> None:
    assert {m.text for m in messages_of("x.py", ast.parse(code)) if m.letters >= 7} == texts
