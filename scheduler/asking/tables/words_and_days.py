"""What is asked of the words and days of an event: names, units and values that no rule reads, days that are likely a slip."""

from __future__ import annotations

from scheduler.asking.questions import days, medicines, unlikely_values, without_effect, words
from scheduler.asking.questions import off_the_plan as plan
from scheduler.asking.questions.words import unread, word
from scheduler.asking.rule import DOSES, IN_THE_STUDY, MEASURED, MEDICINES, Rule, asked
from scheduler.patient.events import (
    AdverseEvent,
    Attribute,
    Consented,
    EndOfTreatment,
    Event,
    Measured,
    MedicineChanged,
    MedicineStopped,
    NotDone,
    NotTaken,
    Randomised,
    Regraded,
    Reported,
    Resolved,
    Screened,
    ScreenFailed,
    SurgeryPlanned,
    Taken,
    VisitDone,
)
from scheduler.patient.events.observations import OfMedicine

OF_WORDS_AND_DAYS: tuple[Rule, ...] = (
    asked("unknown-term", "a word that is no term of CTCAE", word("unknown-term"), AdverseEvent),
    asked("not-specified", "another event of a class, without what it is", word("not-specified"), AdverseEvent),
    asked(
        "unknown-relation",
        "an adverse event related to what no treatment is called",
        words.related_to_no_treatment,
        AdverseEvent,
    ),
    asked(
        "unknown-attribute",
        "a fact that is almost one that rules or doses ask for",
        unread("unknown-attribute"),
        Attribute,
    ),
    asked("measured-only", "a measurement that doses go by as an attribute", unread("measured-only"), Measured),
    asked("fact-only", "an attribute that rules read as a measurement", unread("fact-only"), Attribute),
    asked("unknown-test", "a laboratory test that nobody knows", word("unknown-test"), Measured),
    asked("unknown-medicine", "a medicine that is almost a listed one", word("unknown-medicine"), OfMedicine),
    asked(
        "medicine-not-started",
        "the end or change of a medicine that nobody started",
        medicines.not_started,
        MedicineStopped,
        MedicineChanged,
    ),
    asked(
        "no-daily-dose",
        "a medicine that a rule counts, without its daily dose",
        medicines.missing("no-daily-dose"),
        *MEDICINES,
    ),
    asked(
        "no-equivalent",
        "a steroid that the protocol has no equivalent of",
        medicines.missing("no-equivalent"),
        *MEDICINES,
    ),
    asked(
        "unknown-end-reason",
        "an end of treatment for a reason that is not listed",
        word("unknown-end-reason"),
        EndOfTreatment,
    ),
    asked("no-unit", "a value without the unit that it needs", word("no-unit"), *MEASURED),
    asked("not-a-value", "a value that is no number with its unit", words.no_number, Attribute),
    asked("unread-unit", "a unit that the test is not measured in", word("unread-unit"), *MEASURED),
    asked("one-number", "one number of a blood pressure", word("one-number"), Measured),
    asked("impossible-value", "a value beyond what a living person has", word("impossible-value"), *MEASURED),
    asked(
        "unlikely-limit", "an upper limit of normal that no laboratory has", unlikely_values.unlikely_limit, Measured
    ),
    asked(
        "unlikely-daily-dose",
        "more of a medicine in a day than is given, or ten times the last dose",
        unlikely_values.unlikely_daily_dose,
        *MEDICINES,
    ),
    asked("value-jumps", "a weight or height that nobody comes to in three months", unlikely_values.jump, *MEASURED),
    asked("ambiguous-amount", "an amount that may be two numbers", word("ambiguous-amount"), Event),
    asked(
        "out-of-order",
        "a dose or visit before consent or after a screen failure, a dose before screening or randomisation",
        plan.out_of_order,
        *DOSES,
        VisitDone,
        Consented,
        Screened,
        Randomised,
        ScreenFailed,
    ),
    asked("ordered-far-ahead", "an order for a day weeks ahead, or a delay of months", days.ordered_far_ahead, Event),
    asked("not-done-far-ahead", "what is planned weeks ahead, as not done", days.not_done_far_ahead, NotDone),
    asked(
        "nothing-to-report",
        "a report to the sponsor of what needs none, or has been reported",
        without_effect.nothing_to_report,
        Reported,
    ),
    asked("reported-ahead", "days of tablets after the day of their report", days.reported_ahead, Taken, NotTaken),
    asked(
        "planned-in-the-past",
        "an operation planned for a day that had passed",
        days.planned_in_the_past,
        SurgeryPlanned,
    ),
    asked(
        "before-it-began",
        "a grade or the end of an adverse event before it began",
        days.graded_before_it_began,
        Regraded,
        Resolved,
    ),
    asked("long-before", "a day months before all that is recorded", days.long_before, *IN_THE_STUDY),
)
