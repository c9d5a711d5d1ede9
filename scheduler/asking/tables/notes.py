"""What is taken and said: nobody has to give a reason."""

from __future__ import annotations

from scheduler.asking.questions import bookings, medicines, off_the_plan, orders
from scheduler.asking.questions.words import word
from scheduler.asking.rule import BOOKINGS, MEDICINES, Rule, told
from scheduler.patient.events import (
    AdverseEvent,
    Attribute,
    Consented,
    Decided,
    Discontinued,
    EndOfTreatment,
    Held,
    Measured,
    NotDone,
    Regraded,
    Resumed,
    VisitDone,
)
from scheduler.patient.events.observations import OfMedicine

NOTES: tuple[Rule, ...] = (
    told("no-route", "a medicine that a rule counts, without its route", medicines.without_route, *MEDICINES),
    told(
        "routine-care",
        "a visit before consent that the protocol allows as routine care",
        off_the_plan.stands_as_routine_care,
        VisitDone,
        Consented,
    ),
    told("second-hold", "a hold of what is held for another reason", orders.held_for_another_cause, Held),
    told("still-held", "a resume that leaves another hold", orders.still_held, Resumed),
    told("booked-outside-window", "an appointment outside its window", bookings.booked_outside_window, *BOOKINGS),
    told(
        "appointment-taken-away",
        "an appointment of something else that is no longer planned then",
        bookings.appointment_taken_away,
        NotDone,
        Discontinued,
        EndOfTreatment,
    ),
    told(
        "stricter-than-the-protocol",
        "a decision beside the protocol's options",
        orders.stricter_than_the_protocol,
        Decided,
    ),
    told(
        "read-as",
        "another name for what is listed",
        word("read-as"),
        AdverseEvent,
        Regraded,
        Measured,
        Attribute,
        OfMedicine,
        EndOfTreatment,
    ),
)
