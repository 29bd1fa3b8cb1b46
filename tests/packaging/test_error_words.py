"""How many messages of errors some test mentions: read from the sources, so that child processes make no difference.

A site counts as mentioned where three words running of the fixed part of its message stand in the source of a test. That is
a lower bound of what is reached: tests that only look at exit codes do not count. `tests.error_sites` measures what one
process reaches.
"""

from __future__ import annotations

import ast
import re

from tests.packaging.sources import CHECKOUT, error_calls, trees

# Measured 25 of 315 on 26 November 2026. It may only become smaller.
MOST_UNMENTIONED = 25


def fixed_words(call: ast.Call) -> str:
    """The longest part of a message that is the same whenever it is told."""
    nodes = ast.walk(call.args[0]) if call.args else iter(())
    parts = [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return max(parts, key=len, default="").strip()


def mentioned(words: str, text: str) -> bool:
    """Whether three words running of a message, ten letters or more, stand in a text."""
    single = words.split()
    runs = (" ".join(single[n : n + 3]) for n in range(max(1, len(single) - 2)))
    return any(run in text for run in runs if len(run) >= 10)


def test_most_messages_of_errors_are_mentioned_in_a_test_and_no_fewer_than_before() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in sorted((CHECKOUT / "tests").rglob("*.py")))
    text = " ".join(re.sub(r'"\s*\n\s*f?"', "", sources).replace("\\", "").split())
    sites = [
        (f"{path}:{call.lineno}", words)
        for path, tree in trees().items()
        for call in error_calls(tree)
        if len(words := fixed_words(call)) >= 8
    ]
    unmentioned = [f"{place} {words}" for place, words in sites if not mentioned(words, text)]
    assert len(sites) > 290
    assert len(unmentioned) <= MOST_UNMENTIONED, "\n".join(unmentioned)


def test_a_message_is_found_by_three_words_of_it_and_not_by_two() -> None:
    (call,) = error_calls(ast.parse("StoreError(f'there is no such file as {it}', 'here')"))
    assert fixed_words(call) == "there is no such file as"
    assert mentioned("there is no such file as", "match='no such file'")
    assert not mentioned("there is no such file as", "such file")
