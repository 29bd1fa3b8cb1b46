"""A process of its own in which owlready2 calls a reasoner: ``python -m targetgraph.reasoning.owl_worker``.

Its arguments are a path of N-Triples, the reasoner, a limit of memory in megabytes and a path to write to; it writes what was
inferred as N-Triples. Exit code 3 says that the statements contradict each other. A world of its own keeps owlready2 from
sharing anything, and a process of its own can be stopped.
"""

from __future__ import annotations

import sys
from pathlib import Path

INCONSISTENT = 3


def main(arguments: list[str]) -> int:
    """Run a reasoner over a file (see the module)."""
    import owlready2

    source, engine, memory, output = arguments
    owlready2.reasoning.JAVA_MEMORY = int(memory)
    world = owlready2.World()
    world.get_ontology(Path(source).resolve().as_uri()).load()
    inferred = world.get_ontology("https://w3id.org/targetgraph/graph/inferred/dl#")
    run = owlready2.sync_reasoner_pellet if engine == "pellet" else owlready2.sync_reasoner_hermit
    try:
        with inferred:
            run(world, infer_property_values=False, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return INCONSISTENT
    inferred.save(output, format="ntriples")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
