"""Reads every hostile file, under a bound on memory, and tells what came of it as lines of JSON."""

from __future__ import annotations

import json
import resource
import time

from targetgraph.errors import InputError
from targetgraph.reading.brackets import all_kept, number_of_readings, parse_brackets
from targetgraph.reading.documents.opening import document_of
from targetgraph.reading.targets import recognise
from tests.reading.documents.hostile import READ, REFUSED

MEMORY = 900 * 2**20


def outcome(file: str, data: bytes) -> dict[str, object]:
    started = time.process_time()
    try:
        document = document_of(data, file)
        targets = recognise(document).targets
        for target in targets:
            read = parse_brackets(target.text)
            number_of_readings(read), all_kept(read)
        told = {"targets": len(targets), "notices": [notice.what for notice in document.notices]}
    except InputError as error:
        told = {"refused": str(error)}
    except MemoryError:
        told = {"failed": "memory"}
    return {**told, "seconds": time.process_time() - started}


def main() -> None:
    # The files are made before the bound is set: making a bomb takes more than reading it may.
    files = {name: (file, made()) for name, (file, made, _) in [*REFUSED.items(), *READ.items()]}
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for name, (file, data) in files.items():
        print(json.dumps({"name": name, **outcome(file, data)}), flush=True)


if __name__ == "__main__":
    main()
