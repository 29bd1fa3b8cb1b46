"""The graph as others find it: a DCAT-AP catalogue, a VoID description, the query library as executable examples."""
