"""All questions of a folder, by theme and name. A look-up reads one file, not all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from targetgraph import resources
from targetgraph.errors import QueryError
from targetgraph.library.questions import Question, read_question
from targetgraph.library.suggestions import did_you_mean


class Library:
    """The query files below a folder.

    Parameters
    ----------
    folder : holds a folder a theme; by default the library that comes with the package.

    Raises
    ------
    QueryError
        when two files have the same name, in whichever theme.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = resources.queries() if folder is None else folder
        self._paths: dict[str, Path] = {}
        short: dict[str, str] = {}
        for path in sorted(self.folder.glob("*/*.rq")):
            name = f"{path.parent.name}/{path.stem}"
            if path.stem in short:
                raise QueryError(
                    f"two queries are called {path.stem!r}: {short[path.stem]} and {name}",
                    str(self.folder),
                    "rename one of the files",
                )
            short[path.stem] = name
            self._paths[name] = path
        self._full = short

    @property
    def names(self) -> tuple[str, ...]:
        """Every ``theme/name``, sorted."""
        return tuple(self._paths)

    @property
    def themes(self) -> tuple[str, ...]:
        """Every theme, sorted."""
        return tuple(dict.fromkeys(name.split("/")[0] for name in self._paths))

    def __len__(self) -> int:
        return len(self._paths)

    def __iter__(self) -> Iterator[Question]:
        """All questions, by theme and name; reads every file."""
        return (self.find(name) for name in self._paths)

    def find(self, name: str) -> Question:
        """The question called ``theme/name`` or, shorter, ``name``.

        Raises
        ------
        QueryError
            when there is none (with the names that come closest), or its header is wrong.
        """
        full = name if name in self._paths else self._full.get(name)
        if full is None:
            remedy = did_you_mean(name, self._paths, "`targetgraph query --list` shows all of them")
            raise QueryError(f"there is no query called {name!r}", str(self.folder), remedy)
        return read_question(self._paths[full], full.split("/")[0])

    def in_theme(self, theme: str) -> list[Question]:
        """The questions of a theme, by name.

        Raises
        ------
        QueryError
            when there is no such theme.
        """
        if theme not in self.themes:
            remedy = did_you_mean(theme, self.themes, "the themes are: {all}")
            raise QueryError(f"there is no theme called {theme!r}", str(self.folder), remedy)
        return [self.find(name) for name in self._paths if name.split("/")[0] == theme]
