"""Coverage and gaps, computed on integer-coded links rather than by a query a cell."""
