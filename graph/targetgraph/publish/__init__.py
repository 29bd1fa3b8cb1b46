"""Results and graphs, as files for others."""
