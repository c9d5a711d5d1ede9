"""What CTCAE v5.0 calls things: adverse events with the grades that they have, laboratory tests with their limits and units."""

from scheduler.ctcae.laboratory import TESTS, LaboratoryTest, grade_of, laboratory_named
from scheduler.ctcae.term import Term
from scheduler.ctcae.terms import CLASSES, TERMS, term_named, terms_of

OTHER = "any other adverse event"
"""What a table is on that takes every adverse event which no other table of its treatment names."""

__all__ = [
    "CLASSES",
    "OTHER",
    "TERMS",
    "TESTS",
    "LaboratoryTest",
    "Term",
    "grade_of",
    "laboratory_named",
    "term_named",
    "terms_of",
]
