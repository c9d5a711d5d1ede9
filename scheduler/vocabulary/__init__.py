"""Words with one meaning: adverse events by CTCAE, laboratory tests with their units, medicines, and what else each is called."""

from scheduler.vocabulary.laboratory import LaboratoryTest, grade_of
from scheduler.vocabulary.laboratory_tests import TEST_VOCABULARY, TESTS, laboratory_named
from scheduler.vocabulary.looking_up import Either, Known, Reading, Synonym, Unknown, Vocabulary, offer
from scheduler.vocabulary.medicines import MEDICINES
from scheduler.vocabulary.term import Term
from scheduler.vocabulary.terms import (
    CLASSES,
    GROUPS,
    TERMS,
    VOCABULARY,
    Specified,
    grades_of,
    known_term,
    look_up_term,
    other_of,
    term_named,
    terms_of,
)

OTHER = "any other adverse event"
"""What a table is on that takes every adverse event which no other table of its treatment names."""

__all__ = [
    "CLASSES",
    "GROUPS",
    "MEDICINES",
    "OTHER",
    "TERMS",
    "TESTS",
    "TEST_VOCABULARY",
    "VOCABULARY",
    "Either",
    "Known",
    "LaboratoryTest",
    "Reading",
    "Specified",
    "Synonym",
    "Term",
    "Unknown",
    "Vocabulary",
    "grade_of",
    "grades_of",
    "known_term",
    "laboratory_named",
    "look_up_term",
    "offer",
    "other_of",
    "term_named",
    "terms_of",
]
