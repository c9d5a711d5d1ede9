"""What is asked of doses, cycles and visits: whether the plan has them then, and in that amount."""

from __future__ import annotations

from scheduler.asking.questions import amounts, days, from_the_diary, numbers, orders, samples, without_effect
from scheduler.asking.questions import off_the_plan as plan
from scheduler.asking.questions import unknown_doses as doses
from scheduler.asking.rule import BOOKINGS, DOSES, LEVELS, TIMED, Rule, asked
from scheduler.patient.events import (
    Attribute,
    CycleStarted,
    Decided,
    Discontinued,
    EndOfTreatment,
    Event,
    Given,
    Held,
    NotDone,
    NotTaken,
    Prescribed,
    Randomised,
    Sampled,
    ScreenFailed,
    Taken,
    VisitDone,
)

OF_DOSES: tuple[Rule, ...] = (
    asked("had-a-dose", "a screen failure after a dose", plan.screen_failure_after_a_dose, ScreenFailed),
    asked("not-eligible", "a randomisation after a screen failure", plan.randomised_after_screen_failure, Randomised),
    asked(
        "screening-failed",
        "a screening visit after its screening had failed",
        plan.of_a_failed_screening,
        VisitDone,
        *BOOKINGS,
    ),
    asked("first-dose", "a first dose outside its days", plan.first_dose_out_of_its_days, *DOSES),
    asked(
        "randomised-out-of-days",
        "a randomisation outside its days, after a run-in or induction",
        plan.randomised_out_of_its_days,
        Randomised,
    ),
    asked("number-skips", "a dose or cycle whose number skips", numbers.number_skips, Given, CycleStarted),
    asked(
        "number-goes-back",
        "a dose or cycle below a number of an earlier day",
        numbers.number_goes_back,
        Given,
        CycleStarted,
    ),
    asked(
        "no-answer",
        "a fact that something hangs on, in words that do not say whether it is so",
        without_effect.fact_that_says_nothing,
        Attribute,
    ),
    asked("second-that-day", "a second dose of a treatment on one day", plan.second_that_day, Given),
    asked(
        "not-planned",
        "a dose, dosing days or a visit that the plan does not have, or not for this patient",
        plan.not_planned,
        *DOSES,
        VisitDone,
        Attribute,
        Held,
        Discontinued,
        Decided,
        EndOfTreatment,
    ),
    asked(
        "after-the-end",
        "a dose after the end of its treatment",
        plan.after_the_end,
        *DOSES,
        Discontinued,
        EndOfTreatment,
    ),
    asked(
        "during-a-hold", "a dose while its treatment is held", plan.during_a_hold, *DOSES, Held, Discontinued, Decided
    ),
    asked("held-already", "a hold of what is held for the same reason", orders.held_already, Held),
    asked("dose-too-early", "a dose before its earliest day or window", plan.too_early, *DOSES),
    asked(
        "goes-on-without",
        "a dose although a value that it waits for fails or is missing",
        plan.without_its_values,
        *DOSES,
    ),
    asked("not-decided", "a dose that waits for a decision", plan.not_decided, *DOSES),
    asked("not-prescribed", "a fraction without its prescription", doses.not_prescribed, *DOSES),
    asked("amount-not-known", "a dose for which a value is missing", doses.amount_not_known, *DOSES),
    asked(
        "no-time",
        "a dose or visit without the time that a sheet or a window of hours counts from",
        samples.no_time,
        *TIMED,
    ),
    asked("times-and-doses", "more or fewer times of a day than it has doses", from_the_diary.times_and_doses, Taken),
    asked(
        "start-taken-back",
        "the first day of a cycle as not taken, after it was recorded as taken",
        from_the_diary.start_taken_back,
        NotTaken,
    ),
    asked("no-dose-to-miss", "days as not taken, none of which has a dose", from_the_diary.nothing_missed, NotTaken),
    asked(
        "taken-as-needed",
        "more than the most of what is taken as needed, no amount of it, or a day without",
        from_the_diary.taken_as_needed,
        Taken,
        NotTaken,
    ),
    asked("time-skipped", "a time that the clocks skip that night", days.never_shown, Event),
    asked("time-twice", "a time that comes twice that night, of a dose or visit", days.shown_twice, *TIMED),
    asked("sample-out-of-window", "a sample outside its window, without a reason", samples.out_of_window, Sampled),
    asked("taken-and-not-done", "a sample at a visit that is not done", samples.taken_and_not_done, Sampled, NotDone),
    asked("amount-of-zero", "nothing was given or taken", amounts.amount_of_zero, Given, Taken),
    asked("begins-again", "a dose that begins again, without its amount", amounts.begins_again, Given),
    asked("tenfold-amount", "ten times the plan's amount, or a tenth", amounts.tenfold_amount, Given, Taken),
    asked("other-amount", "an amount that is not the plan's", amounts.other_amount, Given, Taken),
    asked("amount-of-which", "one amount for several drugs or courses", amounts.amount_of_which, Given, Taken),
    asked(
        "changes-what-was-given",
        "a value or level under which an earlier dose would be another",
        doses.changes_what_was_given,
        Attribute,
        Prescribed,
        *LEVELS,
        Decided,
    ),
    asked(
        "changes-earlier-days",
        "a fact dated earlier, by which what was due and is over was, or was not, for the patient",
        doses.changes_earlier_days,
        Attribute,
    ),
)
