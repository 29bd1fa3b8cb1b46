"""What changed from version to version: recorded beside the store, told as an event stream, a patch, and a note.

``steps`` are the records on disk, ``recording`` makes them, ``members`` are the things a step changed, ``stream`` tells them
as a Linked Data Event Stream, ``patches`` as lines to add and remove, ``notes`` in sentences.
"""
