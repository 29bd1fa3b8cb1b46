"""Pictures of a framework, each one self-contained page: network, coverage matrix, coverage map."""
