"""The server: SPARQL 1.1 Protocol, Graph Store Protocol, and the pages and files that other modules add.

`targetgraph.web.app.create_app` puts it together; `targetgraph.web.supervision.serve` runs it.
"""
