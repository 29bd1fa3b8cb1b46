"""Brings the SPARQL editor into the package when a wheel is built; also a script: ``python hatch_build.py``.

The editor is the npm package `@zazuko/yasqe` (MIT). It is not in version control: npm fetches the very release named here, and
its hash is compared. Without npm, without a network, or when anything about it is not as it should be, the build goes on
without it, and the query page of the explorer offers a plain text area with the same completions.
"""

from __future__ import annotations

import base64
import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a script where hatchling is not installed
    BuildHookInterface = object  # type: ignore[assignment,misc,unused-ignore]

PACKAGE, VERSION = "@zazuko/yasqe", "4.6.2"
INTEGRITY = "sha512-83iCLuBIgU04KBIaibxZTjKvrXD6sEe/+aqsHxLb4+ZVD4eaUwh5hFJEetuWkiKBY6WxTjVOmhKXvh2AAOR14g=="
FOLDER = "graph/targetgraph/templates/explorer/editor"
FILES = {
    "package/build/yasqe.min.js": "yasqe.js",
    "package/build/yasqe.min.css": "yasqe.css",
    "package/package.json": "yasqe.json",
}
SECONDS = 90.0


def fetch(folder: Path) -> str:
    """Put the editor into a folder, unless it is there already.

    Returns
    -------
    What was done, or why it could not be, in a sentence; never an exception for what npm or the network do.
    """
    if all((folder / name).is_file() for name in FILES.values()):
        return f"the SPARQL editor is in {folder} already"
    npm = shutil.which("npm")
    if npm is None:
        return "there is no npm here: the query page will have a plain text area"
    try:
        archive = _packed(npm)
        found = "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode()
        if found != INTEGRITY:
            return f"{PACKAGE} {VERSION} is not the file it should be ({found}): it was left out"
        content = _contents(archive)
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in content.items():
            (folder / name).write_bytes(data)
    except (OSError, KeyError, tarfile.TarError, subprocess.SubprocessError) as error:
        return f"the SPARQL editor could not be fetched ({error}): the query page will have a plain text area"
    return f"{PACKAGE} {VERSION} was put into {folder}"


def _packed(npm: str) -> bytes:
    """The archive of the release, as the registry gives it out; no script of it is run."""
    with tempfile.TemporaryDirectory() as where:
        command = [
            npm,
            "pack",
            f"{PACKAGE}@{VERSION}",
            "--ignore-scripts",
            "--fetch-retries=1",
            "--fetch-timeout=20000",
        ]
        subprocess.run(command, cwd=where, capture_output=True, check=True, timeout=SECONDS)
        (archive,) = Path(where).glob("*.tgz")
        return archive.read_bytes()


def _contents(archive: bytes) -> dict[str, bytes]:
    found = {}
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as opened:
        for path, name in FILES.items():
            file = opened.extractfile(path)
            if file is None:
                raise KeyError(path)
            found[name] = file.read()
    # Its source map is not shipped, and a browser would complain that it is missing; a style written into markup is what the
    # explorer's policy stops.
    for said, instead in (
        (b"//# sourceMappingURL=yasqe.min.js.map", b""),
        (b"<strong style='text-decoration:underline'>", b"<strong>"),
    ):
        found["yasqe.js"] = found["yasqe.js"].replace(said, instead)
    return found


class EditorHook(BuildHookInterface):
    """Fetches the editor before a wheel is built; editable installs and source distributions are left alone."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it collects the files of the wheel."""
        if version == "standard":
            self.app.display_info(fetch(Path(self.root) / FOLDER))


if __name__ == "__main__":
    said = fetch(Path(__file__).resolve().parent / FOLDER)
    print(said)
    sys.exit(0 if "already" in said or "was put" in said else 1)
