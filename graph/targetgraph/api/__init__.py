"""The public Python interface: graphs, frameworks, and what can be asked of them, as objects that notebooks can show.

``import targetgraph as tg`` is enough: the package hands these names on (see ``docs/api.md``), and loads this room, with all
that it needs, only when one of them is used.
"""
