"""``python -m targetgraph.reading [FOLDER]``: record the tables of a folder in its manifest."""

import sys

from targetgraph.reading.manifest import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
