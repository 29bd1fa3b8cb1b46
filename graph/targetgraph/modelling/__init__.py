"""Records as RDF: the dataset, graph by graph, and the ontology files it builds on."""
