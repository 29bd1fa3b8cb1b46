"""The review loop: a reading becomes rows to decide on, which come back through the importer of the tables."""
