"""``python -m targetgraph`` does what the ``targetgraph`` command does."""

from targetgraph.cli import main

if __name__ == "__main__":
    main()
