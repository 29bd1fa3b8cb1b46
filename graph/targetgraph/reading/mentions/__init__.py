"""Mentions: what of the vocabularies a text names, in which role, by when; by rules and labels, without any model."""

from targetgraph.reading.mentions.finding import Reader, Reading
from targetgraph.reading.mentions.labels import Label, vocabulary_labels
from targetgraph.reading.mentions.spots import Glossary
from targetgraph.reading.mentions.vocabulary import Vocabulary

__all__ = ["Glossary", "Label", "Reader", "Reading", "Vocabulary", "vocabulary_labels"]
