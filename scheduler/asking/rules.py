"""The table of all questions: each has one code, one strength, the events that it is asked of, and one function that asks it.

What contradicts the log, or is an order that the protocol forbids, is asked beside this table: `scheduler.asking.contradictions`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scheduler.asking.candidate import Candidate, Told
from scheduler.asking.question import Strength
from scheduler.asking.questions import (
    amounts,
    bookings,
    days,
    from_the_diary,
    holds,
    medicines,
    numbers,
    orders,
    samples,
    supply,
    without_effect,
    words,
)
from scheduler.asking.questions import off_the_plan as plan
from scheduler.asking.questions import unknown_doses as doses
from scheduler.asking.questions.words import unread, word
from scheduler.calendar.engine.proposals.resumed_above import RESUMED_TOO_HIGH
from scheduler.patient.events import (
    AdverseEvent,
    Attribute,
    Booked,
    Consented,
    Contacted,
    CycleStarted,
    DateOfBirth,
    Decided,
    Delayed,
    DeviationAssessed,
    Discontinued,
    Dispensed,
    DoseChanged,
    EndOfTreatment,
    Event,
    FirstDosePlanned,
    Given,
    Held,
    Joined,
    Left,
    Lost,
    LostToFollowUp,
    Measured,
    MedicineChanged,
    MedicineStarted,
    MedicineStopped,
    MovedToVersion,
    NewAnticancerTherapy,
    NotDone,
    NotTaken,
    Pregnancy,
    Prescribed,
    Progressed,
    Randomised,
    Rebooked,
    Regraded,
    Resolved,
    Resumed,
    Returned,
    Reviewed,
    Sampled,
    Screened,
    ScreenFailed,
    SurgeryPlanned,
    Taken,
    UnscheduledVisit,
    VisitDone,
    Withdrew,
)
from scheduler.patient.events.observations import OfMedicine


@dataclass(frozen=True, slots=True)
class Rule:
    """One question: its code, how strongly it is asked, of which events, what it is about, and what asks it."""

    code: str
    strength: Strength
    kinds: tuple[type[Event], ...]
    about: str
    asks: Callable[[Candidate], Iterator[Told]]


def _refused(code: str, about: str, asks: Callable[[Candidate], Iterator[Told]], *kinds: type[Event]) -> Rule:
    return Rule(code, Strength.REFUSED, kinds, about, asks)


def _asked(code: str, about: str, asks: Callable[[Candidate], Iterator[Told]], *kinds: type[Event]) -> Rule:
    return Rule(code, Strength.ASKED, kinds, about, asks)


def _said(code: str, about: str, asks: Callable[[Candidate], Iterator[Told]], *kinds: type[Event]) -> Rule:
    return Rule(code, Strength.SAID, kinds, about, asks)


DOSES = (CycleStarted, Given, Taken)
BOOKINGS = (Booked, Rebooked)
TIMED = (CycleStarted, Given, VisitDone)
MEASURED = (Measured, Attribute)
LEVELS = (DoseChanged, Resumed)
ENDS = (Discontinued, EndOfTreatment)
MEDICINES = (MedicineStarted, MedicineChanged)
IN_THE_STUDY = (
    *(VisitDone, NotDone, UnscheduledVisit, Dispensed, Returned, Lost),
    *(Progressed, Pregnancy, NewAnticancerTherapy, Withdrew, LostToFollowUp, Contacted, EndOfTreatment),
)
"""What can only happen to who is in the study; a measurement, a reaction or a medicine may be of years before."""

RULES: tuple[Rule, ...] = (
    _refused("in-the-future", "a fact of a day that is still to come", days.in_the_future, Event),
    _refused(
        "onset-after-report", "an adverse event that began after its report", days.onset_after_report, AdverseEvent
    ),
    _refused("limit-of-zero", "an upper limit of normal of 0 or less", words.limit_of_zero, Measured),
    _refused("no-such-grade", "a grade that the term does not have", word("no-such-grade"), AdverseEvent, Regraded),
    _refused(
        "no-such-deviation",
        "an assessment of a deviation that is not there",
        orders.no_such_deviation,
        DeviationAssessed,
    ),
    _refused(
        "found-before-it-happened",
        "a deviation found or reported before it happened",
        days.found_before_it_happened,
        DeviationAssessed,
    ),
    _refused(
        "reported-before-found",
        "a deviation reported before it was found",
        days.reported_before_found,
        DeviationAssessed,
    ),
    _refused(
        "same-version", "a move to the version that holds already", without_effect.moved_to_same_version, MovedToVersion
    ),
    _refused("lost-already", "the loss of a patient who is lost already", without_effect.lost_already, LostToFollowUp),
    _refused(
        "first-dose-given",
        "a plan for a first dose, made after it was given",
        without_effect.planned_after_it_was_given,
        FirstDosePlanned,
    ),
    _refused(
        "in-the-group-already",
        "joining a group twice, or leaving it without having joined",
        without_effect.in_the_group_already,
        Joined,
        Left,
    ),
    _refused(
        "nothing-by-age",
        "a date of birth in a study that times and doses nothing by age",
        without_effect.birth_that_nothing_counts_from,
        DateOfBirth,
    ),
    _refused("nothing-to-review", "a look at what asks for none", without_effect.nothing_to_review, Reviewed),
    _refused(
        "no-such-activity",
        "an activity as not done that the visit does not have",
        plan.not_of_the_visit,
        VisitDone,
        CycleStarted,
        Given,
    ),
    _refused("no-such-prompts", "more prompts answered than a day has", from_the_diary.prompts_answered, VisitDone),
    _refused("no-units", "no units handed out or lost", without_effect.no_units, Dispensed, Lost),
    _asked("unknown-term", "a word that is no term of CTCAE", word("unknown-term"), AdverseEvent),
    _asked(
        "unknown-relation",
        "an adverse event related to what no treatment is called",
        words.related_to_no_treatment,
        AdverseEvent,
    ),
    _asked(
        "unknown-attribute",
        "a fact that is almost one that rules or doses ask for",
        unread("unknown-attribute"),
        Attribute,
    ),
    _asked("measured-only", "a measurement that doses go by as an attribute", unread("measured-only"), Measured),
    _asked("fact-only", "an attribute that rules read as a measurement", unread("fact-only"), Attribute),
    _asked("unknown-test", "a laboratory test that nobody knows", word("unknown-test"), Measured),
    _asked("unknown-medicine", "a medicine that is almost a listed one", word("unknown-medicine"), OfMedicine),
    _asked(
        "medicine-not-started",
        "the end or change of a medicine that nobody started",
        medicines.not_started,
        MedicineStopped,
        MedicineChanged,
    ),
    _asked(
        "no-daily-dose",
        "a medicine that a rule counts, without its daily dose",
        medicines.missing("no-daily-dose"),
        *MEDICINES,
    ),
    _asked(
        "no-equivalent",
        "a steroid that the protocol has no equivalent of",
        medicines.missing("no-equivalent"),
        *MEDICINES,
    ),
    _asked(
        "unknown-end-reason",
        "an end of treatment for a reason that is not listed",
        word("unknown-end-reason"),
        EndOfTreatment,
    ),
    _asked("no-unit", "a value without the unit that it needs", word("no-unit"), *MEASURED),
    _asked("unread-unit", "a unit that the test is not measured in", word("unread-unit"), *MEASURED),
    _asked("one-number", "one number of a blood pressure", word("one-number"), Measured),
    _asked("impossible-value", "a value beyond what a living person has", word("impossible-value"), *MEASURED),
    _asked("ambiguous-amount", "an amount that may be two numbers", word("ambiguous-amount"), Event),
    _asked(
        "out-of-order",
        "a dose or visit before consent or after a screen failure, a dose before randomisation",
        plan.out_of_order,
        *DOSES,
        VisitDone,
        Consented,
        Screened,
        Randomised,
        ScreenFailed,
    ),
    _asked("ordered-far-ahead", "an order for a day weeks ahead", days.ordered_far_ahead, Event),
    _asked("reported-ahead", "days of tablets after the day of their report", days.reported_ahead, Taken, NotTaken),
    _asked(
        "planned-in-the-past",
        "an operation planned for a day that had passed",
        days.planned_in_the_past,
        SurgeryPlanned,
    ),
    _asked(
        "before-it-began",
        "a grade or the end of an adverse event before it began",
        days.graded_before_it_began,
        Regraded,
        Resolved,
    ),
    _asked("long-before", "a day months before all that is recorded", days.long_before, *IN_THE_STUDY),
    _asked("had-a-dose", "a screen failure after a dose", plan.screen_failure_after_a_dose, ScreenFailed),
    _asked("not-eligible", "a randomisation after a screen failure", plan.randomised_after_screen_failure, Randomised),
    _asked(
        "screening-failed",
        "a screening visit after its screening had failed",
        plan.of_a_failed_screening,
        VisitDone,
        *BOOKINGS,
    ),
    _asked("first-dose", "a first dose outside its days", plan.first_dose_out_of_its_days, *DOSES),
    _asked(
        "randomised-out-of-days",
        "a randomisation outside its days, after a run-in or induction",
        plan.randomised_out_of_its_days,
        Randomised,
    ),
    _asked("number-skips", "a dose or cycle whose number skips", numbers.number_skips, Given, CycleStarted),
    _asked(
        "no-answer",
        "a fact that something hangs on, in words that do not say whether it is so",
        without_effect.fact_that_says_nothing,
        Attribute,
    ),
    _asked("second-that-day", "a second dose of a treatment on one day", plan.second_that_day, Given),
    _asked(
        "not-planned",
        "a dose, dosing days or a visit that the plan does not have, or not for this patient",
        plan.not_planned,
        *DOSES,
        VisitDone,
        Attribute,
    ),
    _asked(
        "after-the-end",
        "a dose after the end of its treatment",
        plan.after_the_end,
        *DOSES,
        Discontinued,
        EndOfTreatment,
    ),
    _asked("during-a-hold", "a dose while its treatment is held", plan.during_a_hold, *DOSES, Held),
    _asked("held-already", "a hold of what is held for the same reason", holds.held_already, Held),
    _asked("dose-too-early", "a dose before its earliest day or window", plan.too_early, *DOSES),
    _asked(
        "goes-on-without",
        "a dose although a value that it waits for fails or is missing",
        plan.without_its_values,
        *DOSES,
    ),
    _asked("not-decided", "a dose that waits for a decision", plan.not_decided, *DOSES),
    _asked("not-prescribed", "a fraction without its prescription", doses.not_prescribed, *DOSES),
    _asked("amount-not-known", "a dose for which a value is missing", doses.amount_not_known, *DOSES),
    _asked(
        "no-time",
        "a dose or visit without the time that a sheet or a window of hours counts from",
        samples.no_time,
        *TIMED,
    ),
    _asked("times-and-doses", "more or fewer times of a day than it has doses", from_the_diary.times_and_doses, Taken),
    _asked(
        "taken-as-needed",
        "more than the most of what is taken as needed, no amount of it, or a day without",
        from_the_diary.taken_as_needed,
        Taken,
        NotTaken,
    ),
    _asked("time-skipped", "a time that the clocks skip that night", days.never_shown, Event),
    _asked("time-twice", "a time that comes twice that night, of a dose or visit", days.shown_twice, *TIMED),
    _asked("sample-out-of-window", "a sample outside its window, without a reason", samples.out_of_window, Sampled),
    _asked("taken-and-not-done", "a sample at a visit that is not done", samples.taken_and_not_done, Sampled, NotDone),
    _asked("amount-of-zero", "nothing was given or taken", amounts.amount_of_zero, Given, Taken),
    _asked("begins-again", "a dose that begins again, without its amount", amounts.begins_again, Given),
    _asked("tenfold-amount", "ten times the plan's amount, or a tenth", amounts.tenfold_amount, Given, Taken),
    _asked("other-amount", "an amount that is not the plan's", amounts.other_amount, Given, Taken),
    _asked("amount-of-which", "one amount for several drugs or courses", amounts.amount_of_which, Given, Taken),
    _asked(
        "changes-what-was-given",
        "a value or level under which an earlier dose would be another",
        doses.changes_what_was_given,
        Attribute,
        Prescribed,
        *LEVELS,
        Decided,
    ),
    _asked(
        "changes-earlier-days",
        "a fact dated earlier, by which what was due and is over was, or was not, for the patient",
        doses.changes_earlier_days,
        Attribute,
    ),
    _asked(
        "no-such-level",
        "a level of a treatment without levels",
        without_effect.level_without_ladder,
        DoseChanged,
        Resumed,
    ),
    _asked("dose-raised", "a higher dose without a sentence that allows it", plan.raised, *LEVELS),
    _asked("resumed-early", "a resume before what it waits for", plan.resumed_too_early, Resumed),
    _asked(
        RESUMED_TOO_HIGH,
        "a resume above the level that the protocol has for its recovery",
        orders.above_its_row,
        Resumed,
    ),
    _asked(
        "against-the-protocol", "a decision that is less strict than the protocol", orders.against_the_protocol, Decided
    ),
    _asked(
        "progression-not-recorded",
        "an end of treatment for a progression that nobody recorded",
        orders.of_its_reason("progression-not-recorded"),
        EndOfTreatment,
    ),
    _asked(
        "cause-not-recorded",
        "an end for a death, a pregnancy, a loss or an adverse event that nobody recorded",
        orders.of_its_reason("cause-not-recorded"),
        *ENDS,
    ),
    _asked(
        "other-without-words",
        "an end for 'other', without words",
        orders.of_its_reason("other-without-words"),
        *ENDS,
    ),
    _asked("ends-another", "an end that ends another treatment too", orders.ends_another, Discontinued, Decided),
    _asked("delay-in-the-past", "a delay until a day that had passed", orders.delayed_into_the_past, Delayed),
    _asked("booked-backwards", "an appointment before the day it was made", bookings.booked_backwards, *BOOKINGS),
    _asked("booked-far-ahead", "an appointment more than a year ahead", bookings.booked_far_ahead, *BOOKINGS),
    _asked("booked-on-closed-day", "an appointment on a closed day", bookings.booked_on_closed_day, *BOOKINGS),
    _asked(
        "booked-at-misspelt-place",
        "an appointment at a place that the site lists by another spelling",
        bookings.booked_at_misspelt_place,
        *BOOKINGS,
    ),
    _asked("booking-void", "an appointment that the calendar does not keep", bookings.booked_in_vain, *BOOKINGS),
    _asked(
        "booked-across-tablets", "a cycle booked on dosing days of another", bookings.booked_across_tablets, *BOOKINGS
    ),
    _asked("booked-off-the-plan", "an appointment that would break a limit", bookings.booked_off_the_plan, *BOOKINGS),
    _asked("expired-lot", "a lot that expires before its last day of dosing", supply.expired_lot, Dispensed),
    _asked(
        "more-than-the-cycle-takes",
        "more units than the days of a cycle take, and a pack",
        supply.more_than_the_cycle_takes,
        Dispensed,
    ),
    _asked("part-of-a-pack", "a number of units that is no number of packs", supply.part_of_a_pack, Dispensed),
    _asked("part-of-a-unit", "a part of a unit that nobody can give", supply.part_of_a_unit, Dispensed, Returned, Lost),
    _asked("more-than-handed-out", "more back than was handed out", supply.more_than_handed_out, Returned, Lost),
    _said("no-route", "a medicine that a rule counts, without its route", medicines.without_route, *MEDICINES),
    _said("second-hold", "a hold of what is held for another reason", holds.held_for_another_cause, Held),
    _said("still-held", "a resume that leaves another hold", holds.still_held, Resumed),
    _said("booked-outside-window", "an appointment outside its window", bookings.booked_outside_window, *BOOKINGS),
    _said(
        "appointment-taken-away",
        "an appointment of something else that is no longer planned then",
        bookings.appointment_taken_away,
        NotDone,
        Discontinued,
        EndOfTreatment,
    ),
    _said(
        "stricter-than-the-protocol",
        "a decision beside the protocol's options",
        orders.stricter_than_the_protocol,
        Decided,
    ),
    _said(
        "read-as",
        "another name for what is listed",
        word("read-as"),
        AdverseEvent,
        Regraded,
        Measured,
        OfMedicine,
        EndOfTreatment,
    ),
)
"""All questions, in the order in which they are shown where they are of one strength."""
