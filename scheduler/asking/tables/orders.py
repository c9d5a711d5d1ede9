"""What is asked of orders, of decisions, of ends, and of appointments."""

from __future__ import annotations

from scheduler.asking.questions import bookings, orders, without_effect
from scheduler.asking.questions import off_the_plan as plan
from scheduler.asking.rule import BOOKINGS, ENDS, LEVELS, Rule, asked
from scheduler.calendar.engine.proposals.resumed_above import RESUMED_TOO_HIGH
from scheduler.patient.events import Decided, Delayed, Discontinued, DoseChanged, EndOfTreatment, Held, Resumed

OF_ORDERS: tuple[Rule, ...] = (
    asked(
        "no-such-level",
        "a level of a treatment without levels",
        without_effect.level_without_ladder,
        DoseChanged,
        Resumed,
    ),
    asked("dose-raised", "a higher dose without a sentence that allows it", plan.raised, *LEVELS),
    asked("resumed-early", "a resume before what it waits for", plan.resumed_too_early, Resumed),
    asked(
        RESUMED_TOO_HIGH,
        "a resume above the level that the protocol has for its recovery",
        orders.above_its_row,
        Resumed,
    ),
    asked(
        "against-the-protocol", "a decision that is less strict than the protocol", orders.against_the_protocol, Decided
    ),
    asked(
        "progression-not-recorded",
        "an end of treatment for a progression that nobody recorded",
        orders.of_its_reason("progression-not-recorded"),
        EndOfTreatment,
    ),
    asked(
        "cause-not-recorded",
        "an end for a death, a pregnancy, a loss or an adverse event that nobody recorded",
        orders.of_its_reason("cause-not-recorded"),
        *ENDS,
    ),
    asked(
        "other-without-words",
        "an end for 'other', without words",
        orders.of_its_reason("other-without-words"),
        *ENDS,
    ),
    asked("ends-another", "an end that ends another treatment too", orders.ends_another, Discontinued, Decided),
    asked(
        "ended-already",
        "a hold, delay or other dose of a treatment that had ended",
        orders.of_what_has_ended,
        Held,
        Delayed,
        DoseChanged,
    ),
    asked("delays-nothing", "a delay by which nothing comes later", orders.delays_nothing, Delayed),
    asked("delay-in-the-past", "a delay until a day that had passed", orders.delayed_into_the_past, Delayed),
    asked("booked-when-done", "an appointment for what took place already", bookings.booked_when_done, *BOOKINGS),
    asked("booked-backwards", "an appointment before the day it was made", bookings.booked_backwards, *BOOKINGS),
    asked("booked-far-ahead", "an appointment more than a year ahead", bookings.booked_far_ahead, *BOOKINGS),
    asked("booked-on-closed-day", "an appointment on a closed day", bookings.booked_on_closed_day, *BOOKINGS),
    asked("booked-a-later-day", "an appointment for a later day of a cycle", bookings.booked_a_later_day, *BOOKINGS),
    asked(
        "booked-at-misspelt-place",
        "an appointment at a place that the site lists by another spelling",
        bookings.booked_at_misspelt_place,
        *BOOKINGS,
    ),
    asked("booking-void", "an appointment that the calendar does not keep", bookings.booked_in_vain, *BOOKINGS),
    asked(
        "booked-across-tablets", "a cycle booked on dosing days of another", bookings.booked_across_tablets, *BOOKINGS
    ),
    asked("booked-off-the-plan", "an appointment that would break a limit", bookings.booked_off_the_plan, *BOOKINGS),
)
