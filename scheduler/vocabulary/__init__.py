"""Words with one meaning: adverse events by CTCAE, laboratory tests with their units, medicines, and what else each is called.

The door for everybody who asks what somebody wrote:

    ADVERSE_EVENTS.look_up(text), LABORATORY_TESTS.look_up(text), MEDICINES.look_up(text)
        a Known, Synonym (to be said), Either, Specified ("... - Other, specify: ...") or Unknown (with the nearest names)
    Vocabulary("a site", names).look_up(text)
        the same for names that a protocol or a site file has
    doubt_about(test, value, unit)
        why a measured value cannot be used as written: a NoUnit, Unread or Impossible, each with what may be meant; else None
    end_reason(text), is_progression(text), adverse_event_number(text), says_only_other(text)
        the same for the reason of an end of treatment
    two_numbers_of("blood pressure")
        the tests that its two numbers are; None for a measurement of one number
    grades_of(term)
        the grades that exist of an adverse event, however it was written; None where nobody knows the word
"""

from scheduler.vocabulary.end_reasons import (
    END_REASONS,
    adverse_event_number,
    end_reason,
    is_progression,
    says_only_other,
)
from scheduler.vocabulary.laboratory import LaboratoryTest, grade_of
from scheduler.vocabulary.laboratory_tests import LABORATORY_TESTS, TESTS, laboratory_named
from scheduler.vocabulary.looking_up import (
    Either,
    Known,
    Listed,
    Reading,
    Specified,
    Synonym,
    Unknown,
    Vocabulary,
    offer,
    offer_of,
)
from scheduler.vocabulary.medicines import (
    GLUCOCORTICOIDS,
    MEDICINES,
    MOST_IN_A_DAY,
    ORDINARY_IN_A_DAY,
    generic_name,
    medicines_meant,
)
from scheduler.vocabulary.possible import Doubt, Impossible, Measure, NoUnit, Unread, doubt_about
from scheduler.vocabulary.term import Term
from scheduler.vocabulary.terms import (
    ADVERSE_EVENTS,
    CLASSES,
    GROUPS,
    TERMS,
    grades_of,
    other_of,
    term_named,
    terms_of,
)
from scheduler.vocabulary.two_numbers import BLOOD_PRESSURE, two_numbers_of

OTHER = "any other adverse event"
"""What a table is on that takes every adverse event which no other table of its treatment names."""

__all__ = [
    "ADVERSE_EVENTS",
    "BLOOD_PRESSURE",
    "CLASSES",
    "END_REASONS",
    "GLUCOCORTICOIDS",
    "GROUPS",
    "LABORATORY_TESTS",
    "MEDICINES",
    "MOST_IN_A_DAY",
    "ORDINARY_IN_A_DAY",
    "OTHER",
    "TERMS",
    "TESTS",
    "Doubt",
    "Either",
    "Impossible",
    "Known",
    "LaboratoryTest",
    "Listed",
    "Measure",
    "NoUnit",
    "Reading",
    "Specified",
    "Synonym",
    "Term",
    "Unknown",
    "Unread",
    "Vocabulary",
    "adverse_event_number",
    "doubt_about",
    "end_reason",
    "generic_name",
    "grade_of",
    "grades_of",
    "is_progression",
    "laboratory_named",
    "medicines_meant",
    "offer",
    "offer_of",
    "other_of",
    "says_only_other",
    "term_named",
    "terms_of",
    "two_numbers_of",
]
