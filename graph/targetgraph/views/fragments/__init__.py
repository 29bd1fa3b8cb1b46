"""Results as pieces of HTML for notebooks: no script, no address of others, everything escaped.

A piece takes its ink from the page around it (``currentColor``), so that it reads on light and dark grounds alike.
"""
