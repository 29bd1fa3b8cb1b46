"""The process that keeps the copy of a remote store which a server serves (`targetgraph.pipeline.mirroring`)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

from targetgraph.errors import StoreError
from targetgraph.pipeline.mirroring import MirrorState
from targetgraph.web.settings import Settings

_LEAVING_SECONDS: Final = 5.0


class Copier:
    """Starts the process that copies, and starts it again when it has ended.

    Parameters
    ----------
    settings : with an ``origin``.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Have the copy made, or confirmed, and kept up to date from now on.

        Raises
        ------
        StoreError
            when there is none to serve: the service cannot be reached or refuses us, or holds nothing of ours that is whole.
        """
        process = self._begun("copy")
        assert process.stdout is not None
        line = process.stdout.readline()
        try:
            said = json.loads(line)
        except ValueError:
            said = ["the process that copies the store ended", self._settings.origin, "ask again"]
        if len(said) > 1:
            self.stop()
            raise StoreError(*said)

    def _begun(self, what: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "targetgraph.pipeline.mirroring", what, self._settings.origin]
        self._process = subprocess.Popen(
            [*command, str(self._settings.origin_seconds)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
        )
        return self._process

    def ended(self, pid: int) -> bool:
        """Whether it was this process that ended; then another has taken its place."""
        if self._process is None or pid != self._process.pid:
            return False
        if self._process.stdout is not None:
            self._process.stdout.close()
        print("warning: the process that copies the store ended; another takes its place", file=sys.stderr, flush=True)
        self._begun("follow")
        return True

    def stop(self) -> None:
        """End it. A copy it was making is swept away by the next."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait(_LEAVING_SECONDS)
        if process.stdout is not None:
            process.stdout.close()


def unconfirmed_since(settings: Settings) -> str:
    """Since when a served copy could not be seen to be of what is published (ISO); empty where it can."""
    state = MirrorState.read(Path(settings.store)) if settings.origin else None
    return state.confirmed if state is not None and state.problem else ""
