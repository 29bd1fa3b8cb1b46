"""What the graph says of one thing: its own statements, what points to it, and how each is known, for people and machines."""
