"""Best overall response, what it adds to the response and control rates, and how long a response lasts.

The best response is that of `scheduler.calendar.tumour`, by the scans of the time that is counted alone. In a study of several
arms that are compared, a response counts as first seen; in a study of one arm it has to be confirmed (RECIST 1.1: Eisenhauer et
al., Eur J Cancer 2009;45:228, 4.6). Whoever was never assessed has no response: they count in the rate of all, not in that of
those assessed.
"""

from __future__ import annotations

from scheduler.calendar.tumour.best_response import (
    LEAST_STABLE,
    NOT_READ,
    counted_for_best,
    is_confirmed,
    is_controlled,
    is_response,
)
from scheduler.calendar.tumour.tumour_response import ResponseSoFar, response_by
from scheduler.dates import Day
from scheduler.endpoints.patient.end_point import BestOverall, EndPoint, TimeToEvent, Why
from scheduler.endpoints.patient.observed import (
    RESPONSE,
    Counted,
    Observed,
    counted_days,
    not_started,
    on,
    reason_not_started,
)
from scheduler.endpoints.patient.progression_free import until_progression
from scheduler.patient.episodes.assessments import Assessed
from scheduler.patient.events import ASSESSMENTS
from scheduler.protocol.plan.study import StudyVersion
from scheduler.said import Code, Said, Value, listed, said


def must_be_confirmed(version: StudyVersion) -> bool:
    """True in a study of one arm, where nothing but a second scan tells a response from chance."""
    return len(version.arms) == 1


def best_overall(known: Observed, criteria: str) -> BestOverall:
    """The best overall response by one set of criteria, in the time that is counted."""
    counted = counted_days(known, RESPONSE)
    if counted.first is None:
        return _not_counted(criteria, reason_not_started(counted))
    others = tuple(dict.fromkeys(each.criteria for each in known.assessments if each.criteria in ASSESSMENTS))
    if others and criteria not in others:
        reason = said(
            "Not counted: nothing was assessed by {criteria}, only by {others}.",
            criteria=Code(criteria),
            others=listed(*map(Code, others)),
        )
        return _not_counted(criteria, reason)
    so_far = response_by(known.ev, criteria, counted.last)
    best = so_far.best_if_confirmed if must_be_confirmed(known.version) else so_far.best
    return BestOverall(
        criteria=criteria,
        best=best,
        best_on=so_far.best_on,
        confirmed=so_far.confirmed,
        best_if_confirmed=so_far.best_if_confirmed,
        response=best is not None and is_response(criteria, best),
        control=best is not None and is_controlled(criteria, best),
        assessed=best is not None,
        counted=True,
        reason=_why(known, counted, so_far, best),
        events=_behind(known, so_far),
    )


def _not_counted(criteria: str, reason: Said) -> BestOverall:
    return BestOverall(criteria, None, None, None, None, False, False, False, False, reason, ())


def _behind(known: Observed, so_far: ResponseSoFar) -> tuple[int, ...]:
    """The events of the assessments that were read on the day of the best one."""
    if so_far.best_on is None:
        return ()
    day = so_far.best_on.toordinal()
    found = (each for each in known.assessments if each.criteria == so_far.criteria and each.scan_day == day)
    return tuple(sorted({number for each in found for number in each.fact.numbers}))


def _why(known: Observed, counted: Counted, so_far: ResponseSoFar, best: str | None) -> Said:
    criteria = Code(so_far.criteria)
    if best is None or so_far.best_on is None:
        if counted.last is None:
            return said("Nothing is assessed by {criteria} yet: no response.", criteria=criteria)
        return said(
            "Nothing is assessed by {criteria} up to {horizon}, until which is counted: no response.",
            criteria=criteria,
            horizon=on(counted.last),
        )
    values: dict[str, Value] = {"best": Code(best), "criteria": criteria, "day": on(so_far.best_on.toordinal())}
    if so_far.confirmed is False and must_be_confirmed(known.version):
        return said(
            "{seen} by {criteria} by the scan of {day} is not confirmed: it counts as {best}.",
            seen=Code(so_far.best or NOT_READ),
            **values,
        )
    if best == NOT_READ:
        return said(
            "NE by {criteria}: what was assessed could not be read, or was stable less than {days} days after the start.",
            criteria=criteria,
            days=LEAST_STABLE,
        )
    if so_far.confirmed is None:
        return said("{best} by {criteria}, by the scan of {day}.", **values)
    if so_far.confirmed:
        return said("{best} by {criteria}, by the scan of {day}; a scan 4 weeks later or more confirms it.", **values)
    return said(
        "{best} by {criteria}, by the scan of {day}; no scan confirms it, and between arms none has to.", **values
    )


def duration_of_response(known: Observed, criteria: str) -> TimeToEvent:
    """From the first scan that shows the response to progression or death, in the time that is counted for responses."""
    end_point = EndPoint.DURATION_OF_RESPONSE
    counted = counted_days(known, RESPONSE)
    if counted.first is None:
        return not_started(end_point, criteria, counted)
    first = _first_response(known, criteria, counted.last)
    if first is None:
        reason = said("Not counted: no complete or partial response by {criteria}.", criteria=Code(criteria))
        return TimeToEvent.of(end_point, criteria, None, None, Why.NO_RESPONSE, reason, ())
    return until_progression(known, end_point, criteria, first.scan_day, counted.last)


def _first_response(known: Observed, criteria: str, until: Day | None) -> Assessed | None:
    """The first assessment that counts as a response, of those that `best_overall` counts."""
    dates = known.ev.course.dates
    progressed, therapy = dates.get("progression"), dates.get("new anticancer therapy")
    found = counted_for_best(
        criteria,
        known.assessments,
        progressed.day if progressed is not None else None,
        therapy.day if therapy is not None else None,
    )
    counted = tuple(each for each in found if until is None or each.scan_day <= until)
    for each in counted:
        confirmed = not must_be_confirmed(known.version) or is_confirmed(each, counted)
        if is_response(criteria, each.assessment) and confirmed:
            return each
    return None
