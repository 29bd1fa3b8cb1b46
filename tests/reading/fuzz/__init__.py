"""Coverage-guided fuzzing of everything that reads text or files of strangers; how is in corpus/README.md."""
