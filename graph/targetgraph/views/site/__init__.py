"""Pages of the site: one for each thing, the home page, the list of queries, the ontology, and what is not there."""
