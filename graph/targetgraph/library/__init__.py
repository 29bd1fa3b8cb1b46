"""The query library: one question, one file; read, described, and bound to terms."""

from targetgraph.library.catalogue import Library
from targetgraph.library.header import Column, Header, parse_header
from targetgraph.library.parameters import Parameter, Resolver
from targetgraph.library.questions import Question, has_header, question_from_text, read_question, read_text
from targetgraph.library.terms import BlankNode, Iri, Literal, Term, Triple, shortened, written

__all__ = [
    "BlankNode",
    "Column",
    "Header",
    "Iri",
    "Library",
    "Literal",
    "Parameter",
    "Question",
    "Resolver",
    "Term",
    "Triple",
    "has_header",
    "parse_header",
    "question_from_text",
    "read_question",
    "read_text",
    "shortened",
    "written",
]
