"""Where each kind of event shows: nothing recorded is without effect and without a word. History and audit do not count.

An accepted event is cited in at least one of its places, and in no others; a law over generated logs holds it.
"""

from __future__ import annotations

from enum import StrEnum

from scheduler.patient.events import corrections, doses, enrolment, observations, operations, orders, reviews, visits
from scheduler.patient.events.fields import Event


class Where(StrEnum):
    """A place where somebody looks."""

    CALENDAR = "the calendar: its entries, holds, periods, and what is pending"
    PROPOSALS = "the proposals of the protocol's dose rules"
    FINDINGS = "the findings"
    DEVIATIONS = "the ledger of deviations"
    WORKLIST = "the worklist"
    ADVERSE_EVENTS = "the list of adverse events"
    RESPONSE = "the response of the tumour"
    DISPENSING = "the pharmacy's counts"
    EXPOSURE = "the exposure"
    BACKGROUND = "the list of what is known of the patient"
    PUTS_RIGHT = "where the record stood that it puts right or closes"


_ANYWHERE = frozenset({Where.CALENDAR, Where.PROPOSALS, Where.FINDINGS, Where.DEVIATIONS})
"""What bears on dates and doses: the entry it moved, the proposal it raised or answered, what was found, what was broken."""

_DOSE = _ANYWHERE | {Where.EXPOSURE, Where.WORKLIST}
_ORDER = _ANYWHERE | {Where.EXPOSURE}
_UNITS = frozenset({Where.DISPENSING, Where.FINDINGS})
_SEEN = _ANYWHERE | {Where.EXPOSURE, Where.WORKLIST}
_TUMOUR = _ANYWHERE | {Where.RESPONSE, Where.EXPOSURE}
_REACTION = _SEEN | {Where.ADVERSE_EVENTS}
_ENTERING = _ANYWHERE | {Where.EXPOSURE}
_KNOWN = _SEEN | {Where.BACKGROUND}
_TAKING_PART = _ENTERING | {Where.BACKGROUND}

SHOWN: dict[type[Event], frozenset[Where]] = {
    visits.VisitDone: _ANYWHERE | {Where.EXPOSURE},
    visits.NotDone: _ORDER,
    visits.Booked: _ORDER,
    visits.Rebooked: _ORDER,
    visits.UnscheduledVisit: _ANYWHERE,
    visits.Sampled: _ANYWHERE,
    visits.NotSampled: _ANYWHERE,
    doses.FirstDosePlanned: _ENTERING,
    doses.CycleStarted: _DOSE,
    doses.Given: _DOSE,
    doses.Taken: _DOSE,
    doses.NotTaken: _DOSE,
    doses.Dispensed: _UNITS,
    doses.Returned: _UNITS,
    doses.Lost: _UNITS,
    orders.Held: _ORDER,
    orders.Delayed: _ORDER,
    orders.Resumed: _ORDER,
    orders.DoseChanged: _ORDER,
    orders.Prescribed: _ORDER,
    orders.Discontinued: _ORDER,
    orders.EndOfTreatment: _TAKING_PART,
    orders.TreatedBeyondProgression: _ORDER,
    orders.Decided: _ORDER,
    observations.AdverseEvent: _REACTION,
    observations.Regraded: _REACTION,
    observations.Resolved: _REACTION,
    observations.Measured: _KNOWN,
    observations.Response: _TUMOUR,
    observations.Progressed: _TUMOUR | {Where.BACKGROUND},
    observations.Attribute: _KNOWN,
    observations.MedicineStarted: _KNOWN,
    observations.MedicineChanged: _KNOWN,
    observations.MedicineStopped: _KNOWN,
    observations.NewAnticancerTherapy: _TUMOUR | {Where.BACKGROUND},
    operations.SurgeryPlanned: _KNOWN,
    operations.Surgery: _KNOWN,
    operations.WoundHealed: _KNOWN,
    observations.Pregnancy: _KNOWN,
    enrolment.Consented: _TAKING_PART,
    enrolment.Screened: _TAKING_PART,
    enrolment.ScreenFailed: _TAKING_PART,
    enrolment.Randomised: _TAKING_PART | {Where.RESPONSE},
    enrolment.Reached: _TAKING_PART,
    enrolment.DateOfBirth: _TAKING_PART,
    enrolment.Joined: _TAKING_PART,
    enrolment.Left: _TAKING_PART,
    enrolment.MovedToVersion: _TAKING_PART,
    enrolment.SiteTransferred: _TAKING_PART,
    enrolment.Withdrew: _TAKING_PART,
    enrolment.LostToFollowUp: _TAKING_PART,
    enrolment.Contacted: _TAKING_PART,
    enrolment.Died: _TAKING_PART | {Where.RESPONSE},
    reviews.Reviewed: frozenset({Where.FINDINGS, Where.PUTS_RIGHT}),
    reviews.DeviationAssessed: frozenset({Where.DEVIATIONS}),
    reviews.Reported: frozenset({Where.FINDINGS, Where.DEVIATIONS, Where.PUTS_RIGHT}),
    corrections.Corrected: frozenset(Where),
    corrections.Struck: frozenset(Where),
}
"""Where each kind shows: every kind has its line. What puts a record right shows wherever that record did."""
