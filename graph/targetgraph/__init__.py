"""Policy targets as a graph with evidence, and the gaps in it.

Importing this package loads nothing else; each room below it is imported by whoever needs it.
"""

__version__ = "0.1.0"
__all__ = ["__version__"]
