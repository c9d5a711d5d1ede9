"""Overall survival: until death, else censored on the last day on which the patient is known to have been alive.

What was booked, dispensed, ordered or decided shows nobody alive: only what the patient was there for, or told.
"""

from __future__ import annotations

from typing import NamedTuple

from scheduler.calendar.telling.events_in_words import what_happened
from scheduler.dates import Day
from scheduler.endpoints.patient.end_point import EndPoint, TimeToEvent, Why
from scheduler.endpoints.patient.observed import OVERALL_SURVIVAL, Observed, counted_days, left, not_started, on
from scheduler.patient import events as ev
from scheduler.patient.log import Fact
from scheduler.said import SPACES, Listed, Said, listed, said

SHOWS_ALIVE = (
    ev.Consented,
    ev.Randomised,
    ev.VisitDone,
    ev.UnscheduledVisit,
    ev.Contacted,
    ev.CycleStarted,
    ev.Given,
    ev.Taken,
    ev.Sampled,
    ev.Measured,
    ev.AdverseEvent,
    ev.Regraded,
    ev.Resolved,
    ev.Progressed,
    ev.NewAnticancerTherapy,
    ev.Surgery,
    ev.Withdrew,
)
"""The kinds of event that show that the patient was alive on their day."""


class Seen(NamedTuple):
    """A day on which the patient was alive, and what shows it."""

    day: Day
    fact: Fact
    what: Said


def overall_survival(known: Observed) -> TimeToEvent:
    """Until death; else until the last day known alive; neither beyond the time that is counted."""
    counted = counted_days(known, OVERALL_SURVIVAL)
    if counted.first is None:
        return not_started(EndPoint.OVERALL_SURVIVAL, None, counted)
    if known.death is not None:
        return _died(counted.first, counted.last, known.death)
    return _alive(known, counted.first, counted.last)


def _died(first: Day, horizon: Day | None, death: Fact) -> TimeToEvent:
    if isinstance(death.event, ev.AdverseEvent | ev.Regraded):
        what = said(
            "Died on {day}: adverse event {ae} has grade 5, and no death is recorded beside it.",
            day=on(death.day),
            ae=death.event.ae,
        )
    else:
        what = said("Died on {day}.", day=on(death.day))
    if horizon is None or death.day <= horizon:
        return _time((first, max(first, death.day)), True, Why.DIED, what, death)
    late = said("That is after {horizon}, until which is counted: censored there.", horizon=on(horizon))
    return _time((first, horizon), False, Why.HORIZON, listed(what, late, how=SPACES), death)


def _alive(known: Observed, first: Day, horizon: Day | None) -> TimeToEvent:
    seen = last_seen_alive(known)
    if seen is None or seen.day < first:
        nothing = said("Nothing shows the patient alive after the first day: censored on it.")
        return _time((first, first), False, Why.LAST_KNOWN_ALIVE, nothing)
    if horizon is not None and seen.day >= horizon:
        beyond = said(
            "Known to be alive on {seen}; counted until {horizon}: censored there.",
            seen=on(seen.day),
            horizon=on(horizon),
        )
        return _time((first, horizon), False, Why.HORIZON, beyond, seen.fact)
    alive = said("Last known to be alive on {day}: {what}. Censored on that day.", day=on(seen.day), what=seen.what)
    gone = left(known)
    if gone is None:
        return _time((first, seen.day), False, Why.LAST_KNOWN_ALIVE, alive, seen.fact)
    both = listed(alive, said("Followed no further: {why}.", why=gone.said), how=SPACES)
    return _time((first, seen.day), False, Why.LAST_KNOWN_ALIVE, both, seen.fact, gone.fact)


def last_seen_alive(known: Observed) -> Seen | None:
    """The last day on which something shows the patient alive; a scan shows it on the day it was made."""
    facts = [
        Seen(fact.day, fact, what_happened(fact.event, [each.event for each in known.log.records]))
        for fact in known.ev.course.of(*SHOWS_ALIVE)
        if getattr(fact.event, "grade", None) != _DEATH
    ]
    facts += [Seen(each.scan_day, each.fact, what_happened(each.fact.event)) for each in known.assessments]
    return max(facts, key=lambda each: (each.day, each.fact.number), default=None)


_DEATH = 5


def _time(days: tuple[Day, Day], event: bool, why: Why, reason: Said | Listed, *facts: Fact) -> TimeToEvent:
    return TimeToEvent.of(EndPoint.OVERALL_SURVIVAL, None, days, event, why, reason, facts)
