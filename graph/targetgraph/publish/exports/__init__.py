"""The graph as files for others: RDF dumps, JSON-LD, CSVW, workbook, networks, SSSOM.

Each module writes one family; ``products`` lists all files of a data version, ``delivery`` puts them in place whole.
"""
