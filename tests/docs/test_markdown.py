"""The reading of Markdown that the other tests here rest on."""

from __future__ import annotations

from tests.docs.markdown import Step, anchors, blocks, links, markdown_files, spans, steps

_TEXT = """# A *first* thing: `code`

See [there](a/b.md#part "title"), ![a [nested] picture](c.png) and `[not](a-link)`.

```console
$ echo one
one
$ cat <<'E'
> two
> E
two
```

## Same
## Same

```sh
[no](link) `no span`
```
"""


def test_parts_of_a_text() -> None:
    assert links(_TEXT) == ["a/b.md#part", "c.png"]
    assert spans(_TEXT) == ["code", "[not](a-link)"]
    assert [(b.language, b.line) for b in blocks(_TEXT)] == [("console", 6), ("sh", 18)]
    assert anchors(_TEXT) == {"a-first-thing-code", "same", "same-1"}


def test_steps_of_a_console() -> None:
    assert steps(_TEXT) == [Step("echo one", ("one",), 6), Step("cat <<'E'\ntwo\nE", ("two",), 8)]


def test_the_projects_own_files_are_found() -> None:
    names = {path.name for path in markdown_files()}
    assert {"README.md", "CHANGELOG.md", "CONTRIBUTING.md", "states.md", "tables.md", "architecture.md"} <= names
