"""Coverage and gaps a second time: plain loops and sets over triples, to test the real engine against.

Nothing here imports :mod:`targetgraph`; the terms are spelled out, the closure is walked link by link, no
array and no query is involved. Slow on purpose, and meant to be obviously right. Where the specification
left something open, the choice made is in a comment that starts with "Settled:".
"""

from __future__ import annotations
